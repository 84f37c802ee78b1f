//! `figures --suggest-rules`: what is proposed reads as a rule, holds for figures that agree and breaks for others; and
//! plain sentences ask for nothing.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use report_gen::batch::{Job, list, run};
use report_gen::diag::{Code, Lang};
use report_gen::figures::suggest::toml;
use report_gen::fonts::Fonts;
use report_gen::world::Memory;

/// A sentence, figures in its order that agree, figures that do not, and the rules that it asks for.
const ASKING: &[(&str, &[&str], &[&str], usize)] = &[
    ("排查问题X个，已整改X个，正在整改X个。", &["12", "7", "5"], &["12", "7", "4"], 1),
    ("受理群众诉求X件，已办结X件，正在办理X件。", &["320", "275", "45"], &["320", "275", "54"], 1),
    ("在建项目X个，已完工X个，正在施工X个，未开工X个。", &["9", "4", "3", "2"], &["9", "4", "3", "3"], 1),
    ("抽检食品X批次，检验合格X批次，不合格X批次。", &["60", "58", "2"], &["60", "58", "3"], 1),
    ("登记房屋X栋，已加固X栋，其余X栋。", &["31", "20", "11"], &["31", "20", "12"], 1),
    ("排查隐患X处，其中重大隐患X处。", &["40", "3"], &["3", "40"], 1),
    ("现有党员X名，其中女党员X名，占X%。", &["64", "21", "32.8"], &["64", "21", "38.2"], 2),
    ("应整改问题X个，已整改X个，整改率X%。", &["118", "113", "95.8"], &["118", "113", "98.5"], 1),
    ("计划新修水渠X公里，完成X公里，完成率达X%。", &["8.5", "6.8", "80"], &["8.5", "6.8", "82"], 1),
    ("共有网格员X名，已培训X名，未培训X名，培训率X%。", &["50", "45", "5", "90"], &["50", "45", "6", "91"], 2),
    ("实现收入X万元，去年同期X万元，同比增长X%。", &["468.2", "430.0", "8.9"], &["468.2", "430.0", "9.8"], 1),
    ("接到警情X起，上年同期X起，同比下降X%。", &["75", "100", "25"], &["75", "100", "-25"], 1),
];

/// Sentences whose figures have nothing to do with each other, though their words come near.
const PLAIN: &[&str] = &[
    "召开党委会X次，培训干部X人，走访群众X户。",
    "拆除违建X处，已复绿X亩，正在推进X个项目。",
    "投入资金X万元，争取上级资金X万元。",
    "群众满意度达X%，较上年提高X个百分点。",
    "已发放手册X册，已张贴海报X张。",
    "今年已召开会议X次，已开展督导X次，正在筹备活动X次。",
    "种植水稻X亩，已收割油菜X亩，未播种玉米X亩。",
    "化解矛盾X件，已移交线索X件，待办事项X件。",
    "村集体经济收入同比增长X%，人均可支配收入同比增长X%。",
    "完成投资X万元，完成率X%。",
    "检查企业X家，发现隐患X处，整改率X%。",
    "入库粮食X吨，其中优质率X%。",
    "举办活动X场，其中参与群众X人次。",
    "共接访X批，接待群众X批，已答复X批。",
    "走访群众X人，已帮扶X人，关爱未成年人X人。",
    "全镇共有村X个，已建成阵地X个，正在创建示范村X个。",
    "新建厕所X座，改造厕所X座，普及率X%。",
    "党员X名，占X%的支部评为先进。",
    "问题X个。已整改X个，正在整改X个。",
    "收入X万元，支出X万元，同比增长X%。",
];

fn world(report: String) -> Memory {
    Memory { files: [("report.toml".into(), report.into_bytes())].into(), epoch: None }
}

fn report(text: &str) -> String {
    format!("[report]\ntitle = \"工作汇报\"\n[[section]]\ntext = \"{text}\"\n")
}

/// The proposals for a sentence as TOML, and how many there are.
fn proposed(report: &str) -> (String, usize) {
    let listed = list("report.toml", &world(report.to_owned())).unwrap();
    (toml(&listed.proposals, Lang::Zh), listed.proposals.len())
}

/// The codes of what is wrong with a report.
fn faults(report: String) -> Vec<Code> {
    let job = Job { path: "report.toml".into(), ..Job::default() };
    let outcome = run(&job, &world(report), &Fonts::bundled()).unwrap();
    outcome.diagnostics.iter().map(|fault| fault.code).collect()
}

/// The report with the figures of its sentence, in order, and the rules.
fn filled(text: &str, figures: &[&str], rules: &str) -> String {
    let listed = list("report.toml", &world(report(text))).unwrap();
    let lines =
        listed.rows.unwrap().into_iter().zip(figures).map(|(row, value)| format!("\"{}\" = {value}\n", row.key));
    format!("{}[figures]\n{}\n{rules}", report(text), lines.collect::<String>())
}

#[test]
fn what_is_proposed_holds_for_figures_that_agree_and_breaks_for_others() {
    for (text, right, wrong, expected) in ASKING {
        let (rules, count) = proposed(&report(text));
        assert_eq!(count, *expected, "{text}\n{rules}");
        assert_eq!(faults(filled(text, right, &rules)), [], "{text}\n{rules}");
        let broken = faults(filled(text, wrong, &rules));
        assert!(!broken.is_empty() && broken.iter().all(|&code| code == Code::RuleBroken), "{text}\n{rules}{broken:?}");
    }
}

#[test]
fn plain_sentences_ask_for_nothing() {
    let asked: Vec<String> =
        PLAIN.iter().map(|text| proposed(&report(text))).filter(|(_, n)| *n > 0).map(|(rules, _)| rules).collect();
    assert_eq!(asked, [""; 0], "{} false proposals of {} sentences", asked.len(), PLAIN.len());
}

#[test]
fn what_the_report_has_is_not_proposed_again() {
    let all: String = ASKING.iter().map(|(text, ..)| *text).collect();
    let (rules, count) = proposed(&report(&all));
    assert!(count >= 10 && rules.contains("id = \"办结平衡\""), "{rules}");
    assert_eq!(proposed(&format!("{}{rules}", report(&all))), (String::new(), 0));
}

#[test]
fn a_sentence_is_told_with_the_figures_that_it_has() {
    let text = "排查问题X个，已整改X个，正在整改X个。";
    let (rules, _) = proposed(&filled(text, &["12", "7"], ""));
    assert_eq!(
        rules,
        "# 排查问题12个，已整改7个，正在整改X个。\n[[rule]]\nid = \"整改平衡\"\n\
         check = '\"排查问题X个\" == \"已整改X个\" + \"正在整改X个\"'\nmessage = \"整改数与总数对不上\"\n"
    );
}
