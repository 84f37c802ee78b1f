//! From a draft that someone sent round to a report file.
//!
//! `decode`, `lines`, `markdown` and `word` make paragraphs of a draft; `structure` (with `head`, `foot`, `day` and
//! `typed`, the numbers that are typed before headings) tells title, signature, headings and text; `render` finds the
//! holes (`turn`, `forms`, `blank_days` and `stars`: those that are not written with X; `notes`: footnotes; `kept`: what
//! only looks like one; `numbers`: what is filled in already) and writes each text so that it prints as it was
//! (`escape`); `figures` gives each hole its line; `emit` writes the file. `attached` finds the attachments, `contents` a
//! table of contents, `pictures` makes files of a Word file's pictures.
//!
//! What comes out is read once more by the program itself: a report file that would have any fault but missing
//! figures is made again with less trust in the draft's own numbers and marks, until none is left.

mod attached;
mod blank_days;
mod contents;
mod day;
mod decode;
mod emit;
mod escape;
mod figures;
mod foot;
mod forms;
mod head;
mod kept;
mod line;
mod lines;
mod mapped;
mod markdown;
mod notes;
mod numbers;
mod pictures;
mod render;
mod stars;
mod structure;
mod texts;
mod turn;
mod typed;
mod word;

use std::collections::BTreeMap;
use std::ops::Range;

use self::emit::Entry;
use self::figures::{Refused, word_start};
use self::line::Line;
use self::lines::Cleaner;
use self::structure::Trust;
use self::texts::{Texts, Wish};
use crate::batch::{Job, run};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity, Text};
use crate::fonts::Fonts;
use crate::manifest::{Images, Part};
use crate::placeholder::{Literals, is_blank, right_word, scan};
use crate::source::{FileId, Sources, Span};
use crate::text;
use crate::wordfile;
use crate::world::Memory;

/// The greatest draft, in bytes: a Word file has pictures.
pub const MOST: u64 = 64 * 1024 * 1024;
/// The most text of a draft, in bytes: as much as a report file may have.
const MOST_TEXT: usize = 16 * 1024 * 1024;
/// The most holes of a draft: a figure's line is made for each, and nobody fills in so many.
const MOST_HOLES: usize = 20_000;

/// What a draft is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Lines of text: UTF-8, UTF-16 or GB 18030.
    Text,
    /// Markdown.
    Markdown,
    /// A Word file (.docx).
    Word,
}

impl Form {
    /// What a file of this name and with these bytes is: the bytes of a Word file tell themselves, a Markdown file is
    /// told by its name.
    pub fn of(name: &str, bytes: &[u8]) -> Form {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let is = |others: &[&str]| others.iter().any(|other| extension.eq_ignore_ascii_case(other));
        if bytes.starts_with(b"PK\x03\x04") || is(&["docx", "doc", "wps", "dotx", "docm"]) {
            Form::Word
        } else if is(&["md", "markdown"]) {
            Form::Markdown
        } else {
            Form::Text
        }
    }
}

/// A draft to import.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'d> {
    /// Its name, as messages call it, with `/`.
    pub name: &'d str,
    /// Its bytes.
    pub bytes: &'d [u8],
    /// What it is.
    pub form: Form,
    /// Whether the numbers that it has become figures with their values.
    pub figures_too: bool,
}

/// What came of a draft.
#[derive(Debug, Default)]
pub struct Imported {
    /// The report file; none where the draft could not be read.
    pub toml: Option<String>,
    /// The draft as text, for the places of the diagnostics: of a Word file a paragraph a line.
    pub sources: Sources,
    /// What is uncertain (`guessed`) or left out (`not-imported`), sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// Where the holes stand in the draft, in order.
    pub holes: Vec<Span>,
    /// How many figures the report asks for.
    pub figures: usize,
    /// How many of them have a value, by [`Draft::figures_too`].
    pub filled: usize,
    /// The pictures that the report file names, by the names that it gives them: they belong beside it.
    pub pictures: Images,
}

