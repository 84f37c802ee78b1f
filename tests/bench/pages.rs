//! Time and memory of plain reports of 10, 100 and 1,000 pages, both files: ten times the pages are to take ten times
//! as long; and of one with a hundred tables. `cargo bench -- pages`.
#![expect(clippy::print_stdout, reason = "a bench reports to its user")]
#![expect(clippy::disallowed_methods, reason = "how much memory was used Linux tells in a file")]

use crate::report;
use std::time::Instant;

use report_gen::doc::{Align, Block, BlockKind, Cell, Column, Doc, Table};
use report_gen::fonts::{Fonts, Role};
use report_gen::layout::{breaking, layout};
use report_gen::manifest::TableLines;
use report_gen::source::Span;
use report_gen::write::{docx, pdf};

pub(crate) fn bench() {
    let fonts = Fonts::bundled();
    // What is set up once is no part of the first number.
    layout(&report::five_pages(), &fonts).expect("the bundled faces have every character");
    // The one with tables first, so that its memory is its own: 200 pages and 100 tables are to take less than a second
    // and 150 MiB.
    let plain = [2, 20, 200].map(report_of);
    for doc in std::iter::once(with_tables(report_of(30), 100)).chain(plain) {
        let tables = doc.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Table(_))).count();
        let start = Instant::now();
        let pages = layout(&doc, &fonts).expect("the bundled faces have every character");
        let laid_out = start.elapsed();
        let pdf = pdf::write(&pages, &doc, &fonts).expect("pages can be written");
        let both = start.elapsed();
        let start = Instant::now();
        let docx = docx::write(&doc, &fonts).expect("a report can be written");
        let word = start.elapsed();
        println!(
            "{:>5} pages, {tables} tables: layout {laid_out:>10.1?}, with the pdf {both:>10.1?} ({} kB), docx {word:>10.1?} ({} kB){}",
            pages.pages.len(),
            pdf.len() / 1000,
            docx.len() / 1000,
            peak()
        );
        println!("             {:?}", breaking(&doc, &fonts).expect("the bundled faces have every character"));
    }
}

/// The report of five pages `times` over.
fn report_of(times: usize) -> Doc {
    let mut doc = report::five_pages();
    let chapters = doc.blocks.clone();
    doc.blocks = chapters.iter().cycle().take(chapters.len() * times).cloned().collect();
    for (n, block) in doc.blocks.iter_mut().enumerate() {
        if let Some(outline) = &mut block.outline {
            outline.id = format!("h{n}");
        }
    }
    doc
}

/// `doc` with `count` tables of ten rows among its paragraphs.
fn with_tables(mut doc: Doc, count: usize) -> Doc {
    let every = doc.blocks.len() / count;
    let blocks = std::mem::take(&mut doc.blocks).into_iter().enumerate();
    doc.blocks = blocks
        .flat_map(|(n, block)| {
            let number = n / every;
            let table = (n % every == every - 1 && number < count).then(|| table(number));
            std::iter::once(block).chain(table.into_iter().flatten())
        })
        .collect();
    doc
}

/// A table with its caption.
fn table(number: usize) -> [Block; 2] {
    let cell = |text: String| {
        Some(Cell { content: vec![report::inline(&text, Role::Body)], columns: 1, rows: 1, span: Span::default() })
    };
    let head =
        ["村", "排查问题（处）", "已整改（处）", "整改率（%）", "责任单位和完成时限"].map(|head| cell(head.into()));
    let row = |n: usize| {
        let found = 20 + (n * 7 + number) % 31;
        let words = format!("第{n}村民小组和包片干部，{}月底前", n % 12 + 1);
        [format!("第{n}村"), found.to_string(), (found - n % 5).to_string(), format!("9{}.{}", n % 10, n % 7), words]
            .map(cell)
    };
    let rows = std::iter::once(head.into()).chain((1..=10).map(|n| row(n).into())).collect();
    let column = |align| Column { width: None, align };
    let aligns = [Align::Centre, Align::Decimal, Align::Decimal, Align::Decimal, Align::Left];
    let columns = aligns.map(column).into();
    let table = Table { columns, head: 1, rows, lines: TableLines::Grid, landscape: false };
    [
        report::block(
            BlockKind::TableCaption,
            vec![report::inline(&format!("表{}　各村整改情况", number + 1), Role::Heading1)],
        ),
        report::block(BlockKind::Table(Box::new(table)), Vec::new()),
    ]
}

/// The most memory that the process had so far, where the system tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map_or(String::new(), |peak| format!(", peak {}", peak.trim()))
}
