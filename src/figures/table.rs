//! The list for people: columns aligned by what they take on a terminal, where a hanzi is two wide.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Row, closing};
use crate::diag::{Lang, Text};
use crate::fill::OwnWord;
use crate::source::Sources;
use crate::text;

/// The narrowest that a column is made where the terminal is narrow.
const NARROWEST: usize = 10;

/// A column of the list.
struct Column {
    head: String,
    cells: Vec<String>,
    /// Whether it may be clipped.
    flexible: bool,
}

/// The list, with the sentences, sources and days of `evidence` if asked for, and a closing line.
///
/// Lines have at most `width` columns where clipping phrases, values and sentences can make them so; none clips nothing.
pub fn table(rows: &[Row], sources: &Sources, lang: Lang, evidence: bool, width: Option<usize>) -> String {
    let mut columns = if evidence { evidence_columns(rows, lang) } else { columns(rows, sources, lang) };
    if let Some(width) = width {
        fit(&mut columns, width);
    }
    let mut out = String::new();
    if !rows.is_empty() {
        let widths: Vec<usize> = columns.iter().map(Column::width).collect();
        for line in 0..=rows.len() {
            let mut written = String::new();
            for (column, width) in columns.iter().zip(&widths) {
                let cell = line.checked_sub(1).map_or(&column.head, |row| &column.cells[row]);
                written += &clipped(cell, *width);
                written += &" ".repeat(width.saturating_sub(cell.width()) + 2);
            }
            out += written.trim_end();
            out.push('\n');
        }
    }
    out + &closing(rows, lang) + "\n"
}

fn columns(rows: &[Row], sources: &Sources, lang: Lang) -> Vec<Column> {
    let place = |row: &Row| {
        let Some(&first) = row.places.first() else { return String::new() };
        let (start, _) = sources.positions(first);
        match (row.places.len(), lang) {
            (1, _) => format!("{}:{}", start.line, start.column),
            (n, Lang::Zh) => format!("{}:{}（{n} 处）", start.line, start.column),
            (n, Lang::En) => format!("{}:{} ({n} places)", start.line, start.column),
        }
    };
    let head = |head: Text| head.get(lang).to_owned();
    let column = |head, flexible, cell: &dyn Fn(&Row) -> String| Column {
        head,
        cells: rows.iter().map(|row| one_line(&cell(row))).collect(),
        flexible,
    };
    let mut columns = vec![
        column(head(text!("指标", "figure")), true, &|row| row.address.clone()),
        column(head(text!("值", "value")), true, &|row| with_unit(row) + &own_words(row, lang)),
        column(head(text!("类型", "kind")), false, &|row| kind(row, lang)),
        column(head(text!("谁填", "owner")), true, &|row| row.owner.clone().unwrap_or_default()),
        column(head(text!("位置", "place")), false, &place),
        column(head(text!("状态", "state")), false, &|row| row.state.describe().get(lang).to_owned()),
    ];
    columns.retain(|column| column.cells.iter().any(|cell| !cell.is_empty()));
    columns
}

fn evidence_columns(rows: &[Row], lang: Lang) -> Vec<Column> {
    let head = |head: Text| head.get(lang).to_owned();
    let column = |head, flexible, cell: &dyn Fn(&Row) -> String| Column {
        head,
        cells: rows.iter().map(|row| one_line(&cell(row))).collect(),
        flexible,
    };
    vec![
        column(head(text!("句子", "sentence")), true, &|row| {
            row.sentence.as_ref().map(super::Sentence::text).unwrap_or_default()
        }),
        column(head(text!("指标", "figure")), true, &|row| row.address.clone()),
        column(head(text!("值", "value")), true, &|row| with_unit(row)),
        column(head(text!("来源", "source")), true, &|row| row.source.clone().unwrap_or_default()),
        column(head(text!("截至", "as of")), false, &|row| row.as_of.map(super::day).unwrap_or_default()),
    ]
}

/// The words that a name brings in the place of those of the text.
fn own_words(row: &Row, lang: Lang) -> String {
    let word = |word: &OwnWord| match lang {
        Lang::Zh => format!("（“{}”印作“{}”）", word.word, word.own),
        Lang::En => format!(" ({} for {})", word.own, word.word),
    };
    row.own_words.iter().map(word).collect()
}

fn with_unit(row: &Row) -> String {
    let Some(value) = &row.value else { return String::new() };
    match &row.unit {
        Some(unit) if row.kind.is_number() => format!("{value}{unit}"),
        Some(_) | None => value.clone(),
    }
}

/// The kind: in Chinese by its name in messages, in English by its word in a report file.
pub(super) fn kind(row: &Row, lang: Lang) -> String {
    match lang {
        Lang::Zh => row.kind.describe().zh,
        Lang::En => row.kind.name().to_owned(),
    }
}

fn one_line(cell: &str) -> String {
    cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

impl Column {
    fn width(&self) -> usize {
        self.cells.iter().map(|cell| cell.width()).chain([self.head.width()]).max().unwrap_or(0)
    }
}

/// Clips flexible columns, the widest first, until a line fits.
fn fit(columns: &mut [Column], width: usize) {
    let mut widths: Vec<usize> = columns.iter().map(Column::width).collect();
    let total = |widths: &[usize]| widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
    while total(&widths) > width {
        let flexible = (0..columns.len()).filter(|&i| columns[i].flexible && widths[i] > NARROWEST);
        let Some(widest) = flexible.max_by_key(|&i| widths[i]) else { break };
        widths[widest] -= 1;
    }
    for (column, width) in columns.iter_mut().zip(widths).filter(|(column, _)| column.flexible) {
        for cell in &mut column.cells {
            *cell = clipped(cell, width);
        }
    }
}

/// The start of `cell` that takes at most `width` columns, with an … where there is more.
fn clipped(cell: &str, width: usize) -> String {
    if cell.width() <= width {
        return cell.to_owned();
    }
    let mut out = String::new();
    let mut taken = '…'.width().unwrap_or(1);
    for c in cell.chars() {
        taken += c.width().unwrap_or(0);
        if taken > width {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}