/// Something to tell of a place of the draft.
#[derive(Clone, Debug)]
struct Note {
    code: Code,
    message: Text,
    /// In bytes of the draft.
    range: Range<usize>,
    /// Other places of the same kind.
    others: Vec<Range<usize>>,
    /// Where it belongs in the report file.
    part: Option<Part>,
    /// The report file does not repeat it.
    quiet: bool,
}

impl Note {
    fn new(code: Code, message: Text, range: Range<usize>) -> Self {
        Note { code, message, range, others: Vec::new(), part: None, quiet: false }
    }

    fn in_part(code: Code, message: Text, range: Range<usize>, part: Part) -> Self {
        Note { part: Some(part), ..Note::new(code, message, range) }
    }

    fn diagnostic(&self, file: FileId) -> Diagnostic {
        let fault = Diagnostic::new(self.code, self.message.clone()).at(Span::new(file, self.range.clone()));
        let label =
            |fault: Diagnostic, range: &Range<usize>| fault.label(Span::new(file, range.clone()), Text::default());
        self.others.iter().fold(fault, label)
    }
}

/// All of them, and other comments of the report file.
#[derive(Clone, Debug, Default)]
struct Notes {
    notes: Vec<Note>,
    comments: BTreeMap<Part, Vec<String>>,
}

impl Notes {
    fn push(&mut self, note: Note) {
        if let Some(part) = note.part.filter(|_| !note.quiet) {
            let Text { zh, .. } = &note.message;
            self.comment(part, format!("待核：{zh}"));
        }
        self.notes.push(note);
    }

    /// A comment that only the report file has.
    fn comment(&mut self, part: Part, comment: String) {
        self.comments.entry(part).or_default().push(comment);
    }

    fn comments(&self, part: Part) -> impl Iterator<Item = &str> {
        self.comments.get(&part).into_iter().flatten().map(String::as_str)
    }
}

/// Makes a report file of a draft.
pub fn import(draft: &Draft<'_>, fonts: &Fonts) -> Imported {
    let mut out = Imported::default();
    let mut notes = Notes::default();
    let mut cleaner = Cleaner::new(fonts);
    let read = read(draft, &mut cleaner, &mut notes);
    cleaner.finish(&mut notes);
    let read = match read {
        Ok(read) => read,
        Err(why) => {
            let file = out.sources.add(draft.name, "");
            let fault = Diagnostic::new(Code::NotImported, why).at(Span::new(file, 0..0));
            out.diagnostics.push(Diagnostic { severity: Severity::Error, ..fault });
            return out;
        }
    };
    let file = match draft.form {
        Form::Word => out.sources.add_paragraphs(draft.name, read.text.as_str()),
        Form::Text | Form::Markdown => out.sources.add(draft.name, read.text.as_str()),
    };
    let made = match make(draft, &read, notes, fonts) {
        Ok(made) => made,
        Err(why) => {
            let fault = Diagnostic::new(Code::NotImported, why).at(Span::new(file, 0..0));
            out.diagnostics.push(Diagnostic { severity: Severity::Error, ..fault });
            return out;
        }
    };
    let mut diags = Diagnostics::new();
    diags.extend(made.notes.notes.iter().map(|note| note.diagnostic(file)));
    out.diagnostics = diags.into_sorted();
    out.figures = made.entries.len();
    out.filled = made.entries.iter().filter(|entry| entry.value.starts_with(|c: char| c.is_ascii_digit())).count();
    // The outputs' name repeats the title.
    let holes = made.texts.holes.iter().filter(|(part, _)| **part != Part::Output).flat_map(|(_, holes)| holes);
    let holes = holes.chain(&made.texts.copies);
    out.holes = holes.map(|origin| Span::new(file, origin.source.clone())).collect();
    out.holes.sort();
    out.toml = Some(made.toml);
    out.pictures = read.pictures;
    out
}

/// A draft that was read.
struct Read {
    /// The words of it that messages quote.
    text: String,
    /// Its paragraphs.
    lines: Vec<Line>,
    /// It had a table of contents, which is no part of them.
    has_contents: bool,
    /// The pictures that they name.
    pictures: Images,
}

