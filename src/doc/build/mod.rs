//! From a filled manifest to the paragraphs of a report.

mod closing;
mod inlines;
mod issued;
mod picture;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::doc::element::{Element, ElementKind, Stretch, UnsetKind};
use crate::doc::escape::bold_mark;
use crate::doc::markdown::{self, Parsed};
use crate::doc::marks;
use crate::doc::note::SectionNotes;
use crate::doc::numbering::{Counter, typed_number};
use crate::doc::signs::{self, Piece};
use crate::doc::{Block, BlockKind, Doc, Inline, Meta, Note, Outline, Zone};
use crate::fill::{Fill, Filled};
use crate::fonts::Role;
use crate::manifest::{Day, DocumentForm, Lead, Located, Manifest, Numbering, Part};
use crate::number::{Date, WrittenDay};
use crate::source::Span;
use crate::text;
use inlines::{joined, plain_inlines, printable};

/// Marks that may end a run-in lead; without one it gets a 。.
const LEAD_ENDS: &[char] = &['。', '！', '？', '；', '：', '…', '.', '!', '?'];

/// The report that `manifest`, filled by `fill`, says. `created` is the time for the files' properties.
pub fn build(manifest: &Manifest, fill: &Fill<'_>, created: Option<i64>, diags: &mut Diagnostics) -> Doc {
    let fields: Fields<'_, '_> = fill.fields.iter().map(|filled| (filled.field.part, filled)).collect();
    let counter = Counter::new(&manifest.style);
    let mut builder = Builder {
        manifest,
        fields: &fields,
        counter,
        ids: String::new(),
        within: String::new(),
        tables: 0,
        pictures: 0,
        blocks: Vec::new(),
        notes: Vec::new(),
        texts: SectionNotes::default(),
        diags,
    };
    builder.check_plain_notes();
    builder.head();
    let front = builder.blocks.iter().filter(|block| block.kind != BlockKind::Salutation).count();
    let attached: BTreeSet<usize> =
        manifest.report.attachments.iter().flat_map(|attachment| attachment.sections.iter().copied()).collect();
    for index in (0..manifest.sections.len()).filter(|&index| !fill.left_out[index] && !attached.contains(&index)) {
        builder.section(index);
    }
    builder.closing(&fill.left_out);
    if manifest.style.toc {
        builder.contents(front);
    }
    let (blocks, notes) = (builder.blocks, builder.notes);
    let plain = |part| fields.get(&part).map(|filled| filled.plain());
    let in_words = || WrittenDay::read(&plain(Part::Date)?)?.date();
    let date = manifest.report.date.as_ref().and_then(Day::known).or_else(in_words);
    let created = created.or_else(|| date.map(Date::midnight));
    let meta = Meta {
        title: plain(Part::Title).map(|title| on_one_line(&title)).unwrap_or_default(),
        author: plain(Part::Author).map(|author| on_one_line(&author)),
        lang: manifest.report.lang.clone(),
        date,
        created,
    };
    Doc { meta, style: manifest.style.clone(), blocks, notes, draft: None }
}

/// The filled texts of a report.
pub(super) type Fields<'f, 'a> = BTreeMap<Part, &'f Filled<'a>>;

/// A text as files' properties have it.
fn on_one_line(text: &str) -> String {
    printable(text).split('\n').map(str::trim).collect()
}

/// What a section has besides its text, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Float {
    Table(usize),
    Picture(usize),
}

/// Puts the blocks of a report together.
pub(super) struct Builder<'b, 'a> {
    pub(super) manifest: &'a Manifest,
    pub(super) fields: &'b Fields<'b, 'a>,
    pub(super) counter: Counter,
    /// What the outline's ids begin with: nothing in the report itself, `a1_` in its first attachment.
    pub(super) ids: String,
    /// What is said of a picture about which nobody says a word: the title of the attachment that it is.
    pub(super) within: String,
    /// Captions of tables so far.
    pub(super) tables: usize,
    /// Captions of pictures so far.
    pub(super) pictures: usize,
    pub(super) blocks: Vec<Block>,
    /// The notes so far.
    pub(super) notes: Vec<Note>,
    /// Those of the section's text.
    pub(super) texts: SectionNotes,
    pub(super) diags: &'b mut Diagnostics,
}

