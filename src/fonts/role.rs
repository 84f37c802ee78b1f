//! What faces are for.

/// What a face is for. GB/T 9704 names faces by these roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 仿宋, the text.
    Body,
    /// 黑体, headings of the first level.
    Heading1,
    /// 楷体, headings of the second level, emphasis, author lines.
    Heading2,
    /// 小标宋, the title.
    Title,
    /// 宋体: page numbers, digits and Latin, and what the other faces lack.
    Song,
    /// Rare characters that 宋体 lacks.
    Rare,
    /// Digits and Latin, where an office wants them in a face of their own.
    Latin,
    /// The bundled 仿宋 beside an office's own: sets what that one lacks.
    SpareBody,
    /// The bundled 黑体 beside an office's own.
    SpareHeading1,
    /// The bundled 楷体 beside an office's own.
    SpareHeading2,
    /// The bundled 小标宋 beside an office's own.
    SpareTitle,
    /// The bundled 宋体 beside an office's own.
    SpareSong,
    /// The bundled rare face beside an office's own.
    SpareRare,
}

impl Role {
    /// All roles, in the order in which faces are numbered in the outputs.
    pub const ALL: [Role; 13] = [
        Role::Body,
        Role::Heading1,
        Role::Heading2,
        Role::Title,
        Role::Song,
        Role::Rare,
        Role::Latin,
        Role::SpareBody,
        Role::SpareHeading1,
        Role::SpareHeading2,
        Role::SpareTitle,
        Role::SpareSong,
        Role::SpareRare,
    ];

    /// Those that an author can give a face, by their names in `[style] fonts`.
    pub const NAMED: [(&str, Role); 7] = [
        ("body", Role::Body),
        ("heading1", Role::Heading1),
        ("heading2", Role::Heading2),
        ("title", Role::Title),
        ("song", Role::Song),
        ("latin", Role::Latin),
        ("rare", Role::Rare),
    ];

    /// The role of the bundled face beside an office's own of this role.
    pub fn spare(self) -> Option<Role> {
        match self {
            Role::Body => Some(Role::SpareBody),
            Role::Heading1 => Some(Role::SpareHeading1),
            Role::Heading2 => Some(Role::SpareHeading2),
            Role::Title => Some(Role::SpareTitle),
            Role::Song => Some(Role::SpareSong),
            Role::Rare => Some(Role::SpareRare),
            Role::Latin
            | Role::SpareBody
            | Role::SpareHeading1
            | Role::SpareHeading2
            | Role::SpareTitle
            | Role::SpareSong
            | Role::SpareRare => None,
        }
    }

    /// The role whose bundled face does for this one; itself where it has one.
    pub(super) fn bundled(self) -> Role {
        match self {
            Role::Latin => Role::Song,
            Role::SpareBody => Role::Body,
            Role::SpareHeading1 => Role::Heading1,
            Role::SpareHeading2 => Role::Heading2,
            Role::SpareTitle => Role::Title,
            Role::SpareSong => Role::Song,
            Role::SpareRare => Role::Rare,
            Role::Body | Role::Heading1 | Role::Heading2 | Role::Title | Role::Song | Role::Rare => self,
        }
    }

    /// Whether a stretch of text is of this role, rather than single characters in it.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Role::Body | Role::Heading1 | Role::Heading2 | Role::Title)
    }

    /// Whether it is the weight of 宋体, thin among the heavier faces that it stands in for.
    pub fn is_thin(self) -> bool {
        matches!(self, Role::Song | Role::Rare | Role::SpareSong | Role::SpareRare)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_stand_at_the_place_of_their_number() {
        for (n, role) in Role::ALL.into_iter().enumerate() {
            assert_eq!(role as usize, n);
            assert!(role.spare().is_none_or(|spare| spare.bundled() == role));
        }
    }
}
