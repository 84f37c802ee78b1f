//! Which face sets which characters of a stretch of text.

use std::collections::{BTreeMap, BTreeSet};

use super::family::Families;
use crate::fonts::{Fonts, Role};
use crate::write::WriteError;

/// The characters that each face sets.
#[derive(Debug, Default)]
pub(super) struct UsedChars(BTreeMap<Role, BTreeSet<char>>);

impl UsedChars {
    pub(super) fn note(&mut self, role: Role, c: char) {
        self.0.entry(role).or_default().insert(c);
    }

    pub(super) fn note_all(&mut self, role: Role, chars: impl IntoIterator<Item = char>) {
        self.0.entry(role).or_default().extend(chars);
    }

    pub(super) fn of(&self, role: Role) -> Option<&BTreeSet<char>> {
        self.0.get(&role)
    }
}

/// Text that one run sets.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    /// The face that sets it, where that of the text's role cannot.
    pub(super) fallback: Option<Role>,
    /// Whether it has signs that Word would take for Latin without a hint: “”‘’—…· and the like.
    pub(super) hint: bool,
}

/// Cuts `text` of `role` where its face changes. `\n` stays in the piece before it.
///
/// # Errors
///
/// [`WriteError::NoGlyph`] for a character that no face has, [`WriteError::Library`] for one that XML cannot
/// hold.
pub(super) fn pieces<'a>(
    text: &'a str,
    role: Role,
    fonts: &Fonts,
    families: &Families<'_>,
    used: &mut UsedChars,
) -> Result<Vec<Piece<'a>>, WriteError> {
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    let mut start = 0;
    let mut current: Option<(Option<Role>, bool)> = None;
    let (ascii_role, foreign_ascii) = (families.ascii_role(role), families.foreign_ascii().is_some());
    for (at, c) in text.char_indices() {
        if c == '\n' {
            current.get_or_insert((None, false));
            continue;
        }
        check(c)?;
        let face = fonts.glyph(role, c).ok_or(WriteError::NoGlyph(c))?.face;
        if !(c.is_ascii() && foreign_ascii) {
            used.note(face, c);
        }
        let by_style = if c.is_ascii() { ascii_role } else { role };
        let fallback = (face != by_style).then_some(face);
        let hint = matches!(c, '\u{80}'..='\u{2e7f}');
        // LibreOffice sets these like what stands before them, so that either face may be asked for them.
        let other = if hint { ascii_role } else { role };
        if (hint || c == ' ') && other != face && !(hint && foreign_ascii) && fonts.face(other).glyph(c).is_some() {
            used.note(other, c);
        }
        match &mut current {
            Some((before, hinted)) if *before == fallback => *hinted |= hint,
            Some((before, hinted)) => {
                pieces.push(Piece { text: &text[start..at], fallback: *before, hint: *hinted });
                (start, current) = (at, Some((fallback, hint)));
            }
            None => current = Some((fallback, hint)),
        }
    }
    if let Some((fallback, hint)) = current {
        pieces.push(Piece { text: &text[start..], fallback, hint });
    }
    Ok(pieces)
}

/// Refuses what XML 1.0 cannot hold. The checks before writing find it with its place.
pub(super) fn check(c: char) -> Result<(), WriteError> {
    if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') {
        return Err(WriteError::Library(format!("U+{:04X} cannot stand in a Word file", u32::from(c))));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::Faces;

    fn cut(text: &str, role: Role) -> Vec<(String, Option<Role>, bool)> {
        let fonts = Fonts::bundled();
        let families = Families::new(&fonts, Faces::Own);
        let pieces = pieces(text, role, &fonts, &families, &mut UsedChars::default()).unwrap();
        assert_eq!(pieces.iter().map(|piece| piece.text).collect::<String>(), text);
        pieces.into_iter().map(|piece| (piece.text.to_owned(), piece.fallback, piece.hint)).collect()
    }

    #[test]
    fn digits_need_no_run_of_their_own_but_signs_that_the_face_lacks_do() {
        assert_eq!(cut("召开会议12次", Role::Body), [("召开会议12次".to_owned(), None, false)]);
        assert_eq!(
            cut("一①二", Role::Body),
            [("一".to_owned(), None, false), ("①".to_owned(), Some(Role::Song), true), ("二".to_owned(), None, false)]
        );
        assert_eq!(cut("𠮷\n", Role::Body), [("𠮷\n".to_owned(), Some(Role::Rare), false)]);
    }

    #[test]
    fn marks_shared_with_latin_are_hinted() {
        assert_eq!(cut("“五个一”工程", Role::Body), [("“五个一”工程".to_owned(), None, true)]);
    }

    #[test]
    fn signs_without_a_script_are_in_both_faces() {
        let fonts = Fonts::bundled();
        let mut used = UsedChars::default();
        pieces("占 98%——“一”", Role::Body, &fonts, &Families::new(&fonts, Faces::Own), &mut used).unwrap();
        for (role, chars) in [(Role::Body, " “”—一占"), (Role::Song, " %89“”—")] {
            assert_eq!(used.of(role), Some(&chars.chars().collect()), "{role:?}");
        }
    }

    #[test]
    fn what_xml_cannot_hold_is_refused() {
        let fonts = Fonts::bundled();
        let families = Families::new(&fonts, Faces::Own);
        for text in ["\u{1}", "\t", "\u{fffe}", "\u{e000}"] {
            assert!(pieces(text, Role::Body, &fonts, &families, &mut UsedChars::default()).is_err(), "{text:?}");
        }
    }
}
