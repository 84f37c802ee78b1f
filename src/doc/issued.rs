//! The lines of 版头 and 版记, which an issued document has besides a report.

use crate::length::Length;
use crate::manifest::DocumentForm;

/// 四号, the size of 版记 (GB/T 9704 7.4.2).
pub const COLOPHON_SIZE: Length = Length::pt(14);

/// 发文机关标志 (GB/T 9704 7.2.4, 10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The form of the document, which gives the place of the mark and of the rules.
    pub form: DocumentForm,
    /// Inlines at its end that stand at the right of the names of several issuers: 文件. 0 where there is one issuer.
    pub aside: usize,
    /// True if the paper has it already: its room stays empty (套打).
    pub overprint: bool,
}

/// A line of 版头.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadLine {
    /// The first thing that it says.
    pub item: HeadItem,
    /// Where its words stand.
    pub ends: Ends,
}

/// A thing that a line of 版头 says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadItem {
    /// 份号.
    Copy,
    /// 密级和保密期限.
    Secrecy,
    /// 紧急程度.
    Urgency,
    /// 发文字号, or 签发人 over it.
    Number,
}

/// Where the words of a line stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// At the left.
    Left,
    /// In the middle.
    Centre,
    /// The first `left` inlines at the left, `blank` characters in, the others at the right, as many in.
    Apart {
        /// Number of the inlines at the left; there may be none.
        left: usize,
        /// Characters that are left blank at either end.
        blank: u8,
    },
}

/// A line of 版记.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColophonLine {
    /// 抄送：…。, turned lines aligned after the colon (7.4.2).
    CopiedTo {
        /// Characters before the names.
        lead: usize,
    },
    /// 印发机关 at the left, 印发日期 at the right (7.4.3).
    Printed {
        /// Number of the inlines at the left.
        left: usize,
    },
}
