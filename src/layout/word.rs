//! What belongs together though the classes of its signs would let a line turn in it: ranges, clock times, numbers
//! with Latin units after a blank, degrees, names; and where an address, long as it is, may be parted.

use std::ops::Range;

use super::punct::{Class, Turn};
use super::sign::{Gap, Sign, Stretch};
use crate::words::{Joint, Names, joints};

/// Latin units that stand after a number and a blank. Written close to it they are one word with it anyway.
const UNITS: [&str; 40] = [
    "A", "B", "GB", "GHz", "GW", "Hz", "J", "K", "KB", "L", "MB", "MHz", "MPa", "MW", "Mbps", "N", "Pa", "TB", "V",
    "W", "cm", "d", "dB", "g", "h", "ha", "kHz", "kPa", "kV", "kW", "kWh", "kg", "km", "kn", "m", "mL", "mg", "min",
    "mm", "t",
];

/// Makes the gaps within such things turns that are avoided.
pub(super) fn bind(signs: &[Sign], gaps: &mut [Gap]) {
    for (at, gap) in gaps.iter_mut().enumerate().filter(|(_, gap)| gap.turn == Turn::Free) {
        if is_degree(signs, at) {
            (gap.turn, gap.stretch) = (Turn::Word, Stretch::Fixed);
        } else if is_range(signs, at) || is_before_unit(signs, at) {
            gap.turn = Turn::Soft;
        }
    }
    addresses(signs, gaps);
}

/// The most characters of a name that is never parted. A line that leaves so many to the next opens its gaps by less
/// than a quarter of an em.
const SHORT_NAME: usize = 6;

/// Makes the gaps within names no turns; within long ones turns that are avoided.
pub(super) fn keep(signs: &[Sign], gaps: &mut [Gap], keep: &Names) {
    for name in names(signs, keep) {
        let turn = if name.len() <= SHORT_NAME { Turn::Word } else { Turn::Soft };
        let within = gaps[name.start..name.end - 1].iter_mut();
        for gap in within.filter(|gap| matches!(gap.turn, Turn::Free | Turn::Soft)) {
            gap.turn = turn;
        }
    }
}

/// The names among `signs`, in order.
pub(super) fn names(signs: &[Sign], keep: &Names) -> Vec<Range<usize>> {
    let chars: Vec<char> = signs.iter().map(|sign| sign.c).collect();
    let mut names = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let length = keep.at(&chars[at..]);
        names.extend(length.map(|length| at..at + length));
        at += length.unwrap_or(1);
    }
    names
}

/// Makes the gaps within words turns that are avoided.
pub(super) fn avoid_torn(signs: &[Sign], gaps: &mut [Gap]) {
    let chars: Vec<char> = signs.iter().map(|sign| sign.c).collect();
    for (gap, joint) in gaps.iter_mut().zip(joints(&chars)) {
        if joint == Joint::Within && gap.turn == Turn::Free {
            gap.turn = Turn::Soft;
        }
    }
}

fn is(signs: &[Sign], at: Option<usize>, test: impl Fn(&Sign) -> bool) -> bool {
    at.and_then(|at| signs.get(at)).is_some_and(test)
}

/// `25°C`, `30°15′`.
fn is_degree(signs: &[Sign], at: usize) -> bool {
    matches!(signs[at].c, '°' | '′' | '″') && signs[at + 1].class.is_word()
}

/// Behind the sign between two numbers: `3～5`, `90%～95%`, `2023—2025`, `9：30`, `1∶3`.
fn is_range(signs: &[Sign], at: usize) -> bool {
    let joins = matches!(signs[at].class, Class::Connector | Class::Dash) || signs[at].c == '：';
    let before = is(signs, at.checked_sub(1), |sign| matches!(sign.class, Class::Digit | Class::Tail));
    joins && before && signs[at + 1].class == Class::Digit
}

/// Behind the blank of `10 kV`.
fn is_before_unit(signs: &[Sign], at: usize) -> bool {
    if signs[at].class != Class::Blank || !is(signs, at.checked_sub(1), |sign| sign.class == Class::Digit) {
        return false;
    }
    let word: String =
        signs[at + 1..].iter().map(|sign| sign.c).take_while(char::is_ascii_alphabetic).take(5).collect();
    UNITS.contains(&word.as_str())
}

