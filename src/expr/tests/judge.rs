use proptest::prelude::*;

use super::super::{Condition, Options, Origin, Scope, Verdict};
use super::Report;
use super::syntax::conditions;
use crate::diag::Code;
use crate::number::Decimal;

fn verdict(check: &str, tolerance: Option<&str>, report: &str) -> Verdict {
    let options =
        Options { tolerance: tolerance.map(|written| Decimal::parse(written).unwrap()), ..Options::default() };
    Condition::parse(check)
        .unwrap_or_else(|fault| panic!("{check}: {fault:?}"))
        .judge(&Report::new(report), &options)
        .result
}

/// The verdict in a word, or its message.
fn word(check: &str, tolerance: Option<&str>, report: &str) -> String {
    match verdict(check, tolerance, report) {
        Verdict::Holds => "holds".to_owned(),
        Verdict::RoundingGap(_) => "gap".to_owned(),
        Verdict::Broken(_) => "broken".to_owned(),
        Verdict::Missing(missing) => format!("missing {}", missing[0]),
        Verdict::Unknown(unknown) => format!("unknown {}", unknown[0]),
        Verdict::Undefined(fault) => fault.message.zh,
    }
}

#[test]
fn equality_rounds_to_the_digits_of_a_lone_figure() {
    let report = "
        rate = 85.9%
        wrong = 85.8%
        far = 80.0%
        even = 86
        done = 275
        all = 320
        share = 85.94
        ";
    for (check, expected) in [
        ("\"rate\" == \"done\" / \"all\" * 100", "holds"),
        ("\"done\" / \"all\" * 100 == \"rate\"", "holds"),
        ("(\"rate\") == \"done\" / \"all\" * 100", "holds"),
        ("\"even\" == \"done\" / \"all\" * 100", "holds"),
        ("\"rate\" == \"share\"", "holds"),
        ("\"rate\" + 0 == \"done\" / \"all\" * 100", "gap"),
        ("\"rate\" != \"done\" / \"all\" * 100", "broken"),
        ("\"wrong\" != \"done\" / \"all\" * 100", "holds"),
        ("not \"rate\" == \"done\" / \"all\" * 100", "broken"),
        // Of integers 85.9375 % is known, so that 85.8 is further off than its half digit.
        ("\"wrong\" == \"done\" / \"all\" * 100", "broken"),
        ("\"far\" == \"done\" / \"all\" * 100", "broken"),
        // 85.94 is 85.935 to 85.945, all of which is more than 85.85.
        ("\"wrong\" == \"share\"", "broken"),
        ("0.1 + 0.2 == 0.3", "holds"),
        ("\"done\" == 275.4 - 0", "holds"),
        ("\"done\" <= 274.9", "broken"),
    ] {
        assert_eq!(word(check, None, report), expected, "{check}");
    }
}

#[test]
fn a_gap_is_what_rounding_explains() {
    let report = "
        total = 33.4万元
        a = 11.1万元
        b = 11.1万元
        c = 11.1万元
        money = 33.4万元!
        ma = 11.1万元!
        n = 34
        shares = 22.2|11.1|66.6
        ";
    for (check, expected) in [
        ("\"total\" == \"a\" + \"b\" + \"c\"", "gap"),
        ("\"total\" == sum(\"a\", \"b\", \"c\")", "gap"),
        ("\"total\" == \"a\" * 3", "gap"),
        ("\"total\" == \"a\" + \"b\" + 11.1", "gap"),
        ("\"total\" == \"a\" + \"b\" + 11.2", "holds"),
        ("\"total\" == \"a\" + \"b\" + 10.9", "broken"),
        // Money is exact to the last digit.
        ("\"money\" == \"ma\" * 3", "broken"),
        ("\"money\" == \"a\" * 3", "gap"),
        // So are whole numbers: 33.15 to 33.45 rounds to 33.
        ("\"n\" == \"a\" * 3", "broken"),
        ("\"n\" == \"a\" * 3 + 0.06", "gap"),
        ("sum(\"shares\") == 100", "gap"),
        ("mean(\"shares\") * 3 == 100", "gap"),
        ("sum(\"shares\") == 101", "broken"),
        // 17 ± 0 divided by what may be zero has no bounds.
        ("17 / (\"a\" - \"b\" + 0.01) == 5", "broken"),
        // What rounding alone breaks does not hold, so its denial does.
        ("not \"total\" == \"a\" * 3", "holds"),
        ("\"total\" == \"a\" * 3 and 1 == 1", "gap"),
        ("\"total\" == \"a\" * 3 and 1 == 2", "broken"),
        ("\"total\" == \"a\" * 3 or 1 == 2", "gap"),
        ("\"total\" == \"a\" * 3 or 1 == 1", "holds"),
    ] {
        assert_eq!(word(check, None, report), expected, "{check}");
    }
}

