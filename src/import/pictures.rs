//! Pictures of drafts: those of a Word file become files beside the report, those that can't come along are told.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::mapped::Mapped;
use super::{Draft, Note};
use crate::diag::Code;
use crate::doc::lines::has_html_image;
use crate::manifest::{Images, is_on_the_web};
use crate::picture::{Format, Picture};
use crate::text;
use crate::wordfile::{self, Block, Inline, Refused, WordFile};

/// The pictures of a draft that a report can have: PNG and JPEG.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    /// Their files, by the parts of the Word file.
    pub(super) names: BTreeMap<String, String>,
    /// What is in these files.
    pub(super) images: Images,
}

/// Reads the pictures of `file`, which `draft` is.
pub(super) fn of(draft: &Draft<'_>, file: &WordFile) -> Result<Pictures, Refused> {
    let mut named = Vec::new();
    in_blocks(&file.blocks, &mut named);
    file.notes.values().for_each(|blocks| in_blocks(blocks, &mut named));
    let mut out = Pictures::default();
    if named.is_empty() {
        return Ok(out);
    }
    let mut parts = wordfile::parts(draft.bytes, named.iter().copied())?;
    let stem = stem(draft.name);
    // In the order of the text.
    for part in named {
        let Some(picture) = parts.remove(part).and_then(|bytes| Picture::read(bytes).ok()) else { continue };
        let extension = match picture.format {
            Format::Jpeg => "jpg",
            Format::Png => "png",
        };
        let name = format!("{stem}-{}.{extension}", out.names.len() + 1);
        out.images.insert(name.clone(), Arc::new(picture));
        out.names.insert(part.to_owned(), name);
    }
    Ok(out)
}

/// How the files are called: as the draft is, in characters that need no thought in a link.
fn stem(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let kept: String = stem.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).take(40).collect();
    if kept.is_empty() { "图片".to_owned() } else { kept }
}

fn in_blocks<'f>(blocks: &'f [Block], out: &mut Vec<&'f str>) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => in_inlines(&paragraph.content, out),
            Block::Table(table) => {
                table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| in_blocks(&cell.blocks, out));
            }
            Block::Control(_, blocks) => in_blocks(blocks, out),
        }
    }
}

fn in_inlines<'f>(content: &'f [Inline], out: &mut Vec<&'f str>) {
    for inline in content {
        match inline {
            Inline::Picture { part, .. } => out.extend(part.as_deref()),
            Inline::Control(_, content) => in_inlines(content, out),
            Inline::TextBox(blocks) => in_blocks(blocks, out),
            Inline::Run(_)
            | Inline::Tab
            | Inline::Break(_)
            | Inline::BookmarkStart { .. }
            | Inline::BookmarkEnd { .. }
            | Inline::Beside(_)
            | Inline::Note(..) => {}
        }
    }
}

/// What to say of the picture of a line, `![words](file)` or that of a web page, if it has one.
pub(super) fn picture(line: &Mapped) -> Option<Note> {
    let text = line.text();
    let file = text.find("![").and_then(|at| Some(text[at..].split_once("](")?.1));
    let message = match file {
        Some(file) if is_on_the_web(file) => text!(
            "网上的图片没有取来，照原样成了文字；先存到报告旁边，再单独一段写 ![说明](文件名)",
            "a picture on the web was not fetched and became text as it stands; save it beside the report, and write \
             ![words](file) alone in a paragraph"
        ),
        None if !has_html_image(text) => return None,
        Some(_) | None => text!(
            "图片照原样成了文字；放到报告旁边，再单独一段写 ![说明](文件名)",
            "a picture became text as it stands; put it beside the report, and write ![words](file) alone in a paragraph"
        ),
    };
    Some(Note::new(Code::NotImported, message, line.source(0..text.len())))
}