/// The draft as text, and its paragraphs.
fn read(draft: &Draft<'_>, cleaner: &mut Cleaner<'_>, notes: &mut Notes) -> Result<Read, Text> {
    if draft.bytes.len() as u64 > MOST {
        return Err(text!("文件超过 64 MB，不像材料", "the file is over 64 MB, which is no draft"));
    }
    let too_long = || text!("文字超过 16 MB，不像材料", "over 16 MB of text, which is no draft");
    let mut read = match draft.form {
        Form::Word => {
            let file = wordfile::read(draft.bytes).map_err(|refused| refused.text())?;
            let images = pictures::of(draft, &file).map_err(|refused| refused.text())?;
            let word = word::text(&file, &images.names);
            if word.text.len() > MOST_TEXT {
                return Err(too_long());
            }
            let lines = word.paragraphs(cleaner, notes);
            Read { has_contents: word.has_contents, text: word.text, lines, pictures: images.images }
        }
        Form::Text | Form::Markdown => {
            if draft.bytes.len() > MOST_TEXT {
                return Err(too_long());
            }
            let (text, damaged) = decode::decode(draft.bytes)?;
            if let Some(at) = damaged {
                let message = text!("有些字节不是文字，换成了 〓", "some bytes are no text; 〓 stands for them");
                notes.push(Note::new(Code::NotImported, message, at..at));
            }
            let lines = match draft.form {
                Form::Markdown => markdown::paragraphs(&text, cleaner, notes),
                Form::Text | Form::Word => lines::paragraphs(&text, cleaner, notes),
            };
            Read { text, lines, has_contents: false, pictures: Images::new() }
        }
    };
    if draft.form != Form::Markdown {
        read.has_contents |= contents::take(&mut read.lines, notes);
    }
    if read.lines.is_empty() {
        return Err(text!("里面没有文字", "there is no text in it"));
    }
    Ok(read)
}

/// A report file, and what it was made of.
struct Made {
    toml: String,
    texts: Texts,
    entries: Vec<Entry>,
    notes: Notes,
}

/// Makes the report file with as much trust in the draft as goes without a fault.
///
/// # Errors
/// It has too many holes.
fn make(draft: &Draft<'_>, read: &Read, notes: Notes, fonts: &Fonts) -> Result<Made, Text> {
    bounded(read.lines.iter().map(|line| scan(line.text.text(), &Literals::default()).holes.len()).sum())?;
    let mut trusts = [Trust::Headings, Trust::Nothing].into_iter();
    let mut trust = Trust::Numbers;
    let mut wish = Wish { figures_too: draft.figures_too, ..Wish::default() };
    loop {
        let made = attempt(draft, read, notes.clone(), trust, &mut wish)?;
        let faults = faults(&made.toml, &read.pictures, fonts);
        let mut changed = false;
        for fault in &faults {
            // Marks of Markdown that the program reads otherwise: their section becomes plain words.
            let is_markdown = matches!(fault.code, Code::BadMarkdown | Code::AmbiguousMarker | Code::BadTable);
            if is_markdown || fault.code == Code::NumberedTwice && trust == Trust::Nothing {
                changed |= fault.section.is_some_and(|section| wish.plain.insert(section));
            }
            if let Some(word) = &fault.word {
                changed |= if wish.literals.contains(word) {
                    fault.section.is_some_and(|section| wish.plain.insert(section))
                } else {
                    wish.literals.push(word.clone());
                    true
                };
            }
        }
        if changed {
            continue;
        }
        match trusts.next().filter(|_| !faults.is_empty()) {
            None => return Ok(made),
            Some(less) => {
                trust = less;
                wish.plain.clear();
            }
        }
    }
}

/// Refuses a draft with more than [`MOST_HOLES`].
fn bounded(holes: usize) -> Result<(), Text> {
    if holes <= MOST_HOLES {
        return Ok(());
    }
    Err(text!("有 {holes} 个空，超过 {MOST_HOLES} 个，不像材料", "{holes} holes, over {MOST_HOLES}, which is no draft"))
}

