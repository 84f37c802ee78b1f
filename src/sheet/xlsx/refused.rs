//! Why nothing of a workbook can be read.

use super::super::{bad_table, limit_exceeded};
use crate::diag::Diagnostic;
use crate::source::Span;
use crate::text;
use crate::wordfile::Refused as Damaged;

/// The most bytes that the parts of a workbook may come to when they are unpacked.
pub(super) const MAX_UNPACKED: u64 = 64 * 1024 * 1024;
/// The most sheets of a workbook.
pub(super) const MAX_SHEETS: usize = 256;

/// Why nothing of a workbook can be read.
pub(super) enum Refused {
    TooLarge,
    TooManySheets,
    Password,
    NotAWorkbook,
    /// A row or column that no spreadsheet has.
    NoSuchPlace(String),
    NoSuchSheet {
        wanted: String,
        sheets: Vec<String>,
    },
    /// Several sheets may be meant.
    SeveralSheets {
        sheets: Vec<String>,
        help: crate::diag::Text,
    },
}

impl Refused {
    pub(super) fn diagnostic(self, whole: Span) -> Diagnostic {
        match self {
            Refused::TooLarge => {
                let limit = MAX_UNPACKED / (1024 * 1024);
                limit_exceeded(text!("表格解开后超过 {limit} MB", "the workbook unpacks to over {limit} MB"), whole)
            }
            Refused::TooManySheets => {
                limit_exceeded(text!("工作表超过 {MAX_SHEETS} 张", "the workbook has over {MAX_SHEETS} sheets"), whole)
            }
            Refused::Password => bad_table(text!("表格加了密码", "the workbook has a password"), whole)
                .help(text!("在 WPS 或 Excel 中取消密码再保存", "save it without a password")),
            Refused::NotAWorkbook => bad_table(
                text!("这不是 .xlsx 表格，或者已经损坏", "this is no .xlsx workbook, or a damaged one"),
                whole,
            )
            .help(resave()),
            Refused::NoSuchPlace(place) => {
                bad_table(text!("表格里没有“{place}”这样的位置", "no spreadsheet has a place `{place}`"), whole)
                    .help(resave())
            }
            Refused::NoSuchSheet { wanted, sheets } => {
                let sheets = sheets.join(" ");
                bad_table(text!("没有叫“{wanted}”的工作表", "there is no sheet `{wanted}`"), whole)
                    .help(text!("有这些：{sheets}", "it has: {sheets}"))
            }
            Refused::SeveralSheets { sheets, help } => {
                let sheets = sheets.join(" ");
                bad_table(text!("不知用哪一张工作表：{sheets}", "several sheets may be meant: {sheets}"), whole)
                    .help(help)
            }
        }
    }
}

fn resave() -> crate::diag::Text {
    text!("在 WPS 或 Excel 中打开，另存为 .xlsx", "open it in the spreadsheet program and save it as .xlsx")
}

impl From<Damaged> for Refused {
    fn from(error: Damaged) -> Self {
        match error {
            Damaged::OldOrLocked => Refused::Password,
            Damaged::Limit(_) => Refused::TooLarge,
            Damaged::Zip(_) | Damaged::NoText | Damaged::Part { .. } => Refused::NotAWorkbook,
        }
    }
}