#[test]
fn a_tolerance_takes_the_place_of_rounding() {
    let report = "a = 10.0\nb = 10.3";
    for (check, tolerance, expected) in [
        ("\"a\" == \"b\"", "0.3", "holds"),
        ("\"a\" == \"b\"", "0.29", "broken"),
        ("\"a\" == 10.04", "0", "broken"),
        ("\"a\" != \"b\"", "0.3", "broken"),
        ("\"b\" <= \"a\"", "0.3", "holds"),
        ("\"b\" < \"a\"", "0.3", "broken"),
        ("\"a\" > \"b\"", "0.4", "holds"),
        ("\"a\" >= \"b\"", "0.2", "broken"),
    ] {
        assert_eq!(word(check, Some(tolerance), report), expected, "{check} ± {tolerance}");
    }
}

#[test]
fn words_and_dates() {
    let report = "
        town = 青石镇
        title = 青石镇
        other = 白水镇
        taken = 2023-11-02
        done = 2023-11-20
        n = 3
        ";
    for (check, expected) in [
        ("\"town\" == \"title\"", "holds"),
        ("\"town\" == \"other\"", "broken"),
        ("\"town\" != \"other\"", "holds"),
        ("\"town\" < \"other\"", "文字没有大小"),
        ("\"town\" == \"n\"", "两边不是一类，不能比较"),
        ("\"taken\" <= \"done\"", "holds"),
        ("\"done\" < 2023-11-20", "broken"),
        ("\"done\" == 2023年11月20日", "holds"),
        ("\"done\" > 3", "两边不是一类，不能比较"),
    ] {
        assert_eq!(word(check, None, report), expected, "{check}");
    }
}

#[test]
fn what_cannot_be_judged() {
    let report = "a = 0\nb = 5\nopen =";
    for (check, expected) in [
        ("\"b\" / \"a\" > 1", "除数是 0"),
        ("\"a\" == 0 or \"b\" / \"a\" > 1", "holds"),
        ("\"a\" > 0 and \"b\" / \"a\" > 1", "broken"),
        ("\"b\" > 0 and \"b\" / \"a\" > 1", "除数是 0"),
        // A missing figure is the fault, whatever the rest says.
        ("\"b\" == 5 or \"open\" == 1", "missing \"open\""),
        ("\"b\" / \"a\" == \"open\"", "missing \"open\""),
        ("\"c\" == \"open\"", "unknown \"c\""),
    ] {
        assert_eq!(word(check, None, report), expected, "{check}");
    }
    let Verdict::Unknown(unknown) = verdict("1 < last.\"c\"", None, report) else { panic!() };
    assert_eq!(unknown[0].unknown().zh, "没有 last.\"c\" 这个指标");
    assert_eq!(unknown[0].range, 4..12);
    assert_eq!(verdict("\"b\" == 4", None, report).code(), Some(Code::RuleBroken));
    assert_eq!(verdict("\"b\" == 5", None, report).truth(), Some(true));
    assert_eq!(verdict("\"open\" == 5", None, report).truth(), None);
}

