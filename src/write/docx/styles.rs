//! `word/styles.xml`: one style for each kind of paragraph, so that whoever changes a style changes the report.
//!
//! Where Word has a style of its own for the purpose, its id and name are used, and Word shows it in the
//! user's language (Normal is 正文, Title is 标题, Normal Indent is 正文缩进).

use std::collections::BTreeSet;

use super::family::Families;
use super::measures::{IssuedMeasures, Measures};
use super::xml::Element;
use crate::doc::{BlockKind, COLOPHON_SIZE, Doc, HeadItem, HeadLine};
use crate::fonts::Role;
use crate::layout::{Ink, NOTE_PITCH, NOTE_SIZE};
use crate::length::Length;
use crate::manifest::{Lead, Style};

/// Namespace of WordprocessingML.
pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Namespace of relationships inside parts.
pub(super) const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Id of the character style of a run-in lead sentence.
pub(super) const LEAD: &str = "Lead";
/// Id of the character style of 楷体 in text of another face.
pub(super) const EMPHASIS: &str = "Emphasis";
/// Id of the style of footnotes.
pub(super) const NOTE_TEXT: &str = "FootnoteText";
/// Id of the character style of their numbers.
pub(super) const NOTE_SIGN: &str = "FootnoteReference";
/// Id of the style of pictures.
pub(super) const PICTURE: &str = "Picture";
/// Id of the style of the cells of tables.
pub(super) const TABLE_TEXT: &str = "TableText";
/// Id of the style of a draft's header.
pub(super) const HEADER: &str = "Header";
/// Id of the style of a page number in the middle.
pub(super) const FOOTER: &str = "Footer";
/// Id of the style of a page number on odd pages.
pub(super) const FOOTER_ODD: &str = "FooterOdd";
/// Id of the style of a page number on even pages.
pub(super) const FOOTER_EVEN: &str = "FooterEven";

/// Deepest list style that Word has.
const LISTS: usize = 5;

/// How a paragraph's style sets its text, which its runs need not repeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ParagraphStyle {
    pub(super) id: &'static str,
    pub(super) role: Role,
    pub(super) bold: bool,
    /// Level in the outline, from 1.
    pub(super) outline: Option<u8>,
}

/// The style of blocks of `kind`.
pub(super) fn of_kind(kind: &BlockKind, style: &Style) -> ParagraphStyle {
    let plain = |id, role| ParagraphStyle { id, role, bold: false, outline: None };
    match kind {
        BlockKind::Title => plain("Title", Role::Title),
        BlockKind::Subtitle => plain("Subtitle", Role::Heading2),
        BlockKind::Byline => plain("Byline", Role::Heading2),
        BlockKind::Dateline => plain("Date", Role::Heading2),
        BlockKind::Salutation => plain("Salutation", Role::Body),
        BlockKind::Heading(level) => heading(*level, style),
        BlockKind::Paragraph => plain("NormalIndent", Role::Body),
        BlockKind::ListItem(depth) => {
            let ids = ["List", "List2", "List3", "List4", "List5"];
            plain(ids[usize::from((*depth).max(1) - 1).min(LISTS - 1)], Role::Body)
        }
        BlockKind::Quote => plain("Quote", Role::Heading2),
        BlockKind::AttachmentNote { .. } => plain("AttachmentNote", Role::Body),
        BlockKind::Signature => plain("Signature", Role::Body),
        BlockKind::SignedOn => plain("SignedOn", Role::Body),
        BlockKind::AttachmentMark => {
            ParagraphStyle { id: "AttachmentMark", role: Role::Heading1, bold: false, outline: Some(1) }
        }
        BlockKind::AttachmentTitle => plain("AttachmentTitle", Role::Title),
        BlockKind::TableCaption => plain("Caption", Role::Heading1),
        BlockKind::Table(_) => plain(TABLE_TEXT, Role::Body),
        BlockKind::PictureCaption => plain("PictureCaption", Role::Heading1),
        BlockKind::Picture(_) => plain(PICTURE, Role::Body),
        BlockKind::ContentsHead => plain("TOCHeading", Role::Heading1),
        BlockKind::ContentsEntry { level, .. } => {
            let ids = ["TOC1", "TOC2", "TOC3", "TOC4"];
            plain(ids[usize::from((*level).clamp(1, 4)) - 1], Role::Body)
        }
        // It becomes a property of the paragraph that follows.
        BlockKind::PageBreak => plain("Normal", Role::Body),
        BlockKind::HeadLine(HeadLine { item, .. }) => match item {
            HeadItem::Copy => plain("CopyNumber", Role::Body),
            HeadItem::Secrecy => plain("Secrecy", Role::Heading1),
            HeadItem::Urgency => plain("Urgency", Role::Heading1),
            HeadItem::Number => plain("DocumentNumber", Role::Body),
        },
        BlockKind::IssuerMark(_) => plain("IssuerMark", Role::Title),
        BlockKind::SealRow(_) | BlockKind::Signet { .. } => plain("Signature", Role::Body),
        BlockKind::DocumentNote => plain("DocumentNote", Role::Body),
        BlockKind::Attendance { .. } => plain("Attendance", Role::Body),
        BlockKind::Colophon(_) => plain("Colophon", Role::Body),
    }
}

