//! JUnit's XML: a suite a report, a case a fault; a clean report is one case that passed.
//!
//! Cases that failed are errors. Warnings and hints passed, and say so in their output. There are no times, since the
//! same input gives the same bytes.

use super::super::{Diagnostic, Lang, Severity};
use super::short::place;
use super::{Checked, Counts, bare, on_one_line, with_advice};
use crate::visible;
use quick_xml::events::{BytesDecl, BytesText, Event};
use quick_xml::writer::Writer;
use std::io::{self, Write};

/// Writes all reports of a run.
///
/// # Errors
/// Those of `out`.
pub fn junit(reports: &[Checked<'_>], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    document(&mut Writer::new_with_indent(&mut *out, b' ', 2), reports, lang)?;
    out.write_all(b"\n")
}

fn document(xml: &mut Writer<&mut dyn Write>, reports: &[Checked<'_>], lang: Lang) -> io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let cases: usize = reports.iter().map(|report| report.diagnostics.len().max(1)).sum();
    let errors: usize = reports.iter().map(|report| Counts::of(report.diagnostics).errors).sum();
    let (cases, errors) = (cases.to_string(), errors.to_string());
    xml.create_element("testsuites")
        .with_attributes([("name", "report-gen"), ("tests", &cases), ("failures", &errors), ("errors", "0")])
        .write_inner_content(|xml| reports.iter().try_for_each(|report| suite(xml, report, lang)))?;
    Ok(())
}

fn suite(xml: &mut Writer<&mut dyn Write>, report: &Checked<'_>, lang: Lang) -> io::Result<()> {
    let name = allowed(bare(report.name()));
    let cases = report.diagnostics.len().max(1).to_string();
    let errors = Counts::of(report.diagnostics).errors.to_string();
    xml.create_element("testsuite")
        .with_attributes([("name", name.as_str()), ("tests", &cases), ("failures", &errors), ("errors", "0")])
        .write_inner_content(|xml| {
            if report.diagnostics.is_empty() {
                let case = [("classname", name.as_str()), ("name", "check"), ("file", &name)];
                xml.create_element("testcase").with_attributes(case).write_empty()?;
            }
            report.diagnostics.iter().try_for_each(|diagnostic| case(xml, report, diagnostic, lang))
        })?;
    Ok(())
}

fn case(xml: &mut Writer<&mut dyn Write>, report: &Checked<'_>, diagnostic: &Diagnostic, lang: Lang) -> io::Result<()> {
    let file = diagnostic.span().map_or(report.name(), |span| report.sources.file(span.file).name());
    let file = allowed(bare(file));
    let code = diagnostic.code.name();
    let message = allowed(&on_one_line(diagnostic.message.get(lang)));
    let name = format!("{code}: {message}");
    let place = place(diagnostic, report.sources);
    let text = allowed(&format!("{place}{}", with_advice(diagnostic, lang)));
    xml.create_element("testcase")
        .with_attributes([("classname", file.as_str()), ("name", &name), ("file", &file)])
        .write_inner_content(|xml| {
            let text = BytesText::new(&text);
            match diagnostic.severity {
                Severity::Error => xml
                    .create_element("failure")
                    .with_attributes([("type", code), ("message", &message)])
                    .write_text_content(text)?,
                Severity::Warning | Severity::Hint => xml.create_element("system-out").write_text_content(text)?,
            };
            Ok(())
        })?;
    Ok(())
}

/// `text` without the characters that XML 1.0 has no way to write.
fn allowed(text: &str) -> String {
    visible::lines(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
