//! From a literal to its text, with the map back (TOML 1.1, "String" and "Keys").

use super::{Form, Run};

/// A literal, decoded.
pub(super) struct Decoded {
    pub(super) form: Form,
    pub(super) text: String,
    /// Offset in the file of the first byte of content.
    pub(super) content: u32,
    pub(super) trimmed: bool,
    pub(super) runs: Vec<Run>,
}

/// Decodes `raw`, whose first byte is the byte `start` of its file.
pub(super) fn decode(raw: &str, start: u32) -> Decoded {
    let (form, quotes) = form(raw);
    let inner = raw.get(quotes.len()..).unwrap_or_default();
    let multiline = quotes.len() == 3;
    let swallowed = match inner.as_bytes() {
        [b'\n', ..] if multiline => 1,
        [b'\r', b'\n', ..] if multiline => 2,
        _ => 0,
    };
    let body = &inner[swallowed..];
    let body = body.strip_suffix(quotes).unwrap_or(body);
    let content = start + (quotes.len() + swallowed) as u32;
    let mut decoder = Decoder { text: String::with_capacity(body.len()), runs: Vec::new() };
    match form {
        Form::Bare | Form::Literal | Form::MultilineLiteral | Form::Plain | Form::Verbatim => {
            decoder.verbatim(body, content)
        }
        Form::Basic | Form::MultilineBasic => decoder.escaped(body, content, multiline),
    }
    Decoded { form, text: decoder.text, content, trimmed: swallowed > 0, runs: decoder.runs }
}

/// How `raw` is written, and its opening quotes.
fn form(raw: &str) -> (Form, &'static str) {
    [
        ("\"\"\"", Form::MultilineBasic),
        ("'''", Form::MultilineLiteral),
        ("\"", Form::Basic),
        ("'", Form::Literal),
        ("", Form::Bare),
    ]
    .into_iter()
    // `""` and `"""` alone are an empty and a damaged string of one line.
    .find(|(quotes, _)| raw.starts_with(quotes) && (quotes.len() < 3 || raw.len() >= 6))
    .map_or((Form::Bare, ""), |(quotes, form)| (form, quotes))
}

struct Decoder {
    text: String,
    runs: Vec<Run>,
}

impl Decoder {
    /// `piece` stands in the file as it is, from the byte `source` on.
    fn verbatim(&mut self, piece: &str, source: u32) {
        if !piece.is_empty() {
            self.runs.push(Run { text: self.text.len() as u32, source, width: piece.len() as u32 });
            self.text.push_str(piece);
        }
    }

    fn escaped(&mut self, body: &str, content: u32, multiline: bool) {
        let mut at = 0;
        // What stands verbatim since the last escape; a wrong escape is left in it as it is.
        let mut since = 0;
        while let Some(found) = body[at..].find('\\') {
            let backslash = at + found;
            let escape = &body[backslash..];
            let trimmed = if multiline { continuation(escape) } else { 0 };
            let width = if trimmed > 0 {
                self.verbatim(&body[since..backslash], content + since as u32);
                trimmed
            } else if let Some((c, width)) = character(escape) {
                self.verbatim(&body[since..backslash], content + since as u32);
                let source = content + backslash as u32;
                self.runs.push(Run { text: self.text.len() as u32, source, width: width as u32 });
                self.text.push(c);
                width
            } else {
                at = backslash + 1;
                continue;
            };
            at = backslash + width;
            since = at;
        }
        self.verbatim(&body[since..], content + since as u32);
    }
}

/// The character that an escape at the head of `escape` denotes, and the escape's length in bytes.
pub(in crate::manifest) fn character(escape: &str) -> Option<(char, usize)> {
    let (c, digits) = match escape.as_bytes().get(1)? {
        b'b' => ('\u{8}', 0),
        b'e' => ('\u{1b}', 0),
        b'f' => ('\u{c}', 0),
        b'n' => ('\n', 0),
        b'r' => ('\r', 0),
        b't' => ('\t', 0),
        b'"' => ('"', 0),
        b'\\' => ('\\', 0),
        b'x' => ('\0', 2),
        b'u' => ('\0', 4),
        b'U' => ('\0', 8),
        _ => return None,
    };
    if digits == 0 {
        return Some((c, 2));
    }
    let hex = escape.get(2..2 + digits).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let c = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)?;
    Some((c, 2 + digits))
}

/// The length of a backslash that ends its line, with the line breaks and blanks it takes away; 0 where it is none.
pub(in crate::manifest) fn continuation(escape: &str) -> usize {
    let blank = |b: &u8| matches!(b, b' ' | b'\t');
    let bytes = escape.as_bytes();
    let mut at = 1 + bytes.iter().skip(1).take_while(|b| blank(b)).count();
    let mut breaks = 0;
    loop {
        match &bytes[at.min(bytes.len())..] {
            [b'\n', ..] => at += 1,
            [b'\r', b'\n', ..] => at += 2,
            _ => break,
        }
        breaks += 1;
        at += bytes[at..].iter().take_while(|b| blank(b)).count();
    }
    if breaks > 0 { at } else { 0 }
}
