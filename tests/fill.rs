//! Answers put into a report file: whatever the file looks like, only the value changes.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use proptest::prelude::*;
use proptest::sample::select;
use report_gen::batch::{Answer, Filling, Job, list, pack};
use report_gen::bundle::Shelf;
use report_gen::diag::level::Levels;
use report_gen::figures::State;
use report_gen::fonts::Fonts;
use report_gen::world::Memory;

const PATH: &str = "report.toml";

fn world(report: &str) -> Memory {
    Memory { files: [(PATH.into(), report.as_bytes().to_vec())].into(), epoch: None }
}

/// The report after its first question was answered with `words`; what stood in the place of the answer.
fn answered(report: &str, words: &str) -> Option<String> {
    let (world, fonts) = (world(report), Fonts::bundled());
    let job = Job { path: PATH.into(), ..Job::default() };
    let mut filling = Filling::open(&job, &world, &fonts).unwrap().ok()?;
    filling.questions().first()?;
    match filling.answer(0, words).unwrap() {
        Answer::Taken(_) => Some(filling.text()),
        Answer::Refused(_) | Answer::NoPlace(_) => None,
    }
}

/// What a figure of the report comes to.
fn value(report: &str, key: &str) -> Option<String> {
    let rows = list(PATH, &world(report)).unwrap().rows.unwrap();
    rows.into_iter().find(|row| row.key == key && row.state == State::Filled)?.value
}

/// What was put in: the file is cut where the two begin to differ from both ends.
fn difference<'t>(before: &'t str, after: &'t str) -> (&'t str, &'t str) {
    let start = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let most = before.len().min(after.len()) - start;
    let end = before.bytes().rev().zip(after.bytes().rev()).take(most).take_while(|(a, b)| a == b).count();
    let cut = |text: &'t str| {
        let start = (0..=start).rev().find(|&at| text.is_char_boundary(at)).unwrap();
        let end = (text.len() - end..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap();
        &text[start..end]
    };
    (cut(before), cut(after))
}

#[test]
fn a_rule_that_an_answer_breaks_is_told_without_reading_the_report_again() {
    let report = "[report]\ntitle = \"XXX镇汇报\"\n[[section]]\ntext = \"问题X个，整改X个，剩余X个，整改率X%。\"\n\
                  [figures]\n\"XXX镇\" = \"\"\n\"问题X个\" = \"\"\n\"整改X个\" = \"\"\n\"剩余X个\" = \"\"\n\
                  \"整改率X%\" = { compute = '\"整改X个\" / \"问题X个\"', round = 3 }\n\
                  [[rule]]\ncheck = '\"问题X个\" == \"整改X个\" + \"剩余X个\"'\nmessage = \"对不上\"\n";
    let (world, fonts) = (world(report), Fonts::bundled());
    let job = Job { path: PATH.into(), ..Job::default() };
    let mut filling = Filling::open(&job, &world, &fonts).unwrap().ok().unwrap();
    let mut notes = |words: &str, at: usize| match filling.answer(at, words).unwrap() {
        Answer::Taken(notes) => notes.into_iter().map(|note| note.code.name()).collect::<Vec<_>>(),
        Answer::Refused(_) | Answer::NoPlace(_) => panic!("{words}"),
    };
    assert_eq!(notes("松岭", 0), [""; 0]);
    assert_eq!(notes("41", 1), [""; 0]);
    assert_eq!(notes("26", 2), [""; 0]);
    assert_eq!(notes("4", 3), ["rule-broken"]);
    assert_eq!(notes("15", 3), [""; 0]);
    // No one divides by nothing.
    assert_eq!(notes("0", 1), ["rule-undefined", "rule-broken"]);
    assert_eq!(filling.readings(), 1);
}

