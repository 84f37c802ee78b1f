//! The slips that clerks make in TOML, each with its own words and its cure.
//!
//! [`find`] looks for them in a statement that the parser could not read; a statement that is TOML is never looked at.

mod bare;
mod quotes;
mod report;
mod scan;
mod strings;
#[cfg(test)]
mod tests;

pub(super) use report::diagnostic;
pub(super) use scan::find;

use super::patched::Patch;
use crate::diag::Text;
use crate::text;
use std::ops::Range;

/// A slip, and what mends it.
#[derive(Debug)]
pub(super) struct Slip {
    pub(super) kind: Kind,
    /// Where it stands.
    pub(super) place: Range<usize>,
    pub(super) patches: Vec<Patch>,
}

/// Which slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    UnquotedKey,
    WideQuotes,
    WideEquals,
    Colon,
    MissingEquals,
    ExtraEquals,
    WideBlank,
    WideBracket,
    WideComma,
    LeadingZero,
    BarePoint,
    Thousands,
    WideDigits,
    Percent,
    Unit,
    DateShape,
    NoSuchDay,
    Boolean,
    UnquotedText,
    BadEscape,
    TrailingMark,
    InnerQuotes,
    UnclosedString,
    UnopenedString,
    UnclosedHead,
    UnclosedText,
    OneLineQuotes,
    WideTextQuotes,
    UnclosedBracket,
}

impl Kind {
    /// The slip in a sentence.
    pub(super) fn message(self) -> Text {
        match self {
            Kind::UnquotedKey => text!("含汉字或符号的键要加英文引号", "a key with hanzi or marks in it needs quotes"),
            Kind::WideQuotes => text!("引号要用英文的 \"", "quotes must be the straight \""),
            Kind::WideEquals => text!("等号要用半角的 =", "the equals sign must be the half-width ="),
            Kind::Colon => text!("键和值之间用 =，不用冒号", "between key and value stands =, not a colon"),
            Kind::MissingEquals => text!("键和值之间少了 =", "= is missing between key and value"),
            Kind::ExtraEquals => text!("= 只写一个", "one = is enough"),
            Kind::WideBlank => {
                text!(
                    "这里的空格是全角或不换行空格，要用普通空格",
                    "a full-width or no-break blank instead of an ordinary one"
                )
            }
            Kind::WideBracket => text!("括号要用半角的 [ ] {{ }}", "brackets must be the half-width [ ] {{ }}"),
            Kind::WideComma => text!("各项之间用半角逗号", "items are separated by the half-width comma"),
            Kind::LeadingZero => text!("数字前面不写 0", "a number does not begin with a needless 0"),
            Kind::BarePoint => text!("小数点前后都要有数字", "a point has digits on both sides"),
            Kind::Thousands => text!("数里不写分节的逗号", "a number takes no thousands separators"),
            Kind::WideDigits => text!("数字要用半角", "digits must be half-width"),
            Kind::Percent => text!("百分数只写数，不写 %", "a percentage is written without the %"),
            Kind::Unit => text!("只写数，单位在正文里", "write the number alone; its unit stands in the text"),
            Kind::DateShape => text!("日期写成“年-月-日”", "a date is written year-month-day"),
            Kind::NoSuchDay => text!("日历上没有这一天", "the calendar has no such day"),
            Kind::Boolean => text!("true 和 false 用小写", "true and false are written in lower case"),
            Kind::UnquotedText => text!("文字要加英文引号", "text needs quotes"),
            Kind::BadEscape => text!("双引号里的 \\ 要写成 \\\\", "between double quotes a \\ is written \\\\"),
            Kind::TrailingMark => text!("值后面多了标点", "a mark after the value"),
            Kind::InnerQuotes => {
                text!("文字里面的引号要用中文引号“”", "quotes inside of a text must be “”, or be written \\\"")
            }
            Kind::UnclosedString => text!("少了右边的引号", "the closing quote is missing"),
            Kind::UnopenedString => text!("少了左边的引号", "the opening quote is missing"),
            Kind::UnclosedHead => text!("表头的方括号不成对", "the brackets of this heading don't match"),
            Kind::UnclosedText => text!("多行文字没有结尾的三个引号", "a text of several lines is not closed"),
            Kind::OneLineQuotes => {
                text!("多行文字的首尾要用三个引号 \"\"\"", "a text of several lines stands between three quotes \"\"\"")
            }
            Kind::WideTextQuotes => {
                text!(
                    "多行文字的首尾要用英文的 \"\"\"",
                    "a text of several lines stands between straight quotes \"\"\""
                )
            }
            Kind::UnclosedBracket => text!("少了右括号", "the closing bracket is missing"),
        }
    }
}
