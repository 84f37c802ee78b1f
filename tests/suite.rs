//! Report files with their faults written beside them, and reports with the words that they print.
//!
//! A case is a folder `tests/suite/<area>/<case>/` with a `report.toml`. On a line with a fault stands what is
//! expected of it, as a comment:
//!
//! ```toml
//! date = "去年"      # error[wrong-type]: 日期 # column 8 # help: 2023
//! ```
//!
//! The words after the code are part of the Chinese message and may be left out; so may the column of the fault's
//! first character, and a part of its help. A line inside of `"""` holds no comment: the comment then stands on a line
//! further down, with a `^` for each line that it looks up (`# ^^ error[…]`). Several faults on a line are several
//! comments. Every fault must be expected, and every expectation met; a file without any must be clean.
//!
//! The cases of `lint/` are proofread, all others are checked.
//!
//! With `expected.txt` beside it a case must print just that: a paragraph a line, `<b>` round what is bold, `<k>` round
//! what is in 楷体, `<note 1>` for the sign of a note, ↵ for a line end that the author chose, and in front of what is no plain paragraph its kind; the notes stand at the end.
//! `UPDATE=1 cargo test --test all suite::` writes these files anew; read the difference.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

pub(crate) mod case;
mod damage;
mod explain;
mod fixes;
mod kept;
mod paste;

use std::collections::BTreeSet;

use case::{Case, Expected, cases, expectations, mismatches, printed, run};
use report_gen::diag::Code;

/// Codes that no report file shows, each with its reason.
const NOT_IN_A_FILE: &[(Code, &str)] = &[
    (Code::OutputCollision, "it takes two files"),
    (Code::OutputBusy, "it takes a target that is open elsewhere"),
    (Code::OutputIsInput, "it takes a target that is read"),
    (Code::EditedOutput, "it takes an output that was edited"),
    (Code::ForeignOutput, "it takes a file that is there"),
    (Code::BadBundle, "it takes a bundle"),
    (Code::TemplateChanged, "it takes a lock beside the report"),
    (Code::PictureTooLarge, "it takes a picture of a hundred million pixels"),
    (Code::NotImported, "it takes a draft"),
    (Code::Guessed, "it takes a draft"),
    (Code::UnfilledTemplate, "it takes a build"),
    (Code::OtherTemplate, "it takes a batch"),
    (Code::UnknownHead, "it takes a batch"),
    (Code::SheetChosen, "it takes a workbook"),
    (Code::HiddenCells, "it takes a workbook"),
    (Code::LeftOut, "it takes a batch, or a workbook"),
    (Code::WrongTotal, "it takes a batch"),
    (Code::WrongUnit, "it takes a batch"),
    (Code::MissingTown, "it takes a batch"),
    (Code::DuplicateTown, "it takes a batch"),
    (Code::ConflictingAnswers, "it takes two forms, or a draft that was filled in Word"),
    (Code::FellSinceLast, "it takes the last report"),
    (Code::JumpedSinceLast, "it takes the last report"),
    (Code::SameAsLast, "it takes the last report"),
    (Code::BadFont, "it takes a font file"),
    (Code::FontForbidsEmbedding, "it takes a font file"),
    (Code::Io, "it takes a machine that refuses"),
    (Code::UnaskedAnswer, "it takes a draft that was filled in Word"),
    (Code::EditedText, "it takes a draft that was filled in Word"),
    (Code::LimitExceeded, "it takes a file of more than 16 MB"),
];

#[test]
fn every_fault_is_expected_and_every_expectation_met() {
    let mut wrong = Vec::new();
    for case in cases() {
        let outcome = case.run(&case.text);
        let found = mismatches(&case.expectations(), &outcome);
        wrong.extend(found.into_iter().map(|mismatch| format!("{}: {mismatch}", case.name)));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_report_prints_its_words() {
    let mut wrong = Vec::new();
    let mut compared = 0;
    for case in cases() {
        let Case { name, expected: Some(expected), folder, .. } = &case else { continue };
        compared += 1;
        let printed = printed(&case);
        if case::update() {
            case::write(&folder.join("expected.txt"), &printed);
        } else if printed != *expected {
            wrong.push(format!("{name}\n--- expected\n{expected}--- printed\n{printed}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(compared >= 10, "only {compared} cases print");
}

#[test]
fn what_check_passes_builds() {
    for case in cases().iter().filter(|case| !case.expectations().iter().any(Expected::is_error)) {
        case::build(case);
    }
}

#[test]
fn every_code_has_a_case() {
    let shown: BTreeSet<String> = cases().iter().flat_map(Case::expectations).map(|expected| expected.code).collect();
    let missing: Vec<&str> = Code::ALL
        .iter()
        .filter(|&&code| NOT_IN_A_FILE.iter().all(|&(other, _)| other != code))
        .map(|code| code.name())
        .filter(|name| !shown.contains(*name))
        .collect();
    assert!(missing.is_empty(), "no case in tests/suite expects {missing:?}");
    for (code, reason) in NOT_IN_A_FILE {
        assert!(!shown.contains(code.name()), "{} has a case although {reason}", code.name());
    }
}

/// What the comments of one line come to, for the tests of the reading itself.
fn read(comments: &str) -> Vec<String> {
    let tell = |expected: &case::Expected| {
        format!("{}[{}] {:?} {:?} {:?}", expected.line, expected.code, expected.message, expected.column, expected.help)
    };
    expectations(comments).iter().map(tell).collect()
}

#[test]
fn comments_are_read() {
    assert_eq!(
        read("a = 1\nb = 2 # error[io]: 读不到 # column 3 # help: 看看"),
        [r#"2[io] "读不到" Some(3) Some("看看")"#]
    );
    assert_eq!(read("\n\nb # warning[a-b] # error[c]: d#e"), [r#"3[a-b] "" None None"#, r#"3[c] "d#e" None None"#]);
    assert_eq!(read("a\nb\nc # ^^ error[io]: 读"), [r#"1[io] "读" None None"#]);
    assert!(read("# an error is a fault\n# error in b").is_empty());
}

#[test]
fn what_is_not_as_expected_is_told() {
    let report = |comment: &str| format!("[report]\ntitle = \"汇报\"\ndate = \"昨天\" {comment}\n");
    let told = |comment: &str| {
        let text = report(comment);
        mismatches(&expectations(&text), &run(&text)).len()
    };
    assert_eq!(told("# error[wrong-type]: 日期 # column 8 # help: 例如"), 1, "the help is not met");
    assert_eq!(told("# error[wrong-type]: 日期 # column 8"), 0);
    assert_eq!(told("# error[wrong-type]: 数字"), 2, "the fault is not expected, the expectation is not met");
    assert_eq!(told("# warning[wrong-type]: 日期"), 2, "it is no warning");
    assert_eq!(told("# error[wrong-type]: 日期 # column 9"), 2);
    assert_eq!(told("# error[wrong-type] # error[wrong-type]"), 1, "one fault meets one expectation");
    assert_eq!(told(""), 1);
}
