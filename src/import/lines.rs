//! The lines of a plain draft: cleaned, and joined where they were broken at one width.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::line::{Line, Look, Place};
use super::mapped::Mapped;
use super::pictures::picture;
use super::typed::typed;
use super::{Note, Notes};
use crate::check::is_control;
use crate::diag::Code;
use crate::fonts::{Fonts, Role};
use crate::hanzi;
use crate::placeholder::{is_blank, is_hanzi, plain_marker};
use crate::text;

/// What takes the place of a character that no face has (GB/T 9704 prints none; the geta mark is the trade's own).
const NO_GLYPH: &str = "〓";

/// Takes what can't be set out of lines.
pub(super) struct Cleaner<'f> {
    fonts: &'f Fonts,
    known: HashMap<char, bool>,
    /// Controls that were left out: how many, and the first place.
    controls: BTreeMap<char, (usize, Range<usize>)>,
    /// Characters in whose place another stands: which, and where.
    replaced: Vec<(char, char, Range<usize>)>,
}

impl<'f> Cleaner<'f> {
    pub(super) fn new(fonts: &'f Fonts) -> Self {
        Cleaner { fonts, known: HashMap::new(), controls: BTreeMap::new(), replaced: Vec::new() }
    }

    /// The line `raw`, which stands at `start` of the draft, without controls and without blanks at its ends.
    pub(super) fn clean(&mut self, raw: &str, start: usize, notes: &mut Notes) -> Mapped {
        let mut line = Mapped::default();
        let mut kept = 0;
        for (at, c) in raw.char_indices() {
            let control = is_control(c);
            let meant = hanzi::meant(c);
            if !control && meant.is_none() && (c.is_whitespace() || self.has_glyph(c)) {
                continue;
            }
            let range = start + at..start + at + c.len_utf8();
            line.push(&raw[kept..at], start + kept);
            kept = at + c.len_utf8();
            if control {
                self.controls.entry(c).or_insert((0, range)).0 += 1;
            } else if let Some(other) = meant.or_else(|| Some(plain_marker(c)).filter(|&plain| plain != c)) {
                line.push_replaced(other.encode_utf8(&mut [0; 4]), range.clone());
                self.replaced.push((c, other, range));
            } else {
                let code = u32::from(c);
                let message = text!(
                    "“{c}”（U+{code:04X}）没有字形可排，换成了 {NO_GLYPH}",
                    "no face has `{c}` (U+{code:04X}); {NO_GLYPH} stands for it"
                );
                line.push_replaced(NO_GLYPH, range.clone());
                notes.push(Note::new(Code::NotImported, message, range));
            }
        }
        line.push(&raw[kept..], start + kept);
        line.trimmed()
    }

    /// Tells which controls were left out, and which characters were replaced.
    pub(super) fn finish(self, notes: &mut Notes) {
        if let Some(&(c, other, ref range)) = self.replaced.first() {
            let (code, new, n) = (u32::from(c), u32::from(other), self.replaced.len());
            let message = text!(
                "“{c}”（U+{code:04X}）换成了“{other}”（U+{new:04X}）；这样换了 {n} 处",
                "`{c}` (U+{code:04X}) became `{other}` (U+{new:04X}); replaced like this: {n}"
            );
            let others = self.replaced.iter().skip(1).take(4).map(|(.., range)| range.clone()).collect();
            notes.push(Note { others, ..Note::new(Code::Guessed, message, range.clone()) });
        }
        for (c, (count, range)) in self.controls {
            let code = u32::from(c);
            let message = text!(
                "去掉了看不见的控制字符 U+{code:04X}，共 {count} 个",
                "{count} of the invisible control character U+{code:04X} left out"
            );
            notes.push(Note::new(Code::NotImported, message, range));
        }
    }

    fn has_glyph(&mut self, c: char) -> bool {
        let fonts = self.fonts;
        *self.known.entry(c).or_insert_with(|| fonts.glyph(Role::Body, c).is_some())
    }
}

/// The lines of `text` with where they begin; every kind of line end is one.
pub(super) fn split(text: &str) -> Vec<(usize, &str)> {
    let is_end = |c: char| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let mut start = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive(is_end) {
        lines.push((start, line.trim_end_matches(is_end)));
        start += line.len();
    }
    lines
}

