//! `lint-straight-quote`: `"` in Chinese text (GB/T 15834 4.8).

use super::prelude::*;

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    if !line.chars().contains(&'"') || !line.chars().iter().any(|&c| is_hanzi(c)) {
        return;
    }
    // Curly quotes among them have their say in what opens and what closes.
    let mut open = None;
    let mut found = Vec::new();
    let mut sure = true;
    for (i, &c) in line.chars().iter().enumerate() {
        match (c, open) {
            ('"' | '“', None) => open = Some(i),
            ('"' | '”', Some(start)) => {
                found.push((start, i));
                open = None;
            }
            ('“', Some(_)) | ('”', None) => sure = false,
            _ => {}
        }
    }
    sure &= open.is_none();
    if !sure {
        let Some(i) = line.chars().iter().position(|&c| c == '"') else { return };
        let message = text!("中文里用了直引号，而且不成对", "straight quotes in Chinese text, and not in pairs");
        let fault = line.fault(Code::LintStraightQuote, i..i + 1, message);
        out.push(fault.help(text!("改为“”，成对使用", "write “ and ”, in pairs")));
        return;
    }
    for (start, end) in found {
        let straight = |i: usize| line.get(i) == Some('"');
        let chinese = line.chars()[start..end].iter().any(|&c| is_hanzi(c) || c == HOLE);
        if !chinese || !(straight(start) || straight(end)) {
            continue;
        }
        let mut changes = Vec::new();
        if straight(start) {
            changes.push((start..start + 1, "“"));
        }
        if straight(end) {
            changes.push((end..end + 1, "”"));
        }
        let at = if straight(start) { start } else { end };
        let message = text!("中文里用了直引号", "straight quotes in Chinese text");
        let words = shown(line, start + 1..end);
        let fault = line.fault(Code::LintStraightQuote, at..at + 1, message);
        out.push(line.mend_all(fault, &changes, text!("改为弯引号：“{words}”", "write “{words}”")));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn they_open_and_close_in_turn() {
        assert_fixed(super::check, "推行\"田长制\"和\"路长制\"", "推行“田长制”和“路长制”");
        assert_fixed(super::check, "推行“田长制\"和\"路长制”", "推行“田长制”和“路长制”");
    }

    #[test]
    fn what_is_not_in_pairs_is_told_alone() {
        assert_told(super::check, "推行\"田长制和\"路长制\"", "\"");
        assert_told(super::check, "推行“田长制“和\"路长制\"", "\"");
    }

    #[test]
    fn latin_text_is_left() {
        assert_quiet(super::check, &["say \"yes\"", "输入\"OK\"确认"]);
    }
}
