//! What archives and readers for the blind ask of a PDF, clause by clause, read from the finished file
//! (ISO 19005-1 and -2, GB/T 23286.1 and .2; ISO 14289-1).
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::wildcard_enum_match_arm, reason = "of the kinds of objects two matter here")]

mod tree;

use crate::example;
use crate::report;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::report::{block, inline};
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use report_gen::doc::{BlockKind, Doc, Inline};
use report_gen::fonts::{Fonts, Role};
use report_gen::layout::{layout, page_numbers};
use report_gen::manifest::PdfStandard;
use report_gen::write::pdf;
use tree::{Element, Kid, tree};

const ALL: [PdfStandard; 4] = [PdfStandard::A1b, PdfStandard::A2b, PdfStandard::A2a, PdfStandard::None];

fn bytes(doc: &Doc, standard: PdfStandard) -> Vec<u8> {
    let mut doc = doc.clone();
    doc.style.pdf_standard = standard;
    let fonts = Fonts::bundled();
    pdf::write(&layout(&doc, &fonts).unwrap(), &doc, &fonts).unwrap()
}

fn read(standard: PdfStandard) -> Document {
    Document::load_mem(&bytes(&report::hard(), standard)).unwrap()
}

/// A report and one of its PDFs.
struct Built {
    name: String,
    doc: Doc,
    standard: PdfStandard,
    bytes: Vec<u8>,
}

impl Built {
    fn document(&self) -> Document {
        Document::load_mem(&self.bytes).unwrap()
    }
}

/// A report that has something of everything in every standard, and all examples in the oldest and in the default.
fn built() -> &'static [Built] {
    static BUILT: OnceLock<Vec<Built>> = OnceLock::new();
    BUILT.get_or_init(|| {
        let mut docs = vec![("hard".to_owned(), report::hard(), &ALL[..])];
        for path in example::reports() {
            docs.push((path.display().to_string(), example::read(&path), &[PdfStandard::A1b, PdfStandard::A2a]));
        }
        let mut built = Vec::new();
        for (name, doc, standards) in docs {
            for &standard in standards {
                let (name, bytes) = (format!("{name} {standard:?}"), bytes(&doc, standard));
                built.push(Built { name, doc: doc.clone(), standard, bytes });
            }
        }
        built
    })
}

fn dict<'d>(document: &'d Document, object: &'d Object) -> &'d Dictionary {
    document.dereference(object).unwrap().1.as_dict().unwrap()
}

fn name(dictionary: &Dictionary, key: &[u8]) -> String {
    String::from_utf8(dictionary.get(key).unwrap().as_name().unwrap().to_vec()).unwrap()
}

/// Every dictionary of the file, those of streams included.
fn dictionaries(document: &Document) -> Vec<&Dictionary> {
    fn within<'d>(object: &'d Object, out: &mut Vec<&'d Dictionary>) {
        if let Ok(array) = object.as_array() {
            array.iter().for_each(|object| within(object, out));
        }
        let dictionary = object.as_dict().or_else(|_| object.as_stream().map(|stream| &stream.dict));
        if let Ok(dictionary) = dictionary {
            out.push(dictionary);
            dictionary.iter().for_each(|(_, object)| within(object, out));
        }
    }
    let mut out = Vec::new();
    document.objects.values().for_each(|object| within(object, &mut out));
    out
}

