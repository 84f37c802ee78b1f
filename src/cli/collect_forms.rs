//! `collect`, of forms: the towns' answers as one table, or as files of values.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use report_gen::batch::{Answered, Collected, Input, Towns};
use report_gen::diag::{Code, Diagnostic, Lang};
use report_gen::fonts::Fonts;
use report_gen::sheet::MAX_BYTES;
use report_gen::text;
use report_gen::world::is_file_stem;

use super::args::{CollectForms, Options};
use super::batch::inputs;
use super::disk::{self, Disk};
use super::exit::ExitStatus;
use super::known::Kind;
use super::ours::{Output, Outputs};
use super::paths::name;
use super::show;
use super::stop::Stop;

/// What the answers are written as.
enum Target {
    /// One table, a row a town.
    Table,
    /// One town's file of values.
    File,
    /// A folder with such a file for each town.
    Folder,
}

impl Target {
    fn of(output: &Path) -> Option<Self> {
        let is = |extension: &str| output.extension().is_some_and(|own| own.eq_ignore_ascii_case(extension));
        let is_folder = output.is_dir() || output.as_os_str().to_string_lossy().ends_with(['/', '\\']);
        match () {
            () if is_folder => Some(Target::Folder),
            () if is("csv") => Some(Target::Table),
            () if is("toml") => Some(Target::File),
            () => None,
        }
    }
}

pub(super) fn run(args: &CollectForms, options: &Options) -> Result<ExitStatus> {
    let Some(target) = Target::of(&args.output) else {
        return Err(anyhow!(match options.lang {
            Lang::Zh => "-o 写 .csv（一行一镇的数表）、.toml（一个镇的数）或文件夹（以 / 结尾，一镇一个 .toml）",
            Lang::En =>
                "-o takes .csv (a table, a row a town), .toml (one town's values) or a folder/ (a .toml a town)",
        }));
    };
    let (forms, roster) = (inputs(&args.forms, &[&args.output])?, roster(args.roster.as_deref())?);
    if forms.is_empty() {
        let names: Vec<String> = args.forms.iter().map(|form| name(form)).collect();
        let names = names.join("、");
        let message = text!("{names} 里没有填报表，没有收到一个镇", "{names}: no form there, and so no town");
        let help = text!("填报表是 .xlsx 或 .csv，放在这个文件夹里", "forms are .xlsx or .csv files in the folder");
        let about = args.forms.first().map_or(Path::new(""), PathBuf::as_path);
        return Err(Stop::about(about, Diagnostic::new(Code::MissingTown, message).help(help)).into());
    }
    let template = name(&args.template);
    let collected =
        Towns::collect(&template, &forms, roster.as_ref(), &options.levels, &Disk::new(), &Fonts::bundled());
    let Collected { answers, outcomes } = collected.map_err(Stop::failed(&args.template))?;
    let status = show::faults(&outcomes, options, false)?;
    let Some(answers) = answers else { return Ok(status) };
    let files = files(&answers, &target, &args.output)?;
    if let Target::Folder = target {
        disk::make_folder(&args.output).map_err(Stop::from)?;
    }
    let kind = match target {
        Target::Table => Kind::List,
        Target::File | Target::Folder => Kind::Values,
    };
    let outputs: Vec<Output<'_>> = files.into_iter().map(|(target, bytes)| Output { target, bytes, kind }).collect();
    Outputs::new(options).write(&outputs).map_err(Stop::from)?;
    if !options.quiet {
        let (towns, output) = (answers.files.len(), args.output.display());
        show::out(&match options.lang {
            Lang::Zh => format!("已收 {towns} 镇，写入 {output}\n"),
            Lang::En => format!("collected {towns} towns into {output}\n"),
        })?;
    }
    Ok(status)
}

/// The files that are written, by their paths.
fn files<'a>(answers: &'a Answered, target: &Target, output: &Path) -> Result<Vec<(PathBuf, &'a [u8])>, Stop> {
    match (target, answers.files.as_slice()) {
        (Target::Table, _) => Ok(vec![(output.to_owned(), answers.table.as_bytes())]),
        (Target::File, [(_, toml)]) => Ok(vec![(output.to_owned(), toml.as_bytes())]),
        (Target::File, towns) => {
            let count = towns.len();
            let message = text!(
                "收到 {count} 镇，一个 .toml 只写一个镇的数",
                "there are {count} towns, and a .toml has one town's values"
            );
            let fault = Diagnostic::new(Code::BadOutputName, message).help(text!(
                "-o 写文件夹，如 -o 各镇/，一镇一个文件；或写 towns.csv",
                "write into a folder, as in -o towns/, a file a town; or into towns.csv"
            ));
            Err(Stop::about(output, fault))
        }
        (Target::Folder, towns) => {
            let file = |(town, toml): &'a (String, String)| match is_file_stem(town) {
                true => Ok((output.join(format!("{town}.toml")), toml.as_bytes())),
                false => {
                    let message = text!("“{town}”不能作文件名", "`{town}` can't be a file's name");
                    let fault = Diagnostic::new(Code::BadOutputName, message).help(text!(
                        "在填报表里改镇名，或写 towns.csv",
                        "change the town's name in its form, or write towns.csv"
                    ));
                    Err(Stop::about(output, fault))
                }
            };
            towns.iter().map(file).collect()
        }
    }
}

fn roster(path: Option<&Path>) -> Result<Option<Input>, Stop> {
    let Some(path) = path else { return Ok(None) };
    let bytes = disk::read_within(path, MAX_BYTES).map_err(Stop::unreadable(path))?;
    Ok(Some(Input { path: name(path), bytes, is_of_folder: false }))
}
