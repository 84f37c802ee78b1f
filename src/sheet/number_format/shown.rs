//! A number as a spreadsheet shows it, character for character (ECMA-376-1, 18.8.31).

use super::date::{self, DatePart};
use super::exact;
use crate::number::Rounding;

/// A piece of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// As it is written.
    Literal(String),
    /// `0`, `#`, `?`: a digit, which is shown where it is no leading or closing zero, by `0` always.
    Digit(char),
    Point,
    Comma,
    /// The number as it is: `General`, `@`.
    General,
    Date(DatePart),
}

/// A part of a format between semicolons.
#[derive(Debug, Default)]
struct Section {
    pieces: Vec<Piece>,
    /// `[>=100]`.
    condition: Option<(String, f64)>,
    percents: i32,
    is_date: bool,
}

/// `value` as it is shown; none where the format is beyond what is known here, such as fractions, powers of ten and
/// hanzi for digits. `from_1904` is where the workbook's days begin.
pub(in crate::sheet) fn shown(code: &str, value: f64, from_1904: bool) -> Option<String> {
    let sections: Vec<Section> = sections(code).iter().map(|section| read(section)).collect::<Option<_>>()?;
    let (section, signed) = chosen(&sections, value)?;
    if section.is_date {
        return of_moment(section, value, from_1904);
    }
    let mut out = of_number(section, value)?;
    if signed && value < 0.0 && out.chars().any(|c| ('1'..='9').contains(&c)) {
        out.insert(0, '-');
    }
    Some(out.trim().to_owned())
}

/// True if the format shows which day it is.
pub(in crate::sheet) fn shows_day(code: &str) -> bool {
    let section = sections(code).first().and_then(|section| read(section));
    section.is_none_or(|section| section.pieces.iter().any(|piece| matches!(piece, Piece::Date(DatePart::Day(_)))))
}

/// True if the format shows days or times of day.
pub(in crate::sheet) fn is_date(code: &str) -> bool {
    sections(code).first().and_then(|section| read(section)).is_some_and(|section| section.is_date)
}

/// The parts of a format, cut at the semicolons that are no literals.
fn sections(code: &str) -> Vec<String> {
    let mut sections = vec![String::new()];
    let mut chars = code.chars();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        if c == ';' && !quoted {
            sections.push(String::new());
            continue;
        }
        quoted ^= c == '"';
        let Some(section) = sections.last_mut() else { continue };
        section.push(c);
        if matches!(c, '\\' | '!' | '_' | '*') && !quoted {
            section.extend(chars.next());
        }
    }
    sections
}

/// The section for a value, and whether a negative number keeps its sign in it.
fn chosen(sections: &[Section], value: f64) -> Option<(&Section, bool)> {
    let fits = |section: &Section| {
        section.condition.as_ref().is_some_and(|(sign, limit)| match sign.as_str() {
            ">" => value > *limit,
            ">=" => value >= *limit,
            "<" => value < *limit,
            "<=" => value <= *limit,
            "<>" => value != *limit,
            _ => value == *limit,
        })
    };
    if sections.iter().any(|section| section.condition.is_some()) {
        let other = sections.iter().take(3).rfind(|section| section.condition.is_none());
        return Some((sections.iter().find(|section| fits(section)).or(other)?, true));
    }
    Some(match (sections, value) {
        ([_, negative, ..], value) if value < 0.0 => (negative, false),
        ([_, _, zero, ..], 0.0) => (zero, true),
        (sections, _) => (sections.first()?, true),
    })
}

