//! The words that stand right of a placeholder and tell what it is: units, classifiers, places, people.

/// Units and classifiers (量词), and the words that may stand between a number and its unit.
#[rustfmt::skip]
const UNITS: &[&str] = &[
    "%", "‰", "℃", "㎡", "个", "个工作日", "个月", "个百分点", "亩", "人", "人次", "亿", "亿元", "亿斤",
    "件", "件次", "任", "份", "位", "例", "倍", "元", "兆瓦", "克", "公升", "公斤", "公里", "公顷", "具",
    "册", "分", "分钟", "列", "副", "匹", "千克", "千瓦", "千瓦时", "千米", "升", "卷", "厘米", "双", "句",
    "只", "台", "台套", "台次", "号", "名", "吨", "周", "周年", "场", "场次", "块", "堆", "处", "处次",
    "天", "头", "套", "字", "季度", "学时", "宗", "家", "家次", "小时", "尾", "层", "届", "岁", "帧", "幅",
    "幢", "平方公里", "平方米", "年", "床", "度", "座", "成", "户", "户次", "所", "所次", "扇", "批",
    "批次", "把", "折", "招", "支", "斤", "方", "日", "时", "月", "期", "本", "杆", "条", "条次", "枚",
    "枝", "架", "栋", "株", "样", "根", "档", "桩", "棵", "次", "步", "段", "毫升", "毫米", "点", "片",
    "版", "瓶", "盏", "盒", "眼", "码", "种", "秒", "立方米", "站", "笔", "筐", "箱", "篇", "米", "类",
    "级", "组", "羽", "艘", "行", "袋", "课时", "起", "趟", "路", "车", "车次", "轮", "辆", "辆次", "遍",
    "部", "里", "门", "间", "队", "集", "面", "页", "顶", "顷", "项", "项次", "颗", "首", "％",
];

/// Words that may stand between a number and its unit: `X余名`, `X多个`, `X万元`, `X百户`.
const BETWEEN: &[&str] = &["万", "亿", "百", "千", "十", "余", "多", "来", "几"];

/// What a named place ends in.
#[rustfmt::skip]
const PLACES: &[&str] = &[
    "乡", "农场", "区", "县", "园区", "国道", "圩", "地区", "坝", "垸", "大道", "大队", "寨", "屯", "岗",
    "岭", "州", "巷", "市", "干渠", "庄", "开发区", "旗", "村", "林场", "桥", "水库", "江", "沟", "河",
    "湖", "湾", "片区", "畈", "盟", "省", "省道", "社区", "线", "组", "街", "街道", "路", "镇", "高速",
];

/// What a person or an organisation is called by.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "中学", "中心", "主任", "乡长", "书记", "会长", "党委", "党支部", "党组", "公司", "医院", "县长",
    "合作社", "同志", "委员", "学校", "小学", "局", "局长", "市长", "所长", "支部", "村长", "校长", "站长",
    "老师", "部长", "镇长", "院长", "集团",
];

/// Words that begin as a unit or a place does: `**人居环境**` is bold, and no hole before 人.
#[rustfmt::skip]
pub(super) const WORDS: &[&str] = &[
    "个人", "个体", "个性", "乡村", "乡风", "乡镇", "人力", "人员", "人均", "人大", "人居", "人才", "人民", "人文",
    "任务", "分别", "分工", "分析", "分类", "分管", "区域", "区级", "升级", "县域", "县级", "县委", "双向", "号召",
    "场所", "场景", "天然", "套路", "家庭", "家风", "家园", "市场", "市委", "市级", "年度", "度假",
    "户籍", "所有", "批评", "把关", "把握", "支持", "支部", "支撑", "方便", "方向", "方式", "方案", "方法", "方面",
    "日常", "时代", "时效", "时间", "期间", "本次", "本地", "村庄", "村级", "村民", "村容", "村规", "村两委", "条件",
    "条例", "样板", "根本", "档案", "次序", "步伐", "步骤", "段落", "河长", "点位", "点面", "片区", "种植", "种业",
    "社区治理", "站位", "站点", "笔记", "米面", "类别", "类型", "级别", "组织", "组建", "线上", "线下", "线索", "行业",
    "行为", "行动", "行政", "街道办", "起步", "路径", "路灯", "路长", "车辆", "轮训", "部分", "部署", "部门", "里程",
    "门前", "间接", "队伍", "集中", "集体", "集镇", "面上", "面对", "面向", "项目", "成为", "成效", "成果", "成立",
    "成长", "湖长", "桥梁", "江河", "省级", "镇村", "镇域", "镇级", "局面", "局部",
];

