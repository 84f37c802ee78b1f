//! `import`: a report file from a draft.

use std::io::{ErrorKind, Read, stdin};
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use report_gen::batch::Outcome;
use report_gen::diag::Lang;
use report_gen::diag::render::Counts;
use report_gen::fonts::Fonts;
use report_gen::import::{Draft, Form, Imported, MOST, import};
use report_gen::manifest::Images;

use super::args::{Import, Options};
use super::disk;
use super::exit::ExitStatus;
use super::known::Kind;
use super::ours::{Output, Outputs};
use super::paths::name;
use super::show;
use super::stop::Stop;

pub(super) fn run(args: &Import, options: &Options) -> Result<ExitStatus> {
    if let Some(output) = args.output.as_deref().filter(|output| !is_report(output)) {
        let output = output.display();
        return Err(anyhow!(match options.lang {
            Lang::Zh => format!("-o {output}：报告文件的名字要以 .toml 结尾"),
            Lang::En => format!("-o {output}: the report file's name must end with .toml"),
        }));
    }
    let piped = args.draft.as_os_str() == "-";
    let bytes = if piped { read_input() } else { disk::read_up_to(&args.draft, MOST) };
    let bytes = bytes.map_err(Stop::unreadable(&args.draft))?;
    let name = if piped { "stdin".to_owned() } else { name(&args.draft) };
    let form = Form::of(&name, &bytes);
    let draft = Draft { name: &name, bytes: &bytes, form, figures_too: args.figures_too };
    let Imported { toml, sources, diagnostics, figures, filled, pictures, .. } = import(&draft, &Fonts::bundled());
    let diagnostics = options.levels.regrade(diagnostics);
    let outcome = Outcome { sources, diagnostics, figures, filled, ..Outcome::default() };
    let Some(toml) = toml.filter(|_| Counts::of(&outcome.diagnostics).errors == 0) else {
        return show::faults(&[outcome], options, false);
    };
    if let Some(target) = &args.output {
        write(target, toml.as_bytes(), &pictures, options)?;
    }
    let status = show::faults(&[outcome], options, false)?;
    match &args.output {
        None => {
            show::out(&toml)?;
            if !pictures.is_empty() {
                show::err(match options.lang {
                    Lang::Zh => "图片没有写出来：用 -o 指定报告文件，图片就放在它旁边\n",
                    Lang::En => "the pictures were not written: with -o they are put beside the report file\n",
                })?;
            }
        }
        Some(target) if !options.quiet => {
            let target = target.display();
            show::out(&match options.lang {
                Lang::Zh => {
                    format!("已写成 {target}，要填的数 {figures} 个；下一步：report-gen build --draft {target}\n")
                }
                Lang::En => format!("wrote {target} with {figures} figures; next: report-gen build --draft {target}\n"),
            })?;
        }
        Some(_) => {}
    }
    Ok(status)
}

fn is_report(output: &Path) -> bool {
    output.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

/// Standard input, to one byte more than a draft may have.
fn read_input() -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stdin().lock().take(MOST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// Writes the report file, and its pictures beside it.
fn write(target: &Path, toml: &[u8], pictures: &Images, options: &Options) -> Result<()> {
    let mut files: Vec<(PathBuf, &[u8])> =
        pictures.iter().map(|(name, picture)| (target.with_file_name(name), picture.bytes.as_slice())).collect();
    files.push((target.to_owned(), toml));
    let outputs: Vec<Output<'_>> =
        files.into_iter().map(|(target, bytes)| Output { target, bytes, kind: Kind::Authored }).collect();
    Ok(Outputs::new(options).write(&outputs).map_err(Stop::from)?)
}
