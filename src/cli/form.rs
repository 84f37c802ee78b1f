//! `form`: the blank form of a template.

use anyhow::{Result, anyhow};
use report_gen::batch::{Asked, Towns};
use report_gen::diag::Lang;
use report_gen::fonts::Fonts;
use report_gen::form;

use super::args::{Form, Options};
use super::disk::Disk;
use super::exit::ExitStatus;
use super::known::Kind;
use super::ours::{Output, Outputs};
use super::paths::name;
use super::show;
use super::stop::Stop;

pub(super) fn run(args: &Form, options: &Options) -> Result<ExitStatus> {
    let extension = args.output.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    if !matches!(extension.as_str(), "xlsx" | "csv") {
        return Err(anyhow!(match options.lang {
            Lang::Zh => "填报表的文件名要以 .xlsx 或 .csv 结尾",
            Lang::En => "the form's file name must end with .xlsx or .csv",
        }));
    }
    let asked =
        Towns::asked(&name(&args.template), args.owner.as_deref(), &options.levels, &Disk::new(), &Fonts::bundled());
    let Asked { fields, outcome } = asked.map_err(Stop::failed(&args.template))?;
    let status = show::faults(&[outcome], options, false)?;
    let Some(fields) = fields else { return Ok(status) };
    let bytes = match (extension.as_str(), args.table) {
        ("csv", false) => form::form_csv(&fields).into_bytes(),
        ("csv", true) => form::table_csv(&fields).into_bytes(),
        (_, false) => form::form(&fields)?,
        (_, true) => form::table(&fields)?,
    };
    let output = Output { target: args.output.clone(), bytes: &bytes, kind: Kind::List };
    Outputs::new(options).write(&[output]).map_err(Stop::from)?;
    if !options.quiet {
        let (count, output) = (fields.len(), args.output.display());
        show::out(&match options.lang {
            Lang::Zh => format!("已生成 {output}：{count} 个数\n"),
            Lang::En => format!("wrote {output}: {count} figures\n"),
        })?;
    }
    Ok(status)
}
