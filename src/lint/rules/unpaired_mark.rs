//! `lint-unpaired-mark`: quotes, brackets and title marks that stand alone or the wrong way round (GB/T 15834 4.8,
//! 4.9, 4.15).

use super::prelude::*;

/// Pairs, the opening one first.
const PAIRS: [(char, char); 8] =
    [('“', '”'), ('‘', '’'), ('《', '》'), ('〈', '〉'), ('（', '）'), ('〔', '〕'), ('【', '】'), ('「', '」')];

/// A mark that is open: which, and where.
#[derive(Clone, Copy)]
struct Open<'d, 't> {
    line: &'d Line<'t>,
    at: usize,
    close: char,
}

pub(super) fn check(draft: &Draft<'_>, out: &mut Diagnostics) {
    for passage in &draft.passages {
        let mut open: Vec<Open<'_, '_>> = Vec::new();
        let mut lines = passage.lines.iter().peekable();
        while let Some(line) = lines.next() {
            for (at, &c) in line.chars().iter().enumerate() {
                if let Some(&(_, close)) = PAIRS.iter().find(|(opening, _)| *opening == c) {
                    match open.last() {
                        // `“甲“`: a quote of the same kind can't stand in a quote.
                        Some(last) if last.close == close && matches!(c, '“' | '‘') && !(at == 0 && c == '“') => {
                            let message = text!("这里的“{c}”方向反了", "`{c}` the wrong way round");
                            let fault = line.fault(Code::LintUnpairedMark, at..at + 1, message);
                            let fault =
                                last.line.label(fault, last.at..last.at + 1, text!("前一个在这里", "open here"));
                            out.push(line.propose(fault, &close.to_string()));
                            open.pop();
                        }
                        // A quotation of several paragraphs opens each of them anew.
                        Some(last) if last.close == close && at == 0 && c == '“' => {}
                        Some(_) | None => open.push(Open { line, at, close }),
                    }
                } else if PAIRS.iter().any(|(_, close)| *close == c) {
                    close(line, at, c, &mut open, out);
                }
            }
            let goes_on = goes_on(line) || lines.peek().is_some_and(|next| next.get(0) == Some('“'));
            if !goes_on || open.len() > 64 || lines.peek().is_none_or(|next| next.len() == 0) {
                open.drain(..).for_each(|left| out.push(unclosed(left)));
            }
        }
    }
}

/// `c` closes at `at` what is open, or nothing.
fn close<'d, 't>(line: &'d Line<'t>, at: usize, c: char, open: &mut Vec<Open<'d, 't>>, out: &mut Diagnostics) {
    let depth = open.iter().rev().take(8).position(|left| left.close == c);
    if let Some(depth) = depth {
        // What was opened inside and is open still is never closed.
        let left = open.len() - depth;
        open.drain(left..).for_each(|left| out.push(unclosed(left)));
        open.pop();
        return;
    }
    if is_apostrophe(line, at) || is_item(line, at) {
        return;
    }
    let message = text!("“{c}”前面没有与它成对的符号", "`{c}` closes nothing");
    let fault = line.fault(Code::LintUnpairedMark, at..at + 1, message);
    // `”甲“`: both are the wrong way round.
    let opening = PAIRS.iter().find(|(_, close)| *close == c).map_or(c, |(opening, _)| *opening);
    let turned = matches!(c, '”' | '’') && line.chars()[at + 1..].iter().take(40).any(|&next| next == opening);
    out.push(if turned {
        line.propose(fault, &opening.to_string())
    } else {
        fault.help(text!("补上“{opening}”，或删去它", "add `{opening}` before it, or leave it out"))
    });
}

fn unclosed(open: Open<'_, '_>) -> Diagnostic {
    let (line, at, close) = (open.line, open.at, open.close);
    let mark = line.get(at).unwrap_or(close);
    let message = text!("“{mark}”没有收尾", "`{mark}` is never closed");
    let fault = line.fault(Code::LintUnpairedMark, at..at + 1, message);
    fault.help(text!("补上“{close}”，或删去它", "add `{close}`, or leave it out"))
}

/// Whether a sentence goes on in the next line, as in drafts with hard line ends.
fn goes_on(line: &Line<'_>) -> bool {
    line.place == Place::Title
        || line.chars().last().is_some_and(|&c| !ends_sentence(c) && !matches!(c, '：' | '；' | '”' | '…'))
}

/// `don’t`.
fn is_apostrophe(line: &Line<'_>, at: usize) -> bool {
    line.get(at) == Some('’') && line.before(at).is_some_and(|c| is_latin(c) || c.is_ascii_digit())
}

/// `1）抓好`, `a）`: the number of an item.
fn is_item(line: &Line<'_>, at: usize) -> bool {
    let is_number = |c: char| c.is_ascii_alphanumeric() || is_numeral(c);
    let start = line.chars()[..at].iter().rposition(|&c| !is_number(c)).map_or(0, |i| i + 1);
    line.get(at) == Some('）') && (1..=3).contains(&(at - start)) && line.begins_clause(start)
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn what_is_alone_is_told() {
        assert_told_draft(super::check, "按照《办法要求办理。", "《");
        assert_told_draft(super::check, "按照办法》要求办理。", "》");
        assert_told_draft(super::check, "完善“一村一档“制度。", "“");
        assert_told_draft(super::check, "名单（含（兼）职见附件。", "（");
    }

    #[test]
    fn a_turned_pair_is_told_at_both() {
        assert_eq!(draft_faults(super::check, "完善”一村一档“制度。").len(), 2);
    }

    #[test]
    fn pairs_items_apostrophes_and_long_quotations_are_left() {
        assert_quiet_draft(
            super::check,
            &[
                "完善“一村‘一’档”（试行）和《办法（试行）》。",
                "1）排查。2）整改。",
                "it’s fine",
                "“第一段。\n“第二段。”",
                "名单（含兼\n职人员）见附件。",
            ],
        );
    }
}
