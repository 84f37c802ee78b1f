//! Paragraphs, tables and notes from the tree of their part.

use super::field::{self, Field, Start};
use super::numbering::Numbering;
use super::package::{Package, Relationships};
use super::styles::{self, Styles};
use super::xml::Element;
use super::{
    Beside, Block, Break, Cell, Control, Inline, NoteKind, Number, Paragraph, Refused, Row, Run, Table, WordFile,
};
use super::{formula, margin};

/// Reads the text of a package, and its notes.
pub(super) fn read(mut package: Package<'_>) -> Result<WordFile, Refused> {
    let main = package.main_part()?;
    let root = package.part(&main)?.ok_or(Refused::NoText)?;
    let body = root.child("w:body").ok_or(Refused::NoText)?;
    let relationships = package.relationships(&main)?;
    let mut of_kind = |kind: &str| match relationships.of_kind(kind) {
        Some(part) => Ok(package.part(part)?.map(|root| (part.to_owned(), root))),
        None => Ok(None),
    };
    let styles = of_kind("styles")?;
    let numbering = of_kind("numbering")?;
    let notes =
        [(NoteKind::Foot, "w:footnote", of_kind("footnotes")?), (NoteKind::End, "w:endnote", of_kind("endnotes")?)];
    let comments = margin::comments(&mut package, &relationships)?;
    let margins = margin::margins(&mut package, &relationships)?;
    let mut reader = Reader {
        styles: Styles::new(styles.as_ref().map(|(_, root)| root)),
        numbering: Numbering::new(numbering.as_ref().map(|(_, root)| root)),
        relationships,
        fields: Vec::new(),
        has_deletions: false,
        has_hidden: false,
    };
    let mut file = WordFile { blocks: reader.blocks(body), comments, margins, ..WordFile::default() };
    for (kind, element, part) in notes {
        let Some((part, root)) = part else { continue };
        reader.relationships = package.relationships(&part)?;
        reader.fields.clear();
        // The lines that part notes from the text are notes of a type.
        let own = |note: &&Element| note.name == element && matches!(note.attribute("w:type"), None | Some("normal"));
        for note in root.elements().filter(own) {
            if let Some(id) = note.attribute("w:id") {
                file.notes.insert((kind, id.to_owned()), reader.blocks(note));
            }
        }
    }
    file.has_deletions = reader.has_deletions;
    file.has_hidden = reader.has_hidden;
    Ok(file)
}

struct Reader {
    styles: Styles,
    numbering: Numbering,
    relationships: Relationships,
    /// The fields that are open, innermost last.
    fields: Vec<Field>,
    has_deletions: bool,
    has_hidden: bool,
}

/// How the words of a run look unless it says otherwise.
#[derive(Clone, Copy, Default)]
struct Look {
    bold: bool,
    hidden: bool,
}

impl Reader {
    /// The paragraphs and tables in `parent`.
    fn blocks(&mut self, parent: &Element) -> Vec<Block> {
        let mut blocks = Vec::new();
        // A paragraph whose end was deleted goes on in the next.
        let mut joined: Option<Paragraph> = None;
        self.push_blocks(parent, &mut blocks, &mut joined);
        blocks.extend(joined.map(Block::Paragraph));
        blocks
    }

