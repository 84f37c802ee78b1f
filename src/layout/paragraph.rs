//! One block set in lines: sizes, indents, alignment. Knows nothing of pages.

use std::collections::{BTreeMap, BTreeSet};

use super::NoGlyph;
use super::line::{SetLine, place};
use super::linebreak::Breaking;
use super::segment::Segment;
use super::sign::TypeSpec;
use super::{contents, linebreak, title, word};
use crate::doc::{Block, BlockKind, COLOPHON_SIZE, Inline, Size};
use crate::fonts::Fonts;
use crate::length::Length;
use crate::manifest::Style;

/// Where the lines of a block begin, from the left edge of the type area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Indent {
    /// The first line.
    pub first: Length,
    /// Turned lines.
    pub rest: Length,
    /// For a line that is placed from the right: how far from the right edge of the type area its words end.
    pub from_right: Option<Length>,
}

/// How a kind of block is set.
struct Setting<'a> {
    spec: TypeSpec<'a>,
    /// Characters that the first line of the block is indented by.
    indent: i64,
    centred: bool,
}

impl<'a> Setting<'a> {
    fn of(kind: &BlockKind, style: &'a Style) -> Setting<'a> {
        let look = kind.look();
        let (size, tracking) = match look.size {
            Size::Title => (style.sizes.title, Length::ZERO),
            Size::Body => (style.sizes.body, style.cell - style.sizes.body),
            Size::Caption => (style.sizes.caption, Length::ZERO),
            Size::Colophon => (COLOPHON_SIZE, Length::ZERO),
            // Its own measures are those of `issued`.
            Size::Mark => (style.sizes.title, Length::ZERO),
        };
        let spec = TypeSpec { size, tracking, latin_gap: style.latin_gap, keep: Some(&style.keep) };
        Setting { spec, indent: i64::from(look.indent), centred: look.is_centred }
    }

    /// Where lines begin: as `given` if the block has edges of its own.
    fn indent(&self, given: Option<&Indent>, style: &Style) -> Indent {
        // An indent as wide as the line, asked for by a list of great depth, would leave no room at all.
        let first = (style.cell * self.indent).min(style.page.measure() / 2);
        given.copied().unwrap_or(Indent { first, rest: Length::ZERO, from_right: None })
    }
}

/// The lines of `block`, which begin where `indent` says if it has edges of its own. A line that the author left
/// empty stays.
pub(super) fn set(
    block: &Block,
    indent: Option<&Indent>,
    style: &Style,
    fonts: &Fonts,
) -> Result<Vec<SetLine>, NoGlyph> {
    let setting = Setting::of(&block.kind, style);
    let measure = style.page.measure();
    let indent = setting.indent(indent, style);
    let is_entry = matches!(block.kind, BlockKind::ContentsEntry { .. });
    let measure = if is_entry { contents::room(style) } else { measure };
    let mut lines = Vec::new();
    for (n, segment) in Segment::of_paragraph(&block.content, setting.spec, fonts)?.iter().enumerate() {
        if segment.signs.is_empty() {
            lines.push(SetLine { size: setting.spec.size, ..SetLine::default() });
        } else if setting.centred {
            for line in title::lines(segment, measure) {
                let left = (measure - segment.natural(&line)) / 2;
                lines.push(place(segment, &line, left, measure, true));
            }
        } else {
            let first = if n == 0 { indent.first } else { indent.rest };
            let (first_room, rest_room) = (measure - first, measure - indent.rest);
            let ranges = if is_entry {
                linebreak::lines(segment, first_room, rest_room)
            } else {
                linebreak::justified(segment, first_room, rest_room).0
            };
            let last = ranges.len() - 1;
            for (k, line) in ranges.iter().enumerate() {
                let left = if k == 0 { first } else { indent.rest };
                lines.push(place(segment, line, left, measure - left, k == last || is_entry));
            }
        }
    }
    Ok(lines)
}

/// How the lines of `block` were broken, set as [`set`] sets it.
pub(super) fn breaking(
    block: &Block,
    indent: Option<&Indent>,
    style: &Style,
    fonts: &Fonts,
) -> Result<Breaking, NoGlyph> {
    let setting = Setting::of(&block.kind, style);
    let mut breaking = Breaking::default();
    if setting.centred || matches!(block.kind, BlockKind::ContentsEntry { .. }) {
        return Ok(breaking);
    }
    let measure = style.page.measure();
    let indent = setting.indent(indent, style);
    for (n, segment) in Segment::of_paragraph(&block.content, setting.spec, fonts)?.iter().enumerate() {
        if !segment.signs.is_empty() {
            let first = if n == 0 { indent.first } else { indent.rest };
            breaking += linebreak::justified(segment, measure - first, measure - indent.rest).1;
        }
    }
    Ok(breaking)
}

/// Width of the first `lead` characters of `block`, with the gap after them.
pub(super) fn lead_width(block: &Block, lead: usize, style: &Style, fonts: &Fonts) -> Result<Length, NoGlyph> {
    let setting = Setting::of(&block.kind, style);
    let segments = Segment::of_paragraph(&block.content, setting.spec, fonts)?;
    let Some(segment) = segments.first() else { return Ok(Length::ZERO) };
    let signs = segment.signs.iter().take(lead).map(|sign| sign.width);
    Ok(signs.chain(segment.gaps.iter().take(lead).map(|gap| gap.kern)).sum())
}

/// The lines that the author made of `block`, in its type.
pub(super) fn segments(block: &Block, style: &Style, fonts: &Fonts) -> Result<Vec<Segment>, NoGlyph> {
    Segment::of_paragraph(&block.content, Setting::of(&block.kind, style).spec, fonts)
}

/// Width of the widest of the lines that the author made of `block`.
pub(super) fn widest(block: &Block, style: &Style, fonts: &Fonts) -> Result<Length, NoGlyph> {
    let segments = segments(block, style, fonts)?;
    Ok(segments.iter().map(|segment| segment.natural(&(0..segment.signs.len()))).max().unwrap_or_default())
}

/// The content of `block` with a `\n` wherever a centred line turns by sense, so that Word turns there, too.
pub(super) fn with_turns(block: &Block, style: &Style, fonts: &Fonts) -> Result<Vec<Inline>, NoGlyph> {
    let setting = Setting::of(&block.kind, style);
    let mut turns = BTreeSet::new();
    let mut at = 0;
    for segment in Segment::of_paragraph(&block.content, setting.spec, fonts)? {
        turns.extend(title::lines(&segment, style.page.measure()).iter().skip(1).map(|line| at + line.start));
        // The `\n` that ends the segment is a character of the content.
        at += segment.signs.len() + 1;
    }
    let mut at = 0;
    let turned = |inline: &Inline| {
        let mut text = String::with_capacity(inline.text.len() + 1);
        for c in inline.text.chars() {
            if turns.contains(&at) {
                text.push('\n');
            }
            text.push(c);
            at += 1;
        }
        Inline { text, ..inline.clone() }
    };
    Ok(block.content.iter().map(turned).collect())
}

/// The content of `block` with more room for each character of the lines that Word would else end within a name. `None`
/// where there is no such line. Gaps and the signs of notes are left as they are.
pub(super) fn with_whole_names(block: &Block, style: &Style, fonts: &Fonts) -> Result<Option<Vec<Inline>>, NoGlyph> {
    let text: Vec<char> = block.content.iter().flat_map(|inline| inline.text.chars()).collect();
    if (0..text.len()).all(|at| style.keep.at(&text[at..]).is_none()) {
        return Ok(None);
    }
    let setting = Setting::of(&block.kind, style);
    let indent = setting.indent(None, style);
    let measure = style.page.measure();
    let plain = TypeSpec { keep: None, ..setting.spec };
    let mut spreads: BTreeMap<usize, (usize, Length)> = BTreeMap::new();
    let mut at = 0;
    let named = Segment::of_paragraph(&block.content, setting.spec, fonts)?;
    for (n, (named, plain)) in named.iter().zip(Segment::of_paragraph(&block.content, plain, fonts)?).enumerate() {
        let names = word::names(&named.signs, &style.keep);
        let first = if n == 0 { indent.first } else { indent.rest };
        if !names.is_empty() {
            let lines = linebreak::spread(&plain, named, &names, measure - first, measure - indent.rest);
            spreads.extend(lines.into_iter().map(|spread| (at + spread.line.start, (at + spread.line.end, spread.by))));
        }
        // The `\n` that ends the segment is a character of the content.
        at += named.signs.len() + 1;
    }
    if spreads.is_empty() {
        return Ok(None);
    }
    let spread_of = |at: usize| {
        let line = spreads.range(..=at).next_back().filter(|(_, (end, _))| at < *end);
        line.map_or(Length::ZERO, |(_, (_, by))| *by)
    };
    let mut content = Vec::with_capacity(block.content.len() + spreads.len());
    let mut at = 0;
    for inline in &block.content {
        let whole = inline.gap.is_some() || inline.note.is_some();
        let mut piece = Inline { text: String::new(), ..inline.clone() };
        for c in inline.text.chars() {
            let spread = if whole { Length::ZERO } else { spread_of(at) };
            if spread != piece.spread && !piece.text.is_empty() {
                content.push(Inline { text: std::mem::take(&mut piece.text), ..piece.clone() });
            }
            piece.spread = spread;
            piece.text.push(c);
            at += 1;
        }
        content.push(piece);
    }
    Ok(Some(content))
}
