//! Attachments, which stand after the text.

use std::collections::BTreeMap;

use super::Section;
use super::literal::Located;
use super::raw::{Reader, Table};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use crate::text;

/// An attachment (附件): named under the text and, where it has sections or a file, printed on pages of its own.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// Its title.
    pub title: Located,
    /// The sections that it is made of, by their number; none for one that is sent along separately. A file is a section
    /// of its own.
    pub sections: Vec<usize>,
    /// Its table.
    pub span: Span,
}

/// An attachment as it is written; which sections its ids mean is told by [`resolve`].
pub(super) struct Written {
    title: Located,
    ids: Vec<Located>,
    file: Option<Section>,
    span: Span,
}

/// Reads `attachments`.
pub(super) fn attachments(tables: &[&Table], diags: &mut Diagnostics) -> Vec<Written> {
    tables.iter().filter_map(|table| attachment(table, diags)).collect()
}

fn attachment(table: &Table, diags: &mut Diagnostics) -> Option<Written> {
    let mut reader = Reader::new(table, "attachments", diags);
    reader.require("title", "title = \"XXX情况统计表\"");
    let title = reader.take_string("title").filter(|text| !text.text().trim().is_empty()).cloned();
    let ids = reader.take_strings("sections").unwrap_or_default().into_iter().cloned().collect();
    let file = reader.take_string("file").cloned();
    let both = file.is_some() && table.get("sections").is_some();
    reader.finish();
    let file = file.and_then(|file| self::file(file, both, table.span, diags));
    Some(Written { title: title?, ids, file, span: table.span })
}

/// The section that a file is: a table or a picture.
fn file(file: Located, both: bool, span: Span, diags: &mut Diagnostics) -> Option<Section> {
    if both {
        let message = text!("file 和 sections 只能写一个", "an attachment has file or sections, not both");
        diags.push(Diagnostic::new(Code::BadTable, message).at(file.whole()));
        return None;
    }
    let extension = file.text().rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    let section = Section::empty(span);
    Some(match extension.as_str() {
        "csv" | "xlsx" => Section { tables: vec![super::Table::of_file(file, span)], ..section },
        "png" | "jpg" | "jpeg" => Section { pictures: vec![super::PictureEntry::of_file(file, span)], ..section },
        _ => {
            let message = text!(
                "“{}”印不进报告：附件的文件是 .csv、.xlsx、.png 或 .jpg",
                "`{}` can't be printed: the file of an attachment is .csv, .xlsx, .png or .jpg",
                file.text()
            );
            diags.push(Diagnostic::new(Code::BadPicture, message).at(file.whole()).help(text!(
                "另送的附件不写 file，只写 title",
                "of what is sent along separately give the title alone"
            )));
            return None;
        }
    })
}

/// Finds the sections that attachments are made of, and adds those that are their files. A section belongs to one
/// attachment.
pub(super) fn resolve(written: Vec<Written>, sections: &mut Vec<Section>, diags: &mut Diagnostics) -> Vec<Attachment> {
    let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, section) in sections.iter().enumerate() {
        if let Some(id) = &section.id {
            by_id.entry(id.text()).or_insert(number);
        }
    }
    let mut owners: BTreeMap<usize, Span> = BTreeMap::new();
    let mut files: Vec<Section> = Vec::new();
    let mut resolved = Vec::with_capacity(written.len());
    for attachment in written {
        let mut own = Vec::new();
        for id in &attachment.ids {
            let name = id.text();
            let Some(&section) = by_id.get(name) else {
                let message = text!("没有 id 是“{name}”的节", "no section has the id `{name}`");
                diags.push(Diagnostic::new(Code::WrongType, message).at(id.whole()));
                continue;
            };
            if let Some(earlier) = owners.insert(section, id.whole()) {
                let message = text!("“{name}”这一节已经在附件里了", "the section `{name}` is in an attachment already");
                diags.push(
                    Diagnostic::new(Code::DuplicateKey, message)
                        .at(id.whole())
                        .label(earlier, text!("前一处", "the other place")),
                );
                continue;
            }
            own.push(section);
        }
        if let Some(file) = attachment.file {
            own.push(sections.len() + files.len());
            files.push(file);
        }
        resolved.push(Attachment { title: attachment.title, sections: own, span: attachment.span });
    }
    sections.append(&mut files);
    resolved
}
