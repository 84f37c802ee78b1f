//! What of a table does not fit its page: told, since nobody sees a torn number for what it is.

use super::super::punct::{Class, Turn};
use super::super::segment::Segment;
use super::super::{NoGlyph, linebreak};
use super::PAD_X;
use super::measure::{Measured, measured};
use super::words::Words;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity, Text};
use crate::doc::{self, BlockKind, Doc, Table};
use crate::fonts::Fonts;
use crate::length::Length;
use crate::manifest::Style;
use crate::source::Span;
use crate::text;

/// The most columns of a table in Word.
const MOST_COLUMNS: usize = 63;
/// The most characters of a torn word that a message shows.
const SHOWN: usize = 24;

/// A table in smaller type than the style's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmallTable {
    /// Its caption; the words of its head where it has none.
    pub name: String,
    /// Its size of type.
    pub size: Length,
}

/// The tables of `doc` that are set in smaller type so that they fit, in order.
///
/// # Errors
/// [`NoGlyph`] for the first character that no face has.
pub fn small(doc: &Doc, fonts: &Fonts) -> Result<Vec<SmallTable>, NoGlyph> {
    let mut small = Vec::new();
    for (index, table) in tables(doc) {
        let size = measured(table, &style(table, &doc.style), fonts)?.measure.size;
        if size < doc.style.sizes.table {
            small.push(SmallTable { name: name(doc, index, table), size });
        }
    }
    Ok(small)
}

/// Reports `table-too-wide`: an error for columns that run off the page and for numbers and words that are torn; a
/// warning for what parts at its own marks, for widths that the author gave, and for words longer than any line. A
/// table with a character that no face has is passed over: that is a fault of its own.
pub fn check(doc: &Doc, fonts: &Fonts, diags: &mut Diagnostics) {
    for (index, table) in tables(doc) {
        let span = doc.blocks[index].span;
        match too_many(table) {
            Some(fault) => diags.push(fault.at(span)),
            None => diags.extend(faults(doc, index, table, fonts).unwrap_or_default()),
        }
    }
}

/// What does not fit of `table`, the block of number `index`.
fn faults(doc: &Doc, index: usize, table: &Table, fonts: &Fonts) -> Result<Vec<Diagnostic>, NoGlyph> {
    let (style, turned) = (style(table, &doc.style), doc.style.turned());
    let room = style.page.measure();
    let measured = measured(table, &style, fonts)?;
    let tears = torn(table, &measured, turned.page.measure());
    if tears.is_empty() && measured.overfull.is_none() {
        return Ok(Vec::new());
    }
    let fits_turned = !table.landscape && self::measured(table, &turned, fonts)?.overfull.is_none();
    let sight = Sight { name: name(doc, index, table), span: doc.blocks[index].span, help: help(fits_turned) };
    if let Some(needed) = runs_off(&measured, room) {
        return Ok(vec![sight.off(needed, room)]);
    }
    let mut faults: Vec<Diagnostic> =
        narrowed(table, &measured, room).map(|fault| fault.at(sight.span)).into_iter().collect();
    for how in [How::Torn, How::Parted, How::Given, How::Endless] {
        let of: Vec<&Tear> = tears.iter().filter(|tear| tear.how == how).collect();
        faults.extend(of.first().map(|first| sight.fault(first, of.len() - 1)));
    }
    Ok(faults)
}

fn tables(doc: &Doc) -> impl Iterator<Item = (usize, &Table)> {
    doc.blocks.iter().enumerate().filter_map(|(index, block)| {
        if let BlockKind::Table(table) = &block.kind { Some((index, &**table)) } else { None }
    })
}

/// The style of the page that `table` stands on.
fn style(table: &Table, upright: &Style) -> Style {
    if table.landscape { upright.turned() } else { upright.clone() }
}

