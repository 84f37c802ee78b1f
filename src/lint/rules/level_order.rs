//! `lint-level-order`: numbers that skip one or come twice, and a level that has none above it (GB/T 9704 7.3.3).

use super::prelude::*;

/// The levels: 一、（一）1.（1）.
const LEVELS: usize = 4;

pub(super) fn check(draft: &Draft<'_>, out: &mut Diagnostics) {
    // The headings of a report file are numbered by the program, or begin in another section; within one text only the
    // order counts.
    let own_headings = draft.medium != Medium::Report;
    let mut first_level = !own_headings;
    let mut last: [Option<u32>; LEVELS] = [None; LEVELS];
    for passage in &draft.passages {
        if !own_headings {
            last = [None; LEVELS];
        }
        for line in &passage.lines {
            if line.has(0, "附件") {
                // A list of its own, whose first item stands on this line.
                last = [None, None, Some(1), None];
            }
            if is_part(line) {
                // The items of an article or a part are （一）（二） without a 一、 above them.
                first_level = true;
                last = [None; LEVELS];
            }
            let found = numbered(line, 0, draft.medium);
            if found.is_none() {
                within(line, draft.medium, &mut last);
            }
            let Some(Numbered { level, number, end, sure }) = found else { continue };
            let expected = last[level].map_or(1, |last| last + 1);
            if !sure && number != expected {
                continue;
            }
            if level == 1 && !first_level && number == 1 {
                let message = text!("“（一）”上面没有“一、”", "（一） with no 一、 above it");
                let fault = line.fault(Code::LintLevelOrder, 0..end, message);
                out.push(fault.help(text!("第一层用“一、”", "the first level is 一、")));
            } else if number != expected && number != 1 && (last[level].is_some() || level == 1 && last[0].is_some()) {
                // What begins with another number and has none above it is cut out of a longer text, mostly.
                let (found, wanted) = (written(level, number), written(level, expected));
                let message =
                    text!("序号不连续：是“{found}”，应是“{wanted}”", "`{found}` out of order; `{wanted}` was to come");
                out.push(line.fault(Code::LintLevelOrder, 0..end, message));
            }
            first_level |= level <= 1;
            last[level] = Some(number);
            last[level + 1..].fill(None);
        }
    }
}

/// Whether an article, a chapter or another part begins with the line: 第三条, 第一章, 第一部分, 第一，, 一是.
fn is_part(line: &Line<'_>) -> bool {
    let ordinal = usize::from(line.get(0) == Some('第'));
    let numerals = line.chars().iter().skip(ordinal).take_while(|&&c| is_numeral(c) || c.is_ascii_digit()).count();
    let marks = if ordinal == 1 { "条章部篇节，、：" } else { "是要" };
    numerals > 0 && line.get(ordinal + numerals).is_some_and(|c| marks.contains(c))
}

/// The first item of a list that begins within a line: 会议决定，一、同意…… in minutes. Where one runs already, 一、 is
/// more likely 一、二季度.
fn within(line: &Line<'_>, medium: Medium, last: &mut [Option<u32>; LEVELS]) {
    let begins = |&i: &usize| line.before(i).is_some_and(|c| is_stop(c) || is_blank(c));
    for i in (1..line.len()).filter(begins) {
        let Some(found) = numbered(line, i, medium) else { continue };
        if found.number == 1 && found.level < 2 && found.sure && last[found.level].is_none() {
            last[found.level] = Some(1);
        }
    }
}

/// The number of an item.
pub(super) struct Numbered {
    /// 0 to 3: 一、（一）1.（1）.
    pub(super) level: usize,
    number: u32,
    /// Where its sign ends.
    end: usize,
    /// It can be nothing else; of another (`3.5G基站`, `5. 通车`) only one that was to come is an item.
    sure: bool,
}

