//! Centred lines broken by sense (GB/T 9704 7.3.1: words whole, lines symmetric and of suitable length, in a
//! trapezoid or a diamond).
//!
//! There is no dictionary. What can be told without one is what must not be torn (brackets, numbers and their
//! units, a short list of the words of office titles) and where a title breathes (after 的 and 、, before 关于).
//! All ways to break the title into the fewest lines, or one more, are compared; a title of more than
//! [`MAX_LINES`] lines is broken as text is.

use std::ops::Range;

use super::linebreak;
use super::punct::{Class, Turn};
use super::segment::Segment;
use crate::length::Length;

/// Most lines that are broken by sense.
const MAX_LINES: usize = 4;

/// Words that titles are made of. A line does not turn within one, and may turn beside one.
const WORDS: &str = "\
    关于 工作 汇报 报告 情况 总结 方案 通知 意见 会议 纪要 讲话 发言 材料 活动 教育 主题 \
    专题 建设 发展 落实 推进 开展 全面 重点 中共 党委 党组 委员会 人民政府 人民 政府 办公室 \
    领导小组 领导 小组 年度 上半年 下半年 季度 第一 第二 第三 第四 治理 整治 整改 基层 \
    乡村 振兴 农村 农业 经济 社会 安全 生产 环境 环保 生态 文明 文化 服务 群众 民生 保障 \
    项目 产业 企业 学习 贯彻 精神 调研 检查 督查 督导 考核 评估 自查 问题 清单 任务 目标 \
    责任 制度 改革 创新 管理 监督 执行 完成 进展 计划 要点 实施 几个 若干";

/// What it costs to turn at a place, and to give lines a shape; the least sum wins. Weighed on invented titles,
/// of which the tests keep some.
mod cost {
    /// Where a title breathes.
    pub(super) const BREATH: i64 = 0;
    /// Beside a word of the list, after 镇 or 局.
    pub(super) const SEAM: i64 = 10;
    /// Between two hanzi of which nothing is known.
    pub(super) const UNKNOWN: i64 = 20;
    /// Before 和; after 关于.
    pub(super) const POOR: i64 = 30;
    /// Between a number and its unit.
    pub(super) const UNIT: i64 = 45;
    /// Within a word of the list; before 的.
    pub(super) const TORN: i64 = 60;
    /// Within brackets.
    pub(super) const BRACKETS: i64 = 75;
    /// One line more than need be.
    pub(super) const EXTRA_LINE: i64 = 24;
    /// Lines alike (长方形).
    pub(super) const RECTANGLE: i64 = 8;
    /// A short line between long ones (沙漏形).
    pub(super) const HOURGLASS: i64 = 90;
    /// A line of fewer than four characters.
    pub(super) const SHORT: i64 = 30;
    /// A line of one character.
    pub(super) const LONE: i64 = 500;
    /// For each character that the longest line has over the shortest, after the first eight.
    pub(super) const UNEVEN: i64 = 2;
}

/// The lines of a centred segment.
pub(super) fn lines(segment: &Segment, measure: Length) -> Vec<Range<usize>> {
    let plain = linebreak::lines(segment, measure, measure);
    if plain.len() < 2 || plain.len() > MAX_LINES {
        return plain;
    }
    let mut search =
        Search { segment, measure, turns: turn_costs(segment), ends: Vec::new(), best: None, lines: plain.len() };
    search.from(0, 0);
    if plain.len() < MAX_LINES {
        search.lines += 1;
        search.from(0, cost::EXTRA_LINE);
    }
    let Some((_, ends)) = search.best else { return plain };
    let starts = std::iter::once(0).chain(ends.iter().copied());
    starts.zip(&ends).map(|(start, &end)| start..end).collect()
}

/// All ways to break a segment into `lines` lines.
struct Search<'a> {
    segment: &'a Segment,
    measure: Length,
    /// Cost of a turn after each sign; `None` where lines may not turn.
    turns: Vec<Option<i64>>,
    ends: Vec<usize>,
    best: Option<(i64, Vec<usize>)>,
    lines: usize,
}

