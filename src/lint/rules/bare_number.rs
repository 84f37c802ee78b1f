//! `lint-bare-number`: a number of the text that no figure stands behind. In a draft that went round these are another
//! town's. Off until somebody asks for it.
//!
//! Years, document numbers, ordinals, clauses and names are none: 2026年, 〔2026〕3号, 第三条, 12号楼, “四个一批”, G56.

use super::numbers::unit_at;
use super::pairs::quoted;
use super::prelude::*;
use crate::lint::tally::Tally;
use crate::words::{Joint, joints};

/// Hanzi that are looked at on each side of a numeral to see whether it is part of a word: 五台山, 十字路口.
const AROUND: usize = 6;
/// The longest numeral in hanzi: 三千二百五十六万八千.
const LONGEST: usize = 12;
/// Names that begin with a numeral and a classifier.
#[rustfmt::skip]
const NAMES: [&str; 30] = [
    "两个维护", "两个确立", "两个毫不动摇", "两个结合", "两个先行", "两个务必", "四个意识", "四个自信", "四个全面",
    "四个伟大", "四个服从", "三个代表", "三个务必", "三个区分开来", "六个必须坚持", "五个统筹", "十个明确",
    "十四个坚持", "三次产业", "四种形态", "八项规定", "四套班子", "两个责任", "两个文明", "三项制度", "三项机制",
    "六项纪律", "九年义务", "九年一贯", "三类人员",
];
/// Stand before a number that names a thing.
const LEADS: [&str; 10] = ["附件", "附表", "附图", "附录", "表", "图", "式", "No.", "编号", "代码"];
/// Stand behind a number that names a thing: 318国道, 12345热线. A blank or a word may not part them.
#[rustfmt::skip]
const FOLLOWS: [&str; 11] = [
    "号", "国道", "省道", "县道", "乡道", "热线", "平台", "班", "地块", "会议室", "室",
];
/// Classifiers that put in order and count nothing: 一级, 二期, 十七届.
const ORDERS: [&str; 5] = ["级", "期", "届", "号", "里"];

/// Classifiers that are part of no name.
const COUNTERS: [&str; 8] = ["个", "名", "户", "家", "件", "次", "项", "份"];

/// Tells each number that is bare, and counts all of them.
pub(in crate::lint) fn check(draft: &Draft<'_>, out: &mut Diagnostics) -> Tally {
    let mut tally = Tally::default();
    for line in draft.lines() {
        let names = quoted(line);
        let mut names = names.iter().peekable();
        let (mut i, mut last) = (0, None);
        while i < line.len() {
            while names.next_if(|(_, close)| *close < i).is_some() {}
            let named = names.peek().is_some_and(|(open, _)| *open < i);
            let Some(number) = number(line, i, last) else {
                i += 1;
                continue;
            };
            match number.kind {
                Kind::Figure => tally.figures += 1,
                Kind::Bare if !named => {
                    tally.bare += 1;
                    out.push(told(line, i..number.end));
                }
                Kind::Bare | Kind::Exempt => tally.exempt += 1,
                Kind::None => {}
            }
            last = Some((number.end, number.kind));
            i = number.end.max(i + 1);
        }
    }
    tally
}

fn told(line: &Line<'_>, range: Range<usize>) -> Diagnostic {
    let written = shown(line, range.clone());
    let message = text!("“{written}”后面没有指标", "no figure stands behind `{written}`");
    line.fault(Code::LintBareNumber, range, message).help(text!(
        "换成 X，由指标来填；本来就不变的，用 lint-allow 放过",
        "write X and give a figure, or allow it where it never changes"
    ))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Figure,
    Exempt,
    Bare,
    /// Something else, to be passed over.
    None,
}

struct Number {
    end: usize,
    kind: Kind,
}

