//! The proofreader: marks, numbers, dates and words of Chinese office texts, by the rules of GB/T 15834 (标点符号用法),
//! GB/T 15835 (出版物上数字用法) and GB/T 9704 (党政机关公文格式).
//!
//! What a standard demands is an error, what it advises a warning, what is practice a hint. A draft is the texts of
//! a report file, a `.txt`, a `.md` or a Word file, in lines, and each rule looks at all of them. A sure cure is the diagnostic's fix, and
//! [`mend`] makes all of them; what has to be looked at first is help.

mod allow;
mod draft;
mod fix;
mod kept;
mod keys;
mod letters;
mod line;
mod report;
mod rules;
mod state;
mod tally;
mod word;

use std::io;

use self::draft::{Draft, Medium};
use self::line::Place;
use self::report::Report;
pub use self::tally::Tally;
use crate::diag::level::Levels;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::encoding::{Encoding, decode, encode};
use crate::manifest::{Located, Manifest, Words, look_alikes, raw};
use crate::placeholder::Literals;
use crate::source::{FileId, Sources, Span};
use crate::text;
use crate::world::World;

/// The most text of a file, in bytes.
const MAX_FILE: usize = 16 * 1024 * 1024;

/// A file to proofread.
#[derive(Clone, Debug, Default)]
pub struct Job {
    /// Its path, as the user named it, with `/`: a report file if it ends in `.toml`, Markdown in `.md`, a
    /// Word file in `.docx`.
    pub path: String,
    /// Grades that win over those of the file's `[lints]`.
    pub levels: Levels,
}

/// What was found in a file.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The file, for the places of the diagnostics.
    pub sources: Sources,
    /// What is wrong, sorted, with the grades that `[lints]` and the job give.
    pub diagnostics: Vec<Diagnostic>,
    /// The numbers of the text, counted where `lint-bare-number` is asked for.
    pub numbers: Option<Tally>,
}

/// A file, mended.
#[derive(Debug, Default)]
pub struct Mended {
    /// What is left.
    pub outcome: Outcome,
    /// The text before and after; equal where nothing was to be mended.
    pub text: (String, String),
    /// The bytes to write, in the file's own encoding; none where nothing was to be mended.
    pub bytes: Option<Vec<u8>>,
    /// How many faults were mended.
    pub count: usize,
}

/// Proofreads a file.
///
/// # Errors
/// The file can't be read.
pub fn run(job: &Job, world: &dyn World) -> io::Result<Outcome> {
    let bytes = world.read(&job.path)?;
    Ok(match read(job, bytes) {
        Ok((text, _)) => proofread(job, text, world),
        Err(outcome) => outcome,
    })
}

/// Makes the sure cures of a file, until there is none left to make. Nothing is written.
///
/// A report file says what it said before: it is read as before, the same figures fill the same holes, and where a
/// figure's key quotes the words that change, the key changes with them. A cure that would break this is not made. A
/// Word file is proofread alone ([`can_mend`]).
///
/// # Errors
/// The file can't be read.
pub fn mend(job: &Job, world: &dyn World) -> io::Result<Mended> {
    let bytes = world.read(&job.path)?;
    let (before, encoding) = match read(job, bytes) {
        Ok(read) => read,
        Err(outcome) => return Ok(Mended { outcome, ..Mended::default() }),
    };
    let (after, count) = if can_mend(&job.path) { fix::fix(job, &before, world) } else { (before.clone(), 0) };
    // GB 18030 has every character, and the marks of the cures are in GBK.
    let Some(bytes) = encode(&after, encoding).filter(|_| after != before) else {
        let outcome = left(proofread(job, before.clone(), world));
        return Ok(Mended { outcome, text: (before.clone(), before), ..Mended::default() });
    };
    let outcome = left(proofread(job, after.clone(), world));
    Ok(Mended { outcome, text: (before, after), bytes: Some(bytes), count })
}

/// What is left after all sure cures: a cure that is still there would have changed what the report says.
fn left(mut outcome: Outcome) -> Outcome {
    for fault in outcome.diagnostics.iter_mut().filter(|fault| fault.code.is_lint() && fault.fix.is_some()) {
        fault.help.push(text!(
            "没有替您改：改了，填这里的指标就对不上了；请连同指标的键一起改",
            "left as it is: a figure's key quotes these words and could not change along; change both"
        ));
    }
    outcome
}

/// Whether [`mend`] can mend a file of this name: all but Word files, in which only Word knows what else an edit moves.
pub fn can_mend(path: &str) -> bool {
    medium(path) != Medium::Word
}