/// The style of footnotes.
pub(super) fn of_notes() -> ParagraphStyle {
    ParagraphStyle { id: NOTE_TEXT, role: Role::Body, bold: false, outline: None }
}

/// The style of cells in type of `size`.
pub(super) fn of_cells(size: Length, style: &Style) -> &'static str {
    match size {
        size if size >= style.sizes.table => TABLE_TEXT,
        size if size > Length::pt(9) => "TableTextSmall",
        _ => "TableTextTiny",
    }
}

fn heading(level: u8, style: &Style) -> ParagraphStyle {
    let level = level.clamp(1, 4);
    let (id, role) = match level {
        1 => ("Heading1", Role::Heading1),
        2 => ("Heading2", Role::Heading2),
        3 => ("Heading3", Role::Body),
        _ => ("Heading4", Role::Body),
    };
    ParagraphStyle { id, role, bold: style.bold_levels[usize::from(level) - 1], outline: Some(level) }
}

/// The face and weight of a lead sentence.
pub(super) fn lead(style: &Style) -> (Role, bool) {
    match style.lead {
        Lead::Bold => (Role::Body, true),
        Lead::Kai => (Role::Heading2, false),
        Lead::Hei => (Role::Heading1, false),
        Lead::Body => (Role::Body, false),
    }
}

/// The root of `word/styles.xml`.
pub(super) fn styles(doc: &Doc, tables: &Measures, issued: &IssuedMeasures, families: &Families<'_>) -> Element {
    let sheet = Sheet { style: &doc.style, families };
    Element::new("w:styles")
        .with("xmlns:w", W)
        .child(sheet.defaults(super::language(doc)))
        .child(sheet.normal())
        .extended(built_in_defaults())
        .extended(sheet.front())
        .extended((1..=4).map(|level| sheet.heading(level)))
        .extended(sheet.text())
        .extended(sheet.closing())
        .extended(sheet.issued(doc, issued))
        .extended(sheet.tables(tables))
        .extended(sheet.pictures(doc))
        .extended(sheet.contents(doc))
        .extended(sheet.notes(doc))
        .maybe(doc.draft.is_some().then(|| sheet.header()))
        .extended(sheet.footers())
        .extended(sheet.characters())
}

struct Sheet<'a> {
    style: &'a Style,
    families: &'a Families<'a>,
}