/// The paragraphs of a draft that is text. An empty line ends one; lines that are plainly broken at one width are
/// joined.
pub(super) fn paragraphs(text: &str, cleaner: &mut Cleaner<'_>, notes: &mut Notes) -> Vec<Line> {
    let raw = split(text);
    let lines: Vec<Mapped> = raw.iter().map(|&(start, line)| cleaner.clean(line, start, notes)).collect();
    let indented: Vec<bool> = raw.iter().map(|(_, line)| line.starts_with(is_blank)).collect();
    let width = wrapped_at(&raw);
    let mut out: Vec<Line> = Vec::new();
    let mut joined: Option<Range<usize>> = None;
    let mut open = false;
    for (index, line) in lines.into_iter().enumerate() {
        let full = width.is_some_and(|wrapped| wrapped.is_full(raw[index].1));
        if let Some(note) = picture(&line) {
            notes.push(note);
        }
        if line.text().is_empty() {
            open = false;
            continue;
        }
        match out.last_mut().filter(|_| open && !indented[index] && typed(line.text()).is_none()) {
            Some(last) => {
                joined.get_or_insert_with(|| line.source(0..line.text().len()));
                join(&mut last.text, &line);
            }
            None => {
                let look = Look { place: moved(raw[index].1), ..Look::default() };
                out.push(Line { text: line, look, ..Line::default() });
            }
        }
        open = full;
    }
    if let Some(range) = joined {
        let message =
            text!("按固定宽度断开的行接成了整段，请看一眼", "lines broken at one width were joined; look at them once");
        notes.push(Note::new(Code::Guessed, message, range));
    }
    out
}

/// Where a line stands by the blanks before it: far from the margin are eight hanzi, where a paragraph begins with two.
pub(super) fn moved(line: &str) -> Place {
    const FAR: usize = 16;
    let blanks = &line[..line.find(|c| !is_blank(c)).unwrap_or(0)];
    let width: usize = blanks.chars().map(|c| if c == '\t' { 4 } else { c.width().unwrap_or(1) }).sum();
    if width >= FAR { Place::Moved } else { Place::Margin }
}

/// A width at which lines were broken.
#[derive(Clone, Copy)]
struct Wrapped {
    width: usize,
    /// Counted in characters, else in cells of a terminal, of which a hanzi has two.
    in_chars: bool,
}

impl Wrapped {
    fn measure(self, line: &str) -> usize {
        let line = line.trim_end();
        if self.in_chars { line.chars().count() } else { line.width() }
    }

    /// Whether the next word had no room: a mark, or a Latin word, may have gone with it.
    fn is_full(self, line: &str) -> bool {
        self.measure(line) + if self.in_chars { 2 } else { 5 } >= self.width
    }
}

/// The width at which the lines are broken, if they are: most of those that end no sentence are as wide as any.
fn wrapped_at(lines: &[(usize, &str)]) -> Option<Wrapped> {
    [false, true].into_iter().find_map(|in_chars| {
        let none = Wrapped { width: 0, in_chars };
        let width = lines.iter().map(|(_, line)| none.measure(line)).max()?;
        let (least, most) = if in_chars { (15, 60) } else { (30, 120) };
        let wrapped = Wrapped { width, in_chars };
        let (mut broken, mut against) = (0, 0);
        for (_, line) in lines.iter().filter(|(_, line)| !line.trim().is_empty()) {
            let ends = line.trim_end().ends_with(['。', '！', '？', '；', '：', '”', '）', '.', ':']);
            let full = wrapped.is_full(line);
            broken += usize::from(full && !ends);
            // A short line that ends no sentence speaks against it, unless it is a heading's.
            against += usize::from(!full && !ends && wrapped.measure(line) * 3 > width * 2);
        }
        ((least..=most).contains(&width) && broken >= 3 && broken > against * 2).then_some(wrapped)
    })
}

fn join(line: &mut Mapped, next: &Mapped) {
    let last = line.text().chars().next_back();
    let first = next.text().chars().next();
    let is_latin = |c: char| c.is_alphanumeric() && !is_hanzi(c);
    if last.zip(first).is_some_and(|(last, first)| is_latin(last) && is_latin(first)) {
        let end = next.source(0..0).start;
        line.push_replaced(" ", end..end);
    }
    line.append(next);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let fonts = Fonts::bundled();
        let mut notes = Notes::default();
        let lines = paragraphs(text, &mut Cleaner::new(&fonts), &mut notes);
        lines.into_iter().map(|line| line.text.text().to_owned()).collect()
    }

    #[test]
    fn lines_of_one_width_are_joined_and_others_are_not() {
        let wrapped = "　　今年以来，我镇坚持把防汛工作摆在突出位\n置，早部署、早动员，组织干部群众上堤巡查，\n\
            累计出动X人次，清理沟渠X公里，有效保障了全\n镇安全度汛。\n　　下一步，将继续抓好值班值守。\n";
        let expected = [
            "今年以来，我镇坚持把防汛工作摆在突出位置，早部署、早动员，组织干部群众上堤巡查，累计出动X人次，清理沟渠X公里，有效保障了全镇安全度汛。",
            "下一步，将继续抓好值班值守。",
        ];
        assert_eq!(read(wrapped), expected);
        let plain = "防汛工作汇报\n一、组织领导\n成立专班。\n二、工作成效\n出动X人次。\n";
        assert_eq!(read(plain).len(), 5);
    }

    #[test]
    fn every_line_end_ends_a_line_and_controls_go() {
        assert_eq!(read("一\r\n二\r三\u{2028}四\n\n五\u{200b}六"), ["一", "二", "三", "四", "五六"]);
        assert_eq!(read("表情😀"), ["表情〓"]);
    }
}