#[test]
fn the_file_is_of_its_version_has_an_id_and_hides_nothing() {
    for Built { name, standard, bytes: file, .. } in built() {
        let version = if *standard == PdfStandard::A1b { "1.4" } else { "1.7" };
        assert!(file.starts_with(format!("%PDF-{version}\n%").as_bytes()), "{name}");
        assert!(file[10..14].iter().all(|&byte| byte > 127), "a reader must see that the file is binary");
        // Object streams came with PDF 1.5.
        let has = |words: &[u8]| file.windows(words.len()).any(|window| window == words);
        assert_eq!(has(b"/ObjStm"), *standard != PdfStandard::A1b);
        assert_eq!(has(b"\nxref"), *standard == PdfStandard::A1b);
        let document = Document::load_mem(file).unwrap();
        let id = document.trailer.get(b"ID").unwrap().as_array().unwrap();
        assert!(id.len() == 2 && id[0] == id[1] && id[0].as_str().unwrap().len() == 16);
        assert!(!document.trailer.has(b"Encrypt"));
        for dictionary in dictionaries(&document) {
            if let Ok(filter) = dictionary.get(b"Filter") {
                // A photograph is as the camera made it.
                let is_picture = dictionary.get(b"Subtype").is_ok_and(|kind| kind.as_name().unwrap() == b"Image");
                let filter = filter.as_name().unwrap();
                assert!(filter == b"FlateDecode" || is_picture && filter == b"DCTDecode", "{name}");
            }
            // Streams in other files, actions, scripts, files within the file, transparency.
            for key in ["FFilter", "AA", "OpenAction", "JS", "JavaScript", "EmbeddedFiles", "EF", "SMask", "Group"] {
                assert!(!dictionary.has(key.as_bytes()), "{key} in {dictionary:?}");
            }
            assert!(!dictionary.has_type(b"ExtGState"));
            // Of actions there are links to addresses, which an archive may keep, and no others.
            assert!(!dictionary.has_type(b"Action") || self::name(dictionary, b"S") == "URI");
        }
    }
}

#[test]
fn the_metadata_claim_the_standard_and_say_what_the_information_says() {
    let claims = [
        (PdfStandard::A1b, Some((1, "B")), false),
        (PdfStandard::A2b, Some((2, "B")), false),
        (PdfStandard::A2a, Some((2, "A")), true),
        (PdfStandard::None, None, false),
    ];
    for (standard, claim, accessible) in claims {
        let document = read(standard);
        let metadata = document.catalog().unwrap().get(b"Metadata").unwrap();
        let stream = document.dereference(metadata).unwrap().1.as_stream().unwrap();
        assert!(!stream.dict.has(b"Filter"), "metadata stand in plain text");
        let xmp = String::from_utf8(stream.content.clone()).unwrap();
        let said = |tag: &str| {
            let (start, end) = (format!("<{tag}>"), format!("</{tag}>"));
            let from = xmp.find(&start)? + start.len();
            let inner = &xmp[from..from + xmp[from..].find(&end)?];
            // Titles and authors stand in a list.
            Some(inner.split("</rdf:li>").next()?.rsplit('>').next()?.to_string())
        };
        assert_eq!(said("pdfaid:part"), claim.map(|(part, _)| part.to_string()));
        assert_eq!(said("pdfaid:conformance").as_deref(), claim.map(|(_, level)| level));
        assert_eq!(said("pdfuaid:part").as_deref(), accessible.then_some("1"));
        // A word that PDF/A does not know is explained.
        assert_eq!(said("pdfaSchema:prefix").as_deref(), accessible.then_some("pdfuaid"));
        let info = dict(&document, document.trailer.get(b"Info").unwrap());
        let of_info = |key: &[u8]| lopdf::decode_text_string(info.get(key).unwrap()).unwrap();
        let pairs: [(&[u8], &str); 4] = [
            (b"Title", "dc:title"),
            (b"Author", "dc:creator"),
            (b"Creator", "xmp:CreatorTool"),
            (b"Producer", "pdf:Producer"),
        ];
        for (key, tag) in pairs {
            assert_eq!(said(tag), Some(of_info(key)), "{tag}");
        }
        for (key, tag) in [(b"CreationDate".as_slice(), "xmp:CreateDate"), (b"ModDate", "xmp:ModifyDate")] {
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            assert_eq!(digits(&said(tag).unwrap()), digits(&of_info(key)), "{tag}");
        }
        assert_eq!(info.len(), 6, "what is in one only can't be compared: {info:?}");
    }
}

