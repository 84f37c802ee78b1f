//! Exact decimals, and the fractions that rules are worked out in.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Neg, Sub};

use bigdecimal::num_bigint::BigInt;
use bigdecimal::num_traits::{Signed, ToPrimitive, Zero};
use bigdecimal::{BigDecimal, RoundingMode};
use num_rational::Ratio;

/// An exact quotient of whole numbers: what an expression is worked out in, so that rounding happens once, at its end.
pub type Fraction = Ratio<BigInt>;

/// What becomes of the digits that are cut off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rounding {
    /// 四舍五入: halves go away from zero. The default, and what spreadsheets do.
    #[default]
    HalfUp,
    /// 四舍六入五成双 (GB/T 8170-2008, 3.2): an exact half goes to the even digit.
    HalfEven,
}

impl Rounding {
    fn mode(self) -> RoundingMode {
        match self {
            Rounding::HalfUp => RoundingMode::HalfUp,
            Rounding::HalfEven => RoundingMode::HalfEven,
        }
    }

    /// The quotient of `numerator` and `denominator`, which is above 0, as a whole number.
    fn divide(self, numerator: &BigInt, denominator: &BigInt) -> BigInt {
        let (whole, rest) = (numerator / denominator, (numerator % denominator).abs());
        let away = match (rest * 2u32).cmp(denominator) {
            Ordering::Less => false,
            Ordering::Greater => true,
            Ordering::Equal => match self {
                Rounding::HalfUp => true,
                Rounding::HalfEven => whole.bit(0),
            },
        };
        match (away, numerator.is_negative()) {
            (false, _) => whole,
            (true, false) => whole + 1,
            (true, true) => whole - 1,
        }
    }
}

/// An exact decimal number of any size, with the digits it was written with: `12.50` prints as `12.50`.
///
/// Numbers are equal by value, so `12.5 == 12.50`. There are never digits before the point that
/// are not known: the scale is at least 0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(BigDecimal);

impl Decimal {
    /// The most digits that a written number may have. Offices need some twenty; this bounds the work that a file can ask for.
    pub const MAX_DIGITS: usize = 120;

    /// The most digits after the point that an exact result may have; one with more counts as endless.
    const MAX_EXACT_DIGITS: u32 = 40;

    /// `integer` times a tenth to the power of `digits`; with a negative `digits`, zeros are added.
    pub(super) fn scaled(integer: BigInt, digits: i64) -> Self {
        let number = BigDecimal::new(integer, digits);
        Decimal(if digits < 0 { number.with_scale(0) } else { number })
    }

    /// The digits printed after the point: 2 of `12.50`, 0 of `12`.
    pub fn digits(&self) -> u32 {
        self.0.fractional_digit_count().to_u32().unwrap_or(0)
    }

    /// Whether it is 0, however written.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is below 0.
    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    /// Whether its value is whole, as that of `12.0` is.
    pub fn is_integer(&self) -> bool {
        self.0.is_integer()
    }

    /// As a machine integer, where it is one.
    pub fn to_i64(&self) -> Option<i64> {
        if self.is_integer() { self.0.to_i64() } else { None }
    }

    /// Without its sign, with the same digits.
    pub fn abs(&self) -> Self {
        Decimal(self.0.abs())
    }

    /// Without the zeros that end its digits after the point.
    pub fn shortest(&self) -> Self {
        let number = self.0.normalized();
        Decimal(if number.fractional_digit_count() < 0 { number.with_scale(0) } else { number })
    }

    /// Rounded to `digits` after the point, all of which are then printed; -4 rounds to ten thousands.
    ///
    /// More than [`Decimal::MAX_DIGITS`] either way count as that many.
    pub fn round(&self, digits: i32, rounding: Rounding) -> Self {
        let digits = within_reason(digits);
        let rounded = self.0.with_scale_round(digits.into(), rounding.mode());
        Decimal(if digits < 0 { rounded.with_scale(0) } else { rounded })
    }

    /// Times ten to the power of `power`, exactly.
    pub(super) fn shift(&self, power: i32) -> Self {
        let (integer, digits) = self.0.as_bigint_and_exponent();
        Decimal::scaled(integer, digits - i64::from(power))
    }

    /// As a fraction.
    pub fn to_fraction(&self) -> Fraction {
        let (integer, digits) = self.0.as_bigint_and_exponent();
        if digits == 0 { Fraction::from_integer(integer) } else { Fraction::new(integer, ten_to(digits)) }
    }

    /// `fraction` with all of its digits, at least `digits` of them after the point; none where they do not end.
    pub fn exactly(fraction: &Fraction, digits: u32) -> Option<Self> {
        let needed = digits_needed(fraction.denom())?.max(digits);
        Some(Decimal::rounded(fraction, needed as i32, Rounding::HalfUp))
    }

    /// `fraction` rounded to `digits` after the point, as [`Decimal::round`] does.
    pub fn rounded(fraction: &Fraction, digits: i32, rounding: Rounding) -> Self {
        let digits = within_reason(digits);
        let power = ten_to(i64::from(digits.unsigned_abs()));
        // On the integers, since a product of fractions looks for divisors that no quotient needs.
        let (numerator, denominator) = (fraction.numer(), fraction.denom());
        let whole = if digits < 0 {
            rounding.divide(numerator, &(denominator * power))
        } else {
            rounding.divide(&(numerator * power), denominator)
        };
        Decimal::scaled(whole, digits.into())
    }

