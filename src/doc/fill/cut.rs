//! Where a key may begin, so that it does not cut a word: 召开党委会X次, not 委会X次.
//!
//! A short clause is taken whole, which never cuts. In a longer one a key begins with a verb of office reports, or after
//! a word that joins; there is no dictionary, and where neither is found the fewest hanzi that are unique will do.

use crate::placeholder::{HOLE, is_hanzi, right_word};

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

/// Words after which another begins.
const JOINTS: &[char] =
    &['的', '了', '和', '与', '及', '并', '对', '把', '将', '共', '等', '约', '近', '已', '在', '为'];

/// Words in which a joint is none.
#[rustfmt::skip]
const WHOLE: &[&str] = &[
    "目的", "的确", "了解", "为了", "和谐", "和平", "温和", "缓和", "参与", "与会", "及时", "普及", "涉及", "合并", "并且",
    "对象", "对接", "对口", "对标", "对外", "对内", "应对", "面对", "针对", "核对", "绝对", "把关", "把握", "将军", "即将",
    "公共", "共同", "共建", "共享", "共青", "共产", "平等", "等级", "中等", "高等", "等待", "约谈", "节约", "预约", "附近",
    "近期", "近日", "最近", "已经", "现在", "存在", "在建", "在岗", "在校", "在册", "所在", "内在", "行为", "作为", "成为",
    "认为", "为民", "为期", "为主", "人为",
];

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
    let begins = |&at: &usize| {
        let (here, rest) = (hanzi[at].0, &left[hanzi[at].0..]);
        let is_verb = VERBS.iter().any(|verb| rest.starts_with(verb));
        let is_after = hanzi.get(at.wrapping_sub(1)).is_some_and(|&(joint, c)| {
            let with_next = WHOLE.iter().any(|word| left[joint..].starts_with(word));
            let with_last = WHOLE.iter().any(|word| left[..here].ends_with(word));
            JOINTS.contains(&c) && !with_next && !with_last
        });
        is_verb || is_after
    };
    let mut starts: Vec<usize> = (1..count.saturating_sub(1)).filter(begins).map(|at| count - at).rev().collect();
    if is_whole {
        starts.push(whole);
    }
    starts
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
            ("形成以镇村组三级为主体的公共服务网点", "服务网点"),
            ("广泛发动各方面力量投身乡村振兴事业", ""),
        ] {
            let before = before.replace('\u{fffc}', &HOLE.to_string());
            assert_eq!(first(&before).unwrap_or_default(), key, "{before}");
        }
    }
}