#[test]
fn colours_are_those_of_a_profile() {
    for standard in ALL {
        let document = read(standard);
        let intents = document.catalog().unwrap().get(b"OutputIntents");
        if standard == PdfStandard::None {
            assert!(intents.is_err());
            continue;
        }
        let intents = intents.unwrap().as_array().unwrap();
        assert_eq!(intents.len(), 1);
        let intent = dict(&document, &intents[0]);
        assert_eq!(name(intent, b"S"), "GTS_PDFA1");
        assert!(intent.has(b"OutputConditionIdentifier"));
        let profile = document.dereference(intent.get(b"DestOutputProfile").unwrap()).unwrap().1.as_stream().unwrap();
        assert_eq!(profile.dict.get(b"N").unwrap().as_i64().unwrap(), 3);
        let profile = profile.decompressed_content().unwrap();
        assert_eq!(&profile[36..40], b"acsp");
        assert_eq!(&profile[16..20], b"RGB ");
        // PDF 1.4 reads no profile of version 4.
        assert_eq!(profile[8], 2);
    }
}

/// What the codes of a font come to by its `ToUnicode`.
fn to_unicode(cmap: &str) -> BTreeMap<u16, String> {
    let mut map = BTreeMap::new();
    for line in cmap.lines() {
        let hex: Vec<&str> = line.split(['<', '>']).filter(|part| !part.trim().is_empty()).collect();
        let [code, text] = hex[..] else { continue };
        let (Ok(code), true) = (u16::from_str_radix(code, 16), line.starts_with('<')) else { continue };
        let units: Vec<u16> =
            (0..text.len() / 4).map(|n| u16::from_str_radix(&text[n * 4..n * 4 + 4], 16).unwrap()).collect();
        map.insert(code, String::from_utf16(&units).unwrap());
    }
    // The line of the code space.
    map.retain(|_, text| text != "\u{ffff}");
    map
}

/// A stretch of type on a page: the marks around it from without, its font's name, its codes.
struct Shown {
    marks: Vec<(String, Option<i64>)>,
    font: Vec<u8>,
    codes: Vec<u16>,
}

fn shown(document: &Document, page: ObjectId) -> Vec<Shown> {
    let content = Content::decode(&document.get_page_content(page)).unwrap();
    let (mut shown, mut marks, mut font) = (Vec::new(), Vec::new(), Vec::new());
    for operation in content.operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "BMC" | "BDC" => {
                let tag = String::from_utf8(operands[0].as_name().unwrap().to_vec()).unwrap();
                let mcid = operands.get(1).and_then(|list| list.as_dict().ok()?.get(b"MCID").ok()?.as_i64().ok());
                marks.push((tag, mcid));
            }
            "EMC" => assert!(marks.pop().is_some(), "a mark ends that did not begin"),
            "Tf" => font = operands[0].as_name().unwrap().to_vec(),
            "TJ" | "Tj" => {
                let parts = operands[0].as_array().cloned().unwrap_or_else(|_| operands.clone());
                let codes = parts.iter().filter_map(|part| part.as_str().ok()).flat_map(|text| text.chunks(2));
                let codes = codes.map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
                shown.push(Shown { marks: marks.clone(), font: font.clone(), codes });
            }
            "Do" => shown.push(Shown { marks: marks.clone(), font: Vec::new(), codes: Vec::new() }),
            // Everything that draws is marked.
            "f" | "F" | "f*" | "S" | "s" | "B" | "b" | "re" => assert!(!marks.is_empty()),
            _ => {}
        }
    }
    assert!(marks.is_empty(), "a mark does not end");
    shown
}

/// A font as the file has it.
struct Font {
    descriptor: Dictionary,
    widths: BTreeMap<u16, i64>,
    program: Vec<u8>,
    unicode: BTreeMap<u16, String>,
}

