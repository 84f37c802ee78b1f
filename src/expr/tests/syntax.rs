use proptest::prelude::*;

use super::super::{Advice, Condition, Formula, MAX_DEPTH, MAX_LENGTH, Scope, SyntaxFault};

fn condition(text: &str) -> Condition {
    Condition::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"))
}

#[test]
fn every_spelling_says_the_same() {
    let plain = r#""问题X个" == "已整改X个" + "正在整改X个" and not ("a" <= 3 or last."b" != 2)"#;
    for spelling in [
        r#"'问题X个'='已整改X个'+'正在整改X个' and not('a'<=3 or last.'b'!=2)"#,
        "“问题X个”＝“已整改X个”＋“正在整改X个”且非（“a”≤３或last.“b”≠２）",
        "‘问题X个’ ＝＝ ‘已整改X个’ ＋ ‘正在整改X个’ AND NOT （‘a’ ＜＝ 3 Or Last．‘b’ ！＝ 2）",
        "”问题X个” == ＂已整改X个＂　+　'正在整改X个' 且 非 ((\"a\" ≦ 3) or (last.\"b\" != 2))",
    ] {
        assert_eq!(condition(spelling), condition(plain), "{spelling}");
        assert_eq!(condition(spelling).to_string(), plain, "{spelling}");
    }
}

#[test]
fn sums_bind_looser_than_products_and_or_looser_than_and() {
    for (written, printed) in [
        ("1+2*3 == 7", "1 + 2 * 3 == 7"),
        ("(1+2)*3 == 9", "(1 + 2) * 3 == 9"),
        ("1-(2-3) == 2", "1 - (2 - 3) == 2"),
        ("((1-2))-3 == 2", "(1 - 2) - 3 == 2"),
        ("8÷(4÷2) == 4", "8 / (4 / 2) == 4"),
        ("-(1+2)*-3 == 9", "-(1 + 2) * -3 == 9"),
        ("1==1 or 2==2 and 3==3", "1 == 1 or 2 == 2 and 3 == 3"),
        ("(1==1 or 2==2) and 3==3", "(1 == 1 or 2 == 2) and 3 == 3"),
        ("not (1==1 and not 2==2)", "not (1 == 1 and not 2 == 2)"),
        ("SUM(“a”，“b”) >= 50％", "sum(\"a\", \"b\") >= 50%"),
        ("\"d\" > 2023年11月5日", "\"d\" > 2023-11-05"),
        ("\"d\" > 2023-11-05", "\"d\" > 2023-11-05"),
        ("2023-11 > 12.50", "2023 - 11 > 12.50"),
        ("'a\"b' == '五''一'", "\"a\"\"b\" == \"五'一\""),
        ("\"X月X日\"[2] > 3", "\"X月X日\"[2] > 3"),
        (
            "NAMES（towns.'a'＜towns.'b' 且 非 towns.'c'=0）= 2",
            "names(towns.\"a\" < towns.\"b\" and not towns.\"c\" == 0) == 2",
        ),
    ] {
        assert_eq!(condition(written).to_string(), printed);
    }
}

