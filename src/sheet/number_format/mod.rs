//! Number formats of spreadsheets (ECMA-376-1, 18.8.31): those that offices use for figures.

mod date;
mod shown;

pub(super) use date::moment;
pub(super) use shown::{is_date, shown, shows_day};

use crate::number::{Decimal, Rounding};

/// How a spreadsheet shows a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberFormat {
    /// `General`, or text: the digits that it has.
    General,
    /// `0`, `0.00`, `#,##0`: so many digits after the point.
    Fixed(u8),
    /// `0%`, `0.0%`: a hundred times as much, with so many digits after the point.
    Percent(u8),
}

impl NumberFormat {
    /// What a format code says of numbers that are not negative, and whether it says the same of those that are; none
    /// where it shows more than digits, or other ones.
    ///
    /// What leaves room (`_ `), a colour, a locale and the sections after the first are no matter.
    pub(super) fn read(code: &str) -> Option<(Self, bool)> {
        let (first, rest) = code.split_once(';').map_or((code, None), |(first, rest)| (first, Some(rest)));
        let plain = without_ornament(first)?;
        let format = match plain.as_str() {
            "General" | "@" | "GENERAL" | "general" => NumberFormat::General,
            digits => {
                let (digits, percent) = digits.strip_suffix('%').map_or((digits, false), |digits| (digits, true));
                let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
                let known = matches!(whole, "0" | "#,##0" | "#,##" | "#");
                if !known || !decimals.bytes().all(|b| b == b'0') || decimals.len() > 15 {
                    return None;
                }
                let decimals = decimals.len() as u8;
                if percent { NumberFormat::Percent(decimals) } else { NumberFormat::Fixed(decimals) }
            }
        };
        let negatives = rest.is_none_or(|rest| {
            let negative = rest.split(';').next().unwrap_or_default();
            without_ornament(negative).is_some_and(|negative| negative.trim_start_matches('-') == plain)
                && negative.contains('-')
        });
        Some((format, negatives))
    }

    /// The number that is shown for `value`; none where it is no number that reports have.
    pub(super) fn show(self, value: f64) -> Option<Decimal> {
        let (shift, digits) = match self {
            NumberFormat::General => (0, None),
            NumberFormat::Fixed(digits) => (0, Some(digits)),
            NumberFormat::Percent(digits) => (2, Some(digits)),
        };
        let number = exact(value, shift)?;
        Some(digits.map_or(number.clone(), |digits| number.round(digits.into(), Rounding::HalfUp)))
    }
}

/// The code of a format that workbooks name by its number alone, as programs in Chinese show it (ECMA-376-1, 18.8.30).
pub(super) fn built_in(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 | 6 => "[$¥-804]#,##0;[$¥-804]\\-#,##0",
        7 | 8 => "[$¥-804]#,##0.00;[$¥-804]\\-#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        30 => "m-d-yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"时\"mm\"分\"",
        33 => "h\"时\"mm\"分\"ss\"秒\"",
        34 | 55 => "上午/下午h\"时\"mm\"分\"",
        35 | 56 => "上午/下午h\"时\"mm\"分\"ss\"秒\"",
        37 | 38 => "#,##0_);(#,##0)",
        39 | 40 => "#,##0.00_);(#,##0.00)",
        41 | 42 => "_ * #,##0_ ;_ * \\-#,##0_ ;_ * \"-\"_ ;_ @_ ",
        43 | 44 => "_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => "General",
    }
}

/// The decimal with the fifteen digits that spreadsheets keep, times ten to the power of `shift`.
fn exact(value: f64, shift: i32) -> Option<Decimal> {
    if !value.is_finite() || value.abs() >= 1e15 {
        return None;
    }
    let written = format!("{value:.14e}");
    let (mantissa, power) = written.split_once('e')?;
    let power = power.parse::<i32>().ok()? + shift;
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let digits = mantissa.replace('.', "");
    // Before the point stand `power + 1` of the digits.
    let whole = match usize::try_from(power + 1) {
        Ok(0) | Err(_) => {
            let zeros = usize::try_from(-power - 1).unwrap_or(0).min(Decimal::MAX_DIGITS - 20);
            format!("{sign}0.{}{digits}", "0".repeat(zeros))
        }
        Ok(whole) if whole >= digits.len() => format!("{sign}{digits}{}", "0".repeat(whole - digits.len())),
        Ok(whole) => format!("{sign}{}.{}", &digits[..whole], &digits[whole..]),
    };
    let number = if value == 0.0 { "0" } else { whole.as_str() };
    Some(Decimal::parse(number).ok()?.shortest())
}

/// A section without what changes no digit: `_x`, `*x`, `\-`, `[Red]`, `[$-804]`, brackets round a negative number.
fn without_ornament(section: &str) -> Option<String> {
    let mut plain = String::new();
    let mut chars = section.chars();
    while let Some(c) = chars.next() {
        match c {
            '_' | '*' => {
                chars.next();
            }
            '\\' => plain.extend(chars.next().filter(|c| *c != ' ')),
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                // A currency, a condition or Chinese numerals would show something else.
                if !inside.starts_with("$-") && !is_color(&inside) {
                    return None;
                }
            }
            ' ' => {}
            c => plain.push(c),
        }
    }
    Some(plain)
}

fn is_color(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("color")
        || ["black", "blue", "cyan", "green", "magenta", "red", "white", "yellow"].contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, value: f64) -> Option<String> {
        let (format, negatives) = NumberFormat::read(code)?;
        if value < 0.0 && !negatives {
            return None;
        }
        format.show(value).map(|number| number.to_string())
    }

    #[test]
    fn figures_are_read_as_they_are_shown() {
        for (code, value, expected) in [
            ("General", 12.0, "12"),
            ("General", 0.1 + 0.2, "0.3"),
            ("General", 98.7, "98.7"),
            ("General", -3.2, "-3.2"),
            ("General", 123_456_789_012_345.0, "123456789012345"),
            ("General", 1e-7, "0.0000001"),
            ("General", 0.0, "0"),
            ("@", 12.0, "12"),
            ("0", 12.5, "13"),
            ("0.00", 12.5, "12.50"),
            ("0.00", 2.675, "2.68"),
            ("0.0", -0.04, "0.0"),
            ("#,##0", 12_846.0, "12846"),
            ("#,##0.00", 1_234.5, "1234.50"),
            ("0%", 0.987, "99"),
            ("0.0%", 0.987, "98.7"),
            ("0.00%", 1.0, "100.00"),
            ("0.00_ ", 1.0, "1.00"),
            ("0.00_);[Red]\\(0.00\\)", 1.0, "1.00"),
            ("0_ ;[Red]\\-0\\ ", -4.0, "-4"),
            ("#,##0_);(#,##0)", 5.0, "5"),
        ] {
            assert_eq!(shown(code, value).as_deref(), Some(expected), "{value} as {code}");
        }
    }

    #[test]
    fn what_shows_more_than_digits_is_none() {
        for (code, value) in [
            ("0.00E+00", 1.0),
            ("# ?/?", 0.5),
            ("\"约\"0", 1.0),
            ("[$¥-804]0.00", 1.0),
            ("[DBNum1]General", 1.0),
            ("0!.0,", 1.0),
            ("[>100]0;0.0", 1.0),
            ("#,##0_);(#,##0)", -5.0),
            ("0.0?", 1.0),
            ("General", f64::NAN),
            ("General", 1e300),
        ] {
            assert_eq!(shown(code, value), None, "{value} as {code}");
        }
    }
}
