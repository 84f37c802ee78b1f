//! The examples of `explain`: the wrong one shows its code and no other, the right one is clean.

use report_gen::diag::{Code, Lang};

use super::case::{faults, proofread, run};

#[test]
fn each_wrong_example_shows_its_code_alone_and_each_right_one_is_clean() {
    let mut wrong = Vec::new();
    let mut examples = 0;
    for code in Code::ALL {
        let page = code.explanation(Lang::Zh);
        if page.wrong.is_empty() {
            continue;
        }
        examples += 1;
        let ask = if code.is_lint() { proofread } else { run };
        let outcome = ask(page.wrong);
        let others = outcome.diagnostics.iter().filter(|fault| fault.code != *code).count();
        if outcome.diagnostics.is_empty() || others > 0 {
            wrong.push(format!("{}, wrong: {:?}", code.name(), faults(&outcome)));
        }
        // What is right to the proofreader is right to `check` too.
        let right = [ask(page.right), run(page.right)];
        if right.iter().any(|outcome| !outcome.diagnostics.is_empty()) {
            wrong.push(format!("{}, right: {:?}", code.name(), right.each_ref().map(faults)));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(examples > 20, "only {examples} codes have examples");
}

#[test]
fn a_code_without_an_example_has_a_reason() {
    for code in Code::ALL {
        let excused = super::NOT_IN_A_FILE.iter().any(|(other, _)| other == code);
        assert_eq!(code.explanation(Lang::Zh).wrong.is_empty(), excused, "{}", code.name());
    }
}
