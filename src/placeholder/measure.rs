//! Whether the words beside a hole ask for a number: a count, an amount, a share.

use super::words::{WORDS, is_hanzi, longest, unit, without_between};

/// What a number is of, by the unit right of its hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Things that are counted, so that there are no parts of them: 次, 人, 个.
    Count,
    /// What is measured, or rounded: 亩, 公里, 万元, an average of a count.
    Amount,
    /// 元 alone.
    Money,
    /// Per cent.
    Percent,
}

/// Units of what is measured.
#[rustfmt::skip]
const AMOUNTS: &[&str] = &[
    "‰", "℃", "㎡", "个工作日", "个月", "个百分点", "亩", "倍", "兆瓦", "克", "公升", "公斤", "公里", "公顷", "分钟",
    "千克", "千瓦", "千瓦时", "千米", "升", "厘米", "吨", "周年", "天", "学时", "课时", "小时", "岁", "平方公里",
    "平方米", "斤", "毫升", "毫米", "秒", "立方米", "米", "顷", "亿斤", "亿元", "亿", "年", "周",
];

/// Units of what is measured that are the end of many a name as well, or another word: 宣传部, 南山路.
const DOUBTFUL_AMOUNTS: &[&str] = &["分", "折", "方", "度", "成", "里", "时"];

/// Units of what is counted that are the end of many a name as well, or another word.
#[rustfmt::skip]
const DOUBTFUL_COUNTS: &[&str] = &[
    "任", "例", "列", "副", "匹", "卷", "只", "块", "堆", "头", "宗", "尾", "层", "届", "站", "所", "把", "招", "支",
    "日", "月", "本", "枝", "架", "根", "档", "样", "步", "段", "点", "片", "版", "眼", "码", "种", "类", "组", "行", "路", "车",
    "轮", "部", "门", "队", "集", "面", "首", "位", "具", "句", "字", "双", "场", "间", "顶", "页",
];

/// Words that begin as a unit does, and ask for no number.
#[rustfmt::skip]
const OTHER_WORDS: &[&str] = &[
    "人社", "人武", "人选", "人物", "人士", "人家", "人间", "人口", "人事", "人防", "人心", "人为", "个案", "名优",
    "名称", "名单", "名誉", "名师", "名品", "名企", "家长", "家属", "家禽", "件套", "起草", "起来", "起到", "起点",
    "起源", "次生", "次日", "次要", "册封", "米粉", "米业", "元旦", "元宵", "年会", "年货", "年终", "年报", "年鉴",
    "年轻", "年初", "年底", "年末", "年夜", "天气", "天下", "天地", "周边", "周围", "座谈", "床位", "户外", "户主",
    "份额", "份内", "克服", "吨位", "升学", "处理", "处置", "处罚", "处长", "处于", "处级", "盒饭", "瓶颈", "岁末",
    "幅度", "批准", "批复", "批示", "批判", "扇贝", "枚举", "棵树", "桩基", "栋梁", "条块", "条规", "袋装", "间隙",
    "遍布", "遍及", "辆份", "趟次", "颗粒", "项链", "篇章", "箱包", "期货", "期盼", "期望", "期刊", "期满", "期末",
    "十分", "千方", "百姓", "百般", "万众", "万事", "万里", "万象", "万无", "万达", "万科", "多方", "多年", "多彩",
    "多元", "多数", "多措", "多地", "多级", "多部", "来电", "来人", "来年", "来自", "来到", "几乎", "位于", "位置",
    "位居", "页岩", "支行", "支队", "支援", "支出", "支付", "轮流", "轮岗", "种子", "种养", "首先", "首次", "首批",
];

/// Words of [`WORDS`] that are a unit and a word of their own where a number is asked for: 12项目标, 12个人.
const UNITS_AFTER_ALL: &[&str] = &["项目标", "个人"];

