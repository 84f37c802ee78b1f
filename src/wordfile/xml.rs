//! A part as a tree of elements, within limits.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::Refused;

/// The deepest nesting.
const DEEPEST: usize = 256;
/// The most elements of a part: hundreds of pages have fewer.
const MOST_ELEMENTS: usize = 500_000;
/// The most attributes of an element.
const MOST_ATTRIBUTES: usize = 256;
/// The most prefixes that mean something at one place.
const MOST_PREFIXES: usize = 256;

/// The namespaces that are looked at, each with the prefix that names get for it, whatever the file writes. The second
/// of two is that of ISO 29500 strict.
const NAMESPACES: &[(&str, &str)] = &[
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r"),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", "r"),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", "a"),
    ("http://purl.oclc.org/ooxml/drawingml/main", "a"),
    ("http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "wp"),
    ("http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", "wp"),
    ("http://schemas.microsoft.com/office/word/2010/wordprocessingShape", "wps"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", "m"),
    ("http://purl.oclc.org/ooxml/officeDocument/math", "m"),
    ("urn:schemas-microsoft-com:vml", "v"),
];

/// An element, its attributes and text unescaped. A name has the prefix of [`NAMESPACES`], or none where its namespace
/// is another (`Relationship`).
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Node>,
}

/// What an element holds.
#[derive(Debug)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// An attribute by its name, with the prefix of [`NAMESPACES`].
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// `w:val`.
    pub(crate) fn val(&self) -> Option<&str> {
        self.attribute("w:val")
    }

    /// The elements in it.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element in it with the name.
    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// The first element in it with the name that says anything: `w:b` is on, `w:b w:val="0"` is off.
    pub(crate) fn switch(&self, name: &str) -> Option<bool> {
        let value = self.child(name)?.val();
        Some(!matches!(value, Some("0" | "false" | "off")))
    }

    /// The text directly in it.
    pub(crate) fn text(&self) -> String {
        let texts = self.children.iter().filter_map(|node| match node {
            Node::Text(text) => Some(text.as_str()),
            Node::Element(_) => None,
        });
        texts.collect()
    }
}

/// Reads the part `name`: its root element.
pub(crate) fn parse(text: &str, name: &str) -> Result<Element, Refused> {
    let damaged = |why: &dyn std::fmt::Display| Refused::Part { part: name.to_owned(), why: why.to_string() };
    let mut reader = Reader::from_str(text);
    let mut prefixes = Prefixes::default();
    let mut root = None;
    let mut open: Vec<Element> = Vec::new();
    let mut elements = 0;
    loop {
        let closed = match reader.read_event().map_err(|error| damaged(&error))? {
            Event::Start(start) => {
                if open.len() == DEEPEST {
                    return Err(Refused::Limit("256 elements deep"));
                }
                open.push(element(&start, &mut prefixes, open.len()).map_err(|why| damaged(&why))?);
                elements += 1;
                None
            }
            Event::Empty(start) => {
                elements += 1;
                let element = element(&start, &mut prefixes, open.len()).map_err(|why| damaged(&why))?;
                prefixes.leave(open.len());
                Some(element)
            }
            Event::End(_) => {
                let closed = open.pop();
                prefixes.leave(open.len());
                closed
            }
            event @ (Event::Text(_) | Event::CData(_) | Event::GeneralRef(_)) => {
                push(&mut open, &characters(&event).map_err(|why| damaged(&why))?);
                None
            }
            Event::DocType(_) => return Err(damaged(&"a DOCTYPE")),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) => None,
            Event::Eof => break,
        };
        if elements > MOST_ELEMENTS {
            return Err(Refused::Limit("500000 elements"));
        }
        if let Some(element) = closed {
            match open.last_mut() {
                Some(parent) => parent.children.push(Node::Element(element)),
                None if root.is_some() => return Err(damaged(&"two roots")),
                None => root = Some(element),
            }
        }
    }
    match root {
        Some(root) if open.is_empty() => Ok(root),
        Some(_) | None => Err(damaged(&"cut short")),
    }
}

/// The characters that an event of text stands for; none of any other.
pub(crate) fn characters<'e>(event: &'e Event<'_>) -> Result<Cow<'e, str>, String> {
    let reference = match event {
        Event::Text(text) => return text.decode().map_err(|error| error.to_string()),
        Event::CData(data) => return data.decode().map_err(|error| error.to_string()),
        Event::GeneralRef(reference) => reference,
        Event::Start(_) | Event::Empty(_) | Event::End(_) | Event::DocType(_) | Event::Decl(_) => return Ok("".into()),
        Event::Comment(_) | Event::PI(_) | Event::Eof => return Ok("".into()),
    };
    if let Some(c) = reference.resolve_char_ref().map_err(|error| error.to_string())? {
        return Ok(c.to_string().into());
    }
    let named = match reference.decode().map_err(|error| error.to_string())?.as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return Err("an entity that XML does not have".to_owned()),
    };
    Ok(named.into())
}

