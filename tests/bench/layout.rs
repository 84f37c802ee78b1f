//! How long a five-page report takes from paragraphs to the bytes of a PDF, and where the time goes.
//!
//! `cargo bench -- layout`; with `-- long` a paragraph of 500 kB is set as well.
#![expect(clippy::print_stdout, reason = "a bench reports to its user")]

use crate::report;
use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use report_gen::doc::{BlockKind, Doc};
use report_gen::fonts::Shape;
use report_gen::fonts::subset::subset;
use report_gen::fonts::{Fonts, Role};
use report_gen::layout::{Page, Pages, layout};
use report_gen::write::pdf;

const ROUNDS: u32 = 50;

pub(crate) fn bench() {
    let doc = report::five_pages();
    let cold = Instant::now();
    let fonts = Fonts::bundled();
    let pages = layout(&doc, &fonts).expect("the bundled faces have every character");
    let laid_out = cold.elapsed();
    let bytes = pdf::write(&pages, &doc, &fonts).expect("pages can be written");
    println!("{} pages, {} characters, {} bytes", pages.pages.len(), characters(&doc), bytes.len());
    println!("cold: layout {laid_out:?}, both {:?}", cold.elapsed());

    let layout_time = mean(|| {
        black_box(layout(black_box(&doc), &fonts).ok());
    });
    let write_time = mean(|| {
        black_box(pdf::write(black_box(&pages), &doc, &fonts).ok());
    });
    let faces = shapes(&pages);
    let subset_time = mean(|| {
        for (role, shapes) in &faces {
            black_box(subset(fonts.face(*role), black_box(shapes)).ok());
        }
    });
    let cut = faces.iter().filter_map(|(role, shapes)| subset(fonts.face(*role), shapes).ok());
    let cut: Vec<Vec<u8>> = cut.map(|cut| cut.program).collect();
    let deflate_time = mean(|| {
        for program in &cut {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
            encoder.write_all(black_box(program)).expect("a vector takes all");
            black_box(encoder.finish().ok());
        }
    });
    println!("warm: layout {layout_time:?}, pdf {write_time:?}");
    println!("of the pdf: cutting {} faces {subset_time:?}, deflating them {deflate_time:?}", faces.len());

    if std::env::args().any(|arg| arg == "long") {
        for kilobytes in [125, 250, 500] {
            let text = "青石镇召开党委会12次，印发《方案》，整改率达98.5%。".repeat(kilobytes * 1024 / 78);
            let doc =
                report::report(vec![report::block(BlockKind::Paragraph, vec![report::inline(&text, Role::Body)])]);
            let start = Instant::now();
            let pages = layout(&doc, &fonts).expect("the bundled faces have every character");
            let laid_out = start.elapsed();
            let bytes = pdf::write(&pages, &doc, &fonts).expect("pages can be written");
            println!(
                "{kilobytes} kB in one paragraph: {} pages, layout {laid_out:?}, both {:?}, {} bytes",
                pages.pages.len(),
                start.elapsed(),
                bytes.len()
            );
        }
    }
}

/// The characters of each face; the shapes of squeezed marks, a few dozen, are left out.
fn shapes(pages: &Pages) -> BTreeMap<Role, BTreeSet<Shape>> {
    let mut shapes: BTreeMap<Role, BTreeSet<Shape>> = BTreeMap::new();
    for run in pages.pages.iter().flat_map(Page::lines).flat_map(|line| &line.runs) {
        shapes.entry(run.face).or_default().extend(run.glyphs.iter().map(|glyph| Shape::plain(glyph.c)));
    }
    shapes
}

fn mean(mut job: impl FnMut()) -> Duration {
    let start = Instant::now();
    for _ in 0..ROUNDS {
        job();
    }
    start.elapsed() / ROUNDS
}

fn characters(doc: &Doc) -> usize {
    doc.blocks.iter().map(|block| block.text().chars().count()).sum()
}
