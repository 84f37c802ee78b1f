//! A small tree of XML elements, in which the parts of a Word file are put together and put in order.

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};

use crate::write::WriteError;

/// Nesting past which a part is refused; Word's own documents stay far below.
const MAX_DEPTH: usize = 256;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// An element. Names carry their prefix; values and text are kept escaped, as they stand in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
}

/// What an element holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Element(Element),
    /// Escaped text.
    Text(String),
}

impl Element {
    pub(super) fn new(name: &str) -> Self {
        Element { name: name.to_owned(), attributes: Vec::new(), children: Vec::new() }
    }

    /// `<name w:val="value"/>`, the commonest element of WordprocessingML.
    pub(super) fn val(name: &str, value: impl ToString) -> Self {
        Element::new(name).with("w:val", value)
    }

    /// With one more attribute.
    pub(super) fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.attributes.push((name.to_owned(), escape(value.to_string()).into_owned()));
        self
    }

    /// With one more child at the end.
    pub(super) fn child(mut self, child: Element) -> Self {
        self.children.push(Node::Element(child));
        self
    }

    /// With `child` at the end, if there is one.
    pub(super) fn maybe(self, child: Option<Element>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    /// With more children at the end.
    pub(super) fn extended(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children.extend(children.into_iter().map(Node::Element));
        self
    }

    /// With text at the end.
    pub(super) fn text(mut self, text: &str) -> Self {
        self.children.push(Node::Text(escape(text).into_owned()));
        self
    }

    /// The elements among the children.
    pub(super) fn elements_mut(&mut self) -> impl Iterator<Item = &mut Element> {
        self.children.iter_mut().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The whole part with this root.
    pub(super) fn to_part(&self) -> Vec<u8> {
        let mut out = String::with_capacity(4096);
        out.push_str(DECLARATION);
        self.write(&mut out);
        out.into_bytes()
    }

    fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            out.push_str(value);
            out.push('"');
        }
        if self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(out),
                Node::Text(text) => out.push_str(text),
            }
        }
        out.push_str("</");
        out.push_str(&self.name);
        out.push('>');
    }
}

/// Reads a part: its root element.
///
/// # Errors
///
/// [`WriteError::Library`] where the part is not well formed, which would be a fault of the library that
/// wrote it.
pub(super) fn parse(part: &[u8]) -> Result<Element, WriteError> {
    let text = std::str::from_utf8(part).map_err(ill_formed)?;
    let mut reader = Reader::from_str(text);
    let mut root = None;
    let mut open: Vec<Element> = Vec::new();
    loop {
        let closed = match reader.read_event().map_err(ill_formed)? {
            Event::Start(start) => {
                if open.len() == MAX_DEPTH {
                    return Err(ill_formed("nested too deeply"));
                }
                open.push(element(&start)?);
                None
            }
            Event::Empty(start) => Some(element(&start)?),
            Event::End(_) => open.pop(),
            Event::Text(text) => {
                let text = text.decode().map_err(ill_formed)?;
                push(&mut open, &text);
                None
            }
            Event::GeneralRef(name) => {
                let name = name.decode().map_err(ill_formed)?;
                push(&mut open, &format!("&{name};"));
                None
            }
            Event::CData(data) => {
                let data = data.decode().map_err(ill_formed)?;
                push(&mut open, &escape(data));
                None
            }
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) => None,
            Event::DocType(_) => return Err(ill_formed("a DOCTYPE")),
            Event::Eof => break,
        };
        if let Some(element) = closed {
            match open.last_mut() {
                Some(parent) => parent.children.push(Node::Element(element)),
                None => root = Some(element),
            }
        }
    }
    match root {
        Some(root) if open.is_empty() => Ok(root),
        Some(_) | None => Err(ill_formed("cut short")),
    }
}

fn push(open: &mut [Element], escaped: &str) {
    // Outside the root there is nothing but line ends.
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut() {
        Some(Node::Text(text)) => text.push_str(escaped),
        Some(Node::Element(_)) | None => parent.children.push(Node::Text(escaped.to_owned())),
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, WriteError> {
    let mut element = Element::new(std::str::from_utf8(start.name().as_ref()).map_err(ill_formed)?);
    for attribute in start.attributes() {
        let attribute = attribute.map_err(ill_formed)?;
        let name = std::str::from_utf8(attribute.key.as_ref()).map_err(ill_formed)?;
        let value = std::str::from_utf8(&attribute.value).map_err(ill_formed)?;
        element.attributes.push((name.to_owned(), value.to_owned()));
    }
    Ok(element)
}

fn ill_formed(what: impl std::fmt::Display) -> WriteError {
    WriteError::Library(format!("a part of the Word file is not well formed: {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_again() {
        let part = "<a x=\"1 &lt; 2\"><b/>左 &amp; 右 <c>&#x20;</c></a>";
        let root = parse(format!("<?xml version=\"1.0\"?>\n{part}\n").as_bytes()).unwrap();
        assert_eq!(String::from_utf8(root.to_part()).unwrap(), format!("{DECLARATION}{part}"));
    }

    #[test]
    fn values_and_text_are_escaped() {
        let element = Element::val("w:name", "a\"<b").text("<&>");
        let part = String::from_utf8(element.to_part()).unwrap();
        assert!(part.ends_with("<w:name w:val=\"a&quot;&lt;b\">&lt;&amp;&gt;</w:name>"), "{part}");
        assert_eq!(parse(part.as_bytes()).unwrap(), element);
    }

    #[test]
    fn parts_that_are_cut_or_too_deep_are_refused() {
        assert!(parse(b"<a><b>").is_err());
        assert!(parse(b"").is_err());
        assert!(parse("<a>".repeat(MAX_DEPTH + 1).as_bytes()).is_err());
    }
}