impl Sheet<'_> {
    fn defaults(&self, language: &str) -> Element {
        let lang = Element::val("w:lang", "en-US").with("w:eastAsia", language).with("w:bidi", "ar-SA");
        let run = Element::new("w:rPr").child(self.fonts(Role::Body)).child(lang);
        Element::new("w:docDefaults").child(Element::new("w:rPrDefault").child(run)).child(Element::new("w:pPrDefault"))
    }

    /// 正文: face, size and the grid, which all other styles take over. It has no indent, since tables and
    /// footers that are added later are set in it too.
    fn normal(&self) -> Element {
        let style = self.style;
        let space = i32::from(style.latin_gap != 0);
        let paragraph = Element::new("w:pPr")
            .child(Element::val("w:widowControl", i32::from(style.widow_control)))
            .child(Element::val("w:kinsoku", 1))
            .child(Element::val("w:overflowPunct", 0))
            .child(Element::val("w:autoSpaceDE", space))
            .child(Element::val("w:autoSpaceDN", space))
            .child(exact(style.line_pitch).with("w:before", 0).with("w:after", 0))
            .child(Element::val("w:jc", "both"));
        let run = Element::new("w:rPr")
            .child(self.fonts(Role::Body))
            .child(Element::val("w:spacing", (style.cell - style.sizes.body).to_twips()))
            .extended(sizes(style.sizes.body));
        named("paragraph", "Normal", "Normal").with("w:default", 1).child(quick()).child(paragraph).child(run)
    }

    /// What stands above the text.
    fn front(&self) -> [Element; 5] {
        let size = self.style.sizes.title;
        // A title too tall for one line of the grid takes whole lines of it. That is settled here and not by
        // the grid, since LibreOffice goes by the height that the face asks for, even where spacing is exact.
        let pitch = self.style.line_pitch;
        let lines = (size.to_emu() + pitch.to_emu() - 1).div_euclid(pitch.to_emu().max(1)).max(1);
        let spacing = (lines > 1).then(|| exact(pitch * lines));
        let title = Element::new("w:rPr")
            .child(self.fonts(Role::Title))
            .child(Element::val("w:spacing", 0))
            .extended(sizes(size));
        let kai = |id, name| self.based(id, name, Some(Role::Heading2)).child(centred());
        [
            named("paragraph", "Title", "Title")
                .child(Element::val("w:basedOn", "Normal"))
                .child(Element::val("w:next", "NormalIndent"))
                .child(quick())
                .child(centred().child(Element::val("w:snapToGrid", 0)).maybe(spacing))
                .child(title),
            kai("Subtitle", "Subtitle"),
            kai("Byline", "作者").with("w:customStyle", 1),
            kai("Date", "Date"),
            self.based("Salutation", "Salutation", None),
        ]
    }

    fn heading(&self, level: u8) -> Element {
        let heading = heading(level, self.style);
        let paragraph = Element::new("w:pPr")
            .child(Element::new("w:keepNext"))
            .child(self.indent(0))
            .child(Element::val("w:outlineLvl", level - 1));
        let run = Element::new("w:rPr")
            .child(self.fonts(heading.role))
            .extended(heading.bold.then(bold).into_iter().flatten());
        named("paragraph", heading.id, &format!("heading {level}"))
            .child(Element::val("w:basedOn", "Normal"))
            .child(Element::val("w:next", "NormalIndent"))
            .child(quick())
            .child(paragraph)
            .child(run)
    }

    /// Paragraphs, lists and quotations.
    fn text(&self) -> Vec<Element> {
        let indented = |style: Element, depth| style.child(Element::new("w:pPr").child(self.indent(depth)));
        let mut styles = vec![
            indented(self.based("NormalIndent", "Normal Indent", None), 0),
            indented(self.based("Quote", "Quote", Some(Role::Heading2)), 0),
            indented(self.based("List", "List", None), 0),
        ];
        for depth in 2..=LISTS {
            styles
                .push(indented(self.based(&format!("List{depth}"), &format!("List {depth}"), None), depth as i64 - 1));
        }
        styles
    }

    /// What stands after the text: 附件说明, 署名, 成文日期, and the heads of attachments. Where their lines begin
    /// hangs on their words, so their paragraphs say it.
    fn closing(&self) -> [Element; 5] {
        let custom = |style: Element| style.with("w:customStyle", 1);
        let outline = Element::new("w:pPr").child(Element::new("w:keepNext")).child(Element::val("w:outlineLvl", 0));
        [
            custom(self.based("AttachmentNote", "附件说明", None)),
            self.based("Signature", "Signature", None),
            custom(self.based("SignedOn", "成文日期", None)),
            custom(
                named("paragraph", "AttachmentMark", "附件标识")
                    .child(Element::val("w:basedOn", "Normal"))
                    .child(Element::val("w:next", "AttachmentTitle"))
                    .child(quick())
                    .child(outline)
                    .child(Element::new("w:rPr").child(self.fonts(Role::Heading1))),
            ),
            custom(
                named("paragraph", "AttachmentTitle", "附件标题")
                    .child(Element::val("w:basedOn", "Title"))
                    .child(Element::val("w:next", "NormalIndent"))
                    .child(quick()),
            ),
        ]
    }

    /// The parts of an issued document: 版头, 附注, 纪要's lists and 版记. Their places hang on the document, so that their
    /// paragraphs say them.
    fn issued(&self, doc: &Doc, issued: &IssuedMeasures) -> Vec<Element> {
        let has = |test: fn(&BlockKind) -> bool| doc.blocks.iter().any(|block| test(&block.kind));
        let custom = |style: Element| style.with("w:customStyle", 1);
        let mut styles = Vec::new();
        if has(|kind| matches!(kind, BlockKind::HeadLine(_))) {
            styles.extend([
                custom(self.based("CopyNumber", "份号", None)),
                custom(self.based("Secrecy", "密级", Some(Role::Heading1))),
                custom(self.based("Urgency", "紧急程度", Some(Role::Heading1))),
                custom(self.based("DocumentNumber", "发文字号", None)),
            ]);
        }
        let marks = issued.head.iter().flat_map(|head| head.places.values().filter_map(|place| place.mark));
        styles.extend(marks.take(1).map(|mark| {
            let paragraph = Element::new("w:pPr")
                .child(Element::val("w:snapToGrid", 0))
                .child(exact(mark.pitch))
                .child(Element::val("w:jc", "center"));
            let run = Element::new("w:rPr")
                .child(self.fonts(Role::Title))
                .child(Element::val("w:color", red()))
                .child(Element::val("w:spacing", 0))
                .child(Element::val("w:w", mark.width))
                .extended(sizes(mark.size));
            custom(
                named("paragraph", "IssuerMark", "发文机关标志")
                    .child(Element::val("w:basedOn", "Normal"))
                    .child(quick())
                    .child(paragraph)
                    .child(run),
            )
        }));
        if has(|kind| *kind == BlockKind::DocumentNote) {
            let note = self.based("DocumentNote", "附注", None);
            styles.push(custom(note.child(Element::new("w:pPr").child(self.indent(0)))));
        }
        if has(|kind| matches!(kind, BlockKind::Attendance { .. })) {
            styles.push(custom(self.based("Attendance", "出席人员", None)));
        }
        if has(|kind| matches!(kind, BlockKind::Colophon(_))) {
            let run = Element::new("w:rPr").child(self.fonts(Role::Body)).child(Element::val("w:spacing", 0));
            styles.push(custom(
                named("paragraph", "Colophon", "版记")
                    .child(Element::val("w:basedOn", "Normal"))
                    .child(quick())
                    .child(Element::new("w:pPr").child(Element::val("w:snapToGrid", 0)))
                    .child(run.extended(sizes(COLOPHON_SIZE))),
            ));
        }
        styles
    }

    /// Captions, and the cells of tables in the sizes that tables have; off the grid of the text.
    fn tables(&self, tables: &Measures) -> Vec<Element> {
        if tables.is_empty() {
            return Vec::new();
        }
        let run = |role, size| {
            let fonts = Element::new("w:rPr").child(self.fonts(role));
            fonts.child(Element::val("w:spacing", 0)).extended(sizes(size))
        };
        let caption = self
            .based("Caption", "caption", None)
            .child(Element::new("w:pPr").child(Element::new("w:keepNext")).child(Element::val("w:jc", "center")))
            .child(run(Role::Heading1, self.style.sizes.caption));
        let sizes: BTreeSet<Length> = tables.values().map(|measure| measure.size).collect();
        let cells = sizes.into_iter().rev().map(|size| {
            let paragraph = Element::new("w:pPr")
                .child(Element::val("w:snapToGrid", 0))
                .child(exact(crate::layout::table_pitch(size)))
                .child(Element::val("w:jc", "center"));
            let half_points = size.to_twips() / 10;
            named("paragraph", of_cells(size, self.style), &format!("表格文字 {}", half_points as f32 / 2.0))
                .with("w:customStyle", 1)
                .child(Element::val("w:basedOn", "Normal"))
                .child(quick())
                .child(paragraph)
                .child(run(Role::Body, size))
        });
        std::iter::once(caption).chain(cells).collect()
    }

    /// Pictures, whose lines are as high as they are, and captions under them.
    fn pictures(&self, doc: &Doc) -> Vec<Element> {
        if !doc.blocks.iter().any(|block| matches!(block.kind, BlockKind::Picture(_))) {
            return Vec::new();
        }
        let own_height = Element::new("w:spacing").with("w:line", 240).with("w:lineRule", "auto");
        let picture = Element::new("w:pPr")
            .child(Element::val("w:snapToGrid", 0))
            .child(own_height)
            .child(Element::val("w:jc", "center"));
        let caption = Element::new("w:rPr")
            .child(self.fonts(Role::Heading1))
            .child(Element::val("w:spacing", 0))
            .extended(sizes(self.style.sizes.caption));
        let custom = |id, name| {
            named("paragraph", id, name)
                .with("w:customStyle", 1)
                .child(Element::val("w:basedOn", "Normal"))
                .child(quick())
        };
        vec![custom(PICTURE, "图片").child(picture), custom("PictureCaption", "图题").child(centred()).child(caption)]
    }

    /// The contents, whose numbers stand at the right edge after dots.
    fn contents(&self, doc: &Doc) -> Vec<Element> {
        if !doc.blocks.iter().any(|block| block.kind == BlockKind::ContentsHead) {
            return Vec::new();
        }
        let style = self.style;
        let head = self.based("TOCHeading", "TOC Heading", Some(Role::Heading1)).child(centred());
        let entry = |level: i64| {
            let at = style.page.measure().to_twips();
            let tab = Element::val("w:tab", "right").with("w:leader", "dot").with("w:pos", at);
            let left = style.cell * 2 * (level - 1);
            let indent = Element::new("w:ind").with("w:left", left.to_twips());
            let paragraph = Element::new("w:pPr").child(Element::new("w:tabs").child(tab)).child(indent);
            self.based(&format!("TOC{level}"), &format!("toc {level}"), None)
                .child(paragraph.child(Element::val("w:jc", "left")))
        };
        std::iter::once(head).chain((1..=4).map(entry)).collect()
    }

    /// Footnotes, off the grid of the text, and their numbers.
    fn notes(&self, doc: &Doc) -> Vec<Element> {
        if doc.notes.is_empty() {
            return Vec::new();
        }
        let paragraph = Element::new("w:pPr").child(Element::val("w:snapToGrid", 0)).child(exact(NOTE_PITCH));
        let run = Element::new("w:rPr").child(Element::val("w:spacing", 0)).extended(sizes(NOTE_SIZE));
        let sign = Element::new("w:rPr").child(Element::val("w:vertAlign", "superscript"));
        vec![
            named("paragraph", NOTE_TEXT, "footnote text")
                .child(Element::val("w:basedOn", "Normal"))
                .child(quick())
                .child(paragraph)
                .child(run),
            named("character", NOTE_SIGN, "footnote reference")
                .child(Element::val("w:basedOn", "DefaultParagraphFont"))
                .child(quick())
                .child(sign),
        ]
    }

    /// 草稿 at the head of a draft's pages.
    fn header(&self) -> Element {
        let (paragraph, run) = self.marginal("right");
        named("paragraph", HEADER, "header").child(Element::val("w:basedOn", "Normal")).child(paragraph).child(run)
    }

    /// How headers and footers are set: in 宋体, off the grid of the text.
    fn marginal(&self, justification: &str) -> (Element, Element) {
        let size = self.style.sizes.page_number;
        let song = self.families.name(Role::Song);
        let run = Element::new("w:rPr")
            .child(font_element(song, song))
            .child(Element::val("w:spacing", 0))
            .extended(sizes(size));
        let paragraph = Element::new("w:pPr")
            .child(Element::val("w:snapToGrid", 0))
            .child(exact(size.scale(5, 4)))
            .child(Element::val("w:jc", justification));
        (paragraph, run)
    }

    /// 7.5: page numbers in 宋体, off the grid of the text. On odd pages at the right, on even pages at the
    /// left, one character in.
    fn footers(&self) -> [Element; 3] {
        let size = self.style.sizes.page_number;
        let (paragraph, run) = self.marginal("center");
        let at = |id, name, side, justification| {
            let indent = Element::new("w:ind").with(side, size.to_twips());
            let paragraph = Element::new("w:pPr").child(indent).child(Element::val("w:jc", justification));
            named("paragraph", id, name)
                .with("w:customStyle", 1)
                .child(Element::val("w:basedOn", FOOTER))
                .child(paragraph)
        };
        [
            named("paragraph", FOOTER, "footer").child(Element::val("w:basedOn", "Normal")).child(paragraph).child(run),
            at(FOOTER_ODD, "页码（单页）", "w:right", "right"),
            at(FOOTER_EVEN, "页码（双页）", "w:left", "left"),
        ]
    }

    fn characters(&self) -> [Element; 2] {
        let (role, is_bold) = lead(self.style);
        let fonts = (role != Role::Body).then(|| self.fonts(role));
        let lead = Element::new("w:rPr").maybe(fonts).extended(is_bold.then(bold).into_iter().flatten());
        let character = |id, name| {
            named("character", id, name).child(Element::val("w:basedOn", "DefaultParagraphFont")).child(quick())
        };
        [
            character(LEAD, "段首句").with("w:customStyle", 1).child(lead),
            character(EMPHASIS, "Emphasis").child(Element::new("w:rPr").child(self.fonts(Role::Heading2))),
        ]
    }

    /// A paragraph style on top of 正文, in the face of `role` if that is another.
    fn based(&self, id: &str, name: &str, role: Option<Role>) -> Element {
        named("paragraph", id, name)
            .child(Element::val("w:basedOn", "Normal"))
            .child(quick())
            .maybe(role.map(|role| Element::new("w:rPr").child(self.fonts(role))))
    }

    fn fonts(&self, role: Role) -> Element {
        font_element(self.families.ascii(role), self.families.name(role))
    }

    /// First line in by two characters (7.3.3), and the whole paragraph by `deeper` more.
    ///
    /// Word goes by the characters, in whatever size the style will have; other readers by the lengths.
    fn indent(&self, deeper: i64) -> Element {
        let cell = self.style.cell;
        let indent = Element::new("w:ind");
        let indent = match deeper {
            0 => indent,
            _ => indent.with("w:leftChars", 100 * deeper).with("w:left", (cell * deeper).to_twips()),
        };
        indent.with("w:firstLineChars", 200).with("w:firstLine", (cell * 2).to_twips())
    }
}

