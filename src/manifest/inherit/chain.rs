//! From a file to the template that it names, and on to that one's own.

use std::io;

use super::merge::Layer;
use super::{Layers, Template, merge};
use crate::bundle::{self, BundleFault};
use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::manifest::Last;
use crate::manifest::Owner;
use crate::manifest::literal::Located;
use crate::manifest::raw::{self, Reader, Table, ValueKind, wrong_type};
use crate::source::{FileId, Sources, Span};
use crate::text;
use crate::world::{PathFault, World, beside, folder, normal, template};

/// The most files that a report may be made of.
pub const MAX_DEPTH: usize = 8;
/// The greatest report file or template that is read, in bytes: a book of text, and no report.
pub const MAX_FILE: u64 = 16 * 1024 * 1024;

/// Reads the report file `file` and the templates that it builds on, the one through the other.
///
/// `None` where a template can't be had, since without it nothing else can be judged; that is then reported:
/// `template-missing`, `template-cycle`, `template-requires`, `path-escape` or `limit-exceeded`.
pub fn load(file: FileId, world: &dyn World, sources: &mut Sources, diags: &mut Diagnostics) -> Option<Layers> {
    read(file, Reach::Disk, world, sources, diags).map(Loaded::into_layers)
}

/// As [`load`], of a file that is used as a template, and so names no file outside of its folder.
pub fn load_template(
    file: FileId,
    world: &dyn World,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Option<Layers> {
    read(file, Reach::Folder, world, sources, diags).map(Loaded::into_layers)
}

/// A file with its templates, as they were read.
#[derive(Clone, Debug)]
pub(super) struct Loaded {
    pub(super) layer: Layer,
    pub(super) owner: Owner,
    pub(super) template: Option<Template>,
    pub(super) base: Option<Located>,
}

impl Loaded {
    pub(super) fn into_layers(self) -> Layers {
        let Loaded { layer, owner, template, base } = self;
        Layers { table: layer.into_table(), owner, towns: None, last: Last::NotGiven, template, base }
    }
}

/// As [`load`]; the template that `file` names itself stands within `reach`.
pub(super) fn read(
    file: FileId,
    reach: Reach,
    world: &dyn World,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Option<Loaded> {
    let path = sources.file(file).name().to_owned();
    let mut chain = Chain { paths: vec![normal(&path)], world, sources, diags };
    let mut table = raw::read(file, chain.sources, chain.diags);
    let (named, template) = chain.head(&mut table)?;
    // A report's author may take a template from anywhere; a template, and whatever came in a bundle, may not.
    let is_confined = template.is_some() || bundle::outermost(&path).is_some();
    let mut reach = if is_confined { Reach::Folder } else { reach };
    let mut base = named.clone();
    let mut layers = vec![Layer::new(table, chain.diags)];
    while let Some(named) = base {
        let file = chain.follow(&named, reach)?;
        reach = Reach::Folder;
        let mut table = raw::read(file, chain.sources, chain.diags);
        (base, _) = chain.head(&mut table)?;
        layers.push(Layer::new(table, chain.diags));
    }
    let inherits = layers.len() > 1;
    let (layer, set) = merge::merge(layers, diags)?;
    let owner = if inherits { Owner::file(file, &path, set) } else { Owner::alone() };
    Some(Loaded { layer, owner, template, base: named })
}

/// The files so far, from the report to its farthest template.
struct Chain<'c> {
    /// Each as one file has it that is named in several ways.
    paths: Vec<String>,
    world: &'c dyn World,
    sources: &'c mut Sources,
    diags: &'c mut Diagnostics,
}

/// Where the template that a file names may stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// In the folder of that file or below it, as all that a template names.
    Folder,
    /// Anywhere.
    Disk,
}

