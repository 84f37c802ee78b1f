mod machine;

use super::*;
use crate::diag::{Code, Edit, Text};
use crate::source::{FileId, Span};
use crate::text;

fn sources(files: &[(&str, &str)]) -> (Sources, Vec<FileId>) {
    let mut sources = Sources::new();
    let ids = files.iter().map(|(name, text)| sources.add(*name, *text)).collect();
    (sources, ids)
}

/// The place of the first `what` in the file.
fn find(sources: &Sources, file: FileId, what: &str) -> Span {
    let start = sources.file(file).text().find(what).unwrap();
    Span::new(file, start..start + what.len())
}

/// What `write` writes.
fn written(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn missing(span: Span) -> Diagnostic {
    Diagnostic::new(Code::MissingFigure, text!("“党委会X次”没有数值", "“党委会X次” has no value")).at(span)
}

#[test]
fn a_hole_in_a_long_paragraph_is_clipped_round_and_underlined() {
    let text = format!(
        "text = \"\"\"\n{}召开党委会X次，{}\n\"\"\"\n",
        "主题教育启动以来，".repeat(30),
        "培训班子成员。".repeat(30)
    );
    let (sources, files) = sources(&[("report.toml", &text)]);
    let help = text!("在 [figures] 下写：\n\"党委会X次\" = …", "write under [figures]:\n\"党委会X次\" = …");
    let diags = [missing(find(&sources, files[0], "X")).help(help)];
    assert_eq!(
        human(&diags, &sources, Human::plain(Lang::Zh)),
        "\
错误[missing-figure]: “党委会X次”没有数值
 --> report.toml:2:276
  |
2 | ...启动以来，召开党委会X次，培训班子成员。培...
  |                        ^
  |
  = 帮助: 在 [figures] 下写：
          \"党委会X次\" = …

"
    );
    assert_eq!(
        human(&diags, &sources, Human::plain(Lang::En)),
        "\
error[missing-figure]: “党委会X次” has no value
 --> report.toml:2:276
  |
2 | ...启动以来，召开党委会X次，培训班子成员。培...
  |                        ^
  |
  = help: write under [figures]:
          \"党委会X次\" = …

"
    );
}

#[test]
fn labels_on_one_line_and_on_others_and_in_other_files() {
    let (sources, files) = sources(&[
        ("report.toml", "a = \"甲X乙X\"\r\n\r\n\r\n\tb = 1\r\n"),
        ("towns/one.toml", "# 注\n\"甲X\" = 12\n"),
    ]);
    let first = find(&sources, files[0], "甲X");
    let second = find(&sources, files[0], "乙X");
    let tab = find(&sources, files[0], "b = 1");
    let other = find(&sources, files[1], "12");
    let diagnostic = missing(first)
        .label(second, text!("又一处", "again"))
        .label(first, text!("这里", "here"))
        .label(tab, text!("还有", "and"))
        .label(Span { start: tab.end, ..tab }, Text::default())
        .label(other, text!("数值", "value"));
    assert_eq!(
        human(&[diagnostic], &sources, Human::plain(Lang::Zh)),
        "\
错误[missing-figure]: “党委会X次”没有数值
 --> report.toml:1:6
  |
1 | a = \"甲X乙X\"
  |      ^^^--- 又一处
  |      |
  |      这里
...
4 |     b = 1
  |     ------
  |     |
  |     还有
  |
 ::: towns/one.toml:2:8
  |
2 | \"甲X\" = 12
  |         -- 数值
  |

"
    );
}

#[test]
fn points_empty_lines_and_ends_of_lines() {
    let (sources, files) = sources(&[("a.toml", "甲\r\n\r\nb")]);
    let point = |at: usize| Span::new(files[0], at..at);
    let shown = |span| human(&[missing(span)], &sources, Human::plain(Lang::En));
    assert!(shown(point(3)).contains("a.toml:1:2\n  |\n1 | 甲\n  |   ^\n"));
    assert!(shown(point(5)).contains("a.toml:2:1\n  |\n2 |\n  | ^\n"));
    assert!(shown(point(8)).contains("a.toml:3:2\n  |\n3 | b\n  |  ^\n"));
    assert!(shown(Span::new(files[0], 0..8)).contains("1 | 甲\n  | ^^\n"), "of several lines the first is shown");
}

#[test]
fn marks_stand_under_their_characters_whatever_their_width() {
    let line = format!("{}A党\tX{}Ｘ次é{}", "汉".repeat(50), "a".repeat(90), "😀".repeat(60));
    let marks: Vec<_> = ["党", "X", "Ｘ次", "é"]
        .iter()
        .map(|what| {
            let start = line.find(what).unwrap();
            start..start + what.len()
        })
        .collect();
    let shown = line::show(&line, &marks);
    let cut = |columns: &std::ops::Range<usize>| {
        let mut column = 0;
        let mut cut = String::new();
        for c in shown.text.chars() {
            if columns.contains(&column) {
                cut.push(c);
            }
            column += line::width_of(&c.to_string());
        }
        cut
    };
    assert_eq!(shown.marks.iter().map(cut).collect::<Vec<_>>(), ["党", "X", "Ｘ次", "é"]);
    assert_eq!(shown.text.matches("...").count(), 3, "{}", shown.text);
}

#[test]
fn what_would_hide_is_made_visible() {
    let (sources, files) = sources(&[("a.toml", "a = \"x\u{200b}\u{1b}[31my\"\n")]);
    let out = human(&[missing(find(&sources, files[0], "\u{200b}"))], &sources, Human::plain(Lang::En));
    assert!(out.contains("1 | a = \"x��[31my\"\n  |       ^\n"), "{out}");
    let diagnostic = Diagnostic::new(Code::Io, Text::verbatim("\u{1b}[2J"));
    assert_eq!(human(&[diagnostic], &sources, Human::plain(Lang::En)), "error[io]: �[2J\n\n");
}

#[test]
fn colours_are_escapes_and_nothing_else() {
    let (sources, files) = sources(&[("a.toml", "党X\n")]);
    let diags = [missing(find(&sources, files[0], "X")).help(text!("写", "write"))];
    let plain = human(&diags, &sources, Human::plain(Lang::Zh));
    let mut colored = human(&diags, &sources, Human { color: true, ..Human::plain(Lang::Zh) });
    assert!(colored.contains("\x1b[1;31m^\x1b[0m"));
    while let Some(start) = colored.find('\x1b') {
        let end = start + colored[start..].find('m').unwrap();
        colored.replace_range(start..=end, "");
    }
    assert_eq!(colored, plain);
}

#[test]
fn after_the_limit_the_rest_is_counted_by_code() {
    let (sources, _) = sources(&[]);
    let one = |code| Diagnostic::new(code, text!("甲", "a"));
    let diags = [one(Code::Io), one(Code::UnusedFigure), one(Code::MissingFigure), one(Code::UnusedFigure)];
    let options = Human { limit: 1, ..Human::plain(Lang::Zh) };
    let last = |options| human(&diags, &sources, options).lines().last().map(str::to_string);
    assert_eq!(last(options).unwrap(), "另有 3 处没有列出：missing-figure 1，unused-figure 2");
    assert_eq!(last(Human { lang: Lang::En, ..options }).unwrap(), "and 3 more: missing-figure 1, unused-figure 2");
    assert_eq!(Counts::of(&diags), Counts { errors: 4, warnings: 0, hints: 0 });
}

#[test]
fn short_is_a_line_each() {
    let (sources, files) = sources(&[("dir\\a.toml", "\u{feff}党X\n")]);
    let diags =
        [missing(find(&sources, files[0], "X")), Diagnostic::new(Code::NeighbourRepeat, text!("甲\n乙", "a\nb"))];
    assert_eq!(
        short(&diags, &sources, Lang::En),
        "dir/a.toml:1:2: error[missing-figure]: “党委会X次” has no value\nwarning[neighbour-repeat]: a b\n"
    );
}

#[test]
fn json_is_an_object_a_line_that_an_editor_can_use() {
    let (sources, files) = sources(&[("a.toml", "一\n二\"X\"\n")]);
    let span = find(&sources, files[0], "X");
    let edit = Edit { span, text: "\"12\"".to_string() };
    let diags = [
        missing(span).help(text!("写", "write")).fix(text!("填", "fill"), vec![edit]),
        Diagnostic::new(Code::Io, text!("坏", "bad")),
    ];
    let out = json(&diags, &sources, Lang::Zh);
    let lines: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let place = |extra: serde_json::Value| {
        let mut place = serde_json::json!({"file": "a.toml", "line": 2, "column": 3, "end_line": 2, "end_column": 4});
        place.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        place
    };
    let expected = place(serde_json::json!({
        "version": 1, "code": "missing-figure", "severity": "error", "message": "“党委会X次”没有数值",
        "labels": [place(serde_json::json!({"message": ""}))],
        "help": ["写"],
        "fix": {"description": "填", "edits": [place(serde_json::json!({"text": "\"12\""}))]},
    }));
    assert_eq!(lines[0], expected);
    assert_eq!(
        lines[1],
        serde_json::json!({"version": 1, "code": "io", "severity": "error", "message": "坏", "labels": [], "help": []})
    );
    assert!(out.starts_with("{\"version\":1,\"code\":\"missing-figure\",\"severity\":\"error\",\"message\":"));
    assert_eq!(
        summary(Summary { errors: 1, warnings: 0, hints: 0, figures: 20, filled: 19 }),
        "{\"version\":1,\"summary\":{\"errors\":1,\"warnings\":0,\"figures\":20,\"filled\":19}}\n"
    );
}