impl Builder<'_, '_> {
    /// Title, and what stands under it; an empty line before the text (GB/T 9704 7.3.2).
    fn head(&mut self) {
        self.document_head();
        // An order has its mark for a title (10.2).
        let is_order = self.manifest.document.as_ref().is_some_and(|it| it.form == DocumentForm::Order);
        let lines = [
            (Part::Title, BlockKind::Title, Role::Title),
            (Part::Subtitle, BlockKind::Subtitle, Role::Heading2),
            (Part::Author, BlockKind::Byline, Role::Heading2),
        ];
        for (part, kind, role) in lines {
            let Some(filled) = self.fields.get(&part).copied().filter(|_| !is_order) else { continue };
            let mut content = plain_inlines(filled, role);
            if kind == BlockKind::Subtitle && !filled.plain().starts_with('—') {
                content.insert(0, Inline::new("——", role));
            }
            self.push(kind, content, filled.field.text.whole());
        }
        if let Some(date) = &self.manifest.report.date {
            let bracket = |bracket: &str| Inline::new(bracket, Role::Heading2);
            let day = self.day(Part::Date, date, Role::Heading2);
            let content = std::iter::once(bracket("（")).chain(day).chain([bracket("）")]).collect();
            self.push(BlockKind::Dateline, joined(content), date.span());
        }
        if let Some(last) = self.blocks.last_mut().filter(|last| last.kind.look().zone != Zone::Head) {
            last.space_after = 1;
        }
        self.addressees();
        if let Some(filled) = self.fields.get(&Part::Salutation).copied() {
            let mut content = plain_inlines(filled, Role::Body);
            // 7.3.2: the last name is followed by a colon.
            if !filled.plain().trim_end().ends_with(['：', ':', '，', ',', '！', '!']) {
                content.push(Inline::new("：", Role::Body));
            }
            self.push(BlockKind::Salutation, joined(content), filled.field.text.whole());
        }
    }

    /// The contents, after the first `front` blocks; the text then begins a page.
    fn contents(&mut self, front: usize) {
        let entry = |block: &Block| {
            let outline = block.outline.as_ref()?;
            let kind = BlockKind::ContentsEntry { level: outline.level, target: outline.id.clone() };
            let content = vec![Inline::new(outline.title.clone(), Role::Body)];
            Some(Block { kind, content, outline: None, space_after: 0, span: block.span })
        };
        let entries: Vec<Block> = self.blocks.iter().filter_map(entry).collect();
        let Some(span) = entries.first().map(|entry| entry.span) else { return };
        let block = |kind, content, space_after| Block { kind, content, outline: None, space_after, span };
        let head = Inline::new("目　录", Role::Heading1);
        let contents = std::iter::once(block(BlockKind::ContentsHead, vec![head], 0)).chain(entries).chain([block(
            BlockKind::PageBreak,
            Vec::new(),
            0,
        )]);
        self.blocks.splice(front..front, contents);
    }

    pub(super) fn push(&mut self, kind: BlockKind, content: Vec<Inline>, span: Span) {
        self.blocks.push(Block { kind, content, outline: None, space_after: 0, span });
    }