    /// What it stands for if its last printed digit was rounded to: 12.45 and 12.55 of `12.5`.
    pub fn rounded_from(&self) -> (Fraction, Fraction) {
        let (integer, digits) = self.0.as_bigint_and_exponent();
        let twice = integer * 2u32;
        let denominator = ten_to(digits) * 2u32;
        // Both in one form, not the shortest, which costs more to find than it saves.
        (Fraction::new_raw(&twice - 1u32, denominator.clone()), Fraction::new_raw(twice + 1u32, denominator))
    }
}

fn within_reason(digits: i32) -> i32 {
    let most = Decimal::MAX_DIGITS as i32;
    digits.clamp(-most, most)
}

/// Ten to the power of `digits`.
fn ten_to(digits: i64) -> BigInt {
    BigInt::from(10).pow(u32::try_from(digits).unwrap_or(0))
}

/// How many digits after the point a reduced fraction over `denominator` has, if they end.
fn digits_needed(denominator: &BigInt) -> Option<u32> {
    let twos = u32::try_from(denominator.trailing_zeros().unwrap_or(0)).ok()?;
    let mut rest = denominator >> twos;
    let mut fives = 0;
    while fives <= Decimal::MAX_EXACT_DIGITS && (&rest % 5u32).is_zero() {
        rest /= 5u32;
        fives += 1;
    }
    let digits = twos.max(fives);
    (rest == BigInt::from(1) && digits <= Decimal::MAX_EXACT_DIGITS).then_some(digits)
}

impl fmt::Display for Decimal {
    /// The digits as written, without grouping or exponent.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write_plain_string(f)
    }
}

impl<T: Into<BigInt>> From<T> for Decimal {
    fn from(integer: T) -> Self {
        Decimal(BigDecimal::new(integer.into(), 0))
    }
}

impl Add for &Decimal {
    type Output = Decimal;
    /// Exact, with the digits of the finer one.
    fn add(self, other: &Decimal) -> Decimal {
        Decimal(&self.0 + &other.0)
    }
}

impl Sub for &Decimal {
    type Output = Decimal;
    /// Exact, with the digits of the finer one.
    fn sub(self, other: &Decimal) -> Decimal {
        Decimal(&self.0 - &other.0)
    }
}

impl Neg for Decimal {
    type Output = Decimal;
    fn neg(self) -> Decimal {
        Decimal(-self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(written: &str) -> Decimal {
        Decimal::parse(written).unwrap()
    }

    #[test]
    fn tenths_are_tenths() {
        assert_eq!(&d("0.1") + &d("0.2"), d("0.3"));
        assert_eq!((&d("1.50") - &d("0.5")).to_string(), "1.00");
        assert_ne!(d("0.30000000000000004"), d("0.3"));
    }

    #[test]
    fn digits_are_kept_as_written_at_any_size() {
        for written in ["12.50", "0.0", "-0.050", "123456789012345678901234567890.12345", "1000000000000000000000"] {
            assert_eq!(d(written).to_string(), written);
        }
        assert_eq!(d("12.50").digits(), 2);
        assert_eq!(d("12.50"), d("12.5"));
        assert_eq!(d("12.50").shortest().to_string(), "12.5");
        assert_eq!(d("1200").shortest().to_string(), "1200");
    }

    #[test]
    fn rounding_of_both_kinds() {
        // The examples of GB/T 8170-2008, and the same under 四舍五入.
        for (written, digits, half_up, half_even) in [
            ("12.1498", 1, "12.1", "12.1"),
            ("10.5002", 0, "11", "11"),
            ("28.250", 1, "28.3", "28.2"),
            ("28.350", 1, "28.4", "28.4"),
            ("-0.0365", 3, "-0.037", "-0.036"),
            ("-2.5", 0, "-3", "-2"),
            ("2.675", 2, "2.68", "2.68"),
            ("8.53459", 2, "8.53", "8.53"),
            ("12345", -3, "12000", "12000"),
            ("12500", -3, "13000", "12000"),
            ("-0.4", 0, "0", "0"),
            ("3", 2, "3.00", "3.00"),
        ] {
            for (rounding, expected) in [(Rounding::HalfUp, half_up), (Rounding::HalfEven, half_even)] {
                assert_eq!(d(written).round(digits, rounding).to_string(), expected, "{written} {rounding:?}");
                let by_fraction = Decimal::rounded(&d(written).to_fraction(), digits, rounding);
                assert_eq!(by_fraction.to_string(), expected, "{written} {rounding:?} as a fraction");
            }
        }
    }

    #[test]
    fn a_quotient_is_exact_or_known_to_be_endless() {
        let quotient = d("275").to_fraction() / d("320").to_fraction();
        assert_eq!(Decimal::exactly(&quotient, 0).unwrap().to_string(), "0.859375");
        assert_eq!(Decimal::exactly(&d("3").to_fraction(), 2).unwrap().to_string(), "3.00");
        let third = Fraction::new(1.into(), 3.into());
        assert_eq!(Decimal::exactly(&third, 0), None);
        assert_eq!(Decimal::rounded(&third, 4, Rounding::HalfUp).to_string(), "0.3333");
    }

    #[test]
    fn shifting_moves_the_point() {
        assert_eq!(d("12345").shift(-4).to_string(), "1.2345");
        assert_eq!(d("1.5").shift(4).to_string(), "15000");
        assert_eq!(d("-12.5").rounded_from(), (d("-12.55").to_fraction(), d("-12.45").to_fraction()));
    }
}
