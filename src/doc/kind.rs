//! The kinds of blocks, and how each is set.

use super::issued::{ColophonLine, HeadLine, Mark};
use super::picture::Placed;
use super::table::Table;

/// The kind of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// 标题: title face, centred, broken by sense (GB/T 9704 7.3.1). `\n` is a line end that the author chose.
    Title,
    /// 副标题: 楷体, centred, led by ——.
    Subtitle,
    /// Author line under the title: 楷体, centred.
    Byline,
    /// Date line under the title: 楷体, centred.
    Dateline,
    /// 称谓 or 主送机关: flush left (7.3.2).
    Salutation,
    /// A heading on a line of its own; levels 1 to 4 are 黑, 楷, 仿宋, 仿宋 (7.3.3). Indented by two characters.
    Heading(u8),
    /// 正文: indented by two characters, turned lines flush left (7.3.3).
    Paragraph,
    /// An item of a list; depth from 1. Set as a paragraph, one more character in for each depth over 1.
    ListItem(u8),
    /// A quotation: 楷体, otherwise a paragraph.
    Quote,
    /// A line of 附件说明 (7.3.4): in by so many characters; turned lines align with the character after the first
    /// `lead` ones, which are 附件： and the number.
    AttachmentNote {
        /// Characters that it is indented by.
        indent: u8,
        /// Characters before the name.
        lead: usize,
    },
    /// 署名 (7.3.5.2): two characters in from the right edge.
    Signature,
    /// 成文日期 (7.3.5.2): begins two characters right of the signature's first character.
    SignedOn,
    /// 附件1 on the first line of an attachment: 黑体, flush left (7.3.7).
    AttachmentMark,
    /// Title of an attachment, as the report's own (7.3.7).
    AttachmentTitle,
    /// Caption of the table that follows: 黑体, centred.
    TableCaption,
    /// A table. The block has no text of its own.
    Table(Box<Table>),
    /// A picture, in the middle. The block has no text of its own.
    Picture(Box<Placed>),
    /// Caption of the picture before it: 黑体, centred.
    PictureCaption,
    /// 目录: 黑体, centred.
    ContentsHead,
    /// A line of the contents. The number of the page, after dots, is each output's own to find.
    ContentsEntry {
        /// Depth in the outline, from 1.
        level: u8,
        /// The id of the outline's line that it means.
        target: String,
    },
    /// The end of a page. Has no text.
    PageBreak,
    /// A line of 版头: 份号, 密级, 紧急程度, 发文字号 (7.2.1 to 7.2.3, 7.2.5, 7.2.6).
    HeadLine(HeadLine),
    /// 发文机关标志: title face, red, centred (7.2.4).
    IssuerMark(Mark),
    /// A row of signatures on which seals are pressed (7.3.5.1): of each office the number of its inlines.
    SealRow(Vec<usize>),
    /// The post of who signs, before the room of a signet (7.3.5.3).
    Signet {
        /// True if the name is printed after the post, in the signet's place.
        is_named: bool,
    },
    /// 附注: indented by two characters, in brackets (7.3.6).
    DocumentNote,
    /// 出席, 请假 or 列席 of 纪要: the label in 黑体, turned lines aligned after its colon (10.3).
    Attendance {
        /// Characters before the names.
        lead: usize,
    },
    /// A line of 版记, 四号 (7.4). They stand at the foot of the last page.
    Colophon(ColophonLine),
}

/// The zone of a report that a kind stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// Titles, headings and what else stands before the text that it leads.
    Lead,
    /// The running text.
    Text,
    /// 版头, over the title, with measures of its own.
    Head,
    /// 版记, at the foot of the last page.
    Foot,
    /// The lines that close it: 附件说明, 署名 and 成文日期 (GB/T 9704 7.3.4, 7.3.5).
    Closing,
    /// A table or a picture, which has no text of its own.
    Float,
    /// A caption.
    Caption,
    /// The contents.
    Contents,
    /// The end of a page, which has no text.
    Break,
}

/// The size of type of a kind, by its name in `[style] sizes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// `title`.
    Title,
    /// `body`.
    Body,
    /// `caption`.
    Caption,
    /// 四号, of 版记 (GB/T 9704 7.4.2), whatever `[style] sizes` has.
    Colophon,
    /// That of 发文机关标志, which hangs on its length.
    Mark,
}

/// The look of a kind, the same in every output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Where in the report it stands.
    pub zone: Zone,
    /// Its size of type.
    pub size: Size,
    /// Characters that its first line is indented by.
    pub indent: u8,
    /// True if its lines stand in the middle.
    pub is_centred: bool,
}

impl BlockKind {
    /// The look of this kind.
    pub fn look(&self) -> Look {
        let flush = |zone| Look { zone, size: Size::Body, indent: 0, is_centred: false };
        let indented = |zone, indent| Look { indent, ..flush(zone) };
        let centred = |zone, size| Look { size, is_centred: true, ..flush(zone) };
        match self {
            BlockKind::Title | BlockKind::AttachmentTitle => centred(Zone::Lead, Size::Title),
            BlockKind::Subtitle | BlockKind::Byline | BlockKind::Dateline => centred(Zone::Lead, Size::Body),
            BlockKind::Salutation | BlockKind::AttachmentMark => flush(Zone::Lead),
            BlockKind::Heading(_) => indented(Zone::Lead, 2),
            BlockKind::Paragraph | BlockKind::Quote => indented(Zone::Text, 2),
            BlockKind::ListItem(depth) => indented(Zone::Text, (*depth).max(1).saturating_add(1)),
            BlockKind::AttachmentNote { .. } | BlockKind::Signature | BlockKind::SignedOn => flush(Zone::Closing),
            BlockKind::Table(_) | BlockKind::Picture(_) => flush(Zone::Float),
            BlockKind::TableCaption | BlockKind::PictureCaption => centred(Zone::Caption, Size::Caption),
            BlockKind::ContentsHead => centred(Zone::Contents, Size::Body),
            // Each level is two characters further in.
            BlockKind::ContentsEntry { level, .. } => {
                indented(Zone::Contents, (*level).max(1).saturating_sub(1).saturating_mul(2))
            }
            BlockKind::PageBreak => flush(Zone::Break),
            BlockKind::HeadLine(_) => flush(Zone::Head),
            BlockKind::IssuerMark(_) => centred(Zone::Head, Size::Mark),
            BlockKind::SealRow(_) | BlockKind::Signet { .. } => flush(Zone::Closing),
            BlockKind::DocumentNote => indented(Zone::Closing, 2),
            BlockKind::Attendance { .. } => flush(Zone::Text),
            BlockKind::Colophon(_) => Look { size: Size::Colophon, ..flush(Zone::Foot) },
        }
    }

    /// True if it is of the running text or closes it, as against titles and headings.
    pub fn is_text(&self) -> bool {
        matches!(self.look().zone, Zone::Text | Zone::Closing)
    }

    /// True if it closes the text: 附件说明, 署名, 成文日期.
    pub fn is_closing(&self) -> bool {
        self.look().zone == Zone::Closing
    }

    /// True if it is set as a paragraph of words; a table or picture is not, nor the end of a page.
    pub fn has_paragraph(&self) -> bool {
        !matches!(self.look().zone, Zone::Float | Zone::Break)
    }

    /// True if it is a title, which turns by sense and whose turns are the same in every output.
    pub fn is_title(&self) -> bool {
        self.look().size == Size::Title
    }
}