    pub(super) fn section(&mut self, index: usize) {
        let section = &self.manifest.sections[index];
        if section.page_break && self.blocks.last().is_some_and(|last| last.kind != BlockKind::PageBreak) {
            self.push(BlockKind::PageBreak, Vec::new(), section.span);
        }
        let filled = self.fields.get(&Part::Text(index)).copied();
        let Parsed { elements, notes, marks, unset } =
            filled.map(|filled| markdown::parse(filled, self.manifest.style.item_mark)).unwrap_or_default();
        if let Some(filled) = filled {
            let told = marks.faults.iter().map(|fault| marks::told(fault, filled.field.text));
            self.diags.extend(told);
        }
        self.texts = SectionNotes { marks: marks.marks, notes };
        for unset in unset {
            let message = match unset.what {
                UnsetKind::Table => text!(
                    "表头下面少了 |---|---| 这一行，照原样印出",
                    "the line |---|---| under the head is missing, so this prints as it stands"
                ),
                UnsetKind::WideRow => {
                    text!("这一行的格比表头多", "this row has more cells than the head")
                }
                UnsetKind::NarrowRow => {
                    text!(
                        "这一行的格比表头少，后面的留空",
                        "this row has fewer cells than the head; the rest stay empty"
                    )
                }
                UnsetKind::Image => text!(
                    "图片要单独成一段，这里照原样印出",
                    "a picture stands alone in a paragraph; here it prints as it stands"
                ),
                UnsetKind::Html => text!(
                    "网页里的 <img> 不当作图片，照原样印出；图片写成 ![说明](文件名)，单独一段",
                    "an <img> of a web page is no picture here and prints as it stands; write ![words](file) alone in a paragraph"
                ),
                UnsetKind::FenceName => text!("``` 后面的字不印出来", "what follows ``` does not print"),
                UnsetKind::OpenFence => text!(
                    "``` 没有收尾，从这里起都照原样印出，“```”这一行不印",
                    "``` is never closed: all that follows prints as it stands, and this line does not print"
                ),
            };
            if let Some(filled) = filled {
                let span = filled.field.text.span(unset.start..unset.end);
                let code = if unset.what == UnsetKind::WideRow { Code::BadTable } else { Code::BadMarkdown };
                self.diags.push(Diagnostic::new(code, message).at(span));
            }
        }
        if let Some(filled) = filled {
            self.check_marks(&elements, filled);
        }
        let mut elements = elements.into_iter().peekable();
        let base = if let Some(heading) = self.fields.get(&Part::Heading(index)).copied() {
            let content = plain_inlines(heading, Role::Body);
            let first = elements.peek().filter(|element| element.kind == ElementKind::Paragraph);
            if let (Some(first), Some(filled)) = (first, filled)
                && self.manifest.style.numbering == Numbering::RunIn
            {
                // A draft that brings its 一是 has it at the text's beginning, where the lead stands.
                self.check_typed_number(&first.content, filled, first.start, false);
            }
            self.check_typed_number_in(heading, 0, true);
            let span = heading.field.text.whole();
            let rest = match self.manifest.style.numbering {
                Numbering::RunIn => elements
                    .next_if(|element| element.kind == ElementKind::Paragraph)
                    .map(|element| self.inlines(&element.content, filled, Role::Body)),
                Numbering::Block | Numbering::None => None,
            };
            self.heading(section.level, content, rest, span);
            section.level
        } else {
            0
        };
        let tables = (0..section.tables.len()).map(Float::Table);
        let mut unplaced: BTreeSet<Float> = tables.chain((0..section.pictures.len()).map(Float::Picture)).collect();
        for element in elements {
            let Some(filled) = filled else { continue };
            match element.places() {
                Some(id) => self.place(index, id, &mut unplaced, filled, &element),
                None if self.place_image(index, &element, filled) => {}
                None => {
                    self.check_places(&element, filled);
                    self.element(element, filled, base);
                }
            }
        }
        for float in unplaced {
            self.float(index, float);
        }
    }

    /// `{{id}}` alone in a paragraph: the table of that id stands here.
    fn place(
        &mut self,
        section: usize,
        id: &str,
        unplaced: &mut BTreeSet<Float>,
        filled: &Filled<'_>,
        element: &Element,
    ) {
        let it = &self.manifest.sections[section];
        let is_it = |own: &Option<Located>| own.as_ref().is_some_and(|own| own.text() == id);
        let table = it.tables.iter().position(|table| is_it(&table.id)).map(Float::Table);
        let float = table.or_else(|| it.pictures.iter().position(|it| is_it(&it.id)).map(Float::Picture));
        let message = match float {
            Some(float) if unplaced.remove(&float) => return self.float(section, float),
            Some(_) => text!("“{id}”已经放在前面了", "`{id}` stands further up already"),
            None => text!("这一节没有 id 是“{id}”的表或图", "the section has no table or picture `{id}`"),
        };
        let span = filled.field.text.span(element.start..element.end);
        self.diags.push(Diagnostic::new(Code::MissingTable, message).at(span));
    }

    /// `![words](file)` alone in a paragraph; false where it is none.
    fn place_image(&mut self, section: usize, element: &Element, filled: &Filled<'_>) -> bool {
        let Some((words, file)) = element.image() else { return false };
        // `!\[甲](b)` is text.
        if !filled.field.text.text()[element.start..element.end].trim_start().starts_with("![") {
            return false;
        }
        // What could not be read has been reported.
        if let Some(picture) = self.manifest.sections[section].images.get(file) {
            let words = Stretch { text: words.to_owned(), strong: false, emphasis: false };
            let words = self.inlines(&[words], Some(filled), Role::Body);
            self.image(picture, words, filled.field.text.span(element.start..element.end));
        }
        true
    }

    fn float(&mut self, section: usize, float: Float) {
        match float {
            Float::Table(table) => self.table(section, table),
            Float::Picture(picture) => self.picture(section, picture),
        }
    }

