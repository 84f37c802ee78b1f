//! `lint-mark-between-quotes`: 、 between quoted or titled words that stand side by side (GB/T 15834 4.5.3.5).

use super::pairs::quoted;
use super::prelude::*;

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    let items = quoted(line);
    let mut start = 0;
    while start < items.len() {
        // A series: items with nothing but 、 or a note in brackets between them.
        let mut end = start + 1;
        let mut commas = Vec::new();
        let mut plain = true;
        while end < items.len() {
            let between = items[end - 1].1 + 1..items[end].0;
            let words = &line.chars()[between.clone()];
            match words {
                ['、'] => commas.push(between.start),
                ['（', .., '）', '、'] | ['、', .., '、'] => plain = false,
                [] => {}
                _ => break,
            }
            end += 1;
        }
        let (_, last) = items[end - 1];
        // A note or 等字样 after an item needs the mark, and then all items have it (the same clause).
        plain &= line.any(last + 1, &["（", "等字样"]).is_none();
        // `“X”、“X”等X个` is one list of the report format, which grows with its names.
        plain &= !line.chars()[items[start].0..=last].contains(&HOLE);
        if plain {
            for at in commas {
                let message =
                    text!("并列的引号或书名号之间不用顿号", "no 、 between quoted or titled words side by side");
                let fault = line.fault(Code::LintMarkBetweenQuotes, at..at + 1, message);
                out.push(line.mend(fault, at..at + 1, ""));
            }
        }
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn side_by_side_it_goes() {
        assert_fixed(super::check, "做到“早发现”、“早处置”、“早报告”", "做到“早发现”“早处置”“早报告”");
        assert_fixed(super::check, "印发《甲办法》、《乙办法》", "印发《甲办法》《乙办法》");
    }

    #[test]
    fn with_words_or_notes_between_it_stays() {
        assert_quiet(
            super::check,
            &[
                "做到“早发现”、及时“早处置”",
                "印发《甲办法》（试行）、《乙办法》、《丙办法》",
                "印发《甲办法》、《乙办法》（试行）",
                "写有“禁烧”、“禁烟”等字样",
                "形成“X”、“X”等X个专题",
            ],
        );
    }
}
