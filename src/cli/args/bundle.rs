//! `pack`, `unpack`, `lock` and `diff`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::wording::Wording;

/// `pack`.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Pack {
    /// A template, or the folder with a `template.toml`.
    pub template: PathBuf,
    pub output: PathBuf,
}

/// `unpack`.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Unpack {
    pub bundle: PathBuf,
    /// The folder that is made; by default called as the bundle.
    pub dir: Option<PathBuf>,
}

/// `lock`.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Lock {
    pub files: Vec<PathBuf>,
    /// Takes the templates as they are for the right ones.
    pub update: bool,
}

/// `diff`.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Diff {
    pub old: PathBuf,
    pub new: PathBuf,
    pub json: bool,
}

impl Pack {
    pub(super) fn read(m: &ArgMatches) -> Self {
        Pack {
            template: m.get_one("template").cloned().unwrap_or_default(),
            output: m.get_one("output").cloned().unwrap_or_default(),
        }
    }
}

impl Unpack {
    pub(super) fn read(m: &ArgMatches) -> Self {
        Unpack { bundle: m.get_one("bundle").cloned().unwrap_or_default(), dir: m.get_one("output").cloned() }
    }
}

impl Lock {
    pub(super) fn read(m: &ArgMatches) -> Self {
        Lock { files: super::files(m), update: m.get_flag("update") }
    }
}

impl Diff {
    pub(super) fn read(m: &ArgMatches) -> Self {
        Diff {
            old: m.get_one("old").cloned().unwrap_or_default(),
            new: m.get_one("new").cloned().unwrap_or_default(),
            json: m.get_one::<String>("format").is_some_and(|format| format == "json"),
        }
    }
}

pub(super) fn pack(w: Wording) -> Command {
    w.sub(
        "pack",
        w.t(
            "把模板和它用到的文件打成一个包（.rgt），发给各镇直接用",
            "packs a template and the files that it needs as one bundle (.rgt), which is used as it is",
        ),
        "report-gen pack county -o county.rgt",
    )
    .arg(
        w.template()
            .help(w.t("模板文件，或放着 template.toml 的文件夹", "the template, or the folder with a template.toml")),
    )
    .args(w.levels())
    .arg(w.output_file("包的文件名，.rgt", "the bundle's file, .rgt").required(true))
    .arg(w.force())
}

pub(super) fn unpack(w: Wording) -> Command {
    w.sub(
        "unpack",
        w.t(
            "把模板包（.rgt）解开成文件夹，好看里面有什么",
            "unpacks a bundle (.rgt) to a folder, to look at or to change",
        ),
        "report-gen unpack county.rgt -o county",
    )
    .arg(
        Arg::new("bundle")
            .value_name("BUNDLE")
            .required(true)
            .value_parser(value_parser!(PathBuf))
            .help_heading(w.arguments())
            .help(w.t("模板包", "the bundle")),
    )
    .arg(w.output_dir("新建的文件夹，默认与包同名", "the folder that is made; by default called as the bundle"))
}

pub(super) fn lock(w: Wording) -> Command {
    w.sub(
        "lock",
        w.t(
            "把现在用的模板记进 report.lock；模板换了，check 会说",
            "notes in report.lock which template a report has; `check` tells when it is another",
        ),
        "report-gen lock --update report.toml",
    )
    .arg(w.file())
    .arg(
        Arg::new("update")
            .long("update")
            .action(ArgAction::SetTrue)
            .help_heading(w.options())
            .help(w.t("模板换过，看过了，就以现在的为准", "the template has changed and that is right")),
    )
    .arg(w.force())
}

pub(super) fn diff(w: Wording) -> Command {
    let version = |name: &'static str, value: &'static str, zh, en| {
        Arg::new(name)
            .value_name(value)
            .required(true)
            .value_parser(value_parser!(PathBuf))
            .help_heading(w.arguments())
            .help(w.t(zh, en))
    };
    w.sub(
        "diff",
        w.t(
            "两版模板差在哪里：指标、规则、文字、版式",
            "what changed between two versions of a template: figures, rules, words, style",
        ),
        "report-gen diff county-1.rgt county-2.rgt",
    )
    .arg(version("old", "OLD", "旧模板或模板包", "the old template or bundle"))
    .arg(version("new", "NEW", "新模板或模板包", "the new template or bundle"))
    .arg(
        Arg::new("format")
            .long("format")
            .value_name("FORMAT")
            .value_parser(PossibleValuesParser::new(["text", "json"]))
            .default_value("text")
            .hide_possible_values(true)
            .hide_default_value(true)
            .help_heading(w.options())
            .help(w.t("输出形式: text 或 json，默认 text", "form of the result: text or json; text by default")),
    )
}
