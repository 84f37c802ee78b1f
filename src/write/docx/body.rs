//! The report's paragraphs and page numbers, through docx-rs.

use std::collections::BTreeMap;

use super::contents::{Numbers, bookmark_name};
use super::family::Families;
use super::gaps;
use super::issued;
use super::links::Links;
use super::measures::{IssuedMeasures, Measures, twips};
use super::notes;
use super::order::put_in_order;
use super::picture::Media;
use super::runs::{Piece, UsedChars, pieces};
use super::styles::{self, ParagraphStyle};
use super::table;
use super::turned;
use super::xml::{Element, parse};
use crate::doc::{Block, BlockKind, Doc, Gap, Inline, Zone, address};
use crate::fonts::{Fonts, Role};
use crate::layout::{self, ColophonPage, DRAFT_MARK, Indent, header_distance};
use crate::length::Length;
use crate::manifest::{Lead, PageNumber, Style};
use crate::write::WriteError;
use docx_rs::{
    AlignmentType, BreakType, DocGrid, DocGridType, Document, Docx, FieldCharType, Footer, Hyperlink, HyperlinkData,
    InstrText, LineSpacing, PageMargin, PageNum, PageSize, Paragraph, Run, RunFonts, SectionProperty,
    SpecialIndentType, StructuredDataTag,
};

/// 7.5: from the type area down to the upper edge of the dashes.
const TO_PAGE_NUMBER: Length = Length::mm(7);

/// What was found out for the body before it is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts<'p> {
    /// The measures of its tables.
    pub(super) tables: &'p Measures,
    /// Its pictures.
    pub(super) media: &'p Media,
    /// The addresses in its text.
    pub(super) links: &'p Links,
    /// The addresses in its notes.
    pub(super) note_links: &'p Links,
    /// The numbers of pages for its contents.
    pub(super) numbers: &'p Numbers,
    /// The measures of what an issued document has besides.
    pub(super) issued: &'p IssuedMeasures,
}

/// `word/document.xml` and the footers.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) document: Element,
    /// `word/footnotes.xml`, where there are notes.
    pub(super) notes: Option<Element>,
    /// Relationship id and part, in order.
    pub(super) footers: Vec<(&'static str, Element)>,
}

