//! `build`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use report_gen::manifest::PdfStandard;
use report_gen::write::Format;

use super::wording::Wording;

/// `build`.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Build {
    pub files: Vec<PathBuf>,
    /// Where outputs go; beside their file if none is named.
    pub dir: Option<PathBuf>,
    pub formats: Vec<Format>,
    /// Whether gaps are left open.
    pub draft: bool,
    /// The last report, or its values.
    pub against: Option<PathBuf>,
    /// What the PDF keeps for archives, in place of what the report says.
    pub pdf_standard: Option<PdfStandard>,
}

impl Build {
    pub(super) fn read(m: &ArgMatches) -> Self {
        let typed = m.get_one::<String>("pdf-standard");
        let pdf_standard = PdfStandard::NAMED.iter().find(|(name, _)| typed.is_some_and(|typed| typed == name));
        Build {
            files: super::files(m),
            dir: m.get_one("output").cloned(),
            formats: formats(m),
            draft: m.get_flag("draft"),
            against: m.get_one("against").cloned(),
            pdf_standard: pdf_standard.map(|(_, standard)| *standard),
        }
    }
}

pub(super) fn formats(matches: &ArgMatches) -> Vec<Format> {
    let Some(wanted) = matches.get_many::<String>("to") else { return Format::USUAL.to_vec() };
    let wanted: Vec<&String> = wanted.collect();
    Format::ALL.into_iter().filter(|format| wanted.iter().any(|name| *name == format.extension())).collect()
}

pub(super) fn command(w: Wording) -> Command {
    w.sub(
        "build",
        w.t(
            "检查并生成 Word 和 PDF，有错就什么都不写",
            "checks, then writes Word and PDF; nothing if anything is wrong",
        ),
        "report-gen build report.toml -o out --to pdf",
    )
    .arg(w.file())
    .args(w.levels())
    .arg(w.font_dirs())
    .arg(w.output_beside_report())
    .arg(w.force())
    .arg(to(w))
    .arg(w.against())
    .arg(Arg::new("draft").long("draft").action(ArgAction::SetTrue).help_heading(w.options()).help(
        w.t("出草稿：没填的空标黄留着，文件名带“草稿”", "a draft: gaps stay, in yellow, and the files' names say 草稿"),
    ))
    .arg(
        Arg::new("pdf-standard")
            .long("pdf-standard")
            .value_name("STANDARD")
            .value_parser(PossibleValuesParser::new(PdfStandard::NAMED.map(|(name, _)| name)))
            .hide_possible_values(true)
            .help_heading(w.options())
            .help(w.t(
                "PDF 的存档标准: a-1b、a-2b、a-2a 或 none，默认按报告文件",
                "archive standard of the PDF: a-1b, a-2b, a-2a or none; the report's own by default",
            )),
    )
}

/// `--to`.
pub(super) fn to(w: Wording) -> Arg {
    Arg::new("to")
        .long("to")
        .value_name("FORMATS")
        .value_delimiter(',')
        .value_parser(PossibleValuesParser::new(Format::ALL.map(Format::extension)))
        .hide_possible_values(true)
        .help_heading(w.options())
        .help(w.t("只要其中几种: docx,pdf", "only some of the formats: docx,pdf"))
}
