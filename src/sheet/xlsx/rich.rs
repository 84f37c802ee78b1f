//! Words of cells: plain, or in runs of several looks.

use std::borrow::Cow;

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

/// `text` with the characters that the file has as `_x000D_` (ECMA-376-1, 22.9.2.19); every kind of line end is one.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest[at + 2..].get(4..5) == Some("_"));
        let c = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        let end = if c.is_some() { at + 7 } else { at + 2 };
        out.push_str(&rest[..at]);
        match c {
            Some(c) => out.push(c),
            None => out.push_str(&rest[at..end]),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    Cow::Owned(out.replace("\r\n", "\n").replace('\r', "\n"))
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
            self.0.push(Shared { text: unescaped(&text).into(), is_struck, is_long });
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

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn characters_are_read_from_their_codes() {
        assert_eq!(unescaped("东村_x000D_\n西村"), "东村\n西村");
        assert_eq!(unescaped("_x4E2D__x005F_x0041_"), "中_x0041_");
        for text in ["a_x", "_x00", "_xZZZZ_", "_x12345", "_xD800_", "中_x文字"] {
            assert_eq!(unescaped(text), text);
        }
    }
}
