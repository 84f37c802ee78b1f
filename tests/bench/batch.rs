//! Reports a second of `batch`, on one thread and on two, and the most memory that it takes: a report of five pages for
//! each of 1,000 towns, Word and PDF, written to the disk by the program itself. Both runs must write the same bytes, and
//! those that `build` writes. Then 10,000 towns, of whose reports the PDF alone is made, beside 100: memory may not grow
//! with the rows by more than the sheet.
//!
//! `cargo bench -- batch`; memory is read from `/proc`, on Linux alone.
#![allow(clippy::unwrap_used, reason = "a bench that cannot go on fails")]
#![allow(clippy::print_stdout, reason = "a bench prints what it measures")]
#![allow(clippy::disallowed_methods, reason = "it runs the program on real files")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const TOWNS: usize = 1_000;
/// Holes of a report.
const HOLES: usize = 40;

pub(crate) fn bench() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(folder.join("template.toml"), template()).unwrap();
    std::fs::write(folder.join("towns.csv"), table(TOWNS, HOLES)).unwrap();
    let mut made = Vec::new();
    for jobs in ["1", "2"] {
        let out = format!("out{jobs}");
        let (took, peak) = batch(folder, &["--values", "towns.csv", "-o", &out, "--jobs", jobs]);
        let rate = TOWNS as f64 / took.as_secs_f64();
        println!("{TOWNS} towns, {jobs} thread(s): {:.2} s, {rate:.0} reports a second, {peak}", took.as_secs_f64());
        made.push(read(&folder.join(out)));
    }
    assert!(made[0] == made[1], "two threads write what one does");
    let town: String =
        std::iter::once("template = \"template.toml\"\n[figures]\n\"XXX镇\" = \"".to_owned() + &name(6) + "\"\n")
            .chain((0..HOLES).map(|hole| format!("n{hole} = {}\n", value(6, hole))))
            .collect();
    std::fs::write(folder.join("town.toml"), town).unwrap();
    let build = command(folder, &["build", "town.toml", "-o", "single", "--quiet"]).status().unwrap();
    assert!(build.success());
    for (name, bytes) in read(&folder.join("single")) {
        assert!(made[0].get(&name) == Some(&bytes), "{name}: `build` writes other bytes");
    }

    for towns in [100, 10_000] {
        std::fs::write(folder.join("many.csv"), table(towns, HOLES.min(40))).unwrap();
        let (took, peak) =
            batch(folder, &["--values", "many.csv", "-o", "many", "--jobs", "2", "--to", "pdf", "--draft"]);
        println!("{towns} towns, PDF alone: {:.2} s, {peak}", took.as_secs_f64());
    }
}

/// Some five pages in invented words, with a hole in every sentence.
fn template() -> String {
    let mut toml = String::from(
        "[template]\nname = \"汇报\"\n[report]\ntitle = \"XXX镇河道管护工作情况汇报\"\nauthor = \"XXX镇人民政府\"\n\
         date = 2025-06-10\noutput = \"XXX镇河道管护\"\n[style]\nnumbering = \"block\"\n",
    );
    let mut hole = 0;
    let mut next = || {
        hole += 1;
        format!("X{{n{}}}", hole - 1)
    };
    for heading in ["落实管护责任", "开展日常巡查", "整治突出问题", "强化工程措施", "发动群众参与"]
    {
        let _ = write!(toml, "[[section]]\nheading = \"{heading}\"\ntext = \"\"\"\n");
        for part in ["镇、村两级", "各责任单位"] {
            let _ = writeln!(
                toml,
                "{part}把{heading}放在前面，先后开会研究{}次，明确河段长{}名，签订责任书，逐段立牌公示；对推进不力的，\
                 由镇里约谈提醒，限期整改，并把结果纳入年底考核。\n\
                 坚持“月巡查、季通报、年评比”，累计巡河{}人次，清理漂浮物{}吨，劝阻垂钓、倾倒等行为，做到早发现、早处置；\
                 对侵占岸线、私搭乱建等问题建立台账，销号管理，确保不反弹。村民们说：“水清了，岸绿了，晚上愿意出来走走了。”\n\
                 同时多方筹措资金，疏浚淤塞河段，新建生态护坡，栽植柳树、芦苇等护岸植物，配齐保洁船只和打捞工具，\
                 做到人员、经费、制度三到位，河道面貌有了明显改观……",
                next(),
                next(),
                next(),
                next(),
            );
        }
        toml += "\"\"\"\n";
    }
    toml += "[figures]\n\"XXX镇\" = \"\"\n";
    for hole in 0..HOLES {
        let _ = writeln!(toml, "n{hole} = {{ kind = \"integer\" }}");
    }
    toml
}

fn value(town: usize, hole: usize) -> usize {
    (town * 7919 + hole * 104_729) % 9_000 + 1
}

/// A town's name: two hanzi of GB 2312 level 1 (rows 16 to 54), other ones for each town, as towns are called. Names
/// of the same few characters would share what is cut from the faces.
fn name(town: usize) -> String {
    let place = |number: usize| [0xb0 + (number / 94 % 39) as u8, 0xa1 + (number % 94) as u8];
    let bytes = [place(town), place(town * 31 + town / 3_666)].concat();
    let (name, _) = encoding_rs::GBK.decode_without_bom_handling(&bytes);
    format!("{name}镇")
}

/// So many towns, each with `holes` of the template's figures.
fn table(towns: usize, holes: usize) -> String {
    let mut table = String::from("XXX镇");
    (0..holes).for_each(|hole| table += &format!(",n{hole}"));
    table.push('\n');
    for town in 0..towns {
        table += &name(town);
        (0..holes).for_each(|hole| table += &format!(",{}", value(town, hole)));
        table.push('\n');
    }
    table
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_report-gen"));
    command.current_dir(folder).args(args).stdout(Stdio::null());
    command
}

/// Runs `batch`: how long it took, and the most memory that it took.
fn batch(folder: &Path, args: &[&str]) -> (Duration, String) {
    let begun = Instant::now();
    let args = [&["batch", "template.toml", "--quiet"], args].concat();
    let mut child = command(folder, &args).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = String::from("memory unknown");
    loop {
        if let Some(ended) = child.try_wait().unwrap() {
            assert!(ended.success());
            return (begun.elapsed(), peak);
        }
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let most = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        if let Some(kb) = most.and_then(|most| most.trim().strip_suffix(" kB")?.trim().parse::<f64>().ok()) {
            peak = format!("{:.1} MiB at most", kb / 1024.0);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn read(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    files.map(|file| (file.file_name().to_string_lossy().into_owned(), std::fs::read(file.path()).unwrap())).collect()
}
