//! How a report looks, with every choice made: the standard's values where the author says nothing.

use crate::fonts::Asked;
use crate::length::Length;
use crate::words::Names;

/// The look of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// Paper and margins.
    pub page: PageStyle,
    /// Distance between baselines.
    pub line_pitch: Length,
    /// Lines on a full page.
    pub lines: u32,
    /// Distance between the centres of two hanzi of the text, before a line is justified.
    pub cell: Length,
    /// Sizes of type.
    pub sizes: Sizes,
    /// How headings are numbered.
    pub numbering: Numbering,
    /// The mark after 1 of a heading or an item: `.` (GB/T 9704 7.3.3) or `．` (U+FF0E), as some offices want it.
    pub item_mark: char,
    /// The face of a run-in lead sentence.
    pub lead: Lead,
    /// Which of the four block heading levels are bold besides.
    pub bold_levels: [bool; 4],
    /// Where the page number stands.
    pub page_number: PageNumber,
    /// Space between a hanzi and a digit or Latin letter, in thousandths of an em: 0, 125 or 250.
    pub latin_gap: i64,
    /// Whether a paragraph's first or last line may not stand alone on a page.
    pub widow_control: bool,
    /// Whether the contents stand after the title.
    pub toc: bool,
    /// Names that no line parts: those of leaders, and `[words] keep`.
    pub keep: Names,
    /// How tables are ruled.
    pub table_lines: TableLines,
    /// Faces that are asked for by name.
    pub fonts: Asked,
    /// Which families the Word file names.
    pub faces: Faces,
    /// Which characters of a face the Word file carries; by default those used, in a draft the common ones too.
    pub embed: Option<Embed>,
    /// What the PDF promises to an archive.
    pub pdf_standard: PdfStandard,
}

/// Paper and margins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageStyle {
    /// Width of the paper.
    pub width: Length,
    /// Height of the paper.
    pub height: Length,
    /// Upper margin, to the top of the first line's box.
    pub top: Length,
    /// Lower margin.
    pub bottom: Length,
    /// Left margin.
    pub left: Length,
    /// Right margin.
    pub right: Length,
}

impl PageStyle {
    /// Width of the type area.
    pub fn measure(&self) -> Length {
        self.width - self.left - self.right
    }

    /// The paper by a quarter turn to the right: what was its left edge, where it is bound, is the upper one, on pages
    /// of either side (GB/T 9704 8).
    #[must_use]
    pub fn turned(&self) -> Self {
        PageStyle {
            width: self.height,
            height: self.width,
            top: self.left,
            right: self.top,
            bottom: self.right,
            left: self.bottom,
        }
    }
}

impl Style {
    /// Gives the lines the pitch at which a page has `lines` of them, in whole twips, which Word counts in.
    pub fn fit_lines(&mut self, lines: u32) {
        let room = self.page.height.to_twips() - self.page.top.to_twips() - self.page.bottom.to_twips();
        self.line_pitch = Length::twips(room / i64::from(lines.max(1)));
        self.lines = lines;
    }

    /// The style of a page with what stands across the paper.
    #[must_use]
    pub fn turned(&self) -> Style {
        let mut turned = Style { page: self.page.turned(), ..self.clone() };
        turned.lines = u32::try_from(lines(&turned)).unwrap_or(0);
        turned
    }
}

/// Sizes of type by use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// Text and headings, 三号 (GB/T 9704 5.2.2).
    pub body: Length,
    /// Title, 二号 (7.3.1).
    pub title: Length,
    /// Page number, 四号 (7.5).
    pub page_number: Length,
    /// Captions of tables and pictures, 四号: the standard names no size, offices take one under the text's.
    pub caption: Length,
    /// Cells of tables, 小四, by the same habit.
    pub table: Length,
}

/// `numbering`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// 一是…。 leads the paragraph.
    RunIn,
    /// 一、（一）1.（1） stand on lines of their own.
    Block,
    /// The program writes no numbers.
    None,
}

/// `lead`: the face of a run-in lead sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lead {
    /// The text's face, bold.
    Bold,
    /// 楷体.
    Kai,
    /// 黑体.
    Hei,
    /// The text's face.
    Body,
}

/// `page_number`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageNumber {
    /// Odd pages right, even pages left, one character in (7.5).
    Outer,
    /// In the middle.
    Center,
    /// Not there.
    None,
}

/// `table_lines`: how tables are ruled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableLines {
    /// A line round every cell.
    Grid,
    /// 三线表: over the head, under it, and under the last row.
    Three,
}

impl TableLines {
    /// The words of the report file.
    pub(super) const CHOICES: &[(&str, TableLines)] = &[("grid", TableLines::Grid), ("three", TableLines::Three)];
}

/// `faces`: the families that the Word file names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Faces {
    /// The bundled families.
    Own,
    /// 仿宋, 楷体, 黑体, 宋体, 方正小标宋简体.
    Office,
    /// As `Office`, with 仿宋_GB2312 and 楷体_GB2312.
    Gb2312,
}

/// `embed`: the characters that the Word file carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Embed {
    /// Those used.
    Used,
    /// Those used, and in the text's face all of GB 2312 level 1 as well.
    Common,
    /// None.
    None,
}

/// `pdf_standard`: the part and level of ISO 19005 (GB/T 23286) that the PDF keeps and claims.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PdfStandard {
    /// PDF/A-1b, on PDF 1.4: for receivers who name the first part.
    A1b,
    /// PDF/A-2b: looks the same for ever.
    A2b,
    /// PDF/A-2a, with the structure of PDF/UA-1 (ISO 14289-1): can be read aloud as well.
    #[default]
    A2a,
    /// A plain PDF that claims nothing.
    None,
}

impl PdfStandard {
    /// All, by the names that authors and the command line use.
    pub const NAMED: [(&str, PdfStandard); 4] = [
        ("a-1b", PdfStandard::A1b),
        ("a-2b", PdfStandard::A2b),
        ("a-2a", PdfStandard::A2a),
        ("none", PdfStandard::None),
    ];
}

impl Default for Style {
    /// The preset `gbt9704`: GB/T 9704-2012 5.1 to 5.2.4, 7.3.1 and 7.5, with line boxes filling the type area.
    fn default() -> Self {
        Style {
            page: PageStyle {
                width: Length::mm(210),
                height: Length::mm(297),
                top: Length::mm(37),
                bottom: Length::mm(35),
                left: Length::mm(28),
                right: Length::mm(26),
            },
            line_pitch: Length::twips(579),
            lines: 22,
            cell: Length::centi_pt(1575),
            sizes: Sizes {
                body: Length::pt(16),
                title: Length::pt(22),
                page_number: Length::pt(14),
                caption: Length::pt(14),
                table: Length::pt(12),
            },
            numbering: Numbering::RunIn,
            item_mark: '.',
            lead: Lead::Bold,
            bold_levels: [false; 4],
            page_number: PageNumber::Outer,
            latin_gap: 0,
            widow_control: false,
            toc: false,
            keep: Names::default(),
            table_lines: TableLines::Grid,
            fonts: Asked::new(),
            faces: Faces::Own,
            embed: None,
            pdf_standard: PdfStandard::default(),
        }
    }
}

/// Lines that go on a page, counted as Word counts them.
pub(super) fn lines(style: &Style) -> i64 {
    let page = &style.page;
    let room = page.height.to_twips() - page.top.to_twips() - page.bottom.to_twips();
    room / style.line_pitch.to_twips().max(1)
}
