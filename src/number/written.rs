//! Reading numbers as authors write them, and saying what is wrong with the rest.

use std::str::FromStr;

use bigdecimal::num_bigint::BigInt;

use super::Decimal;
use crate::diag::Text;
use crate::text;

/// Why something written is no number of a report (`bad-number`). Where it can be said, the number that was meant is with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadNumber {
    /// No number in any reading: text.
    NotANumber,
    /// `1_000`.
    Underscore(String),
    /// `0xff`, `0o17`, `0b1`.
    Radix(String),
    /// `1e5`; empty where the number is too large to write out.
    Exponent(String),
    /// `nan`, `inf`.
    NotFinite,
    /// `12,345` or `12，345`.
    Grouped(String),
    /// `１２．５`.
    FullWidth(String),
    /// `98.7%`.
    Percent(String),
    /// `007`: more likely a code or a telephone number than a figure.
    LeadingZero(String),
    /// `.5` or `5.`.
    BarePoint(String),
    /// More digits than [`Decimal::MAX_DIGITS`].
    TooLong,
}

impl BadNumber {
    /// What is wrong, as a sentence.
    pub fn message(&self) -> Text {
        match self {
            BadNumber::NotANumber => text!("这不是数字", "this is no number"),
            BadNumber::Underscore(_) => text!("数字里不能有下划线", "a number has no underscores"),
            BadNumber::Radix(_) => text!("只用十进制数字", "only decimal numbers are used"),
            BadNumber::Exponent(_) => text!("数字不用科学记数法", "a number is written without an exponent"),
            BadNumber::NotFinite => text!("这不是一个确定的数", "this is no definite number"),
            BadNumber::Grouped(_) => text!("数字里不写千分号", "a number is written without separators"),
            BadNumber::FullWidth(_) => text!("数字要用半角", "the digits are full-width"),
            BadNumber::Percent(_) => text!("数字后面不写百分号", "a number is written without the per cent sign"),
            BadNumber::LeadingZero(_) => text!("数字以 0 开头", "the number begins with a needless 0"),
            BadNumber::BarePoint(_) => text!("小数点前后都要有数字", "a point has digits on both sides"),
            BadNumber::TooLong => text!("数字超过 {} 位", "the number has more than {} digits", Decimal::MAX_DIGITS),
        }
    }

    /// The number that was probably meant, to put in its place.
    pub fn suggestion(&self) -> Option<&str> {
        match self {
            BadNumber::Underscore(meant)
            | BadNumber::Radix(meant)
            | BadNumber::Exponent(meant)
            | BadNumber::Grouped(meant)
            | BadNumber::FullWidth(meant)
            | BadNumber::Percent(meant)
            | BadNumber::LeadingZero(meant)
            | BadNumber::BarePoint(meant) => (!meant.is_empty()).then_some(meant),
            BadNumber::NotANumber | BadNumber::NotFinite | BadNumber::TooLong => None,
        }
    }

    /// What to do, ready to paste where there is something to paste.
    pub fn help(&self) -> Option<Text> {
        if let Some(meant) = self.suggestion() {
            return Some(text!("写成 {meant}", "write {meant}"));
        }
        match self {
            BadNumber::NotFinite => Some(text!("还没有数时，留空即可", "leave it empty while there is no number")),
            BadNumber::NotANumber => Some(text!("数字写成 12 或 98.7 的样子", "a number looks like 12 or 98.7")),
            BadNumber::Exponent(_) | BadNumber::TooLong => {
                Some(text!("换成较大的单位，如 万、亿", "use a larger unit, such as 万 or 亿"))
            }
            BadNumber::Underscore(_)
            | BadNumber::Radix(_)
            | BadNumber::Grouped(_)
            | BadNumber::FullWidth(_)
            | BadNumber::Percent(_)
            | BadNumber::LeadingZero(_)
            | BadNumber::BarePoint(_) => None,
        }
    }
}

impl Decimal {
    /// Reads a number as a report file may hold it: digits, one point, a sign; every digit is kept.
    ///
    /// Blanks around it don't count. The same reading serves TOML's own numbers (from the text of
    /// the file, not from a binary float) and quoted ones.
    ///
    /// # Errors
    /// [`BadNumber`], which says what is wrong and, where it can, what was meant.
    pub fn parse(written: &str) -> Result<Self, BadNumber> {
        let written = written.trim();
        let (negative, digits) = sign(written);
        if is_plain(digits) {
            if digits.len() > Self::MAX_DIGITS {
                return Err(BadNumber::TooLong);
            }
            let whole = digits.split('.').next().unwrap_or_default();
            if whole.len() > 1 && whole.starts_with('0') {
                return Err(BadNumber::LeadingZero(signed(negative, without_leading_zeros(digits))));
            }
            return from_plain(negative, digits).ok_or(BadNumber::NotANumber);
        }
        Err(fault(negative, digits))
    }
}