/// Takes a section apart; none where something in it is unknown.
fn read(section: &str) -> Option<Section> {
    let mut read = Section::default();
    let mut literal = String::new();
    let chars: Vec<char> = section.chars().collect();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let rest: String = chars[at..].iter().take(8).collect();
        let mut piece = None;
        at += 1;
        match c {
            '"' => {
                let end = chars[at..].iter().position(|c| *c == '"')?;
                literal.extend(&chars[at..at + end]);
                at += end + 1;
            }
            '\\' | '!' => {
                literal.extend(chars.get(at));
                at += 1;
            }
            // Room as wide as the next character, and a character that fills the cell.
            '_' | '*' => at += 1,
            '[' => {
                let end = chars[at..].iter().position(|c| *c == ']')?;
                let inside: String = chars[at..at + end].iter().collect();
                at += end + 1;
                literal += &bracket(&inside, &mut read)?;
            }
            '0' | '#' | '?' => piece = Some(Piece::Digit(c)),
            '.' => piece = Some(Piece::Point),
            ',' => piece = Some(Piece::Comma),
            '%' => {
                read.percents += 1;
                literal.push('%');
            }
            '@' => piece = Some(Piece::General),
            _ if rest.to_ascii_lowercase().starts_with("general") => {
                at += "general".len() - 1;
                piece = Some(Piece::General);
            }
            _ if rest.starts_with("上午/下午") || rest.to_ascii_uppercase().starts_with("AM/PM") => {
                at += 4;
                piece = Some(Piece::Date(DatePart::Half(c == '上')));
            }
            _ if "ymdhsaeYMDHSAE".contains(c) => {
                // A power of ten, `0.00E+00`, is no year.
                if matches!(chars.get(at), Some('+' | '-')) && c.eq_ignore_ascii_case(&'e') {
                    return None;
                }
                let same = chars[at..].iter().take_while(|next| next.eq_ignore_ascii_case(&c)).count();
                at += same;
                let minutes = is_minute(&read.pieces, &chars[at..]);
                piece = Some(Piece::Date(date::part(c.to_ascii_lowercase(), same + 1, minutes)?));
            }
            c => literal.push(c),
        }
        if let Some(piece) = piece {
            if !literal.is_empty() {
                read.pieces.push(Piece::Literal(std::mem::take(&mut literal)));
            }
            read.pieces.push(piece);
        }
    }
    read.pieces.extend((!literal.is_empty()).then_some(Piece::Literal(literal)));
    read.is_date = read.pieces.iter().any(|piece| matches!(piece, Piece::Date(_)));
    Some(read)
}

/// The characters shown of `[…]`: a currency's sign. None of hanzi for digits, and of hours beyond a day.
fn bracket(inside: &str, section: &mut Section) -> Option<String> {
    if let Some(currency) = inside.strip_prefix('$') {
        return Some(currency.split('-').next().unwrap_or_default().to_owned());
    }
    if inside.starts_with(['>', '<', '=']) {
        let (sign, limit) = inside.split_at(inside.find(|c: char| !"<>=".contains(c))?);
        section.condition = Some((sign.to_owned(), limit.trim().parse().ok()?));
        return Some(String::new());
    }
    super::is_color(inside).then(String::new)
}

/// True if `m` means minutes: after hours, or before seconds.
fn is_minute(before: &[Piece], after: &[char]) -> bool {
    let last = before.iter().rev().find_map(|piece| if let Piece::Date(part) = piece { Some(*part) } else { None });
    let next = after.iter().find(|c| c.is_ascii_alphabetic());
    matches!(last, Some(DatePart::Hour(_))) || next.is_some_and(|c| c.eq_ignore_ascii_case(&'s'))
}

fn of_moment(section: &Section, value: f64, from_1904: bool) -> Option<String> {
    let moment = date::moment(value, from_1904)?;
    let half = section.pieces.iter().any(|piece| matches!(piece, Piece::Date(DatePart::Half(_))));
    let mut out = String::new();
    for piece in &section.pieces {
        match piece {
            Piece::Literal(literal) => out += literal,
            Piece::Date(part) => date::show(*part, &moment, half, &mut out),
            // Fractions of a second.
            Piece::Digit(_) | Piece::General => return None,
            Piece::Point => out.push('.'),
            Piece::Comma => out.push(','),
        }
    }
    Some(out.trim().to_owned())
}