fn fonts(document: &Document, page: ObjectId) -> BTreeMap<Vec<u8>, Font> {
    let mut fonts = BTreeMap::new();
    for (name_in_page, font) in document.get_page_fonts(page).unwrap() {
        assert_eq!((name(font, b"Subtype"), name(font, b"Encoding")), ("Type0".into(), "Identity-H".into()));
        let descendant = &font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0];
        let descendant = dict(document, descendant);
        assert_eq!(name(descendant, b"CIDToGIDMap"), "Identity");
        let descriptor = dict(document, descendant.get(b"FontDescriptor").unwrap());
        for (dictionary, key) in [(descendant, &b"BaseFont"[..]), (descriptor, b"FontName")] {
            assert_eq!(name(dictionary, key), name(font, b"BaseFont"));
        }
        let program = document.dereference(descriptor.get(b"FontFile2").unwrap()).unwrap().1.as_stream().unwrap();
        let cmap = document.dereference(font.get(b"ToUnicode").unwrap()).unwrap().1.as_stream().unwrap();
        let mut widths = BTreeMap::new();
        for pair in descendant.get(b"W").unwrap().as_array().unwrap().chunks(2) {
            let first = pair[0].as_i64().unwrap() as u16;
            for (code, width) in (first..).zip(pair[1].as_array().unwrap()) {
                widths.insert(code, width.as_i64().unwrap());
            }
        }
        fonts.insert(
            name_in_page,
            Font {
                descriptor: descriptor.clone(),
                widths,
                program: program.decompressed_content().unwrap(),
                unicode: to_unicode(&String::from_utf8(cmap.decompressed_content().unwrap()).unwrap()),
            },
        );
    }
    fonts
}

#[test]
fn faces_are_whole_enough_and_every_code_has_its_glyph_width_and_text() {
    for built in built() {
        let (document, standard) = (built.document(), built.standard);
        for page in document.get_pages().into_values() {
            let fonts = fonts(&document, page);
            for Shown { font, codes, .. } in shown(&document, page) {
                if codes.is_empty() {
                    continue;
                }
                let font = &fonts[&font];
                let program = ttf_parser::Face::parse(&font.program, 0).unwrap();
                for code in codes {
                    assert!(code > 0 && code < program.number_of_glyphs(), "{code} is no glyph");
                    let advance = program.glyph_hor_advance(ttf_parser::GlyphId(code)).unwrap();
                    let width = f64::from(advance) * 1000.0 / f64::from(program.units_per_em());
                    assert!((font.widths[&code] as f64 - width).abs() < 1.0, "width of {code}");
                    let text = &font.unicode[&code];
                    assert!(!text.is_empty() && !text.contains(['\0', '\u{feff}', '\u{fffe}']), "{code}: {text:?}");
                }
            }
            for font in fonts.values() {
                let Ok(set) = font.descriptor.get(b"CIDSet") else {
                    assert_ne!(standard, PdfStandard::A1b, "the first part asks for a list of glyphs");
                    continue;
                };
                let set = document.dereference(set).unwrap().1.as_stream().unwrap().decompressed_content().unwrap();
                let listed: u32 = set.iter().map(|byte| byte.count_ones()).sum();
                let glyphs = ttf_parser::Face::parse(&font.program, 0).unwrap().number_of_glyphs();
                assert_eq!(listed, u32::from(glyphs));
                assert!(set[0] & 0x80 > 0 && set.len() == usize::from(glyphs).div_ceil(8));
            }
        }
    }
}

/// The text of each mark.
fn texts(document: &Document) -> BTreeMap<(ObjectId, i64), String> {
    let mut texts: BTreeMap<(ObjectId, i64), String> = BTreeMap::new();
    for page in document.get_pages().into_values() {
        let fonts = fonts(document, page);
        for Shown { marks, font, codes } in shown(document, page) {
            let (tag, mcid) = &marks[0];
            assert_eq!(tag == "Artifact", mcid.is_none(), "what is drawn is text or is none");
            let Some(mcid) = mcid else { continue };
            // A picture has no words.
            let text: String = codes.iter().map(|code| fonts[&font].unicode[code].as_str()).collect();
            texts.entry((page, *mcid)).or_default().push_str(&text);
        }
    }
    texts
}

/// The words of a report, with the numbers of pages in its contents.
fn typed(doc: &Doc) -> String {
    let numbers = page_numbers(doc, &Fonts::bundled()).unwrap();
    let words = |content: &[Inline]| content.iter().map(|inline| inline.text.replace('\n', "")).collect::<String>();
    let mut typed = String::new();
    for block in doc.blocks.iter().filter(|block| example::is_printed(&block.kind)) {
        typed += &words(&block.content);
        if let BlockKind::Table(table) = &block.kind {
            typed.extend(table.rows.iter().flatten().flatten().map(|cell| words(&cell.content)));
        }
        if let BlockKind::ContentsEntry { target, .. } = &block.kind {
            typed += &numbers[target].to_string();
        }
    }
    typed
}

