//! Document numbers (发文字号, GB/T 9704 7.2.5): 机关代字, the year in brackets, 号.

use super::prelude::*;

/// Where the parts of a document number stand.
pub(super) struct DocumentNumber {
    /// The bracket before the year.
    pub(super) open: usize,
    /// The bracket after it.
    pub(super) close: usize,
    /// 第, if it stands before the number.
    pub(super) ordinal: bool,
    /// The digits of the number; a hole is one of them.
    pub(super) digits: Range<usize>,
}

/// What the code of an office ends with.
const OFFICE: [char; 12] = ['发', '字', '函', '办', '令', '通', '呈', '报', '复', '告', '纪', '规'];

/// The document numbers of `line`.
pub(super) fn document_numbers(line: &Line<'_>) -> Vec<DocumentNumber> {
    let is_digit = |c: char| c.is_ascii_digit() || c == HOLE;
    let chars = line.chars();
    let mut found = Vec::new();
    for (open, &c) in chars.iter().enumerate() {
        let close_mark: &[char] = match c {
            '〔' => &['〕'],
            '[' | '［' => &[']', '］'],
            '（' | '(' => &['）', ')'],
            '【' => &['】'],
            _ => continue,
        };
        let year = chars[open + 1..].iter().take(5).take_while(|&&c| is_digit(c)).count();
        let close = open + 1 + year;
        let holes = chars[open + 1..close].contains(&HOLE);
        let closes = chars.get(close).is_some_and(|c| close_mark.contains(c));
        let office = line.before(open).is_some_and(|c| OFFICE.contains(&c));
        if !closes || !office || !(year == 4 || (year == 1 && holes)) {
            continue;
        }
        let ordinal = chars.get(close + 1) == Some(&'第');
        let start = close + 1 + usize::from(ordinal);
        let digits = chars[start..].iter().take(6).take_while(|&&c| is_digit(c)).count();
        if digits > 0 && chars.get(start + digits) == Some(&'号') && chars.get(start + digits + 1) != Some(&'楼') {
            found.push(DocumentNumber { open, close, ordinal, digits: start..start + digits });
        }
    }
    found
}
