//! Cases, what they expect, and what the program says of them.
#![expect(clippy::disallowed_methods, reason = "cases are files, and a switch rewrites them")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use report_gen::batch::{self, Job, Outcome};
use report_gen::diag::{Code, Diagnostic, Lang, Severity};
use report_gen::doc::{Block, BlockKind, Cell, Doc, Inline, Table};
use report_gen::fonts::{Fonts, Role};
use report_gen::lint;
use report_gen::source::Sources;
use report_gen::world::Memory;
use report_gen::write::Format;

use crate::example::compiled;

/// A folder of the suite.
pub(crate) struct Case {
    /// `<area>/<case>`.
    pub name: String,
    pub folder: PathBuf,
    /// Its `report.toml`.
    pub text: String,
    /// Its `expected.txt`.
    pub expected: Option<String>,
    /// What else is in the folder, by path: templates and tables.
    pub others: BTreeMap<String, Vec<u8>>,
}

impl Case {
    /// The folder's files, the report with the text `text`.
    pub(crate) fn world(&self, text: &str) -> Memory {
        let mut files = self.others.clone();
        files.insert("report.toml".into(), text.into());
        Memory { files, epoch: None }
    }

    /// Checks the report with the text `text` in place of its own.
    ///
    /// Those of `lint/` are proofread instead.
    pub(crate) fn run(&self, text: &str) -> Outcome {
        if self.name.starts_with("lint/") {
            return proofread_in(&self.world(text));
        }
        run_in(&self.world(text))
    }

    /// What the comments of the report and of its templates expect.
    pub(crate) fn expectations(&self) -> Vec<Expected> {
        let mut all = expectations(&self.text);
        for (path, bytes) in self.others.iter().filter(|(path, _)| path.ends_with(".toml")) {
            let own = expectations(std::str::from_utf8(bytes).unwrap());
            all.extend(own.into_iter().map(|expected| Expected { file: path.clone(), ..expected }));
        }
        all
    }
}

/// A fault that a comment speaks of.
#[derive(Debug)]
pub(crate) struct Expected {
    pub file: String,
    /// From 1.
    pub line: usize,
    pub severity: Severity,
    pub code: String,
    /// Part of the Chinese message.
    pub message: String,
    /// From 1, in characters.
    pub column: Option<usize>,
    /// Part of a line of help, or of the fix's description.
    pub help: Option<String>,
}

impl Expected {
    pub(crate) fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// All cases, by name.
pub(crate) fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let mut cases = Vec::new();
    for area in folders(&root) {
        for folder in folders(&area) {
            let text = std::fs::read_to_string(folder.join("report.toml"))
                .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
            let expected = std::fs::read_to_string(folder.join("expected.txt")).ok();
            let name = folder.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            let others = others(&folder, "");
            cases.push(Case { name, folder, text, expected, others });
        }
    }
    assert!(cases.len() > 250, "only {} cases under {}", cases.len(), root.display());
    cases
}

/// The files of a case besides its report and what it is to print.
fn others(folder: &Path, below: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{below}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            files.extend(others(&path, &format!("{name}/")));
        } else if !matches!(name.as_str(), "report.toml" | "expected.txt") {
            files.insert(name, std::fs::read(&path).unwrap());
        }
    }
    files
}

