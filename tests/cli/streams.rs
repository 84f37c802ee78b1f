//! Standard output and standard error: who reads them, and what never reaches them as it is.

use std::process::{Child, Stdio};

use super::program::{Ended, command, run, write};
use super::{FAULTY, GOOD, folder};
use tempfile::{TempDir, tempdir};

/// A report of many faults, over a pipe's worth in every format.
fn many() -> TempDir {
    folder(&FAULTY.replace("召开会议X次。", &"召开会议X次，".repeat(3_000)))
}

/// The status of a run whose reader takes one byte of `from` and goes away.
fn left_alone(folder: &TempDir, args: &[&str], from: fn(&mut Child) -> Box<dyn std::io::Read>) -> Option<i32> {
    let mut command = command(folder.path());
    let mut child = command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut read = from(&mut child);
    read.read_exact(&mut [0; 1]).unwrap();
    drop(read);
    // The other stream is read to its end.
    let output = child.wait_with_output().unwrap();
    output.status.code()
}

#[test]
fn a_reader_that_goes_away_does_not_change_the_status() {
    let folder = many();
    for format in ["short", "json", "sarif", "github", "gitlab", "junit"] {
        let args = ["check", "--message-format", format];
        let out = |child: &mut Child| Box::new(child.stdout.take().unwrap()) as Box<dyn std::io::Read>;
        assert_eq!(left_alone(&folder, &args, out), Some(1), "{format}");
        let args = ["build", "--message-format", format];
        let err = |child: &mut Child| Box::new(child.stderr.take().unwrap()) as Box<dyn std::io::Read>;
        assert_eq!(left_alone(&folder, &args, err), Some(1), "{format}");
    }
    let err = |child: &mut Child| Box::new(child.stderr.take().unwrap()) as Box<dyn std::io::Read>;
    assert_eq!(left_alone(&folder, &["check"], err), Some(1));
    write(folder.path(), "report.toml", FAULTY.replace("召开会议X次。", &"召开会议,".repeat(3_000)));
    assert_eq!(left_alone(&folder, &["lint", "report.toml", "--deny", "warnings"], err), Some(1));
}

/// The program with nothing to read from `stream`: its end is closed before the program begins.
fn closed(folder: &TempDir, args: &[&str]) -> Option<i32> {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let both = [writer.try_clone().unwrap(), writer];
    let [out, err] = both;
    command(folder.path()).args(args).stdout(out).stderr(err).status().unwrap().code()
}

