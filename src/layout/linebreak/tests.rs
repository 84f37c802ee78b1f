//! Cases of line breaking, each with one sentence of why.

use proptest::prelude::*;

use super::*;
use crate::doc::Inline;
use crate::fonts::{Fonts, Role};
use crate::layout::sign::{Stretch, TypeSpec};
use crate::words::Names;

const EM: Length = Length::pt(16);

fn segment(text: &str) -> Segment {
    let inline = Inline::new(text, Role::Body);
    let spec = TypeSpec { size: EM, tracking: Length::ZERO, latin_gap: 0, keep: None };
    Segment::of_paragraph(&[inline], spec, &Fonts::bundled()).unwrap().remove(0)
}

/// `text` in lines of `ems`, joined by `|`.
fn broken(text: &str, ems: i64) -> String {
    let segment = segment(text);
    joined(&segment, &lines(&segment, EM * ems, EM * ems))
}

/// The same where the lines are to fill their room.
fn filled(text: &str, ems: i64) -> (String, Breaking) {
    let segment = segment(text);
    let (lines, breaking) = justified(&segment, EM * ems, EM * ems);
    (joined(&segment, &lines), breaking)
}

fn joined(segment: &Segment, lines: &[Range<usize>]) -> String {
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

#[test]
fn a_paragraph_with_open_lines_is_broken_anew() {
    let once = Breaking { paragraphs: 1, ..Breaking::default() };
    let loose = Breaking { anew: 1, loose: 1, ..once };
    for (why, ems, marked, breaking) in [
        ("good lines are those of Word", 6, "镇党委召开会|议研究部署", once),
        ("a word longer than a line fills the line before it", 6, "镇党00000000|00000000次", loose),
    ] {
        let text: String = marked.chars().filter(|&c| c != '|').collect();
        let (lines, told) = filled(&text, ems);
        assert_eq!((lines.as_str(), told), (marked, breaking), "{why}");
    }
}

#[test]
fn a_lone_sign_is_avoided_over_the_whole_paragraph() {
    // The last line but one has no mark to give; the first has.
    let text = format!("镇党委，召开会议，研究，部署{}", "镇".repeat(17));
    let (lines, told) = filled(&text, 10);
    let last = lines.rsplit('|').next().unwrap();
    assert!(last.chars().count() > 1, "{lines}");
    assert_eq!((told.anew, told.lone, told.still_loose), (1, 1, 0), "{lines}");
}

#[test]
fn an_address_is_parted_rather_than_leave_a_hole() {
    let (lines, told) = filled("请登录https://www.qingshi.gov.invalid/news/2023查看", 12);
    assert!(lines.split('|').next().unwrap().len() > "请登录".len(), "{lines}");
    assert_eq!(lines.replace('|', ""), "请登录https://www.qingshi.gov.invalid/news/2023查看");
    assert!(told.anew == 1, "{lines}");
}

#[test]
fn what_no_turn_avoids_is_told() {
    // Two words of which neither fits beside the hanzi.
    let (lines, told) = filled("镇0000000000000000000镇1111111111111111111镇镇镇镇", 10);
    assert!(told.still_loose > 0, "{lines}: {told:?}");
}

/// Lines with gaps that show, and whether a lone sign ends them; told without the sums of `widths`.
fn slow_flaws(segment: &Segment, lines: &[Range<usize>], first: Length, rest: Length) -> Option<Flaws> {
    let mut flaws = Flaws::default();
    for (n, line) in lines.iter().enumerate() {
        let measure = if n == 0 { first } else { rest };
        let visible = segment.visible(line);
        let gaps = segment.gaps.get(visible.start..visible.end.saturating_sub(1)).unwrap_or_default();
        let slack = measure - segment.natural(line);
        if slack < -segment.give(line) {
            return None;
        }
        let even = slack - gaps.iter().map(|gap| gap.grow).sum();
        let open = gaps.iter().filter(|gap| gap.stretch != Stretch::Fixed).count() as i64;
        let is_loose = even > Length::ZERO && (open == 0 || even.scale(1, open) * 4 > segment.size);
        flaws.loose += usize::from(is_loose && n + 1 < lines.len());
    }
    flaws.lone = lines.len() > 1 && lines.last().is_some_and(|line| is_lone(segment, line));
    Some(flaws)
}

/// The least that must be wrong with a segment, found by trying all ways to break it.
fn least_flaws(segment: &Segment, first: Length, rest: Length) -> Option<Flaws> {
    let may_turn = |&at: &usize| matches!(segment.gaps[at - 1].turn, Turn::Free | Turn::Soft);
    let turns: Vec<usize> = (1..segment.signs.len()).filter(may_turn).collect();
    (0..1_u32 << turns.len())
        .filter_map(|chosen| {
            let ends = turns.iter().enumerate().filter(|(n, _)| chosen >> n & 1 == 1).map(|(_, &at)| at);
            let ends: Vec<usize> = ends.chain([segment.signs.len()]).collect();
            let starts = std::iter::once(0).chain(ends.iter().copied());
            let lines: Vec<_> = starts.zip(&ends).map(|(start, &end)| start..end).collect();
            slow_flaws(segment, &lines, first, rest)
        })
        .min()
}

fn short_texts() -> impl Strategy<Value = String> {
    let of = |signs: &str| prop::sample::select(signs.chars().collect::<Vec<_>>());
    let sign = prop_oneof![
        9 => of("青石镇召开党委会议"),
        2 => of("“（《”）》"),
        4 => of("，、；：。？！"),
        1 => of("—…·～/"),
        4 => of("0123456789.%"),
        2 => of("abc "),
    ];
    prop::collection::vec(sign, 2..22).prop_map(|signs| signs.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_turn_that_the_rules_allow_would_leave_fewer_open_lines(text in short_texts(), halves in 8_i64..22, indent in 0_i64..3) {
        let segment = segment(&text);
        let (first, rest) = (EM * halves / 2 - EM * indent, EM * halves / 2);
        let turns = segment.gaps.iter().filter(|gap| matches!(gap.turn, Turn::Free | Turn::Soft)).count();
        prop_assume!(turns <= 14);
        // A word longer than a line is another matter.
        if let Some(least) = least_flaws(&segment, first, rest) {
            let (lines, told) = justified(&segment, first, rest);
            let flaws = slow_flaws(&segment, &lines, first, rest);
            prop_assert_eq!(flaws, Some(least), "{}", joined(&segment, &lines));
            prop_assert_eq!(told.still_loose, least.loose);
        }
    }
}

/// `text` in lines of `ems`, where `names` are kept whole; the flaws that are left.
fn with_names(text: &str, ems: i64, names: &[&str]) -> (String, Breaking) {
    let inline = Inline::new(text, Role::Body);
    let names = Names::with(names.iter().copied());
    let spec = TypeSpec { size: EM, tracking: Length::ZERO, latin_gap: 0, keep: Some(&names) };
    let segment = Segment::of_paragraph(&[inline], spec, &Fonts::bundled()).unwrap().remove(0);
    let (lines, breaking) = justified(&segment, EM * ems, EM * ems);
    (joined(&segment, &lines), breaking)
}

#[test]
fn a_name_is_moved_or_squeezed_in_and_not_parted() {
    for (why, ems, marked) in [
        ("it goes down whole", 12, "全镇上下要深入学习贯彻|习近平总书记讲话"),
        ("it is squeezed in where marks give enough", 12, "会上，书记、镇长，由张小明|都讲了话"),
        ("names side by side may be parted", 12, "全镇上下要深入学习毛泽东|邓小平的著作"),
    ] {
        let text: String = marked.chars().filter(|&c| c != '|').collect();
        assert_eq!(with_names(&text, ems, &["张小明"]).0, marked, "{why}");
    }
}

#[test]
fn what_word_would_part_takes_more_room() {
    let text = "全镇上下要深入学习贯彻习近平总书记讲话";
    let names = Names::default();
    let segment = |keep| {
        let spec = TypeSpec { size: EM, tracking: Length::ZERO, latin_gap: 0, keep };
        Segment::of_paragraph(&[Inline::new(text, Role::Body)], spec, &Fonts::bundled()).unwrap().remove(0)
    };
    let (plain, named) = (segment(None), segment(Some(&names)));
    let names = crate::layout::word::names(&named.signs, &names);
    // Twelve characters fit; the eleven before the name spread over the room of the twelfth.
    let spreads = spread(&plain, &named, &names, EM * 12, EM * 12);
    assert_eq!(spreads, [whole::Spread { line: 0..11, by: Length::twips(320 / 11) }]);
    assert!(spread(&plain, &named, &names, EM * 14, EM * 14).is_empty());
}

proptest! {
    /// Whatever stands around them: names are whole, and no line has gaps that show.
    #[test]
    fn names_in_any_text_are_whole(
        before in "([会议研究部署]{2,9}[，、。；]){0,9}[会议]{0,5}",
        between in "([会议研究部署]{2,9}[，、。；]){0,4}",
        after in "[会议研究部署]{0,40}。",
    ) {
        let text = format!("会{before}习近平{between}张小明{after}");
        let (lines, breaking) = with_names(&text, 28, &["张小明"]);
        prop_assert!(lines.contains("习近平") && lines.contains("张小明"), "{}", lines);
        prop_assert_eq!(breaking.still_loose, 0);
    }
}
