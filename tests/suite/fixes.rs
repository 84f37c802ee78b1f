//! The fixes of all faults of all cases, each made by itself: its fault is gone, and no other has come.

use report_gen::batch::Outcome;
use report_gen::diag::{Code, Diagnostic, Edit, Lang};

use super::case::cases;

/// The file after the edits of one fix.
fn edited(text: &str, edits: &[Edit]) -> String {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| edit.span);
    let mut out = text.to_owned();
    for edit in edits.iter().rev() {
        out.replace_range(edit.span.range(), &edit.text);
    }
    out
}

/// What tells faults apart where lines may have moved: the code, the message, and the words of the place.
fn names(outcome: &Outcome) -> Vec<(Code, String)> {
    let name = |fault: &Diagnostic| {
        let words = fault.span().map(|span| outcome.sources.text(span)).unwrap_or_default();
        (fault.code, format!("{} | {words}", fault.message.get(Lang::Zh)))
    };
    outcome.diagnostics.iter().map(name).collect()
}

#[test]
fn each_fix_takes_its_fault_away_and_brings_no_other() {
    let mut wrong = Vec::new();
    let mut fixes = 0;
    for case in cases() {
        let before = case.run(&case.text);
        let faults = names(&before);
        for (index, fault) in before.diagnostics.iter().enumerate() {
            let Some(fix) = &fault.fix else { continue };
            let is_own = |edit: &Edit| before.sources.file(edit.span.file).name() == "report.toml";
            if !fix.edits.iter().all(is_own) {
                continue;
            }
            fixes += 1;
            let mended = edited(&case.text, &fix.edits);
            let after = names(&case.run(&mended));
            let count = |all: &[(Code, String)], name: &(Code, String)| all.iter().filter(|n| *n == name).count();
            let own = &faults[index];
            if count(&after, own) >= count(&faults, own) {
                wrong.push(format!("{}: the fix of {own:?} leaves it", case.name));
            }
            // A fault of syntax may have hidden what the mended line says.
            let hid = fault.code == Code::TomlSyntax;
            for new in after.iter().filter(|new| !hid && count(&after, new) > count(&faults, new)) {
                wrong.push(format!("{}: the fix of {own:?} brings {new:?}", case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(fixes > 20, "only {fixes} fixes");
}
