//! Issued documents, measured on the pages: 版头, red rules, seals and 版记 stand where GB/T 9704 puts them, to a tenth of a
//! millimetre.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use tempfile::tempdir;

use crate::example;
use crate::program::{bytes, names, run, write};
use report_gen::doc::Doc;
use report_gen::fonts::Fonts;
use report_gen::layout::{Area, Ink, Item, Line, Page, Pages, Part, colophon_page, layout, settle};
use report_gen::layout::{ColophonPage, centres};
use report_gen::length::Length;
use report_gen::world::Memory;

/// From one line of the text to the next.
const PITCH: Length = Length::twips(579);
/// The most that a measure may differ.
const NEAR: f64 = 0.1;

/// A document of `lines` of `[document]`, with a text of so many paragraphs.
fn document(lines: &str, paragraphs: usize) -> Doc {
    titled("关于修渠的通知", lines, paragraphs)
}

/// The same, whose title ends in `matter`.
fn titled(matter: &str, lines: &str, paragraphs: usize) -> Doc {
    let text = "请各乡镇抓紧修渠。\n\n".repeat(paragraphs);
    let file = format!(
        "[report]\ntitle = \"棠溪县人民政府{matter}\"\nsignature = \"棠溪县人民政府\"\nsigned_on = 2026-03-05\n\
         [document]\n{lines}\n[[section]]\ntext = \"\"\"\n{text}\"\"\"\n"
    );
    let (doc, diags) = example::compiled(&Memory { files: [("report.toml".into(), file.into())].into(), epoch: None });
    assert!(!diags.has_errors(), "{lines}: {:?}", diags.into_sorted());
    doc
}

fn pages(doc: &Doc) -> Pages {
    layout(doc, &Fonts::bundled()).unwrap()
}

/// The upper and the lower edge of the ink of `line`.
fn ink(line: &Line) -> (f64, f64) {
    let fonts = Fonts::bundled();
    let edges = line.runs.iter().flat_map(|run| {
        let face = fonts.face(run.face);
        let upem = f64::from(face.units_per_em());
        let size = run.size.to_mm();
        run.glyphs.iter().filter_map(move |glyph| {
            let bounds = face.tables().glyph_bounding_box(ttf_parser::GlyphId(glyph.id))?;
            let at = |y: i16| line.baseline.to_mm() - f64::from(y) / upem * size;
            Some((at(bounds.y_max), at(bounds.y_min)))
        })
    });
    edges.fold((f64::MAX, f64::MIN), |all, edge| (all.0.min(edge.0), all.1.max(edge.1)))
}

fn red(page: &Page) -> Vec<&Line> {
    page.lines().filter(|line| line.runs.iter().any(|run| run.ink == Ink::Red)).collect()
}

fn red_rules(page: &Page) -> Vec<Area> {
    page.items.iter().filter_map(|item| if let Item::RedRule(area) = item { Some(*area) } else { None }).collect()
}

fn black_rules(page: &Page) -> Vec<Area> {
    page.items.iter().filter_map(|item| if let Item::Rule(area) = item { Some(*area) } else { None }).collect()
}

fn line<'p>(page: &'p Page, words: &str) -> &'p Line {
    page.lines().find(|line| line.text() == words).unwrap_or_else(|| panic!("no line {words}"))
}

fn is_near(found: f64, wanted: f64, what: &str) {
    assert!((found - wanted).abs() <= NEAR, "{what}: {found:.2} mm, wanted {wanted:.2}");
}