#[test]
fn the_structure_has_every_word_once_in_the_order_of_the_text() {
    for built in built() {
        let (document, name) = (built.document(), &built.name);
        let tree = tree(&document);
        let texts = texts(&document);
        let marks = tree.marks();
        assert_eq!(marks.iter().collect::<BTreeSet<_>>().len(), marks.len(), "a mark is in the tree twice");
        // Footnotes stand between the paragraphs where their page ends.
        let notes: Vec<&Element> = tree.children().into_iter().filter(|element| element.tag == "Note").collect();
        let words = |marks: &[(ObjectId, i64)]| marks.iter().map(|mark| texts[mark].as_str()).collect::<String>();
        let read: Vec<String> = notes.iter().map(|note| words(&note.marks())).collect();
        assert_eq!(read, example::notes(&built.doc), "{name}");
        let of_notes: BTreeSet<_> = notes.iter().flat_map(|note| note.marks()).collect();
        let of_text: Vec<_> = marks.into_iter().filter(|mark| !of_notes.contains(mark)).collect();
        let read = words(&of_text);
        let typed = typed(&built.doc);
        let differ = read.chars().zip(typed.chars()).position(|(a, b)| a != b);
        let at = differ.unwrap_or_default();
        let near = |text: &str| text.chars().skip(at.saturating_sub(10)).take(20).collect::<String>();
        assert!(read == typed, "{name}: {differ:?} “{}” is not “{}”", near(&read), near(&typed));
    }
}

#[test]
fn pages_name_the_element_of_each_mark() {
    for built in built() {
        pages_name_their_elements(&built.document());
    }
}

fn pages_name_their_elements(document: &Document) {
    let catalog = document.catalog().unwrap();
    assert!(catalog.get(b"MarkInfo").unwrap().as_dict().unwrap().get(b"Marked").unwrap().as_bool().unwrap());
    assert_eq!(lopdf::decode_text_string(catalog.get(b"Lang").unwrap()).unwrap(), "zh-CN");
    let root = dict(document, catalog.get(b"StructTreeRoot").unwrap());
    let parents = dict(document, root.get(b"ParentTree").unwrap());
    let numbers: BTreeMap<i64, &Object> = parents
        .get(b"Nums")
        .unwrap()
        .as_array()
        .unwrap()
        .chunks(2)
        .map(|pair| (pair[0].as_i64().unwrap(), &pair[1]))
        .collect();
    let pages = document.get_pages();
    let mut links = 0;
    for page in pages.into_values() {
        let dictionary = document.get_dictionary(page).unwrap();
        assert_eq!(name(dictionary, b"Tabs"), "S");
        let key = dictionary.get(b"StructParents").unwrap().as_i64().unwrap();
        let elements = document.dereference(numbers[&key]).unwrap().1.as_array().unwrap();
        for (mcid, parent) in (0..).zip(elements) {
            let element = dict(document, parent);
            let kids = element.get(b"K").unwrap();
            let kids = kids.as_array().cloned().unwrap_or_else(|_| vec![kids.clone()]);
            let named = kids.iter().any(|kid| match kid {
                Object::Integer(n) => *n == mcid && element.get(b"Pg").unwrap().as_reference().unwrap() == page,
                Object::Dictionary(mark) => {
                    mark.get(b"MCID").unwrap().as_i64().unwrap() == mcid
                        && mark.get(b"Pg").unwrap().as_reference().unwrap() == page
                }
                _ => false,
            });
            assert!(named, "mark {mcid} of {page:?}");
        }
        let marks: BTreeSet<i64> = shown(document, page).iter().filter_map(|shown| shown.marks[0].1).collect();
        assert_eq!(marks.len(), elements.len(), "every mark has its element");
        for link in dictionary.get(b"Annots").map_or(&[][..], |links| links.as_array().unwrap()) {
            links += 1;
            let id = link.as_reference().unwrap();
            let link = document.get_dictionary(id).unwrap();
            // ISO 14289-1, 7.18: in words, in the tree, and printed.
            assert!(!lopdf::decode_text_string(link.get(b"Contents").unwrap()).unwrap().is_empty());
            assert_eq!(link.get(b"F").unwrap().as_i64().unwrap(), 4);
            let parent = numbers[&link.get(b"StructParent").unwrap().as_i64().unwrap()].as_reference().unwrap();
            assert_eq!(name(document.get_dictionary(parent).unwrap(), b"S"), "Link");
            let kids = document.get_dictionary(parent).unwrap().get(b"K").unwrap().as_array().unwrap();
            let of = |kid: &Object| kid.as_dict().ok()?.get(b"Obj").ok()?.as_reference().ok();
            assert!(kids.iter().any(|kid| of(kid) == Some(id)));
        }
    }
    assert_eq!(numbers.len(), document.get_pages().len() + links);
}

