//! The PDF as lopdf reads it back.

use lopdf::{Dictionary, Document, Object};

use super::*;
use crate::doc::{Block, BlockKind, Doc, Inline, Meta, Outline};
use crate::fonts::Role;
use crate::layout::layout;
use crate::manifest::Style;
use crate::source::Span;

fn inline(text: &str, role: Role) -> Inline {
    Inline::new(text, role)
}

fn block(kind: BlockKind, content: Vec<Inline>) -> Block {
    Block { kind, content, outline: None, space_after: 0, span: Span::default() }
}

fn heading(level: u8, text: &str) -> Block {
    let outline = Outline { level, title: text.to_string(), id: format!("h{level}") };
    Block { outline: Some(outline), ..block(BlockKind::Heading(level), vec![inline(text, Role::Heading1)]) }
}

fn doc(blocks: Vec<Block>) -> Doc {
    let meta = Meta {
        title: "青石镇工作汇报".to_string(),
        author: Some("青石镇委员会".to_string()),
        lang: "zh-CN".to_string(),
        date: None,
        created: Some(1_700_467_199),
    };
    Doc { meta, style: Style::default(), blocks, notes: Vec::new(), draft: None }
}

fn bytes(doc: &Doc) -> Vec<u8> {
    let fonts = Fonts::bundled();
    write(&layout(doc, &fonts).unwrap(), doc, &fonts).unwrap()
}

fn report() -> Doc {
    doc(vec![
        block(BlockKind::Title, vec![inline("青石镇工作汇报", Role::Title)]),
        heading(1, "一、基本情况"),
        heading(2, "（一）党建"),
        block(BlockKind::Paragraph, vec![inline("召开党委会12次，𠮷某等9人参加。", Role::Body)]),
        heading(2, "（二）整改"),
        heading(1, "二、下步打算"),
    ])
}

fn text(object: &Object) -> String {
    lopdf::decode_text_string(object).unwrap()
}

fn dict(document: &Document, id: &Object) -> Dictionary {
    document.get_dictionary(id.as_reference().unwrap()).unwrap().clone()
}

#[test]
fn properties_say_the_same_twice() {
    let document = Document::load_mem(&bytes(&report())).unwrap();
    assert_eq!(document.version, "1.7");
    let info = dict(&document, document.trailer.get(b"Info").unwrap());
    assert_eq!(text(info.get(b"Title").unwrap()), "青石镇工作汇报");
    assert_eq!(text(info.get(b"Author").unwrap()), "青石镇委员会");
    assert_eq!(text(info.get(b"CreationDate").unwrap()), "D:20231120075959Z");
    assert!(!info.has(b"Trapped") && !info.has(b"GTS_PDFXVersion"));
    let catalog = document.catalog().unwrap();
    assert_eq!(text(catalog.get(b"Lang").unwrap()), "zh-CN");
    let viewer = catalog.get(b"ViewerPreferences").unwrap().as_dict().unwrap();
    assert!(viewer.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
    let xmp = document.get_object(catalog.get(b"Metadata").unwrap().as_reference().unwrap()).unwrap();
    let xmp = String::from_utf8(xmp.as_stream().unwrap().content.clone()).unwrap();
    for part in ["青石镇工作汇报", "青石镇委员会", "<xmp:CreateDate>2023-11-20T07:59:59Z<"] {
        assert!(xmp.contains(part), "{part} in {xmp}");
    }
}

#[test]
fn without_a_creation_time_there_is_no_date() {
    let mut doc = report();
    doc.meta.created = None;
    let document = Document::load_mem(&bytes(&doc)).unwrap();
    let info = dict(&document, document.trailer.get(b"Info").unwrap());
    assert!(!info.has(b"CreationDate") && !info.has(b"ModDate"));
}

#[test]
fn the_outline_is_a_tree_that_points_to_pages() {
    let document = Document::load_mem(&bytes(&report())).unwrap();
    let root = dict(&document, document.catalog().unwrap().get(b"Outlines").unwrap());
    assert_eq!(root.get(b"Count").unwrap().as_i64().unwrap(), 4);
    let first = dict(&document, root.get(b"First").unwrap());
    assert_eq!(text(first.get(b"Title").unwrap()), "一、基本情况");
    assert_eq!(first.get(b"Count").unwrap().as_i64().unwrap(), 2);
    let child = dict(&document, first.get(b"First").unwrap());
    assert_eq!(text(child.get(b"Title").unwrap()), "（一）党建");
    let sibling = dict(&document, child.get(b"Next").unwrap());
    assert_eq!(text(sibling.get(b"Title").unwrap()), "（二）整改");
    assert_eq!(sibling.get(b"Prev").unwrap(), first.get(b"First").unwrap());
    let last = dict(&document, first.get(b"Next").unwrap());
    assert_eq!(text(last.get(b"Title").unwrap()), "二、下步打算");
    assert!(!last.has(b"Count"), "a line with nothing under it counts nothing");
    let place = child.get(b"Dest").unwrap().as_array().unwrap();
    assert_eq!(place[0].as_reference().unwrap(), document.get_pages()[&1]);
    // The third line of the page: 37 mm and two lines of 28.95 pt from the top.
    let top = f64::from(place[3].as_float().unwrap());
    assert!((top - (297.0 - 37.0) / 25.4 * 72.0 + 2.0 * 28.95).abs() < 0.01, "{top}");
}

#[test]
fn faces_are_embedded_and_cut_down() {
    let file = bytes(&report());
    assert!(file.len() < 60_000, "{}", file.len());
    let document = Document::load_mem(&file).unwrap();
    let mut names = Vec::new();
    for object in document.objects.values() {
        let Ok(dict) = object.as_dict() else { continue };
        if dict.has_type(b"FontDescriptor") {
            assert!(dict.has(b"FontFile2"));
            names.push(String::from_utf8_lossy(dict.get(b"FontName").unwrap().as_name().unwrap()).into_owned());
        }
    }
    names.sort_by_key(|name| name[7..].to_string());
    let families: Vec<&str> = names.iter().map(|name| &name[7..]).collect();
    // No 楷体 is used; digits and 𠮷 come from 宋体 and the rare face.
    assert_eq!(families, ["ReportGenFangSong", "ReportGenHei", "ReportGenRare", "ReportGenSong", "ReportGenTitle"]);
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let first = bytes(&report());
    assert_eq!(first, bytes(&report()));
    let mut other = report();
    other.blocks[3].content[0].text.push('！');
    let id = |file: &[u8]| Document::load_mem(file).unwrap().trailer.get(b"ID").unwrap().clone();
    assert_ne!(id(&first), id(&bytes(&other)));
}

#[test]
fn an_outline_that_skips_a_level_has_no_hole() {
    let doc = doc(vec![heading(1, "甲"), heading(3, "乙"), heading(2, "丙")]);
    let document = Document::load_mem(&bytes(&doc)).unwrap();
    let root = dict(&document, document.catalog().unwrap().get(b"Outlines").unwrap());
    let first = dict(&document, root.get(b"First").unwrap());
    let child = dict(&document, first.get(b"First").unwrap());
    assert_eq!(text(child.get(b"Title").unwrap()), "乙");
    assert_eq!(text(dict(&document, child.get(b"Next").unwrap()).get(b"Title").unwrap()), "丙");
}