/// The text of a file, or why it has none.
fn read(job: &Job, bytes: Vec<u8>) -> Result<(String, Encoding), Outcome> {
    let mut outcome = Outcome::default();
    let fault = |outcome: &mut Outcome, code, message| {
        let file = outcome.sources.add(job.path.clone(), "");
        outcome.diagnostics.push(Diagnostic::new(code, message).at(Span::new(file, 0..0)));
    };
    let medium = medium(&job.path);
    // A Word file has pictures.
    let most = if medium == Medium::Word { 4 * MAX_FILE } else { MAX_FILE };
    if bytes.len() > most {
        let mb = most / (1024 * 1024);
        let message = text!("文件超过 {mb} MB，不像文稿", "the file is over {mb} MB, which is no draft");
        fault(&mut outcome, Code::LimitExceeded, message);
        return Err(outcome);
    }
    if medium == Medium::Word {
        return match word::text(&bytes) {
            Ok(text) if text.len() <= MAX_FILE => Ok((text, Encoding::Utf8)),
            Ok(_) => {
                let message = text!("文字超过 16 MB，不像文稿", "over 16 MB of text, which is no draft");
                fault(&mut outcome, Code::LimitExceeded, message);
                Err(outcome)
            }
            Err(refused) => {
                fault(&mut outcome, Code::Io, refused.text());
                Err(outcome)
            }
        };
    }
    if medium == Medium::Report {
        let mut diags = Diagnostics::new();
        let Some(file) = raw::load(&job.path, bytes, &mut outcome.sources, &mut diags) else {
            outcome.diagnostics = diags.into_sorted();
            return Err(outcome);
        };
        return Ok((outcome.sources.file(file).text().to_owned(), Encoding::Utf8));
    }
    let decoded = decode(&bytes);
    // What would not be written back to the byte is no text.
    let is_text = decoded.damaged.is_none()
        && !decoded.text.contains('\0')
        && encode(&decoded.text, decoded.encoding).as_deref() == Some(bytes.as_slice());
    if is_text {
        return Ok((decoded.text, decoded.encoding));
    }
    let message = text!(
        "这不是纯文本文件（UTF-8、GBK 或 UTF-16），也不是 .docx",
        "this is no plain text in UTF-8, GBK or UTF-16, and no .docx"
    );
    fault(&mut outcome, Code::Io, message);
    Err(outcome)
}

/// What the name of a file says of it.
fn medium(path: &str) -> Medium {
    let extension = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, extension)| extension);
    match extension.map(str::to_ascii_lowercase).as_deref() {
        Some("toml") => Medium::Report,
        Some("md" | "markdown") => Medium::Markdown,
        Some("docx" | "docm" | "dotx" | "doc" | "wps") => Medium::Word,
        _ => Medium::Text,
    }
}

/// Proofreads the file of `job`, whose text is `text`.
fn proofread(job: &Job, text: String, world: &dyn World) -> Outcome {
    let medium = medium(&job.path);
    if medium == Medium::Report {
        return report_faults(Report::read(&job.path, text, world), &job.levels);
    }
    let mut sources = Sources::new();
    let name = job.path.clone();
    let file = if medium == Medium::Word { sources.add_paragraphs(name, text) } else { sources.add(name, text) };
    let (faults, numbers) = draft_faults(file, &sources, medium, &job.levels);
    Outcome { diagnostics: job.levels.regrade(faults), sources, numbers }
}

/// Applies every rule, and the one for bare numbers where `levels` asks for it.
fn apply(draft: &Draft<'_>, levels: &Levels, diags: &mut Diagnostics) -> Option<Tally> {
    rules::apply(draft, diags);
    levels.asks(Code::LintBareNumber).then(|| rules::bare_numbers(draft, diags))
}

/// The bare numbers of the report files among `sources`, but for those that their comments allow.
pub(crate) fn bare_numbers(sources: &Sources, manifest: &Manifest, diags: &mut Diagnostics) -> Tally {
    let mut tally = Tally::default();
    for file in sources.ids().filter(|&file| medium(sources.file(file).name()) == Medium::Report) {
        // What is wrong with the reading is told already.
        let root = raw::read(file, sources, &mut Diagnostics::new());
        let draft = report::draft(&root, &manifest.literals, &manifest.words);
        let mut found = Diagnostics::new();
        tally = tally.and(rules::bare_numbers(&draft, &mut found));
        let comments = allow::of_report(file, sources.file(file).text(), &root);
        let kept = allow::apply(found.into_sorted(), &comments);
        diags.extend(kept.into_iter().filter(|fault| fault.code == Code::LintBareNumber));
    }
    tally
}

/// What is wrong with a report file, the faults of its reading among them, with the grades that it and `asked` ask for.
fn report_faults(report: Report, asked: &Levels) -> Outcome {
    let Report { sources, file, root, manifest, mut diags } = report;
    let (words, levels, literals) =
        manifest.map_or_else(Default::default, |manifest| (manifest.words, manifest.levels, manifest.literals));
    let levels = levels.then(asked);
    let draft = report::draft(&root, &literals, &words);
    let numbers = apply(&draft, &levels, &mut diags);
    let comments = allow::of_report(file, sources.file(file).text(), &root);
    let faults = allow::apply(diags.into_sorted(), &comments);
    Outcome { diagnostics: levels.regrade(faults), sources, numbers }
}

/// The faults of a draft that is no report file.
fn draft_faults(file: FileId, sources: &Sources, medium: Medium, levels: &Levels) -> (Vec<Diagnostic>, Option<Tally>) {
    let text = sources.file(file).text();
    let (located, words) = (Located::verbatim(file, 0, text), Words::default());
    let draft = Draft::new(medium, &[(Place::Body, &located)], &Literals::default(), &words);
    let mut diags = Diagnostics::new();
    let numbers = apply(&draft, levels, &mut diags);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        diags.extend(look_alikes(&Located::verbatim(file, start, line)));
        start += line.len();
    }
    let mut faults = diags.into_sorted();
    if medium == Medium::Word {
        // An edit would have its place in the text alone, and none in the file.
        faults.iter_mut().for_each(|fault| fault.help.extend(fault.fix.take().map(|fix| fix.description)));
    }
    if medium == Medium::Markdown {
        faults = allow::apply(faults, &allow::of_markdown(file, text));
    }
    (faults, numbers)
}