impl Search<'_> {
    fn from(&mut self, start: usize, so_far: i64) {
        let count = self.segment.signs.len();
        if self.best.as_ref().is_some_and(|(best, _)| so_far >= *best) {
            return;
        }
        if self.ends.len() + 1 == self.lines {
            if self.segment.natural(&(start..count)) <= self.measure {
                self.ends.push(count);
                let cost = so_far + shape_cost(self.segment, &self.ends);
                if self.best.as_ref().is_none_or(|(best, _)| cost < *best) {
                    self.best = Some((cost, self.ends.clone()));
                }
                self.ends.pop();
            }
            return;
        }
        for end in start + 1..count {
            if self.segment.natural(&(start..end)) > self.measure {
                break;
            }
            if let Some(turn) = self.turns[end - 1] {
                self.ends.push(end);
                self.from(end, so_far + turn);
                self.ends.pop();
            }
        }
    }
}

fn shape_cost(segment: &Segment, ends: &[usize]) -> i64 {
    let em = segment.size;
    let mut start = 0;
    let mut widths = Vec::with_capacity(ends.len());
    let mut cost = 0;
    for &end in ends {
        let signs = segment.signs[start..end].iter().filter(|sign| sign.class != Class::Blank).count();
        let width = segment.natural(&(start..end));
        cost += match signs {
            0 | 1 => cost::LONE,
            _ if width < em * 4 => cost::SHORT,
            _ => 0,
        };
        widths.push(width);
        start = end;
    }
    let (Some(&longest), Some(&shortest)) = (widths.iter().max(), widths.iter().min()) else { return cost };
    let spread = longest - shortest;
    if spread < em {
        return cost + cost::RECTANGLE;
    }
    if spread > em * 8 {
        cost += cost::UNEVEN * ((spread - em * 8).to_emu() / em.to_emu().max(1));
    }
    // Growing, shrinking, or growing and then shrinking; half a character does not count as either.
    let mut shrinking = false;
    for pair in widths.windows(2) {
        let change = pair[1] - pair[0];
        if change < -em / 2 {
            shrinking = true;
        } else if change > em / 2 && shrinking {
            return cost + cost::HOURGLASS;
        }
    }
    cost
}

/// What a turn after each sign but the last costs.
fn turn_costs(segment: &Segment) -> Vec<Option<i64>> {
    let chars: Vec<char> = segment.signs.iter().map(|sign| sign.c).collect();
    let words = WordPlaces::find(&chars);
    let mut open: u32 = 0;
    let mut costs = Vec::with_capacity(segment.gaps.len());
    for (at, gap) in segment.gaps.iter().enumerate() {
        match segment.signs[at].class {
            Class::Opener | Class::LatinOpener => open += 1,
            Class::Closer => open = open.saturating_sub(1),
            Class::Hanzi
            | Class::Comma
            | Class::Stop
            | Class::Dash
            | Class::Ellipsis
            | Class::Interpunct
            | Class::Connector
            | Class::Solidus
            | Class::Digit
            | Class::Letter
            | Class::Hyphen
            | Class::Head
            | Class::Tail
            | Class::LatinCloser
            | Class::Blank => {}
        }
        costs.push(match gap.turn {
            Turn::Free if open > 0 => Some(cost::BRACKETS),
            Turn::Free => Some(sense_cost(segment, &words, at)),
            Turn::Soft | Turn::Joint => Some(cost::TORN),
            Turn::Word | Turn::Never => None,
        });
    }
    costs
}

fn sense_cost(segment: &Segment, words: &WordPlaces, at: usize) -> i64 {
    let (a, b) = (&segment.signs[at], &segment.signs[at + 1]);
    if words.within[at] || matches!(b.c, '的' | '地' | '得' | '了' | '等' | '年' | '月' | '日' | '号') {
        return cost::TORN;
    }
    if a.class == Class::Digit && b.class == Class::Hanzi {
        return cost::UNIT;
    }
    if words.starts_with_guanyu(at + 1) {
        return cost::BREATH;
    }
    if words.ends_with_guanyu(at) || matches!(b.c, '和' | '与' | '及' | '暨') {
        return cost::POOR;
    }
    if matches!(a.c, '的' | '和' | '与' | '及' | '暨') || matches!(a.class, Class::Comma | Class::Stop | Class::Blank)
    {
        return cost::BREATH;
    }
    let place = matches!(
        a.c,
        '省' | '市'
            | '区'
            | '县'
            | '乡'
            | '镇'
            | '村'
            | '州'
            | '盟'
            | '旗'
            | '局'
            | '委'
            | '办'
            | '处'
            | '部'
            | '厅'
            | '院'
            | '校'
            | '年'
            | '月'
            | '》'
            | '”'
            | '）'
    );
    if place || words.edge[at] || b.class != Class::Hanzi { cost::SEAM } else { cost::UNKNOWN }
}

