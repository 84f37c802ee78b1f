//! XLSX workbooks (ECMA-376).
//!
//! `book` opens the package, `rich` has its words, `cells` reads a sheet, `value` knows what a cell shows, and `page`
//! gives every cell its place.

mod book;
mod cells;
mod page;
mod refused;
mod rich;
mod value;

use super::{Code, Rows, Wanted};
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::{Sources, Span};
use crate::text;
use book::Book;
use cells::{Cells, Content};
use refused::Refused;

/// The number of rows of a sheet that are looked at to tell its head.
const LOOKED_AT: u32 = 40;

/// Reads the rows of a sheet.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
    wanted: &Wanted<'_>,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Option<Rows> {
    let read = Book::open(bytes).and_then(|mut book| {
        let chosen = choose(&mut book, wanted)?;
        let xml = book.sheet(chosen.sheet)?;
        Ok((Content::read(&xml, &book, None)?, book.sheets.swap_remove(chosen.sheet).name, chosen.others))
    });
    match read {
        Ok((content, sheet, others)) => {
            let rows = page::rows(name, &sheet, content, sources, diags);
            if let Some(others) = others {
                let others = others.join(" ");
                let message =
                    text!("用了工作表“{sheet}”，没有用：{others}", "the sheet `{sheet}` is used, and not: {others}");
                let fault = Diagnostic::new(Code::SheetChosen, message).at(Span::new(rows.file, 0..0));
                diags.push(fault.help((wanted.naming)(&sheet)));
            }
            Some(rows)
        }
        Err(refused) => {
            let whole = Span::new(sources.add(name, ""), 0..0);
            diags.push(refused.diagnostic(whole));
            None
        }
    }
}

/// The sheet that is read.
struct Chosen {
    sheet: usize,
    /// The others that might have been meant, if that is to be told.
    others: Option<Vec<String>>,
}

/// The sheet that is named; else the one that is seen and holds something; of several the one whose head fits best.
fn choose(book: &mut Book<'_>, wanted: &Wanted<'_>) -> Result<Chosen, Refused> {
    let names = |book: &Book<'_>, of: &[usize]| of.iter().map(|&sheet| book.sheets[sheet].name.clone()).collect();
    let only = |sheet| Chosen { sheet, others: None };
    if let Some(named) = wanted.sheet {
        return match book.sheets.iter().position(|sheet| sheet.name == named) {
            Some(sheet) => Ok(only(sheet)),
            None => {
                let all: Vec<usize> = (0..book.sheets.len()).collect();
                Err(Refused::NoSuchSheet { wanted: named.to_owned(), sheets: names(book, &all) })
            }
        };
    }
    let visible: Vec<usize> = (0..book.sheets.len()).filter(|&sheet| book.sheets[sheet].is_visible).collect();
    if let [sheet] = visible[..] {
        return Ok(only(sheet));
    }
    // The sheets that hold something, each with how many of its heads fit.
    let mut filled: Vec<(usize, usize)> = Vec::new();
    for &sheet in &visible {
        let xml = book.sheet(sheet)?;
        let cells = Content::read(&xml, book, Some(LOOKED_AT))?.cells;
        if !cells.is_empty() {
            filled.push((sheet, fitting(&cells, wanted)));
        }
    }
    let best = filled.iter().map(|(_, fitting)| *fitting).max().unwrap_or(0);
    let fit: Vec<usize> = filled.iter().filter(|(_, own)| *own == best).map(|(sheet, _)| *sheet).collect();
    let others =
        |than: usize| filled.iter().map(|(sheet, _)| *sheet).filter(|sheet| *sheet != than).collect::<Vec<_>>();
    match fit[..] {
        [] => Ok(only(visible.first().copied().unwrap_or(0))),
        [sheet] => {
            let is_plain = filled.len() == 1
                || sheet == book.active && filled.iter().all(|(other, fitting)| *other == sheet || *fitting == 0);
            Ok(Chosen { sheet, others: (!is_plain).then(|| names(book, &others(sheet))) })
        }
        // Where no head says more, the sheet that is both the first and the open one is meant.
        [first, ..] if best == 0 && first == book.active => {
            Ok(Chosen { sheet: first, others: Some(names(book, &others(first))) })
        }
        [first, ..] => {
            let example = fit.iter().copied().find(|sheet| *sheet == book.active).unwrap_or(first);
            let help = (wanted.naming)(&book.sheets[example].name);
            Err(Refused::SeveralSheets { sheets: names(book, &fit), help })
        }
    }
}

/// The number of cells of one row that are heads that are wanted: of the row that has most.
fn fitting(cells: &Cells, wanted: &Wanted<'_>) -> usize {
    let mut best = 0;
    let (mut row, mut count) = (0, 0);
    for ((at, _), shown) in cells {
        if *at != row {
            (row, count) = (*at, 0);
        }
        count += usize::from((wanted.fits)(&super::head::plain(&shown.text)));
        best = best.max(count);
    }
    best
}