impl Chain<'_> {
    /// Takes `template` out of a file's tables: the path of its template, and what it says of itself as one.
    ///
    /// `None` where it is meant for another version of the program.
    fn head(&mut self, table: &mut Table) -> Option<(Option<Located>, Option<Template>)> {
        let Some(index) = table.entries.iter().position(|entry| entry.key.text() == "template") else {
            return Some((None, None));
        };
        let entry = table.entries.remove(index);
        match entry.value.kind {
            ValueKind::String(path) => Some((Some(path), None)),
            ValueKind::Table(table) => self.describe(&table),
            ValueKind::Integer(_)
            | ValueKind::Float(_)
            | ValueKind::Boolean(_)
            | ValueKind::Date(_)
            | ValueKind::DateTime(_)
            | ValueKind::Array(_) => {
                let expected = text!("模板文件的路径，加引号", "the path of a template, in quotes");
                self.diags.push(wrong_type("template", &entry.value, &expected));
                None
            }
        }
    }

    fn describe(&mut self, table: &Table) -> Option<(Option<Located>, Option<Template>)> {
        let mut reader = Reader::new(table, "[template]", self.diags);
        let (name, version) = (reader.take_string("name").cloned(), reader.take_string("version").cloned());
        let (requires, base) = (reader.take_string("requires").cloned(), reader.take_string("base").cloned());
        reader.finish();
        if let Some(requires) = &requires {
            self.require(requires)?;
        }
        Some((base, Some(Template { name, version, requires, span: table.span })))
    }

    /// Holds the program's version against what a template requires.
    fn require(&mut self, requires: &Located) -> Option<()> {
        let (wanted, own) = (requires.text(), env!("CARGO_PKG_VERSION"));
        let Ok(request) = semver::VersionReq::parse(wanted) else {
            let message = text!("requires 要写版本范围，如 \">=0.2\"", "requires takes versions such as \">=0.2\"");
            self.diags.push(Diagnostic::new(Code::WrongType, message).at(requires.whole()));
            return Some(());
        };
        if semver::Version::parse(own).is_ok_and(|own| request.matches(&own)) {
            return Some(());
        }
        self.diags.push(
            Diagnostic::new(
                Code::TemplateRequires,
                text!(
                    "这个模板要 report-gen {wanted}，现在用的是 {own}",
                    "this template requires report-gen {wanted}, and this is {own}"
                ),
            )
            .at(requires.whole())
            .help(text!("换用合适版本的 report-gen", "use a version of report-gen that fits")),
        );
        None
    }

    /// The file that `named` names, among the sources.
    fn follow(&mut self, named: &Located, reach: Reach) -> Option<FileId> {
        let from = self.sources.file(named.whole().file).name();
        let refuse = |code, message: Text| Diagnostic::new(code, message).at(named.whole());
        let path = match reach {
            Reach::Folder => beside(from, named.text()),
            Reach::Disk => template(from, named.text()),
        };
        let path = match path {
            Ok(path) => path,
            Err(fault) => {
                self.diags.push(escape(named, fault, reach));
                return None;
            }
        };
        let own = normal(&path);
        if let Some(first) = self.paths.iter().position(|earlier| *earlier == own) {
            let chain: Vec<&str> = self.paths[first..].iter().chain([&own]).map(String::as_str).collect();
            let chain = chain.join(" → ");
            self.diags.push(
                refuse(
                    Code::TemplateCycle,
                    text!("模板绕回了自己：{chain}", "the templates lead back to where they began: {chain}"),
                )
                .help(text!("去掉其中一个的 template", "take `template` out of one of them")),
            );
            return None;
        }
        if self.paths.len() == MAX_DEPTH {
            let message = text!("模板超过 {MAX_DEPTH} 层", "templates are over {MAX_DEPTH} files deep");
            self.diags.push(refuse(Code::LimitExceeded, message));
            return None;
        }
        let within = match reach {
            Reach::Folder => folder(from),
            Reach::Disk => folder(&path),
        };
        let read = self.world.template(within, &path).and_then(|file| {
            // The folder of a bundle's template is one in the bundle.
            let within = if bundle::outermost(&file).is_some() { folder(&file) } else { within };
            let bytes = self.world.read_in(within, &file, MAX_FILE)?;
            Ok((file, bytes))
        });
        match read {
            Ok((file, bytes)) => {
                self.paths.push(own);
                raw::load(&file, bytes, self.sources, self.diags)
            }
            Err(error) => {
                self.diags.push(unread(named.whole(), &path, &error));
                None
            }
        }
    }
}

/// Why a path is not followed (`path-escape`).
fn escape(named: &Located, fault: PathFault, reach: Reach) -> Diagnostic {
    let path = named.text();
    let message = match fault {
        PathFault::Empty => text!("template 没有写文件", "`template` names no file"),
        PathFault::Absolute => {
            text!("模板“{path}”要写相对路径", "the template `{path}` must be relative to the file that names it")
        }
        PathFault::Outside if reach == Reach::Folder => text!(
            "模板“{path}”不在写它的模板的文件夹里",
            "the template `{path}` is not in the folder of the template that builds on it"
        ),
        PathFault::Outside | PathFault::Device => {
            text!("模板“{path}”的路径不能用", "the path of the template `{path}` can't be used")
        }
        PathFault::Backslash => {
            text!("模板“{path}”的路径要用 /，不用 \\", "the path of the template `{path}` takes /, not \\")
        }
    };
    let help = match reach {
        Reach::Disk => {
            text!("写成：template = \"../county/template.toml\"", "write: template = \"../county/template.toml\"")
        }
        Reach::Folder => text!(
            "别处来的模板不可信，它用到的文件都要在它自己的文件夹里：把那个模板打成一个文件放进来（report-gen pack），写成 base = \"base.rgt\"",
            "a template is not trusted with files elsewhere: put the other one into its folder as one file (report-gen pack) and write base = \"base.rgt\""
        ),
    };
    Diagnostic::new(Code::PathEscape, message).at(named.whole()).help(help)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the other kinds say themselves what they are")]
fn unread(span: Span, path: &str, error: &io::Error) -> Diagnostic {
    if let Some(fault) = BundleFault::of(error) {
        return fault.diagnostic(path, span);
    }
    let (code, zh, en) = match error.kind() {
        io::ErrorKind::NotFound => (Code::TemplateMissing, "没有这个文件".to_owned(), "no such file".to_owned()),
        io::ErrorKind::PermissionDenied => (
            Code::TemplateMissing,
            "没有权限，或者它是通到别处的链接".to_owned(),
            "no permission, or it is a link that leads elsewhere".to_owned(),
        ),
        io::ErrorKind::FileTooLarge => {
            (Code::LimitExceeded, "文件超过 16 MB".to_owned(), "the file is over 16 MB".to_owned())
        }
        _ => (Code::TemplateMissing, error.to_string(), error.to_string()),
    };
    Diagnostic::new(code, text!("读不了模板 {path}：{zh}", "cannot read the template {path}: {en}"))
        .at(span)
        .help(text!("路径从写它的文件所在的文件夹算起", "the path begins at the folder of the file that names it"))
}