#[test]
fn references_are_listed_once() {
    let formula = Formula::parse(r#"sum("villages>排查（处）") + last."a" * "a" - "a"[2]"#).unwrap();
    let references: Vec<_> = formula.references().iter().map(|r| (r.scope, r.key.as_str(), r.range.start)).collect();
    assert_eq!(references, [(Scope::Own, "villages>排查（处）", 4), (Scope::Last, "a", 34), (Scope::Own, "a", 45)]);
}

/// The fault of `text`, drawn as its message, the text at the fault, and the advice.
fn fault(text: &str) -> String {
    let SyntaxFault { range, message, advice } = Condition::parse(text).expect_err(text);
    let advice = match advice {
        None => String::new(),
        Some(Advice::Expected(expected)) => format!("，应当是：{}", expected.zh),
        Some(Advice::Write(right)) => format!("，写成：{right}"),
    };
    format!("{}：{}〔{}〕{}{advice}", message.zh, &text[..range.start], &text[range.clone()], &text[range.end..])
}

#[test]
fn faults_have_a_place_and_advice() {
    for (text, expected) in [
        ("", "这里少了一个数：〔〕，应当是：指标名（加引号）、数字或括号"),
        ("\"a\" ==", "这里少了一个数：\"a\" ==〔〕，应当是：指标名（加引号）、数字或括号"),
        ("\"a\" == == 1", "这里少了一个数：\"a\" == 〔==〕 1，应当是：指标名（加引号）、数字或括号"),
        ("\"a\" + 1", "只有数，没有比较：\"a\" + 1〔〕，应当是：== != < <= > >= 之一"),
        ("\"a\" and 1 == 1", "只有数，没有比较：\"a\"〔〕 and 1 == 1，应当是：== != < <= > >= 之一"),
        ("1 + (2 == 2) > 1", "这里要一个数，不能是比较：1 + 〔(2 == 2)〕 > 1"),
        ("1 < 2 < 3", "一次只能比较两边：1 < 2 〔<〕 3，应当是：and 或 or，把几个比较连起来"),
        ("问题X个 == 3", "“问题X个”要放在引号里：〔问题X个〕 == 3，写成：\"问题X个\""),
        ("非遗X项 > 3", "“非遗X项”要放在引号里：〔非遗X项〕 > 3，写成：\"非遗X项\""),
        ("\"a\" == 9人", "“9人”不是数字：\"a\" == 〔9人〕，应当是：单独的数字，不带单位"),
        ("\"a\" == 1_000", "数字里不能有下划线：\"a\" == 〔1_000〕，写成：1000"),
        ("\"a\" == 1e5", "数字不用科学记数法：\"a\" == 〔1e5〕，写成：100000"),
        ("\"a\" == .5", "小数点前后都要有数字：\"a\" == 〔.5〕，写成：0.5"),
        ("\"a == 3", "引号没有收尾：〔\"a == 3〕，应当是：收尾的 \""),
        ("“ ” == 3", "引号里没有内容：〔“ ”〕 == 3，应当是：指标名，如 \"党委会X次\""),
        ("\"a\" <> 3", "不认识“<>”：\"a\" 〔<>〕 3，写成：!="),
        ("1==1 && 2==2", "不认识“&&”：1==1 〔&&〕 2==2，写成：and"),
        ("\"a\" == 2023-02-30", "没有这一天：\"a\" == 〔2023-02-30〕"),
        ("\"a\" \"b\" == 3", "这里少了运算符号：\"a\" 〔\"b\"〕 == 3，应当是：+ - * / 或 =="),
        ("(1 == 1", "括号没有收尾：〔(〕1 == 1，应当是：收尾的 )"),
        ("1 == 1)", "多了一个右括号：1 == 1〔)〕"),
        ("sum() > 1", "sum 的括号里个数不对：〔sum()〕 > 1，应当是：sum(数, 数, …)，至少一个"),
        ("abs(1,2) > 1", "abs 的括号里个数不对：〔abs(1,2)〕 > 1，应当是：abs(数)"),
        ("\"a\"[0] > 1", "这里写的不对：\"a\"[〔0〕] > 1，应当是：第几个，从 1 起，如 [1]"),
        ("last > 1", "这里写的不对：last 〔>〕 1，应当是：点和指标名，如 last.\"党委会X次\""),
        ("\"a\" == 3；", "式子里不能有“；”：\"a\" == 3〔；〕"),
        (
            "foo(1) > 1",
            "不认识“foo”：〔foo〕(1) > 1，应当是：加引号的指标名，或 sum count mean min max abs round names",
        ),
        (
            "names(\"a\" == 0) == 1",
            "names 按条件挑镇，条件里要有各镇的数：names(〔\"a\" == 0〕) == 1，应当是：各镇的一个数和别的数相比，如 towns.\"党委会X次\" == 0",
        ),
        (
            "count(sum(towns.\"a\") > 1) == 1",
            "count 按条件挑镇，条件里要有各镇的数：count(〔sum(towns.\"a\") > 1〕) == 1，应当是：各镇的一个数和别的数相比，如 towns.\"党委会X次\" == 0",
        ),
        (
            "names(towns.\"a\") == 1",
            "names 的括号里要写条件：names(〔towns.\"a\"〕) == 1，应当是：各镇的一个数和别的数相比，如 towns.\"党委会X次\" == 0",
        ),
        ("names > 1", "这里写的不对：names 〔>〕 1，应当是：括号，如 names(…)"),
        ("sum(towns.\"a\" == 0) > 1", "这里要一个数，不能是比较：sum(〔towns.\"a\" == 0〕) > 1"),
        ("count(1, towns.\"a\" == 0) > 1", "这里要一个数，不能是比较：count(1, 〔towns.\"a\" == 0〕) > 1"),
        (
            "count(towns.\"a\" == 0, 1) > 1",
            "这里写的不对：count(towns.\"a\" == 0〔,〕 1) > 1，应当是：收尾的 )，或运算符号",
        ),
    ] {
        assert_eq!(fault(text), expected);
    }
    let fault = Formula::parse("\"a\" > 1").unwrap_err();
    assert_eq!(fault.message.zh, "这里要一个数，不能是比较");
}

#[test]
fn depth_and_length_are_limited() {
    let nested = |depth: usize| format!("{}1{} == 1", "(".repeat(depth), ")".repeat(depth));
    assert!(Condition::parse(&nested(MAX_DEPTH)).is_ok());
    assert_eq!(Condition::parse(&nested(MAX_DEPTH + 1)).unwrap_err().message.zh, "括号套得太深");
    assert_eq!(Condition::parse(&nested(MAX_LENGTH)).unwrap_err().message.zh, "式子太长，请拆成几条");
    // A chain is flat, however long.
    let chain = format!("1{} == 1", "+1".repeat(MAX_LENGTH / 2 - 8));
    assert!(Condition::parse(&chain).is_ok());
}

/// Well-formed values of every kind, in several spellings.
fn formulas() -> impl Strategy<Value = String> {
    let atom = prop_oneof![
        "[1-9][0-9]{0,3}(\\.[0-9]{1,3})?%?",
        "(towns\\.|last\\.)?\"[a-cX问题个>、“]{1,6}\"(\\[[1-9]\\])?",
        "“[a-cX问题个\"' ]{0,5}X”",
        "'[a-cX]\"''[a-cX]'",
        Just("2023-11-20".to_owned()),
    ];
    atom.prop_recursive(5, 40, 4, |inner| {
        let parts = proptest::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            (inner.clone(), prop::sample::select(vec!["+", " - ", "*", " / ", "×", "÷", "－"]), inner.clone())
                .prop_map(|(a, sign, b)| format!("{a}{sign}{b}")),
            inner.clone().prop_map(|a| format!("({a})")),
            inner.clone().prop_map(|a| format!("-({a})")),
            inner.clone().prop_map(|a| format!("abs({a})")),
            (prop::sample::select(vec!["names", "count"]), inner.clone(), inner.clone())
                .prop_map(|(f, a, b)| format!("{f}(towns.\"a\" < {a} or not ({b} = 1))")),
            (prop::sample::select(vec!["sum", "count", "mean", "min", "max"]), parts)
                .prop_map(|(f, parts)| format!("{f}({})", parts.join("，"))),
        ]
    })
}