fn attempt(draft: &Draft<'_>, read: &Read, notes: Notes, trust: Trust, wish: &mut Wish) -> Result<Made, Text> {
    loop {
        let mut notes = notes.clone();
        let structure = structure::structure(read.lines.clone(), trust, &mut notes);
        let title = title(draft, &structure, &mut notes);
        let mut texts = render::render(&structure, &title, wish, &mut notes);
        // Those that are written otherwise than with X are known only now.
        bounded(texts.holes.values().map(Vec::len).sum())?;
        texts.has_contents = read.has_contents;
        output(&mut texts);
        let entries = match figures::entries(&mut texts, &mut notes) {
            Ok(entries) => entries,
            Err(Refused { numbers, literals }) => {
                let before = (wish.refused.len(), wish.literals.len());
                wish.refused.extend(numbers);
                wish.literals.extend(literals);
                wish.literals.sort();
                wish.literals.dedup();
                if before != (wish.refused.len(), wish.literals.len()) {
                    continue;
                }
                Vec::new()
            }
        };
        let toml = emit::emit(&texts, &entries, &notes);
        return Ok(Made { toml, texts, entries, notes });
    }
}

/// The title, where the draft has none: its file's name.
fn title(draft: &Draft<'_>, structure: &structure::Structure, notes: &mut Notes) -> String {
    if let Some(title) = &structure.head.title {
        return title.text().to_owned();
    }
    let name = draft.name.rsplit('/').next().unwrap_or(draft.name);
    let stem: String =
        name.rsplit_once('.').map_or(name, |(stem, _)| stem).chars().filter(|c| !c.is_control()).collect();
    let stem = stem.trim().replace('\\', "");
    let is_name = stem.chars().any(crate::placeholder::is_hanzi);
    let title = if is_name { stem } else { "工作汇报".to_owned() };
    let message = text!("没有认出标题，先写作“{title}”", "no title was found; it is `{title}` for now");
    notes.push(Note::in_part(Code::Guessed, message, 0..0, Part::Title));
    title
}

/// Names the outputs as the title does, where a file can have that name.
fn output(texts: &mut Texts) {
    let title = texts.parts.get(&Part::Title).map(|title| title.replace('\n', "")).unwrap_or_default();
    let fits = title.len() <= 150 && !title.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '.', '＊', '×']);
    // A hole that no word belongs to would be one of the title and another of the name.
    let scan = scan(&title, &Literals::new(&texts.literals));
    let named =
        scan.holes.iter().all(|hole| right_word(title[hole.range.end..].trim_start_matches(is_blank)).is_some());
    if fits && named && scan.faults.is_empty() {
        let holes = texts.holes.get(&Part::Title).cloned().unwrap_or_default();
        texts.parts.insert(Part::Output, title.trim().to_owned());
        texts.holes.insert(Part::Output, holes);
    }
}

/// A fault of a report file that was made.
struct Fault {
    code: Code,
    /// The section where it stands.
    section: Option<usize>,
    /// The word that mixes digits and X.
    word: Option<String>,
}

/// The faults of a report file other than missing figures.
fn faults(toml: &str, pictures: &Images, fonts: &Fonts) -> Vec<Fault> {
    let path = "report.toml";
    let world = Memory { files: [(path.to_owned(), toml.into())].into(), epoch: None };
    let job = Job { path: path.into(), pictures: pictures.clone(), ..Job::default() };
    let Ok(outcome) = run(&job, &world, fonts) else { return Vec::new() };
    let fault = |fault: &Diagnostic| {
        let span = fault.span().map(Span::range).unwrap_or_default();
        let section = toml[..span.start].matches("\n[[section]]\n").count().checked_sub(1);
        let word = (fault.code == Code::DamagedNumber).then(|| toml[word_start(toml, span.start)..span.end].to_owned());
        Fault { code: fault.code, section, word }
    };
    outcome.diagnostics.iter().filter(|fault| fault.code != Code::MissingFigure).map(fault).collect()
}