/// The sign, and what follows it.
fn sign(written: &str) -> (bool, &str) {
    match written.strip_prefix(['-', '−', '－']) {
        Some(rest) => (true, rest),
        None => (false, written.strip_prefix(['+', '＋']).unwrap_or(written)),
    }
}

fn signed(negative: bool, digits: &str) -> String {
    if negative { format!("-{digits}") } else { digits.to_owned() }
}

/// Digits, with at most one point that has digits on both sides.
fn is_plain(digits: &str) -> bool {
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    match digits.split_once('.') {
        Some((whole, decimals)) => all_digits(whole) && all_digits(decimals),
        None => all_digits(digits),
    }
}

fn without_leading_zeros(digits: &str) -> &str {
    let whole = digits.find('.').unwrap_or(digits.len());
    let zeros = digits.bytes().take_while(|&b| b == b'0').count();
    &digits[zeros.min(whole.saturating_sub(1))..]
}

fn from_plain(negative: bool, digits: &str) -> Option<Decimal> {
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let integer = BigInt::from_str(&digits.replace('.', "")).ok()?;
    Some(Decimal::scaled(if negative { -integer } else { integer }, decimals as i64))
}

/// What is wrong with `written`, which has lost its sign and is not plain.
fn fault(negative: bool, written: &str) -> BadNumber {
    // A long text is no number, and is not looked at further.
    if written.len() > 4 * Decimal::MAX_DIGITS {
        return BadNumber::NotANumber;
    }
    let meant = |digits: &str| is_plain(digits).then(|| signed(negative, digits));
    let lower = written.to_ascii_lowercase();
    if matches!(lower.as_str(), "nan" | "inf" | "infinity" | "∞") {
        return BadNumber::NotFinite;
    }
    if let Some(rest) = written.strip_suffix(['%', '％']) {
        return within(rest).map_or(BadNumber::NotANumber, |meant| BadNumber::Percent(signed(negative, &meant)));
    }
    if let Some(narrow) = narrowed(written) {
        return within(&narrow).map_or(BadNumber::NotANumber, |meant| BadNumber::FullWidth(signed(negative, &meant)));
    }
    if let Some(number) = other_base(&lower) {
        return BadNumber::Radix(signed(negative, &number));
    }
    if let Some((number, power)) = exponent(&lower) {
        let number = from_plain(negative, &number).filter(|_| power.unsigned_abs() <= 30);
        return BadNumber::Exponent(number.map_or(String::new(), |number| number.shift(power).to_string()));
    }
    if written.contains('_')
        && let Some(number) = meant(&written.replace('_', ""))
    {
        return BadNumber::Underscore(number);
    }
    if is_grouped(written)
        && let Some(number) = meant(&written.replace(is_separator, ""))
    {
        return BadNumber::Grouped(number);
    }
    let bare = match written.strip_suffix('.') {
        Some(whole) => meant(whole),
        None if written.starts_with('.') => meant(&format!("0{written}")),
        None => None,
    };
    if let Some(number) = bare {
        return BadNumber::BarePoint(number);
    }
    BadNumber::NotANumber
}

/// The number without its sign that is meant by `rest`, what is left of one once its own fault is taken away.
fn within(rest: &str) -> Option<String> {
    if sign(rest).1 != rest {
        return None;
    }
    match Decimal::parse(rest) {
        Ok(number) => Some(number.to_string()),
        Err(bad) => bad.suggestion().map(str::to_owned),
    }
}

/// Full-width digits and points as half-width ones; none where there are none. A comma is told as what it is.
fn narrowed(written: &str) -> Option<String> {
    let narrow = |c| match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        '．' | '。' => '.',
        other => other,
    };
    let narrow: String = written.chars().map(narrow).collect();
    (narrow != written).then_some(narrow)
}