#[test]
fn rows_of_a_table_have_all_columns_and_a_figure_says_what_it_shows() {
    let mut scopes = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for built in built() {
        let document = built.document();
        let pages = document.get_pages();
        let sheet = document.get_dictionary(pages[&1]).unwrap().get(b"MediaBox").unwrap().as_array().unwrap();
        let (width, height) = (sheet[2].as_float().unwrap(), sheet[3].as_float().unwrap());
        for element in tree(&document).all() {
            seen.insert(element.tag.clone());
            let count = |cell: &Element, key| cell.attribute(key).map_or(1, |count| count.as_i64().unwrap());
            match element.tag.as_str() {
                "Table" => {
                    // Columns that cells of rows above still reach into, row by row.
                    let rows = element.children().into_iter().filter(|row| row.tag == "TR");
                    let mut widths = Vec::new();
                    let mut below: BTreeMap<usize, i64> = BTreeMap::new();
                    for (n, row) in rows.enumerate() {
                        let mut width = below.remove(&n).unwrap_or(0);
                        for cell in row.children() {
                            assert!(cell.tag == "TH" || cell.tag == "TD");
                            let scope = cell.attribute(b"Scope").map(|scope| scope.as_name().unwrap().to_vec());
                            assert_eq!(scope.is_some(), cell.tag == "TH");
                            scopes.extend(scope);
                            let columns = count(cell, b"ColSpan");
                            width += columns;
                            for row in n + 1..n + count(cell, b"RowSpan") as usize {
                                *below.entry(row).or_default() += columns;
                            }
                        }
                        widths.push(width);
                    }
                    assert!(widths.len() > 1 && widths.iter().all(|width| *width == widths[0]), "{widths:?}");
                }
                "Figure" => {
                    let alt = lopdf::decode_text_string(element.entries.get(b"Alt").unwrap()).unwrap();
                    assert!(!alt.is_empty());
                    let corners = element.attribute(b"BBox").unwrap().as_array().unwrap();
                    let corners: Vec<f32> = corners.iter().map(|corner| corner.as_float().unwrap()).collect();
                    assert!(corners[0] >= 0.0 && corners[0] < corners[2] && corners[2] <= width, "{corners:?}");
                    assert!(corners[1] >= 0.0 && corners[1] < corners[3] && corners[3] <= height, "{corners:?}");
                }
                "TOC" => assert!(element.children().iter().all(|kid| kid.tag == "TOCI")),
                "Link" => assert!(element.kids.iter().any(|kid| matches!(kid, Kid::Annotation))),
                _ => {}
            }
        }
    }
    assert_eq!(scopes, BTreeSet::from([b"Column".to_vec(), b"Row".to_vec()]));
    for tag in ["Caption", "Figure", "Link", "Reference", "TD", "TH", "TOC", "Table"] {
        assert!(seen.contains(tag), "no example has {tag}");
    }
}

