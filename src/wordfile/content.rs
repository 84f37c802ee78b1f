//! What a Word file says, without how it looks: the text by which an edited file is told from one that another program
//! only saved again.

use super::package::{Package, Relationships};
use super::xml::Element;
use super::{Block, Inline, Refused, WordFile};

/// What ends a word of the notation; no word of a document has it.
const END: char = '\u{0}';

/// The words, tables and pictures of a Word file, its notes, headers, footers and comments, in a notation of this
/// program: two files with the same content have the same text.
///
/// What Word, WPS and LibreOffice change when they only save a file is no part of it: blanks, empty paragraphs, the
/// numbers of pages, ids, looks. A picture is known by the checksum and the size that the package keeps of it.
///
/// # Errors
/// [`Refused`]: it is no Word file, is damaged, or is beyond a limit.
pub fn content(bytes: &[u8]) -> Result<String, Refused> {
    let file = super::read(bytes)?;
    let mut package = Package::open(bytes)?;
    let mut content = Content { file: &file, package: &mut package, text: String::new() };
    content.blocks(&file.blocks);
    let Content { mut text, .. } = content;
    for words in around(&mut package)? {
        text.push_str(&words);
        text.push(END);
    }
    Ok(text)
}

/// The value of the property `name` that a program gave a Word file; none where it has no such property.
///
/// # Errors
/// [`Refused`]: it is no package, is damaged, or is beyond a limit.
pub fn property(bytes: &[u8], name: &str) -> Result<Option<String>, Refused> {
    let mut package = Package::open(bytes)?;
    let Some(part) = package.relationships("")?.of_kind("custom-properties").map(str::to_owned) else {
        return Ok(None);
    };
    let Some(root) = package.part(&part)? else { return Ok(None) };
    let own = root.elements().find(|property| property.attribute("name") == Some(name));
    Ok(own.and_then(|property| property.elements().next()).map(|value| value.text().trim().to_owned()))
}

/// The parts of a Word file but those named `but`, in a notation of this program: two files with the same are the same in
/// these parts, byte by byte. It is the table of the package that is read, and no part.
///
/// # Errors
/// [`Refused`]: it is no package, or is beyond a limit.
pub fn checksums(bytes: &[u8], but: &[&str]) -> Result<String, Refused> {
    let mut parts = Package::open(bytes)?.checksums()?;
    parts.retain(|(name, ..)| !but.contains(&name.as_str()));
    Ok(parts.iter().map(|(name, checksum, size)| format!("{name}{END}{checksum:08x} {size}{END}")).collect())
}

/// The words beside the text: of each header and footer once, in order, and of the comments.
fn around(package: &mut Package<'_>) -> Result<Vec<String>, Refused> {
    let main = package.main_part()?;
    let relationships: Relationships = package.relationships(&main)?;
    let mut found = Vec::new();
    for kind in ["header", "footer"] {
        for part in relationships.all_of_kind(kind) {
            let Some(root) = package.part(part)? else { continue };
            let mut words = String::new();
            push_words(&root, &mut words);
            // The number of the page, and the dashes beside it.
            words.retain(|c| !c.is_ascii_digit() && !matches!(c, '-' | '–' | '—' | '－'));
            found.push(words);
        }
    }
    for part in relationships.all_of_kind("comments") {
        let Some(root) = package.part(part)? else { continue };
        for comment in root.elements() {
            let mut words = String::from("comment ");
            push_words(comment, &mut words);
            found.push(words);
        }
    }
    found.retain(|words| !words.is_empty());
    found.sort();
    found.dedup();
    Ok(found)
}

/// Adds the words anywhere in `element`, without blanks.
fn push_words(element: &Element, words: &mut String) {
    if element.name == "w:t" {
        words.extend(element.text().chars().filter(|c| is_word(*c)));
    }
    element.elements().for_each(|child| push_words(child, words));
}

fn is_word(c: char) -> bool {
    !c.is_whitespace() && !c.is_control()
}

struct Content<'f, 'b> {
    file: &'f WordFile,
    package: &'f mut Package<'b>,
    text: String,
}

impl Content<'_, '_> {
    /// Adds a sign of the notation.
    fn sign(&mut self, sign: &str) {
        self.text.push(END);
        self.text.push_str(sign);
        self.text.push(END);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                // The numbers of pages in the contents are set anew by whoever opens the file.
                Block::Paragraph(paragraph) if paragraph.is_of_contents() => {}
                Block::Paragraph(paragraph) => {
                    let before = self.text.len();
                    self.inlines(&paragraph.content);
                    if self.text.len() > before {
                        self.sign("p");
                    }
                }
                Block::Table(table) => {
                    for row in &table.rows {
                        for cell in row.cells.iter().filter(|cell| !cell.continues) {
                            self.blocks(&cell.blocks);
                            self.sign("cell");
                        }
                        self.sign("row");
                    }
                    self.sign("table");
                }
                Block::Control(_, held) => self.blocks(held),
            }
        }
    }

    fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            match inline {
                Inline::Run(run) if !run.hidden => self.text.extend(run.text.chars().filter(|c| is_word(*c))),
                Inline::Control(_, held) => self.inlines(held),
                Inline::Note(kind, id) => {
                    self.sign("note");
                    let file = self.file;
                    if let Some(note) = file.notes.get(&(*kind, id.clone())) {
                        self.blocks(note);
                    }
                    self.sign("end of note");
                }
                Inline::Picture { part, .. } => {
                    let known = part.as_deref().and_then(|part| self.package.checksum(part));
                    self.sign(&known.map_or_else(
                        || "picture".to_owned(),
                        |(checksum, size)| format!("picture {checksum:08x} {size}"),
                    ));
                }
                Inline::TextBox(held) => {
                    self.sign("box");
                    self.blocks(held);
                    self.sign("end of box");
                }
                Inline::Run(_)
                | Inline::Tab
                | Inline::Break(_)
                | Inline::BookmarkStart { .. }
                | Inline::BookmarkEnd { .. }
                | Inline::Beside(_) => {}
            }
        }
    }
}