fn name(doc: &Doc, index: usize, table: &Table) -> String {
    let before = index.checked_sub(1).map(|before| &doc.blocks[before]);
    if let Some(caption) = before.filter(|block| block.kind == BlockKind::TableCaption) {
        return shortened(&caption.text());
    }
    let cells = table.rows.iter().take(1).flatten().flatten();
    shortened(&cells.map(|cell| doc::text(&cell.content)).collect::<Vec<_>>().join("、"))
}

fn shortened(text: &str) -> String {
    let mut chars = text.chars().filter(|c| *c != '\n');
    let mut short: String = chars.by_ref().take(SHOWN).collect();
    if chars.next().is_some() {
        short.push('…');
    }
    short
}

/// What becomes of a word that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// It is torn where none may be.
    Torn,
    /// It parts at one of its marks.
    Parted,
    /// It does either in a width that the author gave.
    Given,
    /// It is torn because no line is so long.
    Endless,
}

struct Tear {
    how: How,
    /// The word.
    word: String,
    /// The cell that it stands in.
    span: Span,
}

/// The cells in which something is torn, each with the first that is. `longest` is the room of the widest page.
fn torn(table: &Table, measured: &Measured, longest: Length) -> Vec<Tear> {
    let widths = &measured.measure.widths;
    let tear = |words: &Words| {
        let columns = words.column..words.column + words.columns;
        let inner = widths[columns.clone()].iter().copied().sum::<Length>() - PAD_X * 2;
        let is_given = table.columns[columns].iter().all(|column| column.width.is_some());
        let cell = table.rows[words.row][words.column].as_ref()?;
        let segments = words.segments.iter().zip(&words.natural).filter(|(_, natural)| **natural > inner);
        let tears = segments.filter_map(|(segment, _)| torn_in(segment, inner));
        let (turn, word, width) = tears.max_by_key(|(turn, _, _)| *turn != Turn::Joint)?;
        let how = if is_given {
            How::Given
        } else if turn == Turn::Joint {
            How::Parted
        } else if width > longest - PAD_X * 2 {
            How::Endless
        } else {
            How::Torn
        };
        Some(Tear { how, word, span: cell.span })
    };
    measured.words.iter().filter_map(tear).collect()
}

/// The first word that is torn, else the first that is parted, of `segment` in lines of `inner`: where it is, the word
/// and its width.
fn torn_in(segment: &Segment, inner: Length) -> Option<(Turn, String, Length)> {
    let lines = linebreak::lines(segment, inner, inner);
    let turns = lines.iter().filter_map(|line| Some((line.end, segment.gaps.get(line.end - 1)?.turn)));
    let bad = turns.filter(|(_, turn)| matches!(turn, Turn::Joint | Turn::Word | Turn::Never));
    // The first of the worst.
    let (at, turn) =
        bad.reduce(|first, next| if first.1 == Turn::Joint && next.1 != Turn::Joint { next } else { first })?;
    let ends = |gap: usize| {
        matches!(segment.gaps[gap].turn, Turn::Free | Turn::Soft) || segment.signs[gap].class == Class::Blank
    };
    let start = (0..at).rev().find(|&gap| gap < at - 1 && ends(gap)).map_or(0, |gap| gap + 1);
    let end = (at..segment.gaps.len()).find(|&gap| ends(gap)).map_or(segment.signs.len(), |gap| gap + 1);
    let word: String = segment.signs[start..end].iter().map(|sign| sign.c).collect();
    Some((turn, word.trim().to_owned(), segment.natural(&(start..end))))
}

/// What a table that runs off its page needs.
fn runs_off(measured: &Measured, room: Length) -> Option<Length> {
    let total: Length = measured.measure.widths.iter().copied().sum();
    measured.overfull.filter(|_| total > room)
}

fn too_many(table: &Table) -> Option<Diagnostic> {
    let columns = table.columns.len();
    let message = text!(
        "表格有 {columns} 列，Word 的表格最多 {MOST_COLUMNS} 列",
        "the table has {columns} columns, and one in Word has {MOST_COLUMNS} at most"
    );
    (columns > MOST_COLUMNS).then(|| Diagnostic::new(Code::TableTooWide, message).help(fewer()))
}