/// The lines that a broken rule shows.
fn lines(check: &str, report: &str) -> Vec<String> {
    let (Verdict::Broken(comparisons) | Verdict::RoundingGap(comparisons)) = verdict(check, None, report) else {
        panic!("{check} holds");
    };
    let place = |Origin(n): Origin| format!("report.toml:{}:9", 40 + n);
    comparisons.iter().map(|comparison| comparison.render(&place).zh).collect()
}

#[test]
fn a_broken_rule_is_shown_worked_out() {
    let report = "
        问题X个 = 12
        已整改X个 = 7
        正在整改X个 = 4
        办结率X% = 85.8%
        已办结X件 = 275
        受理X件 = 320
        villages>排查（处） = 3|4|5|6|7
        last.受理X件 = 330
        XXX镇 = 青石镇
        X年X月 = 2023|11
        names = [甲、乙]
        ";
    for (check, expected) in [
        (
            "\"问题X个\" == \"已整改X个\" + \"正在整改X个\"",
            "问题X个 (12, report.toml:41:9) ≠ 已整改X个 (7, report.toml:42:9) + 正在整改X个 (4, report.toml:43:9) = 11",
        ),
        (
            "\"办结率X%\" == \"已办结X件\" / \"受理X件\" * 100",
            "办结率X% (85.8, report.toml:44:9) ≠ 已办结X件 (275, report.toml:45:9) ÷ 受理X件 (320, report.toml:46:9) × 100 = 85.9375 ≈ 85.9",
        ),
        ("\"已办结X件\" / 3 == 1", "已办结X件 (275, report.toml:45:9) ÷ 3 ≈ 91.6667 ≠ 1"),
        ("1 / 3 == 0.33333 + 0", "1 ÷ 3 ≈ 0.3333 ≠ 0.33333 + 0 = 0.33333"),
        (
            "1 / 3 == 33333333333333333 / 100000000000000000",
            "1 ÷ 3 ≈ 0.33333333333333333333 ≠ 33333333333333333 ÷ 100000000000000000 = 0.33333333333333333",
        ),
        (
            "sum(\"villages>排查（处）\") <= 2 * (\"问题X个\" - \"问题X个\")",
            "合计(villages>排查（处） (3, 4, 5, 6, … 共 5 个, report.toml:47:9)) = 25 > 2 × (问题X个 (12, report.toml:41:9) - 问题X个 (12)) = 0",
        ),
        ("\"受理X件\" >= last.\"受理X件\"", "受理X件 (320, report.toml:46:9) < 上期的受理X件 (330, report.toml:52:9)"),
        ("\"XXX镇\" != \"XXX镇\"", "XXX镇 (“青石镇”, report.toml:53:9) = XXX镇 (“青石镇”)"),
        ("\"X年X月\"[2] > 11", "X年X月[2] (11, report.toml:55:9) ≤ 11"),
        ("\"names\"[2] == \"names\"[1]", "names[2] (“乙”, report.toml:56:9) ≠ names[1] (“甲”)"),
        ("not \"问题X个\" > 3", "问题X个 (12, report.toml:41:9) > 3"),
    ] {
        assert_eq!(lines(check, report), [expected], "{check}");
    }
    let two = lines("\"问题X个\" > 99 and 1 == 1 and \"已整改X个\" > 99", report);
    assert_eq!(two, ["问题X个 (12, report.toml:41:9) ≤ 99", "已整改X个 (7, report.toml:42:9) ≤ 99"]);
    let either = lines("\"问题X个\" > 99 or \"已整改X个\" > 99", report);
    assert_eq!(either.len(), 2);
}

#[test]
fn a_forgotten_factor_is_named() {
    let hint = |check, report| {
        let verdict = verdict(check, None, report);
        let Verdict::Broken(comparisons) = verdict else { panic!("{verdict:?}") };
        comparisons[0].hint.clone().map(|hint| hint.zh)
    };
    let report = "rate = 85.9%\nyuan = 12500\nwan = 1.25\nzero = 0\nzeros = 0.5";
    assert_eq!(hint("\"rate\" == 275 / 320", report).as_deref(), Some("两边相差 100 倍：是不是漏了百分数的换算"));
    assert_eq!(hint("\"yuan\" == \"wan\"", report).as_deref(), Some("两边相差 10000 倍：是不是漏了万的换算"));
    assert_eq!(hint("\"rate\" == 274 / 321", report), None);
    assert_eq!(hint("\"zero\" == 3", report), None);
}

