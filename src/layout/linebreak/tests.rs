//! Cases of line breaking, each with one sentence of why.

use super::*;
use crate::doc::Inline;
use crate::fonts::{Fonts, Role};
use crate::layout::segment::TypeSpec;

const EM: Length = Length::pt(16);

fn segment(text: &str) -> Segment {
    let inline = Inline { text: text.to_string(), role: Role::Body, bold: false, gap: None };
    let spec = TypeSpec { size: EM, tracking: Length::ZERO, latin_gap: 0 };
    Segment::of_paragraph(&[inline], spec, &Fonts::bundled()).unwrap().remove(0)
}

/// `text` in lines of `ems`, joined by `|`.
fn broken(text: &str, ems: i64) -> String {
    let segment = segment(text);
    let lines = lines(&segment, EM * ems, EM * ems);
    let text = |line: &Range<usize>| segment.signs[line.clone()].iter().map(|sign| sign.c).collect::<String>();
    lines.iter().map(text).collect::<Vec<_>>().join("|")
}

#[test]
fn lines_turn_as_a_reader_of_chinese_expects() {
    for (why, ems, marked) in [
        ("hanzi fill the line", 6, "镇党委召开会|议研究部署"),
        ("a mark at the end takes half a cell and so still fits", 6, "镇党委召开，|会议研究部署"),
        ("a stop that would start a line is squeezed in", 6, "镇党，委召开。|会议研究部署"),
        ("where nothing gives, the hanzi before the stop goes down with it", 6, "镇党委召开|会。议研究|部署"),
        ("an opening mark goes down with what it opens", 6, "镇党委召开|“三会一课”|制度"),
        ("a number goes down whole", 6, "镇党委召开|1,234次会议"),
        ("a double dash goes down whole", 6, "镇党委召开|——会议研究"),
        ("a double dash at the end stays whole", 6, "镇党委召——|会议研究"),
        ("an ellipsis takes its hanzi down with it", 6, "镇党委召|开……会议|研究"),
        ("a Latin word goes down whole, its blank stays behind", 6, "镇党委的 |Rural 项目部|署名"),
        ("a word longer than the line is split, and only where the line is full", 4, "镇|00000000|00000次"),
        ("marks side by side are squeezed before anything is counted", 6, "他说：“好！”|会议研究部署"),
    ] {
        let text: String = marked.chars().filter(|&c| c != '|').collect();
        assert_eq!(broken(&text, ems), marked, "{why}");
    }
}

#[test]
fn a_paragraph_does_not_end_in_a_lone_hanzi() {
    for (why, ems, marked) in [
        ("the line above gives one down", 6, "镇党委召开|会议"),
        ("or takes it in where its marks give room", 6, "镇，党委召开。"),
        ("a mark beside the hanzi does not make it less alone", 6, "镇党委召开|会议。"),
    ] {
        let text: String = marked.chars().filter(|&c| c != '|').collect();
        assert_eq!(broken(&text, ems), marked, "{why}");
    }
}

#[test]
fn the_first_line_has_its_own_room() {
    let segment = segment(&"镇".repeat(10));
    assert_eq!(lines(&segment, EM * 4, EM * 6), [0..4, 4..10]);
}
