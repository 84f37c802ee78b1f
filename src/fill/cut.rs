//! Where a key may begin, so that it does not cut a word: 召开党委会X次, not 委会X次.
//!
//! A short clause is taken whole, which never cuts. In a longer one a key begins with a verb of office reports, or after
//! a word that joins; where neither is found, with any other word.

use crate::placeholder::{HOLE, is_hanzi, right_word};
use crate::words::{Joint, joints};

/// A clause of so many hanzi before its hole is taken whole.
const SHORT: usize = 8;

/// Verbs with which the part of a clause that a hole counts begins.
#[rustfmt::skip]
const VERBS: &[&str] = &[
    "召开", "开展", "组织", "举办", "发放", "走访", "培训", "排查", "整改", "完成", "新建", "改建", "建成", "建设", "打造",
    "清理", "整治", "拆除", "化解", "调解", "受理", "办理", "办结", "解决", "投入", "争取", "实现", "种植", "收割", "栽植",
    "修建", "硬化", "安装", "更换", "印发", "制定", "形成", "收集", "征集", "帮扶", "慰问", "救助", "转移", "安置", "巡查",
    "检查", "抽查", "发现", "查处", "立案", "报送", "推送", "发布", "开设", "设立", "成立", "组建", "选派", "选聘", "招录",
    "引进", "签约", "开工", "推广", "流转", "入户", "参加", "参与", "覆盖", "惠及", "带动", "吸纳", "新增", "改造", "推动",
    "培育", "评选", "表彰", "兑现", "落实", "处理", "处置", "回收", "维修", "疏浚", "开放", "接待", "服务",
];

/// So much of a clause is looked at.
const MOST: usize = 40;

/// The fewest hanzi of a key that begins with any word.
const LEAST: usize = 2;

/// Words after which another begins.
const JOINTS: &[char] =
    &['的', '了', '和', '与', '及', '并', '对', '把', '将', '共', '等', '约', '近', '已', '在', '为'];

/// How many of the hanzi `left` of a hole its key may begin with, the fewest first; `before` is all that is left of it.
pub(super) fn starts(left: &str, before: &str) -> Vec<usize> {
    let hanzi: Vec<(usize, char)> = left.char_indices().collect();
    let count = hanzi.len();
    // The word that belongs to the hole before is no part of the key.
    let head = before.strip_suffix(left).unwrap_or(before);
    let is_whole = !head.ends_with(is_hanzi);
    let of_other = if head.ends_with(HOLE) { of_hole(left) } else { 0 };
    let whole = count - if count >= of_other + 2 { of_other } else { 0 };
    if is_whole && whole <= SHORT {
        return vec![whole];
    }
    // Words are told by what stands around them, so the clause is cut from its start on.
    let clause = clause(before);
    let joints = joints(&clause);
    let starts_word = |at: usize| {
        let place = (clause.len() + at).checked_sub(count + 1);
        place.is_none_or(|place| joints.get(place) == Some(&Joint::Between))
    };
    let begins = |&at: &usize| {
        let is_verb = VERBS.iter().any(|verb| left[hanzi[at].0..].starts_with(verb));
        let is_after = at > 0 && JOINTS.contains(&hanzi[at - 1].1) && starts_word(at - 1);
        is_verb || is_after
    };
    let words: Vec<usize> = (1..count.saturating_sub(1)).filter(|&at| starts_word(at)).rev().collect();
    let mut starts: Vec<usize> = words.iter().filter(|at| begins(at)).map(|at| count - at).collect();
    if is_whole {
        starts.push(whole);
    }
    let others = words.iter().map(|at| count - at).filter(|n| *n >= LEAST && !starts.contains(n));
    let others: Vec<usize> = others.collect();
    starts.extend(others);
    starts
}

/// The hanzi at the end of `before`, up to [`MOST`] of them.
fn clause(before: &str) -> Vec<char> {
    let mut clause: Vec<char> = before.chars().rev().take(MOST).take_while(|&c| is_hanzi(c)).collect();
    clause.reverse();
    clause
}

/// How many hanzi of `left` belong to the hole before them: its unit or place word, and 起 after a day.
fn of_hole(left: &str) -> usize {
    let word = right_word(left).unwrap_or_default();
    let until = matches!(word, "日" | "月" | "年") && left[word.len()..].starts_with(['起', '前', '后', '止']);
    word.chars().count() + usize::from(until)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_begins_where_a_word_does() {
        let first = |before: &str| {
            let left = before.rsplit(|c| !is_hanzi(c)).next().unwrap_or_default();
            let skip = left.chars().count().saturating_sub(12);
            let left: String = left.chars().skip(skip).collect();
            let start = starts(&left, before).first().copied();
            start.map(|start| left.chars().skip(left.chars().count() - start).collect::<String>())
        };
        for (before, key) in [
            ("今年，召开党委会", "召开党委会"),
            ("占应发的", "占应发的"),
            ("走访\u{fffc}户困难群众", "困难群众"),
            ("\u{fffc}镇开会", "开会"),
            ("\u{fffc}日起巡查", "巡查"),
            ("坚持人居环境整治提升工作召开党委会", "召开党委会"),
            ("落实上级会议精神和年度任务清单", "年度任务清单"),
            ("形成以镇村组三级为主体的公共服务网点", "公共服务网点"),
            ("广泛发动各方面力量投身乡村振兴事业", "事业"),
            ("把握全局的同时坚持问题导向目的共计", "共计"),
        ] {
            let before = before.replace('\u{fffc}', &HOLE.to_string());
            assert_eq!(first(&before).unwrap_or_default(), key, "{before}");
        }
    }
}
