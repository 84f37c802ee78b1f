//! Pictures and captions on their way to a block.

use std::sync::Arc;

use super::Builder;
use super::inlines::{joined, plain_inlines};
use crate::diag::{Code, Diagnostic};
use crate::doc::picture::Placed;
use crate::doc::{BlockKind, Inline};
use crate::fonts::Role;
use crate::length::Length;
use crate::manifest::{Part, Style};
use crate::picture::Picture;
use crate::source::Span;
use crate::text;

/// Pixels an inch of a picture whose width nobody gave, which it is shown at where the page has room.
const DPI: i64 = 150;

impl Builder<'_, '_> {
    /// Puts the picture `picture` of the section `section` here.
    pub(super) fn picture(&mut self, section: usize, picture: usize) {
        let it = &self.manifest.sections[section].pictures[picture];
        let Some(file) = &it.picture else { return };
        let words =
            |part| self.fields.get(&part).copied().map(|filled| (plain_inlines(filled, Role::Heading1), filled));
        let caption = words(Part::Under(section, picture));
        let alt = words(Part::Alt(section, picture)).or_else(|| caption.clone());
        let alt = alt.map_or_else(|| self.within.clone(), |(words, _)| crate::doc::text(&words).replace('\n', ""));
        self.push_picture(file, it.width, alt, it.file.whole());
        if let Some((words, filled)) = caption {
            self.caption(BlockKind::PictureCaption, words, filled.field.text.whole());
        }
    }

    /// Puts a picture of the text here; `words` are its caption.
    pub(super) fn image(&mut self, picture: &Arc<Picture>, words: Vec<Inline>, span: Span) {
        self.push_picture(picture, None, crate::doc::text(&words), span);
        if !words.is_empty() {
            let words = words.into_iter().map(|inline| Inline { role: Role::Heading1, ..inline }).collect();
            self.caption(BlockKind::PictureCaption, words, span);
        }
    }

    fn push_picture(&mut self, picture: &Arc<Picture>, width: Option<Length>, alt: String, span: Span) {
        let (width, height) = size(picture, width, &self.manifest.style);
        let picture = match picture.for_width(width) {
            Ok(fitted) => fitted,
            Err(fault) => {
                let message = text!("这张图缩小不了", "the picture can't be made smaller: {fault:?}");
                self.diags.push(Diagnostic::new(Code::BadPicture, message).at(span));
                return;
            }
        };
        let kind = BlockKind::Picture(Box::new(Placed { picture, width, height, alt }));
        self.push(kind, Vec::new(), span);
    }

    /// A caption with its number, of a picture or a table: 图1　…
    pub(super) fn caption(&mut self, kind: BlockKind, words: Vec<Inline>, span: Span) {
        let is_picture = kind == BlockKind::PictureCaption;
        let (sign, count) = if is_picture { ('图', &mut self.pictures) } else { ('表', &mut self.tables) };
        *count += 1;
        let number = Inline::new(format!("{sign}{count}　"), Role::Heading1);
        let content = joined(std::iter::once(number).chain(words).collect());
        self.push(kind, content, span);
    }
}

/// The size of a picture in print, its sides in proportion.
fn size(picture: &Picture, width: Option<Length>, style: &Style) -> (Length, Length) {
    let (across, down) = (i64::from(picture.width.max(1)), i64::from(picture.height.max(1)));
    let natural = Length::pt(72).scale(across, DPI);
    let width = width.unwrap_or(natural).min(style.page.measure());
    let most = style.line_pitch * (i64::from(style.lines) - 2).max(1);
    let height = width.scale(down, across);
    if height <= most { (width, height) } else { (most.scale(across, down), most) }
}