/// What stands between groups of digits: a comma, or a blank of any width.
fn is_separator(c: char) -> bool {
    matches!(c, ',' | '，' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{3000}')
}

fn other_base(lower: &str) -> Option<String> {
    let (digits, base) = [("0x", 16), ("0o", 8), ("0b", 2)]
        .iter()
        .find_map(|&(prefix, base)| lower.strip_prefix(prefix).map(|digits| (digits.replace('_', ""), base)))?;
    let starts_with_digit = digits.chars().next().is_some_and(|c| c.is_digit(base));
    starts_with_digit.then(|| BigInt::parse_bytes(digits.as_bytes(), base))?.map(|number| number.to_string())
}

fn exponent(lower: &str) -> Option<(String, i32)> {
    let (number, power) = lower.split_once('e')?;
    let number = number.replace('_', "");
    let (negative, digits) = sign(power);
    if !is_plain(&number) || digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let power = digits.parse::<i32>().unwrap_or(i32::MAX);
    Some((number, if negative { -power } else { power }))
}

/// Groups of three after the first comma: `12,345`, and not `1,2`.
fn is_grouped(written: &str) -> bool {
    let whole = written.split('.').next().unwrap_or_default();
    let mut groups = whole.split(is_separator);
    let first = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    (1..=3).contains(&first.len()) && rest.peek().is_some() && rest.all(|group| group.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_number() {
        for (written, read) in [
            ("12", "12"),
            (" 12.50 ", "12.50"),
            ("-3.2", "-3.2"),
            ("+3.2", "3.2"),
            ("0", "0"),
            ("0.05", "0.05"),
            ("-0", "0"),
        ] {
            assert_eq!(Decimal::parse(written).map(|n| n.to_string()).as_deref(), Ok(read), "{written}");
        }
    }

    #[test]
    fn what_is_none_and_what_was_meant() {
        let meant = |s: &str| s.to_owned();
        for (written, expected) in [
            ("1_000", BadNumber::Underscore(meant("1000"))),
            ("0xff", BadNumber::Radix(meant("255"))),
            ("-0b101", BadNumber::Radix(meant("-5"))),
            ("1e5", BadNumber::Exponent(meant("100000"))),
            ("1.5E-3", BadNumber::Exponent(meant("0.0015"))),
            ("1e999999999999", BadNumber::Exponent(meant(""))),
            ("nan", BadNumber::NotFinite),
            ("-inf", BadNumber::NotFinite),
            ("12,345", BadNumber::Grouped(meant("12345"))),
            ("1，234，567.80", BadNumber::Grouped(meant("1234567.80"))),
            ("１２．５", BadNumber::FullWidth(meant("12.5"))),
            ("１，２８６．５", BadNumber::FullWidth(meant("1286.5"))),
            ("12．5", BadNumber::FullWidth(meant("12.5"))),
            ("－１２", BadNumber::FullWidth(meant("-12"))),
            ("1 286.5", BadNumber::Grouped(meant("1286.5"))),
            ("98.7%", BadNumber::Percent(meant("98.7"))),
            ("９８.７％", BadNumber::Percent(meant("98.7"))),
            ("1,200%", BadNumber::Percent(meant("1200"))),
            ("007", BadNumber::LeadingZero(meant("7"))),
            ("-00.5", BadNumber::LeadingZero(meant("-0.5"))),
            (".5", BadNumber::BarePoint(meant("0.5"))),
            ("5.", BadNumber::BarePoint(meant("5"))),
            ("", BadNumber::NotANumber),
            ("-", BadNumber::NotANumber),
            (".", BadNumber::NotANumber),
            ("1.2.3", BadNumber::NotANumber),
            ("1,2", BadNumber::NotANumber),
            ("1 2", BadNumber::NotANumber),
            ("二〇", BadNumber::NotANumber),
            ("１．２．３", BadNumber::NotANumber),
            ("1.200,50", BadNumber::NotANumber),
            ("李%", BadNumber::NotANumber),
            ("12次", BadNumber::NotANumber),
            ("0x", BadNumber::NotANumber),
            ("0x+f", BadNumber::NotANumber),
            ("--1", BadNumber::NotANumber),
            ("青石镇", BadNumber::NotANumber),
        ] {
            assert_eq!(Decimal::parse(written), Err(expected), "{written}");
        }
        assert_eq!(Decimal::parse(&"9".repeat(121)), Err(BadNumber::TooLong));
        assert!(Decimal::parse(&"9".repeat(120)).is_ok());
    }

    #[test]
    fn help_can_be_pasted() {
        let fault = Decimal::parse("1_000").unwrap_err();
        assert_eq!(fault.help().unwrap().zh, "写成 1000");
        assert_eq!(Decimal::parse("1e999").unwrap_err().help().unwrap().zh, "换成较大的单位，如 万、亿");
    }
}
