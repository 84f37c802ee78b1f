//! From the tables of a file to a [`Manifest`].

use std::collections::BTreeMap;

use super::attachment::{self, Written};
use super::day::Day;
use super::document::{self, Document};
use super::figure::Figure;
use super::figures;
use super::lints;
use super::literal::Located;
use super::raw::{Reader, Table};
use super::{
    Embed, Faces, Last, Lead, Manifest, Numbering, Owner, PageNumber, PdfStandard, Report, Section, Style, TableLines,
};
use super::{Images, dimensions, expression, picture, rule, table, words};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::fonts::{Asked, Role};
use crate::placeholder::{Literals, Scope};
use crate::source::{Span, Spanned};
use crate::text;
use crate::words::Names;

/// Reads a report from the tables of its file, and reports what is wrong with them.
///
/// `None` where there is no title, without which there is no report. `template`, `after` and `drop` are
/// [`super::inherit`]'s, and no longer there.
pub fn read(table: &Table, diags: &mut Diagnostics) -> Option<Manifest> {
    let (report, manifest) = parts(table, diags);
    Some(Manifest { report: report?, ..manifest })
}

/// Reads a file of which the figures alone are wanted, and which need not be a report: it may have no title. What is wrong
/// with it is not told.
pub fn read_figures(table: &Table) -> Manifest {
    let (report, manifest) = parts(table, &mut Diagnostics::new());
    Manifest { report: report.unwrap_or(manifest.report), ..manifest }
}

/// What `[report]` says, if it has a title, and all the rest, without it.
fn parts(table: &Table, diags: &mut Diagnostics) -> (Option<Report>, Manifest) {
    let mut reader = Reader::new(table, "报告文件", diags);
    reader.require("report", "[report]\ntitle = \"XXX镇工作汇报\"");
    let report = reader.take_table("report");
    let style = reader.take_table("style");
    let sections = reader.take_tables("section");
    let figures = reader.take_table("figures");
    let placeholders = reader.take_table("placeholders");
    let (rules, accepts) = (reader.take_tables("rule"), reader.take_tables("accept"));
    let lints = reader.take_table("lints");
    let words = reader.take_table("words");
    let document = reader.take_table("document");
    // They are [`super::inherit`]'s, and known keys all the same.
    reader.take("template");
    reader.finish();

    let document = document.map(|table| Document::read(table, diags));
    let report = report.and_then(|table| self::report(table, diags));
    let (report, attachments) = report.unzip();
    let mut style = style.map_or_else(Style::default, |table| self::style(table, diags));
    let read: Vec<(Section, Option<&Table>)> = sections.into_iter().map(|table| section(table, diags)).collect();
    duplicate_ids(&read, diags);
    let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, (section, _)) in read.iter().enumerate() {
        if let Some(id) = &section.id {
            by_id.entry(id.text()).or_insert(number);
        }
    }
    let index = |id: &str| by_id.get(id).copied();
    let mut all: Vec<Figure> =
        figures.map(|table| figures::figures(table, Scope::Report, &index, diags)).unwrap_or_default();
    for (number, (_, figures)) in read.iter().enumerate() {
        all.extend(figures.iter().flat_map(|table| figures::figures(table, Scope::Section(number), &|_| None, diags)));
    }
    let rules = rule::rules(&rules, diags);
    let accepts = rule::accepts(&accepts, diags);
    let literals = placeholders.map(|table| literals(table, diags)).unwrap_or_default();
    let levels = lints.map(|table| lints::lints(table, diags)).unwrap_or_default();
    let words = words.map(|table| words::words(table, diags)).unwrap_or_default();
    style.keep = Names::with(words.keep.iter().map(|name| name.text()));
    let mut sections: Vec<Section> = read.into_iter().map(|(section, _)| section).collect();
    table::duplicate_ids(&sections, diags);
    let attachments = attachment::resolve(attachments.unwrap_or_default(), &mut sections, diags);
    let report = report.map(|report| Report { attachments, ..report });
    if let (Some(document), Some(report)) = (&document, &report) {
        document::check_addressee(document, report.salutation.as_ref(), diags);
    }
    let manifest = Manifest {
        report: untitled(table.span),
        document,
        style,
        sections,
        figures: all,
        rules,
        accepts,
        literals,
        levels,
        words,
        towns: None,
        last: Last::NotGiven,
        owner: Owner::alone(),
    };
    (report, manifest)
}

