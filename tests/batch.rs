//! A report for each town, from one template and the towns' values, as the program makes them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::program;
use std::path::Path;

use crate::program::{bytes, names, run, write};
use report_gen::batch::summary::{State, Summary};
use rust_xlsxwriter::{Format, Workbook};
use tempfile::{TempDir, tempdir};

const TEMPLATE: &str = r#"
[template]
name = "植树工作汇报"

[report]
title  = "XXX镇植树工作汇报"
output = "XXX镇植树工作汇报"

[[section]]
id   = "trees"
text = "XXX镇植树X株，其中柳树X株、杨树X株，成活率XX.X%。X月X日验收，形成XXX、XXX等X个示范点。"

[section.figures]
"植树X株" = { kind = "integer", label = "植树" }
"柳树X株、杨树X株" = { label = "柳树和杨树" }

[figures]
"XXX镇" = { id = "town" }
"成活率XX.X%" = { kind = "percent", max = 100 }
"X月X日" = { label = "验收日期" }
"XXX、XXX等X个示范点" = { label = "示范点" }

[[rule]]
id    = "株数"
check = '"植树X株" == "柳树X株、杨树X株"[1] + "柳树X株、杨树X株"[2]'
"#;

const TABLE: &str = "\
名称,town,trees>植树X株,柳树和杨树,成活率X%,验收日期,示范点,备注
青石,青石镇,500,300、200,96.5,2025-03-18,东坡、西坡,\n\
柳林,柳林镇,800,500、300,93.0,2025/4/2,南滩、北滩、河口,补植
";

fn county(table: &str) -> TempDir {
    let folder = tempdir().unwrap();
    write(folder.path(), "county/template.toml", TEMPLATE);
    write(folder.path(), "towns.csv", table);
    folder
}

fn batch(folder: &Path, args: &[&str]) -> program::Ended {
    run(folder, &[&["batch", "county/template.toml", "--message-format", "short"], args].concat())
}

fn summary(folder: &Path, name: &str) -> Vec<(String, State)> {
    let summary = Summary::read(&bytes(folder, name)).unwrap();
    summary.towns.into_iter().map(|line| (line.town, line.state)).collect()
}

#[test]
fn a_row_builds_what_a_file_with_the_same_values_builds() {
    let folder = county(TABLE);
    let ended = batch(folder.path(), &["--values", "towns.csv", "-o", "out"]);
    assert_eq!(ended.err, "towns.csv:1:41: warning[unknown-head]: 模板里没有“备注”，这一列没有用上\n");
    assert_eq!(ended.status, 0);
    let out = folder.path().join("out");
    let built = names(&out);
    assert_eq!(
        built,
        [
            "summary.csv",
            "summary.json",
            "柳林镇植树工作汇报.docx",
            "柳林镇植树工作汇报.pdf",
            "青石镇植树工作汇报.docx",
            "青石镇植树工作汇报.pdf"
        ]
    );
    write(
        folder.path(),
        "towns/a.toml",
        r#"
template = "../county/template.toml"
[figures]
town = "青石镇"
"植树X株" = 500
"柳树X株、杨树X株" = [300, 200]
"成活率X%" = 96.5
"X月X日" = 2025-03-18
"XXX、XXX等X个示范点" = { list = ["东坡", "西坡"] }
"#,
    );
    assert_eq!(run(folder.path(), &["build", "towns/a.toml", "-o", "single"]).err, "");
    let single = folder.path().join("single");
    let towns = batch(folder.path(), &["--values", "towns", "-o", "files"]);
    assert_eq!((towns.err.as_str(), towns.status), ("", 0));
    for name in names(&single) {
        assert!(bytes(&single, &name) == bytes(&out, &name), "{name} differs from that of the row");
        assert!(bytes(&single, &name) == bytes(&folder.path().join("files"), &name), "{name} differs from the file's");
    }
    assert_eq!(summary(&folder.path().join("files"), "summary.json"), [("a".into(), State::Built)]);
}

