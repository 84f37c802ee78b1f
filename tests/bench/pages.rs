//! Time and memory of plain reports of 10, 100 and 1,000 pages, both files: ten times the pages are to take ten times
//! as long. `cargo bench --bench pages`.
#![expect(clippy::print_stdout, reason = "a bench reports to its user")]
#![expect(clippy::disallowed_methods, reason = "how much memory was used Linux tells in a file")]

mod report;

use std::time::Instant;

use report_gen::doc::Doc;
use report_gen::fonts::Fonts;
use report_gen::layout::{breaking, layout};
use report_gen::write::{docx, pdf};

fn main() {
    let fonts = Fonts::bundled();
    // What is set up once is no part of the first number.
    layout(&report::five_pages(), &fonts).expect("the bundled faces have every character");
    for times in [2, 20, 200] {
        let doc = report_of(times);
        let start = Instant::now();
        let pages = layout(&doc, &fonts).expect("the bundled faces have every character");
        let laid_out = start.elapsed();
        let pdf = pdf::write(&pages, &doc, &fonts).expect("pages can be written");
        let both = start.elapsed();
        let start = Instant::now();
        let docx = docx::write(&doc, &fonts).expect("a report can be written");
        let word = start.elapsed();
        println!(
            "{:>5} pages: layout {laid_out:>10.1?}, with the pdf {both:>10.1?} ({} kB), docx {word:>10.1?} ({} kB){}",
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

/// The most memory that the process had so far, where the system tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map_or(String::new(), |peak| format!(", peak {}", peak.trim()))
}
