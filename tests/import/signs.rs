//! Signs that look like others, stars, years in brackets, pictures on the web: each is a hole, or kept and told.

use report_gen::diag::Code;

use super::imported;

/// The report file of a draft, and what was told: each by its code, with the words at its place.
fn read(text: &str) -> (String, Vec<(Code, String)>) {
    let imported = imported("draft.txt", text, false);
    let sources = &imported.sources;
    let told = imported.diagnostics.iter().map(|fault| (fault.code, sources.text(fault.span().unwrap()).to_owned()));
    (imported.toml.clone().unwrap(), told.collect())
}

fn keys(toml: &str) -> Vec<&str> {
    let lines = toml.lines().filter(|line| line.starts_with('"') && line.contains("\" = "));
    lines.map(|line| line.split('"').nth(1).unwrap()).collect()
}

#[test]
fn an_open_year_in_brackets_switches_off_no_other() {
    let (toml, told) =
        read("青石县人民政府文件\n青政发〔20XX〕XX号\n20XX年以来，投入资金X万元，共20XX人。\n20XX年投入资金。\n");
    assert!(!toml.contains("literal"), "{toml}");
    // The damaged number is kept at its place, and the years beside it are open.
    assert!(toml.contains("共20\\XX人。\n20XX年投入资金"), "{toml}");
    assert!(told.contains(&(Code::Guessed, "20XX".to_owned())), "{told:?}");
    assert!(keys(&toml).iter().any(|key| key.starts_with("20XX年")), "{toml}");
}

#[test]
fn stars_before_units_in_brackets_and_at_the_end_are_holes() {
    let (toml, told) = read("工作汇报\n化解积案*件，其中领导包案*（第一批*件，第二批*），投入**万元，办结*件，占比*\n");
    assert!(toml.contains("化解积案X件，其中领导包案X（第一批X件，第二批X），投入XX万元，办结X件，占比X\n"), "{toml}");
    assert_eq!(told.iter().filter(|(code, _)| *code == Code::Guessed).count(), 7, "{told:?}");
    let (toml, _) = read("〔*〕街道工作总结\n〔*〕街道召开会议*次。\n");
    assert!(toml.contains("title = \"X街道工作总结\"") && toml.contains("X街道召开会议X次。"), "{toml}");
}

#[test]
fn stars_that_stay_are_told() {
    for (draft, kept, at) in [
        ("镇人民**向县人民**签订责任状。", "镇人民\\*\\*向县人民\\*\\*签订责任状。", "**向县人民**"),
        ("面积为长*宽*高。", "面积为长\\*宽\\*高。", "*宽*"),
    ] {
        let (toml, told) = read(&format!("工作汇报\n{draft}\n"));
        assert!(toml.contains(kept), "{toml}");
        assert!(told.contains(&(Code::Guessed, at.to_owned())), "{told:?}");
    }
}

#[test]
fn what_looks_like_a_hanzi_becomes_one_and_a_cross_is_a_hole() {
    let (toml, told) = read("XXX镇⼯作汇报\n⼀、基本情况\n召开党委会✕次，⾏政村X个。\n⼆、下⼀步打算\n继续努⼒。\n");
    assert!(toml.contains("title = \"XXX镇工作汇报\"") && toml.contains("heading = \"下一步打算\""), "{toml}");
    assert_eq!(keys(&toml), ["XXX镇", "召开党委会×次", "行政村X个"]);
    assert_eq!(told, [(Code::Guessed, "⼯".to_owned())], "once for all, with the first place");
}

#[test]
fn a_picture_that_is_not_beside_the_draft_is_told() {
    for line in ["![图片](https://www.example.com/image.png)", "见<img src=\"a.png\">。", "![图](a.png)"] {
        let (toml, told) = read(&format!("工作汇报\n前一段。\n{line}\n后一段。\n"));
        assert_eq!(told, [(Code::NotImported, line.to_owned())], "{toml}");
        assert!(toml.contains("title = \"工作汇报\""), "{toml}");
    }
}

#[test]
fn more_holes_than_anybody_fills_in_are_refused() {
    for hole in ["X、", "共____户，"] {
        let imported = imported("draft.txt", &format!("工作汇报\n{}\n", hole.repeat(30_000)), false);
        assert!(imported.toml.is_none());
        assert_eq!(imported.diagnostics.len(), 1);
        assert!(imported.diagnostics[0].message.zh.contains("30000"), "{:?}", imported.diagnostics[0]);
    }
}
