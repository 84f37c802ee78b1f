//! Drafts that come back from Word: filled, edited, damaged.

use std::io::{Cursor, Read, Write};

use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::folder;
use super::program::{bytes, names, run, write};

/// Every kind of gap: the office's name in several places, one hole, a date, a list, phrases that two sections have.
const OPEN: &str = r#"[report]
title = "XX镇造林工作汇报"
author = "XX镇人民政府"

[[section]]
text = "X月X日召开现场会，参会X人，投资X.X万元。"

[[section]]
id = "plant"
heading = "抓栽植"
text = """
栽树X株，涉及XXX、XXX、XXX等X个村，出动X人。
"""

[[section]]
id = "care"
heading = "抓管护"
text = "落实护林员X名，出动X人。"

[figures]
"栽树X株" = { value = "", kind = "integer", min = 1, max = 50000 }
"#;

/// The gaps of [`OPEN`], in their order.
const TYPED: [Option<&str>; 14] = [
    Some("云岭"),
    None,
    Some("3"),
    Some("12"),
    Some("85"),
    Some("26.5"),
    Some("4200"),
    Some("东沟"),
    Some("西沟"),
    None,
    Some("7"),
    Some("60"),
    Some("5"),
    Some("18"),
];

/// What is collected from them.
const VALUES: &str = r#"[figures]
"XX镇" = "云岭"
"X月X日" = [3, 12]
"参会X人" = 85
"投资X.X万元" = 26.5
"栽树X株" = 4200 # report.toml:21
"涉及XXX、XXX、XXX等X个" = { list = ["东沟", "西沟"], count = 7 }
"plant>出动X人" = 60
"落实护林员X名" = 5
"care>出动X人" = 18
"#;