#[test]
fn one_template_serves_towns_townships_and_street_offices() {
    let folder = tempdir().unwrap();
    let template = "[template]\nname = \"t\"\n[report]\ntitle = \"XXX镇汇报\"\noutput = \"XXX镇汇报\"\n\
        [[section]]\ntext = \"XXX镇党委开会X次。\"\n[figures]\n\"XXX镇\" = { id = \"town\" }\n\"开会X次\" = {}\n";
    write(folder.path(), "county/template.toml", template);
    write(folder.path(), "towns.csv", "town,开会X次\n松岭乡,1\n回龙民族乡,2\n青石,3\n白河镇,4\n红旗农场,5\n");
    let ended = batch(folder.path(), &["--values", "towns.csv", "-o", "out", "--to", "pdf", "-v"]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    assert!(ended.err.contains("“XXX镇”：1 镇的名称自带“民族乡”，“镇”印作“民族乡”\n"), "{}", ended.err);
    let out = folder.path().join("out");
    let built = names(&out).into_iter().filter(|name| name.ends_with(".pdf")).collect::<Vec<_>>();
    let expected = ["回龙民族乡汇报.pdf", "松岭乡汇报.pdf", "白河镇汇报.pdf", "红旗农场汇报.pdf", "青石镇汇报.pdf"];
    assert_eq!(built, expected);
    let text = lopdf::Document::load_mem(&bytes(&out, "松岭乡汇报.pdf")).unwrap().extract_text(&[1]).unwrap();
    assert!(text.split_whitespace().collect::<String>().contains("松岭乡党委开会1次。"), "{text}");
    // An office in the place of a town is that town's fault alone.
    write(folder.path(), "towns.csv", "town,开会X次\n松岭乡人民政府,1\n青石,3\n");
    let ended = batch(folder.path(), &["--values", "towns.csv", "-o", "new", "--to", "pdf"]);
    assert_eq!(ended.status, 1);
    assert!(ended.err.contains("towns.csv:2:1: error[office-for-place]: “松岭乡人民政府”"), "{}", ended.err);
    assert!(names(&folder.path().join("new")).contains(&"青石镇汇报.pdf".to_owned()));
}

#[test]
fn a_folder_may_hold_the_template_and_earlier_summaries() {
    let folder = county(TABLE);
    write(folder.path(), "county/towns.csv", TABLE);
    write(folder.path(), "county/~$towns.xlsx", "kept by an office program");
    for _ in 0..2 {
        let ended = batch(folder.path(), &["--values", "county"]);
        assert_eq!((ended.status, ended.err.lines().count()), (0, 1), "{}", ended.err);
    }
    assert_eq!(summary(&folder.path().join("county"), "summary.json").len(), 2);
}

#[cfg(unix)]
#[test]
fn a_template_that_is_a_link_elsewhere_is_not_read() {
    let folder = tempdir().unwrap();
    write(folder.path(), "secret.txt", "password = hunter2\n");
    write(folder.path(), "county/x", "");
    std::os::unix::fs::symlink("../secret.txt", folder.path().join("county/template.toml")).unwrap();
    write(folder.path(), "town.toml", "template = \"county/template.toml\"\n");
    let ended = run(folder.path(), &["check", "town.toml"]);
    assert_eq!(ended.status, 1);
    assert!(ended.err.contains("template-missing") && !ended.err.contains("hunter2"), "{}", ended.err);
}

#[test]
fn a_workbook_builds_what_csv_builds_and_names_its_cells() {
    let folder = county(TABLE);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("各镇").unwrap();
    for (row, line) in TABLE.lines().enumerate() {
        for (column, cell) in line.split(',').enumerate() {
            let (row, column) = (row as u32, column as u16);
            match cell.parse::<f64>() {
                Ok(number) if column == 4 => {
                    let percent = Format::new().set_num_format("0.0%");
                    sheet.write_with_format(row, column, number / 100.0, &percent).unwrap();
                }
                Ok(number) => {
                    sheet.write(row, column, number).unwrap();
                }
                Err(_) => {
                    sheet.write(row, column, cell).unwrap();
                }
            }
        }
    }
    workbook.save(folder.path().join("towns.xlsx")).unwrap();
    assert_eq!(batch(folder.path(), &["--values", "towns.csv", "-o", "csv"]).status, 0);
    let ended = batch(folder.path(), &["--values", "towns.xlsx", "-o", "xlsx"]);
    assert_eq!(ended.err, "towns.xlsx:各镇!H1: warning[unknown-head]: 模板里没有“备注”，这一列没有用上\n");
    let damaged = TABLE.replace("800,500", "800株,500");
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, line) in damaged.lines().enumerate() {
        for (column, cell) in line.split(',').enumerate() {
            sheet.write(row as u32, column as u16, cell).unwrap();
        }
    }
    workbook.save(folder.path().join("damaged.xlsx")).unwrap();
    let json = run(
        folder.path(),
        &["batch", "county/template.toml", "--values", "damaged.xlsx", "-q", "--message-format", "json"],
    );
    let fault = json.err.lines().find(|line| line.contains("unit-twice")).unwrap();
    assert!(fault.contains(r#""file":"damaged.xlsx","cell":"Sheet1!C3","line":3,"column":3,"#), "{fault}");
    // No editor can make an edit there.
    assert!(fault.contains("只写数字：800") && !fault.contains("\"fix\""), "{fault}");
    let (csv, xlsx) = (folder.path().join("csv"), folder.path().join("xlsx"));
    for name in names(&csv).iter().filter(|name| !name.starts_with("summary")) {
        assert!(bytes(&csv, name) == bytes(&xlsx, name), "{name}");
    }
}

#[test]
fn a_broken_row_stops_no_other_and_its_faults_stand_at_its_cells() {
    let table = "\
名称,town,植树,柳树和杨树,成活率X%,验收日期,示范点
青石,青石镇,500,300、200,196.5,2025-03-18,东坡、西坡
柳林,柳林镇,800,500、300,93.0,2025-04-02,南滩、北滩
白沙,白沙镇,700,500、300,,2025-04-02,南滩、北滩
荷塘,荷塘镇,800,500、300、1,93.0,4月32日,南滩、北滩
,枫桥镇,1株,1、0,93.0,2025-04-02,南滩、北滩
";
    let folder = county(table);
    let ended = batch(folder.path(), &["--values", "towns.csv", "-o", "out"]);
    assert_eq!(ended.status, 1);
    let faults = [
        "towns.csv:2:20: error[out-of-range]: “成活率XX.X%”不能大于 100，填的是 196.5",
        "towns.csv:4:8: error[rule-broken]: “株数”对不上：植树X株 (700, towns.csv:4:8) ≠ 柳树X株、杨树X株[1] (500, towns.csv:4:12) + 柳树X株、杨树X株[2] (300, towns.csv:4:12) = 800",
        "towns.csv:4:20: error[missing-figure]: “成活率XX.X%”还没有填",
        "towns.csv:5:12: error[wrong-count]: 这条短语有 2 处要填，给了 3 个值",
        "towns.csv:5:27: error[out-of-range]: 日历上没有“4月32日”这一天",
        "towns.csv:6:1: error[missing-town]: 这一行没有写是哪个镇",
        "towns.csv:6:6: error[unit-twice]: “1株”带了单位，单位由正文写",
    ];
    let told: Vec<&str> = ended.err.lines().collect();
    assert_eq!(told, faults);
    assert_eq!(
        names(&folder.path().join("out")),
        ["summary.csv", "summary.json", "柳林镇植树工作汇报.docx", "柳林镇植树工作汇报.pdf"]
    );
    let states = summary(&folder.path().join("out"), "summary.json");
    assert_eq!(states[1], ("柳林".into(), State::Built));
    assert_eq!(states[4], ("towns.csv:6:1".into(), State::Faults));
    let csv = String::from_utf8(bytes(&folder.path().join("out"), "summary.csv")).unwrap();
    assert!(
        csv.starts_with("\u{feff}乡镇,结果,错误,警告,认可的勾稽关系,文件,SHA-256\r\n青石,有错,1,0,,,\r\n"),
        "{csv}"
    );
}

#[test]
fn a_column_that_all_lack_is_told_at_each_row_and_once_to_people() {
    let table = "名称,town,植树,柳树和杨树,成活率X%,示范点\n青石,青石镇,500,300、200,96.5,东坡、西坡\n柳林,柳林镇,800,500、300,93.0,南滩、北滩\n";
    let folder = county(table);
    let told = batch(folder.path(), &["--values", "towns.csv"]).err;
    assert_eq!(
        told,
        "towns.csv:2:1: error[missing-figure]: “X月X日”还没有填\ntowns.csv:3:1: error[missing-figure]: “X月X日”还没有填\n"
    );
    let human = run(folder.path(), &["batch", "county/template.toml", "--values", "towns.csv"]).err;
    assert_eq!(human.matches("missing-figure").count(), 1, "{human}");
    assert!(
        human.contains("在 towns.csv 里加一列，表头写 \"X月X日\"") && human.contains("另有 1 镇也没有这一列"),
        "{human}"
    );
}

#[test]
fn of_very_many_faults_people_are_shown_the_first_and_the_number_of_the_rest() {
    let head = "名称,town,植树,柳树和杨树,成活率X%,验收日期,示范点\n";
    let rows: String = (0..70).map(|n| format!("青{n},青{n}镇,500,300、200,,2025-03-18,东坡、西坡\n")).collect();
    let folder = county(&format!("{head}{rows}"));
    let args = ["batch", "county/template.toml", "--values", "towns.csv", "-q"];
    let human = run(folder.path(), &args);
    assert_eq!(human.err.matches("错误[missing-figure]").count(), 50);
    assert!(
        human.err.ends_with("另有 20 镇的 20 处没有列出，各镇的结果见汇总；--message-format json 全部列出\n"),
        "{}",
        human.err
    );
    assert_eq!(human.status, 1);
    let all = run(folder.path(), &[args.as_slice(), &["--message-format", "json"]].concat());
    assert_eq!(all.err.matches("missing-figure").count(), 70);
}

#[test]
fn towns_that_are_twice_or_share_a_file_are_told_before_any_is_written() {
    let rows = "青石,青石镇,500,300、200,96.5,2025-03-18,东坡、西坡\n";
    let head = "名称,town,植树,柳树和杨树,成活率X%,验收日期,示范点\n";
    let other = rows.replace("青石,", "柳林,");
    let folder = county(&format!("{head}{rows}{rows}{other}{}", rows.replace("青石", "白沙")));
    let ended = batch(folder.path(), &["--values", "towns.csv", "-o", "out"]);
    let told: Vec<&str> = ended.err.lines().collect();
    assert_eq!(
        told,
        [
            "towns.csv:2:1: error[duplicate-town]: “青石”有 2 份，不知以哪一份为准",
            "towns.csv:2:1: error[output-collision]: “青石镇植树工作汇报”也是“柳林”的文件名",
            "towns.csv:3:1: error[duplicate-town]: “青石”有 2 份，不知以哪一份为准",
            "towns.csv:3:1: error[output-collision]: “青石镇植树工作汇报”也是“柳林”的文件名",
            "towns.csv:4:1: error[output-collision]: “青石镇植树工作汇报”也是“青石”的文件名",
            "towns.csv:4:4: error[duplicate-town]: “柳林”这一行里填的是另一个镇的名称：青石镇",
        ]
    );
    assert_eq!(names(&folder.path().join("out")).len(), 4, "白沙 is built");
}

#[test]
fn a_fault_of_the_template_or_of_a_head_stops_all() {
    let folder = county("town,XXX镇,植树\n青石,青石镇,5\n");
    let ended = batch(folder.path(), &["--values", "towns.csv"]);
    assert_eq!(ended.err, "towns.csv:1:6: error[duplicate-figure]: “XXX镇”写了两次\n");
    let ended = batch(folder.path(), &["--values", "towns.csv", "--name-column", "镇名"]);
    assert!(ended.err.contains("error[bad-table]: 表头里没有“镇名”这一列"), "{}", ended.err);
    write(folder.path(), "county/template.toml", TEMPLATE.replace("株数", "株数\"\nchek = \""));
    let ended = batch(folder.path(), &["--values", "towns.csv"]);
    assert!(ended.err.starts_with("county/template.toml:") && ended.err.contains("unknown-key"), "{}", ended.err);
    assert_eq!((ended.status, names(folder.path()).len()), (1, 2), "nothing is written");
    assert_eq!(batch(folder.path(), &["--values", "none.csv"]).status, 2);
}

#[test]
fn threads_and_shards_make_the_same_files() {
    let folder = county(TABLE);
    for (jobs, out) in [("1", "one"), ("7", "seven")] {
        assert_eq!(batch(folder.path(), &["--values", "towns.csv", "-o", out, "-j", jobs]).status, 0);
    }
    for shard in ["1/2", "2/2"] {
        assert_eq!(batch(folder.path(), &["--values", "towns.csv", "-o", "shards", "--shard", shard]).status, 0);
    }
    let [one, seven, shards] = ["one", "seven", "shards"].map(|name| folder.path().join(name));
    assert_eq!(names(&one), names(&seven));
    for name in names(&one) {
        assert!(bytes(&one, &name) == bytes(&seven, &name), "{name}");
        if !name.starts_with("summary") {
            assert!(bytes(&one, &name) == bytes(&shards, &name), "{name}");
        }
    }
    assert_eq!(summary(&shards, "summary.2-2.json"), [("柳林".into(), State::Built)]);
    assert_eq!(batch(folder.path(), &["--values", "towns.csv", "--shard", "3/2"]).status, 2);
    let merge = ["summary", "merge", "shards/summary.1-2.json", "shards/summary.2-2.json"];
    assert_eq!(run(folder.path(), &merge).out, "共 2 镇，汇总 shards/summary.csv\n");
    for name in ["summary.csv", "summary.json"] {
        assert!(bytes(&one, name) == bytes(&shards, name), "{name}");
    }
    let elsewhere = [&merge[..], &["-o", "new/all", "-q"]].concat();
    assert_eq!((run(folder.path(), &elsewhere).status, names(&folder.path().join("new/all")).len()), (0, 2));
    assert_eq!(run(folder.path(), &["summary", "merge", "towns.csv"]).status, 2);
}

#[test]
fn what_has_not_changed_is_not_made_again() {
    let folder = county(TABLE);
    let args = ["--values", "towns.csv", "-o", "out", "--skip-unchanged"];
    let out = folder.path().join("out");
    let states = |expected: [State; 2]| {
        assert_eq!(batch(folder.path(), &args).status, 0);
        assert_eq!(summary(&out, "summary.json").into_iter().map(|(_, state)| state).collect::<Vec<_>>(), expected);
    };
    states([State::Built, State::Built]);
    let first = bytes(&out, "青石镇植树工作汇报.pdf");
    states([State::Unchanged, State::Unchanged]);
    write(folder.path(), "towns.csv", TABLE.replace("96.5", "97.5"));
    states([State::Built, State::Unchanged]);
    assert!(first != bytes(&out, "青石镇植树工作汇报.pdf"));
    write(&out, "柳林镇植树工作汇报.docx", "typed over");
    let refused = batch(folder.path(), &args);
    assert!(refused.status == 2 && refused.err.contains("foreign-output"), "{}", refused.err);
    assert_eq!(bytes(&out, "柳林镇植树工作汇报.docx"), b"typed over", "the other town goes on");
    std::fs::remove_file(out.join("柳林镇植树工作汇报.docx")).unwrap();
    states([State::Unchanged, State::Built]);
    write(folder.path(), "county/template.toml", TEMPLATE.replace("验收，", "查验，"));
    states([State::Built, State::Built]);
    // Of one town alone: the line of the other stays.
    assert_eq!(batch(folder.path(), &["--values", "towns.csv", "-o", "out", "--only", "柳林"]).status, 0);
    assert_eq!(summary(&out, "summary.json").len(), 2);
    let none = batch(folder.path(), &["--values", "towns.csv", "--only", "荷塘"]);
    assert!(none.err.contains("数表里没有“荷塘”") && none.status == 1, "{}", none.err);
}

/// A grey PNG of this width.
fn png(width: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(width, 2).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[test]
fn pictures_and_tables_stand_beside_the_file_that_names_them_and_are_made_anew_when_they_change() {
    let folder = county(TABLE);
    let shown = "\n[[section]]\ntext = \"![苗木](tree.png)\"\n[[section.table]]\nsource = \"tree.csv\"\n";
    write(folder.path(), "county/template.toml", TEMPLATE.to_owned() + shown);
    write(folder.path(), "county/tree.png", png(3));
    write(folder.path(), "county/tree.csv", "树种,株\n柳,300\n");
    let args = ["--values", "towns.csv", "-o", "out", "--skip-unchanged"];
    let out = folder.path().join("out");
    let states = |expected: State| {
        let ended = batch(folder.path(), &args);
        assert_eq!(ended.status, 0, "{}", ended.err);
        assert!(summary(&out, "summary.json").into_iter().all(|(_, state)| state == expected));
    };
    states(State::Built);
    states(State::Unchanged);
    write(folder.path(), "county/tree.png", png(4));
    states(State::Built);
    states(State::Unchanged);
    write(folder.path(), "county/tree.csv", "树种,株\n柳,400\n");
    states(State::Built);
    // A town's own file names what stands beside itself.
    let own = "template = \"../county/template.toml\"\n[figures]\n\"XXX镇\" = \"柳林镇\"\n\
               \"trees>植树X株\" = 800\n\"柳树X株、杨树X株\" = [500, 300]\n\"成活率XX.X%\" = 93.0\n\
               \"X月X日\" = 2025-04-02\n\"XXX、XXX等X个示范点\" = \"南滩、北滩\"\n\
               [[section]]\n[[section.picture]]\nfile = \"own.png\"\n";
    write(folder.path(), "own/柳林.toml", own);
    let args = ["--values", "own", "-o", "mine", "--skip-unchanged"];
    let missing = batch(folder.path(), &args);
    assert!(missing.status == 1 && missing.err.contains("own/柳林.toml:"), "{}", missing.err);
    write(folder.path(), "own/own.png", png(5));
    let mine = |expected| {
        assert_eq!(batch(folder.path(), &args).status, 0);
        assert_eq!(summary(&folder.path().join("mine"), "summary.json"), [("柳林".to_owned(), expected)]);
    };
    mine(State::Built);
    mine(State::Unchanged);
    write(folder.path(), "own/own.png", png(6));
    mine(State::Built);
}

#[test]
fn a_target_that_can_t_be_replaced_is_that_town_s_failure() {
    let folder = county(TABLE);
    write(folder.path(), "out/青石镇植树工作汇报.pdf/x", "a folder");
    let ended = batch(folder.path(), &["--values", "towns.csv", "-o", "out"]);
    assert_eq!(ended.status, 2);
    assert!(ended.err.contains("error[io]"), "{}", ended.err);
    let states = summary(&folder.path().join("out"), "summary.json");
    assert_eq!(states, [("青石".into(), State::Failed), ("柳林".into(), State::Built)]);
    assert!(
        !names(&folder.path().join("out")).contains(&"青石镇植树工作汇报.docx".to_owned()),
        "its twin is not there"
    );
}

#[test]
fn an_accepted_rule_is_in_the_summary_with_its_reason() {
    let folder = county(TABLE);
    let town = |first: &str| {
        format!(
            "{first}[figures]\ntown = \"青石镇\"\n\"植树X株\" = 510\n\"柳树X株、杨树X株\" = [300, 200]\n\"成活率X%\" = 96.5\n\"X月X日\" = 2025-03-18\n\"XXX、XXX等X个示范点\" = \"东坡、西坡\"\n[[accept]]\nrule = \"株数\"\nreason = \"含零星补植10株\"\n"
        )
    };
    write(folder.path(), "towns/青石.toml", town(""));
    write(folder.path(), "towns/柳林.toml", town("template = \"../other.toml\"\n").replace("青石", "柳林"));
    let ended = batch(folder.path(), &["--values", "towns", "-o", "out"]);
    assert!(ended.err.contains("towns/柳林.toml:1:12: error[other-template]"), "{}", ended.err);
    let out = folder.path().join("out");
    assert_eq!(summary(&out, "summary.json"), [("柳林".into(), State::Faults), ("青石".into(), State::Built)]);
    let csv = String::from_utf8(bytes(&out, "summary.csv")).unwrap();
    assert!(csv.contains("青石,已生成,0,0,株数：含零星补植10株,"), "{csv}");
}

#[test]
fn figures_are_compared_with_those_of_the_last_report() {
    let folder = tempdir().unwrap();
    let report = |values: [&str; 5]| {
        let [a, b, c, d, e] = values;
        format!(
            "[report]\ntitle = \"汇报\"\n[[section]]\nid = \"s\"\ntext = \"开会X次，走访X户，投入X万元，植树X株，占X%。\"\n[section.figures]\n\"开会X次\" = {a}\n\"走访X户\" = {b}\n\"投入X万元\" = {c}\n\"植树X株\" = {d}\n\"占X%\" = {e}\n"
        )
    };
    write(folder.path(), "last.toml", report(["12", "300", "20.5", "400", "85.0"]).replace("X户", "XX户"));
    write(folder.path(), "now.toml", report(["10", "3100", "20.50", "400", "80.0"]));
    let ended = run(folder.path(), &["check", "now.toml", "--against", "last.toml", "--message-format", "short"]);
    assert_eq!(
        ended.out,
        "now.toml:7:10: warning[fell-since-last]: “开会X次”上次是 12，这次少了：10\n\
         now.toml:8:10: warning[jumped-since-last]: “走访X户”上次是 300，这次是 3100，相差太大\n\
         now.toml:9:11: warning[same-as-last]: “投入X万元”和上次一样，都是 20.50\n\
         now.toml:10:10: warning[same-as-last]: “植树X株”和上次一样，都是 400\n"
    );
    assert_eq!(ended.status, 0);
    assert_eq!(run(folder.path(), &["check", "now.toml"]).err, "");
    assert_eq!(run(folder.path(), &["check", "now.toml", "--against", "none.toml"]).status, 2);
}

#[test]
fn a_template_alone_is_checked_and_not_built() {
    let folder = county(TABLE);
    let check = run(folder.path(), &["check", "county/template.toml"]);
    assert_eq!((check.status, check.err.as_str()), (0, "错误 0 处，警告 0 处；要填的数 6 个，已填 0 个\n"));
    let build = run(folder.path(), &["build", "county/template.toml", "--message-format", "short"]);
    assert_eq!(build.status, 1);
    assert!(
        build.err.contains("county/template.toml:2:1: error[unfilled-template]: 这是模板，还有 6 个数没有填"),
        "{}",
        build.err
    );
    // What is no template by its own words is checked as one where that is asked for.
    write(folder.path(), "plain.toml", TEMPLATE.replace("[template]\nname = \"植树工作汇报\"\n", ""));
    assert_eq!(run(folder.path(), &["check", "plain.toml"]).status, 1);
    assert_eq!(run(folder.path(), &["check", "plain.toml", "--template"]).status, 0);
}