    /// `{{id}}` among other words places nothing.
    fn check_places(&mut self, element: &Element, filled: &Filled<'_>) {
        let line = &filled.field.text.text()[element.start..element.end];
        let Some(open) = line.find("{{") else { return };
        let Some(close) = line[open..].find("}}") else { return };
        let message =
            text!("{{{{…}}}} 要单独成一段，表才排得进去", "{{{{…}}}} places a table only alone in a paragraph");
        let span = filled.field.text.span(element.start + open..element.start + open + close + 2);
        self.diags.push(Diagnostic::new(Code::MissingTable, message).at(span));
    }

    fn element(&mut self, element: Element, filled: &Filled<'_>, base: u8) {
        let span = filled.field.text.span(element.start..element.end);
        match element.kind {
            ElementKind::Heading(depth) => {
                let level = (base + depth).clamp(1, 4);
                let content = self.inlines(&element.content, Some(filled), Role::Body);
                self.check_typed_number(&element.content, filled, element.start, true);
                self.heading(level, content, None, span);
            }
            ElementKind::Paragraph => {
                if self.manifest.style.numbering == Numbering::Block {
                    self.check_typed_number(&element.content, filled, element.start, false);
                }
                let content = self.inlines(&element.content, Some(filled), Role::Body);
                self.push(BlockKind::Paragraph, content, span);
            }
            ElementKind::Item(depth) => {
                let content = self.inlines(&element.content, Some(filled), Role::Body);
                self.push(BlockKind::ListItem(depth), content, span);
            }
            ElementKind::Table => {
                let Some(table) = &element.table else { return };
                let mut cell = |words: &Vec<Stretch>| self.inlines(words, Some(filled), Role::Body);
                let cells = table.rows.iter().map(|row| row.iter().map(&mut cell).collect()).collect();
                self.pipe_table(table, cells, span);
            }
            ElementKind::Quote => {
                let content = self.inlines(&element.content, Some(filled), Role::Heading2);
                self.push(BlockKind::Quote, content, span);
            }
        }
    }

    /// A heading on a line of its own, or the lead of the paragraph that begins with `rest`.
    fn heading(&mut self, level: u8, content: Vec<Inline>, rest: Option<Vec<Inline>>, span: Span) {
        let (number, skipped) = self.counter.next(level);
        if skipped {
            self.diags.push(
                Diagnostic::new(Code::HeadingLevel, text!("标题跳过了一级", "a heading level is skipped"))
                    .at(span)
                    .help(text!("上一级标题之下，先用第 {} 级", "use level {} first", level - 1)),
            );
        }
        let style = &self.manifest.style;
        let run_in = style.numbering == Numbering::RunIn;
        let (role, bold) = match (run_in, level) {
            (true, 1) => match style.lead {
                Lead::Bold => (Role::Body, true),
                Lead::Kai => (Role::Heading2, false),
                Lead::Hei => (Role::Heading1, false),
                Lead::Body => (Role::Body, false),
            },
            (true, _) => (Role::Body, false),
            (false, 1) => (Role::Heading1, style.bold_levels[0]),
            (false, 2) => (Role::Heading2, style.bold_levels[1]),
            (false, level) => (Role::Body, style.bold_levels[usize::from(level.clamp(1, 4)) - 1]),
        };
        let mut lead = vec![Inline { bold, ..Inline::new(number, role) }];
        lead.extend(content.into_iter().map(|inline| Inline { role, bold: bold || inline.bold, ..inline }));
        let words: String = lead.iter().map(|inline| inline.text.as_str()).collect();
        if run_in && !words.trim_end_matches(['”', '’', '）', '》', ')']).ends_with(LEAD_ENDS) {
            lead.push(Inline { bold, ..Inline::new("。", role) });
        }
        let outline = Outline {
            level,
            title: words.trim_end_matches('。').replace('\n', ""),
            id: format!("{}{}", self.ids, self.counter.id()),
        };
        let mut content = joined(lead);
        if let Some(rest) = rest {
            content.extend(rest);
        }
        let kind = if run_in { BlockKind::Paragraph } else { BlockKind::Heading(level) };
        self.blocks.push(Block { kind, content, outline: Some(outline), space_after: 0, span });
    }