/// A report that says nothing of itself.
fn untitled(span: Span) -> Report {
    Report {
        title: Located::plain("", span),
        subtitle: None,
        author: None,
        date: None,
        salutation: None,
        signatures: Vec::new(),
        signed_on: None,
        attachments: Vec::new(),
        output: None,
        lang: String::new(),
    }
}

fn report(table: &Table, diags: &mut Diagnostics) -> Option<(Report, Vec<Written>)> {
    let mut reader = Reader::new(table, "[report]", diags);
    reader.require("title", "title = \"XXX镇工作汇报\"");
    let title = reader.take_string("title").cloned();
    let mut string = |key| reader.take_string(key).filter(|text| !text.text().trim().is_empty()).cloned();
    let (subtitle, author, salutation, output) =
        (string("subtitle"), string("author"), string("salutation"), string("output"));
    let lang = string("lang");
    let date = Day::take(&mut reader, "date");
    let signatures = reader.take_texts("signature").into_iter().cloned().collect();
    let signed_on = Day::take(&mut reader, "signed_on");
    let attachments = reader.take_tables("attachments");
    reader.finish();
    let attachments = attachment::attachments(&attachments, diags);
    let lang = lang.map_or_else(|| "zh-CN".to_owned(), |lang| language(&lang, diags));
    let title = title?;
    if title.text().trim().is_empty() {
        diags.push(
            Diagnostic::new(Code::MissingKey, text!("标题是空的", "the title is empty"))
                .at(title.whole())
                .help(text!("title = \"XXX镇工作汇报\"", "title = \"XXX镇工作汇报\"")),
        );
        return None;
    }
    let report = Report {
        title,
        subtitle,
        author,
        date,
        salutation,
        signatures,
        signed_on,
        attachments: Vec::new(),
        output,
        lang,
    };
    Some((report, attachments))
}

/// A language tag (BCP 47): letters and digits in parts of up to eight, joined by hyphens.
fn language(lang: &Located, diags: &mut Diagnostics) -> String {
    let tag = lang.text();
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    if !tag.split('-').all(is_part) || !tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
        diags.push(
            Diagnostic::new(
                Code::WrongType,
                text!("lang 要写语言代码，如 zh-CN", "lang takes a language tag such as zh-CN"),
            )
            .at(lang.whole()),
        );
    }
    tag.to_owned()
}

fn section<'t>(table: &'t Table, diags: &mut Diagnostics) -> (Section, Option<&'t Table>) {
    let mut reader = Reader::new(table, "[[section]]", diags);
    let id = reader.take_string("id").cloned();
    let heading = reader.take_string("heading").filter(|text| !text.text().trim().is_empty()).cloned();
    let text = reader.take_string("text").cloned();
    let figures = reader.take_table("figures");
    let when = reader.take_string("when");
    let level = reader.take_integer("level");
    let page_break = reader.take_bool("page_break").is_some_and(|is| is.value);
    let tables = reader.take_tables("table");
    let pictures = reader.take_tables("picture");
    for key in ["after", "drop"] {
        reader.take(key);
    }
    reader.finish();
    let level = match level {
        None => 1,
        Some(level) => u8::try_from(level.value).ok().filter(|level| (1..=4).contains(level)).unwrap_or_else(|| {
            diags
                .push(Diagnostic::new(Code::WrongType, text!("level 只能是 1 到 4", "level is 1 to 4")).at(level.span));
            1
        }),
    };
    let when = when.and_then(|text| expression::condition(text, diags));
    let tables = table::tables(&tables, diags);
    let pictures = picture::pictures(&pictures, diags);
    let images = Images::new();
    (Section { id, heading, level, text, tables, pictures, images, page_break, when, span: table.span }, figures)
}

fn duplicate_ids(sections: &[(Section, Option<&Table>)], diags: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, &Located> = BTreeMap::new();
    for id in sections.iter().filter_map(|(section, _)| section.id.as_ref()) {
        if let Some(earlier) = seen.insert(id.text(), id) {
            let name = id.text();
            diags.push(
                Diagnostic::new(Code::DuplicateKey, text!("两节都叫“{name}”", "two sections are called `{name}`"))
                    .at(id.whole())
                    .label(earlier.whole(), text!("前一节", "the other one")),
            );
        }
    }
}