    fn push_blocks(&mut self, parent: &Element, blocks: &mut Vec<Block>, joined: &mut Option<Paragraph>) {
        for element in parent.elements() {
            match element.name.as_str() {
                "w:p" => {
                    let mut paragraph = self.paragraph(element);
                    if let Some(mut before) = joined.take() {
                        before.content.append(&mut paragraph.content);
                        paragraph = before;
                    }
                    let mark = element.child("w:pPr").and_then(|properties| properties.child("w:rPr"));
                    if mark.is_some_and(|mark| mark.elements().any(is_deletion)) {
                        *joined = Some(paragraph);
                    } else {
                        blocks.push(Block::Paragraph(paragraph));
                    }
                }
                "w:tbl" => blocks.push(Block::Table(self.table(element))),
                "w:altChunk" => {
                    let content = vec![Inline::Beside(Beside::Chunk)];
                    blocks.push(Block::Paragraph(Paragraph { content, ..Paragraph::default() }));
                }
                "w:sdt" => {
                    if let Some(content) = element.child("w:sdtContent") {
                        let held = self.blocks(content);
                        blocks.push(Block::Control(control(element), held));
                    }
                }
                "mc:AlternateContent" => {
                    if let Some(chosen) = chosen(element) {
                        self.push_blocks(chosen, blocks, joined);
                    }
                }
                "w:customXml" | "w:ins" | "w:moveTo" | "w:smartTag" => self.push_blocks(element, blocks, joined),
                _ => {}
            }
        }
    }

    fn table(&mut self, element: &Element) -> Table {
        let mut table = Table::default();
        for row in through(element, "w:tr") {
            let properties = row.child("w:trPr");
            if properties.is_some_and(|properties| properties.elements().any(is_deletion)) {
                continue;
            }
            let head = properties.and_then(|properties| properties.switch("w:tblHeader")).unwrap_or(false);
            let cells = through(row, "w:tc").into_iter().map(|cell| self.cell(cell)).collect();
            table.rows.push(Row { head, cells });
        }
        table
    }

    fn cell(&mut self, element: &Element) -> Cell {
        let properties = element.child("w:tcPr");
        let child = |name| properties.and_then(|properties| properties.child(name));
        let span = child("w:gridSpan").and_then(Element::val).and_then(|span| span.trim().parse().ok());
        let above = child("w:vMerge").is_some_and(|merge| merge.val() != Some("restart"));
        let left = child("w:hMerge").is_some_and(|merge| merge.val() != Some("restart"));
        Cell { span: span.unwrap_or(1).clamp(1, 63), continues: above || left, blocks: self.blocks(element) }
    }

    fn paragraph(&mut self, element: &Element) -> Paragraph {
        let properties = element.child("w:pPr");
        let own = |name: &str| properties.and_then(|properties| properties.child(name)).and_then(Element::val);
        let style = own("w:pStyle");
        let effective = style.or(self.styles.default_style()).map(str::to_owned);
        let effective = effective.as_deref();
        let outline = properties.and_then(styles::outline).or_else(|| self.styles.outline(effective));
        let (list, level) = properties.map(styles::list).unwrap_or_default();
        let (styled_list, styled_level) = self.styles.list(effective);
        let list = list.or_else(|| styled_list.map(str::to_owned));
        let level = level.or(styled_level).unwrap_or(0);
        // The list 0 is none: so a paragraph leaves that of its style.
        let number = list.filter(|list| list != "0").map(|list| {
            let text = self.numbering.next(&list, level);
            Number { list, level, text }
        });
        let look = Look {
            bold: self.styles.bold(effective).unwrap_or(false),
            hidden: self.styles.hidden(effective).unwrap_or(false),
        };
        let first = first_run(element);
        let run = first.and_then(|run| run.child("w:rPr"));
        let run_style = run.and_then(|run| run.child("w:rStyle")).and_then(Element::val);
        let align = properties.and_then(styles::align).or_else(|| self.styles.align(effective)).unwrap_or_default();
        let size =
            run.and_then(styles::size).or_else(|| self.styles.size(run_style)).or_else(|| self.styles.size(effective));
        let face = run.and_then(styles::face);
        let face = face.or_else(|| self.styles.face(run_style).or(self.styles.face(effective)).map(str::to_owned));
        let mut content = Vec::new();
        self.inlines(element, look, &mut content);
        // An instruction does not go on in the next paragraph: one without an end must not swallow the rest.
        self.fields.retain(|field| field.is_result);
        Paragraph {
            style: style.map(str::to_owned),
            style_name: style.and_then(|style| self.styles.name(style)).map(str::to_owned),
            outline: outline.filter(|level| *level < 9).map(|level| level + 1),
            number,
            align,
            size,
            face,
            content,
        }
    }