#[test]
fn the_head_of_a_document_stands_where_the_standard_puts_it() {
    let lines = "copy = 12\nsecrecy = \"秘密★1年\"\nurgency = \"加急\"\nissuer = \"棠溪县人民政府\"\nnumber = \"棠政发〔2026〕3号\"";
    let pages = pages(&document(lines, 3));
    let page = &pages.pages[0];
    let [mark] = red(page)[..] else { panic!("{}", pages.dump()) };
    assert_eq!(mark.text(), "棠溪县人民政府文件");
    is_near(ink(mark).0, 37.0 + 35.0, "7.2.4: the mark's upper edge");
    let (left, right) = mark.extent().unwrap();
    is_near((left + right).to_mm() / 2.0, 28.0 + 78.0, "7.2.4: in the middle");
    let tops: Vec<f64> = ["000012", "秘密★1年", "加急"].map(|it| line(page, it).baseline.to_mm()).to_vec();
    is_near(tops[1] - tops[0], PITCH.to_mm(), "7.2.2: on the second line");
    is_near(tops[2] - tops[1], PITCH.to_mm(), "7.2.3: under it");
    let number = line(page, "棠政发〔2026〕3号");
    let [rule] = red_rules(page)[..] else { panic!("one rule") };
    is_near(rule.y.to_mm() - ink(number).1, 4.0, "7.2.7: the rule under the number");
    is_near(rule.width.to_mm(), 156.0, "7.2.7: as wide as the type area");
    is_near(rule.x.to_mm(), 28.0, "7.2.7: from its left edge");
    // The boxes of lines have a pitch each, and type of 22 pt stands in the middle of its own.
    let em_top = |line: &Line, size: i64| line.baseline - Length::pt(size).scale(88, 100);
    let of_title = em_top(line(page, "棠溪县人民政府关于修渠的通知"), 22) - (PITCH - Length::pt(22)) / 2;
    is_near((of_title - rule.y - rule.height).to_mm(), PITCH.to_mm() * 2.0, "7.3.1: two lines under the rule");
    let of_number = em_top(number, 16) - (PITCH - Length::pt(16)) / 2;
    let mark_foot = mark.baseline + Length::pt(42).scale(12, 100);
    is_near((of_number - mark_foot).to_mm(), PITCH.to_mm() * 2.0, "7.2.5: two lines under the mark");
}

#[test]
fn a_signer_stands_at_the_right_of_the_number() {
    let lines =
        "issuer = \"棠溪县人民政府\"\nnumber = \"棠政报〔2026〕3号\"\nsigners = [\"程远\", \"汪小满\", \"罗山\"]";
    let pages = pages(&titled("关于修渠情况的报告", lines, 1));
    let page = &pages.pages[0];
    let number = line(page, "棠政报〔2026〕3号");
    is_near(number.extent().unwrap().0.to_mm() - 28.0, Length::centi_pt(1575).to_mm(), "7.2.5: one character in");
    let first = page.lines().find(|line| line.text().starts_with("签发人：")).unwrap();
    let last = page.lines().find(|line| line.text().contains("罗")).unwrap();
    is_near(184.0 - first.extent().unwrap().1.to_mm(), Length::centi_pt(1575).to_mm(), "7.2.6: one character in");
    assert_eq!(last.baseline, number.baseline, "the number is on the last line of the signers");
    let x = |line: &Line, c: char| {
        line.runs.iter().flat_map(|run| &run.glyphs).find(|glyph| glyph.c == c).map(|glyph| glyph.x).unwrap()
    };
    assert_eq!(x(first, '程'), x(last, '罗'), "7.2.6: turned names stand under the first");
}

#[test]
fn a_letter_has_two_double_rules_and_no_number_on_its_first_page() {
    let lines = "form = \"信函\"\nissuer = \"棠溪县水利局\"\ncopy = 7\nnumber = \"棠水函〔2026〕9号\"";
    let pages = pages(&document(lines, 40));
    let page = &pages.pages[0];
    is_near(ink(red(page)[0]).0, 30.0, "10.1: the mark's upper edge");
    let rules = red_rules(page);
    let [upper, upper_thin, lower_thin, lower] = rules[..] else { panic!("{rules:?}") };
    is_near(upper.y.to_mm() - ink(red(page)[0]).1, 4.0, "10.1: the first rule under the mark");
    assert!(upper.height > upper_thin.height && lower.height > lower_thin.height, "thick over thin, thin over thick");
    assert!(upper.y < upper_thin.y && lower_thin.y < lower.y);
    is_near(297.0 - (lower.y + lower.height).to_mm(), 20.0, "10.1: the second rule over the edge of the paper");
    for rule in &rules {
        is_near(rule.width.to_mm(), 170.0, "10.1: how long they are");
        is_near(rule.x.to_mm(), 20.0, "10.1: in the middle of the paper");
    }
    let (copy, number) = (line(page, "000007"), line(page, "棠水函〔2026〕9号"));
    assert_eq!(copy.baseline, number.baseline);
    is_near(184.0 - number.extent().unwrap().1.to_mm(), 0.0, "10.1: the number at the right edge");
    let em_top = copy.baseline - Length::pt(16).scale(88, 100);
    let foot = upper_thin.y + upper_thin.height;
    is_near((em_top - foot).to_mm(), Length::pt(14).to_mm(), "10.1: seven eighths of a character under the rule");
    let numbered = |page: &Page| page.lines().any(|line| line.part == Part::PageNumber);
    assert!(!numbered(page) && numbered(&pages.pages[1]), "10.1: the first page has no number");
    assert!(red_rules(&pages.pages[1]).is_empty());
}