/// Ways in which the file has the figure 演练X次, or has not; whether its value is there, empty.
const FORMS: &[&str] = &[
    "",
    "[figures]\n",
    "[figures] # 数\n# 注\n\n",
    "[figures]\n\"演练X次\" = \"\"",
    "[figures]\n\"演练X次\" = 'X' # 注\n\"别的\" = 1",
    "[figures]\n  \"演练XX次\"=\"待定\"\n[words]",
    "[figures]\n\"演练X次\" = { owner = \"甲\" } # 注",
    "[figures]\n\"演练X次\" = {owner=\"甲\",\n  kind = \"integer\" }",
    "[figures]\n\"演练X次\" = {}",
    "[figures]\n\"演练X次\" = { }",
    "[figures]\n\"演练X次\" = { kind = \"integer\", value = \"\" }",
    "[figures]\n\"演练X次\".owner = \"甲\" # 注\n\"演练X次\".kind = \"integer\"",
    "[figures.\"演练X次\"] # 注\nowner = \"甲\"\n\n# 尾",
    "[ figures . \"演练X次\" ]\nvalue = \"\"",
    "[figures.\"别的\"]\nvalue = 1",
    "[section.figures]\n\"演练X次\" = \"\"",
    "[section.figures]\n\"别的X次\" = 3\n\n[words]",
    "[words]\nbanned = []\n[figures]\n[lints]",
];

/// What stands at the start of the file besides.
const HEADS: &[&str] =
    &["", "\u{feff}", "# 注\n\n", "figures.\"别的\" = 1\n", "figures = { \"别的\" = 1 }\n", "figures = {}\n"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]
    #[test]
    fn only_the_value_changes(
        form in select(FORMS),
        head in select(HEADS),
        comment in "[ \t]{0,2}(# [X\"'\\[\\]=开展。]{0,6})?",
        is_windows in any::<bool>(),
        number in 0_u32..100_000,
    ) {
        let mut report = format!(
            "{head}[report]\ntitle = \"汇报\"{comment}\n[[section]]\ntext = \"\"\"\n开展演练X次。\n\"\"\"{comment}\n{form}{comment}\n"
        );
        if is_windows {
            report = report.replace('\n', "\r\n");
        }
        // Two ways to have the figures are no TOML.
        let after = answered(&report, &number.to_string());
        prop_assume!(Filling::open(&Job { path: PATH.into(), ..Job::default() }, &world(&report), &Fonts::bundled()).unwrap().is_ok());
        let after = after.expect("a whole number is taken");
        let (old, new) = difference(&report, &after);
        prop_assert!(old.is_empty() || ["\"\"", "'X'", "\"待定\"", " "].iter().any(|empty| empty.contains(old)), "{old:?} -> {new:?}\n{report}");
        prop_assert!(new.contains(&number.to_string()), "{old:?} -> {new:?}");
        prop_assert!(!is_windows || new.matches('\n').count() == new.matches("\r\n").count(), "{new:?}");
        let rows = list(PATH, &world(&after)).unwrap().rows.unwrap();
        let row = rows.iter().find(|row| row.key.contains("演练")).unwrap();
        prop_assert_eq!(row.value.clone(), Some(number.to_string()));
        prop_assert!(!rows.iter().any(|row| row.state == State::Missing));
    }

    #[test]
    fn words_come_back_as_they_were_typed(words in "[甲乙镇\"'\\\\#=\\[{ ,。]{1,8}", form in select(FORMS)) {
        let report = format!("[report]\ntitle = \"汇报\"\n[[section]]\ntext = \"\"\"\n开展演练X次。\n\"\"\"\n{form}\n");
        prop_assume!(!form.contains("integer"));
        if let Some(after) = answered(&report, &words) {
            let found = ["演练X次", "开展演练X次", "演练XX次"].iter().find_map(|key| value(&after, key));
            prop_assert_eq!(found.as_deref(), Some(words.trim()), "{}", after);
        }
    }
}

