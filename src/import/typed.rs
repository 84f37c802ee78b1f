//! Numbers that a draft has typed before its headings and points.

use super::line::CELL;

/// A number at the start of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Typed {
    pub(super) form: Form,
    pub(super) value: u64,
    /// Its bytes, with its marks and the blanks after them.
    pub(super) len: usize,
}

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// 第一章, 第二部分: above all others.
    Chapter,
    /// 第一条 of a set of rules.
    Article,
    /// 一、
    Hanzi,
    /// （一）
    HanziBracketed,
    /// 1. 1． 1、
    Digit,
    /// （1）
    DigitBracketed,
    /// 一是
    RunIn,
}

impl Form {
    /// The level of a heading that is numbered so (GB/T 9704 7.3.3); none for one that is no heading of that standard.
    pub(super) fn level(self) -> Option<u8> {
        match self {
            Form::Hanzi => Some(1),
            Form::HanziBracketed => Some(2),
            Form::Digit => Some(3),
            Form::DigitBracketed => Some(4),
            Form::Chapter | Form::Article | Form::RunIn => None,
        }
    }
}

/// The number that `text` begins with.
pub(super) fn typed(text: &str) -> Option<Typed> {
    // The first cell of a row numbers the row.
    if text.contains(CELL) {
        return None;
    }
    let of = |form, value, rest: &str| {
        let rest = rest.trim_start_matches(crate::placeholder::is_blank);
        Some(Typed { form, value, len: text.len() - rest.len() })
    };
    if let Some(rest) = text.strip_prefix('第') {
        let (value, rest) = hanzi(rest).or_else(|| digits(rest))?;
        if let Some(rest) = rest.strip_prefix('条') {
            return of(Form::Article, value, rest);
        }
        let rest = ["章", "部分"].iter().find_map(|word| rest.strip_prefix(word))?;
        return of(Form::Chapter, value, rest);
    }
    if let Some(inner) = text.strip_prefix(['（', '(']) {
        let (form, (value, rest)) = match hanzi(inner) {
            Some(found) => (Form::HanziBracketed, found),
            None => (Form::DigitBracketed, digits(inner)?),
        };
        return of(form, value, rest.strip_prefix(['）', ')'])?);
    }
    if let Some((value, rest)) = hanzi(text) {
        return match rest.chars().next()? {
            '、' if is_enumeration(value, &rest['、'.len_utf8()..]) => None,
            '、' => of(Form::Hanzi, value, &rest['、'.len_utf8()..]),
            '是' => of(Form::RunIn, value, &rest['是'.len_utf8()..]),
            _ => None,
        };
    }
    let (value, rest) = digits(text)?;
    let after = rest.strip_prefix(['.', '．', '、'])?;
    // `1.5万亩` is a number of the text, `1.1 总体情况` a section's of another scheme.
    (!after.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９')))
        .then(|| of(Form::Digit, value, after))?
}

/// True if `value`、`rest` counts things, 一、二季度 and 二、三产业, and numbers no heading.
fn is_enumeration(value: u64, rest: &str) -> bool {
    hanzi(rest)
        .is_some_and(|(next, behind)| next == value + 1 && behind.starts_with(['、', '季', '产', '把', '级', '线']))
}

/// A number in hanzi or in digits, and what follows it.
pub(super) fn ordinal(text: &str) -> Option<(u64, &str)> {
    hanzi(text).or_else(|| digits(text))
}

/// A numeral of one to ninety-nine, and what follows it.
fn hanzi(text: &str) -> Option<(u64, &str)> {
    let end = text.find(|c| !"一二三四五六七八九十".contains(c)).unwrap_or(text.len());
    let digit = |c: char| "一二三四五六七八九".chars().position(|d| d == c).map(|index| index as u64 + 1);
    let chars: Vec<char> = text[..end].chars().collect();
    let value = match *chars.as_slice() {
        ['十'] => 10,
        [one] => digit(one)?,
        ['十', one] => 10 + digit(one)?,
        [ten, '十'] => digit(ten)? * 10,
        [ten, '十', one] => digit(ten)? * 10 + digit(one)?,
        _ => return None,
    };
    Some((value, &text[end..]))
}

/// A number of one or two digits, and what follows it: a third digit is a year's.
fn digits(text: &str) -> Option<(u64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (1..=2).contains(&end).then(|| Some((text[..end].parse().ok()?, &text[end..])))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_every_form() {
        let read = |text: &str| typed(text).map(|typed| (typed.form, typed.value, &text[typed.len..] == "抓学习"));
        for (text, form, value) in [
            ("一、抓学习", Form::Hanzi, 1),
            ("十二、 抓学习", Form::Hanzi, 12),
            ("（二十）抓学习", Form::HanziBracketed, 20),
            ("(三)抓学习", Form::HanziBracketed, 3),
            ("1.抓学习", Form::Digit, 1),
            ("12．抓学习", Form::Digit, 12),
            ("3、抓学习", Form::Digit, 3),
            ("（4）抓学习", Form::DigitBracketed, 4),
            ("五是抓学习", Form::RunIn, 5),
            ("第一部分　抓学习", Form::Chapter, 1),
        ] {
            assert_eq!(read(text), Some((form, value, true)), "{text}");
        }
        assert_eq!(typed("第十二条　抓学习").map(|typed| (typed.form, typed.value)), Some((Form::Article, 12)));
        for text in ["一、二季度增长", "二、三产业融合", "一、二、三产业", "一、二把手带头", "三、四季度要加快"]
        {
            assert_eq!(typed(text), None, "{text}");
        }
        assert_eq!(read("三、四个方面").map(|it| it.1), Some(3));
        for text in ["一个月来", "1.5万亩", "2023.是一年", "十十、", "（一", "第一，", "是", "三者", "（注）", ""]
        {
            assert_eq!(typed(text), None, "{text}");
        }
    }
}