#[test]
fn orders_and_minutes_have_their_marks_at_their_heights() {
    let order = pages(&document("form = \"命令\"\nmark = \"棠溪县人民政府令\"\nnumber = \"第12号\"", 2));
    is_near(ink(red(&order.pages[0])[0]).0, 37.0 + 20.0, "10.2: the mark's upper edge");
    assert!(red_rules(&order.pages[0]).is_empty());
    let minutes = pages(&document("form = \"纪要\"\nmark = \"棠溪县会议纪要\"\npresent = [\"程远\", \"汪小满\"]", 2));
    is_near(ink(red(&minutes.pages[0])[0]).0, 37.0 + 35.0, "10.3: the mark's upper edge");
    let present = minutes.pages[0].lines().find(|line| line.text().starts_with("出席：")).unwrap();
    is_near(
        present.extent().unwrap().0.to_mm() - 28.0,
        Length::centi_pt(1575).to_mm() * 2.0,
        "10.3: two characters in",
    );
}

#[test]
fn a_long_mark_is_squeezed_then_smaller_and_several_issuers_are_as_wide_as_each_other() {
    let mark = |name: &str| {
        let pages = pages(&document(&format!("issuer = \"{name}\""), 1));
        let lines: Vec<Line> = red(&pages.pages[0]).into_iter().cloned().collect();
        lines
    };
    let short = mark("棠溪县人民政府");
    assert_eq!((short[0].runs[0].size, short[0].runs[0].width), (Length::pt(42), 100));
    let long = mark("中共棠溪县委农业农村工作领导小组办公室");
    assert!(long.len() == 1 && long[0].runs[0].width < 100, "{long:?}");
    let (left, right) = long[0].extent().unwrap();
    assert!(left.to_mm() >= 28.0 - NEAR && right.to_mm() <= 184.0 + NEAR);
    let longest = mark("棠溪县清水河流域水土保持和生态修复工程建设指挥部办公室综合协调组");
    assert!(longest.len() > 1, "it is broken");
    let joint = pages(&document("issuer = [\"中共棠溪县委宣传部\", \"棠溪县教育局\"]", 1));
    let lines = red(&joint.pages[0]);
    let [first, second, word] = lines[..] else { panic!("{}", joint.dump()) };
    let edges = |line: &Line| line.extent().map(|(left, right)| (left.to_mm(), right.to_mm())).unwrap();
    is_near(edges(first).0, edges(second).0, "the names begin together");
    is_near(edges(first).1, edges(second).1, "the names end together");
    is_near(word.baseline.to_mm(), (first.baseline + second.baseline).to_mm() / 2.0, "文件 is in the middle of them");
    is_near(ink(first).0, 72.0, "7.2.4: the first one's upper edge");
}

#[test]
fn what_is_printed_on_the_paper_already_is_left_out_and_its_room_stays() {
    let lines = "issuer = \"棠溪县人民政府\"\nnumber = \"棠政发〔2026〕3号\"";
    let (whole, over) = (pages(&document(lines, 3)), pages(&document(&format!("{lines}\noverprint = true"), 3)));
    let black = |pages: &Pages| -> Vec<(String, Length)> {
        let lines = pages.pages.iter().flat_map(|page| page.lines());
        lines
            .filter(|line| line.runs.iter().all(|run| run.ink == Ink::Black))
            .map(|it| (it.text(), it.baseline))
            .collect()
    };
    assert_eq!(black(&whole), black(&over));
    assert!(red(&over.pages[0]).is_empty() && red_rules(&over.pages[0]).is_empty());
}