/// The number that stands at `i`.
pub(super) fn numbered(line: &Line<'_>, i: usize, medium: Medium) -> Option<Numbered> {
    let chars = &line.chars()[i..];
    let count = |start: usize, test: fn(char) -> bool| chars[start..].iter().take(4).take_while(|&&c| test(c)).count();
    let bracket = matches!(chars.first()?, '（' | '(');
    let start = usize::from(bracket);
    let hanzi = count(start, is_numeral);
    let digits = count(start, |c| c.is_ascii_digit());
    let (end, level) = match (bracket, hanzi, digits) {
        (false, 1..=3, _) if matches!(chars.get(hanzi), Some('、' | '.' | '．')) => (hanzi, 0),
        (true, 1..=3, _) if matches!(chars.get(1 + hanzi), Some('）' | ')')) => (1 + hanzi, 1),
        (false, _, 1..=2) if matches!(chars.get(digits), Some('.' | '．')) => (digits, 2),
        // 1、抓好排查, and not 1、2月份.
        (false, _, 1..=2) if chars.get(digits) == Some(&'、') => {
            let words = chars.get(digits + 1).is_some_and(|&c| is_hanzi(c) && !is_numeral(c));
            if !words {
                return None;
            }
            (digits, 2)
        }
        (true, _, 1..=2) if matches!(chars.get(1 + digits), Some('）' | ')')) => (1 + digits, 3),
        _ => return None,
    };
    let word: String = chars[start..end].iter().collect();
    let number = word.parse().ok().or_else(|| hanzi_number(&word))?;
    // （一）、 has a mark too many, of which another rule speaks.
    let extra = usize::from(bracket && matches!(chars.get(end + 1), Some('、' | '.' | '．')));
    let next = *chars.get(end + 1 + extra)?;
    // 二、三产业 and 三、四季度 name two things in a row.
    if level == 0 && value(next) == Some(number + 1) {
        return None;
    }
    // （三）班 is a class, （2）号楼 a house.
    if bracket && matches!(next, '班' | '号') {
        return None;
    }
    let sure = is_hanzi(next) || is_opening(next);
    // `1. 甲` with a blank is Markdown's list, which numbers itself.
    let blank = is_blank(next) && matches!(medium, Medium::Text | Medium::Word);
    let digits = count(end + 1, |c| c.is_ascii_digit());
    let word = is_latin(next) || digits > 0 && chars.get(end + 1 + digits).copied().is_some_and(is_latin);
    (sure || blank || word).then_some(Numbered { level, number, end: i + end + 1, sure })
}

/// 一 to 九十九.
fn hanzi_number(word: &str) -> Option<u32> {
    match *word.chars().collect::<Vec<_>>() {
        ['十'] => Some(10),
        ['十', unit] => Some(10 + value(unit)?),
        [unit] => value(unit),
        [ten, '十'] => Some(10 * value(ten)?),
        [ten, '十', unit] => Some(10 * value(ten)? + value(unit)?),
        _ => None,
    }
}

fn written(level: usize, number: u32) -> String {
    let hanzi = |n: u32| "零一二三四五六七八九".chars().nth(n as usize).map(String::from).unwrap_or_default();
    let word = match number {
        0..=9 => hanzi(number),
        10..=19 => format!("十{}", if number == 10 { String::new() } else { hanzi(number - 10) }),
        20..=99 => {
            format!(
                "{}十{}",
                hanzi(number / 10),
                if number.is_multiple_of(10) { String::new() } else { hanzi(number % 10) }
            )
        }
        _ => number.to_string(),
    };
    match level {
        0 => format!("{word}、"),
        1 => format!("（{word}）"),
        2 => format!("{number}."),
        _ => format!("（{number}）"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn what_is_skipped_or_twice_is_told() {
        assert_told_draft(super::check, "一、概况\n三、打算", "三、");
        assert_told_draft(super::check, "一、概况\n（一）甲\n（二）乙\n（二）丙\n二、打算", "（二）");
        assert_told_draft(super::check, "总的看，情况是好的。\n（一）甲\n（二）乙", "（一）");
        assert_told_draft(super::check, "1.甲\n2.乙\n4.丙", "4.");
        assert_told_draft(super::check, "1、甲\n2、乙\n4、丙", "4、");
    }

    #[test]
    fn two_levels_a_new_list_and_tens_are_right() {
        assert_quiet_draft(
            super::check,
            &[
                "一、概况\n1.甲\n2.乙\n二、做法\n1.丙",
                "一、概况\n（一）甲\n（二）乙\n二、做法\n（一）丙",
                "1.甲\n2.乙\n说明。\n1.丙",
                "1.甲\n2.乙\n3.丙\n附件：1.台账\n2.清单",
                "（三）班有学生24人。",
                "一、概况\n(一)、甲\n（二）乙",
                "第一，提高认识。\n（一）甲\n（二）乙",
                "第一部分 回顾\n（一）甲\n（二）乙",
                "一是加强领导。\n（一）甲\n（二）乙",
                "5.建设规模：厂房3栋。\n6.投资估算：略。",
                "答：1.填表；2.提交。\n3.等待审核。",
                "十、附则\n十一、其他",
                "九月以来，做了三件事。\n1.5万元到位。",
                "第一条 事项如下：\n（一）甲\n（二）乙\n第二条 事项如下：\n（一）丙",
            ],
        );
        assert_quiet_draft(
            super::check,
            &[
                "1.PPP项目有序推进。\n2.园区建设加快。\n3.5G基站建成。\n4.道路通车。\n5. 桥梁通车。\n6.水渠完工。",
                "会议决定，一、同意甲方案。\n二、同意乙方案。",
                "一、概况\n三、四季度要加快进度。\n二、三产业融合发展。\n二、打算",
                "一、概况\n全年情况如下：一、二产业都有增长。\n二、打算",
            ],
        );
        let long: String = (1..=21).map(|n| format!("{}甲\n", super::written(0, n))).collect();
        assert_quiet_draft(super::check, &[&long]);
    }
}
