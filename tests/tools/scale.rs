//! The ready files of `examples/scale`: their very command lines, over eight shards, against one run; and a batch that is
//! stopped in the middle.

use crate::program;
use crate::tool::tests;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::program::{bytes, command, names, run, write};
use report_gen::batch::summary::{State, Summary};
use tempfile::{TempDir, tempdir};
use yaml_rust2::{Yaml, YamlLoader};

tests! {
    [Parallel]: parallel_on_one_machine;
    []: a_matrix_of_jobs, an_indexed_job, summaries_are_joined_in_the_order_of_the_shards_and_a_lost_one_is_told,
        a_batch_that_is_killed_leaves_whole_files_and_goes_on_from_there;
}

const TEMPLATE: &str = r#"
[template]
name = "防汛工作汇报"

[report]
title  = "XXX镇防汛工作汇报"
output = "XXX镇防汛工作汇报"

[[section]]
text = "XXX镇巡堤X公里，备沙袋X只，转移群众X人。"

[figures]
"XXX镇"   = { id = "town" }
"巡堤X公里" = { kind = "number" }
"沙袋X只"  = { kind = "integer" }
"转移群众X人" = { kind = "integer" }
"#;

const SHARDS: usize = 8;

/// A template and so many towns.
fn county(towns: usize) -> TempDir {
    let folder = tempdir().unwrap();
    write(folder.path(), "template.toml", TEMPLATE);
    let mut table = String::from("XXX镇,巡堤X公里,沙袋X只,转移群众X人\n");
    for town in 0..towns {
        table += &format!("第{}镇,{}.5,{},{}\n", town + 1, town % 9 + 1, town * 37 + 100, town * 11);
    }
    write(folder.path(), "towns.csv", table);
    folder
}

/// A shell line in `folder`, with the program on its path.
fn shell(folder: &Path, line: &str, variables: &[(&str, String)]) -> program::Ended {
    let program = Path::new(env!("CARGO_BIN_EXE_report-gen")).parent().unwrap();
    let path = std::env::var_os("PATH").unwrap();
    let path = std::env::join_paths(std::iter::once(program.to_owned()).chain(std::env::split_paths(&path))).unwrap();
    let mut shell = Command::new("sh");
    shell
        .args(["-e", "-c", line])
        .current_dir(folder)
        .env("PATH", path)
        .env("LANG", "zh_CN.UTF-8")
        .env_remove("LC_ALL");
    shell.envs(variables.iter().map(|(name, value)| (*name, value.as_str())));
    program::ended(&mut shell)
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/scale").join(name)
}

fn yaml(name: &str) -> Yaml {
    YamlLoader::load_from_str(&std::fs::read_to_string(example(name)).unwrap()).unwrap().remove(0)
}

/// Holds `out` to what one run makes in `one`: every report, and the joined summary.
fn is_one_run(folder: &Path) {
    let one = run(folder, &["batch", "template.toml", "--values", "towns.csv", "-o", "one"]);
    assert_eq!((one.status, one.err.as_str()), (0, ""));
    let (one, out) = (folder.join("one"), folder.join("out"));
    let is_part = |name: &String| name.starts_with("summary.") && name.contains("-8.");
    let made: Vec<String> = names(&out).into_iter().filter(|name| !is_part(name)).collect();
    assert_eq!(made, names(&one));
    for name in made {
        assert!(bytes(&one, &name) == bytes(&out, &name), "{name} differs from that of one run");
    }
    assert_eq!(names(&out).iter().filter(|name| is_part(name)).count(), 2 * SHARDS);
}

fn parallel_on_one_machine() {
    let county = county(19);
    let script = example("parallel.sh");
    let ended = shell(county.path(), &format!("sh '{}' template.toml towns.csv out", script.display()), &[]);
    assert_eq!(ended.status, 0, "{}{}", ended.out, ended.err);
    is_one_run(county.path());
    // A town with a fault: the others are there, and the status says so.
    let table = String::from_utf8(bytes(county.path(), "towns.csv")).unwrap();
    write(county.path(), "towns.csv", table.replace("第7镇,7.5", "第7镇,多"));
    let ended = shell(county.path(), &format!("sh '{}' template.toml towns.csv out", script.display()), &[]);
    assert_eq!(ended.status, 1, "{}{}", ended.out, ended.err);
    let summary = Summary::read(&bytes(&county.path().join("out"), "summary.json")).unwrap();
    assert_eq!(summary.totals.get(&State::Faults), Some(&1));
    assert_eq!(summary.totals.get(&State::Unchanged), Some(&18));
}

fn a_matrix_of_jobs() {
    let jobs = &yaml("github.yml")["jobs"];
    let line = |job: &str, name: &str| {
        let steps = jobs[job]["steps"].as_vec().unwrap();
        let step = steps.iter().find(|step| step["name"].as_str() == Some(name)).unwrap();
        step["run"].as_str().unwrap().to_owned()
    };
    let shards = jobs["towns"]["strategy"]["matrix"]["shard"].as_vec().unwrap();
    assert_eq!(shards.len(), SHARDS);
    assert_eq!(jobs["towns"]["env"]["SHARD"].as_str(), Some("${{ matrix.shard }}"));
    let county = county(11);
    for shard in shards {
        let shard = ("SHARD", shard.as_i64().unwrap().to_string());
        let ended = shell(county.path(), &line("towns", "batch"), &[shard]);
        assert_eq!(ended.status, 0, "{}", ended.err);
    }
    assert_eq!(shell(county.path(), &line("summary", "merge"), &[]).status, 0);
    is_one_run(county.path());
}

