//! The room of a table shared among its columns, so that it becomes as low as may be.
//!
//! Let a cell have the area `a` and its column the width `w`: it takes some `a / w` lines, and a row as many as the
//! tallest of its cells. The sum over the rows is least where each width goes with the square root of what the cells
//! that make rows tall have in its column. That is come near to in a few rounds, each linear in the cells. Since lines
//! are whole, widths are tried as well in which most cells of every column take one line, or two. Of all of them those
//! are taken that make the fewest lines, counted as lines are broken.

use super::PAD_X;
use super::words::{SPARE, Words, down, up};
use crate::length::Length;

/// Rounds of coming nearer.
const ROUNDS: usize = 16;
/// So many hundredths of the cells of each column take one line, or two, in the widths that are tried.
const MOSTLY: [usize; 5] = [100, 95, 85, 70, 50];
/// The fourth power of a cell's part of its row's height, in these parts, is how much it counts.
const SHARES: u128 = 64;

/// Between which widths a column may be; both alike where its width is given.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    pub(super) least: Length,
    pub(super) most: Length,
}

impl Bounds {
    fn is_open(self) -> bool {
        self.least < self.most
    }
}

/// Widths within `bounds` that fill `room`, which is no less than the sum of the least.
pub(super) fn share(bounds: &[Bounds], is_given: &[bool], words: &[Words], room: Length) -> Vec<Length> {
    let most: Length = bounds.iter().map(|bounds| bounds.most).sum();
    if most <= room {
        let open = is_given.iter().filter(|given| !**given).count().max(1) as i64;
        let rest = (room - most) / open;
        let widths = bounds.iter().zip(is_given);
        return widths.map(|(bounds, given)| if *given { bounds.most } else { down(bounds.most + rest) }).collect();
    }
    let sharing = Sharing::of(bounds, words);
    let start = in_proportion(bounds, room);
    let (mut best, mut fewest) = (start.clone(), sharing.total(&start));
    let usual = fewest;
    let nearer = std::iter::successors(Some(start), |widths| Some(sharing.nearer(widths, room)));
    for widths in nearer.skip(1).take(ROUNDS).chain(sharing.mostly(words, room)) {
        let lines = sharing.total(&widths);
        if lines < fewest {
            (fewest, best) = (lines, widths);
        }
    }
    if fewest < usual { sharing.evened(best, room) } else { best }
}

struct Sharing<'w> {
    bounds: &'w [Bounds],
    /// The cells that may take several lines.
    long: Vec<&'w Words>,
    /// For each row the lines of its other cells.
    lines: Vec<usize>,
}

impl<'w> Sharing<'w> {
    fn of(bounds: &'w [Bounds], words: &'w [Words]) -> Self {
        let rows = words.iter().map(|words| words.row + words.rows).max().unwrap_or(0);
        let mut sharing = Sharing { bounds, long: Vec::new(), lines: vec![1; rows] };
        for words in words {
            let least: Length =
                bounds[words.column..words.column + words.columns].iter().map(|bounds| bounds.least).sum();
            if words.longest() > least - PAD_X * 2 {
                sharing.long.push(words);
            } else {
                let lines = words.segments.len().div_ceil(words.rows);
                sharing.lines[words.row] = sharing.lines[words.row].max(lines);
            }
        }
        sharing
    }

    /// Widths in which most cells of every column take one line, or two, where there is room for that.
    fn mostly(&self, words: &[Words], room: Length) -> Vec<Vec<Length>> {
        let mut columns: Vec<Vec<Length>> = vec![Vec::new(); self.bounds.len()];
        for words in words.iter().filter(|words| words.columns == 1) {
            columns[words.column].push(words.longest());
        }
        columns.iter_mut().for_each(|column| column.sort_unstable());
        let size = words.iter().flat_map(|words| &words.segments).map(|segment| segment.size).max().unwrap_or_default();
        let widths = |mostly: usize, lines: i64| {
            let asked = |column: &Vec<Length>| {
                let cell = (column.len() * mostly / 100).saturating_sub(1);
                let natural = column.get(cell).copied().unwrap_or_default();
                // A line of several ends before its room does.
                natural / lines + size * (lines - 1) + PAD_X * 2 + SPARE
            };
            let bounds: Vec<Bounds> = (self.bounds.iter().zip(&columns))
                .map(|(bounds, column)| Bounds { least: up(asked(column)).clamp(bounds.least, bounds.most), ..*bounds })
                .collect();
            let least: Length = bounds.iter().map(|bounds| bounds.least).sum();
            (least <= room).then(|| in_proportion(&bounds, room))
        };
        MOSTLY.into_iter().flat_map(|mostly| [widths(mostly, 1), widths(mostly, 2)]).flatten().collect()
    }

