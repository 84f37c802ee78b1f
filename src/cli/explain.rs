//! `explain`: what a code means.

use std::fmt::Write as _;

use anyhow::Result;
use report_gen::diag::{Code, Lang};

use super::args::Options;
use super::exit::ExitStatus;
use super::show;

pub(super) fn run(code: Option<&str>, options: &Options) -> Result<ExitStatus> {
    let Some(name) = code else {
        let list: String = Code::ALL.iter().map(|code| format!("{}\n", code.name())).collect();
        show::out(&list)?;
        return Ok(ExitStatus::Clean);
    };
    let Some(code) = Code::from_name(name) else {
        show::err(&match options.lang {
            Lang::Zh => format!("没有“{name}”这个代码；report-gen explain 列出全部\n"),
            Lang::En => format!("there is no code `{name}`; report-gen explain lists them all\n"),
        })?;
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