#[test]
fn the_values_of_several_holes_and_of_lists_are_written_as_the_format_has_them() {
    let report = |text: &str, figures: &str| {
        format!("[report]\ntitle = \"汇报\"\n[[section]]\ntext = \"{text}\"\n[figures]\n{figures}\n")
    };
    let names = "走访甲村、X村、X村等X个村";
    for (text, figures, words, expected) in [
        ("X月X日开会", "\"X月X日\" = [\"\", \"\"] # 注", "11.20", "[11, 20] # 注"),
        ("X月X日开会", "\"X月X日\" = [11, \"\"]", "11/20", "[11, 20]"),
        (
            "X月X日开会",
            "\"X月X日\" = { value = \"\", kind = \"date\" }",
            "6月12日",
            "{ value = [6, 12], kind = \"date\" }",
        ),
        ("党员X名、干部X名", "\"党员X名、干部X名\" = [\"\", \"\"]", "3", "[3, \"\"]"),
        ("X月X日开会", "\"X月X日\" = \"\"", "2025年6月1日", "2025-06-01"),
        ("于X年X月X日开会", "\"X年X月X日\" = \"\"", "2025.6.1", "2025-06-01"),
        ("党员X名、干部X名", "\"党员X名、干部X名\" = \"\"", "3、5", "[3, 5]"),
        (names, "\"X村、X村等X个\" = \"\"", "乙、丙", "{ list = [\"乙\", \"丙\"] }"),
        (names, "\"X村、X村等X个\" = { list = [\"乙\", \"\"] }", "丙", "{ list = [\"乙\", \"丙\"] }"),
        (names, "\"X村、X村等X个\" = { list = [] }", "乙、丙", "{ list = [\"乙\", \"丙\"] }"),
        (names, "\"X村、X村等X个\" = { list = \"乙、待定\" }", "乙、丙", "{ list = [\"乙\", \"丙\"] }"),
        (names, "\"X村、X村等X个\" = { value = \"\" }", "乙、丙", "{ value = \"乙、丙\" }"),
        (names, "\"X村、X村等X个\" = { owner = \"甲\" }", "乙、丙", "{ list = [\"乙\", \"丙\"], owner = \"甲\" }"),
        ("截至X日", "\"截至X\" = { kind = \"date\" }", "2025-6-1", "{ value = 2025-06-01, kind = \"date\" }"),
    ] {
        let after = answered(&report(text, figures), words).unwrap_or_else(|| panic!("{figures}: {words} is refused"));
        let key = figures.split_once(" = ").unwrap().0;
        assert_eq!(after, report(text, &format!("{key} = {expected}")));
    }
}

#[test]
fn a_section_without_figures_gets_its_own_table_where_it_ends() {
    let report = "[report]\ntitle = \"汇报\"\n[[section]]\ntext = \"会议X次\"\n\n[section.words]\n# 注\n\n# 二\n[[section]]\ntext = \"会议X次\" # 尾\n\n[words]\n";
    // `[section.words]` is no key, which hinders nothing.
    let once = answered(report, "3").unwrap();
    let twice = answered(&once, "4").unwrap();
    assert_eq!(
        twice,
        "[report]\ntitle = \"汇报\"\n[[section]]\ntext = \"会议X次\"\n\n[section.words]\n\n[section.figures]\n\"会议X次\" = 3\n# 注\n\n# 二\n[[section]]\ntext = \"会议X次\" # 尾\n\n[section.figures]\n\"会议X次\" = 4\n\n[words]\n"
    );
}

#[test]
fn a_template_in_a_bundle_checks_the_answers_as_one_beside_the_report_does() {
    let template = "[template]\n[report]\ntitle = \"汇报\"\n[[section]]\ntext = \"开展演练X次。\"\n[figures]\n\"演练X次\" = { max = 9 }\n";
    let mut world = world("template = \"county.rgt\"\n[figures]\n");
    world.files.insert("county.toml".into(), template.into());
    let packed = pack("county.toml", &Levels::default(), &world, &Fonts::bundled()).unwrap();
    world.files.insert("county.rgt".into(), packed.bundle.unwrap().pack().unwrap());
    world.files.insert("beside.toml".into(), b"template = \"county.toml\"\n[figures]\n".to_vec());
    let (shelf, fonts) = (Shelf::new(world), Fonts::bundled());
    for path in ["beside.toml", PATH] {
        let job = Job { path: path.into(), ..Job::default() };
        let mut filling = Filling::open(&job, &shelf, &fonts).unwrap().unwrap();
        let refused = filling.answer(0, "10").unwrap();
        assert!(matches!(refused, Answer::Refused(_)), "{path}: {refused:?}");
        let taken = filling.answer(0, "3").unwrap();
        assert!(matches!(&taken, Answer::Taken(notes) if notes.is_empty()), "{path}: {taken:?}");
    }
}

