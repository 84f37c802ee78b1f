//! The words that stand in a cell, or in a figure that was copied from one, where there is no value.

use crate::diag::Text;
use crate::text;

/// The errors of formulas (ECMA-376-1, 18.17.3), those of newer programs, and the word for data that are still fetched.
pub const FORMULA_ERRORS: [&str; 10] =
    ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"];

/// The words that programs write for a value that is not there.
const MISSING: [&str; 8] = ["NULL", "nan", "None", "N/A", "undefined", "nil", "<NA>", "(null)"];

/// The kinds of words that stand where there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoValue {
    /// The error of a formula: `#N/A`.
    Error,
    /// A number in a column that is too narrow for it: `####`.
    Narrow,
    /// A formula that was copied as words: `=SUM(A1:A3)`.
    Formula,
    /// A word of programs: `NULL`.
    Missing,
}

impl NoValue {
    /// Reads `written`, without the blanks around it; none of what may be a value.
    pub fn of(written: &str) -> Option<Self> {
        let written = written.trim();
        let is_one = |words: &[&str]| words.iter().any(|word| written.eq_ignore_ascii_case(word));
        if is_one(&FORMULA_ERRORS) {
            Some(NoValue::Error)
        } else if written.len() > 1 && written.bytes().all(|b| b == b'#') {
            Some(NoValue::Narrow)
        } else if is_formula(written) {
            Some(NoValue::Formula)
        } else {
            is_one(&MISSING).then_some(NoValue::Missing)
        }
    }

    /// The fault of `name`, the figure or the cell, that holds `written`.
    pub fn message(self, name: &Text, written: &str) -> Text {
        let told = match self {
            NoValue::Error | NoValue::Narrow => text!(
                "填的“{written}”是电子表格里的错误，不是数",
                "is `{written}`, which is an error of a spreadsheet and no value"
            ),
            NoValue::Formula => text!("填的是公式“{written}”", "is the formula `{written}`"),
            NoValue::Missing => text!(
                "填的是“{written}”，是别的程序里“没有值”的意思",
                "is `{written}`, which programs write where there is no value"
            ),
        };
        Text { zh: format!("{}{}", name.zh, told.zh), en: format!("{} {}", name.en, told.en) }
    }

    /// The way to mend it.
    pub fn help(self) -> Text {
        match self {
            NoValue::Error => {
                text!("在原来的表里改好公式，再填得数", "mend the formula in its sheet, and write what it comes to")
            }
            NoValue::Narrow => {
                text!("列太窄，数字显示成 #；把列拉宽再抄", "the column was too narrow to show the number; widen it")
            }
            NoValue::Formula => text!("填它的得数", "write what it comes to"),
            NoValue::Missing => text!("还没有就留空", "leave it empty until there is one"),
        }
    }
}

/// True of a formula, and not of words that only begin with a sign of equality.
fn is_formula(written: &str) -> bool {
    let begins =
        |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '(' | '+' | '-' | '$'));
    written.is_ascii() && written.strip_prefix('=').is_some_and(begins)
}

#[cfg(test)]
mod tests {
    use super::NoValue;

    #[test]
    fn words_without_a_value_are_known_by_their_kind() {
        for (kind, words) in [
            (NoValue::Error, ["#N/A", " #ref! ", "#DIV/0!"]),
            (NoValue::Narrow, ["##", "########", " #### "]),
            (NoValue::Formula, ["=1+1", "=SUM(A1:A3)", "=$B$2"]),
            (NoValue::Missing, ["NULL", "NaN", "none"]),
        ] {
            for word in words {
                assert_eq!(NoValue::of(word), Some(kind), "{word}");
            }
        }
        for word in ["", "#", "#3楼", "# #", "=", "=合计", "==", "无", "—", "None的意思", "0", "N／A", "nano"]
        {
            assert_eq!(NoValue::of(word), None, "{word}");
        }
    }
}