#[test]
fn origins_are_listed_for_labels() {
    let Verdict::Broken(comparisons) = verdict("\"a\" == \"b\" + \"a\"", None, "a = 1\nb = 2") else { panic!() };
    assert_eq!(comparisons[0].origins(), [Origin(1), Origin(2)]);
}

#[test]
fn units_that_need_converting_are_noticed() {
    let report = "a = 1.25万元\nb = 12500元\nc = 3处\nd = 4个\nmixed = 1元|2万元|3万元";
    let mixes = |check: &str| {
        let outcome = Condition::parse(check).unwrap().judge(&Report::new(report), &Options::default());
        outcome.mixes.iter().map(|mix| mix.message().zh).collect::<Vec<_>>()
    };
    assert_eq!(mixes("\"a\" == \"b\""), ["万元和元直接相加或相比，单位没有换算"]);
    assert_eq!(mixes("\"a\" + \"b\" > 3").len(), 1);
    assert_eq!(mixes("sum(\"a\", \"b\") > 3").len(), 1);
    assert_eq!(mixes("sum(\"mixed\") > 3").len(), 1);
    assert_eq!(mixes("max(\"mixed\") > 3").len(), 1);
    assert_eq!(mixes("\"a\" * 10000 == \"b\""), [""; 0]);
    assert_eq!(mixes("\"c\" + \"d\" > 3"), [""; 0]);
}

#[test]
fn each_of_two_thousand_rules_is_judged() {
    let figures: String = (0..10_000).map(|n| format!("f{n} = {n}.{}\n", n % 10)).collect();
    let report = Report::new(&figures);
    let checks: Vec<String> = (0..2000)
        .map(|n| format!("\"f{n}\" == \"f{}\" + \"f{}\" - \"f{}\" / \"f{}\"", n + 1, n + 2000, n + 4000, n + 8000))
        .collect();
    let judged = checks.iter().map(|check| Condition::parse(check).unwrap().judge(&report, &Options::default()));
    let broken = judged.filter(|outcome| matches!(outcome.result, Verdict::Broken(_))).count();
    assert_eq!(broken, 2000);
}

#[test]
fn numbers_that_grow_too_long_are_given_up() {
    // Sums of fractions without a common divisor are the hardest that can be written.
    let mut hard = String::from("1 == 1/2");
    for n in 1.. {
        let term = format!("+1/{}", 2 * n + 1);
        if hard.len() + term.len() > super::super::MAX_LENGTH {
            break;
        }
        hard.push_str(&term);
    }
    assert_eq!(word(&hard, None, ""), "数太大，算不下去");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_condition_comes_to_a_verdict(text in conditions(), value in "-?[0-9]{1,3}(\\.[0-9]{1,3})?|文字|2023-11-20|\\[甲、乙\\]") {
        let condition = Condition::parse(&text).unwrap();
        let mut report = String::new();
        for reference in condition.references() {
            let scope = match reference.scope {
                Scope::Own => "",
                Scope::Towns => "towns.",
                Scope::Last => "last.",
            };
            report.push_str(&format!("{scope}{} = {value}\n", reference.key));
        }
        let report = Report::new(&report);
        for tolerance in [None, Some(Decimal::from(1))] {
            let verdict = condition.judge(&report, &Options { tolerance, ..Options::default() }).result;
            if let Verdict::Broken(comparisons) | Verdict::RoundingGap(comparisons) = verdict {
                prop_assert!(!comparisons.is_empty());
                prop_assert!(comparisons.iter().all(|c| !c.render(&|_| String::new()).zh.is_empty()));
            }
        }
    }
}
