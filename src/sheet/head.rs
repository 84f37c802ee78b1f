//! Heads of tables: their words, the unit in them, and the lines that stand above.

use super::Cell;

/// Words of a line above the head that says who made the table, when, and in which unit.
const OF_A_PREFACE: [&str; 9] =
    ["单位：", "单位:", "部门：", "部门:", "日期：", "日期:", "时间：", "时间:", "（盖章）"];
/// Words before 单位 where that is an office.
const OFFICES: [&str; 9] = ["填报", "编制", "报送", "制表", "主管", "填表", "责任", "实施", "建设"];
/// Heads of a column that counts the rows.
const RUNNING: [&str; 10] = ["序号", "编号", "序", "行号", "行次", "序列", "no", "no.", "№", "#"];

/// The words of a head without line breaks and blanks, as heads are compared.
pub fn plain(head: &str) -> String {
    head.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}')).collect()
}

/// The words of a head and the unit in brackets behind them: 投入资金（元）. Words alone where there is none.
pub fn without_unit(head: &str) -> (&str, Option<&str>) {
    let pair = head.strip_suffix(['）', ')']).and_then(|inside| inside.rsplit_once(['（', '(']));
    match pair {
        Some((words, unit)) if !words.is_empty() && !unit.is_empty() => (words, Some(unit)),
        _ => (head, None),
    }
}

/// True if a head is that of a column that counts the rows, which names nothing.
pub fn is_running(head: &str) -> bool {
    RUNNING.contains(&plain(head).to_lowercase().as_str())
}

/// True if a row above another is no head: a title, or a line that says who made the table.
pub(super) fn is_preface(row: &[Cell], below: &[Cell]) -> bool {
    let filled = |row: &[Cell]| row.iter().filter(|cell| !cell.is_empty()).count();
    let (own, next) = (filled(row), filled(below));
    let says = |cell: &Cell| {
        let text = plain(&cell.text);
        OF_A_PREFACE.iter().any(|words| text.contains(words))
    };
    // A title stands above a line that is wider, or above another title.
    own == 1 && (next > 1 || row.iter().position(|cell| !cell.is_empty()) == Some(0) && says_more(below))
        || own <= 4 && next > own && row.iter().any(says)
}

/// True if a lone cell is a part of what stands above a head, too.
fn says_more(row: &[Cell]) -> bool {
    row.iter().find(|cell| !cell.is_empty()).is_some_and(|cell| {
        let text = plain(&cell.text);
        text.chars().count() > 6 || OF_A_PREFACE.iter().any(|words| text.contains(words))
    })
}

/// The unit that a line above the head names for the whole table: 单位：万元. 填报单位： names an office.
pub(super) fn unit_above(preface: &[Cell]) -> Option<(&Cell, String)> {
    preface.iter().find_map(|cell| {
        let text = plain(&cell.text).replace(':', "：");
        let named =
            text.match_indices("单位：").filter(|(at, _)| !OFFICES.iter().any(|word| text[..*at].ends_with(word)));
        let (at, words) = named.last()?;
        let unit: String = text[at + words.len()..].chars().take_while(|c| !"，,、；）)（(".contains(*c)).collect();
        (!unit.is_empty()).then_some((cell, unit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn a_unit_in_brackets_is_no_part_of_the_words() {
        assert_eq!(without_unit("投入资金（元）"), ("投入资金", Some("元")));
        assert_eq!(without_unit("整改率(%)"), ("整改率", Some("%")));
        assert_eq!(without_unit("党委会"), ("党委会", None));
        assert_eq!(without_unit("（元）"), ("（元）", None));
        assert_eq!(plain(" 大会\n日　期 "), "大会日期");
    }

    #[test]
    fn the_unit_above_is_no_office() {
        let unit = |text: &str| unit_above(&[Cell::written(text, Span::default())]).map(|(_, unit)| unit);
        assert_eq!(unit("单位：万元").as_deref(), Some("万元"));
        assert_eq!(unit("填报单位：青石镇　　单位: 元").as_deref(), Some("元"));
        assert_eq!(unit("填报单位：青石镇"), None);
    }
}
