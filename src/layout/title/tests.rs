use super::*;
use crate::doc::Inline;
use crate::fonts::{Fonts, Role};
use crate::layout::sign::TypeSpec;

/// `text` with `|` where its lines turn as a title.
fn broken(text: &str) -> String {
    let inline = Inline::new(text, Role::Title);
    let spec = TypeSpec { size: Length::pt(22), tracking: Length::ZERO, latin_gap: 0, keep: None };
    let segment = Segment::of_paragraph(&[inline], spec, &Fonts::bundled()).unwrap().remove(0);
    let lines = lines(&segment, Length::mm(156));
    let text = |line: &Range<usize>| segment.signs[line.clone()].iter().map(|sign| sign.c).collect::<String>();
    lines.iter().map(text).collect::<Vec<_>>().join("|")
}

/// The title of a line of `titles.txt`, and the ways to break it.
fn table() -> impl Iterator<Item = (String, Vec<&'static str>)> {
    let lines = include_str!("titles.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| {
        let ways: Vec<&str> = line.split(" / ").collect();
        (ways[0].replace('|', ""), ways)
    })
}

#[test]
fn titles_turn_as_an_editor_would_turn_them() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (title, ways) in table() {
        assert!(ways.iter().all(|way| way.replace('|', "") == title), "{title}: not the same title");
        let broken = broken(&title);
        count += 1;
        if !ways.contains(&broken.as_str()) {
            wrong.push(broken);
        }
    }
    assert_eq!(count, 120);
    assert!(wrong.len() * 20 <= count, "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_line_of_a_title_begins_or_ends_with_a_particle_or_within_a_word() {
    for (title, _) in table() {
        let chars: Vec<char> = title.chars().collect();
        let joints = crate::words::joints(&chars);
        let mut at = 0;
        let lines = broken(&title);
        for line in lines.split('|') {
            assert!(!line.starts_with(['的', '和', '暨', '与', '及']) || line.starts_with("及时"), "{lines}");
            assert!(!line.ends_with(['的', '和', '暨', '与', '及']), "{lines}");
            at += line.chars().count();
            assert!(at == chars.len() || joints[at - 1] != crate::words::Joint::Within, "{lines}");
        }
    }
}

#[test]
fn titles_turn_by_sense() {
    for (why, marked) in [
        ("what fits stays on one line", "青石镇主题教育工作汇报"),
        ("words are whole, and the lines not too uneven", "青石镇关于开展|农村人居环境整治提升的工作汇报"),
        ("before 关于, not after it", "中共青石镇委员会青石镇人民政府|关于二〇二三年度重点工作完成情况的报告"),
        ("brackets are not torn", "青石镇关于贯彻落实|《青石县乡村振兴促进条例》情况的汇报"),
        ("a number stays with its unit", "青石镇人民政府|2023年上半年安全生产工作总结"),
        (
            "brackets longer than a line turn between words",
            "关于贯彻落实《中共青石县委|关于加强基层党组织建设的意见》的实施方案",
        ),
        ("a list of short names is one", "青石镇关于贯彻落实省委、省政府|关于推进乡村全面振兴的实施意见的情况汇报"),
    ] {
        let text: String = marked.chars().filter(|&c| c != '|').collect();
        assert_eq!(broken(&text), marked, "{why}");
    }
}

#[test]
fn three_lines_are_no_hourglass() {
    let text = "中共青石镇委员会关于深入学习贯彻全会会议精神扎实推进乡村全面振兴加快建设宜居宜业和美乡村的工作汇报";
    let lines: Vec<usize> = broken(text).split('|').map(|line| line.chars().count()).collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(!(lines[1] < lines[0] && lines[1] < lines[2]), "{lines:?}");
}

#[test]
fn a_long_title_is_broken_as_text_is() {
    let lines = broken(&"镇".repeat(2000));
    assert_eq!(lines.split('|').count(), 100);
}
