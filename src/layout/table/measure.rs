//! How wide the columns of a table are, and in what size its words.

use super::super::NoGlyph;
use super::super::punct::{Class, Turn};
use super::super::segment::Segment;
use super::{PAD_X, segments};
use crate::doc::{Align, Table};
use crate::fonts::Fonts;
use crate::length::Length;
use crate::manifest::Style;

/// Sizes under the style's that a table takes where its words do not fit: 五号 and 小五.
const SMALLER: [Length; 2] = [Length::centi_pt(1050), Length::pt(9)];
/// Characters that a column of words has room for before a smaller size is tried.
const FEW: i64 = 4;

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

/// What the words of a column ask for.
#[derive(Clone, Copy, Default)]
struct Want {
    /// Without a turn.
    most: Length,
    /// With every turn that may be.
    least: Length,
    /// The same, but room for a few characters a line.
    some: Length,
}

/// Measures `table`: columns as their words ask for, over the whole measure of `style`, which is that of the page that
/// the table stands on ([`Style::turned`]).
///
/// # Errors
/// [`NoGlyph`] for the first character that no face has.
pub fn measure(table: &Table, style: &Style, fonts: &Fonts) -> Result<TableMeasure, NoGlyph> {
    let room = style.page.measure();
    let sizes = std::iter::once(style.sizes.table).chain(SMALLER.into_iter().filter(|size| *size < style.sizes.table));
    let mut found = None;
    for size in sizes {
        let wants = wants(table, size, style, fonts)?;
        let fits =
            wants.iter().zip(&table.columns).map(|(want, column)| column.width.unwrap_or(want.some)).sum::<Length>();
        found = Some((size, wants));
        if fits <= room {
            break;
        }
    }
    let (size, wants) = found.unwrap_or((style.sizes.table, Vec::new()));
    let widths = widths(table, &wants, room);
    let left = (room - widths.iter().copied().sum()).max(Length::ZERO) / 2;
    let from_right = numbers(table, &widths, size, style, fonts)?;
    Ok(TableMeasure { size, widths, left, from_right })
}

fn wants(table: &Table, size: Length, style: &Style, fonts: &Fonts) -> Result<Vec<Want>, NoGlyph> {
    let mut wants = vec![Want::default(); table.columns.len()];
    for row in &table.rows {
        for (want, cell) in wants.iter_mut().zip(row) {
            // A merged cell takes what its columns have.
            let Some(cell) = cell.as_ref().filter(|cell| cell.columns == 1) else { continue };
            for segment in segments(&cell.content, size, style, fonts)?.iter().filter(|s| !s.signs.is_empty()) {
                let most = segment.natural(&(0..segment.signs.len()));
                let least = longest_unit(segment);
                want.most = want.most.max(most);
                want.least = want.least.max(least);
                want.some = want.some.max(least.max(most.min(size * FEW)));
            }
        }
    }
    for want in &mut wants {
        for width in [&mut want.most, &mut want.least, &mut want.some] {
            *width = (*width).max(size) + PAD_X * 2;
        }
    }
    Ok(wants)
}

/// The width of the longest part that no line turns within.
fn longest_unit(segment: &Segment) -> Length {
    let mut longest = Length::ZERO;
    let mut start = 0;
    for end in 1..=segment.signs.len() {
        if segment.gaps.get(end - 1).is_none_or(|gap| gap.turn == Turn::Free) {
            longest = longest.max(segment.natural(&(start..end)));
            start = end;
        }
    }
    longest
}

/// Widths that are given are kept; the other columns share what is left of the measure. All are whole twips, which
/// Word counts in.
fn widths(table: &Table, wants: &[Want], room: Length) -> Vec<Length> {
    let given: Length = table.columns.iter().filter_map(|column| column.width).sum();
    let open = table.columns.iter().filter(|column| column.width.is_none()).count();
    let mut widths: Vec<Length> = if open == 0 {
        table.columns.iter().filter_map(|column| column.width).collect()
    } else {
        let left = (room - given).max(Length::ZERO);
        let of = |pick: fn(&Want) -> Length| -> Vec<Length> {
            let columns = wants.iter().zip(&table.columns);
            columns.map(|(want, column)| if column.width.is_some() { Length::ZERO } else { pick(want) }).collect()
        };
        let (some, most) = (of(|want| want.some), of(|want| want.most));
        // A name of three or four characters is not broken while there is room.
        let least = if some.iter().copied().sum::<Length>() <= left { some } else { of(|want| want.least) };
        let shares = shares(&least, &most, left, open);
        let columns = table.columns.iter().zip(shares);
        columns.map(|(column, share)| column.width.unwrap_or(share)).collect()
    };
    // What asks for more than the page has gives way, all alike.
    let total: Length = widths.iter().copied().sum();
    for width in &mut widths {
        let fitted = if total > room { width.scale(room.to_emu(), total.to_emu().max(1)) } else { *width };
        *width = Length::twips(fitted.to_emu() / Length::twips(1).to_emu()).max(PAD_X * 2 + Length::pt(9));
    }
    widths
}

/// Shares of `room`: to each what it wants, and of the rest alike; where that is too much, of what is over the least of
/// each in proportion to what it wants more.
fn shares(least: &[Length], most: &[Length], room: Length, open: usize) -> Vec<Length> {
    let (total, least_total): (Length, Length) = (most.iter().copied().sum(), least.iter().copied().sum());
    let is_open = |most: Length| most > Length::ZERO;
    if total <= room {
        let rest = room - total;
        return most.iter().map(|&m| if is_open(m) { m + rest / open as i64 } else { m }).collect();
    }
    let (over, wanted) = ((room - least_total).max(Length::ZERO), (total - least_total).to_emu().max(1));
    least.iter().zip(most).map(|(&l, &m)| l + over.scale((m - l).to_emu(), wanted)).collect()
}

/// Where the numbers of columns end, so that their points stand one under the other and the widest in the middle.
fn numbers(
    table: &Table,
    widths: &[Length],
    size: Length,
    style: &Style,
    fonts: &Fonts,
) -> Result<Vec<Vec<Option<Length>>>, NoGlyph> {
    let mut from_right = vec![vec![None; table.columns.len()]; table.rows.len()];
    for column in 0..table.columns.len() {
        let inner = widths[column] - PAD_X * 2;
        let mut parts: Vec<(usize, Length, Length)> = Vec::new();
        for (row, cells) in table.rows.iter().enumerate() {
            let Some(cell) = &cells[column] else { continue };
            if table.align(row, column) != Align::Decimal || cell.columns > 1 {
                continue;
            }
            let segments = segments(&cell.content, size, style, fonts)?;
            let [segment] = segments.as_slice() else { continue };
            let number = |class: Class| matches!(class, Class::Digit | Class::Hyphen | Class::Letter);
            let width = segment.natural(&(0..segment.signs.len()));
            if width > inner || !segment.signs.first().is_some_and(|sign| number(sign.class)) {
                continue;
            }
            let point = segment.signs.iter().position(|sign| matches!(sign.c, '.' | '%' | '％' | '‰'));
            let before = point.map_or(width, |point| segment.natural(&(0..point)));
            parts.push((row, before, width - before));
        }
        let left = parts.iter().map(|&(_, left, _)| left).max().unwrap_or_default();
        let right = parts.iter().map(|&(_, _, right)| right).max().unwrap_or_default();
        let margin = (inner - left - right).max(Length::ZERO) / 2;
        for (row, _, own) in parts {
            from_right[row][column] = Some((margin + right - own).min(inner - own));
        }
    }
    Ok(from_right)
}