    /// What stands in a paragraph, a link or the like.
    fn inlines(&mut self, parent: &Element, look: Look, content: &mut Vec<Inline>) {
        for element in parent.elements() {
            match element.name.as_str() {
                "w:r" => self.run(element, look, content),
                "w:sdt" => {
                    if let Some(held) = element.child("w:sdtContent") {
                        let mut inside = Vec::new();
                        self.inlines(held, look, &mut inside);
                        content.push(Inline::Control(control(element), inside));
                    }
                }
                "w:bookmarkStart" => {
                    if let (Some(id), Some(name)) = (element.attribute("w:id"), element.attribute("w:name")) {
                        content.push(Inline::BookmarkStart { id: id.to_owned(), name: name.to_owned() });
                    }
                }
                "w:bookmarkEnd" => {
                    if let Some(id) = element.attribute("w:id") {
                        content.push(Inline::BookmarkEnd { id: id.to_owned() });
                    }
                }
                "mc:AlternateContent" => {
                    if let Some(chosen) = chosen(element) {
                        self.inlines(chosen, look, content);
                    }
                }
                "w:hyperlink" | "w:fldSimple" => {
                    let start = Start::behind(content);
                    self.inlines(element, look, content);
                    let of_part = || self.relationships.address(element.attribute("r:id")?).map(str::to_owned);
                    let of_field = || field::address(element.attribute("w:instr")?);
                    content
                        .extend(of_part().or_else(of_field).and_then(|address| field::link(address, content, start)));
                }
                "w:del" | "w:moveFrom" => self.has_deletions = true,
                "w:ins" | "w:moveTo" | "w:smartTag" | "w:customXml" | "w:dir" | "w:bdo" => {
                    self.inlines(element, look, content);
                }
                "m:oMathPara" => self.inlines(element, look, content),
                "m:oMath" => {
                    let (text, is_flat) = formula::line(element);
                    push_run(text.clone(), look, content);
                    if is_flat {
                        content.push(Inline::Beside(Beside::Formula(text)));
                    }
                }
                _ => {}
            }
        }
    }