/// Where words of the list stand in a title.
struct WordPlaces {
    /// For each gap, whether it is within a word.
    within: Vec<bool>,
    /// For each gap, whether a word starts or ends at it.
    edge: Vec<bool>,
    /// First signs of 关于.
    guanyu: Vec<usize>,
}

impl WordPlaces {
    fn find(chars: &[char]) -> WordPlaces {
        let gaps = chars.len().saturating_sub(1);
        let mut places = WordPlaces { within: vec![false; gaps], edge: vec![false; gaps], guanyu: Vec::new() };
        for word in WORDS.split_whitespace() {
            let word: Vec<char> = word.chars().collect();
            for (start, _) in chars.windows(word.len()).enumerate().filter(|(_, window)| *window == word) {
                let end = start + word.len();
                places.within[start..end - 1].fill(true);
                for gap in [start.checked_sub(1), Some(end - 1)].into_iter().flatten().filter(|&gap| gap < gaps) {
                    places.edge[gap] = true;
                }
                if word == ['关', '于'] {
                    places.guanyu.push(start);
                }
            }
        }
        places
    }

    fn starts_with_guanyu(&self, at: usize) -> bool {
        self.guanyu.contains(&at)
    }

    fn ends_with_guanyu(&self, at: usize) -> bool {
        at > 0 && self.guanyu.contains(&(at - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::Inline;
    use crate::fonts::{Fonts, Role};
    use crate::layout::segment::TypeSpec;

    fn broken(text: &str) -> String {
        let inline = Inline::new(text, Role::Title);
        let spec = TypeSpec { size: Length::pt(22), tracking: Length::ZERO, latin_gap: 0 };
        let segment = Segment::of_paragraph(&[inline], spec, &Fonts::bundled()).unwrap().remove(0);
        let lines = lines(&segment, Length::mm(156));
        let text = |line: &Range<usize>| segment.signs[line.clone()].iter().map(|sign| sign.c).collect::<String>();
        lines.iter().map(text).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn titles_turn_by_sense() {
        for (why, marked) in [
            ("what fits stays on one line", "青石镇主题教育工作汇报"),
            ("words are whole, and the lines not too uneven", "青石镇关于开展|农村人居环境整治提升的工作汇报"),
            ("before 关于, not after it", "中共青石镇委员会青石镇人民政府|关于二〇二三年度重点工作完成情况的报告"),
            ("brackets are not torn", "青石镇关于贯彻落实|《青石县乡村振兴促进条例》情况的汇报"),
            ("a number stays with its unit", "青石镇人民政府|2023年上半年安全生产工作总结"),
        ] {
            let text: String = marked.chars().filter(|&c| c != '|').collect();
            assert_eq!(broken(&text), marked, "{why}");
        }
    }

    #[test]
    fn three_lines_are_no_hourglass() {
        let text = "中共青石镇委员会关于深入学习贯彻习近会议精神扎实推进乡村全面振兴加快建设宜居宜业和美乡村的工作汇报";
        let text = text.replace("习近", "全会");
        let lines: Vec<usize> = broken(&text).split('|').map(|line| line.chars().count()).collect();
        assert_eq!(lines.len(), 3, "{lines:?}");
        assert!(!(lines[1] < lines[0] && lines[1] < lines[2]), "{lines:?}");
    }

    #[test]
    fn a_long_title_is_broken_as_text_is() {
        let lines = broken(&"镇".repeat(2000));
        assert_eq!(lines.split('|').count(), 100);
    }
}
