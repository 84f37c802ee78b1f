//! A workbook: its sheets, what its cells look like, and the strings that they share.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, sink};

use super::super::MAX_CELLS;
use super::super::number_format;
use super::refused::{MAX_SHEETS, MAX_UNPACKED, Refused};
use super::rich::{Strings, is_on};
use crate::wordfile::package::{Package, Relationships, decoded};
use crate::wordfile::xml::Element;

/// The most parts of a workbook.
const MAX_PARTS: usize = 2_000;
/// The most looks of cells, which is that of spreadsheet programs.
const MAX_LOOKS: usize = 65_536;

/// A sheet of a workbook that is a table, and no chart.
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) is_visible: bool,
    part: String,
}

/// The look of a cell.
#[derive(Clone, Default)]
pub(super) struct Look {
    /// Its number format.
    pub(super) code: String,
    /// True if it shows days or times.
    pub(super) is_date: bool,
    /// True if its words are struck out.
    pub(super) is_struck: bool,
}

/// A workbook, opened.
pub(super) struct Book<'b> {
    package: Package<'b>,
    pub(super) sheets: Vec<Listed>,
    /// The number of the sheet that is seen when the workbook is opened.
    pub(super) active: usize,
    pub(super) looks: Vec<Look>,
    pub(super) strings: Strings,
    /// True if days are counted from 1904.
    pub(super) from_1904: bool,
}

impl<'b> Book<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Refused> {
        measure(bytes)?;
        let mut package = Package::open(bytes)?;
        let root = package.relationships("")?;
        let name = root.of_kind("officeDocument").ok_or(Refused::NotAWorkbook)?.to_owned();
        let parts = package.relationships(&name)?;
        let workbook = package.part(&name)?.ok_or(Refused::NotAWorkbook)?;
        let (sheets, active) = sheets(&workbook, &parts)?;
        let from_1904 = workbook.child("workbookPr").is_some_and(|properties| is_on(properties.attribute("date1904")));
        let styles = parts.of_kind("styles").map(|name| package.part(name)).transpose()?.flatten();
        let looks = styles.map(|styles| looks(&styles)).unwrap_or_default();
        let strings = match parts.of_kind("sharedStrings") {
            Some(name) => Strings::read(&text(&mut package, name)?, MAX_CELLS)?,
            None => Strings::default(),
        };
        Ok(Book { package, sheets, active, looks, strings, from_1904 })
    }

    /// The XML of a sheet.
    pub(super) fn sheet(&mut self, sheet: usize) -> Result<String, Refused> {
        let part = self.sheets.get(sheet).ok_or(Refused::NotAWorkbook)?.part.clone();
        text(&mut self.package, &part)
    }
}

fn text(package: &mut Package<'_>, name: &str) -> Result<String, Refused> {
    let bytes = package.bytes(name)?.ok_or(Refused::NotAWorkbook)?;
    Ok(decoded(&bytes).ok_or(Refused::NotAWorkbook)?.into_owned())
}

/// The sheets of a workbook, and which of them is seen first.
fn sheets(workbook: &Element, parts: &Relationships) -> Result<(Vec<Listed>, usize), Refused> {
    let views = workbook.child("bookViews").and_then(|views| views.child("workbookView"));
    let active: usize = views.and_then(|view| view.attribute("activeTab")?.parse().ok()).unwrap_or(0);
    let mut listed = Vec::new();
    let mut seen_first = 0;
    let all = workbook.child("sheets").into_iter().flat_map(Element::elements).filter(|sheet| sheet.name == "sheet");
    for (number, sheet) in all.enumerate() {
        if number == MAX_SHEETS {
            return Err(Refused::TooManySheets);
        }
        let part = sheet.attribute("r:id").and_then(|id| parts.part(id));
        let (Some(name), Some(part)) = (sheet.attribute("name"), part) else { continue };
        // Charts and dialogues have parts of other kinds.
        if !part.contains("worksheets/") && part.contains("sheets/") {
            continue;
        }
        if number == active {
            seen_first = listed.len();
        }
        let is_visible = sheet.attribute("state").is_none_or(|state| state == "visible");
        listed.push(Listed { name: name.to_owned(), is_visible, part: part.to_owned() });
    }
    if listed.is_empty() { Err(Refused::NotAWorkbook) } else { Ok((listed, seen_first)) }
}

/// The looks that cells name by their number.
fn looks(styles: &Element) -> Vec<Look> {
    let codes: BTreeMap<&str, &str> = styles
        .child("numFmts")
        .into_iter()
        .flat_map(Element::elements)
        .filter_map(|format| Some((format.attribute("numFmtId")?, format.attribute("formatCode")?)))
        .collect();
    let fonts: Vec<bool> = styles
        .child("fonts")
        .into_iter()
        .flat_map(Element::elements)
        .map(|font| {
            font.child("strike").is_some_and(|strike| strike.attribute("val").is_none_or(|val| is_on(Some(val))))
        })
        .collect();
    let look = |cell: &Element| {
        let id = cell.attribute("numFmtId").unwrap_or("0");
        let code = codes.get(id).copied().unwrap_or_else(|| number_format::built_in(id.parse().unwrap_or(0)));
        let font = cell.attribute("fontId").and_then(|font| font.parse::<usize>().ok());
        let is_struck = font.and_then(|font| fonts.get(font).copied()).unwrap_or(false);
        Look { code: code.to_owned(), is_date: number_format::is_date(code), is_struck }
    };
    let cells = styles.child("cellXfs").into_iter().flat_map(Element::elements);
    cells.take(MAX_LOOKS).map(look).collect()
}

/// Refuses what unpacks to more than an office's table does, before anything is kept of it.
fn measure(bytes: &[u8]) -> Result<(), Refused> {
    // Workbooks with a password are no packages, but compound files.
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(Refused::Password);
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refused::NotAWorkbook)?;
    if archive.len() > MAX_PARTS {
        return Err(Refused::TooLarge);
    }
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| Refused::NotAWorkbook)?;
        // The size that the package states may be a lie.
        let size = std::io::copy(&mut part.take(left + 1), &mut sink()).map_err(|_| Refused::NotAWorkbook)?;
        left = left.checked_sub(size).ok_or(Refused::TooLarge)?;
    }
    Ok(())
}
