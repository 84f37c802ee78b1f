//! `explain`: what a code means.

use std::fmt::Write as _;

use anyhow::Result;
use report_gen::diag::level::no_such_code;
use report_gen::diag::{Code, Lang, Severity};
use unicode_width::UnicodeWidthStr;

use super::args::Options;
use super::exit::ExitStatus;
use super::show;

pub(super) fn run(code: Option<&str>, options: &Options) -> Result<ExitStatus> {
    let Some(name) = code else {
        show::out(&list(options.lang))?;
        return Ok(ExitStatus::Clean);
    };
    let Some(code) = Code::from_name(name) else {
        show::err(&format!("{}\n", no_such_code(name, options.lang)))?;
        return Ok(ExitStatus::Failed);
    };
    let page = code.explanation(options.lang);
    let mut text = format!("{name}\n\n{}\n", page.meaning);
    if !page.wrong.is_empty() {
        let (wrong, right) = match options.lang {
            Lang::Zh => ("错误的写法", "正确的写法"),
            Lang::En => ("Wrong", "Right"),
        };
        for (head, example) in [(wrong, page.wrong), (right, page.right)] {
            let _ = write!(text, "\n{head}:\n\n");
            for line in example.lines() {
                let _ = writeln!(text, "    {line}");
            }
        }
    }
    show::out(&text)?;
    Ok(ExitStatus::Clean)
}

/// Every code with its grade and what it means in a sentence, in columns of the terminal.
fn list(lang: Lang) -> String {
    let grade = |code: Code| match (code.severity(), lang) {
        (Severity::Error, Lang::Zh) => "错误",
        (Severity::Warning, Lang::Zh) => "警告",
        (Severity::Hint, Lang::Zh) => "提示",
        (severity, Lang::En) => severity.name(),
    };
    let rows: Vec<[&str; 3]> = Code::ALL.iter().map(|&code| [code.name(), grade(code), code.summary(lang)]).collect();
    let widest = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or_default();
    let widths = [widest(0), widest(1)];
    let mut text = String::new();
    for [name, grade, summary] in &rows {
        for (cell, width) in [name, grade].into_iter().zip(widths) {
            let _ = write!(text, "{cell}{}", " ".repeat(width + 2 - cell.width()));
        }
        let _ = writeln!(text, "{summary}");
    }
    text
}
