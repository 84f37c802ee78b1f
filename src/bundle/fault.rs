//! Why a file is no bundle, or files can't be one.

use std::{fmt, io};

use super::{MOST_BYTES, MOST_FILES};
use crate::diag::{Code, Diagnostic, Text};
use crate::source::Span;
use crate::text;

/// Why a bundle is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BundleFault {
    /// It is no zip archive, or a damaged one; what the reader said.
    Damaged(String),
    /// Its list of files is not there or can't be read.
    Contents,
    /// It was made by a later version of this program; the number of its form.
    Later(i64),
    /// There is no template in it.
    NoTemplate,
    /// A file's name leads out of the bundle, or is another on Windows.
    Name(String),
    /// Two files have one name, capitals aside.
    Twice(String),
    /// A link, a device or an encrypted file.
    Special(String),
    /// A file that the list does not have.
    Unlisted(String),
    /// A file of the list that is not there.
    Missing(String),
    /// A file is not the one that was packed.
    Changed(String),
    /// The name, version or list of files is not the one that was packed.
    ChangedWhole,
    /// Over [`MOST_FILES`] files.
    TooMany,
    /// Over [`MOST_BYTES`] bytes.
    TooLarge,
}

impl BundleFault {
    /// The fault of a bundle that `error` tells of, if it does.
    pub fn of(error: &io::Error) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }

    /// The fault of the bundle `path`, which `span` names.
    pub fn diagnostic(&self, path: &str, span: Span) -> Diagnostic {
        let Text { zh, en } = self.message();
        Diagnostic::new(self.code(), text!("{path}：{zh}", "{path}: {en}")).at(span).help(self.help())
    }

    /// The code under which it is reported.
    pub fn code(&self) -> Code {
        match self {
            BundleFault::Name(_) | BundleFault::Special(_) => Code::PathEscape,
            BundleFault::TooMany | BundleFault::TooLarge => Code::LimitExceeded,
            BundleFault::Damaged(_)
            | BundleFault::Contents
            | BundleFault::Later(_)
            | BundleFault::NoTemplate
            | BundleFault::Twice(_)
            | BundleFault::Unlisted(_)
            | BundleFault::Missing(_)
            | BundleFault::Changed(_)
            | BundleFault::ChangedWhole => Code::BadBundle,
        }
    }

    /// What is wrong.
    pub fn message(&self) -> Text {
        match self {
            BundleFault::Damaged(why) => {
                text!("不是模板包，或者传坏了（{why}）", "no bundle, or a damaged one ({why})")
            }
            BundleFault::Contents => {
                text!("模板包里的文件清单读不出来", "the bundle's list of files cannot be read")
            }
            BundleFault::Later(form) => text!(
                "模板包是用更新的版本打的（格式 {form}），要先升级 report-gen",
                "the bundle was made by a later report-gen (form {form})"
            ),
            BundleFault::NoTemplate => text!("模板包里没有模板", "there is no template in the bundle"),
            BundleFault::Name(name) => {
                text!("模板包里的文件名“{name}”不能用", "the bundle has a file of the forbidden name `{name}`")
            }
            BundleFault::Twice(name) => {
                text!("模板包里有两个“{name}”", "the bundle has two files `{name}`")
            }
            BundleFault::Special(name) => text!(
                "模板包里的“{name}”是链接或加密文件，不收",
                "`{name}` in the bundle is a link, a device or encrypted"
            ),
            BundleFault::Unlisted(name) => {
                text!("模板包里的“{name}”不在清单上", "`{name}` is not in the bundle's list of files")
            }
            BundleFault::Missing(name) => {
                text!("清单上的“{name}”不在模板包里", "`{name}` of the list is not in the bundle")
            }
            BundleFault::Changed(name) => {
                text!("模板包里的“{name}”被改过", "`{name}` in the bundle is not as it was packed")
            }
            BundleFault::ChangedWhole => {
                text!("模板包的清单被改过", "the bundle's list is not as it was packed")
            }
            BundleFault::TooMany => {
                text!("文件超过 {MOST_FILES} 个，不像模板", "over {MOST_FILES} files, which is no template")
            }
            BundleFault::TooLarge => {
                let most = MOST_BYTES / 1024 / 1024;
                text!("文件合计超过 {most} MB，不像模板", "over {most} MB of files, which is no template")
            }
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Text {
        match self {
            BundleFault::Later(_) => text!("升级后再试", "update report-gen and try again"),
            BundleFault::TooMany | BundleFault::TooLarge => {
                text!("只把模板和它用到的文件放进文件夹", "keep only the template and the files that it names")
            }
            BundleFault::Damaged(_)
            | BundleFault::Contents
            | BundleFault::NoTemplate
            | BundleFault::Name(_)
            | BundleFault::Twice(_)
            | BundleFault::Special(_)
            | BundleFault::Unlisted(_)
            | BundleFault::Missing(_)
            | BundleFault::Changed(_)
            | BundleFault::ChangedWhole => text!(
                "请发来模板的单位用 report-gen pack 重新打包再发",
                "ask whoever sent it to pack it again with report-gen pack"
            ),
        }
    }
}

impl fmt::Display for BundleFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl std::error::Error for BundleFault {}
