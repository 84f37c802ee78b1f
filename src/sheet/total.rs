//! Rows of totals, and cells that say nothing.

use super::head::{plain, without_unit};

/// The kinds of rows of totals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// The sum of all rows, or of those of a group: 合计.
    Sum,
    /// The sum of a group: 小计.
    Part,
    /// 平均, 去年同期, 增幅: no sum, and no row like the others.
    Average,
}

/// Ends of the name of a sum.
const SUMS: [&str; 8] = ["合计", "总计", "共计", "累计", "总和", "总数", "总合计", "汇总"];
/// Ends of the name of a group's sum.
const PARTS: [&str; 2] = ["小计", "分计"];
/// Ends of the name of a row of averages.
const AVERAGES: [&str; 5] = ["平均", "平均数", "平均值", "均值", "平均水平"];
/// Names of rows that hold the others against something else; they are no sums either.
#[rustfmt::skip]
const COMPARED: [&str; 32] = [
    "去年同期", "上年同期", "同期", "去年", "上年", "上年数", "上月", "上期", "同比", "环比", "同比增长", "环比增长", "增长", "增幅",
    "增速", "增减", "增减幅度", "增长率", "增减率", "占比", "比重", "比例", "完成率", "完成比例", "目标", "全年目标", "年度目标",
    "目标任务", "任务数", "计划数", "排名", "名次",
];
/// Beginnings of such names.
const COMPARED_WITH: [&str; 6] = ["比上年", "比去年", "较上年", "较去年", "比上月", "与上年"];
/// Whole places, each the sum of its parts.
const WHOLE: [&str; 16] = [
    "全国",
    "全省",
    "全州",
    "全盟",
    "全市",
    "全县",
    "全旗",
    "全区",
    "全镇",
    "全乡",
    "全村",
    "全街道",
    "全系统",
    "全局",
    "计",
    "总",
];
/// Words in a cell of numbers that say that there is none.
const NOTHING: &[&str] = &["", "—", "——", "-", "--", "－", "/", "／"];

/// The kind of total that a cell names; none where it is a row like the others. Blanks in it are no matter, nor is a unit
/// in brackets.
pub fn total(cell: &str) -> Option<Total> {
    // Names are short; a sentence is none.
    if cell.len() > 64 {
        return None;
    }
    let plain = plain(cell).to_lowercase();
    let name = without_unit(plain.trim_end_matches(['：', ':'])).0;
    let ends = |words: &[&str]| words.iter().any(|word| name.ends_with(word));
    let is_compared = COMPARED.contains(&name) || COMPARED_WITH.iter().any(|start| name.starts_with(start));
    if is_compared || ends(&AVERAGES) || matches!(name, "average" | "avg" | "mean") {
        Some(Total::Average)
    } else if ends(&PARTS) || name == "subtotal" {
        Some(Total::Part)
    } else if ends(&SUMS) || WHOLE.contains(&name) || matches!(name, "total" | "sum" | "grandtotal") {
        Some(Total::Sum)
    } else {
        None
    }
}

/// Whether a cell of a column of numbers says that there is none.
pub fn is_nothing(cell: &str) -> bool {
    NOTHING.contains(&cell)
}

#[cfg(test)]
mod tests {
    use super::{Total, total};

    #[test]
    fn totals_go_by_their_names() {
        for name in ["合计", "合 计", "合　计", "总计：", "全县", "全县合计", "累计", "共计（个）", "本月累计", "Total"]
        {
            assert_eq!(total(name), Some(Total::Sum), "{name}");
        }
        for name in ["小计", "东片小计", "小 计"] {
            assert_eq!(total(name), Some(Total::Part), "{name}");
        }
        for name in ["平均", "全县平均", "平 均 值", "去年同期", "增长（%）", "同比", "比上年增减", "完成率"]
        {
            assert_eq!(total(name), Some(Total::Average), "{name}");
        }
        for name in
            ["青石镇", "合水镇", "统计局", "审计局", "总口镇", "平均村小学", "全兴镇", "计生办", "目标镇", "上年村", ""]
        {
            assert_eq!(total(name), None, "{name}");
        }
    }
}
