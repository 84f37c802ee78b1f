//! `collect`, of forms: the towns' answers as one table.

use std::path::Path;

use anyhow::{Result, anyhow};
use report_gen::batch::{Collected, Failure, Input, Towns};
use report_gen::diag::{Diagnostic, Lang};
use report_gen::fonts::Fonts;

use super::args::{CollectForms, Options};
use super::batch::inputs;
use super::check::{name, unreadable};
use super::disk::{self, Disk};
use super::exit::ExitStatus;
use super::show::{self, not_written};

pub(super) fn run(args: &CollectForms, options: &Options) -> Result<ExitStatus> {
    let is_csv = args.output.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    if !is_csv {
        return Err(anyhow!(match options.lang {
            Lang::Zh => "数表的文件名要以 .csv 结尾",
            Lang::En => "the table's file name must end with .csv",
        }));
    }
    let read = inputs(&args.forms, None).and_then(|forms| Ok((forms, roster(args.roster.as_deref())?)));
    let (forms, roster) = match read {
        Ok(read) => read,
        Err(fault) => return show::fault(*fault, options),
    };
    let template = name(&args.template);
    let collected =
        Towns::collect(&template, &forms, roster.as_ref(), &options.levels, &Disk::new(), &Fonts::bundled());
    let Collected { table, towns, outcomes } = match collected {
        Ok(collected) => collected,
        Err(Failure::Read(error)) => {
            return show::fault(unreadable(&args.template, &error), options);
        }
        Err(Failure::Write(error)) => return Err(anyhow!(error)),
    };
    let status = show::faults(&outcomes, options, false)?;
    let Some(table) = table else { return Ok(status) };
    if let Err(refused) = disk::write(&[(args.output.clone(), table.as_bytes())]) {
        return show::fault(not_written(&refused), options);
    }
    if !options.quiet {
        let output = args.output.display();
        show::out(&match options.lang {
            Lang::Zh => format!("已收 {towns} 镇，写入 {output}\n"),
            Lang::En => format!("collected {towns} towns into {output}\n"),
        })?;
    }
    Ok(status)
}

fn roster(path: Option<&Path>) -> Result<Option<Input>, Box<Diagnostic>> {
    let Some(path) = path else { return Ok(None) };
    let bytes = disk::read(path).map_err(|error| Box::new(unreadable(path, &error)))?;
    Ok(Some(Input { path: name(path), bytes }))
}
