//! Blank forms: the figures that a template asks for, a row each, with what they may be.
//!
//! A form has a head ([`HEADS`]), a row for the town's name, and a row a figure; what is filled in stands in
//! [`VALUE`], and [`ADDRESS`] says which figure it is. A table has a row a town and a column a figure instead.

mod field;
#[cfg(test)]
mod tests;
mod workbook;

pub use field::{Field, fields};
pub use workbook::{BookError, form, table};

use crate::manifest::Kind;
use crate::sheet;

/// The heads of a form.
pub const HEADS: [&str; 7] = ["指标", "正文", "单位", "填写", "说明", "由谁填", "编号"];
/// Number of the column that is filled in.
pub const VALUE: usize = 3;
/// Number of the column with the figure's address.
pub const ADDRESS: usize = 6;
/// What stands for an address in the row of the town's name.
pub const TOWN: &str = "#town";
/// The head of a table's first column.
pub const TOWN_HEAD: &str = "乡镇";

/// The rows of a form below its head.
fn rows(fields: &[Field]) -> Vec<[String; 7]> {
    let own = |text: &str| text.to_owned();
    let town = [own(TOWN_HEAD), String::new(), String::new(), String::new(), own("填镇名"), String::new(), own(TOWN)];
    let row = |field: &Field| {
        [
            own(field.name()),
            field.sentence.clone(),
            field.unit.clone(),
            String::new(),
            field.advice(),
            field.owner.clone(),
            field.address.clone(),
        ]
    };
    std::iter::once(town).chain(fields.iter().map(row)).collect()
}

/// The form as CSV, with the byte order mark by which spreadsheets know UTF-8.
pub fn form_csv(fields: &[Field]) -> String {
    let mut csv = format!("\u{feff}{}", sheet::csv_row(HEADS));
    for row in rows(fields) {
        csv += &sheet::csv_row(row.iter().map(String::as_str));
    }
    csv
}

/// The head of a table as CSV.
pub fn table_csv(fields: &[Field]) -> String {
    let heads = std::iter::once(TOWN_HEAD.to_owned()).chain(heads(fields));
    let heads: Vec<String> = heads.collect();
    format!("\u{feff}{}", sheet::csv_row(heads.iter().map(String::as_str)))
}

/// The heads of a table's columns: labels where no two figures have one, else addresses.
fn heads(fields: &[Field]) -> Vec<String> {
    let is_unique = |name: &str| fields.iter().filter(|field| field.name() == name).count() == 1;
    let head = |field: &Field| {
        let labelled = field.label.as_deref().filter(|label| is_unique(label));
        labelled.map_or_else(|| field.address.clone(), str::to_owned)
    };
    fields.iter().map(head).collect()
}

/// What a kind of figure is called in a form.
fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Integer => "整数",
        Kind::Number => "数字",
        Kind::Percent => "百分数，只写数字",
        Kind::Money => "金额，只写数字",
        Kind::Text => "文字",
        Kind::Date => "日期",
        Kind::List => "名称，用、隔开",
    }
}
