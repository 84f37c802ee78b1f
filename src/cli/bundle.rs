//! `pack` and `unpack`: a template as one file, and the file as a folder.

use std::path::Path;

use anyhow::{Result, anyhow};
use report_gen::batch::{Packed, pack as gather};
use report_gen::bundle::{Bundle, BundleFault, EXTENSION, MOST_BYTES, is_bundle};
use report_gen::diag::Lang;
use report_gen::diag::render::Counts;
use report_gen::fonts::Fonts;
use report_gen::source::{Sources, Span};

use super::args::{Options, Pack, Unpack};
use super::disk::{self, Disk};
use super::exit::ExitStatus;
use super::known::Kind;
use super::ours::{Output, Outputs};
use super::paths::{name, template};
use super::show;
use super::stop::Stop;

pub(super) fn pack(args: &Pack, options: &Options) -> Result<ExitStatus> {
    if !is_bundle(&name(&args.output)) {
        return Err(anyhow!(match options.lang {
            Lang::Zh => format!("模板包的文件名要以 {EXTENSION} 结尾"),
            Lang::En => format!("the bundle's file name must end with {EXTENSION}"),
        }));
    }
    let template = template(&args.template);
    let Packed { bundle, outcome } =
        gather(&name(&template), &options.levels, &Disk::new(), &Fonts::bundled()).map_err(Stop::failed(&template))?;
    let faulty = Counts::of(&outcome.diagnostics).errors > 0;
    let status = show::faults(&[outcome], options, false)?;
    let Some(bundle) = bundle.filter(|_| !faulty) else { return Ok(status) };
    let bytes = bundle.pack().map_err(refused(&template))?;
    let output = Output { target: args.output.clone(), bytes: &bytes, kind: Kind::Bundle };
    Outputs::new(options).write(&[output]).map_err(Stop::from)?;
    if !options.quiet {
        show::out(&told(&bundle, &args.output, bytes.len(), options.lang))?;
    }
    Ok(status)
}

/// What was packed: the files, and the hash by which the receiver knows the bundle.
fn told(bundle: &Bundle, output: &Path, bytes: usize, lang: Lang) -> String {
    let (output, kb, hash) = (output.display(), bytes.div_ceil(1000), bundle.digest());
    let mut told = match lang {
        Lang::Zh => format!("已生成 {output}（{kb} kB），装了：\n"),
        Lang::En => format!("wrote {output} ({kb} kB) with:\n"),
    };
    for file in bundle.files.keys() {
        told += &format!("  {file}\n");
    }
    told + "sha256 " + &hash + "\n"
}

pub(super) fn unpack(args: &Unpack, options: &Options) -> Result<ExitStatus> {
    let dir = args.dir.clone().unwrap_or_else(|| args.bundle.with_extension("").file_name().unwrap_or_default().into());
    let bytes = disk::read_up_to(&args.bundle, 2 * MOST_BYTES).map_err(Stop::unreadable(&args.bundle))?;
    let bundle = Bundle::read(&bytes).map_err(refused(&args.bundle))?;
    let shown = dir.display();
    match disk::create_folder(&dir, &bundle.files) {
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            show::err(&match options.lang {
                Lang::Zh => format!("{shown} 已经有了，没有改动它；用 -o 换一个文件夹\n"),
                Lang::En => format!("{shown} is there already and was left as it is; name another folder with -o\n"),
            })?;
            return Ok(ExitStatus::Failed);
        }
        Err(error) => return Err(anyhow!("{shown}: {error}")),
    }
    if !options.quiet {
        let template = dir.join(&bundle.template);
        let (template, count) = (name(&template), bundle.files.len());
        show::out(&match options.lang {
            Lang::Zh => format!("已解开到 {shown}：{count} 个文件，模板是 {template}\n"),
            Lang::En => format!("unpacked to {shown}: {count} files; the template is {template}\n"),
        })?;
    }
    Ok(ExitStatus::Clean)
}

/// Tells why `file` is no bundle, or can't be made one.
fn refused(file: &Path) -> impl FnOnce(BundleFault) -> Stop {
    move |fault| {
        let mut sources = Sources::new();
        let file = name(file);
        let at = Span::new(sources.add(file.as_str(), ""), 0..0);
        Stop::told(sources, vec![fault.diagnostic(&file, at)])
    }
}