#[test]
fn the_colophon_ends_at_the_foot_of_an_even_page() {
    let lines = "issuer = \"棠溪县人民政府\"\nnumber = \"棠政发〔2026〕3号\"\ncopies_to = [\"县委办公室\", \"县人武部\"]\n\
                 printed_by = \"棠溪县人民政府办公室\"\nprinted_on = 2026-03-06";
    let fonts = Fonts::bundled();
    let mut seen = Vec::new();
    for paragraphs in [2, 20, 24, 26, 28, 30] {
        let doc = document(lines, paragraphs);
        let pages = pages(&doc);
        let place = colophon_page(&doc, &fonts).unwrap().unwrap();
        seen.push(place);
        assert!(pages.pages.len().is_multiple_of(2), "{paragraphs}: {}", pages.pages.len());
        let last = pages.pages.last().unwrap();
        let [first, middle, foot] = black_rules(last)[..] else { panic!("{}", pages.dump()) };
        is_near((foot.y + foot.height).to_mm(), 297.0 - 35.0, "7.4.1: the last rule on the type area's lower edge");
        for (rule, thick) in [(first, 0.35), (middle, 0.25), (foot, 0.35)] {
            assert!((rule.height.to_mm() - thick).abs() < 0.01, "7.4.1: {thick} mm");
            is_near(rule.width.to_mm(), 156.0, "7.4.1: as wide as the type area");
        }
        let copied = last.lines().find(|line| line.text().starts_with("抄送：")).unwrap();
        assert_eq!(copied.runs[0].size, Length::pt(14), "7.4.2: 四号");
        is_near(copied.extent().unwrap().0.to_mm() - 28.0, Length::pt(14).to_mm(), "7.4.2: one character in");
        assert!(copied.text().ends_with('。'));
        let printed = last.lines().find(|line| line.text() == "2026年3月6日印发").unwrap();
        is_near(184.0 - printed.extent().unwrap().1.to_mm(), Length::pt(14).to_mm(), "7.4.3: one character in");
        let numbered: Vec<bool> =
            pages.pages.iter().map(|page| page.lines().any(|line| line.part == Part::PageNumber)).collect();
        let blank = pages.pages.iter().position(|page| page.items.is_empty());
        match place {
            ColophonPage::AfterABlank => {
                assert_eq!(blank, Some(pages.pages.len() - 2), "7.5: a blank page before");
                assert_eq!(numbered[numbered.len() - 2..], [false, false], "7.5: neither has a number");
            }
            ColophonPage::Last | ColophonPage::Own => assert!(blank.is_none() && numbered.iter().all(|&is| is)),
        }
    }
    for place in [ColophonPage::Last, ColophonPage::Own, ColophonPage::AfterABlank] {
        assert!(seen.contains(&place), "{seen:?}");
    }
}

#[test]
fn offices_stand_under_their_seals_and_the_last_over_the_date() {
    let file = "[report]\ntitle = \"关于修渠的通知\"\nsigned_on = 2026-03-05\n\
                signature = [\"棠溪县水利局\", \"棠溪县财政局\", \"棠溪县农业农村局\"]\n\
                [document]\nissuer = \"棠溪县水利局\"\nseal = true\n[[section]]\ntext = \"请抓紧修渠。\"\n";
    let (doc, _) = example::compiled(&Memory { files: [("report.toml".into(), file.into())].into(), epoch: None });
    let pages = pages(&doc);
    let page = &pages.pages[0];
    let date = line(page, "2026年3月5日").extent().unwrap();
    is_near(184.0 - date.1.to_mm(), Length::centi_pt(1575).to_mm() * 4.0, "7.3.5.1: the date four characters in");
    let row = doc.blocks.iter().rposition(|block| block.text().contains("农业农村局")).unwrap();
    let middles = centres(&doc, row, &Fonts::bundled()).unwrap();
    is_near(28.0 + middles.last().unwrap().to_mm(), (date.0 + date.1).to_mm() / 2.0, "7.3.5.1: over the date");
    for pair in middles.windows(2) {
        assert!((pair[1] - pair[0]).to_mm() > 42.0, "7.3.5.1: seals do not touch");
    }
}

