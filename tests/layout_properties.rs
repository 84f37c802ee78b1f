//! What must be true of every line of every text.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::report;
use proptest::prelude::*;
use report_gen::doc::BlockKind;
use report_gen::fonts::{Fonts, Role};
use report_gen::layout::{Line, Page, Part, PlacedGlyph, layout};
use report_gen::length::Length;

const HANZI: &str = "青石镇召开党委会议问题整改群众满意";
const OPENERS: &str = "“‘（《〈【〔「";
const CLOSERS: &str = "”’）》〉】〕」";
const STOPS: &str = "。，、；：？！";
/// Not the first sign of a line, whatever stands before it.
const NO_START: &str = "”’）》〉】〕」。，、；：？！～％%‰℃…·/";
/// Not the last sign of a line, whatever follows.
const NO_END: &str = "“‘（《〈【〔「￥$([/·";

fn alphabet() -> impl Strategy<Value = char> {
    let of = |signs: &str| prop::sample::select(signs.chars().collect::<Vec<_>>());
    prop_oneof![
        12 => of(HANZI),
        2 => of(OPENERS),
        2 => of(CLOSERS),
        3 => of(STOPS),
        2 => of("—…·～/-–"),
        4 => of("0123456789.,%‰℃￥$+"),
        3 => of("abcdeXYZ"),
        2 => of(" \u{3000}"),
        1 => of("①㎡≥→𠮷"),
    ]
}

fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec(alphabet(), 0..400).prop_map(|signs| signs.into_iter().collect())
}

/// The text with each line end that the author forces, at most one in a paragraph.
fn lines(text: &str, kind: BlockKind, measure_mm: i64, latin_gap: i64) -> Vec<Line> {
    let mut doc = report::report(vec![report::block(kind, vec![report::inline(text, Role::Body)])]);
    doc.style.page.right = doc.style.page.width - doc.style.page.left - Length::mm(measure_mm);
    doc.style.latin_gap = latin_gap;
    let pages = layout(&doc, &Fonts::bundled()).expect("the alphabet is in the faces");
    let lines = pages.pages.iter().flat_map(Page::lines);
    lines.filter(|line| line.part != Part::PageNumber).cloned().collect()
}

fn is_hanzi(c: char) -> bool {
    HANZI.contains(c)
}

/// The line's ink: without the blank half of a mark at either end.
fn ink(line: &Line) -> (Length, Length) {
    let (left, right) = line.extent().unwrap_or_default();
    let half = line.runs.first().map_or(Length::ZERO, |run| run.size / 2);
    let text = line.text();
    let text = text.trim_end();
    let starts = text.starts_with(|c| OPENERS.contains(c));
    let ends = text.ends_with(|c| CLOSERS.contains(c) || STOPS.contains(c));
    (if starts { left + half } else { left }, if ends { right - half } else { right })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_sign_is_lost_and_none_moves(
        text in texts(),
        measure in 20_i64..160,
        gap in prop::sample::select(vec![0_i64, 125, 250]),
        kind in prop::sample::select(vec![BlockKind::Paragraph, BlockKind::Title, BlockKind::Salutation]),
    ) {
        let lines = lines(&text, kind, measure, gap);
        prop_assert_eq!(lines.iter().map(Line::text).collect::<String>(), text);
    }

    #[test]
    fn glyphs_follow_each_other_and_stay_in_the_type_area(text in texts(), measure in 30_i64..160) {
        for line in lines(&text, BlockKind::Paragraph, measure, 0) {
            // Where the ink may begin: that of an opening mark in the right half of its cell.
            let ink_from = |glyph: &PlacedGlyph| {
                if OPENERS.contains(glyph.c) { glyph.x + Length::pt(8) } else { glyph.x }
            };
            let xs: Vec<Length> = line.runs.iter().flat_map(|run| &run.glyphs).map(ink_from).collect();
            prop_assert!(xs.windows(2).all(|pair| pair[0] < pair[1]), "{}", line.text());
            if line.text().trim().is_empty() {
                continue;
            }
            let (left, right) = ink(&line);
            prop_assert!(left >= Length::mm(28), "{} at {}", line.text(), left.to_mm());
            prop_assert!(right <= Length::mm(28 + measure), "{} to {}", line.text(), right.to_mm());
        }
    }

    #[test]
    fn marks_stand_where_they_may_unless_nothing_else_is_left(text in texts(), measure in 40_i64..160) {
        let lines: Vec<String> =
            lines(&text, BlockKind::Paragraph, measure, 0).iter().map(Line::text).collect();
        for pair in lines.windows(2) {
            let last = pair[0].trim_end_matches([' ', '\u{3000}']).chars().last();
            let first = pair[1].chars().next();
            let wrong = first.is_some_and(|c| NO_START.contains(c))
                || last.is_some_and(|c| NO_END.contains(c))
                // A dash is two signs; with a blank between they are two dashes.
                || (pair[0].ends_with('—') && first == Some('—'));
            // Two hanzi in the line above would have let it turn between them.
            let signs: Vec<char> = pair[0].chars().collect();
            let could_turn = signs.windows(2).any(|two| is_hanzi(two[0]) && is_hanzi(two[1]));
            prop_assert!(!(wrong && could_turn), "{}|{}", pair[0], pair[1]);
        }
    }

    #[test]
    fn full_lines_reach_the_edge(text in prop::collection::vec(prop::sample::select(HANZI.chars().collect::<Vec<_>>()), 60..400)) {
        let text: String = text.into_iter().collect();
        let lines = lines(&text, BlockKind::Paragraph, 156, 0);
        for line in &lines[..lines.len() - 1] {
            prop_assert_eq!(line.extent().unwrap_or_default().1, Length::mm(184));
        }
        prop_assert!(lines.last().is_some_and(|line| line.text().chars().count() > 1), "a lone hanzi");
    }
}
