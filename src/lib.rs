//! Reports from a text full of holes: figures in, checked pages out.
//!
//! An office has a draft of good sentences with holes where its numbers belong (召开党委会X次). A report file holds
//! the text and the figures; this library checks that every hole has a figure and sets the result as GB/T 9704 asks,
//! as a Word file and as a PDF.
//!
//! ```text
//! report.toml -> Layers -> Loaded   -> Compiled   -> Pages -> .pdf       Diagnostics run beside every arrow
//!                          Manifest    Fill -> Doc \---------> .docx
//! ```
//!
//! 1. [`sheet`] reads the tables that people keep in spreadsheets, with the place of every cell, [`picture`] their
//!    pictures, and [`encoding`] the text files of Chinese PCs; [`hanzi`] knows what pasted text has in a hanzi's place.
//! 2. [`manifest`] reads the file: [`manifest::raw`] gives every key and value its place, [`manifest::read`] makes a
//!    checked [`manifest::Manifest`] of them.
//! 3. [`placeholder`] finds the holes of a text by one table of classes, and says which key fills which hole;
//!    [`fill`](mod@fill) asks it for all texts and puts the values in. [`ledger`] knows what every figure comes to:
//!    given, by default, or computed with [`expr`]. [`number`] has the decimals, numerals and dates.
//! 4. [`doc`] reads the text as Markdown, in which each hole is one opaque sign, numbers the headings and gives a
//!    [`doc::Doc`]: paragraphs, and nothing left to decide but where lines end.
//! 5. [`check`] judges the rules between figures, and looks at what no figure can mend: characters that can't be set,
//!    file names that can't be.
//!    [`lint`] proofreads the texts by the standards for marks and numbers, and mends what is sure.
//! 6. [`layout`] sets the paragraphs on pages with the faces of [`fonts`], in whole EMU ([`length`]).
//!    Titles turn between the words that [`words`] finds.
//! 7. [`write`](mod@write) makes bytes: the PDF of the pages, the Word file of the paragraphs, since Word sets its own.
//! 8. [`figures`] lists what the report asks for and what it has; [`form`] makes the blank forms for the figures that a
//!    template asks for.
//! 9. [`batch`] runs all of it, with the disk and the date behind [`world`]: for one file, for each town of a template, or
//!    for all of them together. [`batch::Loaded`] is a report with all that it names read, [`batch::Compiled`] one that
//!    is filled, checked and set in paragraphs; whoever wants a report goes through these. A template may come as one file, a [`bundle`], which opens as a folder.
//!
//! [`diff`] tells what changed between two versions of a template.
//!
//! [`wordfile`] reads Word files that others wrote, or typed into; [`collect`] takes the figures out of a draft that
//! was filled in Word, [`import`](mod@import) makes a report file of a draft that someone sent round.
//!
//! What is wrong in the author's files is a [`diag::Diagnostic`] with its place among the [`source::Sources`]; all are
//! collected, none stops the others. What fails in the machine is an `Err`. Words of the files reach a terminal or a log
//! by [`visible`] alone.
//!
//! A module sees only those above it in this file (`tests/architecture.rs`), and within a module no two files see each other
//! (`tests/rings.rs`).
//!
//! ```
//! use report_gen::batch::{Job, run};
//! use report_gen::fonts::Fonts;
//! use report_gen::world::Memory;
//!
//! let file = "[report]\ntitle = \"工作汇报\"\n[[section]]\ntext = \"召开会议X次。\"\n";
//! let world = Memory { files: [("report.toml".into(), file.into())].into(), epoch: None };
//! let outcome = run(&Job { path: "report.toml".into(), ..Job::default() }, &world, &Fonts::bundled())?;
//! assert_eq!(outcome.diagnostics[0].code.name(), "missing-figure");
//! # Ok::<(), report_gen::batch::Failure>(())
//! ```

pub mod encoding;
pub mod hanzi;
pub mod length;
pub mod source;
pub mod visible;
pub mod words;

pub mod diag;

pub mod wordfile;
pub mod world;

pub mod bundle;
pub mod fonts;

pub mod number;
pub mod placeholder;

pub mod picture;
pub mod sheet;

pub mod expr;

pub mod manifest;

pub mod ledger;

pub mod fill;

pub mod doc;

pub mod check;
pub mod layout;
pub mod lint;

pub mod write;

pub mod figures;
pub mod form;

pub mod batch;

pub mod collect;
pub mod import;

pub mod diff;