#[test]
fn the_pitch_gives_way_before_a_signature_stands_alone() {
    let of = |paragraphs: usize| {
        let text = "修渠。\n\n".repeat(paragraphs);
        let file = format!(
            "[report]\ntitle = \"汇报\"\nsignature = \"柳溪镇\"\nsigned_on = 2026-03-05\n[[section]]\ntext = \"\"\"\n{text}\"\"\"\n"
        );
        example::compiled(&Memory { files: [("report.toml".into(), file.into())].into(), epoch: None }).0
    };
    let fonts = Fonts::bundled();
    let settled = |paragraphs| {
        let mut doc = of(paragraphs);
        let (pages, lines) = settle(&mut doc, &fonts).unwrap().unwrap();
        assert_eq!(layout(&doc, &fonts).unwrap(), pages, "the pages are those of the report as it is left");
        (pages.pages.len(), lines)
    };
    // The title and an empty line, so many paragraphs, an empty line, the signature and its date: 22 lines, then more.
    assert_eq!(settled(17), (1, None));
    assert_eq!(settled(18), (1, Some(23)));
    assert_eq!(settled(19), (1, Some(24)));
    assert_eq!(settled(24).1, None);
    let mut own = of(18);
    own.style.line_pitch = Length::pt(28);
    assert_eq!(settle(&mut own, &fonts).unwrap().unwrap().1, None, "the report's own pitch stays");
}

#[test]
fn each_copy_of_a_document_has_a_pair_of_files_with_its_number() {
    let folder = tempdir().unwrap();
    let file = "[report]\ntitle = \"棠溪县人民政府关于修渠的通知\"\noutput = \"通知\"\n[document]\ncopy = \"9-11\"\n\
                issuer = \"棠溪县人民政府\"\n[[section]]\ntext = \"请抓紧修渠。\"\n";
    write(folder.path(), "report.toml", file);
    let built = run(folder.path(), &["build", "--to", "docx"]);
    assert_eq!((built.status, built.err.as_str()), (0, ""));
    let made: Vec<String> = names(folder.path()).into_iter().filter(|name| name.ends_with(".docx")).collect();
    assert_eq!(made, ["通知-000009.docx", "通知-000010.docx", "通知-000011.docx"]);
    for (name, number) in made.iter().zip(["000009", "000010", "000011"]) {
        let docx = bytes(folder.path(), name);
        let words = report_gen::wordfile::content(&docx).unwrap();
        assert!(words.contains(number), "{name}: {words}");
    }
    let again = run(folder.path(), &["build", "--to", "docx"]);
    assert_eq!(again.status, 0, "what the program made is made anew: {}", again.err);
}

#[test]
fn one_template_makes_a_document_for_every_town_with_numbers_of_its_own() {
    let folder = tempdir().unwrap();
    let template = "[template]\nname = \"通知\"\n[report]\ntitle = \"XX镇人民政府关于修渠的通知\"\noutput = \"XX镇修渠通知\"\n\
                    [document]\nissuer = \"XX镇人民政府\"\ncopy = \"X{份号}\"\nnumber = \"政发〔2026〕X{文号}号\"\n\
                    addressees = \"各村\"\n[[section]]\ntext = \"修渠X条。\"\n\
                    [figures]\n\"份号\" = { id = \"份号\" }\n\"文号\" = { id = \"文号\" }\n";
    write(folder.path(), "template.toml", template);
    write(folder.path(), "towns.csv", "XX镇,份号,文号,修渠X条\n上滩镇,1,12,3\n高岗镇,20,7,5\n");
    let built = run(folder.path(), &["batch", "template.toml", "--values", "towns.csv", "-o", "out", "--to", "docx"]);
    assert_eq!(built.status, 0, "{}", built.err);
    for (name, copy, number) in
        [("上滩镇修渠通知.docx", "000001", "〔2026〕12号"), ("高岗镇修渠通知.docx", "000020", "〔2026〕7号")]
    {
        let words = report_gen::wordfile::content(&bytes(&folder.path().join("out"), name)).unwrap();
        assert!(words.contains(copy) && words.contains(number), "{name}: {words}");
    }
}
