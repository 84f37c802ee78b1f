use proptest::prelude::*;

use super::super::{Computed, Formula};
use super::Report;
use crate::number::Rounding;

fn computed(formula: &str, round: Option<i32>, report: &str) -> String {
    let report = Report::new(report);
    let formula = Formula::parse(formula).unwrap_or_else(|fault| panic!("{formula}: {fault:?}"));
    match formula.compute(&report, round, Rounding::HalfUp).result {
        Computed::Value { value: super::Value::Number(number), unit } => {
            format!("{number}{}", unit.unwrap_or_default())
        }
        Computed::Value { value, .. } => format!("{value:?}"),
        Computed::Missing(missing) => format!("missing {}", missing[0]),
        Computed::Unknown(unknown) => format!("unknown {}", unknown[0]),
        Computed::Undefined(fault) => fault.message.zh,
    }
}

const REPORT: &str = "
a = 12.50万元
b = 7.5万元
n = 320
done = 275
many = 3|4.5|6
none = (none)
names = [产业发展、人居环境、基层治理]
town = 青石镇
day = 2023-11-20
later = 2023-12-01
open =
last.n = 300
towns.n = 100|120|100
";

#[test]
fn values() {
    for (formula, round, expected) in [
        ("0.1 + 0.2", None, "0.3"),
        ("\"a\" + \"b\"", None, "20.00万元"),
        ("\"a\" * 2", None, "25"),
        ("-\"a\"", None, "-12.50万元"),
        ("\"done\" / \"n\" * 100", None, "85.9375"),
        ("\"done\" / \"n\" * 100", Some(1), "85.9"),
        ("1 / 3 * 3", None, "1"),
        ("2 / 3", Some(2), "0.67"),
        ("2 / 3", None, "除不尽，没有写保留几位小数"),
        ("(\"n\" / last.\"n\" - 1) * 100", Some(1), "6.7"),
        ("round(2.5)", None, "3"),
        ("round(-2.345, 2)", None, "-2.35"),
        ("round(12345, -3)", None, "12000"),
        ("round(1, 2.5)", None, "小数位数不对"),
        ("round(1, 99999999999999999999)", None, "小数位数不对"),
        ("abs(3 - 5.0)", None, "2.0"),
        ("sum(\"many\")", None, "13.5"),
        ("sum(\"many\", 1, towns.\"n\")", None, "334.5"),
        ("mean(\"many\")", None, "4.5"),
        ("min(\"many\", 5)", None, "3"),
        ("max(\"many\", 5)", None, "6"),
        ("count(\"many\", \"names\", \"town\")", None, "7"),
        ("\"many\"[2] * 2", None, "9"),
        ("\"many\"[4]", None, "“many”只有 3 个值"),
        ("\"many\" + 1", None, "“many”有 3 个值，这里只能用一个"),
        ("sum(\"none\")", None, "0"),
        ("count(\"none\")", None, "0"),
        ("mean(\"none\")", None, "没有数，求不出平均"),
        ("max(\"none\")", None, "没有数，求不出最大"),
        ("\"names\" + 0", None, "3"),
        ("\"names\"[2]", None, "Text(\"人居环境\")"),
        ("\"town\"", None, "Text(\"青石镇\")"),
        ("\"town\" + 1", None, "“青石镇”是文字，不能计算"),
        ("sum(\"many\", \"day\")", None, "2023年11月20日是日期，不能计算"),
        ("max(\"day\", \"later\")", None, "Date(Date { year: 2023, month: 12, day: 1 })"),
        ("max(\"day\", 3)", None, "两边不是一类，不能比较"),
        ("1 / (\"n\" - 320)", None, "除数是 0"),
        ("\"open\" + 1", None, "missing \"open\""),
        ("\"open\" + last.\"b\"", None, "unknown last.\"b\""),
        ("123456789012345678901234567890.5 + 0.25", None, "123456789012345678901234567890.75"),
    ] {
        assert_eq!(computed(formula, round, REPORT), expected, "{formula}");
    }
}

#[test]
fn the_other_rounding_is_for_those_who_ask() {
    let formula = Formula::parse("28.25").unwrap();
    let rounded = |rounding| {
        let result = formula.compute(&Report::default(), Some(1), rounding).result;
        let Computed::Value { value: super::Value::Number(number), .. } = result else { panic!("{result:?}") };
        number.to_string()
    };
    assert_eq!(rounded(Rounding::HalfUp), "28.3");
    assert_eq!(rounded(Rounding::HalfEven), "28.2");
}

#[test]
fn numbers_that_grow_without_end_are_cut_short() {
    let nines = "9".repeat(100);
    let product = vec![nines.as_str(); 50].join("*");
    assert_eq!(computed(&product, None, ""), "数太大，算不下去");
    let fractions: Vec<_> = (1..1200).map(|n| format!("1/{}", 2 * n + 1)).collect();
    assert_eq!(computed(&fractions.join("+"), None, ""), "数太大，算不下去");
    assert_eq!(computed(&fractions[..100].join("-"), Some(3), ""), "-1.623");
}

/// A sum of whole numbers in words, and what it comes to by the machine's own arithmetic.
fn whole_sums() -> impl Strategy<Value = (String, i128)> {
    (0..1000i128).prop_map(|n| (n.to_string(), n)).prop_recursive(4, 12, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|((a, x), (b, y))| (format!("({a} + {b})"), x + y)),
            (inner.clone(), inner.clone()).prop_map(|((a, x), (b, y))| (format!("({a} - {b})"), x - y)),
            (inner.clone(), inner.clone()).prop_map(|((a, x), (b, y))| (format!("{a} * {b}"), x * y)),
            (inner.clone(), inner.clone()).prop_map(|((a, x), (b, y))| (format!("max({a}, {b})"), x.max(y))),
            (inner.clone(), inner.clone()).prop_map(|((a, x), (b, y))| (format!("sum({a}, -{b}, 1)"), x - y + 1)),
            inner.prop_map(|(a, x)| (format!("abs({a})"), x.abs())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whole_numbers_come_out_as_the_machine_has_them((text, expected) in whole_sums()) {
        prop_assert_eq!(computed(&text, None, ""), expected.to_string(), "{}", text);
    }
}