/// The number without its sign.
fn of_number(section: &Section, value: f64) -> Option<String> {
    let pieces = &section.pieces;
    let is_digit = |piece: &Piece| matches!(piece, Piece::Digit(_));
    let Some(last) = pieces.iter().rposition(is_digit) else { return without_digits(section, value) };
    // A slash between digits is a fraction.
    if pieces.iter().take(last).any(|piece| matches!(piece, Piece::Literal(text) if text.contains('/'))) {
        return None;
    }
    let point = pieces.iter().position(|piece| *piece == Piece::Point);
    let whole_end = point.unwrap_or(pieces.len());
    let last_whole = pieces[..whole_end].iter().rposition(is_digit);
    let commas_after = |from: usize| pieces[from..].iter().take_while(|piece| **piece == Piece::Comma).count();
    // A comma behind the last digit leaves three digits out.
    let thousands =
        commas_after(last + 1) + last_whole.filter(|whole| *whole != last).map_or(0, |w| commas_after(w + 1));
    let first = pieces.iter().position(is_digit)?;
    let grouped = last_whole.is_some_and(|end| pieces[first.min(end)..end].contains(&Piece::Comma));
    let places = pieces[whole_end..].iter().filter(|piece| is_digit(piece)).count();
    let number = exact(value.abs(), 2 * section.percents - 3 * i32::try_from(thousands).ok()?)?;
    let number = number.round(i32::try_from(places).ok()?, Rounding::HalfUp).to_string();
    let (whole, decimals) = number.split_once('.').unwrap_or((&number, ""));
    let mut out = whole_part(&pieces[..whole_end], whole, grouped);
    out += &decimal_part(&pieces[whole_end..], decimals);
    Some(out)
}

/// The characters that a section without a digit shows: words, or the number as it is.
fn without_digits(section: &Section, value: f64) -> Option<String> {
    let mut out = String::new();
    for piece in &section.pieces {
        match piece {
            Piece::Literal(literal) => out += literal,
            Piece::General => out += &exact(value.abs(), 0)?.to_string(),
            Piece::Point => out.push('.'),
            Piece::Comma => out.push(','),
            Piece::Digit(_) | Piece::Date(_) => return None,
        }
    }
    Some(out)
}

/// The digits before the point, in their places from the right; the first place takes all that are left.
fn whole_part(pieces: &[Piece], digits: &str, grouped: bool) -> String {
    let mut left: Vec<char> = if digits == "0" { Vec::new() } else { digits.chars().collect() };
    let first = pieces.iter().position(|piece| matches!(piece, Piece::Digit(_)));
    let mut reversed: Vec<char> = Vec::new();
    let mut written = 0;
    let mut put = |digit: char, reversed: &mut Vec<char>| {
        if grouped && written > 0 && written % 3 == 0 {
            reversed.push(',');
        }
        reversed.push(digit);
        written += 1;
    };
    for (at, piece) in pieces.iter().enumerate().rev() {
        match piece {
            Piece::Literal(literal) => reversed.extend(literal.chars().rev()),
            Piece::Digit(sign) => {
                match left.pop() {
                    Some(digit) => put(digit, &mut reversed),
                    None if *sign == '0' => put('0', &mut reversed),
                    None => {}
                }
                while Some(at) == first
                    && let Some(digit) = left.pop()
                {
                    put(digit, &mut reversed);
                }
            }
            Piece::Point | Piece::Comma | Piece::General | Piece::Date(_) => {}
        }
    }
    // A format that begins with its point shows the digits before it all the same.
    if first.is_none() {
        let mut front: Vec<char> = left.into_iter().rev().collect();
        reversed.append(&mut front);
    }
    reversed.into_iter().rev().collect()
}

