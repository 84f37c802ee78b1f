//! The list as the beginning of a report file: a line a figure, its value still empty, its sentence above it.

use std::fmt::Write;

use super::{Row, State};
use crate::fill::Shape;
use crate::manifest::{key_literal, quote};

/// A report file on the template that it calls `template`, for the figures `rows` of that; `called` is what people call
/// the template, with its version.
pub fn start(rows: &[Row], template: &str, called: &str) -> String {
    let mut out = format!(
        "#:schema ./report.schema.json\n\
         # 用模板{}写的报告。每个数的上一行是它在正文里的句子，【】是要填的地方。\n\
         # 把数填进引号里，填好后运行：report-gen check；看样子：report-gen build --draft\n\n\
         template = {}\n\n[figures]\n",
        comment(&format!("“{called}”")),
        quote(template),
    );
    for row in rows {
        let optional = match row.state {
            State::Missing => false,
            State::Default | State::LeftOut => true,
            State::Filled | State::Computed | State::Faulty | State::Unused => continue,
        };
        // Writing to a string cannot fail.
        if let Some(sentence) = &row.sentence {
            let _ = writeln!(
                out,
                "# {}【{}】{}",
                comment(&sentence.before),
                comment(&sentence.hole),
                comment(&sentence.after)
            );
        }
        let about = about(row, optional);
        if !about.is_empty() {
            let _ = writeln!(out, "# {}", comment(&about));
        }
        if row.named {
            let _ = writeln!(out, "# 这个空模板里还没有取名，请县里改成 X{{{}}}\n", comment(&row.key));
            continue;
        }
        let mark = if optional { "# " } else { "" };
        let _ = writeln!(out, "{mark}{} = {}\n", key_literal(&row.address), empty(row));
    }
    out.truncate(out.trim_end().len());
    out + "\n"
}

/// What is to be said of a figure besides its sentence.
fn about(row: &Row, optional: bool) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(row.label.clone().filter(|label| *label != row.key));
    let is_list = matches!(row.shape, Shape::List { .. });
    // The words after a list's holes are no unit.
    parts.extend(row.unit.as_ref().filter(|_| !is_list).map(|unit| format!("单位：{unit}")));
    parts.extend(row.hint.clone());
    parts.extend(row.owner.as_ref().map(|owner| format!("由{owner}填")));
    if is_list && row.hint.is_none() {
        parts.push("几个名称用、隔开".into());
    }
    match (optional, &row.value) {
        (true, Some(value)) => parts.push(format!("可以不填，不填就是 {value}；要填就去掉下一行的 #")),
        (true, None) => parts.push("可以不填；要填就去掉下一行的 #".into()),
        (false, _) => {}
    }
    parts.join("；")
}

/// The value that says that there is none yet.
fn empty(row: &Row) -> String {
    match row.shape {
        Shape::Several(holes) if !row.is_date => format!("[{}]", vec!["\"\""; holes].join(", ")),
        Shape::One | Shape::Several(_) | Shape::List { .. } => "\"\"".into(),
    }
}

/// Words of a template, which may be anything, on one line.
fn comment(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
