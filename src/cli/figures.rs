//! `figures`: the list of a report's figures.

use std::io::IsTerminal;
use std::path::Path;

use anyhow::{Result, anyhow};
use report_gen::batch::{Failure, Listed, Outcome, list};
use report_gen::diag::Lang;
use report_gen::figures::{Row, State, csv::csv, json::json, table::table, xlsx::xlsx};

use super::args::{Figures, ListFormat, Options};
use super::check::{name, unreadable};
use super::disk::{self, Disk};
use super::exit::ExitStatus;
use super::show::{self, not_written};

pub(super) fn run(args: &Figures, options: &Options) -> Result<ExitStatus> {
    let listed = match read(&args.file, options)? {
        Ok(listed) => listed,
        Err(status) => return Ok(status),
    };
    let Some(rows) = listed.rows else {
        return faults(listed, options);
    };
    let shown: Vec<Row> = rows.into_iter().filter(|row| is_wanted(args, row)).collect();
    let bytes = match args.format {
        ListFormat::Table => {
            let width = args.output.is_none().then(width).flatten();
            table(&shown, &listed.sources, options.lang, args.evidence, width).into_bytes()
        }
        ListFormat::Json => json(&shown, &listed.sources)?.into_bytes(),
        ListFormat::Csv => csv(&shown, &listed.sources, options.lang).into_bytes(),
        ListFormat::Xlsx => xlsx(&shown, &listed.sources, options.lang)?,
    };
    match &args.output {
        Some(target) => write(target, &bytes, options),
        None if args.format == ListFormat::Xlsx && std::io::stdout().is_terminal() => Err(anyhow!(
            "{}",
            match options.lang {
                Lang::Zh => "xlsx 不能显示，用 -o 写到文件",
                Lang::En => "a workbook cannot be shown; write it to a file with -o",
            }
        )),
        None => {
            show::raw(&bytes)?;
            Ok(ExitStatus::Clean)
        }
    }
}

fn is_wanted(args: &Figures, row: &Row) -> bool {
    let owner = args.owner.as_deref().is_none_or(|owner| row.owner.as_deref() == Some(owner.trim()));
    owner && (!args.missing || row.state == State::Missing)
}

/// Reads the figures of `file`; where there is no such file says so.
pub(super) fn read(file: &Path, options: &Options) -> Result<Result<Listed, ExitStatus>> {
    match list(&name(file), &Disk::new()) {
        Ok(listed) => Ok(Ok(listed)),
        Err(Failure::Read(error)) => show::fault(unreadable(file, &error), options).map(Err),
        Err(Failure::Write(error)) => Err(anyhow!(error)),
    }
}

/// Tells why a file is no report.
pub(super) fn faults(listed: Listed, options: &Options) -> Result<ExitStatus> {
    let Listed { sources, diagnostics, .. } = listed;
    show::faults(&[Outcome { sources, diagnostics, ..Outcome::default() }], options, false)
}

/// The columns of the terminal; none where the list goes to a file or a program.
fn width() -> Option<usize> {
    let columns = terminal_size::terminal_size_of(std::io::stdout());
    columns.map(|(width, _)| usize::from(width.0))
}

pub(super) fn write(target: &Path, bytes: &[u8], options: &Options) -> Result<ExitStatus> {
    if let Err(refused) = disk::write(&[(target.to_owned(), bytes)]) {
        return show::fault(not_written(&refused), options);
    }
    if !options.quiet {
        let target = target.display();
        show::out(&match options.lang {
            Lang::Zh => format!("已生成 {target}\n"),
            Lang::En => format!("wrote {target}\n"),
        })?;
    }
    Ok(ExitStatus::Clean)
}