fn folders(parent: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(parent).unwrap_or_else(|error| panic!("{}: {error}", parent.display()));
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// Whether expected files are to be written anew.
pub(crate) fn update() -> bool {
    std::env::var("UPDATE").is_ok_and(|value| value == "1")
}

pub(crate) fn write(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// Checks a report file.
pub(crate) fn run(text: &str) -> Outcome {
    run_in(&alone(text))
}

/// Proofreads a report file.
pub(crate) fn proofread(text: &str) -> Outcome {
    proofread_in(&alone(text))
}

fn alone(text: &str) -> Memory {
    Memory { files: [("report.toml".into(), text.into())].into(), epoch: None }
}

fn run_in(world: &Memory) -> Outcome {
    batch::run(&Job { path: "report.toml".into(), ..Job::default() }, world, &Fonts::bundled()).unwrap()
}

fn proofread_in(world: &Memory) -> Outcome {
    let job = lint::Job { path: "report.toml".into(), ..lint::Job::default() };
    let found = lint::run(&job, world).unwrap();
    Outcome { sources: found.sources, diagnostics: found.diagnostics, ..Outcome::default() }
}

/// Builds a report file in every format.
pub(crate) fn build(case: &Case) {
    let job = Job { path: "report.toml".into(), formats: Format::ALL.to_vec(), ..Job::default() };
    match batch::run(&job, &case.world(&case.text), &Fonts::bundled()) {
        // It passes as a template, and waits for values.
        Ok(outcome) if outcome.template && outcome.filled < outcome.figures => {
            let codes: Vec<Code> = outcome.diagnostics.iter().map(|fault| fault.code).collect();
            assert_eq!(codes, [Code::UnfilledTemplate], "{}", case.name);
        }
        Ok(outcome) => assert_eq!(outcome.files.len(), Format::ALL.len(), "{}", case.name),
        Err(failure) => panic!("{}: {failure:?}", case.name),
    }
}

/// The faults of an outcome, each in a line: its place, severity, code and Chinese message.
pub(crate) fn faults(outcome: &Outcome) -> Vec<String> {
    outcome.diagnostics.iter().map(|fault| tell(fault, &outcome.sources)).collect()
}

fn tell(fault: &Diagnostic, sources: &Sources) -> String {
    let place = fault.span().map(|span| (sources.file(span.file).name(), sources.positions(span).0));
    let place = place.map_or_else(
        || "-".to_owned(),
        |(file, place)| match file {
            "report.toml" => format!("{}:{}", place.line, place.column),
            file => format!("{file}:{}:{}", place.line, place.column),
        },
    );
    format!("{place} {}[{}]: {}", fault.severity.name(), fault.code.name(), fault.message.get(Lang::Zh))
}

/// What the comments of a file expect.
pub(crate) fn expectations(text: &str) -> Vec<Expected> {
    let mut all = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let first = all.len();
        for comment in line.split("# ").skip(1) {
            let comment = comment.trim_end();
            if let Some(column) = comment.strip_prefix("column ") {
                last(&mut all, first).column = Some(column.parse().expect("a column is a number"));
            } else if let Some(help) = comment.strip_prefix("help: ") {
                last(&mut all, first).help = Some(help.to_owned());
            } else {
                all.extend(expectation(comment, number));
            }
        }
    }
    all
}

fn last(all: &mut [Expected], first: usize) -> &mut Expected {
    all[first..].last_mut().expect("a column or help follows an expectation")
}

fn expectation(comment: &str, number: usize) -> Option<Expected> {
    let up = comment.bytes().take_while(|&b| b == b'^').count();
    let rest = comment[up..].trim_start();
    let (severity, rest) = [("error[", Severity::Error), ("warning[", Severity::Warning), ("hint[", Severity::Hint)]
        .into_iter()
        .find_map(|(word, severity)| Some((severity, rest.strip_prefix(word)?)))?;
    let (code, message) = rest.split_once(']')?;
    let message = message.strip_prefix(':').unwrap_or(message).trim().to_owned();
    Some(Expected {
        file: "report.toml".to_owned(),
        line: number - up,
        severity,
        code: code.to_owned(),
        message,
        column: None,
        help: None,
    })
}

/// What is expected and not there, and what is there and not expected.
pub(crate) fn mismatches(expected: &[Expected], outcome: &Outcome) -> Vec<String> {
    let mut met = vec![false; expected.len()];
    let mut wrong = Vec::new();
    for fault in &outcome.diagnostics {
        let wanted = (0..expected.len()).find(|&i| !met[i] && is_it(&expected[i], fault, &outcome.sources));
        let Some(index) = wanted else {
            wrong.push(format!("not expected: {}", tell(fault, &outcome.sources)));
            continue;
        };
        met[index] = true;
        let help: Vec<&str> = advice(fault).collect();
        if let Some(part) = expected[index].help.as_ref().filter(|part| !help.iter().any(|help| help.contains(*part))) {
            wrong.push(format!("no help says {part}: {} {help:?}", tell(fault, &outcome.sources)));
        }
    }
    let unmet = expected.iter().zip(met).filter(|(_, met)| !met);
    wrong.extend(unmet.map(|(expected, _)| format!("not met: {expected:?}")));
    wrong
}

fn is_it(expected: &Expected, fault: &Diagnostic, sources: &Sources) -> bool {
    let place = fault.span().map(|span| sources.positions(span).0);
    let file = fault.span().map(|span| sources.file(span.file).name());
    file == Some(expected.file.as_str())
        && place.is_some_and(|place| {
            place.line == expected.line && expected.column.is_none_or(|column| column == place.column)
        })
        && fault.code.name() == expected.code
        && fault.severity == expected.severity
        && fault.message.get(Lang::Zh).contains(&expected.message)
}

/// The lines of help of a fault, with its fix's description.
pub(crate) fn advice(fault: &Diagnostic) -> impl Iterator<Item = &str> {
    let fix = fault.fix.iter().map(|fix| &fix.description);
    fault.help.iter().chain(fix).map(|help| help.get(Lang::Zh))
}

/// The report that a case says.
pub(crate) fn doc(case: &Case) -> Doc {
    compiled(&case.world(&case.text)).0
}

/// The words of a report, a paragraph a line.
pub(crate) fn printed(case: &Case) -> String {
    let doc = doc(case);
    let notes =
        (1..).zip(&doc.notes).map(|(number, note): (usize, _)| format!("Note {number}: {}\n", looks(&note.content)));
    doc.blocks.iter().map(|block| format!("{}\n", line(block))).chain(notes).collect()
}

/// Words of a paragraph with their looks.
fn looks(content: &[Inline]) -> String {
    let words = content.iter().map(|inline| match (inline.note, inline.bold) {
        (Some(note), _) => format!("<note {note}>"),
        (None, true) => format!("<b>{}</b>", inline.text),
        (None, false) => inline.text.clone(),
    });
    words.collect()
}

fn line(block: &Block) -> String {
    let kai_is_usual = matches!(
        block.kind,
        BlockKind::Subtitle | BlockKind::Byline | BlockKind::Dateline | BlockKind::Quote | BlockKind::Heading(2)
    );
    let words = block.content.iter().map(|inline| {
        let Inline { text, role, bold, .. } = inline;
        let text = inline.note.map_or_else(|| text.replace('\n', "↵"), |note| format!("<note {note}>"));
        let text = if *role == Role::Heading2 && !kai_is_usual { format!("<k>{text}</k>") } else { text };
        if *bold { format!("<b>{text}</b>") } else { text }
    });
    let words: String = words.collect();
    match block.kind {
        BlockKind::Paragraph => words,
        BlockKind::Table(ref table) => cells(table),
        BlockKind::Picture(ref placed) => format!("Picture: {}", placed.alt),
        ref kind @ (BlockKind::Title
        | BlockKind::Subtitle
        | BlockKind::Byline
        | BlockKind::Dateline
        | BlockKind::Salutation
        | BlockKind::Heading(_)
        | BlockKind::ListItem(_)
        | BlockKind::Quote
        | BlockKind::AttachmentNote { .. }
        | BlockKind::Signature
        | BlockKind::SignedOn
        | BlockKind::AttachmentMark
        | BlockKind::AttachmentTitle
        | BlockKind::TableCaption
        | BlockKind::PictureCaption
        | BlockKind::ContentsHead
        | BlockKind::ContentsEntry { .. }
        | BlockKind::PageBreak
        | BlockKind::HeadLine(_)
        | BlockKind::IssuerMark(_)
        | BlockKind::SealRow(_)
        | BlockKind::Signet { .. }
        | BlockKind::DocumentNote
        | BlockKind::Attendance { .. }
        | BlockKind::Colophon(_)) => format!("{kind:?}: {words}"),
    }
}

/// A table, a row a line: cells between bars, with the columns and rows of those that are merged, and nothing where one
/// covers the place.
fn cells(table: &Table) -> String {
    let cell = |cell: &Option<Cell>| match cell {
        None => "|".to_owned(),
        Some(Cell { content, columns: 1, rows: 1, .. }) => format!("| {} ", words(content)),
        Some(Cell { content, columns, rows, .. }) => format!("| {} ({columns}×{rows}) ", words(content)),
    };
    let row = |row: &Vec<Option<Cell>>| format!("{}|", row.iter().map(cell).collect::<String>());
    let aligns: Vec<String> = table.columns.iter().map(|column| format!("{:?}", column.align)).collect();
    let rows: Vec<String> = table.rows.iter().map(row).collect();
    format!("Table {}, head {}:\n{}", aligns.join(" "), table.head, rows.join("\n"))
}

fn words(content: &[Inline]) -> String {
    content.iter().map(|inline| inline.text.replace('\n', "↵")).collect()
}
