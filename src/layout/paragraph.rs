//! One block set in lines: sizes, indents, alignment. Knows nothing of pages.

use std::collections::BTreeSet;
use std::ops::Range;

use super::NoGlyph;
use super::linebreak::Breaking;
use super::pages::{PlacedGlyph, Run};
use super::segment::{Segment, Sign, TypeSpec};
use super::{justify, linebreak, title};
use crate::doc::{Block, BlockKind, Inline};
use crate::fonts::Fonts;
use crate::length::Length;
use crate::manifest::Style;

/// A line of a block, with `x` from the left edge of the type area.
#[derive(Clone, Debug, Default)]
pub(super) struct SetLine {
    pub(super) size: Length,
    pub(super) runs: Vec<Run>,
    /// Left and right edges of open holes.
    pub(super) holes: Vec<(Length, Length)>,
}

/// How a kind of block is set.
struct Setting {
    spec: TypeSpec,
    /// Characters that the first line of the block is indented by.
    indent: i64,
    centred: bool,
}

impl Setting {
    fn of(kind: BlockKind, style: &Style) -> Setting {
        let text =
            TypeSpec { size: style.sizes.body, tracking: style.cell - style.sizes.body, latin_gap: style.latin_gap };
        let title = TypeSpec { size: style.sizes.title, tracking: Length::ZERO, latin_gap: style.latin_gap };
        match kind {
            BlockKind::Title => Setting { spec: title, indent: 0, centred: true },
            BlockKind::Subtitle | BlockKind::Byline | BlockKind::Dateline => {
                Setting { spec: text, indent: 0, centred: true }
            }
            BlockKind::Salutation => Setting { spec: text, indent: 0, centred: false },
            BlockKind::Heading(_) | BlockKind::Paragraph | BlockKind::Quote => {
                Setting { spec: text, indent: 2, centred: false }
            }
            BlockKind::ListItem(depth) => Setting { spec: text, indent: 1 + i64::from(depth.max(1)), centred: false },
        }
    }
}

/// The lines of `block`. A line that the author left empty stays.
pub(super) fn set(block: &Block, style: &Style, fonts: &Fonts) -> Result<Vec<SetLine>, NoGlyph> {
    let setting = Setting::of(block.kind, style);
    let measure = style.page.measure();
    // An indent as wide as the line, asked for by a list of great depth, would leave no room at all.
    let indent = (style.cell * setting.indent).min(measure / 2);
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
            let indent = if n == 0 { indent } else { Length::ZERO };
            let ranges = linebreak::justified(segment, measure - indent, measure).0;
            let last = ranges.len() - 1;
            for (k, line) in ranges.iter().enumerate() {
                let left = if k == 0 { indent } else { Length::ZERO };
                lines.push(place(segment, line, left, measure - left, k == last));
            }
        }
    }
    Ok(lines)
}

/// How the lines of `block` were broken.
pub(super) fn breaking(block: &Block, style: &Style, fonts: &Fonts) -> Result<Breaking, NoGlyph> {
    let setting = Setting::of(block.kind, style);
    let measure = style.page.measure();
    let indent = (style.cell * setting.indent).min(measure / 2);
    let mut breaking = Breaking::default();
    if !setting.centred {
        for (n, segment) in Segment::of_paragraph(&block.content, setting.spec, fonts)?.iter().enumerate() {
            if segment.signs.is_empty() {
                continue;
            }
            let first = if n == 0 { measure - indent } else { measure };
            breaking += linebreak::justified(segment, first, measure).1;
        }
    }
    Ok(breaking)
}

/// The content of `block` with a `\n` wherever a centred line turns by sense, so that Word turns there, too.
pub(super) fn with_turns(block: &Block, style: &Style, fonts: &Fonts) -> Result<Vec<Inline>, NoGlyph> {
    let setting = Setting::of(block.kind, style);
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

fn place(segment: &Segment, line: &Range<usize>, left: Length, room: Length, ragged: bool) -> SetLine {
    let gains = justify::justify(segment, line, room, ragged);
    let visible = segment.visible(line);
    let mut set = SetLine { size: segment.size, ..SetLine::default() };
    let mut x = left - segment.start_cut(line.start);
    for (k, at) in line.clone().enumerate() {
        let sign = &segment.signs[at];
        push_glyph(&mut set.runs, sign, segment.size, x + sign.inset);
        if sign.hole && at < visible.end {
            // The tint covers ink and not the blank half of a mark at either end of the line, nor blanks there.
            let left = if at == line.start { x + segment.start_cut(at) } else { x };
            let right = x + sign.width - if at + 1 == visible.end { segment.end_cut(at) } else { Length::ZERO };
            match set.holes.last_mut() {
                Some(hole) if at > line.start && segment.signs[at - 1].hole => hole.1 = right,
                _ => set.holes.push((left, right)),
            }
        }
        x += sign.width;
        if at + 1 < line.end {
            x += segment.gaps[at].kern + gains.get(k).copied().unwrap_or_default();
        }
    }
    set
}

fn push_glyph(runs: &mut Vec<Run>, sign: &Sign, size: Length, x: Length) {
    let glyph = PlacedGlyph { c: sign.c, id: sign.id, x, advance: sign.advance };
    match runs.last_mut() {
        Some(run) if run.face == sign.face && run.bold == sign.bold => run.glyphs.push(glyph),
        _ => runs.push(Run { face: sign.face, size, bold: sign.bold, glyphs: vec![glyph] }),
    }
}