    /// The lines of the long cells, and for each row those of its tallest cell.
    fn lines(&self, widths: &[Length]) -> (Vec<usize>, Vec<usize>) {
        let mut rows = self.lines.clone();
        let mut cells = Vec::with_capacity(self.long.len());
        for words in &self.long {
            let width: Length = widths[words.column..words.column + words.columns].iter().copied().sum();
            let lines = words.lines(width - PAD_X * 2).div_ceil(words.rows);
            for row in &mut rows[words.row..words.row + words.rows] {
                *row = (*row).max(lines);
            }
            cells.push(lines);
        }
        (cells, rows)
    }

    fn total(&self, widths: &[Length]) -> usize {
        self.lines(widths).1.into_iter().sum()
    }

    /// Half the way to the widths that would be right if each cell went on to count as much as with `widths`.
    fn nearer(&self, widths: &[Length], room: Length) -> Vec<Length> {
        let (cells, rows) = self.lines(widths);
        let mut pulls = vec![0_u128; widths.len()];
        for (words, lines) in self.long.iter().zip(cells) {
            let share = lines as u128 * SHARES / rows[words.row].max(1) as u128;
            let area: i64 = words.natural.iter().map(|natural| natural.to_twips()).sum();
            let pull = share.pow(4) * area.unsigned_abs() as u128 / words.columns as u128;
            pulls[words.column..words.column + words.columns].iter_mut().for_each(|sum| *sum += pull);
        }
        let roots: Vec<i128> = pulls.into_iter().map(|pull| pull.isqrt() as i128).collect();
        let at = |scale: i64| -> Vec<Length> {
            let wants = |root: i128| Length::twips(((root * i128::from(scale)) >> 32).min(i128::from(u32::MAX)) as i64);
            let columns = self.bounds.iter().zip(&roots);
            columns.map(|(bounds, &root)| (wants(root) + PAD_X * 2).clamp(bounds.least, bounds.most)).collect()
        };
        let right = widest(at, 1 << 48, room);
        widths.iter().zip(right).map(|(&now, right)| down((now + right) / 2)).collect()
    }

    /// `widths` without what no row is lower for, which is then shared alike.
    fn evened(&self, mut widths: Vec<Length>, room: Length) -> Vec<Length> {
        let (_, rows) = self.lines(&widths);
        let mut columns: Vec<Vec<&Words>> = vec![Vec::new(); widths.len()];
        let mut is_fixed: Vec<bool> = self.bounds.iter().map(|bounds| !bounds.is_open()).collect();
        for words in &self.long {
            if words.columns > 1 {
                is_fixed[words.column..words.column + words.columns].fill(true);
            }
            columns[words.column].push(words);
        }
        for (column, words) in columns.iter().enumerate().filter(|(column, _)| !is_fixed[*column]) {
            let fits = |twips: i64| {
                let inner = Length::twips(twips) - PAD_X * 2;
                words.iter().all(|words| words.lines(inner).div_ceil(words.rows) <= rows[words.row])
            };
            let (mut low, mut high) = (self.bounds[column].least.to_twips(), widths[column].to_twips());
            while low < high {
                let middle = low.midpoint(high);
                if fits(middle) { high = middle } else { low = middle + 1 }
            }
            widths[column] = Length::twips(high);
        }
        let tight = widths.clone();
        let with = |more: i64| -> Vec<Length> {
            let columns = tight.iter().zip(self.bounds);
            columns.map(|(&width, bounds)| (width + Length::twips(more)).min(bounds.most.max(width))).collect()
        };
        widest(with, room.to_twips().max(1), room)
    }
}

/// To each its least, and of the rest in proportion to what it wants more.
fn in_proportion(bounds: &[Bounds], room: Length) -> Vec<Length> {
    let least: Length = bounds.iter().map(|bounds| bounds.least).sum();
    let wanted: Length = bounds.iter().map(|bounds| bounds.most - bounds.least).sum();
    let part = |bounds: &Bounds| {
        let wants = i128::from((bounds.most - bounds.least).to_emu()) * i128::from((room - least).to_emu());
        Length::emu((wants / i128::from(wanted.to_emu().max(1))) as i64)
    };
    bounds.iter().map(|bounds| down(bounds.least + part(bounds))).collect()
}

/// The widths `at` of the greatest number under `limit` with which they are no wider than `room`; they grow with it.
fn widest(at: impl Fn(i64) -> Vec<Length>, limit: i64, room: Length) -> Vec<Length> {
    let (mut low, mut high) = (0, limit);
    while high - low > 1 {
        let middle = low.midpoint(high);
        if at(middle).into_iter().sum::<Length>() <= room { low = middle } else { high = middle }
    }
    at(low)
}
