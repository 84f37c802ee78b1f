//! Lengths as whole numbers of EMU, in which every unit of page layout is exact.

use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// A length in English Metric Units: 36 000 per millimetre, 12 700 per point, 635 per twip.
///
/// The units of GB/T 9704 (millimetres), of type (points) and of Word (twips, twentieths of a
/// point) are all whole numbers of EMU, so nothing is rounded on the way to a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Length(i64);

impl Length {
    /// No length.
    pub const ZERO: Length = Length(0);
    const PER_MM: i64 = 36_000;
    const PER_PT: i64 = 12_700;
    const PER_TWIP: i64 = 635;

    /// From EMU.
    pub const fn emu(emu: i64) -> Self {
        Length(emu)
    }

    /// From whole millimetres.
    pub const fn mm(mm: i64) -> Self {
        Length(mm * Self::PER_MM)
    }

    /// From hundredths of a millimetre.
    pub const fn centi_mm(hundredths: i64) -> Self {
        Length(hundredths * (Self::PER_MM / 100))
    }

    /// From whole points (1/72 inch).
    pub const fn pt(pt: i64) -> Self {
        Length(pt * Self::PER_PT)
    }

    /// From hundredths of a point.
    pub const fn centi_pt(hundredths: i64) -> Self {
        Length(hundredths * (Self::PER_PT / 100))
    }

    /// From twips (1/20 point).
    pub const fn twips(twips: i64) -> Self {
        Length(twips * Self::PER_TWIP)
    }

    /// A length as it is written: a decimal and its unit, `4cm`, `35.5 mm`, `90pt`. None for anything else, and past
    /// nine digits before the point or three after it.
    pub fn parse(written: &str) -> Option<Self> {
        let written = written.trim();
        let units = [("mm", Self::PER_MM), ("cm", Self::PER_MM * 10), ("pt", Self::PER_PT)];
        let (number, unit) =
            units.iter().find_map(|(name, unit)| Some((written.strip_suffix(name)?.trim_end(), unit)))?;
        let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
        let is_digits =
            |digits: &str, most| (1..=most).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if !is_digits(whole, 9) || !is_digits(part, 3) {
            return None;
        }
        let thousandths: i64 = format!("{whole}{part:0<3}").parse().ok()?;
        Some(Length(div_round(thousandths * unit, 1000)))
    }

    /// In EMU.
    pub const fn to_emu(self) -> i64 {
        self.0
    }

    /// In points, for writers whose format wants a float.
    pub fn to_pt(self) -> f64 {
        self.0 as f64 / Self::PER_PT as f64
    }

    /// In millimetres, for messages and measurements.
    pub fn to_mm(self) -> f64 {
        self.0 as f64 / Self::PER_MM as f64
    }

    /// In twips, rounded to the nearest.
    pub const fn to_twips(self) -> i64 {
        div_round(self.0, Self::PER_TWIP)
    }

    /// `numerator / denominator` of this length, rounded to the nearest EMU.
    ///
    /// `denominator` must be positive.
    pub const fn scale(self, numerator: i64, denominator: i64) -> Self {
        Length(div_round(self.0 * numerator, denominator))
    }
}

/// Division rounded to the nearest, halves away from zero.
const fn div_round(a: i64, b: i64) -> i64 {
    if a >= 0 { (a + b / 2) / b } else { -((-a + b / 2) / b) }
}

impl Add for Length {
    type Output = Length;
    fn add(self, other: Length) -> Length {
        Length(self.0 + other.0)
    }
}

impl Sub for Length {
    type Output = Length;
    fn sub(self, other: Length) -> Length {
        Length(self.0 - other.0)
    }
}

impl Neg for Length {
    type Output = Length;
    fn neg(self) -> Length {
        Length(-self.0)
    }
}

impl Mul<i64> for Length {
    type Output = Length;
    fn mul(self, n: i64) -> Length {
        Length(self.0 * n)
    }
}

impl Div<i64> for Length {
    type Output = Length;
    fn div(self, n: i64) -> Length {
        Length(self.0 / n)
    }
}

impl AddAssign for Length {
    fn add_assign(&mut self, other: Length) {
        self.0 += other.0;
    }
}

impl SubAssign for Length {
    fn sub_assign(&mut self, other: Length) {
        self.0 -= other.0;
    }
}

impl std::iter::Sum for Length {
    fn sum<I: Iterator<Item = Length>>(iter: I) -> Length {
        iter.fold(Length::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_units_of_the_standard_are_exact() {
        assert_eq!(Length::mm(297) - Length::mm(37) - Length::mm(35), Length::mm(225));
        assert_eq!(Length::twips(579), Length::centi_pt(2895));
        assert_eq!(Length::centi_mm(3458).to_twips(), 1960);
        assert_eq!(Length::pt(16).scale(63, 64), Length::centi_pt(1575));
    }

    #[test]
    fn lengths_are_read_as_they_are_written() {
        assert_eq!(Length::parse("4cm"), Some(Length::mm(40)));
        assert_eq!(Length::parse(" 35.5 mm "), Some(Length::centi_mm(3550)));
        assert_eq!(Length::parse("10.5pt"), Some(Length::centi_pt(1050)));
        for wrong in ["", "4", "cm", ".5cm", "4.cm", "-4cm", "4 in", "1e3mm", "4.0001mm", "9999999999mm"] {
            assert_eq!(Length::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn scaling_rounds_to_the_nearest_either_side_of_zero() {
        assert_eq!(Length::emu(5).scale(1, 2), Length::emu(3));
        assert_eq!(Length::emu(-5).scale(1, 2), Length::emu(-3));
        assert_eq!(Length::emu(-4).scale(1, 3), Length::emu(-1));
    }
}