/// Widths that are all given, and are more than the page has.
fn narrowed(table: &Table, measured: &Measured, room: Length) -> Option<Diagnostic> {
    let total = measured.overfull.filter(|_| table.columns.iter().all(|column| column.width.is_some()))?;
    let (total, room) = (total.to_mm(), room.to_mm());
    let message = text!(
        "写定的列宽一共 {total:.0} mm，版心宽 {room:.0} mm，各列按比例收窄了",
        "the given widths come to {total:.0} mm and the page has {room:.0} mm; all are narrowed alike"
    );
    let fault = Diagnostic { severity: Severity::Warning, ..Diagnostic::new(Code::TableTooWide, message) };
    Some(fault.help(text!("改小 width，或删去几列的 width", "make them less, or leave some out")))
}

fn fewer() -> Text {
    text!(
        "少印几列：在 [[section.table]] 里写 only = [\"要印的列\", …]；或者分成两张表",
        "print fewer columns, only = [\"…\"] in [[section.table]], or make two tables of it"
    )
}

fn help(fits_turned: bool) -> Text {
    if fits_turned {
        text!(
            "横着印：在 [[section.table]] 里写 landscape = true（写在正文里的表先改成 [[section.table]]）",
            "set it across the paper: landscape = true in [[section.table]], which a table in the text must become first"
        )
    } else {
        fewer()
    }
}

/// How a table is spoken of.
struct Sight {
    name: String,
    span: Span,
    help: Text,
}

impl Sight {
    fn off(&self, needed: Length, room: Length) -> Diagnostic {
        let (name, needed, room) = (&self.name, needed.to_mm(), room.to_mm());
        let message = text!(
            "“{name}”列太多，最小的字也要 {needed:.0} mm 宽，版心只有 {room:.0} mm",
            "`{name}` has too many columns: even the smallest type needs {needed:.0} mm, and the page has {room:.0} mm"
        );
        Diagnostic::new(Code::TableTooWide, message).at(self.span).help(self.help.clone())
    }

    /// What is said of a tear and so many `others` like it.
    fn fault(&self, tear: &Tear, others: usize) -> Diagnostic {
        let (name, word) = (&self.name, shortened(&tear.word));
        let message = match tear.how {
            How::Torn => {
                text!("“{name}”太宽，“{word}”被拆成两行", "`{name}` is too wide: `{word}` is torn over two lines")
            }
            How::Parted => text!(
                "“{name}”太宽，“{word}”只好在标点处换行",
                "`{name}` is too wide: `{word}` goes on in the next line after one of its marks"
            ),
            How::Given => text!(
                "写定的列宽放不下“{word}”，它要分成两行",
                "the given width has no room for `{word}`, which is parted"
            ),
            How::Endless => text!("“{word}”比一整行还长，只好拆开", "`{word}` is longer than a whole line and is torn"),
        };
        let severity = if tear.how == How::Torn { Severity::Error } else { Severity::Warning };
        let mut fault =
            Diagnostic { severity, ..Diagnostic::new(Code::TableTooWide, more(message, others)) }.at(tear.span);
        if self.span != tear.span {
            fault = fault.label(self.span, text!("在这张表里", "in this table"));
        }
        fault.help(match tear.how {
            How::Torn | How::Parted => self.help.clone(),
            How::Given => text!("加大 width，或删去 width 由程序定", "give more, or leave the width to the program"),
            How::Endless => text!("在合适的地方加空格或换行", "put a blank where it may part"),
        })
    }
}

fn more(message: Text, others: usize) -> Text {
    if others == 0 {
        return message;
    }
    let Text { zh, en } = message;
    text!("{zh}，另有 {others} 格也这样", "{en}, and so are {others} cells more")
}
