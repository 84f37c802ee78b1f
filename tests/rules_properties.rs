//! What must be true of every report with rules, however it was put together.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::select;
use report_gen::batch::{Job, Outcome, run};
use report_gen::diag::Code;
use report_gen::fonts::Fonts;
use report_gen::world::Memory;

const KEYS: &[&str] = &[
    "问题X个",
    "已整改X个",
    "整改率X%",
    "投入X万元",
    "X年X月X日",
    "X村、X村等X个村",
    "镇名",
    "town",
    "X",
    "a>问题X个",
    "b>投入X万元",
    "走访X户",
    "同比X",
];
const VALUES: &[&str] = &[
    "12",
    "-3.50",
    "0",
    "0.1",
    "\"12\"",
    "\"12个\"",
    "\"\"",
    "\"待定\"",
    "\"青石镇\"",
    "2023-11-20",
    "[2023, 11, 20]",
    "[1, \"\"]",
    "[]",
    "true",
    "1_000",
    "nan",
    "99999999999999999999999999999999.5",
    "[[1]]",
    "{}",
    "\"甲、乙、丙\"",
];
const EXPRESSIONS: &[&str] = &[
    "\"问题X个\"",
    "\"已整改 XX 个\"",
    "\"整改率X%\"",
    "\"投入X万元\"",
    "\"X年X月X日\"",
    "\"X村、X村等X个村\"",
    "\"镇名\"",
    "\"b>投入X万元\"",
    "\"没有X个\"",
    "last.\"问题X个\"",
    "\"X年X月X日\"[2]",
    "sum(\"问题X个\", \"已整改X个\")",
    "round(\"投入X万元\" / \"问题X个\", 1)",
    "max(\"同比X\", 3)",
    "12",
    "0",
    "98.7%",
    "2023-11-20",
    "\"id\"",
    "count(",
    "+",
    "x",
];

fn value() -> impl Strategy<Value = String> {
    let one = || select(VALUES).prop_map(str::to_owned);
    let table = (
        prop::collection::vec((select(&["value", "min", "max", "default", "count", "list", "label"][..]), one()), 0..4),
        select(
            &["", "kind = \"integer\"", "kind = \"money\"", "kind = \"text\"", "kind = \"date\"", "kind = \"list\""][..],
        ),
        select(&["", "format = \"wan\"", "format = \"financial\"", "format = \"growth\"", "format = \"chinese\""][..]),
        select(&["", "optional = true", "repeat = true", "id = \"id\"", "pattern = \"[0-9]+\"", "pattern = \"(\""][..]),
        select(&["", "round = -3", "round = { digits = 1, half = \"even\" }", "choices = [1, \"青石镇\"]"][..]),
        prop_oneof![3 => Just(String::new()), 1 => expression().prop_map(|text| format!("compute = '{text}'"))],
    );
    let table = table.prop_map(|(values, kind, format, more, round, compute)| {
        let values = values.iter().map(|(key, value)| format!("{key} = {value}"));
        let words = [kind, format, more, round, &compute].map(str::to_owned);
        let parts: Vec<String> = values.chain(words).filter(|part| !part.is_empty()).collect();
        format!("{{ {} }}", parts.join(", "))
    });
    prop_oneof![1 => one(), 1 => table]
}

fn expression() -> impl Strategy<Value = String> {
    let part = select(EXPRESSIONS);
    let sign = select(&[" + ", " - ", " × ", " ÷ ", " and ", " 或 ", " == ", " <= ", " != ", ", ", ""][..]);
    prop::collection::vec((part, sign), 1..5).prop_map(|parts| {
        let mut text: String = parts.iter().flat_map(|(part, sign)| [*part, *sign]).collect();
        let sign = parts.last().map_or("", |(_, sign)| sign);
        text.truncate(text.len() - sign.len());
        text
    })
}

