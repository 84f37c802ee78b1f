//! `figures`: the list of a report's figures.

use std::io::IsTerminal;
use std::path::Path;

use anyhow::{Result, anyhow};
use report_gen::batch::{Listed, list};
use report_gen::diag::Lang;
use report_gen::figures::suggest::{self, Proposal};
use report_gen::figures::{Row, State, csv::csv, json::json, table::table, xlsx::xlsx};

use super::args::{Figures, ListFormat, Options};
use super::disk::Disk;
use super::exit::ExitStatus;
use super::known::Kind;
use super::ours::{Output, Outputs};
use super::paths::name;
use super::show;
use super::stop::Stop;

pub(super) fn run(args: &Figures, options: &Options) -> Result<ExitStatus> {
    let (listed, rows) = read(&args.file)?;
    if args.suggest {
        return suggest(&listed.proposals, args.output.as_deref(), options);
    }
    let shown: Vec<Row> = rows.into_iter().filter(|row| is_wanted(args, row)).collect();
    let bytes = match args.format {
        ListFormat::Table => {
            let width = args.output.is_none().then(width).flatten();
            table(&shown, &listed.sources, options.lang, args.evidence, width).into_bytes()
        }
        ListFormat::Json => json(&shown, &listed.sources).into_bytes(),
        ListFormat::Csv => csv(&shown, &listed.sources, options.lang).into_bytes(),
        ListFormat::Xlsx => xlsx(&shown, &listed.sources, options.lang)?,
    };
    match &args.output {
        Some(target) => write(target, &bytes, Kind::List, options),
        None if args.format == ListFormat::Xlsx && std::io::stdout().is_terminal() => Err(anyhow!(
            "{}",
            match options.lang {
                Lang::Zh => "xlsx 不能显示，用 -o 写到文件",
                Lang::En => "a workbook cannot be shown; write it to a file with -o",
            }
        )),
        None => {
            match args.format {
                ListFormat::Table | ListFormat::Csv => show::out(&String::from_utf8_lossy(&bytes))?,
                ListFormat::Json | ListFormat::Xlsx => show::raw(&bytes)?,
            }
            Ok(ExitStatus::Clean)
        }
    }
}

/// Shows the rules that the text asks for.
fn suggest(proposals: &[Proposal], target: Option<&Path>, options: &Options) -> Result<ExitStatus> {
    let rules = suggest::toml(proposals, options.lang);
    if proposals.is_empty() && !options.quiet {
        show::err(match options.lang {
            Lang::Zh => "正文里没有看出还缺什么规则\n",
            Lang::En => "the text asks for no rule that is not there\n",
        })?;
    }
    match target {
        Some(target) => write(target, rules.as_bytes(), Kind::Values, options),
        None => show::out(&rules).map(|()| ExitStatus::Clean),
    }
}

fn is_wanted(args: &Figures, row: &Row) -> bool {
    let owner = args.owner.as_deref().is_none_or(|owner| row.owner.as_deref() == Some(owner.trim()));
    owner && (!args.missing || row.state == State::Missing)
}

/// Reads the figures of `file`.
///
/// # Errors
/// [`Stop`] where there is no such file or it is no report.
pub(super) fn read(file: &Path) -> Result<(Listed, Vec<Row>)> {
    let mut listed = list(&name(file), &Disk::new()).map_err(Stop::failed(file))?;
    match listed.rows.take() {
        Some(rows) => Ok((listed, rows)),
        None => Err(Stop::told(listed.sources, listed.diagnostics).into()),
    }
}

/// The columns of the terminal; none where the list goes to a file or a program.
fn width() -> Option<usize> {
    let columns = terminal_size::terminal_size_of(std::io::stdout());
    columns.map(|(width, _)| usize::from(width.0))
}

fn write(target: &Path, bytes: &[u8], kind: Kind, options: &Options) -> Result<ExitStatus> {
    Outputs::new(options).write(&[Output { target: target.to_owned(), bytes, kind }]).map_err(Stop::from)?;
    if !options.quiet {
        let target = target.display();
        show::out(&match options.lang {
            Lang::Zh => format!("已生成 {target}\n"),
            Lang::En => format!("wrote {target}\n"),
        })?;
    }
    Ok(ExitStatus::Clean)
}
