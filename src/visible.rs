//! The words of others, made fit for a terminal and for the log of a CI server.
//!
//! A name of a town, a file's name, a sentence: each may hold characters that do something instead of being shown. An
//! escape sequence moves the cursor, a bidirectional control turns a line round, and a line that begins with `::` is a
//! command to GitHub's runner. What would act is shown as � instead: one character for one, so that columns stay. In JSON
//! it is written as an escape, which says the same to programs.

use std::borrow::Cow;
use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

/// Whether `c` is not shown and may do something else: control characters (C0, DEL, C1), bidirectional controls, line
/// separators, characters without width, annotations and tags.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// `text` as one line: also its line ends are �.
pub fn line(text: &str) -> Cow<'_, str> {
    shown(text, |_| false)
}

/// `text` in its lines, with its tabs.
pub fn lines(text: &str) -> Cow<'_, str> {
    shown(text, |at| {
        let rest = &text[at..];
        rest.starts_with(['\n', '\t']) || rest.starts_with("\r\n")
    })
}

/// `text` with � for what would act, but for the characters at the offsets that are `kept`.
fn shown(text: &str, kept: impl Fn(usize) -> bool) -> Cow<'_, str> {
    let acts = |at: usize, c: char| (is_hidden(c) && !kept(at)) || is_command(text, at);
    if !text.char_indices().any(|(at, c)| acts(at, c)) {
        return Cow::Borrowed(text);
    }
    text.char_indices().map(|(at, c)| if acts(at, c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// Whether a CI server would take for a command what begins at the offset `at` of `text`: `::name` at the head of a line
/// (GitHub), `##[name` (GitHub, Azure), `##vso[` (Azure) and `##teamcity[` anywhere in it.
pub fn is_command(text: &str, at: usize) -> bool {
    let rest = &text[at..];
    if rest.starts_with("::") {
        // Blanks before it are skipped.
        let before = text[..at].trim_end_matches(|c: char| c != '\n' && c.is_whitespace());
        return before.is_empty() || before.ends_with('\n');
    }
    rest.strip_prefix("##")
        .is_some_and(|rest| rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).starts_with('['))
}

/// Writes `value` as JSON on one line.
///
/// # Errors
/// Those of `out`.
pub fn write_json(value: &impl Serialize, out: &mut dyn io::Write) -> io::Result<()> {
    Ok(value.serialize(&mut Serializer::with_formatter(out, Escaping(CompactFormatter)))?)
}

/// Writes `value` as JSON with a line for each key.
///
/// # Errors
/// Those of `out`.
pub fn write_json_lines(value: &impl Serialize, out: &mut dyn io::Write) -> io::Result<()> {
    Ok(value.serialize(&mut Serializer::with_formatter(out, Escaping(PrettyFormatter::new())))?)
}

/// `value` as JSON, written by [`write_json`] or [`write_json_lines`].
pub fn json<T: Serialize>(value: &T, write: fn(&T, &mut dyn io::Write) -> io::Result<()>) -> String {
    let mut bytes = Vec::new();
    // Strings, numbers and lists always have a JSON form, and memory takes it.
    let _ = write(value, &mut bytes);
    String::from_utf8(bytes).unwrap_or_default()
}

/// A form of JSON in whose strings what would act is an escape.
struct Escaping<F>(F);

impl<F: Formatter> Formatter for Escaping<F> {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut written = 0;
        for (at, c) in fragment.char_indices() {
            // A line of JSON begins with no string's words, so that `::` is none there.
            let acts = is_hidden(c) || (c == '#' && is_command(fragment, at));
            if !acts {
                continue;
            }
            out.write_all(&fragment.as_bytes()[written..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            written = at + c.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[written..])
    }

    fn begin_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_act_is_shown() {
        let hostile = "青\u{1b}[2J石\u{7f}\u{9b}\u{202e}\u{2066}\u{200b}\u{2028}\u{feff}镇\u{e0041}";
        assert_eq!(line(hostile), "青\u{fffd}[2J石\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}镇\u{fffd}");
        assert_eq!(line("甲\n\t乙"), "甲\u{fffd}\u{fffd}乙");
        assert_eq!(lines("甲\r\n\t乙\r丙\n"), "甲\r\n\t乙\u{fffd}丙\n");
        assert!(matches!(lines("青石镇：3 处 🏠\u{fe0f}\n"), Cow::Borrowed(_)), "what is plain is left alone");
    }

    #[test]
    fn no_line_is_a_command() {
        assert_eq!(line("::add-mask::docx"), "\u{fffd}:add-mask::docx");
        assert_eq!(lines("甲\n \t\u{3000}::error file=x::乙"), "甲\n \t\u{3000}\u{fffd}:error file=x::乙");
        assert_eq!(lines("甲::乙 :: 丙\n"), "甲::乙 :: 丙\n");
        assert_eq!(line("甲 ##[add-mask]docx"), "甲 \u{fffd}#[add-mask]docx");
        assert_eq!(
            line("###[x] ##vso[task.x]a ##teamcity[b"),
            "#\u{fffd}#[x] \u{fffd}#vso[task.x]a \u{fffd}#teamcity[b"
        );
        assert_eq!(line("## 一、概况 [1]"), "## 一、概况 [1]");
    }

    #[test]
    fn json_says_the_same_in_escapes() {
        let words = "甲\u{1b}[2J\u{7f}\u{9b}\u{202e}\u{e0041}##[add-mask]x\n";
        for (json, ends) in [(json(&[words], write_json), "]"), (json(&[words], write_json_lines), "\n]")] {
            assert!(!json.trim_end_matches('\n').contains(|c: char| c != '\n' && is_hidden(c)), "{json}");
            assert!(!json.contains("##[") && json.ends_with(ends), "{json}");
            assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), [words]);
        }
    }
}