/// An address is a word that may be parted after `/ ? & =`, which tell its parts.
fn addresses(signs: &[Sign], gaps: &mut [Gap]) {
    let mut start = 0;
    while start < signs.len() {
        let run = signs[start..].iter().take_while(|sign| sign.c.is_ascii_graphic()).count();
        let (mut from, mut to) = (start, start + run);
        start = to + 1;
        while from < to && signs[from].class == Class::LatinOpener {
            from += 1;
        }
        while from < to && signs[to - 1].class == Class::LatinCloser {
            to -= 1;
        }
        let text: String = signs[from..to].iter().map(|sign| sign.c).collect();
        if !text.contains("://") && !text.starts_with("www.") {
            continue;
        }
        for at in from..to.saturating_sub(1) {
            let parts =
                matches!(signs[at].c, '/' | '?' | '&' | '=') && !matches!(signs[at + 1].c, '/' | '?' | '&' | '=');
            gaps[at].turn = if parts { Turn::Soft } else { Turn::Word };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::Inline;
    use crate::fonts::{Fonts, Role};
    use crate::layout::segment::Segment;
    use crate::layout::sign::TypeSpec;
    use crate::length::Length;

    /// `text` with `|` where a line may turn and `:` where it better does not.
    fn turns(text: &str) -> String {
        turns_with(text, &[])
    }

    /// The same where `names` are kept besides those of leaders.
    fn turns_with(text: &str, names: &[&str]) -> String {
        shown(&segment(text, names))
    }

    fn segment(text: &str, names: &[&str]) -> Segment {
        let inline = Inline::new(text, Role::Body);
        let names = Names::with(names.iter().copied());
        let spec = TypeSpec { size: Length::pt(16), tracking: Length::ZERO, latin_gap: 0, keep: Some(&names) };
        Segment::of_paragraph(&[inline], spec, &Fonts::bundled()).unwrap().remove(0)
    }

    fn shown(segment: &Segment) -> String {
        let mut out = String::new();
        for (at, sign) in segment.signs.iter().enumerate() {
            out.push(sign.c);
            match segment.gaps.get(at).map(|gap| gap.turn) {
                Some(Turn::Free) => out.push('|'),
                Some(Turn::Soft) => out.push('¦'),
                Some(Turn::Joint | Turn::Word | Turn::Never) | None => {}
            }
        }
        out
    }

    #[test]
    fn what_belongs_together_stays_so() {
        for (why, marked) in [
            ("a range", "约|3～¦5|户"),
            ("a range with units", "达|90%～¦95%|左"),
            ("a range of years", "在|2023—¦2025|年"),
            ("a clock time", "从|9：¦30|起"),
            ("a colon of speech is none", "说：|30|户"),
            ("a number and its Latin unit", "压|10kV|线"),
            ("with a blank between", "压|10 ¦kV|线"),
            ("a word is no unit", "第|10 |Rural |会"),
            ("degrees", "约|25°C，|北|纬|30°15′"),
            ("a long number with separators", "共|1,234,567.89|元"),
            ("a name with its dots", "阿·卜|杜·热|西"),
            ("rare characters are hanzi", "𠮷|镇"),
        ] {
            let text: String = marked.chars().filter(|&c| !matches!(c, '|' | '¦')).collect();
            assert_eq!(turns(&text), marked, "{why}");
        }
    }

    #[test]
    fn the_words_of_a_cell_are_better_whole() {
        let mut segment = segment("已完成整改数（户）", &[]);
        avoid_torn(&segment.signs, &mut segment.gaps);
        assert_eq!(shown(&segment), "已|完¦成|整¦改|数|（户）");
    }

    #[test]
    fn names_are_whole() {
        for (why, names, marked) in [
            ("a leader's", &[][..], "学|习|习近平|总|书|记|讲|话"),
            ("one that the report declares", &["张小明"][..], "支|书|张小明|说"),
            ("a long one, if it can be", &["青石县大坪农民合作社"][..], "由|青¦石¦县¦大¦坪¦农¦民¦合¦作¦社|建"),
            ("with its dot", &["阿卜杜·热西提"][..], "由|阿¦卜¦杜·热¦西¦提|说"),
        ] {
            let text: String = marked.chars().filter(|&c| !matches!(c, '|' | '¦')).collect();
            assert_eq!(turns_with(&text, names), marked, "{why}");
        }
    }

    #[test]
    fn an_address_is_parted_after_its_marks_alone() {
        for (why, marked) in [
            ("after a solidus, not between two", "见|https://¦www.qingshi.gov.invalid/¦a-b/¦c.html，|另|见"),
            ("with its query", "见|http://¦q.invalid/¦s?¦id=¦12&¦n=¦3|页"),
            ("without a scheme, in brackets", "站|(www.q.invalid/¦a)，|在"),
            ("a solidus elsewhere parts nothing", "吨/年|和|A/B|组"),
        ] {
            let text: String = marked.chars().filter(|&c| !matches!(c, '|' | '¦')).collect();
            assert_eq!(turns(&text), marked, "{why}");
        }
    }
}
