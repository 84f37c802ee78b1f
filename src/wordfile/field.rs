//! Fields of a text (ECMA-376-1, 17.16): what they show, and where their links lead.

use super::{Beside, Inline};

/// A field that is open.
#[derive(Default)]
pub(super) struct Field {
    /// Its instruction.
    pub(super) instruction: String,
    /// True if what comes is the result that it shows.
    pub(super) is_result: bool,
    /// The place of the result in the content of its paragraph.
    pub(super) start: Start,
}

/// A place in the content of a paragraph: the number of an inline, and the byte of its text.
#[derive(Clone, Copy, Default)]
pub(super) struct Start(usize, usize);

impl Start {
    /// The place behind all of `content`. A run may still grow.
    pub(super) fn behind(content: &[Inline]) -> Self {
        match content.last() {
            Some(Inline::Run(run)) if !run.hidden => Start(content.len() - 1, run.text.len()),
            _ => Start(content.len(), 0),
        }
    }
}

/// A link to `address` whose words are the content from `start` on; none where they are the address itself.
pub(super) fn link(address: String, content: &[Inline], Start(start, byte): Start) -> Option<Inline> {
    let mut words = String::new();
    super::push_text(content.get(start..).unwrap_or_default(), &mut words);
    let words = words.get(byte..).unwrap_or_default().to_owned();
    let bare = |text: &str| {
        let text = text.trim().to_lowercase();
        let text =
            ["http://", "https://", "mailto:"].iter().find_map(|scheme| text.strip_prefix(scheme)).unwrap_or(&text);
        text.trim_end_matches('/').to_owned()
    };
    (bare(&words) != bare(&address)).then_some(Inline::Beside(Beside::Link { words, address }))
}

/// The address of the field of a link (17.16.5.25): `HYPERLINK "http://…"`. None of a place in the file itself.
pub(super) fn address(instruction: &str) -> Option<String> {
    let rest = named(instruction, "HYPERLINK")?;
    let address = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split_whitespace().next()?,
    };
    (!address.is_empty() && !address.starts_with('\\')).then(|| address.to_owned())
}

/// The words that a field without a result shows: the prompt of MACROBUTTON (17.16.5.36), and a number in a ring that EQ
/// (17.16.5.17) draws: `eq \o\ac(○,1)`.
pub(super) fn shown(instruction: &str) -> Option<String> {
    if let Some(rest) = named(instruction, "MACROBUTTON") {
        return rest.split_once(char::is_whitespace).map(|(_, prompt)| prompt.trim().to_owned());
    }
    let inside = named(instruction, "EQ")?.split_once('(')?.1.strip_suffix(')')?;
    let (ring, number) = inside.split_once([',', ';'])?;
    let number = number.trim();
    let ringed = || char::from_u32('①' as u32 + number.parse::<u32>().ok().filter(|n| (1..=20).contains(n))? - 1);
    match ring.trim() {
        "○" | "〇" | "◯" => Some(ringed().map_or_else(|| number.to_owned(), String::from)),
        _ => None,
    }
}

/// The words behind the name of an instruction.
fn named<'i>(instruction: &'i str, name: &str) -> Option<&'i str> {
    let rest = instruction.trim();
    let word = rest.get(..name.len()).filter(|word| word.eq_ignore_ascii_case(name))?;
    Some(rest[word.len()..].trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_without_a_result_show_words() {
        assert_eq!(shown(" MACROBUTTON NoMacro [单击填写] ").as_deref(), Some("[单击填写]"));
        assert_eq!(shown(r" eq \o\ac(○,1) ").as_deref(), Some("①"));
        assert_eq!(shown(r"EQ \o\ac(○,21)").as_deref(), Some("21"));
        assert_eq!(shown("PAGE"), None);
        assert_eq!(address("HYPERLINK mailto:a@b.cn").as_deref(), Some("mailto:a@b.cn"));
        assert_eq!(address(r#"HYPERLINK \l "书签""#), None);
    }
}