pub(super) fn conditions() -> impl Strategy<Value = String> {
    let compare = (formulas(), prop::sample::select(vec!["=", "==", "≠", "<", "<=", "＞", "≥"]), formulas())
        .prop_map(|(a, relation, b)| format!("{a} {relation} {b}"));
    compare.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            (inner.clone(), prop::sample::select(vec![" and ", " or ", "且", "或"]), inner.clone())
                .prop_map(|(a, word, b)| format!("{a}{word}{b}")),
            inner.clone().prop_map(|a| format!("({a})")),
            inner.prop_map(|a| format!("not ({a})")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_reads_back(text in conditions()) {
        let read = condition(&text);
        let printed = read.to_string();
        let again = condition(&printed);
        prop_assert_eq!(&again, &read, "{}", printed);
        prop_assert_eq!(again.to_string(), printed);
    }

    #[test]
    fn no_text_makes_it_fail_otherwise_than_with_a_fault_inside(text in "\\PC{0,40}") {
        if let Err(fault) = Condition::parse(&text) {
            prop_assert!(text.get(fault.range).is_some());
        }
    }

    #[test]
    fn no_heap_of_signs_does_either(signs in proptest::collection::vec(prop::sample::select(vec![
        "\"a\"", "“b”", "12", "1.5", "2023-11-20", "2023年1月", "+", "-", "*", "／", "%", "(", "）", "[", "1]", "，", ".", "==", "<", "！",
        "not", "and", "或", "非", "sum", "names(", "count(", "round(", "towns", "last.", "问题", "_", "'", " ", "\u{3000}",
    ]), 0..30)) {
        let text = signs.concat();
        if let Err(fault) = Condition::parse(&text) {
            prop_assert!(text.get(fault.range).is_some());
        }
    }
}