/// The number that begins at `i`. `last` is the end of the one before it, and what it was.
fn number(line: &Line<'_>, i: usize, last: Option<(usize, Kind)>) -> Option<Number> {
    let c = line.get(i)?;
    if c == HOLE {
        // A hole with no unit is a name, mostly.
        let counts = unit_at(line, i + 1).is_some();
        return Some(Number { end: i + 1, kind: if counts { Kind::Figure } else { Kind::None } });
    }
    // 第3、5条 and 第3—5条: the second has its 第 from the first.
    let chained = last.is_some_and(|(end, kind)| {
        kind == Kind::Exempt
            && end + 1 == i
            && line.before(i).is_some_and(|c| c == '、' || c == '/' || super::numbers::is_sign(c))
    });
    if is_digit(c) {
        return Some(arabic(line, i, chained));
    }
    if !is_count(c) {
        return None;
    }
    // The whole run, of which a part may be a word: 三千, 万千.
    hanzi(line, i, chained)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

/// A hanzi that a counted number begins with or goes on with.
fn is_count(c: char) -> bool {
    is_numeral(c) || matches!(c, '两' | '万' | '亿')
}

fn digits(line: &Line<'_>, i: usize) -> usize {
    line.chars().get(i..).map_or(0, |chars| chars.iter().take_while(|&&c| is_digit(c)).count())
}

fn arabic(line: &Line<'_>, i: usize, chained: bool) -> Number {
    let first = digits(line, i);
    let mut end = i + first;
    let mut parts = 1;
    // 3.5, 12,345, 8:30, 7.3.3, 2026-06-12, 0571-62345678.
    while let Some(mark) = line.get(end).filter(|c| matches!(c, '.' | '．' | ',' | ':' | '：' | '-' | '/')) {
        let more = digits(line, end + 1);
        let joins = match mark {
            ',' => more == 3,
            ':' | '：' => more == 2,
            '-' => first == 4 && more <= 2 || line.get(i) == Some('0') || first >= 7 || parts > 1,
            '/' => first == 4 && more == 4,
            _ => true,
        };
        if more == 0 || !joins {
            break;
        }
        parts += usize::from(mark != ',');
        end += 1 + more;
    }
    let kind = if chained || is_exempt(line, i..end, first, parts) { Kind::Exempt } else { Kind::Bare };
    let end = if kind == Kind::Bare { day(line, end) } else { end };
    Number { end, kind }
}

/// Where the date ends whose month's digits end at `end`: 6月10日 is one number.
fn day(line: &Line<'_>, end: usize) -> usize {
    if line.get(end) != Some('月') {
        return end;
    }
    let day = digits(line, end + 1);
    let closed = matches!(line.get(end + 1 + day), Some('日' | '号'));
    if day > 0 && closed { end + 2 + day } else { end + 1 }
}

/// True for years, document numbers, ordinals, clauses, numbers of items and names.
fn is_exempt(line: &Line<'_>, range: Range<usize>, first: usize, parts: usize) -> bool {
    let (before, after) = (line.before(range.start), line.get(range.end));
    let day = matches!(line.before(range.start), Some('月'));
    let year = first == 4 && is_year(line, range.clone(), after);
    let document = matches!(before, Some('〕' | ']' | '）' | ')')) && after == Some('号');
    let ordinal = before == Some('第') || line.follows(range.start, &["第 "]);
    let named = line.follows(range.start, &LEADS) || (!day && line.any(range.end, &FOLLOWS).is_some());
    // 浙01民初5号: no count begins with a zero.
    let zero = line.get(range.start) == Some('0') && first > 1;
    // 90后, and K12+300.
    let born = first == 2 && parts == 1 && after == Some('后');
    let stake = before == Some('+') && range.start > 1 && line.get(range.start - 2).is_some_and(is_digit);
    let code = zero
        || born
        || stake
        || before.is_some_and(is_latin)
        || super::numbers::is_code(line, range.start)
        || after.is_some_and(|c| c.is_ascii_uppercase() && !line.get(range.end + 1).is_some_and(is_latin));
    // Telephone numbers, identifiers and clauses: 13900000000, 0571-62345678, 7.3.3.
    let digits = line.chars()[range.clone()].iter().filter(|c| is_digit(**c)).count();
    let identifier = digits >= 11 || (digits >= 7 && parts > 1 && line.get(range.start) == Some('0')) || parts > 2;
    let unit = unit_at(line, range.end).is_some();
    let long = digits >= 7 && parts == 1 && !unit;
    year || document || ordinal || named || code || identifier || long || is_item(line, &range)
}

/// True for 2026 in 2026年, 〔2026〕, 2024—2026年 and 2025/2026学年.
fn is_year(line: &Line<'_>, range: Range<usize>, after: Option<char>) -> bool {
    if !matches!(line.get(range.start), Some('1' | '2')) {
        return false;
    }
    let joins = |c: char| super::numbers::is_sign(c) || matches!(c, '、' | '至' | '/' | '和');
    let enclosed = matches!(line.before(range.start), Some('〔' | '[' | '（' | '(' | '【'))
        && matches!(after, Some('〕' | ']' | '）' | ')' | '】'));
    let goes_on = after.is_some_and(joins)
        && digits(line, range.end + 1) == 4
        && unit_at(line, range.end + 5).is_none_or(|unit| unit.starts_with('年'));
    matches!(after, Some('年')) || enclosed || goes_on || line.any(range.end, &["学年", "财年"]).is_some()
}

/// True for the number of an item: `1.`, `1、` at the line's start, `（1）` anywhere.
fn is_item(line: &Line<'_>, range: &Range<usize>) -> bool {
    let (before, after) = (line.before(range.start), line.get(range.end));
    let bracketed = matches!(before, Some('（' | '(')) && matches!(after, Some('）' | ')'));
    let leads = (range.start == 0 || line.follows(range.start, &["附件：", "附件:", "附："]))
        && range.len() <= 2
        && matches!(after, Some('.' | '．' | '、' | '）' | ')'));
    bracketed || leads
}

/// A numeral in hanzi before a classifier, or of a fraction: 十二次, 三千余户, 百分之三十.
fn hanzi(line: &Line<'_>, i: usize, chained: bool) -> Option<Number> {
    let chars = line.chars();
    let run = chars[i..].iter().take_while(|&&c| is_count(c)).count();
    let mut end = i + run;
    let nothing = Some(Number { end, kind: Kind::None });
    if run > LONGEST {
        return nothing;
    }
    if line.has(end, "分之") {
        let below = chars[end + 2..].iter().take(LONGEST).take_while(|&&c| is_count(c)).count();
        let kind = if below > 0 { Kind::Bare } else { Kind::None };
        return Some(Number { end: end + 2 + below, kind });
    }
    // 万元以下, 千家万户 have no number; 三两个 is one.
    if matches!(chars[i], '万' | '亿' | '千' | '百') {
        return nothing;
    }
    while line.get(end).is_some_and(|c| matches!(c, '余' | '多' | '几')) && end < i + run + 1 {
        end += 1;
    }
    // What `unit` calls 万元 begins with a power, which belongs to the numeral here.
    let Some(unit) = unit_at(line, end) else { return nothing };
    let year = unit.starts_with('年') && run == 4 && chars[i..end].iter().all(|&c| is_hanzi_digit(c));
    let ordinal = line.before(i) == Some('第') || line.has(end, "次会议") || line.has(end, "次全");
    let orders = ORDERS.iter().any(|word| unit.starts_with(word));
    let item = i == 0 && matches!(line.get(end), Some('、'));
    let one = run == 1 && chars[i] == '一';
    if year || ordinal || orders || item || one || chained || line.any(i, &NAMES).is_some() {
        return Some(Number { end, kind: Kind::Exempt });
    }
    let word = !COUNTERS.iter().any(|word| unit.starts_with(word)) && is_word(line, i, end);
    Some(Number { end, kind: if word { Kind::None } else { Kind::Bare } })
}

/// True if the numeral `start..end` and its classifier are parts of a longer word: 五台山, 十字路口, 三门峡.
fn is_word(line: &Line<'_>, start: usize, end: usize) -> bool {
    let from = start.saturating_sub(AROUND);
    let to = (end + AROUND).min(line.len());
    let joints = joints(&line.chars()[from..to]);
    let within = |at: usize| at > from && joints.get(at - from - 1) == Some(&Joint::Within);
    // A word may hold the numeral and its classifier (三个), and no more than that.
    within(start) || (within(end) && within(end + 1))
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    fn bare(text: &str) -> Vec<String> {
        let rule = |draft: &Draft<'_>, out: &mut Diagnostics| {
            check(draft, out);
        };
        draft_faults(rule, text)
    }

    #[test]
    fn what_no_figure_stands_behind_is_told() {
        for (text, numbers) in [
            ("清理垃圾346吨，惠及1.2万户。", vec!["346", "1.2"]),
            ("召开会议X次，走访12户。", vec!["12"]),
            ("走访十二户，投入三千余元。", vec!["十二", "三千余"]),
            ("完成３８处。", vec!["３８"]),
            ("6月10日前完成85%。", vec!["6月10日", "85"]),
            ("占百分之三十。", vec!["百分之三十"]),
            ("2026年新建5座。", vec!["5"]),
            ("上午9:00开会，9:30后停止报到。", vec!["9:00", "9:30"]),
            ("5月底前完成。", vec!["5月"]),
            ("收入12,345元。", vec!["12,345"]),
            ("涉及两个村、三名干部。", vec!["两", "三"]),
        ] {
            assert_eq!(bare(text), numbers, "{text}");
        }
    }

    #[test]
    fn years_document_numbers_ordinals_clauses_and_names_are_left() {
        for text in [
            "2024—2026年，2025年度，2025/2026学年，2023年、2024年。",
            "按云政发〔2026〕3号文件和（2026）浙01民初5号办理。",
            "第12次会议，第三条第二款，第3—5条，第3、5条。",
            "1.抓学习\n（2）抓整改\n3、抓落实",
            "“十四五”时期，“四个一批”，“3个清单”，《三个十条》。",
            "深化“十五五”规划，落实一号文件，建成1号楼。",
            "G56连接线、GB/T 9704-2012、PM2.5、4K、5G、318国道、12345热线。",
            "电话0571-62345678、13900000000，见附件1、表3。",
            "两个维护、四个意识、中央八项规定。",
            "五台山、十字路口、三门峡、千家万户、一个项目、二级甲等、二期工程。",
            "县十七届人大五次会议。",
            "二〇二六年。",
            "附件：1.名单\n2.台账",
            "变更K12+300段线路，90后干部到305会议室开会。",
        ] {
            assert_eq!(bare(text), [""; 0], "{text}");
        }
    }
}