    /// The inlines of parsed words, with their holes filled.
    fn inlines(&mut self, content: &[Stretch], filled: Option<&Filled<'_>>, role: Role) -> Vec<Inline> {
        let mut out = Vec::new();
        for stretch in content {
            // 楷体 stands for the slant that Chinese type does not have.
            let role = if stretch.emphasis { Role::Heading2 } else { role };
            for piece in signs::pieces(&stretch.text) {
                let (text, gap) = match piece {
                    Piece::Text(text) => (text, None),
                    Piece::Sign(index) => match filled.and_then(|filled| filled.replacements.get(index)) {
                        Some(replacement) => (replacement.text.as_str(), replacement.gap),
                        None => {
                            out.extend(filled.and_then(|filled| self.reference(index, filled, role)));
                            continue;
                        }
                    },
                };
                out.push(Inline { bold: stretch.strong, gap, ..Inline::new(text, role) });
            }
        }
        joined(out)
    }

    /// The sign of a note, whose words become the report's next note.
    fn reference(&mut self, sign: usize, filled: &Filled<'_>, role: Role) -> Option<Inline> {
        let words = self.texts.take(sign.checked_sub(filled.replacements.len())?)?;
        let span = filled.field.text.span(words.start..words.end);
        // There are no signs in it: those are text.
        let content = self.inlines(&words.content, Some(filled), Role::Body);
        self.notes.push(Note { content, span });
        Some(Inline::reference(self.notes.len(), role))
    }

    /// `bad-markdown`: the sign of a note in a text that has none.
    fn check_plain_notes(&mut self) {
        for (part, filled) in self.fields.iter().filter(|(part, _)| !matches!(part, Part::Text(_) | Part::Output)) {
            let faults = marks::in_plain(filled.field.text.text(), matches!(part, Part::Cell { .. }));
            self.diags.extend(faults.iter().map(|fault| marks::told(fault, filled.field.text)));
        }
    }

    /// `bad-markdown`: `**` that is left in the words has no counterpart.
    fn check_marks(&mut self, elements: &[Element], filled: &Filled<'_>) {
        let text = filled.field.text.text();
        for element in
            elements.iter().filter(|element| element.content.iter().any(|stretch| bold_mark(&stretch.text).is_some()))
        {
            let mut line = text[element.start..element.end].to_owned();
            // Stars that are a hole are no mark.
            let first = filled.replacements.partition_point(|hole| hole.range.start < element.start);
            for hole in filled.replacements[first..].iter().take_while(|hole| hole.range.end <= element.end) {
                let range = hole.range.start - element.start..hole.range.end - element.start;
                line.replace_range(range.clone(), &"X".repeat(range.len()));
            }
            let Some(at) = bold_mark(&line) else { continue };
            let at = element.start + at;
            let message = text!("“**”没有成对，会照原样印出", "`**` has no counterpart and prints as it stands");
            self.diags.push(Diagnostic::new(Code::BadMarkdown, message).at(filled.field.text.span(at..at + 2)).help(
                text!(
                    "补上另一半，或删去；要印星号就写 \\*\\*",
                    "add the other one or delete it; write \\*\\* to print asterisks"
                ),
            ));
        }
    }

    fn check_typed_number(&mut self, content: &[Stretch], filled: &Filled<'_>, start: usize, heading: bool) {
        let starts_with_text = content.first().is_some_and(|stretch| !stretch.text.starts_with(signs::is_sign));
        if starts_with_text {
            self.check_typed_number_in(filled, start, heading);
        }
    }

    /// `numbered-twice`: the text brings the number that the program writes.
    fn check_typed_number_in(&mut self, filled: &Filled<'_>, start: usize, heading: bool) {
        let text = filled.field.text.text();
        let line = &text[start..];
        let content = line.trim_start_matches(|c: char| crate::placeholder::is_blank(c) || matches!(c, '#' | '*'));
        let start = start + line.len() - content.len();
        let Some(number) = typed_number(content, self.manifest.style.numbering, heading) else { return };
        let range = start..start + number.len();
        let fault = Diagnostic::new(
            Code::NumberedTwice,
            text!(
                "“{number}”会由程序编号，这里又写了一遍",
                "the program writes the number; `{number}` would stand twice"
            ),
        )
        .at(filled.field.text.span(range.clone()));
        let help = text!("删去“{number}”", "delete `{number}`");
        let edit = filled.field.text.edit(range, "");
        self.diags.push(match edit {
            Some(edit) => fault.fix(help, vec![edit]),
            None => fault.help(help),
        });
    }
}