#[test]
fn a_hole_in_a_table_from_a_file_is_asked_for() {
    let report = "[report]\ntitle = \"题\"\n[[section]]\ntext = \"见表。\"\n[[section.table]]\nid = \"村表\"\nsource = \"villages.csv\"\n\
                  [figures]\n\"村表>东村>户数\" = \"\"\n";
    let mut world = world(report);
    world.files.insert("villages.csv".into(), "村,户数\n东村,X\n西村,8\n".into());
    let (fonts, job) = (Fonts::bundled(), Job { path: PATH.into(), ..Job::default() });
    let mut filling = Filling::open(&job, &world, &fonts).unwrap().unwrap();
    let asked: Vec<_> = filling.questions().to_vec();
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert!(matches!(filling.answer(0, "12").unwrap(), Answer::Taken(_)));
    assert!(filling.text().contains("\"村表>东村>户数\" = 12"), "{}", filling.text());
}

#[test]
fn many_answers_are_taken_without_reading_the_report_anew() {
    let text: String = (0..60).map(|n| format!("第{n}项走访X户，第{n}批发放X份。捐赠X件。\n")).collect();
    let report = format!(
        "[report]\ntitle = \"汇报\"\n[[section]]\ntext = \"\"\"\n{text}\"\"\"\n[figures]\n\"第0项走访X户\" = \"\"\n"
    );
    let (world, fonts) = (world(&report), Fonts::bundled());
    let job = Job { path: PATH.into(), ..Job::default() };
    let mut filling = Filling::open(&job, &world, &fonts).unwrap().unwrap();
    let count = filling.questions().len();
    assert!(count > 100, "{count}");
    // The first brings the section its table.
    for number in 0..2 {
        assert!(matches!(filling.answer(number, "3").unwrap(), Answer::Taken(_)));
    }
    let readings = filling.readings();
    let rest = filling.questions().len();
    for number in 0..rest {
        let refused = filling.answer(number, "李建国").unwrap();
        assert!(matches!(refused, Answer::Refused(_)), "{refused:?}");
        assert!(matches!(filling.answer(number, "12").unwrap(), Answer::Taken(notes) if notes.is_empty()));
    }
    assert_eq!(filling.readings(), readings);
    let rows = list(PATH, &self::world(&filling.text())).unwrap().rows.unwrap();
    assert_eq!(rows.iter().filter(|row| row.state == State::Filled).count(), count);
}

#[test]
fn what_an_expression_reads_is_asked_of_the_whole_report_and_can_be_taken_back() {
    let report = "[report]\ntitle = \"汇报\"\n[[section]]\nwhen = '\"走访X户\" > 0'\ntext = \"走访X户，发放X份。\"\n[figures]\n\"走访X户\" = \"\"\n\"发放X份\" = \"\"\n";
    let (world, fonts) = (world(report), Fonts::bundled());
    let job = Job { path: PATH.into(), ..Job::default() };
    let mut filling = Filling::open(&job, &world, &fonts).unwrap().unwrap();
    assert!(matches!(filling.answer(0, "0").unwrap(), Answer::Taken(_)));
    // The section is left out, and its figures are not asked for.
    assert_eq!((filling.questions().len(), filling.tally()), (0, (1, 1)));
    assert_eq!(filling.undo(), Some(0));
    assert_eq!(filling.text(), report);
    assert!(matches!(filling.answer(0, "3").unwrap(), Answer::Taken(_)));
    assert_eq!(filling.questions().len(), 1);
    assert!(matches!(filling.answer(0, "5").unwrap(), Answer::Taken(_)));
    assert_eq!(filling.undo(), Some(0));
    assert!(filling.text().contains("\"走访X户\" = 3\n\"发放X份\" = \"\"\n"), "{}", filling.text());
}