#[test]
fn a_run_that_nobody_reads_does_its_work() {
    let folder = folder(GOOD);
    assert_eq!(closed(&folder, &["build"]), Some(0));
    assert!(folder.path().join("report.docx").exists() && folder.path().join("report.pdf").exists());
    for args in [&["check"][..], &["figures"], &["explain"], &["schema"], &["--help"], &["fonts"]] {
        assert_eq!(closed(&folder, args), Some(0), "{args:?}");
    }
    assert_eq!(closed(&folder, &["check", "none.toml"]), Some(2));
    assert_eq!(closed(&folder, &["nothing"]), Some(2));
    write(folder.path(), "report.toml", FAULTY);
    for args in [&["check"][..], &["build"], &["check", "--message-format", "sarif"]] {
        assert_eq!(closed(&folder, args), Some(1), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_is_lost_is_a_failure() {
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let folder = folder(FAULTY);
    let status = |args: &[&str], out: Stdio, err: Stdio| {
        command(folder.path()).args(args).stdout(out).stderr(err).status().unwrap().code()
    };
    for args in [&["check", "--message-format", "json"][..], &["figures"], &["--help"], &["schema"], &["explain"]] {
        assert_eq!(status(args, full().into(), Stdio::null()), Some(2), "{args:?}");
    }
    assert_eq!(status(&["check"], Stdio::null(), full().into()), Some(2));
    write(folder.path(), "towns.csv", "镇,会议X次\n青石镇,1\n");
    let batch = ["batch", "report.toml", "--values", "towns.csv", "-o", "out"];
    assert_eq!(status(&batch, full().into(), Stdio::null()), Some(2));
    assert!(folder.path().join("out/summary.json").exists(), "the work is done all the same");
}

/// A town and a person whose names do something to a terminal, or to the runner of a workflow.
const TOWNS: &str = "镇,会议X次,XXX同志\n\
    \"青\u{1b}]0;pwn\u{7}石\u{202e}镇\",x,王\u{1b}[31m三\n\
    \"云\u{9b}2J台镇\n::add-mask::docx\n::error file=x::pwned\",x,王\u{200b}四\n\
    ::stop-commands::x,x,##[add-mask]docx\n";
const TEMPLATE: &str = "[template]\nname = \"月报\"\n\n[report]\ntitle = \"X{镇}汇报\"\noutput = \"X{镇}汇报\"\n\n\
    [[section]]\ntext = \"召开会议X次，主要负责人XXX同志讲话。\"\n\n\
    [figures]\n\"镇\" = { kind = \"text\" }\n\"会议X次\" = { kind = \"integer\" }\n\"XXX同志\" = { kind = \"text\" }\n";

/// Nothing that was said acts on who shows it; `github` commands are the program's own.
fn assert_inert(ended: &Ended, told: &str) {
    for text in [&ended.out, &ended.err] {
        let text = text.trim_start_matches('\u{feff}');
        let hidden = text.chars().find(|&c| {
            !matches!(c, '\n' | '\r' | '\t')
                && (c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'))
        });
        assert_eq!(hidden, None, "{told}: {text}");
        for line in text.lines().map(str::trim_start) {
            let own = (told == "github" && line.contains("title=")) || line.starts_with("::: ");
            assert!(own || !line.starts_with("::"), "{told}: {line}");
            assert!(own || !line.contains("##["), "{told}: {line}");
        }
    }
}

#[test]
fn nothing_that_a_cell_brings_acts_on_a_terminal_or_a_log() {
    let folder = tempdir().unwrap();
    write(folder.path(), "t.toml", TEMPLATE);
    write(folder.path(), "towns.csv", TOWNS);
    for format in ["human", "short", "json", "sarif", "github", "gitlab", "junit"] {
        for lang in ["zh", "en"] {
            let args =
                ["batch", "t.toml", "--values", "towns.csv", "-o", "out", "--lang", lang, "--message-format", format];
            let batch = run(folder.path(), &args);
            assert_ne!(batch.status, 0);
            assert_inert(&batch, format);
        }
    }
    for summary in ["summary.csv", "summary.json"] {
        let out = std::fs::read_to_string(folder.path().join("out").join(summary)).unwrap();
        assert_inert(&Ended { status: 0, out, err: String::new() }, summary);
    }
}

#[test]
fn nothing_that_a_report_or_its_name_brings_acts_on_a_terminal_or_a_log() {
    let folder = tempdir().unwrap();
    let text = "由\\u001b[31m同志X次，\\u202e共X个。\\n\\n::add-mask::X项\\n\\n##[add-mask]X人";
    let report =
        format!("[report]\ntitle = \"汇\\u009b报\"\n[[section]]\ntext = \"{text}\"\n[figures]\n\"::error::X\" = 1\n");
    let names = if cfg!(windows) { vec!["report.toml"] } else { vec!["report.toml", "::error::\u{1b}[31m.toml"] };
    for file in names {
        write(folder.path(), file, &report);
        for command in ["check", "figures", "build", "fill", "lint"] {
            assert_inert(&run(folder.path(), &[command, file]), command);
        }
        for format in ["short", "json", "sarif", "github", "gitlab", "junit"] {
            assert_inert(&run(folder.path(), &["check", file, "--message-format", format]), format);
        }
        for format in ["json", "csv"] {
            assert_inert(&run(folder.path(), &["figures", file, "--format", format]), format);
        }
        assert_inert(&run(folder.path(), &["check", &format!("{file}x")]), "a file that is not there");
        assert_inert(&run(folder.path(), &["check", file, &format!("--{file}")]), "an argument");
    }
    write(
        folder.path(),
        "a.txt",
        "汇报\n\n一、\u{1b}[31m概况\n\n::add-mask::召开会议X次\u{202e}。\n\n##[error]走访X户。\n",
    );
    assert_inert(&run(folder.path(), &["import", "a.txt"]), "import");
    assert_inert(&run(folder.path(), &["lint", "a.txt"]), "lint");
    assert_inert(&run(folder.path(), &["lint", "--fix", "--dry-run", "a.txt"]), "the difference");
}

#[test]
fn nothing_that_a_template_or_a_form_brings_acts_on_a_terminal_or_a_log() {
    let folder = tempdir().unwrap();
    let path = folder.path();
    let evil = "\\u001b[31m\\u009b2J\\n::add-mask::docx\\n##[error]x";
    let template = |text: &str| {
        TEMPLATE
            .replace("\"月报\"", &format!("\"月报{evil}\""))
            .replace("[figures]\n", &format!("[figures]\n\"{evil}X项\" = {{ label = \"{evil}\" }}\n"))
            .replace("召开", text)
    };
    write(path, "t.toml", TEMPLATE);
    write(path, "evil.toml", template(&format!("{evil}X项，召开")));
    write(path, "other.toml", template(&format!("{evil}另有X项，召开")));
    write(path, "towns.csv", TOWNS);
    let answers = TOWNS.lines().skip(2).collect::<Vec<_>>().join("\n");
    write(
        path,
        "form.csv",
        format!("指标,正文,单位,填写,说明,由谁填,编号\n镇名,,,\"{answers}\",,,#town\n{answers},,,x,,,会议X次\n"),
    );
    for file in ["t.toml", "evil.toml"] {
        for args in [
            &["rollup", file, "--values", "towns.csv", "-o", "all"][..],
            &["collect", "form.csv", "--template", file, "-o", "values.csv"],
            &["collect", "form.csv", "--template", file, "-o", "values.csv", "--roster", "towns.csv"],
            &["form", file, "-o", "f.csv"],
            &["form", file, "--table", "-o", "table.csv"],
            &["figures", file],
            &["pack", file, "-o", "t.rgt"],
            &["unpack", "t.rgt", "-o", "unpacked"],
            &["new", "--from", "t.rgt", "started"],
            &["new", "--from", file, "begun"],
            &["diff", file, "other.toml"],
            &["diff", file, "other.toml", "--format", "json"],
        ] {
            for lang in ["zh", "en"] {
                assert_inert(&run(path, &[args, &["--lang", lang]].concat()), &args.join(" "));
            }
        }
    }
}

#[test]
fn what_import_writes_of_such_a_draft_says_the_same() {
    let folder = tempdir().unwrap();
    write(folder.path(), "a.md", "# 汇报\n\n一、概况\n\n::add-mask::召开会议X次。\n\n走访X户。\n");
    assert_eq!(run(folder.path(), &["import", "a.md", "-o", "a.toml"]).status, 0);
    let toml = std::fs::read_to_string(folder.path().join("a.toml")).unwrap();
    assert!(toml.contains("\\u003A:add-mask::召开会议X次。"), "{toml}");
}

#[test]
fn a_fault_without_a_place_has_one_for_code_scanning() {
    let folder = tempdir().unwrap();
    let check = run(folder.path(), &["check", "a b.toml", "--message-format", "sarif"]);
    assert_eq!(check.status, 2);
    let log: serde_json::Value = serde_json::from_str(&check.out).unwrap();
    let location = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "a%20b.toml");
    assert_eq!(location["region"]["startLine"], 1);
    let check = run(folder.path(), &["check", "a b.toml", "--message-format", "gitlab"]);
    let issues: serde_json::Value = serde_json::from_str(&check.out).unwrap();
    assert_eq!(issues[0]["location"]["path"], "a b.toml");
}
