//! Names that a line does not part.

use std::collections::BTreeMap;

/// The names of leaders, which are whole in every report.
const LEADERS: &[&str] = &[
    "毛泽东",
    "周恩来",
    "刘少奇",
    "朱德",
    "邓小平",
    "陈云",
    "江泽民",
    "胡锦涛",
    "习近平",
    "李强",
    "赵乐际",
    "王沪宁",
    "蔡奇",
    "丁薛祥",
    "李希",
    "韩正",
];

/// A set of names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// By the first character, the longest first.
    by_first: BTreeMap<char, Vec<Vec<char>>>,
}

impl Default for Names {
    /// Those of leaders.
    fn default() -> Self {
        Names::with([])
    }
}

impl Names {
    /// Those of leaders and `more`; blanks at either end are no part of a name, and a single character is none.
    pub fn with<'a>(more: impl IntoIterator<Item = &'a str>) -> Names {
        let mut by_first: BTreeMap<char, Vec<Vec<char>>> = BTreeMap::new();
        for name in LEADERS.iter().copied().chain(more) {
            if let name @ [first, _, ..] = &*name.trim().chars().collect::<Vec<char>>() {
                by_first.entry(*first).or_default().push(name.to_vec());
            }
        }
        for names in by_first.values_mut() {
            names.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            names.dedup();
        }
        Names { by_first }
    }

    /// How many characters the longest name has with which `text` begins.
    #[must_use]
    pub fn at(&self, text: &[char]) -> Option<usize> {
        let names = self.by_first.get(text.first()?)?;
        names.iter().find(|name| text.starts_with(name)).map(Vec::len)
    }
}