/// The document of a Word file, changed.
fn changed(file: &[u8], change: impl Fn(String) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..archive.len() {
        let mut part = archive.by_index(n).unwrap();
        let name = part.name().to_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if name == "word/document.xml" {
            bytes = change(String::from_utf8(bytes).unwrap()).into_bytes();
        }
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// A document with its gaps filled as Word would: the text alone, and no prompt any more.
fn filled(document: &str, typed: &[Option<&str>]) -> String {
    let mut typed = typed.iter();
    let mut out = String::new();
    let mut rest = document;
    while let Some(start) = rest.find("<w:sdt>") {
        let end = start + rest[start..].find("</w:sdt>").unwrap();
        let control = &rest[start..end];
        out += &rest[..start];
        match typed.next().copied().flatten() {
            Some(value) => {
                let at = control.rfind("</w:t>").unwrap();
                let from = control[..at].rfind('>').unwrap() + 1;
                out +=
                    &control[..from].replace("<w:showingPlcHdr/>", "").replace("<w:highlight w:val=\"yellow\"/>", "");
                out += value;
                out += &control[at..];
            }
            None => out += control,
        }
        rest = &rest[end..];
    }
    assert!(typed.next().is_none(), "more values than gaps");
    out + rest
}

/// A folder with the report and its draft.
fn drafted() -> (TempDir, Vec<u8>) {
    let folder = folder(OPEN);
    assert_eq!(run(folder.path(), &["build", "--draft", "--to", "docx"]).status, 0);
    let draft = bytes(folder.path(), "report.草稿.docx");
    (folder, draft)
}

#[test]
fn a_filled_draft_becomes_values_with_which_the_report_builds() {
    let (folder, draft) = drafted();
    write(folder.path(), "back.docx", changed(&draft, |document| filled(&document, &TYPED)));
    let back = run(folder.path(), &["collect", "back.docx"]);
    assert_eq!((back.status, back.out.as_str()), (0, VALUES), "{}", back.err);
    assert_eq!(back.err, "收回 9 个，都填齐了\n");

    let to_file = run(folder.path(), &["collect", "back.docx", "report.toml", "-o", "values.toml", "-q"]);
    assert_eq!((to_file.status, to_file.out.as_str(), to_file.err.as_str()), (0, "", ""));
    let written = String::from_utf8(bytes(folder.path(), "values.toml")).unwrap();
    let mark = written.strip_prefix(VALUES).unwrap();
    assert!(mark.starts_with("# report-gen sha256:") && mark.lines().count() == 1, "{mark}");

    // Pasted: the value that has a line in the report goes into that line, the others under [figures].
    let pasted: String =
        VALUES.lines().skip(1).filter(|line| !line.contains('#')).map(|line| format!("{line}\n")).collect();
    write(folder.path(), "report.toml", OPEN.replace("value = \"\"", "value = 4200") + &pasted);
    let build = run(folder.path(), &["build"]);
    assert_eq!((build.status, build.err.as_str()), (0, ""));
    assert!(names(folder.path()).contains(&"report.pdf".to_owned()));
}

#[test]
fn gaps_that_are_still_open_are_told_and_no_fault() {
    let (folder, draft) = drafted();
    let mut typed = [None; 14];
    (typed[2], typed[4], typed[7]) = (Some("3"), Some("85"), Some("东沟、西沟、北沟"));
    write(folder.path(), "back.docx", changed(&draft, |document| filled(&document, &typed)));
    let back = run(folder.path(), &["collect", "back.docx"]);
    let values =
        "[figures]\n\"参会X人\" = 85\n\"涉及XXX、XXX、XXX等X个\" = { list = [\"东沟\", \"西沟\", \"北沟\"] }\n";
    assert_eq!((back.status, back.out.as_str()), (0, values), "{}", back.err);
    assert!(back.err.contains("收回 2 个，还有 7 个没填：\n  report.toml:2:10  XX镇\n"), "{}", back.err);
    assert!(back.err.contains("“X月X日”有 2 个空，只填了 1 个，没有收"), "{}", back.err);
    assert!(back.err.contains("  report.toml:6:9  X月X日\n"), "half a date is none: {}", back.err);
}

#[test]
fn what_was_typed_is_held_to_what_is_declared_and_nothing_is_written() {
    let (folder, draft) = drafted();
    let mut typed = TYPED;
    (typed[1], typed[4], typed[6], typed[10]) = (Some("风岭"), Some("85人"), Some("60000"), Some("1"));
    (typed[11], typed[12]) = (Some("1,060"), Some("１２"));
    write(folder.path(), "back.docx", changed(&draft, |document| filled(&document, &typed)));
    let back = run(folder.path(), &["collect", "back.docx", "-o", "values.toml", "--message-format", "short"]);
    assert_eq!((back.status, back.out.as_str()), (1, ""));
    for fault in [
        "back.docx:2:1: error[conflicting-answers]",
        "back.docx:3:14: error[unit-twice]",
        "back.docx:4:9: error[out-of-range]",
        "back.docx:4:28: error[wrong-count]",
        "back.docx:4:34: error[bad-number]",
        "back.docx:5:12: error[bad-number]",
    ] {
        assert!(back.err.contains(fault), "{fault}\n{}", back.err);
    }
    assert!(!names(folder.path()).contains(&"values.toml".to_owned()));
}

#[test]
fn edited_paragraphs_are_named() {
    let (folder, draft) = drafted();
    let edited = |document: String| {
        let document = filled(&document, &TYPED).replace("召开现场会", "召开推进会");
        let last = document.rfind("<w:p>").unwrap();
        let added = "<w:p><w:r><w:t>另有一段。</w:t></w:r></w:p>";
        format!("{}{added}{}", &document[..last], &document[last..])
    };
    write(folder.path(), "back.docx", changed(&draft, edited));
    let back = run(folder.path(), &["collect", "back.docx"]);
    assert_eq!((back.status, back.out.as_str()), (0, VALUES));
    for line in
        ["第 3 段在 Word 里改过", "召开现场会", "召开推进会", "back.docx:3:8", "第 5 段是在 Word 里加的", "另有一段。"]
    {
        assert!(back.err.contains(line), "{line}\n{}", back.err);
    }
    assert_eq!(back.err.matches("edited-text").count(), 2, "{}", back.err);
    assert_eq!(run(folder.path(), &["collect", "back.docx", "--deny", "edited-text"]).status, 1);
}

#[test]
fn a_report_that_went_on_takes_what_it_still_asks_for() {
    let (folder, draft) = drafted();
    write(folder.path(), "back.docx", changed(&draft, |document| filled(&document, &TYPED)));
    write(folder.path(), "report.toml", format!("{OPEN}\"参会X人\" = 90\n"));
    let back = run(folder.path(), &["collect", "back.docx"]);
    assert_eq!(back.status, 0);
    assert_eq!(back.out, VALUES.replace("\"参会X人\" = 85\n", ""));
    assert!(back.err.contains("警告[unasked-answer]: 填的“85”没有收"), "{}", back.err);
}

#[test]
fn a_section_without_an_id_gets_its_values_as_comments() {
    let folder = folder(&OPEN.replace("id = \"care\"\n", ""));
    assert_eq!(run(folder.path(), &["build", "--draft", "--to", "docx"]).status, 0);
    let draft = bytes(folder.path(), "report.草稿.docx");
    write(folder.path(), "back.docx", changed(&draft, |document| filled(&document, &TYPED)));
    let back = run(folder.path(), &["collect", "back.docx"]);
    assert_eq!(back.status, 0, "{}", back.err);
    assert!(back.out.ends_with("\n# [[section]] 3: [section.figures]\n# \"出动X人\" = 18\n"), "{}", back.out);
}

/// A report with contents, a table, an attachment and what signs it.
const TABLE: &str = r#"[report]
title = "排涝工作汇报"
signature = "XX镇人民政府"
attachments = [{ title = "泵站X月清单", sections = ["a"] }]

[style]
toc = true
numbering = "block"

[[section]]
id = "open"
heading = "泵站X座"
text = "各站开机如下。"

[[section.table]]
id = "pumps"
caption = "泵站X月开机"
rows = [["站", "台时"], ["东站", "X"], ["西站", 12]]
columns = [{ key = "台时", sum = true }]

[[section]]
id = "a"
text = "清单附后。"
"#;

#[test]
fn gaps_of_tables_captions_and_attachments_come_back_and_nothing_else_was_edited() {
    let folder = folder(TABLE);
    assert_eq!(run(folder.path(), &["build", "--draft", "--to", "docx"]).status, 0);
    let draft = bytes(folder.path(), "report.草稿.docx");
    let typed = ["2", "6", "7", "5", "沙河", "5"].map(Some);
    write(folder.path(), "back.docx", changed(&draft, |document| filled(&document, &typed)));
    let back = run(folder.path(), &["collect", "back.docx"]);
    assert_eq!((back.status, back.err.as_str()), (0, "收回 5 个，都填齐了\n"), "{}", back.out);
    assert_eq!(
        back.out,
        "[figures]\n\"泵站X座\" = 2\n\"open>泵站X月\" = 6\n\"pumps>东站>台时\" = 7\n\"泵站X月\" = 5\n\"XX镇\" = \"沙河\"\n"
    );
    write(folder.path(), "back.docx", changed(&draft, |document| document.replace(">西站<", ">北站<")));
    let edited = run(folder.path(), &["collect", "back.docx"]);
    assert!(edited.err.contains("edited-text") && edited.err.contains("北站"), "{}", edited.err);
}

#[test]
fn what_is_no_draft_ends_with_2() {
    let folder = folder(OPEN);
    write(folder.path(), "a.docx", "no zip");
    write(folder.path(), "b.docx", b"\xd0\xcf\x11\xe0");
    for args in [&["a.docx"][..], &["b.docx"], &["missing.docx"], &["a.odt"], &["a.docx", "b.docx"], &["report.toml"]] {
        let args: Vec<&str> = ["collect"].iter().chain(args).copied().collect();
        let ended = run(folder.path(), &args);
        assert_eq!((ended.status, ended.out.as_str()), (2, ""), "{args:?}");
        assert!(ended.err.contains("错误[io]") && !ended.err.contains("panicked"), "{args:?}: {}", ended.err);
    }
    write(folder.path(), "report.toml", "[report]\n");
    assert_eq!(run(folder.path(), &["collect", "a.docx"]).status, 2);
}

#[test]
fn a_hole_without_a_phrase_of_its_own_gets_its_value_as_a_comment() {
    let report = "[report]\ntitle = \"X{town}镇汇报\"\n[[section]]\ntext = \"X{town}镇开会X次，X次。\"\n";
    let folder = folder(report);
    assert_eq!(run(folder.path(), &["build", "--draft", "--to", "docx"]).status, 0);
    let draft = bytes(folder.path(), "report.草稿.docx");
    let typed = [Some("云岭"), None, Some("3"), Some("4")];
    write(folder.path(), "back.docx", changed(&draft, |document| filled(&document, &typed)));
    let back = run(folder.path(), &["collect", "back.docx"]);
    assert_eq!(back.status, 0, "{}", back.err);
    assert_eq!(
        back.out, "[figures]\ntown = \"云岭\"\n\"镇开会X次\" = 3\n\n# X{n4} report.toml:4\n# n4 = 4\n",
        "what has no name yet is a comment"
    );
    assert!(back.err.contains("还有 1 个没填：\n  report.toml:4:22  n4\n"), "{}", back.err);
}

#[test]
fn values_typed_with_changes_tracked_and_runs_cut_are_the_same() {
    let (folder, draft) = drafted();
    let tracked = |document: String| {
        let typed = |control: &str| {
            let from = control.find("<w:t xml").unwrap();
            let to = from + control[from..].find("</w:t>").unwrap() + "</w:t>".len();
            let text = control[from..to].trim_end_matches("</w:t>").rsplit('>').next().unwrap();
            let mut chars = text.chars();
            let (first, rest) = (chars.next().unwrap(), chars.as_str());
            format!(
                "{}<w:delText>X</w:delText></w:r></w:del><w:ins w:id=\"901\" w:author=\"甲\"><w:r><w:t>{first}</w:t></w:r>\
                 <w:proofErr w:type=\"spellStart\"/><w:r><w:t>{rest}</w:t></w:r></w:ins>{}",
                control[..from].replacen("<w:r>", "<w:del w:id=\"900\" w:author=\"甲\"><w:r>", 1),
                control[to..].replacen("</w:r>", "", 1),
            )
        };
        let document = filled(&document, &TYPED);
        let mut parts = document.split("<w:sdt>");
        let head = parts.next().unwrap().to_owned();
        let mut values = TYPED.iter();
        parts.fold(head, |out, control| {
            let is_typed = values.next().copied().flatten().is_some();
            let control = if is_typed { typed(control) } else { control.to_owned() };
            out + "<w:sdt>" + &control
        })
    };
    write(folder.path(), "back.docx", changed(&draft, tracked));
    let back = run(folder.path(), &["collect", "back.docx"]);
    assert_eq!((back.status, back.out.as_str()), (0, VALUES), "{}", back.err);
}
