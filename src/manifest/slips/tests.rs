use crate::diag::{Code, Diagnostic, Diagnostics, Lang};
use crate::manifest::raw;
use crate::source::Sources;

fn read(text: &str) -> (Sources, Vec<Diagnostic>) {
    let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
    let file = sources.add("report.toml", text);
    raw::read(file, &sources, &mut diags);
    (sources, diags.into_sorted())
}

/// The text with the diagnostics' fixes made.
fn fixed(text: &str, diags: &[Diagnostic]) -> String {
    let mut edits: Vec<_> = diags.iter().filter_map(|d| d.fix.as_ref()).flat_map(|fix| fix.edits.clone()).collect();
    edits.sort_by_key(|edit| edit.span);
    let mut text = text.to_string();
    for edit in edits.iter().rev() {
        text.replace_range(edit.span.range(), &edit.text);
    }
    text
}

/// A slip alone on its line: what is written, what is underlined, what it should be.
const SLIPS: &[(&str, &str, &str)] = &[
    ("党委会X次 = 12", "党委会X次", "\"党委会X次\" = 12"),
    ("x.x万元 = 12", "x.x万元", "\"x.x万元\" = 12"),
    ("“XXX镇” = 1", "“XXX镇”", "\"XXX镇\" = 1"),
    ("a = “青石镇”", "“青石镇”", "a = \"青石镇\""),
    ("a = ＂青石镇＂", "＂青石镇＂", "a = \"青石镇\""),
    ("a = \"青石镇”", "”", "a = \"青石镇\""),
    ("a = “青石镇\"", "“青石镇\"", "a = \"青石镇\""),
    ("a = “他说\"好\"”", "“他说\"好\"”", "a = \"他说\\\"好\\\"\""),
    ("a ＝ 12", "＝", "a = 12"),
    ("a＝12", "＝", "a = 12"),
    ("a: 12", ":", "a = 12"),
    ("a：12", "：", "a = 12"),
    ("\"a\" 12", " ", "\"a\" = 12"),
    ("a = 1,200", "1,200", "a = 1200"),
    ("a = 1，234，567.5 # 元", "1，234，567.5", "a = 1234567.5 # 元"),
    ("a = １２", "１２", "a = 12"),
    ("a = 98.7%", "98.7%", "a = 98.7"),
    ("a = 98.7％", "98.7％", "a = 98.7"),
    ("a = 9人", "9人", "a = 9"),
    ("a = 1,200 万元", "1,200 万元", "a = 1200"),
    ("a = 5G网络", "5G网络", "a = \"5G网络\""),
    ("a = 007", "007", "a = 7"),
    ("a = 05718123456", "05718123456", "a = \"05718123456\""),
    ("a = .5", ".5", "a = 0.5"),
    ("a = 2023年11月20日", "2023年11月20日", "a = 2023-11-20"),
    ("a = 2023.1.5", "2023.1.5", "a = 2023-01-05"),
    ("a = True", "True", "a = true"),
    ("a = 青石镇", "青石镇", "a = \"青石镇\""),
    ("a = \"\\X镇\"", "\\X", "a = \"\\\\X镇\""),
    ("a = 12，", "12，", "a = 12"),
    ("a = \"青石镇\"，", "，", "a = \"青石镇\""),
    ("a = \"学\"两学一做\"活动\"", "\"两学一做\"", "a = \"学“两学一做”活动\""),
    ("a = \"青石镇", "\"青石镇", "a = \"青石镇\""),
    ("\"a = 12", "\"a", "\"a\" = 12"),
    ("甲X个\" = 12", "甲X个\"", "\"甲X个\" = 12"),
    ("a = 青石镇\"", "青石镇\"", "a = \"青石镇\""),
    ("a == 12", "=", "a = 12"),
    ("　a = 12", "　", " a = 12"),
    ("a\u{a0}= 12", "\u{a0}", "a = 12"),
    ("a = [1，2]", "，", "a = [1, 2]"),
    ("a = ［1]", "［", "a = [1]"),
    ("a = [\"甲\", 乙]", "乙", "a = [\"甲\", \"乙\"]"),
    ("a = { 甲X = 1 }", "甲X", "a = { \"甲X\" = 1 }"),
    ("[figures", "[figures", "[figures]"),
    ("[[section]", "[[section]", "[[section]]"),
    ("[figures]]", "[figures]]", "[figures]"),
    ("［figures]", "［", "[figures]"),
    ("[数据]", "数据", "[\"数据\"]"),
];

#[test]
fn each_slip_is_shown_and_mended() {
    for &(written, underlined, meant) in SLIPS {
        for text in [written.to_string(), format!("\u{feff}# 注\r\n{written}\r\nz = 1\r\n")] {
            let (sources, diags) = read(&text);
            assert_eq!(diags.len(), 1, "{written}: {diags:#?}");
            let diagnostic = &diags[0];
            assert_eq!(diagnostic.code, Code::TomlSyntax);
            assert_eq!(sources.text(diagnostic.span().unwrap()), underlined, "{written}");
            assert_eq!(fixed(&text, &diags), text.replace(written, meant));
            let shown = diagnostic.fix.as_ref().unwrap().description.get(Lang::Zh).lines().last();
            assert_eq!(shown, Some(meant.trim()), "the help is the line to paste");
            assert!(read(&text.replace(written, meant)).1.is_empty(), "{meant} is right");
        }
    }
}

