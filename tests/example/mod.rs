//! The reports of this repository, for tests that hold for each of them.
#![allow(dead_code, reason = "each of those that share this file uses what it needs")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::disallowed_methods, reason = "examples are files")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use report_gen::batch::{Job, Loaded, layers, run};
use report_gen::diag::{Diagnostics, Severity};
use report_gen::doc::{BlockKind, Doc, Inline, Mark};
use report_gen::fonts::Fonts;
use report_gen::import::{Draft, Form, import};
use report_gen::source::Sources;
use report_gen::world::Memory;

/// The showcase and all examples that build.
pub(crate) fn reports() -> Vec<PathBuf> {
    let mut reports = plain_reports();
    reports.extend(built_in("examples/issued"));
    reports
}

/// Those of them that are no issued documents.
pub(crate) fn plain_reports() -> Vec<PathBuf> {
    let mut reports = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("report.toml")];
    reports.extend(["examples", "examples/gallery"].into_iter().flat_map(built_in));
    reports.sort();
    assert!(reports.len() >= 7, "{reports:?}");
    reports
}

/// The reports of the folders in `folder` that build.
fn built_in(folder: &str) -> Vec<PathBuf> {
    let folders = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
    let folders = folders.map(|entry| entry.unwrap().path());
    let mut reports: Vec<PathBuf> = folders
        .filter(|folder| folder.join("report.toml").exists() && !folder.join("check.txt").exists())
        .map(|folder| folder.join("report.toml"))
        .collect();
    reports.sort();
    reports
}

/// False for what the paper has already: the mark of a document that is printed over it.
pub(crate) fn is_printed(kind: &BlockKind) -> bool {
    !matches!(kind, BlockKind::IssuerMark(Mark { overprint: true, .. }))
}

/// A report as it is set.
pub(crate) fn read(path: &Path) -> Doc {
    let mut world = beside(path);
    world.files.insert("report.toml".into(), std::fs::read(path).unwrap());
    let (doc, diags) = compiled(&world);
    assert!(!diags.has_errors(), "{}", path.display());
    doc
}

/// The paragraphs of the `report.toml` of `world`, and what is told of it.
pub(crate) fn compiled(world: &Memory) -> (Doc, Diagnostics) {
    let job = Job { path: "report.toml".into(), ..Job::default() };
    let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
    let layers = layers(&job.path, world, &mut sources, &mut diags).unwrap().expect("it has its templates");
    let loaded = Loaded::new(layers, &job, world, &mut sources, &mut diags).expect("it has a title");
    let doc = loaded.compile(&job, world, &Fonts::bundled(), &sources, &mut diags).doc;
    (doc, diags)
}

/// The report that the importer makes of a Word file, with the pictures that come along.
pub(crate) fn imported(docx: &[u8]) -> Doc {
    let fonts = Fonts::bundled();
    let draft = Draft { name: "汇报.docx", bytes: docx, form: Form::Word, figures_too: false };
    let imported = import(&draft, &fonts);
    let mut files = BTreeMap::from([("report.toml".to_owned(), imported.toml.unwrap().into_bytes())]);
    files.extend(imported.pictures.iter().map(|(name, picture)| (name.clone(), picture.bytes.clone())));
    let job = Job { path: "report.toml".into(), draft: true, ..Job::default() };
    let outcome = run(&job, &Memory { files, epoch: None }, &fonts).unwrap();
    assert!(outcome.diagnostics.iter().all(|fault| fault.severity < Severity::Error), "{:?}", outcome.diagnostics);
    outcome.doc.unwrap()
}

/// What stands beside a report.
fn beside(path: &Path) -> Memory {
    let entries = std::fs::read_dir(path.parent().unwrap()).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let files = entries.filter(|path| path.is_file()).map(|path| (name(&path), std::fs::read(&path).unwrap()));
    Memory { files: files.collect::<BTreeMap<_, _>>(), epoch: None }
}

/// The footnotes of a report, each with its number before it.
pub(crate) fn notes(doc: &Doc) -> Vec<String> {
    let words = |content: Vec<Inline>| content.iter().map(|inline| inline.text.replace('\n', "")).collect::<String>();
    (1..).zip(&doc.notes).map(|(number, note)| words(note.printed(number))).collect()
}

/// The paragraphs of a report, and the cells of its tables one by one, those without words aside. Where lines turn each
/// output decides for itself, the title's own turns included.
pub(crate) fn paragraphs(doc: &Doc) -> Vec<String> {
    let words = |content: &[Inline]| content.iter().map(|inline| inline.text.replace('\n', "")).collect::<String>();
    let mut all = Vec::new();
    for block in &doc.blocks {
        if let BlockKind::Table(table) = &block.kind {
            all.extend(table.rows.iter().flatten().flatten().map(|cell| words(&cell.content)));
        } else if block.kind.has_paragraph() && is_printed(&block.kind) {
            all.push(words(&block.content));
        }
    }
    all.retain(|text| !text.is_empty());
    all
}
