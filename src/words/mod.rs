//! Words of Chinese text: where one ends and the next begins.
//!
//! `list` is a list of some 100,000 words with how frequent they are, linked into the program as a transducer that is
//! read where it lies. `path` takes the likeliest way through a stretch of hanzi, each word as likely as it is
//! frequent; [`joints`] tells for every gap of a text whether it is within a word. [`Names`] are kept whole whatever the
//! list says. `data/README.md` says where the list comes from and how it is made.

mod list;
mod names;
mod offices;
mod path;
mod unlisted;

pub use names::Names;
pub use offices::{is_body, is_office, is_place};

/// Whose words these are, and the licence that they are under.
pub const LICENSE: &str = concat!(
    "The list of words is made of that of jieba 0.42.1, which is under this licence:\n\n",
    include_str!("data/LICENSE-jieba")
);

/// What the gap between two characters is to the words around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Joint {
    /// Within a word: 整|改.
    Within,
    /// Between the words of a term that belongs together: 乡村|振兴.
    Seam,
    /// Between two words, or beside something that is no hanzi.
    Between,
}

/// What each gap of `text` is: one fewer than it has characters. Takes time in proportion to the text.
#[must_use]
pub fn joints(text: &[char]) -> Vec<Joint> {
    let mut joints = vec![Joint::Between; text.len().saturating_sub(1)];
    let mut start = 0;
    for run in text.chunk_by(|&a, &b| is_hanzi(a) == is_hanzi(b)) {
        if is_hanzi(run[0]) {
            let mut ends = path::ends(run);
            unlisted::join(run, &mut ends);
            mark(run, &ends, &mut joints[start..start + run.len() - 1]);
        }
        start += run.len();
    }
    joints
}

/// Marks the gaps of `run`, whose words end at `ends`.
fn mark(run: &[char], ends: &[usize], joints: &mut [Joint]) {
    let mut start = 0;
    for &end in ends {
        joints[start..end - 1].fill(Joint::Within);
        seams(&run[start..end], &mut joints[start..end - 1]);
        start = end;
    }
}

/// Marks the seams of `word` where it is made of words of two hanzi and more, and theirs.
fn seams(word: &[char], joints: &mut [Joint]) {
    if word.len() < 4 {
        return;
    }
    let ends = path::parts(word);
    let mut start = 0;
    for end in ends.iter().copied().filter(|_| ends.len() > 1) {
        if end < word.len() {
            joints[end - 1] = Joint::Seam;
        }
        seams(&word[start..end], &mut joints[start..end - 1]);
        start = end;
    }
}

fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' | '〇' | '々')
}

#[cfg(test)]
mod tests;
