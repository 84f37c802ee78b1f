//! Words of cells: plain, or in runs of several looks.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::MAX_CHARACTERS;
use super::refused::Refused;
use crate::wordfile::xml::characters;

/// Words as they are put together. What is struck out does not count, nor does what says how hanzi are read.
#[derive(Default)]
pub(super) struct Rich {
    pub(super) text: String,
    /// True if something is struck out.
    pub(super) is_struck: bool,
    /// True if it has more characters than a cell may.
    pub(super) is_long: bool,
    run_is_struck: bool,
    in_text: bool,
    in_reading: bool,
}

impl Rich {
    pub(super) fn start(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            b"r" => self.run_is_struck = false,
            b"strike" => self.run_is_struck = attribute(element, b"val").is_none_or(|val| is_on(Some(&val))),
            b"rPh" => self.in_reading = true,
            b"t" => self.in_text = true,
            _ => {}
        }
    }

    /// An element with nothing in it. `<strike/>` is no more than its start.
    pub(super) fn empty(&mut self, element: &BytesStart<'_>) {
        self.start(element);
        self.end(element.local_name().as_ref());
    }

    pub(super) fn end(&mut self, name: &[u8]) {
        match name {
            b"t" => self.in_text = false,
            b"rPh" => self.in_reading = false,
            b"r" => self.run_is_struck = false,
            _ => {}
        }
    }

    pub(super) fn add(&mut self, text: &str) {
        if !self.in_text || self.in_reading {
        } else if self.run_is_struck {
            self.is_struck = true;
        } else {
            self.push(text);
        }
    }

    /// Adds text up to the most that a cell holds.
    pub(super) fn push(&mut self, text: &str) {
        // A character takes four bytes at most.
        if self.is_long || self.text.len() + text.len() > 4 * MAX_CHARACTERS {
            self.is_long = true;
        } else {
            self.text.push_str(text);
            self.is_long = self.text.len() > MAX_CHARACTERS && self.text.chars().count() > MAX_CHARACTERS;
        }
    }
}

/// An attribute, unescaped.
pub(super) fn attribute(element: &BytesStart<'_>, name: &[u8]) -> Option<String> {
    let found = element.attributes().with_checks(false).flatten().find(|own| own.key.local_name().as_ref() == name)?;
    let value = std::str::from_utf8(&found.value).ok()?;
    Some(quick_xml::escape::unescape(value).ok()?.into_owned())
}

/// The strings that cells share.
#[derive(Default)]
pub(super) struct Strings(Vec<Shared>);

/// A string that cells share.
pub(super) struct Shared {
    pub(super) text: Box<str>,
    pub(super) is_struck: bool,
    pub(super) is_long: bool,
}

impl Strings {
    /// Reads `sharedStrings.xml`, of `most` strings at most.
    pub(super) fn read(xml: &str, most: usize) -> Result<Self, Refused> {
        let mut reader = Reader::from_str(xml);
        let mut strings = Strings::default();
        let mut rich = Rich::default();
        loop {
            let event = reader.read_event().map_err(|_| Refused::NotAWorkbook)?;
            match &event {
                Event::Start(element) => rich.start(element),
                Event::Empty(element) => {
                    rich.empty(element);
                    strings.end(element.local_name().as_ref(), &mut rich);
                }
                Event::End(element) => {
                    rich.end(element.local_name().as_ref());
                    strings.end(element.local_name().as_ref(), &mut rich);
                }
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
                    rich.add(&characters(&event).map_err(|_| Refused::NotAWorkbook)?);
                }
                Event::DocType(_) => return Err(Refused::NotAWorkbook),
                Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
                Event::Eof => return Ok(strings),
            }
            if strings.0.len() > most {
                return Err(Refused::TooLarge);
            }
        }
    }

    /// Keeps the words of a string that ends.
    fn end(&mut self, name: &[u8], rich: &mut Rich) {
        if name == b"si" {
            let Rich { text, is_struck, is_long, .. } = std::mem::take(rich);
            self.0.push(Shared { text: text.into(), is_struck, is_long });
        }
    }

    pub(super) fn get(&self, number: usize) -> Option<&Shared> {
        self.0.get(number)
    }
}

/// True if an attribute or an element's `val` says yes.
pub(super) fn is_on(value: Option<&str>) -> bool {
    matches!(value, Some("1" | "true" | "on"))
}
