//! The list as CSV, for spreadsheets.

use super::{Row, Sentence, day, table::kind};
use crate::diag::{Lang, Text};
use crate::sheet::csv_row;
use crate::source::Sources;
use crate::text;

/// The heads of the columns, as many as [`cells`] gives.
pub(super) fn heads(lang: Lang) -> Vec<String> {
    let heads: [Text; 11] = [
        text!("指标", "figure"),
        text!("名称", "id"),
        text!("值", "value"),
        text!("单位", "unit"),
        text!("类型", "kind"),
        text!("谁填", "owner"),
        text!("状态", "state"),
        text!("位置", "places"),
        text!("句子", "sentence"),
        text!("来源", "source"),
        text!("截至", "as of"),
    ];
    heads.iter().map(|head| head.get(lang).to_owned()).collect()
}

/// The column that holds the value.
pub(super) const VALUE: usize = 2;

/// The cells of a row.
pub(super) fn cells(row: &Row, sources: &Sources, lang: Lang) -> Vec<String> {
    let place = |span| {
        let (start, _) = sources.positions(span);
        format!("{}:{}", start.line, start.column)
    };
    let or_nothing = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        row.address.clone(),
        or_nothing(&row.id),
        or_nothing(&row.value),
        or_nothing(&row.unit),
        kind(row, lang),
        or_nothing(&row.owner),
        row.state.describe().get(lang).to_owned(),
        row.places.iter().map(|&span| place(span)).collect::<Vec<_>>().join(" "),
        row.sentence.as_ref().map(Sentence::text).unwrap_or_default(),
        or_nothing(&row.source),
        row.as_of.map(day).unwrap_or_default(),
    ]
}

/// The list as CSV (RFC 4180) with a byte order mark, without which Excel takes it for GBK.
pub fn csv(rows: &[Row], sources: &Sources, lang: Lang) -> String {
    let mut out = String::from('\u{feff}');
    let heads = heads(lang);
    out += &csv_row(heads.iter().map(String::as_str));
    for row in rows {
        let cells = cells(row, sources, lang);
        out += &csv_row(cells.iter().map(String::as_str));
    }
    out
}