/// What the hole between `left` and `right` takes, if it is a number. `single` tells that its marker is one sign: before a word
/// that ends names as well (XXX部, X部) this alone tells the number from the name.
pub fn measure(left: &str, right: &str, single: bool) -> Option<Measure> {
    let unit = unit(right)?;
    let is_ordinal = left.ends_with('第');
    let is_word = (longest(WORDS, right).is_some() || longest(OTHER_WORDS, right).is_some())
        && longest(UNITS_AFTER_ALL, right).is_none();
    if is_word {
        return None;
    }
    let (between, base) = without_between(unit);
    if base.is_empty() {
        // X万, X亿 and then no word that goes on with it: 万众一心.
        let after = right[unit.len()..].chars().next();
        let ends = after.is_none_or(|c| !is_hanzi(c) || "的以左余多和与及至到".contains(c));
        return (between.ends_with(['万', '亿']) && ends).then_some(Measure::Amount);
    }
    if between.starts_with(['百', '千', '十', '多', '来', '几']) && !single {
        return None;
    }
    let is_rounded = between.contains(['万', '亿']);
    let is = |words: &[&str]| words.contains(&base);
    match base {
        "%" | "％" => Some(Measure::Percent),
        "元" if between.is_empty() => Some(Measure::Money),
        // 省级, 甲3号: a word as often as a number.
        "级" | "号" => (is_ordinal || base == "号" && left.ends_with('〕')).then_some(Measure::Count),
        "元" => Some(Measure::Amount),
        _ if is(AMOUNTS) => Some(Measure::Amount),
        _ if is(DOUBTFUL_AMOUNTS) => (single || is_ordinal || is_rounded).then_some(Measure::Amount),
        _ if is(DOUBTFUL_COUNTS) && !(single || is_ordinal || is_rounded) => None,
        _ if is_rounded || is_average(left) => Some(Measure::Amount),
        _ => Some(Measure::Count),
    }
}

/// Whether the clause that `left` ends in speaks of an average: 人均X次, 平均每村X个.
fn is_average(left: &str) -> bool {
    const LONGEST: usize = 24;
    let clause = left.chars().rev().take(LONGEST).take_while(|c| !"，。；：、！？\n".contains(*c));
    clause.into_iter().any(|c| matches!(c, '均' | '每'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_units_ask_for() {
        let cases = [
            ("党委会", "次。", Some(Measure::Count)),
            ("培训", "人次参加", Some(Measure::Count)),
            ("招引", "余名", Some(Measure::Count)),
            ("完成", "项目标", Some(Measure::Count)),
            ("整改率", "%", Some(Measure::Percent)),
            ("资金", "元，", Some(Measure::Money)),
            ("资金", "万元", Some(Measure::Amount)),
            ("服务群众", "万人", Some(Measure::Amount)),
            ("面积", "亩", Some(Measure::Amount)),
            ("产值达", "亿，", Some(Measure::Amount)),
            ("人均学习", "次", Some(Measure::Amount)),
            ("平均每村", "个", Some(Measure::Amount)),
            ("每村都去，开会", "次", Some(Measure::Count)),
            ("第", "次会议", Some(Measure::Count)),
            ("召开", "十分重视", None),
            ("在", "人民政府", None),
            ("建成", "项目", None),
            ("服务", "家庭", None),
            ("荣获", "级荣誉", None),
            ("", "万众一心", None),
            ("", "镇", None),
            ("联系人", "同志", None),
        ];
        for (left, right, expected) in cases {
            for single in [true, false] {
                assert_eq!(measure(left, right, single), expected, "{left}X{right} {single}");
            }
        }
    }

    #[test]
    fn names_and_counts_are_told_by_the_marker_where_the_word_does_not() {
        for (left, right) in [("宣传", "部"), ("沿", "路"), ("由", "组"), ("截至", "月底"), ("来我镇", "多次")]
        {
            assert_eq!(measure(left, right, false), None, "{left}XXX{right}");
            assert_eq!(measure(left, right, true), Some(Measure::Count), "{left}X{right}");
        }
        assert_eq!(measure("第", "组", false), Some(Measure::Count));
    }
}
