//! A five-page report in invented words, for the bench and for tests of the pages.
#![allow(dead_code, reason = "each of those that share this file uses what it needs")]

use report_gen::doc::{Block, BlockKind, Doc, Gap, Inline, Meta, Outline};
use report_gen::fonts::Role;
use report_gen::manifest::Style;
use report_gen::source::Span;

/// A stretch of text in one face.
pub(crate) fn inline(text: &str, role: Role) -> Inline {
    Inline::new(text, role)
}

/// A paragraph.
pub(crate) fn block(kind: BlockKind, content: Vec<Inline>) -> Block {
    Block { kind, content, outline: None, space_after: 0, span: Span::default() }
}

fn heading(level: u8, role: Role, text: &str) -> Block {
    let id = format!("h{}", text.len());
    Block {
        outline: Some(Outline { level, title: text.to_string(), id }),
        ..block(BlockKind::Heading(level), vec![inline(text, role)])
    }
}

fn lead(text: &str, rest: &str) -> Block {
    let lead = Inline { bold: true, ..inline(text, Role::Body) };
    block(BlockKind::Paragraph, vec![lead, inline(rest, Role::Body)])
}

/// A report of `blocks`.
pub(crate) fn report(blocks: Vec<Block>) -> Doc {
    let meta = Meta {
        title: "中共青石镇委员会关于农村人居环境整治提升工作的情况汇报".to_string(),
        author: Some("中共青石镇委员会".to_string()),
        lang: "zh-CN".to_string(),
        date: None,
        created: Some(1_700_467_200),
    };
    Doc { meta, style: Style::default(), blocks, notes: Vec::new(), draft: None }
}

/// The report of five pages.
pub(crate) fn five_pages() -> Doc {
    let title = "中共青石镇委员会关于农村人居环境整治提升工作的情况汇报";
    let mut blocks = vec![
        block(BlockKind::Title, vec![inline(title, Role::Title)]),
        block(BlockKind::Byline, vec![inline("中共青石镇委员会", Role::Heading2)]),
        Block { space_after: 1, ..block(BlockKind::Dateline, vec![inline("（2023年11月20日）", Role::Heading2)]) },
        block(BlockKind::Salutation, vec![inline("县委督导组：", Role::Body)]),
        block(
            BlockKind::Paragraph,
            vec![inline(
                "今年以来，青石镇坚持把人居环境整治作为“一把手”工程来抓，先后召开党委会12次、专题推进会8次，\
                 印发《青石镇农村人居环境整治提升实施方案（2023—2025年）》，全镇18个行政村、126个村民小组\
                 全部动员起来，取得了初步成效。现将有关情况汇报如下。",
                Role::Body,
            )],
        ),
    ];
    for (chapter, name) in ["一、主要做法", "二、取得成效", "三、存在问题", "四、下步打算"].into_iter().enumerate()
    {
        blocks.push(heading(1, Role::Heading1, name));
        let sections = ["（一）压实责任", "（二）补齐短板"];
        for (section, name) in sections.into_iter().enumerate().take(if chapter == 0 { 2 } else { 1 }) {
            blocks.push(heading(2, Role::Heading2, name));
            let n = chapter * 2 + section + 3;
            blocks.push(lead(
                "一是高位推动抓落实。",
                &format!(
                    "成立由党委书记、镇长任“双组长”的领导小组，下设{n}个专班，实行“周调度、月通报、季观摩”，\
                     累计开展现场督办{}次，发现问题{}个，已整改{}个，整改率达{}.5%；对进展缓慢的3个村，由镇纪委\
                     约谈村党组织书记，并在全镇通报。",
                    n * 7,
                    n * 31,
                    n * 30,
                    90 + n
                ),
            ));
            blocks.push(lead(
                "二是多方联动聚合力。",
                "坚持“政府主导、群众主体、社会参与”，发动党员、志愿者、乡贤1,286人次，清理垃圾3,460.5吨、沟渠\
                 72公里，拆除违建215处；落实“门前三包”——包卫生、包绿化、包秩序，评选“最美庭院”320户，群众满意度\
                 由82%提高到96.7%。村民张某（某村三组）说：“路宽了，灯亮了，心里也敞亮了！”",
            ));
            blocks.push(block(
                BlockKind::Paragraph,
                vec![inline(
                    "同时，强化资金保障，统筹涉农资金560万元，争取上级补助￥1,200,000元，引导社会资本投入300余万元，\
                     采用EPC模式建设污水处理站6座、公厕24座，日处理能力达5×10吨以上，水质稳定达到一级A标准……",
                    Role::Body,
                )],
            ));
        }
    }
    report(blocks)
}

/// A report that has something of everything that makes extraction hard, and of every kind of block.
pub(crate) fn hard() -> Doc {
    let mut doc = five_pages();
    let texts = [
        "行末数字很长的一段文字需要把整个单词移到下一行去才能排得下来www.example-qingshi-town.gov.invalid/about这样的网址，\
         以及电话0571-12345678、日期2023-11-20、比例1:2.5、温度-3℃、金额￥1,234,567.89元。",
        "生僻字𠮷、𠮶和“单引‘套’双引”、（括号（套）括号）、《甲》《乙》〔2023〕3号、省略……破折——连接～间隔·号；①②③㎡≥5‰→。",
        "The quick brown fox jumps over the lazy dog, don't it? 中文与English混排，Wi-Fi、5G+、A/B、C++都有！！真的？！",
        "全角字母ＡＢＣ、数字１２３、百分号５％、圆点．、连字-、空\u{a0}格、顿、逗，分；冒：问？叹！",
    ];
    for text in texts {
        doc.blocks.push(block(BlockKind::Paragraph, vec![inline(text, Role::Body)]));
        doc.blocks.push(block(BlockKind::Quote, vec![inline(text, Role::Heading2)]));
        let bold = Inline { bold: true, gap: Some(Gap::Others), ..inline(text, Role::Body) };
        doc.blocks.push(block(BlockKind::ListItem(1), vec![inline("1.", Role::Body), inline(text, Role::Body)]));
        doc.blocks.push(block(BlockKind::ListItem(2), vec![inline("• ", Role::Body), bold]));
        doc.blocks.push(block(BlockKind::Heading(1), vec![inline(text, Role::Heading1)]));
    }
    // A sentence that leads its paragraph, over a line's end.
    let words = "是把一句话写得这样长，长到第一行放不下，还要转到第二行才说得完";
    let outline = Outline { level: 2, title: words.to_string(), id: "lead".to_string() };
    let led = block(BlockKind::Paragraph, vec![inline(words, Role::Body), inline("。此后是正文。", Role::Body)]);
    doc.blocks.push(Block { outline: Some(outline), ..led });
    doc
}