    fn run(&mut self, element: &Element, look: Look, content: &mut Vec<Inline>) {
        let properties = element.child("w:rPr");
        if properties.is_some_and(|properties| properties.elements().any(is_deletion)) {
            self.has_deletions = true;
            return;
        }
        let style = properties.and_then(|properties| properties.child("w:rStyle")).and_then(Element::val);
        let switch = |name| properties.and_then(|properties| properties.switch(name));
        let look = Look {
            bold: switch("w:b").or_else(|| self.styles.bold(style)).unwrap_or(look.bold),
            hidden: switch("w:vanish").or_else(|| self.styles.hidden(style)).unwrap_or(look.hidden),
        };
        self.has_hidden |= look.hidden && element.child("w:t").is_some_and(|text| !text.text().trim().is_empty());
        let is_struck = switch("w:strike").or_else(|| switch("w:dstrike")).unwrap_or(false);
        let is_raised = properties
            .and_then(|properties| properties.child("w:vertAlign")?.val())
            .filter(|place| matches!(*place, "superscript" | "subscript"));
        if !is_struck && is_raised.is_none() {
            return self.run_content(element, look, content);
        }
        let mut own = Vec::new();
        self.run_content(element, look, &mut own);
        let mut words = String::new();
        super::push_text(&own, &mut words);
        if is_struck {
            own.retain(|inline| !matches!(inline, Inline::Run(_)));
            match content.last_mut() {
                _ if words.is_empty() => {}
                Some(Inline::Beside(Beside::Struck(before))) => before.push_str(&words),
                _ => content.push(Inline::Beside(Beside::Struck(words))),
            }
            return content.append(&mut own);
        }
        if is_raised == Some("superscript") && !words.is_empty() {
            if let Some(raised) = formula::raised(&words) {
                own.retain(|inline| !matches!(inline, Inline::Run(_)));
                push_run(raised, look, content);
                return content.append(&mut own);
            }
            // 10 with a raised 5 is no 105.
            if words.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '−')) {
                push_run("^".to_owned(), look, content);
            }
        }
        if !words.trim().is_empty() {
            let before = content
                .iter()
                .rev()
                .find_map(|it| if let Inline::Run(run) = it { Some(run.text.as_str()) } else { None });
            let before: Vec<char> = before.unwrap_or_default().chars().rev().take(4).collect();
            let words: String = before.into_iter().rev().chain(words.chars()).collect();
            own.push(Inline::Beside(Beside::Raised(words)));
        }
        for inline in own {
            if let Inline::Run(run) = inline {
                push_run(run.text, look, content);
            } else {
                content.push(inline);
            }
        }
    }

    fn run_content(&mut self, element: &Element, look: Look, content: &mut Vec<Inline>) {
        for child in element.elements() {
            let note = |kind| child.attribute("w:id").map(|id| Inline::Note(kind, id.to_owned()));
            let text = match child.name.as_str() {
                "w:fldChar" => {
                    match child.attribute("w:fldCharType") {
                        Some("begin") => self.fields.push(Field::default()),
                        Some("separate") => {
                            if let Some(field) = self.fields.last_mut() {
                                (field.is_result, field.start) = (true, Start::behind(content));
                            }
                        }
                        Some("end") => {
                            let field = self.fields.pop().unwrap_or_default();
                            let is_seen = self.fields.iter().all(|outer| outer.is_result);
                            if let Some(text) = field::shown(&field.instruction).filter(|_| is_seen && !field.is_result)
                            {
                                push_run(text, look, content);
                            }
                            let address = field::address(&field.instruction);
                            content.extend(address.and_then(|address| field::link(address, content, field.start)));
                        }
                        _ => {}
                    }
                    continue;
                }
                "w:instrText" => {
                    if let Some(field) = self.fields.last_mut() {
                        field.instruction += &child.text();
                    }
                    continue;
                }
                // What an instruction holds is no text.
                _ if self.fields.iter().any(|field| !field.is_result) => continue,
                "w:t" => child.text(),
                "w:noBreakHyphen" => "-".to_owned(),
                "w:sym" => child
                    .attribute("w:char")
                    .and_then(|code| u32::from_str_radix(code, 16).ok())
                    .and_then(char::from_u32)
                    .map(String::from)
                    .unwrap_or_default(),
                "w:tab" | "w:ptab" => {
                    content.push(Inline::Tab);
                    continue;
                }
                "w:br" | "w:cr" => {
                    content.push(Inline::Break(match child.attribute("w:type") {
                        Some("page") => Break::Page,
                        Some("column") => Break::Column,
                        Some(_) | None => Break::Line,
                    }));
                    continue;
                }
                "w:commentReference" => {
                    content.extend(child.attribute("w:id").map(|id| Inline::Beside(Beside::Comment(id.to_owned()))));
                    continue;
                }
                "w:footnoteReference" => {
                    content.extend(note(NoteKind::Foot));
                    continue;
                }
                "w:endnoteReference" => {
                    content.extend(note(NoteKind::End));
                    continue;
                }
                "w:ruby" => {
                    if let Some(base) = child.child("w:rubyBase") {
                        self.inlines(base, look, content);
                    }
                    continue;
                }
                "w:drawing" | "w:pict" | "w:object" => {
                    self.drawing(child, None, content);
                    continue;
                }
                "mc:AlternateContent" => {
                    if let Some(chosen) = chosen(child) {
                        self.run_content(chosen, look, content);
                    }
                    continue;
                }
                _ => continue,
            };
            push_run(text, look, content);
        }
    }

    /// Pictures and text boxes anywhere in a drawing.
    fn drawing(&mut self, element: &Element, alt: Option<&str>, content: &mut Vec<Inline>) {
        let described = element.child("wp:docPr").and_then(|properties| properties.attribute("descr"));
        let alt = described.or(element.attribute("alt")).filter(|alt| !alt.is_empty()).or(alt);
        for child in element.elements() {
            let linked = |name: &str| child.attribute(name).and_then(|id| self.relationships.part(id));
            match child.name.as_str() {
                "w:txbxContent" => {
                    // Fields of the paragraph around it do not reach into it.
                    let fields = std::mem::take(&mut self.fields);
                    let held = self.blocks(child);
                    self.fields = fields;
                    content.push(Inline::TextBox(held));
                }
                "a:blip" => {
                    let part = linked("r:embed").map(str::to_owned);
                    content.push(Inline::Picture { part, alt: alt.map(str::to_owned) });
                }
                "v:imagedata" => {
                    let part = linked("r:id").map(str::to_owned);
                    content.push(Inline::Picture { part, alt: alt.map(str::to_owned) });
                }
                "mc:AlternateContent" => {
                    if let Some(chosen) = chosen(child) {
                        self.drawing(chosen, alt, content);
                    }
                }
                _ => self.drawing(child, alt, content),
            }
        }
    }
}

