//! What mending leaves as it was, on texts that nobody thought of.

use proptest::prelude::*;
use report_gen::batch::{self, Outcome};
use report_gen::fonts::Fonts;
use report_gen::lint::{self, Job, Mended};
use report_gen::manifest::quote;
use report_gen::world::Memory;

/// Pieces of which texts are made: marks right and wrong, numbers, holes, and words between them.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "整治", "农户", "召开会议", "X户", "X次", "X", "XX镇", "20XX年", "第一", "截止6月底", "12", "3.5", ".5", "１２", "万元", "天", "%",
    ",", "，", ".", "。", "、", "；", ":", "!", "?", "...", "…", "\"", "“", "”", "《", "》", "(", ")", "（", "）", " ", "\u{3000}",
    "等", "~", "-", "—", "二零二三年", "2026年05月01日", "5月1号", "府发[2026]第03号", "\n", "\n一.", "\n1、", "\n(1)", "**", "`a,b`",
    "附件：台账。", "〔", "〕", "𠮷", "https://a.cn/b,c", "\\X",
];

fn world(path: &str, bytes: &[u8]) -> Memory {
    Memory { files: [(path.to_owned(), bytes.to_vec())].into(), epoch: None }
}

fn mend(path: &str, bytes: &[u8]) -> Mended {
    lint::mend(&Job { path: path.into(), ..Job::default() }, &world(path, bytes)).unwrap()
}

fn check(bytes: &[u8]) -> Outcome {
    let job = batch::Job { path: "report.toml".into(), ..batch::Job::default() };
    batch::run(&job, &world("report.toml", bytes), &Fonts::bundled()).unwrap()
}

/// What `check` says, wherever it stands.
fn told(outcome: &Outcome) -> (Vec<&'static str>, usize, usize, usize) {
    let mut codes: Vec<&'static str> = outcome.diagnostics.iter().map(|fault| fault.code.name()).collect();
    codes.sort_unstable();
    (codes, outcome.figures, outcome.filled, outcome.blocks)
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 1..30).prop_map(|pieces| pieces.concat())
}

/// A report whose keys are cut out of its text.
fn report() -> impl Strategy<Value = String> {
    let cuts = prop::collection::vec((0..200_usize, 1..12_usize), 0..4);
    (text(), cuts, any::<bool>()).prop_map(|(text, cuts, literal)| {
        let chars: Vec<char> = text.chars().collect();
        let keys = cuts.into_iter().filter_map(|(start, len)| {
            let start = start % chars.len();
            let key: String = chars[start..chars.len().min(start + len)].iter().collect();
            (key.contains('X') && !key.contains('\n')).then_some(key)
        });
        let figures: String = keys.map(|key| format!("{} = 7 # 数\n", quote(&key))).collect();
        let text = if literal { format!("'''\n{text}'''") } else { quote(&text) };
        format!("[report]\ntitle = \"石桥镇,汇报\"\n\n[[section]]\ntext = {text}\n\n[figures]\n{figures}")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn a_mended_draft_has_nothing_left_to_mend(text in text(), markdown in any::<bool>()) {
        let path = if markdown { "a.md" } else { "a.txt" };
        if let Some(bytes) = mend(path, text.as_bytes()).bytes {
            let again = mend(path, &bytes);
            prop_assert!(again.bytes.is_none(), "{:?}", again.text);
        }
    }

    #[test]
    fn a_mended_report_says_what_it_said_and_has_nothing_left_to_mend(report in report()) {
        let before = check(report.as_bytes());
        if let Some(bytes) = mend("report.toml", report.as_bytes()).bytes {
            let mended = String::from_utf8(bytes.clone()).unwrap();
            prop_assert_eq!(told(&before), told(&check(&bytes)), "{}", mended);
            prop_assert!(mend("report.toml", &bytes).bytes.is_none(), "{}", mended);
        }
    }
}

#[test]
fn a_key_and_the_rules_that_name_it_change_with_the_text() {
    let report = r#"[report]
title = "石桥镇工作汇报"

[[section]]
text = "走访农户X户,其中困难户X户."

[figures]
"农户X户,其中" = 120 # 甲
"困难户X户" = 30

[[rule]]
check = '"农户X户,其中" > "困难户X户"'
"#;
    let right = report.replace("户,其中", "户，其中").replace("户.", "户。");
    let mended = mend("report.toml", report.as_bytes());
    assert_eq!(mended.text.1, right);
    assert!(check(right.as_bytes()).diagnostics.is_empty());
}

#[test]
fn a_key_that_can_t_change_keeps_its_words() {
    // The two keys would become one.
    let report = r#"[report]
title = "石桥镇工作汇报"

[[section]]
text = "走访X户,登记。走访X户，登记。"

[figures]
"走访X户," = 1
"走访X户，" = 2
"#;
    let mended = mend("report.toml", report.as_bytes());
    assert_eq!(mended.bytes, None, "{}", mended.text.1);
}

#[test]
fn a_file_on_a_template_changes_its_own_keys_and_leaves_those_of_the_template() {
    let template =
        "[report]\ntitle = \"汇报\"\n[[section]]\nid = \"a\"\ntext = \"概况。\"\n[figures]\n\"困难户X户,\" = 3\n";
    let report = "template = \"t.toml\"\n[[section]]\nid = \"a\"\ntext = \"走访农户X户,效果好。困难户X户,已登记。\"\n\
        [figures]\n\"农户X户,\" = 12 # 甲\n";
    let world = Memory {
        files: [("t.toml".into(), template.into()), ("report.toml".into(), report.into())].into(),
        epoch: None,
    };
    let mended = lint::mend(&Job { path: "report.toml".into(), ..Job::default() }, &world).unwrap();
    assert_eq!(mended.text.1, report.replace("农户X户,", "农户X户，"));
    let left: Vec<&str> = mended.outcome.diagnostics.iter().map(|fault| fault.code.name()).collect();
    assert_eq!(left, ["lint-half-width-mark"]);
    assert!(mended.outcome.diagnostics[0].help.iter().any(|help| help.zh.contains("没有替您改")));
}

#[test]
fn every_encoding_is_kept() {
    let gbk = b"\xb1\xbe\xd5\xf2\xd5\xfb\xd6\xce,\xd0\xa7\xb9\xfb\xba\xc3.\r\n";
    assert_eq!(
        mend("a.txt", gbk).bytes.as_deref(),
        Some(b"\xb1\xbe\xd5\xf2\xd5\xfb\xd6\xce\xa3\xac\xd0\xa7\xb9\xfb\xba\xc3\xa1\xa3\r\n".as_slice())
    );
    let utf16: Vec<u8> = "\u{feff}整治,".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let right: Vec<u8> = "\u{feff}整治，".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(mend("a.txt", &utf16).bytes, Some(right));
    assert_eq!(mend("a.txt", "\u{feff}整治,".as_bytes()).bytes, Some("\u{feff}整治，".into()));
}
