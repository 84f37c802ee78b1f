//! How wide the columns of a table are, and in what size its words.

use super::super::NoGlyph;
use super::PAD_X;
use super::share::{Bounds, share};
use super::words::{Want, Words, around_point, down, wants, words};
use crate::doc::{Align, Table};
use crate::fonts::Fonts;
use crate::length::Length;
use crate::manifest::Style;

/// Sizes under the style's that a table takes where its words do not fit: 五号 and 小五.
const SMALLER: [Length; 2] = [Length::centi_pt(1050), Length::pt(9)];

/// The measures of a table, the same in every output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableMeasure {
    /// Size of type.
    pub size: Length,
    /// Widths of the columns, from rule to rule.
    pub widths: Vec<Length>,
    /// From the left edge of the type area to the table's.
    pub left: Length,
    /// For the numbers of a column that stand point under point, by row and column: from the right end of the number
    /// to that of the room for words in the cell.
    pub from_right: Vec<Vec<Option<Length>>>,
}

/// A table measured, with what was measured.
pub(super) struct Measured {
    pub(super) measure: TableMeasure,
    pub(super) words: Vec<Words>,
    /// What the columns have to have at least, if that is more than there is.
    pub(super) overfull: Option<Length>,
}

/// Measures `table`: columns as their words ask for, over the whole measure of `style`, which is that of the page that
/// the table stands on ([`Style::turned`]). Takes time in proportion to its words.
///
/// # Errors
/// [`NoGlyph`] for the first character that no face has.
pub fn measure(table: &Table, style: &Style, fonts: &Fonts) -> Result<TableMeasure, NoGlyph> {
    Ok(measured(table, style, fonts)?.measure)
}

pub(super) fn measured(table: &Table, style: &Style, fonts: &Fonts) -> Result<Measured, NoGlyph> {
    let room = style.page.measure();
    let (size, words, wants) = sized(table, style, fonts)?;
    let (widths, overfull) = widths(table, &words, &wants, room);
    let left = (room - widths.iter().copied().sum()).max(Length::ZERO) / 2;
    let from_right = numbers(table, &widths, &words);
    Ok(Measured { measure: TableMeasure { size, widths, left, from_right }, words, overfull })
}

/// The largest size in which every column has what it asks for, with the words so set. A given width that parts
/// something asks for a smaller size where that helps.
fn sized(table: &Table, style: &Style, fonts: &Fonts) -> Result<(Length, Vec<Words>, Vec<Want>), NoGlyph> {
    let room = style.page.measure();
    let mut largest = None;
    let mut smallest = None;
    let sizes = std::iter::once(style.sizes.table).chain(SMALLER.into_iter().filter(|size| *size < style.sizes.table));
    for size in sizes {
        let words = words(table, size, style, fonts)?;
        let wants = wants(table, &words, size, room);
        let columns = || wants.iter().zip(&table.columns);
        let needs: Length = columns().map(|(want, column)| column.width.unwrap_or(want.whole)).sum();
        let is_torn = columns().any(|(want, column)| column.width.is_some_and(|width| width < want.parts));
        if needs <= room && !is_torn {
            return Ok((size, words, wants));
        }
        let found = (size, words, wants);
        if needs <= room && largest.is_none() {
            largest = Some(found);
        } else {
            smallest = Some(found);
        }
    }
    Ok(largest.or(smallest).unwrap_or((style.sizes.table, Vec::new(), Vec::new())))
}

/// Widths that are given are kept; the other columns share what is left of the measure, none with less than keeps what
/// may not be parted, while that can be. All are whole twips, which Word counts in. Beside them, what the columns have
/// to have where that is more than `room`.
fn widths(table: &Table, words: &[Words], wants: &[Want], room: Length) -> (Vec<Length>, Option<Length>) {
    let is_given: Vec<bool> = table.columns.iter().map(|column| column.width.is_some()).collect();
    let bounds = |least: fn(&Want) -> Length| -> Vec<Bounds> {
        let columns = wants.iter().zip(&table.columns);
        let of = |(want, column): (&Want, &crate::doc::Column)| match column.width.map(down) {
            Some(width) => Bounds { least: width, most: width },
            None => Bounds { least: least(want), most: want.most.max(least(want)) },
        };
        columns.map(of).collect()
    };
    let total = |bounds: &[Bounds]| bounds.iter().map(|bounds| bounds.least).sum::<Length>();
    let levels: [fn(&Want) -> Length; 5] =
        [|want| want.whole, |want| want.numbers, |want| want.pairs, |want| want.parts, |want| want.joints];
    if let Some(bounds) = levels.into_iter().map(bounds).find(|bounds| total(bounds) <= room) {
        return (share(&bounds, &is_given, words, room), None);
    }
    // What asks for more than the page has gives way, all alike.
    let least = bounds(|want| want.joints);
    let total = total(&least);
    let narrowed = |bounds: &Bounds| {
        let part = bounds.least.scale(room.to_twips(), total.to_twips().max(1));
        down(part).max(PAD_X * 2 + Length::pt(9))
    };
    (least.iter().map(narrowed).collect(), Some(total))
}

/// Where the numbers of columns end, so that their points stand one under the other and the widest in the middle.
fn numbers(table: &Table, widths: &[Length], words: &[Words]) -> Vec<Vec<Option<Length>>> {
    let mut from_right = vec![vec![None; table.columns.len()]; table.rows.len()];
    let mut columns: Vec<Vec<(usize, Length, Length)>> = vec![Vec::new(); table.columns.len()];
    for words in words.iter().filter(|words| words.columns == 1) {
        let inner = widths[words.column] - PAD_X * 2;
        if table.align(words.row, words.column) == Align::Decimal && words.longest() <= inner {
            columns[words.column]
                .extend(around_point(words).map(|(before, from_point)| (words.row, before, from_point)));
        }
    }
    for (column, parts) in columns.into_iter().enumerate() {
        let inner = widths[column] - PAD_X * 2;
        let left = parts.iter().map(|&(_, left, _)| left).max().unwrap_or_default();
        let right = parts.iter().map(|&(_, _, right)| right).max().unwrap_or_default();
        let margin = (inner - left - right).max(Length::ZERO) / 2;
        for (row, before, own) in parts {
            // No number is pushed over the cell's left edge.
            from_right[row][column] = Some((margin + right - own).min(inner - before - own));
        }
    }
    from_right
}