fn an_indexed_job() {
    let job = &yaml("kubernetes.yaml")["spec"];
    assert_eq!(job["completionMode"].as_str(), Some("Indexed"));
    assert_eq!(job["completions"].as_i64(), Some(SHARDS as i64));
    let container = &job["template"]["spec"]["containers"][0];
    let words: Vec<&str> = container["command"].as_vec().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    let ["/bin/sh", "-c", line] = words[..] else { panic!("{words:?}") };
    let county = county(9);
    for index in 0..SHARDS {
        let ended = shell(county.path(), line, &[("JOB_COMPLETION_INDEX", index.to_string())]);
        assert_eq!(ended.status, 0, "{}", ended.err);
    }
    let text = std::fs::read_to_string(example("kubernetes.yaml")).unwrap();
    let merge = text.lines().find_map(|line| line.strip_prefix("#   report-gen ")).unwrap();
    assert_eq!(shell(county.path(), &format!("report-gen {merge}"), &[]).status, 0);
    is_one_run(county.path());
    // A town with faults is no reason to try the part again; what the machine refuses is.
    write(county.path(), "towns.csv", "XXX镇,巡堤X公里\n甲镇,多\n");
    assert_eq!(shell(county.path(), line, &[("JOB_COMPLETION_INDEX", "0".into())]).status, 0);
    write(county.path(), "template.toml", "");
    std::fs::remove_file(county.path().join("template.toml")).unwrap();
    assert_ne!(shell(county.path(), line, &[("JOB_COMPLETION_INDEX", "0".into())]).status, 0);
}

fn summaries_are_joined_in_the_order_of_the_shards_and_a_lost_one_is_told() {
    let county = county(25);
    for shard in 1..=11 {
        let shard = format!("{shard}/11");
        let ended = run(
            county.path(),
            &["batch", "template.toml", "--values", "towns.csv", "-o", "out", "--to", "pdf", "--shard", &shard],
        );
        assert_eq!(ended.status, 0);
    }
    let one = run(county.path(), &["batch", "template.toml", "--values", "towns.csv", "-o", "one", "--to", "pdf"]);
    assert_eq!(one.status, 0);
    // As a shell sorts them, 10 and 11 stand before 2.
    let merged = shell(county.path(), "report-gen summary merge out/summary.*-11.json", &[]);
    assert_eq!((merged.status, merged.err.as_str()), (0, ""));
    for name in ["summary.csv", "summary.json"] {
        assert!(bytes(&county.path().join("one"), name) == bytes(&county.path().join("out"), name), "{name}");
    }
    std::fs::remove_file(county.path().join("out/summary.3-11.json")).unwrap();
    let merged = shell(county.path(), "report-gen summary merge out/summary.*-11.json", &[]);
    assert_eq!(merged.status, 2);
    assert!(merged.err.contains("少了第 3 份"), "{}", merged.err);
}

fn a_batch_that_is_killed_leaves_whole_files_and_goes_on_from_there() {
    let county = county(60);
    let args = ["batch", "template.toml", "--values", "towns.csv", "-o", "out", "--jobs", "1", "--skip-unchanged"];
    let mut child = command(county.path()).args(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let out = county.path().join("out");
    let begun = Instant::now();
    let lines = || std::fs::read_to_string(out.join("summary.jsonl")).map_or(0, |text| text.lines().count());
    while lines() < 5 {
        assert!(begun.elapsed() < Duration::from_secs(120), "nothing is made");
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let made: Vec<String> = names(&out).into_iter().filter(|name| name.contains("防汛")).collect();
    assert!(!out.join("summary.json").exists() && made.len() < 120, "it was stopped in the middle");
    let reference = run(county.path(), &["batch", "template.toml", "--values", "towns.csv", "-o", "one", "--quiet"]);
    assert_eq!(reference.status, 0);
    let one = county.path().join("one");
    for name in &made {
        assert!(bytes(&one, name) == bytes(&out, name), "{name} is half written");
    }
    // What was not noted to the end is made again.
    let mut journal = bytes(&out, "summary.jsonl");
    journal.truncate(journal.len() - 20);
    write(&out, "summary.jsonl", journal);
    let ended = run(county.path(), &args);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    let summary = Summary::read(&bytes(&out, "summary.json")).unwrap();
    let unchanged = summary.totals.get(&State::Unchanged).copied().unwrap_or_default();
    assert!((2..60).contains(&unchanged), "{unchanged} were not made again");
    assert_eq!(summary.towns.len(), 60);
    assert!(!out.join("summary.jsonl").exists(), "the summary has it all");
    for name in names(&one).iter().filter(|name| !name.starts_with("summary")) {
        assert!(bytes(&one, name) == bytes(&out, name), "{name}");
    }
    assert!(!names(&out).iter().any(|name| name.starts_with(".report-gen-")), "what was half written is swept away");
}
