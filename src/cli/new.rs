//! `new`: a report file to begin with.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use report_gen::batch::{LOCK, Listed, Lock, ToLock, to_lock};
use report_gen::bundle::is_bundle;
use report_gen::diag::Lang;
use report_gen::diag::level::Levels;
use report_gen::figures::start::start;
use report_gen::fonts::Fonts;
use report_gen::manifest::schema;

use super::args::{New, Options};
use super::disk::{self, Disk};
use super::exit::ExitStatus;
use super::figures;
use super::known::Kind;
use super::ours::{Output, Outputs};
use super::paths::{name, template};
use super::show;
use super::stop::Stop;

/// What a new report says; its comments tell a clerk what to change.
const STARTER: &str = include_str!("starter.toml");
/// The schema that its first line names, for editors (taplo and those built on it).
const SCHEMA: &str = "report.schema.json";
/// What a new report is called.
const REPORT: &str = "report.toml";

pub(super) fn run(new: &New, options: &Options) -> Result<ExitStatus> {
    let Some(from) = &new.from else { return write(&new.dir, STARTER, &[], options) };
    let template = template(from);
    let (Listed { called, .. }, rows) = figures::read(&template)?;
    let mut copies = Vec::new();
    let named = if is_bundle(&name(&template)) {
        let file = template.file_name().unwrap_or_default().to_string_lossy().into_owned();
        copies.push((new.dir.join(&file), disk::read(&template)?));
        file
    } else {
        relative(&new.dir, &template)?
    };
    let report = start(&rows, &named, called.as_deref().unwrap_or(&named));
    write(&new.dir, &report, &copies, options)
}

/// Writes the report, and the bundle that it builds on beside it, with its lock.
fn write(dir: &Path, report: &str, bundles: &[(PathBuf, Vec<u8>)], options: &Options) -> Result<ExitStatus> {
    let target = dir.join(REPORT);
    let there = |path: &Path| {
        let path = path.display();
        show::err(&match options.lang {
            Lang::Zh => format!("{path} 已经有了，没有改动它\n"),
            Lang::En => format!("{path} is there already and was left as it is\n"),
        })
        .map(|()| ExitStatus::Failed)
    };
    disk::make_folder(dir).map_err(Stop::from)?;
    if target.exists() {
        return there(&target);
    }
    let outputs = Outputs::new(options);
    if !bundles.is_empty() {
        outputs.check(&[(&dir.join(LOCK), Kind::Lock)]).map_err(Stop::from)?;
    }
    for (bundle, bytes) in bundles {
        match disk::create(bundle, bytes) {
            // The very one may be there, or be the one that was named.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                if disk::read(bundle)? != *bytes {
                    return there(bundle);
                }
            }
            made => made.map_err(|error| anyhow!("{}: {error}", bundle.display()))?,
        }
    }
    match disk::create(&target, report.as_bytes()) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return there(&target),
        made => made.map_err(|error| anyhow!("{}: {error}", target.display()))?,
    }
    if !bundles.is_empty() {
        lock(&target, &outputs)?;
    }
    let beside = dir.join(SCHEMA);
    match disk::create(&beside, schema::json().as_bytes()) {
        // That of another report in the folder: it serves both.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(anyhow!("{}: {error}", beside.display())),
        Ok(()) => {}
    }
    if !options.quiet {
        let target = target.display();
        show::out(&match options.lang {
            Lang::Zh => format!("已新建 {target}\n改好后运行：report-gen build {target}\n"),
            Lang::En => format!("made {target}\nthen: report-gen build {target}\n"),
        })?;
    }
    Ok(ExitStatus::Clean)
}

/// Notes the bundle with which a report begins.
fn lock(report: &Path, outputs: &Outputs<'_>) -> Result<()> {
    let read = to_lock(&name(report), &Levels::default(), &Disk::new(), &Fonts::bundled());
    let Ok(ToLock { template: Some((template, now)), .. }) = read else { return Ok(()) };
    let target = report.with_file_name(LOCK);
    let mut lock = disk::look(&target).ok().and_then(|bytes| Lock::read(&bytes)).unwrap_or_default();
    lock.templates.insert(template, now);
    let text = lock.write();
    Ok(outputs.write(&[Output { target, bytes: text.as_bytes(), kind: Kind::Lock }]).map_err(Stop::from)?)
}

/// The path of `template` as a report in `dir` names it.
fn relative(dir: &Path, template: &Path) -> Result<String> {
    let of = |path: &Path| {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        std::fs::create_dir_all(dir)?;
        path.canonicalize()
    };
    let failed = |error| anyhow!("{}: {error}", template.display());
    let (from, to) = (of(dir).map_err(failed)?, of(template).map_err(failed)?);
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        // Another drive of Windows, which no path of a report can name.
        return Err(anyhow!("{}: another drive", template.display()));
    }
    let up = from.components().skip(shared).map(|_| "..".to_owned());
    let down = to.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    Ok(up.chain(down).collect::<Vec<_>>().join("/"))
}