/// Adds words to `content`, to its last run where that looks the same.
fn push_run(text: String, look: Look, content: &mut Vec<Inline>) {
    match content.last_mut() {
        _ if text.is_empty() => {}
        Some(Inline::Run(before)) if (before.bold, before.hidden) == (look.bold, look.hidden) => {
            before.text.push_str(&text);
        }
        _ => content.push(Inline::Run(Run { text, bold: look.bold, hidden: look.hidden })),
    }
}

/// The first run of a paragraph that has words.
fn first_run(element: &Element) -> Option<&Element> {
    element.elements().find_map(|child| match child.name.as_str() {
        "w:r" => child.child("w:t").filter(|text| !text.text().trim().is_empty()).map(|_| child),
        "w:hyperlink" | "w:ins" | "w:smartTag" | "w:sdt" | "w:sdtContent" => first_run(child),
        _ => None,
    })
}

/// Whether an element of properties says that what they belong to was deleted, or moved away.
fn is_deletion(element: &Element) -> bool {
    matches!(element.name.as_str(), "w:del" | "w:moveFrom")
}

/// The way to say it that is read: the first, if it can be (we know all that is asked for), else the one for programs
/// that can't.
fn chosen(alternate: &Element) -> Option<&Element> {
    let choice = alternate.elements().find(|element| {
        let asked = element.attribute("Requires").unwrap_or_default();
        element.name == "mc:Choice" && asked.split(' ').all(|asked| matches!(asked, "wps" | "wpg" | "w14" | "wp14"))
    });
    choice.or_else(|| alternate.child("mc:Fallback"))
}

/// The rows of a table or the cells of a row, also those inside content controls and the like.
fn through<'e>(parent: &'e Element, name: &str) -> Vec<&'e Element> {
    let mut found = Vec::new();
    for element in parent.elements() {
        match element.name.as_str() {
            own if own == name => found.push(element),
            "w:sdt" => found.extend(element.child("w:sdtContent").into_iter().flat_map(|held| through(held, name))),
            "w:customXml" | "w:ins" | "w:moveTo" => found.extend(through(element, name)),
            _ => {}
        }
    }
    found
}

fn control(element: &Element) -> Control {
    let Some(properties) = element.child("w:sdtPr") else { return Control::default() };
    let val = |name| properties.child(name).and_then(Element::val).map(str::to_owned);
    Control {
        alias: val("w:alias"),
        tag: val("w:tag"),
        placeholder: properties.switch("w:showingPlcHdr").unwrap_or(false),
    }
}