fn report() -> impl Strategy<Value = String> {
    let figures = || prop::collection::vec((select(KEYS), value()), 0..8);
    let section = (select(KEYS), select(KEYS), prop::option::of(expression()), figures());
    let rule = (expression(), select(&["", "level = \"warning\"", "tolerance = 0.5", "message = \"不对\""][..]));
    (
        prop::collection::vec(section, 0..4),
        figures(),
        prop::collection::vec(rule, 0..5),
        prop::collection::vec(0..6usize, 0..3),
    )
        .prop_map(|(sections, figures, rules, accepts)| {
            let mut file = "[report]\ntitle = \"汇报\"\ndate = 2023-11-20\n".to_owned();
            for ((first, second, when, figures), id) in sections.iter().zip(["a", "b", "c", "d"]) {
                let _ = writeln!(file, "[[section]]\nid = \"{id}\"\ntext = \"{first}，{second}。\"");
                if let Some(when) = when {
                    let _ = writeln!(file, "when = '{when}'");
                }
                let _ = writeln!(file, "[section.figures]");
                for (key, value) in figures {
                    let _ = writeln!(file, "\"{key}\" = {value}");
                }
            }
            let _ = writeln!(file, "[figures]");
            for (key, value) in figures {
                let _ = writeln!(file, "\"{key}\" = {value}");
            }
            for (number, (check, more)) in rules.iter().enumerate() {
                let _ = writeln!(file, "[[rule]]\nid = \"r{number}\"\ncheck = '{check}'\n{more}");
            }
            for rule in accepts {
                let _ = writeln!(
                    file,
                    "[[accept]]\nrule = \"r{rule}\"\nreason = \"有原因\"\nuntil = 2023-11-{:02}",
                    18 + rule
                );
            }
            file
        })
}

fn check(file: &str, fonts: &Fonts) -> Outcome {
    let world = Memory { files: [("report.toml".into(), file.into())].into(), epoch: None };
    run(&Job { path: "report.toml".into(), ..Job::default() }, &world, fonts).unwrap()
}

thread_local! {
    static FONTS: Fonts = Fonts::bundled();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_report_is_checked_and_every_place_is_in_it(file in report()) {
        let outcome = FONTS.with(|fonts| check(&file, fonts));
        for fault in &outcome.diagnostics {
            for label in &fault.labels {
                prop_assert!(file.get(label.span.range()).is_some(), "{fault:?}");
            }
            for edit in fault.fix.iter().flat_map(|fix| &fix.edits) {
                prop_assert!(file.get(edit.span.range()).is_some(), "{fault:?}");
            }
            prop_assert!(!fault.message.zh.is_empty() && !fault.message.en.is_empty());
        }
        let again = FONTS.with(|fonts| check(&file, fonts));
        prop_assert_eq!(outcome.diagnostics, again.diagnostics);
    }

    #[test]
    fn a_sum_is_broken_just_where_it_does_not_add_up(parts in prop::collection::vec(0..1000i64, 1..6), off in -2..3i64) {
        let total = parts.iter().sum::<i64>() + off;
        let mut file = "[report]\ntitle = \"汇报\"\n[[section]]\ntext = \"\"\"\n共登记X处。\n".to_owned();
        for n in 0..parts.len() {
            let _ = writeln!(file, "第{n}村登记X处。");
        }
        let _ = write!(file, "\"\"\"\n[figures]\n\"共登记X处\" = {total}\n");
        for (n, part) in parts.iter().enumerate() {
            let _ = writeln!(file, "\"第{n}村登记X处\" = {part}");
        }
        let keys: Vec<String> = (0..parts.len()).map(|n| format!("\"第{n}村登记XX处\"")).collect();
        let _ = writeln!(file, "[[rule]]\ncheck = '\"共登记X处\" == {}'", keys.join(" + "));
        let outcome = FONTS.with(|fonts| check(&file, fonts));
        // A count below zero is told besides.
        let codes: Vec<Code> = outcome
            .diagnostics
            .iter()
            .map(|fault| fault.code)
            .filter(|&code| total >= 0 || code != Code::WrongMagnitude)
            .collect();
        prop_assert_eq!(codes, if off == 0 { vec![] } else { vec![Code::RuleBroken] }, "{}", file);
    }
}
