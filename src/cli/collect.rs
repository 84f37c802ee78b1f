//! `collect`: takes the figures out of what others filled in.

use std::path::{Path, PathBuf};

use anyhow::Result;
use report_gen::batch::{Job, Outcome};
use report_gen::collect::{Collected, NotCollected, collect};
use report_gen::diag::{Code, Diagnostic, Lang, Text};
use report_gen::fonts::Fonts;
use report_gen::text;

use super::args::{Collect, Options};
use super::disk::{self, Disk};
use super::exit::ExitStatus;
use super::known::Kind;
use super::ours::{Output, Outputs};
use super::paths::name;
use super::show;
use super::stop::Stop;

/// The greatest form that is read, in bytes.
const MOST: u64 = 64 * 1024 * 1024;

pub(super) fn run(args: &Collect, options: &Options) -> Result<ExitStatus> {
    let is = |file: &Path, extension: &str| file.extension().is_some_and(|own| own.eq_ignore_ascii_case(extension));
    let (reports, forms): (Vec<&PathBuf>, Vec<&PathBuf>) = args.files.iter().partition(|file| is(file, "toml"));
    let report = match reports.as_slice() {
        [] => Path::new("report.toml"),
        [report] => report,
        [_, second, ..] => {
            return Err(refused(second, &text!("报告文件只能有一个", "one report file at a time")).into());
        }
    };
    match forms.as_slice() {
        [draft] if is(draft, "docx") => word(draft, report, args, options),
        [other] => {
            let why = text!(
                "不是在 Word 里填的草稿（.docx）；收填报表要加 --template 模板",
                "no draft filled in Word (.docx); for forms add --template FILE"
            );
            Err(refused(other, &why).into())
        }
        [_, second, ..] => Err(refused(second, &text!("一次收一份草稿", "one draft at a time")).into()),
        [] => Err(refused(report, &text!("还要写上草稿（.docx）的文件名", "the draft (.docx) is not named")).into()),
    }
}

/// A draft that was filled in Word.
fn word(draft: &Path, report: &Path, args: &Collect, options: &Options) -> Result<ExitStatus> {
    let bytes = disk::read_up_to(draft, MOST).map_err(Stop::unreadable(draft))?;
    let job = Job { path: name(report), levels: options.levels.clone(), ..Job::default() };
    let collected = match collect(&bytes, &name(draft), &job, &Disk::new(), &Fonts::bundled()) {
        Ok(collected) => collected,
        Err(NotCollected::Refused(why)) => return Err(refused(draft, &why.text()).into()),
        Err(NotCollected::Failure(failure)) => return Err(Stop::failed(report)(failure)),
    };
    let Collected { outcome, values, typed } = collected;
    let status = show::faults(std::slice::from_ref(&outcome), options, false)?;
    if status != ExitStatus::Clean {
        return Ok(status);
    }
    match &args.output {
        Some(target) => {
            let output = Output { target: target.clone(), bytes: values.as_bytes(), kind: Kind::Values };
            Outputs::new(options).write(&[output]).map_err(Stop::from)?;
        }
        None => show::out(&values)?,
    }
    if !options.quiet {
        show::err(&told(typed, &outcome, args.output.as_deref(), options.lang))?;
    }
    Ok(ExitStatus::Clean)
}

/// How many figures came, and which are still open.
fn told(typed: usize, outcome: &Outcome, target: Option<&Path>, lang: Lang) -> String {
    let open = outcome.missing.len();
    let (to_zh, to_en) = match target.map(Path::display) {
        Some(target) => (format!("，写入 {target}"), format!(", written to {target}")),
        None => Default::default(),
    };
    let mut told = match lang {
        Lang::Zh if open == 0 => format!("收回 {typed} 个{to_zh}，都填齐了\n"),
        Lang::Zh => format!("收回 {typed} 个{to_zh}，还有 {open} 个没填：\n"),
        Lang::En if open == 0 => format!("collected {typed}{to_en}; nothing is open\n"),
        Lang::En => format!("collected {typed}{to_en}; {open} open:\n"),
    };
    told += &show::open(outcome);
    told
}

fn refused(file: &Path, why: &Text) -> Stop {
    let shown = name(file);
    let message = Text { zh: format!("{shown}：{}", why.zh), en: format!("{shown}: {}", why.en) };
    Stop::about(file, Diagnostic::new(Code::Io, message))
}