/// The point and the digits behind it; closing zeros are shown in the places of `0` alone.
fn decimal_part(pieces: &[Piece], digits: &str) -> String {
    let digits: Vec<char> = digits.chars().collect();
    let places: Vec<char> =
        pieces.iter().filter_map(|piece| if let Piece::Digit(sign) = piece { Some(*sign) } else { None }).collect();
    let needed = |place: usize| places[place..].contains(&'0') || digits.iter().skip(place).any(|digit| *digit != '0');
    let mut out = String::new();
    let mut place = 0;
    for piece in pieces {
        match piece {
            Piece::Point => out.push('.'),
            Piece::Literal(literal) => out += literal,
            Piece::Digit(_) => {
                out.extend(digits.get(place).filter(|_| needed(place)));
                place += 1;
            }
            Piece::Comma | Piece::General | Piece::Date(_) => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn numbers_are_shown_as_spreadsheets_show_them() {
        for (code, value, expected) in [
            ("General", 12.5, "12.5"),
            ("General", -3.2, "-3.2"),
            ("0.00%", 0.987, "98.70%"),
            ("0%", -0.05, "-5%"),
            ("#,##0", 12_345.0, "12,345"),
            ("#,##0", 0.0, "0"),
            ("#,##0.00", 1_234_567.5, "1,234,567.50"),
            ("#,##0_);(#,##0)", -5.0, "(5)"),
            ("0.00_);[Red]\\(0.00\\)", -1.0, "(1.00)"),
            ("_ * #,##0_ ;_ * \\-#,##0_ ;_ * \"-\"_ ;_ @_ ", 0.0, "-"),
            ("_ * #,##0_ ;_ * \\-#,##0_ ;_ * \"-\"_ ;_ @_ ", -1234.0, "-1,234"),
            ("0\"次\"", 12.0, "12次"),
            ("\"约\"0", 30.0, "约30"),
            ("[$¥-804]#,##0.00", 5.0, "¥5.00"),
            ("0!.0,\"万\"", 123_456.0, "12.3万"),
            ("0\".\"0,\"万\"", 123_456.0, "12.3万"),
            ("0.0,,", 1_234_567.0, "1.2"),
            ("0.0#", 1.5, "1.5"),
            ("0.0#", 1.25, "1.25"),
            ("000", 7.0, "007"),
            ("0000-00", 12_345.0, "0123-45"),
            ("[>=10000]0!.0,\"万\";0", 98.0, "98"),
            ("[>=10000]0!.0,\"万\";0", 23_000.0, "2.3万"),
            ("0;-0;;@", 0.0, ""),
        ] {
            assert_eq!(shown(code, value, false).as_deref(), Some(expected), "{value} as {code}");
        }
    }

    #[test]
    fn days_are_shown_as_spreadsheets_show_them() {
        for (code, value, expected) in [
            ("yyyy/m/d", 45_722.0, "2025/3/6"),
            ("yyyy-mm-dd", 45_722.75, "2025-03-06"),
            ("yyyy\"年\"m\"月\"d\"日\"", 45_722.0, "2025年3月6日"),
            ("[$-804]yyyy\"年\"m\"月\"d\"日\" aaaa", 45_722.0, "2025年3月6日 星期四"),
            ("m\"月\"d\"日\";@", 45_722.0, "3月6日"),
            ("yyyy/m/d h:mm", 45_722.75, "2025/3/6 18:00"),
            ("yyyy/m/d hh:mm:ss", 45_722.999_988_43, "2025/3/6 23:59:59"),
            ("h:mm AM/PM", 0.75, "6:00 PM"),
            ("上午/下午h\"时\"mm\"分\"", 0.25, "上午6时00分"),
            ("mmm-yy", 45_722.0, "Mar-25"),
            ("d", 1.0, "1"),
        ] {
            assert_eq!(shown(code, value, false).as_deref(), Some(expected), "{value} as {code}");
        }
        assert_eq!(shown("yyyy-mm-dd", 44_260.0, true).as_deref(), Some("2025-03-06"));
        assert_eq!(shown("yyyy-mm-dd", 60.0, false), None);
    }

    #[test]
    fn what_is_unknown_is_none() {
        for code in ["0.00E+00", "# ?/?", "[DBNum1]General", "[h]:mm", "\"open"] {
            assert_eq!(shown(code, 1.5, false), None, "{code}");
        }
    }
}
