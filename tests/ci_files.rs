//! The ready files of `examples/ci`: their very shell lines, run with the program on the path. The job fails while a
//! figure is missing, and passes when it is filled.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "the lines read and write real files")]

use std::path::Path;
use std::process::{Command, Output};

use tempfile::{TempDir, tempdir};
use yaml_rust2::{Yaml, YamlLoader};

const OPEN: &str = "[report]\ntitle = \"青石镇工作汇报\"\n[[section]]\ntext = \"召开党委会X次。\"\n";
const FILLED: &str = "[figures]\n\"党委会X次\" = 12\n";
/// Only a warning: nothing is missing, but a footnote has no text.
const WARNED: &str = "[[section]]\ntext = \"各项工作有序推进[^1]。\"\n";

/// The file `name` of the project, as YAML.
fn yaml(name: &str) -> Yaml {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    YamlLoader::load_from_str(&text).unwrap().remove(0)
}

fn strings(list: &Yaml) -> Vec<String> {
    list.as_vec().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect()
}

/// A shell in `folder`, with the program on its path and nothing of the developer's own git.
fn shell(folder: &Path, lines: &str) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_report-gen")).parent().unwrap();
    let path = std::env::join_paths(
        std::iter::once(program.to_owned()).chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    // As both servers run them: the first line that fails ends the job.
    let mut bash = Command::new("bash");
    bash.args(["-e", "-o", "pipefail", "-c", lines]).current_dir(folder).env("PATH", path.unwrap());
    for variable in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "LC_ALL"] {
        bash.env_remove(variable);
    }
    for (variable, value) in [("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"), ("LANG", "zh_CN.UTF-8")]
    {
        bash.env(variable, value);
    }
    bash.output().unwrap()
}

fn folder(report: &str) -> TempDir {
    let folder = tempdir().unwrap();
    std::fs::write(folder.path().join("report.toml"), report).unwrap();
    folder
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Runs `lines` on a report with an open hole, with a warning, and with neither; gives what the first said, and the
/// folder of the last.
fn fails_and_passes(lines: &str) -> (TempDir, Output, TempDir) {
    let open = folder(OPEN);
    let failed = shell(open.path(), lines);
    assert!(!failed.status.success(), "a missing figure passes: {}", told(&failed));
    assert!(!open.path().join("out").exists(), "nothing is built");
    let warned = shell(folder(&format!("{OPEN}{WARNED}{FILLED}")).path(), lines);
    assert!(!warned.status.success(), "a warning passes: {}", told(&warned));
    let filled = folder(&format!("{OPEN}{FILLED}"));
    let passed = shell(filled.path(), lines);
    assert!(passed.status.success(), "a filled report fails: {}", told(&passed));
    (open, failed, filled)
}

#[test]
fn github() {
    let workflow = yaml("examples/ci/github.yml");
    let steps = workflow["jobs"]["report"]["steps"].as_vec().unwrap();
    let runs = steps.iter().filter_map(|step| step["run"].as_str()).filter(|run| !run.starts_with("cargo install"));
    let lines: Vec<&str> = runs.collect();
    assert_eq!(lines.len(), 2);
    let (_, failed, filled) = fails_and_passes(&lines.join("\n"));
    let said = told(&failed);
    assert!(
        said.contains("::error file=report.toml,line=4,endLine=4,col=14,endColumn=15,title=missing-figure::"),
        "{said}"
    );
    let uploaded = steps.iter().find_map(|step| step["with"]["path"].as_str()).unwrap();
    assert!(filled.path().join(uploaded).join("report.pdf").exists());
}

#[test]
fn gitlab() {
    let job = &yaml("examples/ci/gitlab.yml")["report"];
    let (open, failed, filled) = fails_and_passes(&strings(&job["script"]).join("\n"));
    assert!(told(&failed).contains("错误[missing-figure]"), "the log says it in words");
    assert_eq!(job["artifacts"]["when"].as_str(), Some("always"), "a failed job shows its faults");
    let read = |folder: &TempDir, kind: &str| {
        let name = job["artifacts"]["reports"][kind].as_str().unwrap();
        std::fs::read_to_string(folder.path().join(name)).unwrap()
    };
    assert!(read(&open, "codequality").contains("\"check_name\": \"missing-figure\""));
    assert!(read(&open, "junit").contains("<failure type=\"missing-figure\""));
    assert_eq!(read(&filled, "codequality"), "[]\n");
    assert!(read(&filled, "junit").contains("failures=\"0\""));
    let kept = strings(&job["artifacts"]["paths"]).remove(0);
    assert!(filled.path().join(kept).join("report.docx").exists());
}

#[test]
fn the_hooks_of_the_framework() {
    let offered = &yaml(".pre-commit-hooks.yaml")[0];
    let local = &yaml("examples/ci/pre-commit-config.yaml")["repos"][0]["hooks"][0];
    for key in ["id", "entry", "files", "require_serial"] {
        assert_eq!(offered[key], local[key], "{key}");
    }
    assert_eq!(local["files"].as_str(), Some(r"(^|/)report\.toml$"));
    // The framework puts the names of the files behind the entry.
    fails_and_passes(&format!("{} report.toml", local["entry"].as_str().unwrap()));
}

#[test]
fn the_hook_of_git_checks_what_is_committed() {
    let folder = tempdir().unwrap();
    let hook = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/ci/pre-commit");
    let made = shell(
        folder.path(),
        "git init -q . && git config user.name 甲 && git config user.email a@example.invalid && git config core.quotePath false && mkdir -p '甲 镇'",
    );
    assert!(made.status.success(), "git is needed: {}", told(&made));
    std::fs::create_dir_all(folder.path().join(".git/hooks")).unwrap();
    std::fs::copy(hook, folder.path().join(".git/hooks/pre-commit")).unwrap();
    let report = folder.path().join("甲 镇/report.toml");
    let commit = || shell(folder.path(), "git commit -q -m 报告");
    let add = || assert!(shell(folder.path(), "git add .").status.success());

    std::fs::write(&report, OPEN).unwrap();
    add();
    let refused = commit();
    assert!(!refused.status.success(), "an open report is committed: {}", told(&refused));
    assert!(told(&refused).contains("甲 镇/report.toml:4:14"), "named as it is in the repository: {}", told(&refused));

    std::fs::write(&report, format!("{OPEN}{FILLED}")).unwrap();
    assert!(!commit().status.success(), "what is staged has the hole still");
    add();
    let passed = commit();
    assert!(passed.status.success(), "a filled report is refused: {}", told(&passed));

    std::fs::write(folder.path().join("notes.txt"), "X").unwrap();
    std::fs::write(&report, OPEN).unwrap();
    assert!(shell(folder.path(), "git add notes.txt").status.success());
    let other = commit();
    assert!(other.status.success(), "other files are none of the hook's business: {}", told(&other));
}
