//! Files that lose a character or end too soon: told, never a panic, and places that are in the file.

use report_gen::batch::{Job, run};
use report_gen::diag::Lang;
use report_gen::diag::render::{Checked, Human, MessageFormat, Summary, render};
use report_gen::fonts::Fonts;

use super::case::cases;

/// Every so many characters of a case one is damaged; all of them would take a minute.
const STRIDE: usize = 13;

#[test]
fn a_damaged_file_is_read_as_far_as_it_goes() {
    let fonts = Fonts::bundled();
    let mut read = 0;
    for (number, case) in cases().iter().enumerate() {
        for (at, c) in case.text.char_indices().skip(number % STRIDE).step_by(STRIDE) {
            let (before, after) = (&case.text[..at], &case.text[at + c.len_utf8()..]);
            for text in [before.to_owned(), format!("{before}{after}"), format!("{before}{c}X\"{after}")] {
                read += 1;
                let world = case.world(&text);
                let job = Job { path: "report.toml".into(), ..Job::default() };
                let outcome = run(&job, &world, &fonts).unwrap();
                for fault in &outcome.diagnostics {
                    let spans = fault.labels.iter().map(|label| label.span);
                    let edits = fault.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
                    for span in spans.chain(edits) {
                        let file = outcome.sources.file(span.file).text();
                        assert!(file.get(span.range()).is_some(), "{}: {fault:?}\n{text}", case.name);
                    }
                }
                let human = Human { lang: Lang::Zh, color: false, limit: 50 };
                let (diagnostics, sources) = (outcome.diagnostics.as_slice(), &outcome.sources);
                // Each file in one of the formats, in turn.
                let (_, format) = MessageFormat::NAMED[read % MessageFormat::NAMED.len()];
                render(format, &[Checked { diagnostics, sources }], Summary::default(), human, &mut std::io::sink())
                    .unwrap();
            }
        }
    }
    assert!(read > 3_000, "only {read} files");
}