#[test]
fn several_slips_on_a_line_are_one_fault_with_one_fix() {
    let text = "　党委会X次 ＝ １２次\n";
    let (_, diags) = read(text);
    assert_eq!(diags.len(), 1);
    assert_eq!(diags[0].labels.len(), 4);
    assert_eq!(fixed(text, &diags), " \"党委会X次\" = 12\n");
}

#[test]
fn all_slips_of_a_file_are_told_at_once_and_only_once() {
    let all: String = SLIPS
        .iter()
        .enumerate()
        .filter(|(_, (written, _, _))| !written.contains("figures") && !written.contains("section"))
        .map(|(number, (written, _, _))| format!("[t{number}]\n{written}\n"))
        .collect();
    let (_, diags) = read(&all);
    assert_eq!(diags.len(), all.lines().count() / 2);
    assert!(read(&fixed(&all, &diags)).1.is_empty());
}

#[test]
fn a_text_that_is_not_closed_ends_before_the_next_statement() {
    let text = "[[section]]\ntext = \"\"\"\n召开党委会X次。\n\n[[section]]\nheading = \"二\"\ntext = \"\"\"\n培训X人。\n\"\"\"\nn = 9人\n";
    let (sources, diags) = read(text);
    let at: Vec<_> = diags.iter().map(|d| sources.positions(d.span().unwrap()).0.line).collect();
    assert_eq!(at, [2, 10]);
    let mended = fixed(text, &diags);
    assert!(mended.contains("召开党委会X次。\n\"\"\"\n\n[[section]]"), "{mended}");
    assert!(read(&mended).1.is_empty());
}

#[test]
fn a_text_that_is_not_closed_may_end_the_file() {
    for text in ["text = \"\"\"\n到最后", "text = '''\n到最后\n\n", "text = \"\"\"", "text = \"\"\"\r\n甲\r\n"] {
        let (_, diags) = read(text);
        assert_eq!(diags.len(), 1, "{text:?}");
        assert!(read(&fixed(text, &diags)).1.is_empty(), "{text:?}");
    }
}

#[test]
fn a_text_of_several_lines_in_single_quotes_is_one_fault() {
    let text = "text = \"\n召开党委会X次，\n培训X人。\n\"\nn = 1\n";
    let (_, diags) = read(text);
    assert_eq!(diags.len(), 1);
    assert_eq!(fixed(text, &diags), "text = \"\"\"\n召开党委会X次，\n培训X人。\n\"\"\"\nn = 1\n");
}

#[test]
fn a_text_between_curly_quotes_is_one_fault() {
    for (open, close) in [("“““", "”””"), ("\"\"\"", "”””"), ("“““", "\"\"\""), ("＂＂＂", "＂＂＂")]
    {
        let text = format!("text = {open}\n召开党委会X次，\n培训X人。\n{close}\nn = 9人\n");
        let (_, diags) = read(&text);
        assert_eq!(diags.len(), 2, "{open}{close}: {diags:#?}");
        assert_eq!(fixed(&text, &diags), "text = \"\"\"\n召开党委会X次，\n培训X人。\n\"\"\"\nn = 9\n");
    }
}

#[test]
fn a_list_that_is_not_closed_ends_before_the_next_statement() {
    for (text, meant) in [
        ("a = [\"甲\",\n  \"乙\" # 注\nb = 1\n", "a = [\"甲\",\n  \"乙\"] # 注\nb = 1\n"),
        ("a = { list = [\"甲\"]\n\"b\" = 1\n", "a = { list = [\"甲\"]}\n\"b\" = 1\n"),
        ("a = [1\n[figures]\n", "a = [1]\n[figures]\n"),
    ] {
        let (_, diags) = read(text);
        assert_eq!(diags.len(), 1, "{text}");
        assert_eq!(fixed(text, &diags), meant);
    }
}

#[test]
fn wrong_escapes_in_a_text_are_told_line_by_line() {
    let (sources, diags) = read("text = \"\"\"\n第\\X行\n好\\n的\n又一\\次\n\"\"\"\n");
    let at: Vec<_> = diags.iter().map(|d| sources.text(d.span().unwrap()).to_string()).collect();
    assert_eq!(at, ["\\X", "\\次"]);
}

#[test]
fn a_line_of_prose_and_a_key_without_value_are_told_in_words() {
    let (sources, diags) = read("召开党委会\na =\nb = 1\n");
    let said: Vec<_> = diags.iter().map(|d| (sources.text(d.span().unwrap()), d.message.get(Lang::En))).collect();
    assert_eq!(said[0], ("召开党委会", "this line is neither `key = value` nor a heading nor a comment"));
    assert_eq!(said[1], ("", "no value after ="));
    assert_eq!(said.len(), 2);
}