/// Sets the paragraphs of `doc`, and notes in `used` which face sets which characters.
pub(super) fn body(
    doc: &Doc,
    parts: Parts<'_>,
    fonts: &Fonts,
    families: &Families<'_>,
    used: &mut UsedChars,
) -> Result<Body, WriteError> {
    let indents = layout::indents(doc, fonts)?;
    let setter = Setter { doc, indents: &indents, links: parts.links, style: &doc.style, fonts, families };
    let mut document = Document::new();
    for (index, block) in doc.blocks.iter().enumerate() {
        if let (BlockKind::Table(table), Some(measure)) = (&block.kind, parts.tables.get(&index)) {
            for (row, column, cell) in table::cells(table) {
                let paragraph = table::paragraph(table, (row, column), measure, &doc.style);
                let style = styles::of_kind(&block.kind, &doc.style);
                document = document.add_paragraph(setter.runs(paragraph, &cell.content, style, false, used)?);
            }
        } else if let Some(paragraphs) = issued::parts(block) {
            for paragraph in paragraphs {
                document = document.add_paragraph(setter.in_parts(index, block, &paragraph, used)?);
            }
        } else if block.kind.has_paragraph() {
            document = document.add_paragraph(setter.paragraph(index, block, used)?);
        }
    }
    if doc.style.toc {
        used.note_all(families.ascii_role(Role::Body), "0123456789.".chars());
    }
    let mut notes = None;
    if !doc.notes.is_empty() {
        notes = Some(Setter { links: parts.note_links, ..setter }.notes(used)?);
    }
    let footers = setter.footers(used)?;
    let mut section = setter.section();
    for (kind, footer) in &footers {
        section = match kind {
            FooterKind::Default => section.footer(footer.clone(), kind.rid()),
            FooterKind::Even => section.even_footer(footer.clone(), kind.rid()),
        };
    }
    document.section_property = section;
    let built = Docx::new().document(document).build();
    let mut body = Body { document: parse(&built.document)?, notes, footers: Vec::new() };
    table::wrap(&mut body.document, doc, parts.tables, parts.media, parts.numbers, parts.issued);
    if let Some(draft) = &doc.draft {
        gaps::complete(&mut body.document, body.notes.as_mut(), draft);
        gaps::show_header(&mut body.document);
        used.note_all(Role::Song, DRAFT_MARK.chars());
    }
    let first_footer = parts.issued.first_footer(&doc.style);
    if first_footer.is_some() {
        issued::show_first_footer(&mut body.document, doc.draft.is_some());
    }
    notes::refer(&mut body.document);
    put_in_order(&mut body.document);
    body.notes.iter_mut().for_each(put_in_order);
    // docx-rs gives the footers in the order of their relationship ids, which is that of `footers`.
    for ((kind, _), part) in footers.iter().zip(&built.footers) {
        let mut footer = parse(part)?;
        put_in_order(&mut footer);
        body.footers.push((kind.rid(), footer));
    }
    body.footers.extend(first_footer.map(|footer| (issued::FIRST_FOOTER, footer)));
    if parts.issued.page == Some(ColophonPage::AfterABlank) {
        body.footers.push((issued::EMPTY_FOOTER, issued::empty_footer()));
    }
    if (0..doc.blocks.len()).any(|index| doc.is_turned(index)) {
        let distance = setter.footer_distance();
        let across = body
            .footers
            .iter()
            .zip(turned::FOOTERS)
            .map(|((_, upright), (_, rid))| (rid, turned::footer(upright, distance, &doc.style)));
        let across: Vec<_> = across.collect();
        body.footers.extend(across);
    }
    Ok(body)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FooterKind {
    /// All pages, or odd ones where there is an even one too.
    Default,
    Even,
}

impl FooterKind {
    fn rid(self) -> &'static str {
        match self {
            FooterKind::Default => "rIdFooter1",
            FooterKind::Even => "rIdFooter2",
        }
    }
}

#[derive(Clone, Copy)]
struct Setter<'a> {
    doc: &'a Doc,
    indents: &'a BTreeMap<usize, Indent>,
    links: &'a Links,
    style: &'a Style,
    fonts: &'a Fonts,
    families: &'a Families<'a>,
}

