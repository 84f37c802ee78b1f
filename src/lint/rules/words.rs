//! `lint-banned-word` and `lint-preferred-word`: words that the office does not want (`[words]`).

use super::prelude::*;
use crate::manifest::Located;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// `lint-banned-word`.
pub(super) fn banned(draft: &Draft<'_>, out: &mut Diagnostics) {
    let words: Vec<&Located> = draft.words.banned.iter().collect();
    find(draft, &words, |line, range, index| {
        let word = words[index].text();
        let message = text!("“{word}”列在不许用的词里", "`{word}` is a banned word");
        let fault = line.fault(Code::LintBannedWord, range, message);
        out.push(fault.label(words[index].whole(), text!("在这里列出", "listed here")));
    });
}

/// `lint-preferred-word`.
pub(super) fn preferred(draft: &Draft<'_>, out: &mut Diagnostics) {
    let words: Vec<&Located> = draft.words.preferred.iter().map(|(word, _)| word).collect();
    find(draft, &words, |line, range, index| {
        let (word, right) = (words[index].text(), draft.words.preferred[index].1.text());
        // Where the right word holds the wrong one, it may stand there already.
        let chars = |text: &str| text.chars().count();
        let already = right
            .match_indices(word)
            .any(|(at, _)| range.start.checked_sub(chars(&right[..at])).is_some_and(|start| line.has(start, right)));
        if already {
            return;
        }
        let message = text!("“{word}”改用“{right}”", "`{right}` is used for `{word}`");
        out.push(line.mend(line.fault(Code::LintPreferredWord, range.clone(), message), range, right));
    });
}

/// Tells `found` of every place of one of `words`: the line, the characters, the word's number.
fn find<'d, 't>(draft: &'d Draft<'t>, words: &[&Located], mut found: impl FnMut(&'d Line<'t>, Range<usize>, usize)) {
    if words.is_empty() {
        return;
    }
    let patterns = words.iter().map(|word| word.text());
    // More words than an automaton holds would be gigabytes of them.
    // The other kind, which few words would get by default, takes time in the square of a word's length to build.
    let kind = Some(AhoCorasickKind::ContiguousNFA);
    let automaton = AhoCorasick::builder().kind(kind).match_kind(MatchKind::LeftmostLongest).build(patterns);
    let Ok(automaton) = automaton else { return };
    for line in draft.lines() {
        let text: String = line.chars().iter().collect();
        let (mut byte, mut at) = (0, 0);
        for place in automaton.find_iter(&text) {
            at += text[byte..place.start()].chars().count();
            byte = place.start();
            let len = text[place.range()].chars().count();
            found(line, at..at + len, place.pattern().as_usize());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use crate::manifest::Words;

    fn words() -> Words {
        let word = |text: &str| crate::manifest::Located::plain(text, Default::default());
        Words {
            banned: vec![word("老大难")],
            preferred: vec![(word("登陆系统"), word("登录系统")), (word("整治"), word("综合整治"))],
            names: Vec::new(),
            keep: Vec::new(),
        }
    }

    #[test]
    fn what_is_not_wanted_is_told() {
        assert_told_words(super::banned, &words(), "解决老大难问题", "老大难");
        assert_told_words(super::preferred, &words(), "请登陆系统填报", "登陆系统");
    }

    #[test]
    fn a_right_word_that_holds_the_wrong_one_is_left() {
        assert_told_words(super::preferred, &words(), "开展综合整治，再整治", "整治");
    }
}