/// The title, or the 第 of an ordinal, that `text` ends with.
pub fn title_at_end(text: &str) -> Option<&'static str> {
    TITLES.iter().copied().chain(["第"]).filter(|word| text.ends_with(word)).max_by_key(|word| word.len())
}

/// Whether a star before `text` may be a hole: a unit, a place word or a title follows, and no longer word.
pub fn follows_star(text: &str) -> bool {
    right_word(text).is_some() && longest(WORDS, text).is_none()
}

/// The longest of `words` that `text` begins with.
pub(super) fn longest(words: &[&'static str], text: &str) -> Option<&'static str> {
    words.iter().copied().filter(|word| text.starts_with(word)).max_by_key(|word| word.len())
}

/// The unit that `text` begins with: `万元`, `余名`, `次`, `个百分点`.
pub fn unit(text: &str) -> Option<&str> {
    let mut rest = text;
    let mut end = 0;
    // `X几十余万元` has four; a longer run of them is no unit, and would be read again for each hole.
    for _ in 0..4 {
        end += longest(BETWEEN, rest).map_or(0, str::len);
        rest = &text[end..];
    }
    end += longest(UNITS, rest).map_or(0, str::len);
    (end > 0).then(|| &text[..end])
}

/// A unit's words before the unit itself, and the rest: 余 and 名, 万 and 元, 万 and nothing.
pub(super) fn without_between(unit: &str) -> (&str, &str) {
    let base = unit.char_indices().map(|(at, _)| at).find(|&at| UNITS.contains(&&unit[at..]));
    // 亿元 and 千瓦 are units themselves; that the number is rounded shows in them all the same.
    let is_between = |c: char| BETWEEN.iter().any(|word| word.starts_with(c));
    match base.filter(|&at| at > 0 || !unit.chars().all(is_between)) {
        Some(at) => unit.split_at(at),
        None => (unit, ""),
    }
}

/// The place word that `text` begins with: `镇`, `街道`.
fn place(text: &str) -> Option<&'static str> {
    longest(PLACES, text)
}

/// Whether `text` begins with a word for a person or an organisation.
pub(super) fn title(text: &str) -> Option<&'static str> {
    longest(TITLES, text)
}

/// The word right of a hole that belongs to it: a unit, a place word, or a title.
///
/// Where a text fits several (`路`, `级`), the longest wins, and a unit before the others.
pub fn right_word(text: &str) -> Option<&str> {
    [unit(text), place(text), title(text)].into_iter().flatten().max_by_key(|word| word.len())
}

/// Blanks that may stand between a hole and its unit, half and full width.
pub fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{3000}')
}

/// Whether `c` is a hanzi.
pub fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_right_of_a_hole() {
        for (text, expected) in [
            ("次，培训", Some("次")),
            ("余名党员", Some("余名")),
            ("万元", Some("万元")),
            ("亿元", Some("亿元")),
            ("个百分点", Some("个百分点")),
            ("人次参加", Some("人次")),
            ("镇党委", Some("镇")),
            ("街道", Some("街道")),
            ("同志", Some("同志")),
            ("万", Some("万")),
            ("，", None),
            ("深入", None),
        ] {
            assert_eq!(right_word(text), expected, "{text}");
        }
    }
}