fn literals(table: &Table, diags: &mut Diagnostics) -> Literals {
    let mut reader = Reader::new(table, "[placeholders]", diags);
    let phrases = reader.take_strings("literal").unwrap_or_default();
    reader.finish();
    Literals::new(&phrases.iter().map(|phrase| phrase.text()).collect::<Vec<_>>())
}

fn style(table: &Table, diags: &mut Diagnostics) -> Style {
    let mut style = Style::default();
    let mut reader = Reader::new(table, "[style]", diags);
    reader.take_choice("preset", &[("gbt9704", ())]);
    let numbering = [("run-in", Numbering::RunIn), ("block", Numbering::Block), ("none", Numbering::None)];
    set(&mut style.numbering, reader.take_choice("numbering", &numbering));
    set(&mut style.item_mark, reader.take_choice("item_mark", &[(".", '.'), ("．", '．')]));
    let lead = [("bold", Lead::Bold), ("kai", Lead::Kai), ("hei", Lead::Hei), ("body", Lead::Body)];
    set(&mut style.lead, reader.take_choice("lead", &lead));
    let place = [("outer", PageNumber::Outer), ("center", PageNumber::Center), ("none", PageNumber::None)];
    set(&mut style.page_number, reader.take_choice("page_number", &place));
    let faces = [("own", Faces::Own), ("office", Faces::Office), ("gb2312", Faces::Gb2312)];
    set(&mut style.faces, reader.take_choice("faces", &faces));
    let embed = [("used", Embed::Used), ("common", Embed::Common), ("none", Embed::None)];
    style.embed = reader.take_choice("embed", &embed).map(|embed| embed.value);
    set(&mut style.pdf_standard, reader.take_choice("pdf_standard", &PdfStandard::NAMED));
    set(&mut style.table_lines, reader.take_choice("table_lines", TableLines::CHOICES));
    set(&mut style.toc, reader.take_bool("toc"));
    set(&mut style.widow_control, reader.take_bool("widow_control"));
    let by_glyph = reader.take_choice("type_area", &[("line", false), ("glyph", true)]).is_some_and(|it| it.value);
    dimensions::dimensions(&mut reader, &mut style, by_glyph);
    if let Some(gap) = reader.take("latin_gap") {
        const GAPS: [(&str, i64); 4] = [("0", 0), ("0.0", 0), ("0.125", 125), ("0.25", 250)];
        match GAPS.iter().find(|(written, _)| gap.value.as_number() == Some(*written)) {
            Some((_, gap)) => style.latin_gap = *gap,
            None => reader.diags().push(
                Diagnostic::new(
                    Code::WrongType,
                    text!("latin_gap 只能是 0、0.125 或 0.25", "latin_gap is 0, 0.125 or 0.25"),
                )
                .at(gap.value.span),
            ),
        }
    }
    for level in reader.take_array("bold_levels").unwrap_or_default() {
        let index = level.as_number().and_then(|digits| digits.parse::<usize>().ok()?.checked_sub(1));
        match index.and_then(|index| style.bold_levels.get_mut(index)) {
            Some(bold) => *bold = true,
            None => reader.diags().push(
                Diagnostic::new(Code::WrongType, text!("标题只有 1 到 4 级", "heading levels are 1 to 4"))
                    .at(level.span),
            ),
        }
    }
    style.fonts = reader.take_table("fonts").map(|table| fonts(table, reader.diags())).unwrap_or_default();
    reader.finish();
    style
}

/// `fonts`: the names of faces by role.
fn fonts(table: &Table, diags: &mut Diagnostics) -> Asked {
    let mut reader = Reader::new(table, "[style] fonts", diags);
    let mut asked = Asked::new();
    for (key, role) in Role::NAMED {
        let Some(name) = reader.take_string(key) else { continue };
        if name.text().trim().is_empty() {
            let message = text!("{key} 是空的", "{key} is empty");
            let help = text!(
                "写字体的名字，如 \"仿宋_GB2312\"；不写就用自带的",
                "a face's name such as \"仿宋_GB2312\"; without it the bundled one is used"
            );
            reader.diags().push(Diagnostic::new(Code::WrongType, message).at(name.whole()).help(help));
        } else {
            asked.insert(role, Spanned::new(name.text().trim().to_owned(), name.whole()));
        }
    }
    reader.finish();
    asked
}

fn set<T>(target: &mut T, value: Option<crate::source::Spanned<T>>) {
    if let Some(value) = value {
        *target = value.value;
    }
}
