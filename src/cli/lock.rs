//! `lock`: notes with which templates the reports of a folder were checked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use report_gen::batch::{Failure, LOCK, Lock, ToLock, to_lock};
use report_gen::diag::{Code, Diagnostic, Lang};
use report_gen::fonts::Fonts;
use report_gen::source::Span;
use report_gen::text;

use super::args::{Lock as Args, Options};
use super::disk::{self, Disk};
use super::exit::ExitStatus;
use super::known::Kind;
use super::ours::{Output, Outputs};
use super::paths::{name, unreadable};
use super::show;
use super::stop::Stop;

pub(super) fn run(args: &Args, options: &Options) -> Result<ExitStatus> {
    let (disk, fonts) = (Disk::new(), Fonts::bundled());
    let mut outcomes = Vec::new();
    let mut locks: BTreeMap<PathBuf, Lock> = BTreeMap::new();
    let mut told = String::new();
    for file in &args.files {
        let ToLock { template, named, mut outcome } = match to_lock(&name(file), &options.levels, &disk, &fonts) {
            Ok(read) => read,
            Err(Failure::Read(error)) => {
                outcomes.push(unreadable(file, &error));
                continue;
            }
            Err(Failure::Write(error)) => return Err(anyhow!(error)),
        };
        if let Some((template, now)) = template {
            let target = file.with_file_name(LOCK);
            if !locks.contains_key(&target) {
                locks.insert(target.clone(), read(&target)?);
            }
            let lock = locks.entry(target).or_default();
            match lock.templates.get(&template) {
                Some(was) if *was != now && !args.update => {
                    outcome.diagnostics.push(changed(&template, named));
                }
                _ => {
                    told += &line(&template, now.version.as_deref(), &now.hash, options.lang);
                    lock.templates.insert(template, now);
                }
            }
        } else if outcome.diagnostics.is_empty() {
            let file = name(file);
            told += &match options.lang {
                Lang::Zh => format!("{file} 没有用模板\n"),
                Lang::En => format!("{file} builds on no template\n"),
            };
        }
        outcomes.push(outcome);
    }
    let status = show::faults(&outcomes, options, false)?;
    if status != ExitStatus::Clean {
        return Ok(status);
    }
    let texts: Vec<(PathBuf, String)> = locks.into_iter().map(|(target, lock)| (target, lock.write())).collect();
    Outputs::new(options).write(&outputs(&texts)).map_err(Stop::from)?;
    if !options.quiet {
        show::out(&told)?;
    }
    Ok(ExitStatus::Clean)
}

fn outputs(texts: &[(PathBuf, String)]) -> Vec<Output<'_>> {
    texts
        .iter()
        .map(|(target, text)| Output { target: target.clone(), bytes: text.as_bytes(), kind: Kind::Lock })
        .collect()
}

/// The lock that is there; one that can't be read is empty, and is written anew where it may be replaced.
fn read(target: &Path) -> Result<Lock> {
    match disk::look(target) {
        Ok(bytes) => Ok(Lock::read(&bytes).unwrap_or_default()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Lock::default()),
        Err(error) => Err(anyhow!("{}: {error}", target.display())),
    }
}

fn changed(template: &str, named: Option<Span>) -> Diagnostic {
    let fault = Diagnostic::new(
        Code::TemplateChanged,
        text!("模板 {template} 换了，不是 {LOCK} 记的那一份", "the template {template} is not the one in {LOCK}"),
    );
    let fault = named.into_iter().fold(fault, Diagnostic::at);
    fault.help(text!(
        "先看 report-gen diff 旧模板 新模板，再加 --update",
        "see report-gen diff OLD NEW, then add --update"
    ))
}

fn line(template: &str, version: Option<&str>, hash: &str, lang: Lang) -> String {
    let version = version.unwrap_or_default();
    match lang {
        Lang::Zh if version.is_empty() => format!("已锁定 {template} sha256 {hash}\n"),
        Lang::Zh => format!("已锁定 {template} {version} 版 sha256 {hash}\n"),
        Lang::En if version.is_empty() => format!("locked {template} sha256 {hash}\n"),
        Lang::En => format!("locked {template} version {version} sha256 {hash}\n"),
    }
}