impl Setter<'_> {
    fn paragraph(&self, index: usize, block: &Block, used: &mut UsedChars) -> Result<Paragraph, WriteError> {
        let style = styles::of_kind(&block.kind, self.style);
        let mut paragraph = self.spaced(index, block, self.placed(index, block, Paragraph::new().style(style.id)));
        if style.outline.is_some() {
            let level = block.outline.as_ref().map(|outline| outline.level.clamp(1, 9));
            if level != style.outline {
                // 9 is the text's own level.
                paragraph = paragraph.outline_lvl(level.map_or(9, |level| usize::from(level) - 1));
            }
        }
        if block.kind.look().zone == Zone::Caption {
            return self.caption(paragraph, block, style, used);
        }
        let lead = lead_inlines(block, self.style);
        if let Some(outline) = &block.outline {
            paragraph = paragraph.add_bookmark_start(index, bookmark_name(&outline.id));
            // All of a heading, but only the lead of a paragraph.
            let inside = lead.unwrap_or(block.content.len());
            paragraph = self.runs(paragraph, &block.content[..inside], style, lead.is_some(), used)?;
            paragraph = paragraph.add_bookmark_end(index);
            self.runs(paragraph, &block.content[inside..], style, false, used)
        } else {
            self.runs(paragraph, &block.content, style, false, used)
        }
    }

    /// A paragraph of an issued document whose parts stand at tabs.
    fn in_parts(
        &self,
        index: usize,
        block: &Block,
        parts: &[Vec<Inline>],
        used: &mut UsedChars,
    ) -> Result<Paragraph, WriteError> {
        let style = styles::of_kind(&block.kind, self.style);
        let mut paragraph = self.spaced(index, block, self.placed(index, block, Paragraph::new().style(style.id)));
        for (number, part) in parts.iter().enumerate() {
            if number > 0 {
                paragraph = paragraph.add_run(Run::new().add_tab());
            }
            paragraph = self.runs(paragraph, part, style, false, used)?;
        }
        Ok(paragraph)
    }

    /// A caption, whose number is a field: Word counts anew when a table is put in or taken out.
    fn caption(
        &self,
        mut paragraph: Paragraph,
        block: &Block,
        style: ParagraphStyle,
        used: &mut UsedChars,
    ) -> Result<Paragraph, WriteError> {
        let Some((first, others)) = block.content.split_first() else { return Ok(paragraph) };
        let digits = |text: &str| text.find(|c: char| c.is_ascii_digit());
        let (label, rest) = first.text.split_at(digits(&first.text).unwrap_or(0));
        let (number, rest) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
        let inline = |text: &str| [Inline { text: text.to_owned(), ..first.clone() }];
        paragraph = self.runs(paragraph, &inline(label), style, false, used)?;
        if !number.is_empty() {
            let mark = |kind| Run::new().add_field_char(kind, false);
            let count = InstrText::Unsupported(format!(" SEQ {label} \\* ARABIC "));
            paragraph = paragraph
                .add_run(mark(FieldCharType::Begin))
                .add_run(Run::new().add_instr_text(count))
                .add_run(mark(FieldCharType::Separate));
            paragraph = self.runs(paragraph, &inline(number), style, false, used)?.add_run(mark(FieldCharType::End));
        }
        paragraph = self.runs(paragraph, &inline(rest), style, false, used)?;
        self.runs(paragraph, others, style, false, used)
    }

    /// What a paragraph says of its own place: a page before it, its edges, what it stays with.
    fn placed(&self, index: usize, block: &Block, mut paragraph: Paragraph) -> Paragraph {
        if index > 0 && self.doc.blocks[index - 1].kind == BlockKind::PageBreak {
            paragraph = paragraph.page_break_before(true);
        }
        if let Some(right) = self.indents.get(&index).and_then(|indent| indent.from_right) {
            paragraph = paragraph.align(AlignmentType::Right).indent(None, None, Some(twips(right)), None);
        } else if let Some(indent) = self.indents.get(&index) {
            let (rest, by) = (twips(indent.rest), twips(indent.first - indent.rest));
            let special = match by {
                0 => None,
                by if by < 0 => Some(SpecialIndentType::Hanging(-by)),
                by => Some(SpecialIndentType::FirstLine(by)),
            };
            paragraph = paragraph.indent(Some(rest), special, None, None);
        }
        if block.kind.is_text() && self.doc.stays_with_next(index) {
            // With at least two lines of it, as in the PDF.
            paragraph = paragraph.keep_next(true).widow_control(true);
        }
        paragraph
    }

    /// The empty lines round a paragraph.
    fn spaced(&self, index: usize, block: &Block, mut paragraph: Paragraph) -> Paragraph {
        // What is empty after a table stands before the paragraph that follows it.
        let before = index.checked_sub(1).map(|before| &self.doc.blocks[before]);
        let before = before.filter(|before| matches!(before.kind, BlockKind::Table(_))).map_or(0, |it| it.space_after);
        let lines = [before, block.space_after].map(|lines| lines.min(100));
        if lines != [0, 0] {
            let height = |lines: u32| u32::try_from((self.style.line_pitch * i64::from(lines)).to_twips()).unwrap_or(0);
            // In points alone: with `afterLines` beside it Word has the same, but ONLYOFFICE takes a line for 12 pt.
            let mut spacing = LineSpacing::new();
            if lines[0] > 0 {
                spacing = spacing.before(height(lines[0]));
            }
            if lines[1] > 0 {
                spacing = spacing.after(height(lines[1]));
            }
            paragraph = paragraph.line_spacing(spacing);
        }
        paragraph
    }

    /// The notes, a paragraph each.
    fn notes(&self, used: &mut UsedChars) -> Result<Element, WriteError> {
        used.note_all(self.families.ascii_role(Role::Body), "0123456789 ".chars());
        let mut document = Document::new();
        for note in &self.doc.notes {
            let paragraph = Paragraph::new().style(styles::NOTE_TEXT);
            document = document.add_paragraph(self.runs(paragraph, &note.content, styles::of_notes(), false, used)?);
        }
        Ok(notes::part(parse(&Docx::new().document(document).build().document)?))
    }

    fn runs(
        &self,
        mut paragraph: Paragraph,
        content: &[Inline],
        style: ParagraphStyle,
        lead: bool,
        used: &mut UsedChars,
    ) -> Result<Paragraph, WriteError> {
        for inline in content {
            if let Some(id) = inline.note {
                used.note_all(self.families.ascii_role(inline.role), "0123456789".chars());
                // What docx-rs has for it prints to the terminal; `notes` makes a reference of this run.
                paragraph = paragraph.add_run(Run::new().style(styles::NOTE_SIGN).add_text(id.to_string()));
                continue;
            }
            let control = match inline.gap {
                Some(Gap::Figure { missing, hole }) => Some(gaps::provisional(missing, hole)),
                Some(Gap::Others) | None => None,
            };
            // A title may turn before a gap; the turn is no part of what is filled in.
            let gap = inline.text.trim_start_matches('\n');
            let (turns, text) = match control {
                Some(_) => inline.text.split_at(inline.text.len() - gap.len()),
                None => ("", inline.text.as_str()),
            };
            let mut run = |text| -> Result<Vec<Run>, WriteError> {
                let pieces = pieces(text, inline.role, self.fonts, self.families, used)?;
                Ok(pieces.iter().map(|piece| self.run(piece, inline, style, lead)).collect())
            };
            paragraph = run(turns)?.into_iter().fold(paragraph, Paragraph::add_run);
            if let Some(name) = control {
                let held = run(text)?.into_iter().fold(StructuredDataTag::new(), StructuredDataTag::add_run);
                paragraph = paragraph.add_structured_data_tag(held.alias(name));
                continue;
            }
            let mut at = 0;
            for address in address::in_text(text) {
                let Some(rid) = self.links.id(&text[address.clone()]) else { continue };
                paragraph = run(&text[at..address.start])?.into_iter().fold(paragraph, Paragraph::add_run);
                let link = HyperlinkData::External { rid, path: String::new() };
                let link = Hyperlink { link, history: Some(1), children: Vec::new() };
                at = address.end;
                paragraph = paragraph.add_hyperlink(run(&text[address])?.into_iter().fold(link, Hyperlink::add_run));
            }
            paragraph = run(&text[at..])?.into_iter().fold(paragraph, Paragraph::add_run);
        }
        Ok(paragraph)
    }

    /// A run says only what its paragraph's style, or a character style, does not say.
    fn run(&self, piece: &Piece<'_>, inline: &Inline, style: ParagraphStyle, lead: bool) -> Run {
        let mut run = Run::new();
        for (index, line) in piece.text.split('\n').enumerate() {
            if index > 0 {
                run = run.add_break(BreakType::TextWrapping);
            }
            if !line.is_empty() {
                run = run.add_text(line);
            }
        }
        let (mut role, mut bold) = (style.role, style.bold);
        if lead && (inline.role, inline.bold) == styles::lead(self.style) {
            run = run.style(styles::LEAD);
            (role, bold) = (inline.role, inline.bold);
        } else if inline.role == Role::Heading2 && role != Role::Heading2 {
            run = run.style(styles::EMPHASIS);
            role = Role::Heading2;
        }
        let fonts = if let Some(fallback) = piece.fallback {
            let family = self.families.name(fallback);
            Some(RunFonts::new().ascii(family).hi_ansi(family).east_asia(family).cs(family))
        } else if role != inline.role {
            let (ascii, face) = (self.families.ascii(inline.role), self.families.name(inline.role));
            Some(RunFonts::new().ascii(ascii).hi_ansi(face).east_asia(face).cs(ascii))
        } else {
            None
        };
        if fonts.is_some() || piece.hint {
            let fonts = fonts.unwrap_or_default();
            run = run.fonts(if piece.hint { fonts.hint("eastAsia") } else { fonts });
        }
        // 宋体 is thin among the heavier faces that it stands in for.
        let stands_in =
            piece.fallback.is_some_and(Role::is_thin) && matches!(inline.role, Role::Title | Role::Heading1);
        if (inline.bold || stands_in) && !bold {
            run = run.bold();
        }
        if inline.gap.is_some() {
            run = run.highlight("yellow");
        }
        if inline.spread != Length::ZERO {
            // In place of the spacing that the style has.
            run = run.character_spacing(twips(self.style.cell - self.style.sizes.body + inline.spread));
        }
        run
    }

    fn section(&self) -> SectionProperty {
        let page = &self.style.page;
        let unsigned = |length: Length| u32::try_from(length.to_twips()).unwrap_or(0);
        let margin = PageMargin::new()
            .top(twips(page.top))
            .bottom(twips(page.bottom))
            .left(twips(page.left))
            .right(twips(page.right))
            .header(twips(header_distance(self.style)))
            .footer(twips(self.footer_distance()));
        let grid = DocGrid::new().grid_type(DocGridType::Lines).line_pitch(unsigned(self.style.line_pitch) as usize);
        SectionProperty::new()
            .page_size(PageSize::new().size(unsigned(page.width), unsigned(page.height)))
            .page_margin(margin)
            .doc_grid(grid)
    }

    /// From the lower edge of the paper to the footer's: its line ends at the descent of 宋体, above which
    /// the dash has its place.
    fn footer_distance(&self) -> Length {
        let song = self.fonts.face(Role::Song);
        let dash = song.tables().glyph_index('—').and_then(|id| song.tables().glyph_bounding_box(id));
        let above_line_end = i64::from(dash.map_or(0, |dash| dash.y_max)) - i64::from(song.tables().descender());
        let dash = self.style.sizes.page_number.scale(above_line_end, i64::from(song.units_per_em()));
        (self.style.page.bottom - TO_PAGE_NUMBER - dash).max(Length::ZERO)
    }

    /// 7.5: `— 1 —`.
    fn footers(&self, used: &mut UsedChars) -> Result<Vec<(FooterKind, Footer)>, WriteError> {
        let footers: &[(FooterKind, &str)] = match self.style.page_number {
            PageNumber::Outer => &[(FooterKind::Default, styles::FOOTER_ODD), (FooterKind::Even, styles::FOOTER_EVEN)],
            PageNumber::Center => &[(FooterKind::Default, styles::FOOTER)],
            PageNumber::None => return Ok(Vec::new()),
        };
        // Whatever page it will be.
        used.note_all(Role::Song, "0123456789— ".chars());
        let dash = |text| Run::new().fonts(RunFonts::new().hint("eastAsia")).add_text(text);
        let footer = |style| {
            let paragraph = Paragraph::new().style(style).add_run(dash("— ")).add_page_num(PageNum::new());
            Footer::new().add_paragraph(paragraph.add_run(dash(" —")))
        };
        Ok(footers.iter().map(|&(kind, style)| (kind, footer(style))).collect())
    }
}

/// How many of the first inlines are the lead sentence of a paragraph that leads a section.
fn lead_inlines(block: &Block, style: &Style) -> Option<usize> {
    block.outline.as_ref()?;
    if matches!(block.kind, BlockKind::Heading(_) | BlockKind::Title) {
        return None;
    }
    let first = block.content.first()?;
    let same_face = |inline: &&Inline| (inline.role, inline.bold) == (first.role, first.bold);
    Some(match style.lead {
        // Where the lead has no face of its own, it is what was put first.
        Lead::Body => 1,
        Lead::Bold | Lead::Kai | Lead::Hei => block.content.iter().take_while(same_face).count(),
    })
}
