//! `[[section.picture]]`, and the pictures that a section's text names.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::literal::Located;
use super::raw::{Reader, Table as Tree};
use super::table::{length, read_beside};
use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::length::Length;
use crate::picture::{self, Fault, Picture};
use crate::source::{Sources, Span};
use crate::text;
use crate::world::{World, beside};

/// A picture of a section.
#[derive(Clone, Debug)]
pub struct PictureEntry {
    /// Its name: `{{id}}` in the text places it.
    pub id: Option<Located>,
    /// Its file, from the folder of the report.
    pub file: Located,
    /// Its caption, printed under it after 图1.
    pub caption: Option<Located>,
    /// What it shows, for those who can't see it; by default the caption.
    pub alt: Option<Located>,
    /// Its width; by default as its pixels and the measure ask for.
    pub width: Option<Length>,
    /// The picture, once it is read.
    pub picture: Option<Arc<Picture>>,
    /// Its head in the file.
    pub span: Span,
}

/// Pictures by the names that a text gives them, or by their paths.
pub type Images = BTreeMap<String, Arc<Picture>>;

/// Reads the pictures of a section.
pub(super) fn pictures(trees: &[&Tree], diags: &mut Diagnostics) -> Vec<PictureEntry> {
    trees.iter().filter_map(|tree| picture(tree, diags)).collect()
}

fn picture(tree: &Tree, diags: &mut Diagnostics) -> Option<PictureEntry> {
    let mut reader = Reader::new(tree, "[[section.picture]]", diags);
    reader.require("file", "file = \"现场.jpg\"");
    let id = reader.take_string("id").cloned();
    let file = reader.take_string("file").cloned();
    let mut words = |key| reader.take_string(key).filter(|text| !text.text().trim().is_empty()).cloned();
    let (caption, alt) = (words("caption"), words("alt"));
    let width = reader.take_string("width").cloned();
    reader.finish();
    let width = width.and_then(|width| length(&width, diags));
    Some(PictureEntry { id, file: file?, caption, alt, width, picture: None, span: tree.span })
}

/// The picture in the file that `file` names, if it is none of those that are `known`; what is wrong with it is reported at `file`.
fn load(
    file: &Located,
    known: &mut Images,
    world: &dyn World,
    sources: &Sources,
    diags: &mut Diagnostics,
) -> Option<Arc<Picture>> {
    let by = sources.file(file.whole().file).name();
    if let Some(picture) = beside(by, file.text()).ok().and_then(|path| known.get(&path)) {
        return Some(Arc::clone(picture));
    }
    if is_on_the_web(file.text()) {
        let name = file.text();
        let message = text!("“{name}”在网上，不会去取", "`{name}` is on the web, and is not fetched");
        let fault = Diagnostic::new(Code::MissingPicture, message).at(file.whole());
        diags.push(fault.help(text!(
            "先把图片存到这个文件旁边，再写它的文件名",
            "save the picture beside this file, and write the name of that file"
        )));
        return None;
    }
    let codes = [Code::MissingPicture, Code::BadPicture];
    let (path, bytes) = read_beside(file, picture::MAX_BYTES, world, sources, codes, diags)?;
    let name = file.text();
    let (code, message) = match Picture::read(bytes) {
        Ok(picture) => {
            let picture = Arc::new(picture);
            known.insert(path, Arc::clone(&picture));
            return Some(picture);
        }
        Err(Fault::Format) => {
            (Code::BadPicture, text!("“{name}”不是 PNG 或 JPEG 图片", "`{name}` is neither PNG nor JPEG"))
        }
        Err(Fault::Damaged(why)) => {
            (Code::BadPicture, text!("“{name}”已经损坏，不完整或者读不出来", "`{name}` is damaged: {why}"))
        }
        Err(Fault::Kind) => (
            Code::BadPicture,
            text!(
                "“{name}”是少见的 JPEG（算术编码、无损或 12 位），读不了",
                "`{name}` is a rare kind of JPEG (arithmetic coded, lossless or of 12 bits), which can't be read"
            ),
        ),
        Err(Fault::TooLarge(width, height)) => (
            Code::PictureTooLarge,
            text!("“{name}”有 {width}×{height} 点，太大了", "`{name}` has {width} by {height} pixels, too many"),
        ),
    };
    let fault = Diagnostic::new(code, message).at(file.whole());
    diags.push(fault.help(help(code)));
    None
}

fn help(code: Code) -> Text {
    if code == Code::PictureTooLarge {
        text!("先缩小；打印只要 300 dpi", "make it smaller: print shows 300 dpi")
    } else {
        text!("在看图软件里另存为 .png 或 .jpg", "save it again as .png or .jpg")
    }
}

/// Whether `file` is an address of the web.
pub fn is_on_the_web(file: &str) -> bool {
    let begins = |scheme: &str| file.trim_start().get(..scheme.len()).is_some_and(|it| it.eq_ignore_ascii_case(scheme));
    ["http://", "https://", "//", "data:"].into_iter().any(begins)
}

impl PictureEntry {
    /// The picture in a file, as it is.
    pub(super) fn of_file(file: Located, span: Span) -> Self {
        PictureEntry { id: None, file, caption: None, alt: None, width: None, picture: None, span }
    }

    /// Reads its file.
    pub(super) fn load(&mut self, known: &mut Images, world: &dyn World, sources: &Sources, diags: &mut Diagnostics) {
        self.picture = load(&self.file, known, world, sources, diags);
    }
}

/// Reads the pictures that a text names, each once.
pub(super) fn images(
    text: &Located,
    known: &mut Images,
    world: &dyn World,
    sources: &Sources,
    diags: &mut Diagnostics,
) -> Images {
    let mut found: BTreeMap<String, Option<Arc<Picture>>> = BTreeMap::new();
    let mut start = 0;
    for line in text.text().split_inclusive('\n') {
        let trimmed = line.trim();
        let indent = line.len() - line.trim_start().len();
        if let Some(image) = image(trimmed) {
            let range = start + indent + image.file.start..start + indent + image.file.end;
            let name = &text.text()[range.clone()];
            if !found.contains_key(name) {
                let file = Located::plain(name, text.span(range));
                found.insert(name.to_owned(), load(&file, known, world, sources, diags));
            }
        }
        start += line.len();
    }
    found.into_iter().filter_map(|(name, picture)| Some((name, picture?))).collect()
}

/// A picture in a text, `![words](file)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Where the words stand.
    pub words: Range<usize>,
    /// Where the file's name stands.
    pub file: Range<usize>,
}

/// The picture that a line is and nothing else.
pub fn image(line: &str) -> Option<Image> {
    let end = line.strip_suffix(')')?.len();
    let bracket = line.strip_prefix("![").map(|_| 2)?;
    let middle = line.rfind("](").filter(|&middle| middle >= bracket)?;
    let file = middle + 2..end;
    let is_name = !line[file.clone()].trim().is_empty() && !line[bracket..middle].contains("](");
    is_name.then_some(Image { words: bracket..middle, file })
}