#[test]
fn elements_are_those_that_readers_know_and_headings_leave_out_no_level() {
    let document = read(PdfStandard::A2a);
    let tree = tree(&document);
    let mut depth = 0;
    let mut tags = BTreeSet::new();
    for element in tree.all() {
        tags.insert(element.tag.as_str());
        if let Some(level) = element.tag.strip_prefix('H').and_then(|level| level.parse::<u32>().ok()) {
            assert!(level <= depth + 1, "H{level} follows H{depth}");
            depth = level;
        }
        let kids: Vec<&str> = element
            .kids
            .iter()
            .filter_map(|kid| match kid {
                Kid::Element(element) => Some(element.tag.as_str()),
                Kid::Mark(..) | Kid::Annotation => None,
            })
            .collect();
        match element.tag.as_str() {
            "L" => assert!(kids.iter().all(|kid| *kid == "LI"), "{kids:?}"),
            "LI" => assert_eq!(kids, ["Lbl", "LBody"]),
            _ => {}
        }
    }
    let known = ["BlockQuote", "Document", "H1", "H2", "L", "LBody", "LI", "Lbl", "P", "Title"];
    assert_eq!(tags, known.into());
    let root = dict(&document, document.catalog().unwrap().get(b"StructTreeRoot").unwrap());
    let roles = root.get(b"RoleMap").unwrap().as_dict().unwrap();
    assert_eq!(name(roles, b"Title"), "P", "PDF 1.7 has no title");
}

/// ISO 14289-1, 7.9; ISO 32000-1, 14.7.2: a note has an id of its own, which the tree of ids knows.
#[test]
fn footnotes_have_an_id_a_label_and_a_reference_that_leads_there() {
    let mut seen = 0;
    for built in built() {
        let document = built.document();
        let tree = tree(&document);
        let all = tree.all();
        let notes: Vec<&&Element> = all.iter().filter(|element| element.tag == "Note").collect();
        let root = dict(&document, document.catalog().unwrap().get(b"StructTreeRoot").unwrap());
        let Ok(ids) = root.get(b"IDTree") else {
            assert!(notes.is_empty(), "{}", built.name);
            continue;
        };
        let ids = dict(&document, ids).get(b"Names").unwrap().as_array().unwrap();
        let named: Vec<&[u8]> = ids.chunks(2).map(|pair| pair[0].as_str().unwrap()).collect();
        assert!(named.is_sorted_by(|a, b| a < b), "{named:?}");
        let of = |note: &&&Element| note.entries.get(b"ID").unwrap().as_str().unwrap().to_vec();
        assert_eq!(notes.iter().map(of).collect::<Vec<_>>(), named);
        for (pair, note) in ids.chunks(2).zip(&notes) {
            assert_eq!(dict(&document, &pair[1]), &note.entries);
            assert_eq!(note.children().iter().map(|kid| kid.tag.as_str()).collect::<Vec<_>>(), ["Lbl", "P"]);
        }
        let references: Vec<&&Element> = all.iter().filter(|element| element.tag == "Reference").collect();
        let signs = references.iter().filter(|it| it.children()[0].kids.iter().any(|kid| matches!(kid, Kid::Mark(..))));
        assert!(signs.count() >= notes.len(), "{}", built.name);
        let links =
            dictionaries(&document).into_iter().filter(|it| it.get(b"Dest").is_ok() && it.get(b"Contents").is_ok());
        assert!(links.count() >= notes.len(), "{}", built.name);
        seen += notes.len();
    }
    assert!(seen > 0, "no example has footnotes");
}

#[test]
fn a_paragraph_over_two_pages_is_one_element_and_page_numbers_are_none() {
    let text = "镇".repeat(28 * 30);
    let doc = report::report(vec![block(BlockKind::Paragraph, vec![inline(&text, Role::Body)])]);
    let document = Document::load_mem(&bytes(&doc, PdfStandard::A2a)).unwrap();
    let tree = tree(&document);
    assert_eq!(tree.all().len(), 2);
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    assert_eq!(tree.marks(), [(pages[0], 0), (pages[1], 0)]);
    for page in pages {
        let shown = shown(&document, page);
        let number: Vec<_> = shown.iter().filter(|shown| shown.marks[0].0 == "Artifact").collect();
        assert!(!number.is_empty() && number.iter().all(|shown| shown.marks[1].0 == "Span"));
    }
}
