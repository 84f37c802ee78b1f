//! Towns picked by a condition.

use super::super::{Condition, Entry, Env, Formula, Options, Origin, Reference, Resolved, Value, Verdict};
use super::Report;
use crate::expr::Computed;
use crate::number::{Decimal, Rounding};

const REPORT: &str = "
least = 60
last.会议 = 3|4|5|6
towns.会议 = 0|3|0|12
towns.问题 = 10|8|0|5
towns.已整改 = 10|6|0|4
towns.整改率 = 100|75.0|0|80
towns.日期 = 2023-11-20|2023-12-01|2023-11-20|2023-10-01
towns.备注 = 无|12次|无|无
";

fn computed(formula: &str) -> Computed {
    let formula = Formula::parse(formula).unwrap_or_else(|fault| panic!("{formula}: {fault:?}"));
    formula.compute(&Report::new(REPORT), None, Rounding::HalfUp).result
}

fn names(condition: &str) -> String {
    match computed(&format!("names({condition})")) {
        Computed::Value { value: Value::List { names, count }, unit: None } => {
            assert_eq!(count, Decimal::from(names.len()));
            let Computed::Value { value: Value::Number(number), .. } = computed(&format!("count({condition})")) else {
                panic!("{condition}")
            };
            assert_eq!(number, count, "{condition}");
            names.join("、")
        }
        Computed::Undefined(fault) => fault.message.zh,
        other @ (Computed::Value { .. } | Computed::Missing(_) | Computed::Unknown(_)) => format!("{other:?}"),
    }
}

#[test]
fn towns_are_picked_one_by_one() {
    for (condition, expected) in [
        ("towns.'会议' == 0", "青石镇、柳林乡"),
        ("0 = towns.'会议'", "青石镇、柳林乡"),
        ("towns.'整改率' < \"least\"", "柳林乡"),
        ("towns.'已整改' < towns.'问题'", "白河镇、黄花乡"),
        ("towns.'已整改' < towns.'问题' and towns.'会议' > 3", "黄花乡"),
        ("towns.'会议' == 0 or towns.'整改率' >= 80", "青石镇、柳林乡、黄花乡"),
        ("not (towns.'会议' == 0)", "白河镇、黄花乡"),
        ("towns.'问题' - towns.'已整改' == 1", "黄花乡"),
        // What divides is asked first, as in rules.
        ("towns.'问题' > 0 and towns.'已整改' / towns.'问题' < 80%", "白河镇"),
        ("towns.'日期' > 2023-11-19", "青石镇、白河镇、柳林乡"),
        ("towns.'会议' > 100", ""),
        // All values at once are those of all towns there, too: the mean is 3.75, the most 12.
        ("towns.'会议' < mean(towns.'会议')", "青石镇、白河镇、柳林乡"),
        ("towns.'会议' == max(towns.'会议') or towns.'问题' == min(towns.'问题')", "柳林乡、黄花乡"),
        ("towns.'会议' > count(towns.'会议' == 0)", "白河镇、黄花乡"),
        ("abs(towns.'问题' - 9) == 1", "青石镇、白河镇"),
        ("towns.'会议' < towns.'会议'[2]", "青石镇、柳林乡"),
        // Digits count as they do in rules: 75.0 is 75 rounded, and no more.
        ("towns.'整改率' == 75.04", "白河镇"),
        ("towns.'整改率' + 0 == 75.04", ""),
        ("towns.'已整改' / towns.'问题' < 80%", "柳林乡：除数是 0"),
        ("towns.'备注' == 0", "青石镇：两边不是一类，不能比较"),
        ("towns.'备注' + 0 == 0", "青石镇：“无”是文字，不能计算"),
        ("towns.'会议' < last.'会议'", "青石镇：last.\"会议\"有 4 个值，这里只能用一个"),
        ("mean(towns.'会议' + 1) < towns.'会议'", "青石镇：towns.\"会议\"有 4 个值，这里只能用一个"),
    ] {
        assert_eq!(names(condition), expected, "{condition}");
    }
}

#[test]
fn names_are_as_many_as_they_are_in_calculations() {
    for (formula, expected) in [
        ("names(towns.'会议' == 0) * 10", 20),
        ("count(names(towns.'会议' == 0), 5)", 3),
        ("count(towns.'会议' == 0) / count(towns.'会议') * 100", 50),
        ("sum(names(towns.'会议' > 0), 1)", 3),
    ] {
        let Computed::Value { value: Value::Number(number), .. } = computed(formula) else { panic!("{formula}") };
        assert_eq!(number, Decimal::from(expected), "{formula}");
    }
}

#[test]
fn a_column_outside_of_them_is_told_how() {
    let Computed::Undefined(fault) = computed("towns.'会议' + 1") else { panic!("it has four values") };
    assert!(fault.help.unwrap().zh.contains("names(…)"));
    let condition = Condition::parse("towns.'会议' == 0").unwrap();
    let verdict = condition.judge(&Report::new(REPORT), &Options::default()).result;
    assert!(matches!(verdict, Verdict::Undefined(fault) if fault.message.zh.contains("有 4 个值")));
}

#[test]
fn a_broken_rule_shows_the_columns() {
    let condition =
        Condition::parse("count(towns.'会议' == 0 and not (towns.'问题' > 9 or towns.'问题' < 1)) == 2").unwrap();
    let verdict = condition.judge(&Report::new(REPORT), &Options::default()).result;
    let Verdict::Broken(comparisons) = verdict else { panic!("{verdict:?}") };
    assert_eq!(
        comparisons[0].render(&|_| String::new()).zh,
        "个数(各镇的会议 (0, 3, 0, 12) = 0 且 非(各镇的问题 (10, 8, 0, 5) > 9 或 各镇的问题 (10, 8, 0, 5) < 1)) = 0 ≠ 2"
    );
    let tolerant = Options { tolerance: Some(Decimal::from(50)), ..Options::default() };
    let all = Condition::parse("count(towns.'会议' == 0) > 3").unwrap();
    assert!(matches!(all.judge(&Report::new(REPORT), &tolerant).result, Verdict::Holds));
}

/// A column of as many towns as a table may have rows, which a loop in a loop would be minutes about.
struct Many(Vec<Entry>, Vec<String>);

impl Env for Many {
    fn resolve(&self, _: &Reference) -> Resolved<'_> {
        Resolved::Known(std::borrow::Cow::Borrowed(&self.0))
    }

    fn towns(&self) -> &[String] {
        &self.1
    }
}

#[test]
fn a_mean_within_the_condition_is_worked_out_once() {
    let entry = |n: i64| Entry { value: Value::Number(Decimal::from(n)), unit: None, exact: false, origin: Origin(0) };
    let many = Many((0..20_000).map(entry).collect(), (0..20_000).map(|n| format!("第{n}镇")).collect());
    let formula = Formula::parse("count(towns.'a' < mean(towns.'a') and count(towns.'a' > max(towns.'a') - 1) == 1)");
    let result = formula.unwrap().compute(&many, None, Rounding::HalfUp).result;
    let Computed::Value { value: Value::Number(number), .. } = result else { panic!("{result:?}") };
    assert_eq!(number, Decimal::from(10_000));
}