fn push(open: &mut [Element], text: &str) {
    // Outside the root there is nothing but line ends.
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        Some(Node::Element(_)) | None => parent.children.push(Node::Text(text.to_owned())),
    }
}

fn element(start: &BytesStart<'_>, prefixes: &mut Prefixes, depth: usize) -> Result<Element, String> {
    let utf8 = |bytes: &[u8]| std::str::from_utf8(bytes).map(str::to_owned).map_err(|error| error.to_string());
    let mut raw: Vec<(String, String)> = Vec::new();
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| error.to_string())?;
        if raw.len() == MOST_ATTRIBUTES {
            return Err("too many attributes".to_owned());
        }
        let value = utf8(&attribute.value)?;
        let value = unescape(&value).map_err(|error| error.to_string())?;
        raw.push((utf8(attribute.key.as_ref())?, value.into_owned()));
    }
    for (name, value) in &raw {
        if name == "xmlns" {
            prefixes.declare("", value, depth)?;
        } else if let Some(prefix) = name.strip_prefix("xmlns:") {
            prefixes.declare(prefix, value, depth)?;
        }
    }
    let name = prefixes.canonical(&utf8(start.name().as_ref())?, true);
    let attributes = raw
        .into_iter()
        .filter(|(name, _)| !name.starts_with("xmlns"))
        .map(|(name, value)| (prefixes.canonical(&name, false), value))
        .collect();
    Ok(Element { name, attributes, children: Vec::new() })
}

/// What the prefixes of a file mean at the place that is read.
#[derive(Default)]
struct Prefixes {
    /// The file's prefix, ours, and how deep its element stands.
    known: Vec<(String, Option<&'static str>, usize)>,
}

impl Prefixes {
    fn declare(&mut self, prefix: &str, namespace: &str, depth: usize) -> Result<(), String> {
        if self.known.len() == MOST_PREFIXES {
            return Err("too many namespaces".to_owned());
        }
        let ours = NAMESPACES.iter().find(|(name, _)| *name == namespace).map(|(_, ours)| *ours);
        self.known.push((prefix.to_owned(), ours, depth));
        Ok(())
    }

    /// Forgets what elements deeper than `depth`, or as deep, declared.
    fn leave(&mut self, depth: usize) {
        while self.known.pop_if(|(_, _, own)| *own >= depth).is_some() {}
    }

    /// A name with our prefix. An attribute without a prefix has no namespace.
    fn canonical(&self, name: &str, element: bool) -> String {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        if prefix.is_empty() && !element {
            return local.to_owned();
        }
        let meaning = self.known.iter().rev().find(|(own, ..)| own == prefix).and_then(|(_, ours, _)| *ours);
        match meaning {
            Some(ours) => format!("{ours}:{local}"),
            // The local name alone must not look like one of ours, which all have a prefix.
            None => local.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    #[test]
    fn names_go_by_their_namespace() {
        let text = format!("<x:p xmlns:x='{W}' y:val='2' x:val='1'><p/><x:t>a&amp;&#x4e00;<![CDATA[<]]></x:t></x:p>");
        let root = parse(&text, "p").unwrap();
        assert_eq!((root.name.as_str(), root.val()), ("w:p", Some("1")));
        let names: Vec<&str> = root.elements().map(|element| element.name.as_str()).collect();
        assert_eq!(names, ["p", "w:t"]);
        assert_eq!(root.child("w:t").unwrap().text(), "a&一<");
    }

    #[test]
    fn a_namespace_ends_with_its_element() {
        let text = format!("<a><b xmlns='{W}'><t/></b><t/></a>");
        let root = parse(&text, "p").unwrap();
        let names: Vec<&str> = root.elements().map(|element| element.name.as_str()).collect();
        assert_eq!(names, ["w:b", "t"]);
    }

    #[test]
    fn what_is_no_xml_or_too_much_is_refused() {
        for text in ["", "<a>", "<a></b>", "<a/><b/>", "<a>&x;</a>", "<a>&#0;</a>", "<!DOCTYPE a><a/>"] {
            assert!(matches!(parse(text, "p"), Err(Refused::Part { .. })), "{text}");
        }
        assert!(matches!(parse(&"<a>".repeat(257), "p"), Err(Refused::Limit(_))));
        let many: String = (0..300).map(|n| format!(" a{n}=''")).collect();
        assert!(parse(&format!("<a{many}/>"), "p").is_err());
    }
}