/// `ascii` for ASCII, `face` for all else: quotation marks that are typed later stay in the Chinese face.
pub(super) fn font_element(ascii: &str, face: &str) -> Element {
    Element::new("w:rFonts").with("w:ascii", ascii).with("w:hAnsi", face).with("w:eastAsia", face).with("w:cs", ascii)
}

/// What Word expects to find besides.
fn built_in_defaults() -> [Element; 3] {
    let margin = |side: &str, width: i32| Element::new(side).with("w:w", width).with("w:type", "dxa");
    let margins = Element::new("w:tblCellMar")
        .child(margin("w:top", 0))
        .child(margin("w:left", 108))
        .child(margin("w:bottom", 0))
        .child(margin("w:right", 108));
    let table = Element::new("w:tblPr").child(margin("w:tblInd", 0)).child(margins);
    let hidden = |kind, id, name| {
        named(kind, id, name)
            .with("w:default", 1)
            .child(Element::val("w:uiPriority", 99))
            .child(Element::new("w:semiHidden"))
            .child(Element::new("w:unhideWhenUsed"))
    };
    [
        hidden("character", "DefaultParagraphFont", "Default Paragraph Font"),
        hidden("table", "TableNormal", "Normal Table").child(table),
        hidden("numbering", "NoList", "No List"),
    ]
}

fn named(kind: &str, id: &str, name: &str) -> Element {
    Element::new("w:style").with("w:type", kind).with("w:styleId", id).child(Element::val("w:name", name))
}

/// The red of 版头, in the digits of Word.
pub(super) fn red() -> String {
    Ink::RED.map(|byte| format!("{byte:02X}")).concat()
}

/// Shown in the gallery of styles.
fn quick() -> Element {
    Element::new("w:qFormat")
}

fn centred() -> Element {
    Element::new("w:pPr").child(Element::val("w:jc", "center"))
}

pub(super) fn exact(pitch: Length) -> Element {
    Element::new("w:spacing").with("w:line", pitch.to_twips()).with("w:lineRule", "exact")
}

fn bold() -> [Element; 2] {
    [Element::new("w:b"), Element::new("w:bCs")]
}

/// Word counts type in half points.
fn sizes(size: Length) -> [Element; 2] {
    let half_points = size.to_twips() / 10;
    [Element::val("w:sz", half_points), Element::val("w:szCs", half_points)]
}
