//! Pictures in both outputs: where they stand, and that their bytes are the author's.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ExtendedColorType, ImageEncoder, ImageFormat};
use report_gen::batch::{Job, Outcome, run};
use report_gen::fonts::Fonts;
use report_gen::world::Memory;
use report_gen::write::Format;

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let pixels: Vec<u8> = (0..width * height).flat_map(|n| [n as u8, (n / width) as u8, 90]).collect();
    JpegEncoder::new(&mut bytes).write_image(&pixels, width, height, ExtendedColorType::Rgb8).unwrap();
    bytes
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgba8(width, height).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn build(report: &str, pictures: &[(&str, Vec<u8>)]) -> Outcome {
    let mut files: BTreeMap<String, Vec<u8>> =
        pictures.iter().map(|(path, bytes)| ((*path).into(), bytes.clone())).collect();
    files.insert("report.toml".into(), report.into());
    let job = Job { path: "report.toml".into(), formats: Format::ALL.to_vec(), ..Job::default() };
    run(&job, &Memory { files, epoch: None }, &Fonts::bundled()).unwrap()
}

fn file(outcome: &Outcome, format: Format) -> &[u8] {
    assert_eq!(outcome.diagnostics, []);
    outcome.files.iter().find(|(own, _)| *own == format).map(|(_, bytes)| bytes.as_slice()).unwrap()
}

fn part(docx: &[u8], name: &str) -> Option<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut bytes = Vec::new();
    archive.by_name(name).ok()?.read_to_end(&mut bytes).unwrap();
    Some(bytes)
}

const REPORT: &str = "[report]\ntitle = \"汇报\"\n[[section]]\ntext = \"\"\"\n图前。\n![堤防](a.jpg)\n图后。\n\"\"\"\n\
    [[section.picture]]\nfile = \"b.png\"\ncaption = \"图表\"\nalt = \"一张<图>\"\nwidth = \"6cm\"\n\
    [[section.picture]]\nfile = \"a.jpg\"\nwidth = \"3cm\"\n";

#[test]
fn a_jpeg_is_in_both_outputs_byte_for_byte_and_once() {
    let photo = jpeg(300, 200);
    let outcome = build(REPORT, &[("a.jpg", photo.clone()), ("b.png", png(60, 30))]);
    let docx = file(&outcome, Format::Docx);
    assert_eq!(part(docx, "word/media/image1.jpeg").unwrap(), photo);
    assert_eq!(part(docx, "word/media/image2.png").unwrap(), png(60, 30));
    assert!(part(docx, "word/media/image3.jpeg").is_none());
    let pdf = lopdf::Document::load_mem(file(&outcome, Format::Pdf)).unwrap();
    let images: Vec<&lopdf::Stream> = pdf
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .filter(|stream| stream.dict.get(b"Subtype").and_then(|name| name.as_name()).is_ok_and(|name| name == b"Image"))
        .collect();
    assert_eq!(images.len(), 2);
    assert_eq!(images.iter().filter(|image| image.content == photo).count(), 1);
}

#[test]
fn word_counts_captions() {
    let outcome = build(REPORT, &[("a.jpg", jpeg(300, 200)), ("b.png", png(60, 30))]);
    let document = String::from_utf8(part(file(&outcome, Format::Docx), "word/document.xml").unwrap()).unwrap();
    let fields = document.split(" SEQ 图 \\* ARABIC ").skip(1);
    let result = |field: &str| {
        let (_, result) = field.split_once("w:fldCharType=\"separate\"").unwrap();
        let (_, result) = result.split_once("<w:t").unwrap();
        result.split_once('>').unwrap().1.split('<').next().unwrap().to_owned()
    };
    let counted: Vec<String> = fields.map(result).collect();
    assert!(counted.len() > 1);
    assert_eq!(counted, (1..=counted.len()).map(|n| n.to_string()).collect::<Vec<_>>());
}

#[test]
fn words_for_those_who_cannot_see_it_and_its_size_are_in_the_word_file() {
    let outcome = build(REPORT, &[("a.jpg", jpeg(300, 200)), ("b.png", png(60, 30))]);
    let document = String::from_utf8(part(file(&outcome, Format::Docx), "word/document.xml").unwrap()).unwrap();
    let drawings: Vec<&str> = document.split("<w:drawing>").skip(1).collect();
    assert_eq!(drawings.len(), 3);
    assert!(drawings[0].contains("descr=\"堤防\""));
    // 300 pixels at 150 an inch; 6 cm and half of it; 3 cm and two thirds of it.
    for (drawing, width, height) in [(0, 1_828_800, 1_219_200), (1, 2_160_000, 1_080_000), (2, 1_080_000, 720_000)] {
        assert!(drawings[drawing].contains(&format!("<wp:extent cx=\"{width}\" cy=\"{height}\"/>")), "{drawing}");
    }
    assert!(drawings[1].contains("descr=\"一张&lt;图&gt;\""));
    let place = |words: &str| document.find(words).unwrap_or_else(|| panic!("{words}"));
    assert!(place("图前。") < place("r:embed=\"rIdImage1\"") && place("r:embed=\"rIdImage1\"") < place("图后。"));
    assert!(place("r:embed=\"rIdImage2\"") < place("图表"), "its caption is under it");
}

#[test]
fn the_same_pictures_give_the_same_bytes() {
    let pictures = [("a.jpg", jpeg(4000, 600)), ("b.png", png(60, 30))];
    let (one, other) = (build(REPORT, &pictures), build(REPORT, &pictures));
    assert_eq!(one.files, other.files);
}

#[test]
fn a_picture_taller_than_a_page_is_made_to_fit_with_its_caption() {
    let report = "[report]\ntitle = \"汇报\"\n[[section]]\ntext = \"![高塔](a.jpg)\"\n";
    let outcome = build(report, &[("a.jpg", jpeg(100, 2000))]);
    let pdf = lopdf::Document::load_mem(file(&outcome, Format::Pdf)).unwrap();
    // The title's page, and the picture's with its caption.
    assert_eq!(pdf.get_pages().len(), 2);
}

#[test]
fn a_picture_or_a_table_is_an_attachment_by_its_file() {
    let report = "[report]\ntitle = \"汇报\"\nattachments = [{ title = \"堤防照片\", file = \"a.jpg\" }, { title = \"名册\", file = \"b.csv\" }]\n\
        [[section]]\ntext = \"正文。\"\n";
    let outcome = build(report, &[("a.jpg", jpeg(600, 400)), ("b.csv", "村,户\n东村,8\n".into())]);
    let text = String::from_utf8(part(file(&outcome, Format::Docx), "word/document.xml").unwrap()).unwrap();
    // Who can't see the picture hears what the attachment is called.
    assert!(text.contains("descr=\"堤防照片\""), "{text}");
    let places: Vec<usize> =
        ["附件1", "w:drawing", "附件2", "<w:tbl>", "东村"].iter().map(|words| text.find(words).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
}
