//! `build`: checks, then writes every output of every file, or nothing.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Result;
use report_gen::batch::{Job, Outcome};
use report_gen::diag::{Code, Diagnostic, Lang};
use report_gen::layout::{Breaking, SmallTable};
use report_gen::text;

use super::args::{Build, Options};
use super::disk;
use super::exit::ExitStatus;
use super::jobs::outcomes;
use super::ours::{Output, Outputs};
use super::paths::name;
use super::replace::identity;
use super::show;
use super::stop::Stop;

pub(super) fn run(build: &Build, options: &Options) -> Result<ExitStatus> {
    let job = Job {
        formats: build.formats.clone(),
        levels: options.levels.clone(),
        draft: build.draft,
        against: build.against.as_deref().map(name),
        pdf_standard: build.pdf_standard,
        count_lines: options.verbose,
        ..Job::default()
    };
    let outcomes = outcomes(&build.files, &job, options)?;
    write(&build.files, outcomes, build.dir.as_deref(), options)
}

/// Tells the faults of the reports `files`, and writes the outputs of all where none is an error.
pub(super) fn write(
    files: &[PathBuf],
    mut outcomes: Vec<Outcome>,
    dir: Option<&Path>,
    options: &Options,
) -> Result<ExitStatus> {
    let targets: Vec<Vec<PathBuf>> = files
        .iter()
        .zip(&outcomes)
        .map(|(file, outcome)| {
            let dir = dir.or(file.parent()).unwrap_or(Path::new(""));
            outcome.outputs().map(|(name, _)| dir.join(name)).collect()
        })
        .collect();
    collisions(&targets, files, &mut outcomes);
    let status = show::faults(&outcomes, options, false)?;
    if status != ExitStatus::Clean {
        return Ok(status);
    }
    if let Some(dir) = dir {
        disk::make_folder(dir).map_err(Stop::from)?;
    }
    let files = outcomes.iter().flat_map(|outcome| outcome.outputs().map(|(_, file)| file));
    let outputs: Vec<Output<'_>> =
        targets.iter().flatten().zip(files).map(|(target, file)| Output::report(target, file)).collect();
    Outputs::new(options).write(&outputs).map_err(Stop::from)?;
    let mut told = String::new();
    for (outcome, targets) in outcomes.iter().zip(&targets) {
        for (target, (_, (_, bytes))) in targets.iter().zip(outcome.outputs()) {
            let (target, kb) = (target.display(), bytes.len().div_ceil(1000));
            let _ = match options.lang {
                Lang::Zh => writeln!(told, "已生成 {target}（{kb} kB）"),
                Lang::En => writeln!(told, "wrote {target} ({kb} kB)"),
            };
        }
        if outcome.doc.is_some() {
            told += &open(outcome, options.lang);
        }
        if options.verbose {
            let (blocks, figures) = (outcome.blocks, outcome.figures);
            show::err(&match options.lang {
                Lang::Zh => format!("{blocks} 段，{figures} 个数\n"),
                Lang::En => format!("{blocks} paragraphs, {figures} figures\n"),
            })?;
            show::own_words(outcome, options.lang)?;
            if let Some(breaking) = &outcome.breaking {
                show::err(&broken(breaking, options.lang))?;
            }
            show::err(&small(&outcome.small, options.lang))?;
        }
    }
    if !options.quiet {
        show::out(&told)?;
    }
    Ok(ExitStatus::Clean)
}

/// How the paragraphs were broken into lines, and what the signature took along.
fn broken(breaking: &Breaking, lang: Lang) -> String {
    let &Breaking { paragraphs, anew, loose, lone, still_loose, with_signature, fitted } = breaking;
    let mut told = match lang {
        Lang::Zh => format!(
            "断行：{paragraphs} 段中重排 {anew} 段（字距过大 {loose} 段，末行孤字 {lone} 段），字距仍超过四分之一字的 {still_loose} 行\n"
        ),
        Lang::En => format!(
            "lines: {anew} of {paragraphs} paragraphs broken anew ({loose} for wide gaps, {lone} for a lone last character), \
             {still_loose} lines with gaps over a quarter em\n"
        ),
    };
    if let Some(lines) = fitted {
        told += &match lang {
            Lang::Zh => format!("落款：每面改排 {lines} 行，使落款和正文同页（GB/T 9704 第 7.3.5.5 条）\n"),
            Lang::En => {
                format!("signature: pages have {lines} lines, so that it stands with the text (GB/T 9704 7.3.5.5)\n")
            }
        };
    }
    if with_signature > 0 {
        told += &match lang {
            Lang::Zh => format!("落款：单独成页，带去正文 {with_signature} 行（GB/T 9704 第 7.3.5.5 条）\n"),
            Lang::En => {
                format!("signature: {with_signature} lines of the text go with it to its page (GB/T 9704 7.3.5.5)\n")
            }
        };
    }
    told
}

/// Which tables are set in smaller type, since their columns have no room for the usual.
fn small(tables: &[SmallTable], lang: Lang) -> String {
    let line = |table: &SmallTable| {
        let (name, points) = (&table.name, table.size.to_pt());
        match lang {
            Lang::Zh => format!("表格：“{name}”列多，改用 {points} 磅的小字\n"),
            Lang::En => format!("table: `{name}` is set in type of {points} pt, for its columns\n"),
        }
    };
    tables.iter().map(line).collect()
}

/// What a draft leaves open: how many figures, and where each is asked for.
fn open(outcome: &Outcome, lang: Lang) -> String {
    let (filled, figures) = (outcome.filled, outcome.figures);
    let mut told = match (lang, outcome.missing.len()) {
        (Lang::Zh, 0) => format!("已填 {filled}/{figures}，没有空了\n"),
        (Lang::Zh, missing) => format!("已填 {filled}/{figures}，还有 {missing} 个没填：\n"),
        (Lang::En, 0) => format!("{filled}/{figures} filled, nothing is open\n"),
        (Lang::En, missing) => format!("{filled}/{figures} filled, {missing} open:\n"),
    };
    told += &show::open(outcome);
    told
}

/// Two reports that would write one file are told before either is written.
fn collisions(targets: &[Vec<PathBuf>], files: &[PathBuf], outcomes: &mut [Outcome]) {
    let mut owners: BTreeMap<(PathBuf, String), usize> = BTreeMap::new();
    for (index, targets) in targets.iter().enumerate() {
        for target in targets {
            let owner = *owners.entry(identity(target)).or_insert(index);
            if owner != index {
                let (target, other) = (name(target), name(&files[owner]));
                outcomes[index].diagnostics.push(
                    Diagnostic::new(
                        Code::OutputCollision,
                        text!("会与 {other} 写同一个文件 {target}", "would write {target}, as {other} does"),
                    )
                    .help(text!("在其中一个的 [report] 里改 output", "change output in [report] of one of them")),
                );
            }
        }
    }
}
