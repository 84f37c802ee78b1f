//! Whatever is typed is printed, or told: nothing is taken for a mark of Markdown and lost.

use proptest::prelude::*;
use proptest::sample::select;
use report_gen::doc::{BlockKind, Doc};
use report_gen::fonts::Role;
use report_gen::manifest::quote;
use report_gen::world::Memory;

use crate::example::compiled;

/// What drafts have, by accident or not.
const PIECES: &[&str] = &[
    "张",
    "三年",
    "甲",
    "a",
    "B",
    "3",
    "12",
    "5%",
    "℃",
    "*",
    "**",
    "***",
    "_",
    "__",
    "`",
    "```",
    "~~",
    "~~~",
    "#",
    "# ",
    "##",
    ">",
    "> ",
    ">=",
    "<",
    "<张某>",
    "<b>",
    "&nbsp;",
    "&",
    "|",
    "||",
    "|-|",
    "\\",
    "\\\\",
    "\\(",
    "\\.",
    "[",
    "]",
    "[1]",
    "[^1]",
    "[甲]: ",
    "(",
    ")",
    "](",
    "1.",
    "1) ",
    "1. ",
    "2023. ",
    "- ",
    "-",
    "+",
    "+ ",
    "* ",
    "+5%",
    "=",
    "===",
    "---",
    "：",
    "。",
    "，",
    " ",
    "　",
    "\t",
    "\n",
    "\n",
    "\n",
    "https://a.cn/b_c*d",
    "!",
    "![",
    "\"",
    "'",
    "$",
    "^",
    "{",
    "}",
];

/// Signs that may be marks of Markdown.
const MARKS: &str = "*`#>-+|\\[]()!<:";

/// The report with the section's text `text`, and whether anything was told of it.
fn built(text: &str) -> (Doc, bool) {
    let file =
        format!("[report]\ntitle = \"汇报\"\n[style]\nnumbering = \"none\"\n[[section]]\ntext = {}\n", quote(text));
    let world = Memory { files: [("report.toml".into(), file.into())].into(), epoch: None };
    let (doc, diags) = compiled(&world);
    let told = !diags.into_sorted().is_empty();
    (doc, told)
}

/// The words of the text as they are printed, with what the program adds to them left out.
fn printed(doc: &Doc) -> String {
    let mut out = String::new();
    for block in doc.blocks.iter().filter(|block| block.kind != BlockKind::Title) {
        if let BlockKind::Table(table) = &block.kind {
            table.rows.iter().flatten().flatten().flat_map(|cell| &cell.content).for_each(|words| out += &words.text);
        }
        let text = block.text();
        out += text.strip_prefix("• ").unwrap_or(&text);
    }
    out
}

fn count(text: &str, sign: char) -> usize {
    text.matches(sign).count()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_character_is_printed_or_told(pieces in prop::collection::vec(select(PIECES), 0..14)) {
        let text = pieces.concat();
        let (doc, told) = built(&text);
        if told {
            return Ok(());
        }
        let printed = printed(&doc);
        // A link's address is printed in brackets.
        let is_link = printed.contains('（');
        let plain = |text: &str| -> String {
            text.chars().filter(|&c| !c.is_whitespace() && !MARKS.contains(c) && !"（）".contains(c)).collect()
        };
        prop_assert_eq!(plain(&text), plain(&printed), "{:?} prints {:?}", text, printed);
        let has = |test: &dyn Fn(&BlockKind) -> bool| doc.blocks.iter().any(|block| test(&block.kind));
        let is_item = has(&|kind| matches!(kind, BlockKind::ListItem(_)));
        let is_table = has(&|kind| matches!(kind, BlockKind::Table(_)));
        let looks = || doc.blocks.iter().flat_map(|block| &block.content);
        let is_emphasis = looks().any(|words| words.bold || words.role == Role::Heading2);
        let is_heading = has(&|kind| matches!(kind, BlockKind::Heading(_)));
        for sign in MARKS.chars() {
            let lost = count(&text, sign).saturating_sub(count(&printed, sign));
            let may_be = match sign {
                // A heading has one face, in which an emphasis is not seen.
                '*' => is_emphasis || is_item || is_heading && lost.is_multiple_of(2),
                '#' => is_heading,
                '>' => has(&|kind| *kind == BlockKind::Quote) || is_link,
                '-' | '+' => is_item || is_table,
                '|' => is_table || text.contains('\\'),
                ':' => is_table,
                '`' => count(&text, '`') > 1,
                '\\' => true,
                '[' | ']' | '(' | ')' | '<' => is_link || text.contains('\\'),
                _ => text.contains('\\'),
            };
            prop_assert!(lost == 0 || may_be, "{:?} prints {:?}: {} lost", text, printed, sign);
        }
    }
}
