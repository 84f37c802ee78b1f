//! Drafts that nobody thought of.

use proptest::prelude::*;
use report_gen::batch::{Job, run};
use report_gen::diag::Severity;
use report_gen::fonts::Fonts;
use report_gen::import::{Draft, Form, import};
use report_gen::world::Memory;

use super::rebuilt::{drafted, printed};
use super::{faults, imported};

/// What drafts are made of, and what Markdown and TOML would trip over.
const PIECES: &[&str] = &[
    "XX镇",
    "召开会议",
    "X次",
    "走访",
    "xx村",
    "、",
    "，",
    "。",
    "；",
    "：",
    "xx.xx万元",
    "20XX年",
    "X月X日",
    "等X个村",
    "与XX镇接壤",
    "一、",
    "二、",
    "（一）",
    "（二）",
    "1.",
    "2. ",
    "（1）",
    "一是",
    "二是",
    "三是",
    "抓好落实",
    "其他工作",
    "12次",
    "3.50万元",
    "**",
    "*",
    "_",
    "`",
    "#",
    "# ",
    "- ",
    "> ",
    "|",
    "[",
    "](",
    "![",
    "[^1]",
    "<b>",
    "&amp;",
    "\\",
    "\\X",
    "~~~",
    "```",
    "\"\"\"",
    "'''",
    "\"",
    "'",
    "{",
    "}",
    "X{a}",
    "1+X",
    "X光",
    "XXL",
    "9596.X",
    "1XX32元",
    "138****12",
    "×",
    "5×3",
    "××",
    "某某",
    "【】",
    "____",
    " ",
    "　",
    "Word",
    "and",
    "2023年",
    "http://a.cn/b_c",
    "-",
    "---",
    "1)",
    "汇报",
    "—",
    "〇〇",
    "**镇",
    "***",
    "。一是",
    "工作汇报",
];

fn drafts() -> impl Strategy<Value = String> {
    let line = prop::collection::vec(prop::sample::select(PIECES), 0..12).prop_map(|pieces| pieces.concat());
    prop::collection::vec(line, 1..9).prop_map(|lines| lines.join("\n"))
}

/// `toml` with a value for every figure.
fn filled(toml: &str) -> String {
    let mut out = String::new();
    let mut in_text = None;
    let mut in_figures = false;
    for line in toml.lines() {
        match in_text {
            Some(quotes) if line == quotes => in_text = None,
            Some(_) => {}
            None if line.starts_with("text = ") => in_text = Some(if line.ends_with("'''") { "'''" } else { "\"\"\"" }),
            None if line.starts_with('[') => in_figures = line.ends_with("figures]"),
            None => {}
        }
        let line = if in_figures && in_text.is_none() && !line.starts_with('#') {
            let line = line.replace("[\"\", \"\", \"\"]", "[2024, 3, 5]").replace("[\"\", \"\"]", "[3, 5]");
            let line = line.replace("{ value = \"\", kind = \"date\" }", "{ value = \"2024-3-5\", kind = \"date\" }");
            match line.contains("、隔开") {
                true => line.replacen("= \"\"", "= \"甲、乙\"", 1),
                false => line.replacen("= \"\"", "= \"8\"", 1),
            }
        } else {
            line.to_owned()
        };
        out += &line;
        out.push('\n');
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_draft_becomes_a_report_that_lacks_figures_alone(text in drafts(), figures_too: bool) {
        let imported = imported("汇报.txt", &text, figures_too);
        if let Some(toml) = &imported.toml {
            prop_assert_eq!(faults(toml), Vec::<String>::new(), "{}", toml);
        }
    }

    #[test]
    fn no_word_is_lost(text in drafts()) {
        let imported = imported("汇报.txt", &text, false);
        if let Some(toml) = &imported.toml {
            let guessed = imported.diagnostics.iter().any(|told| told.message.zh.starts_with("没有认出标题"));
            let printed = printed(toml);
            // Without a title the file's name is one.
            let printed = if guessed { printed.strip_prefix("汇报").unwrap() } else { &printed };
            prop_assert_eq!(printed, drafted(&text, &imported), "\n{}", toml);
        }
    }

    #[test]
    fn a_markdown_draft_lacks_figures_alone(text in drafts()) {
        let imported = imported("汇报.md", &text, false);
        if let Some(toml) = &imported.toml {
            prop_assert_eq!(faults(toml), Vec::<String>::new(), "{}", toml);
        }
    }

    #[test]
    fn a_filled_report_has_no_error(text in drafts()) {
        let Some(toml) = imported("汇报.txt", &text, false).toml else { return Ok(()) };
        let toml = filled(&toml);
        let world = Memory { files: [("report.toml".into(), toml.clone().into())].into(), epoch: None };
        let outcome = run(&Job { path: "report.toml".into(), ..Job::default() }, &world, &Fonts::bundled()).unwrap();
        let errors: Vec<_> = outcome.diagnostics.iter().filter(|fault| fault.severity == Severity::Error).collect();
        prop_assert!(errors.is_empty(), "{errors:?}\n{toml}");
    }

    #[test]
    fn any_bytes_give_a_report_or_a_reason(bytes in prop::collection::vec(any::<u8>(), 0..400), word: bool) {
        let form = if word { Form::Word } else { Form::Text };
        let imported = import(&Draft { name: "a", bytes: &bytes, form, figures_too: true }, &Fonts::bundled());
        prop_assert!(imported.toml.is_some() || !imported.diagnostics.is_empty());
    }
}
