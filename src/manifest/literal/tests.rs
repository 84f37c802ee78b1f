use super::*;
use crate::diag::Edit;
use crate::source::{FileId, Sources};
use proptest::prelude::*;
use proptest::sample::select;
use toml::de::{DeTable, DeValue};

/// A file with the one entry `k = raw`, and its value.
fn file(before: &str, raw: &str) -> (Sources, FileId, Located) {
    let mut sources = Sources::new();
    let id = sources.add("a.toml", format!("{before}k = {raw}\n"));
    let located = Located::read(id, before.len() + 4, raw);
    (sources, id, located)
}

fn value(document: &str) -> Option<String> {
    let (table, errors) = DeTable::parse_recoverable(document);
    let table = errors.is_empty().then(|| table.into_inner())?;
    let DeValue::String(text) = table.get("k")?.get_ref() else { return None };
    Some(text.clone().into_owned())
}

fn apply(text: &str, edit: &Edit) -> String {
    format!("{}{}{}", &text[..edit.span.start as usize], edit.text, &text[edit.span.end as usize..])
}

/// Literals of every form, most of them valid; the pieces are those that decoding has to tell apart.
fn literals() -> impl Strategy<Value = String> {
    let pieces = vec![
        "X",
        "党委会",
        " ",
        "\t",
        "次",
        "é",
        "e\u{301}",
        "😀",
        "'",
        "\"",
        "\"\"",
        "''",
        "\\\"",
        "\\\\",
        "\\n",
        "\\t",
        "\\b",
        "\\e",
        "\\x41",
        "\\u6b21",
        "\\U0001F600",
        "\n",
        "\r\n",
        "\\\n",
        "\\ \t\r\n \n\t",
        "\\\r\n",
    ];
    let body = prop::collection::vec(select(pieces), 0..12).prop_map(|pieces| pieces.concat());
    (select(vec!["\"", "'", "\"\"\"", "'''"]), body).prop_map(|(quotes, body)| format!("{quotes}{body}{quotes}"))
}

fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec(select(vec!["次", "a", "\"", "'", "\\", "\n", " ", "\t", "\r\n", "\u{1}", "\u{7f}"]), 0..5)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_text_is_the_parsers_and_every_character_has_its_place(raw in literals(), before in select(vec!["", "\u{feff}", "# 注\r\n"])) {
        let (sources, id, located) = file(before, &raw);
        let Some(expected) = value(sources.file(id).text()) else { return Ok(()) };
        prop_assert_eq!(located.text(), &expected);
        let mut last = located.whole().start;
        for (at, c) in expected.char_indices() {
            let span = located.span(at..at + c.len_utf8());
            prop_assert!(last <= span.start && span.start < span.end && span.end <= located.whole().end);
            last = span.end;
            let source = sources.text(span);
            let escape = source.starts_with('\\').then(|| character(source)).flatten();
            let denotes = escape.map_or(source == c.to_string(), |(d, width)| d == c && width == source.len());
            prop_assert!(denotes, "{:?} is not {:?}", source, c);
        }
        let all = located.span(0..expected.len());
        prop_assert!(expected.is_empty() || all.end == last);
    }

    #[test]
    fn an_edit_changes_the_text_as_asked(raw in literals(), replacement in texts(), from in 0usize..40, length in 0usize..4) {
        let (sources, id, located) = file("", &raw);
        let Some(text) = value(sources.file(id).text()) else { return Ok(()) };
        let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let start = boundaries[from.min(boundaries.len() - 1)];
        let end = boundaries[(from + length).min(boundaries.len() - 1)];
        let Some(edit) = located.edit(start..end, &replacement) else {
            let splits_line_break = text[..start].ends_with('\r');
            prop_assert!(replacement.is_empty() || splits_line_break || matches!(located.form(), Form::Literal | Form::MultilineLiteral));
            return Ok(());
        };
        let edited = apply(sources.file(id).text(), &edit);
        let expected = format!("{}{replacement}{}", &text[..start], &text[end..]);
        prop_assert_eq!(value(&edited), Some(expected), "{:?} became {:?}", sources.file(id).text(), edited);
    }

    #[test]
    fn quoting_any_text_gives_it_back(text in "\\PC*|[\\x00-\\x7f]*") {
        let quoted = quote(&text);
        prop_assert_eq!(value(&format!("k = {quoted}")), Some(text.clone()));
        let written = key(&text);
        let document = format!("{written} = 1");
        let (table, errors) = DeTable::parse_recoverable(&document);
        prop_assert!(errors.is_empty());
        prop_assert!(table.get_ref().contains_key(text.as_str()));
    }
}

#[test]
fn a_hole_in_a_multi_line_text_is_shown_where_it_stands() {
    let raw = "\"\"\"\r\n召开\\u515a委会X次，\\\r\n   培训X人\r\n\"\"\"";
    let (sources, _, located) = file("", raw);
    assert_eq!(located.text(), "召开党委会X次，培训X人\r\n");
    let second = located.text().rfind('X').unwrap();
    let span = located.span(second..second + 1);
    let (start, end) = sources.positions(span);
    assert_eq!((start.line, start.column, end.column), (3, 6, 7));
    let phrase = located.text().find("党").unwrap()..located.text().find("次").unwrap();
    assert_eq!(sources.text(located.span(phrase)), "\\u515a委会X");
}

#[test]
fn a_bare_key_is_quoted_when_it_must_be() {
    let located = Located::read(FileId::default(), 0, "town");
    assert_eq!(located.edit(0..4, "village").map(|edit| edit.text), Some("village".to_string()));
    assert_eq!(located.edit(4..4, "镇").map(|edit| edit.text), Some("\"town镇\"".to_string()));
}

#[test]
fn a_plain_text_has_one_place_and_no_edit() {
    let span = Span::new(FileId::default(), 3..9);
    let located = Located::plain("青石镇", span);
    assert_eq!(located.span(3..6), span);
    assert_eq!(located.edit(0..3, "白"), None);
}
