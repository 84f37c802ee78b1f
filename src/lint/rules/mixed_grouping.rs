//! `lint-mixed-grouping`: 12,345 and 67890 in one text (GB/T 15835 5.1.1).

use super::numbers::{is_code, numbers, unit_at};
use super::prelude::*;

pub(super) fn check(draft: &Draft<'_>, out: &mut Diagnostics) {
    let mut grouped = None;
    let mut plain = None;
    let mut counts = (0_usize, 0_usize);
    for line in draft.lines() {
        for number in numbers(line) {
            let whole: Vec<char> = line.chars()[number.clone()].iter().copied().take_while(|&c| c != '.').collect();
            let is_grouped = whole.contains(&',');
            // Only what is counted: codes and telephone numbers have no unit.
            let counted = unit_at(line, number.end).is_some() && !is_code(line, number.start);
            if is_grouped {
                grouped.get_or_insert((line, number));
                counts.0 += 1;
            } else if (5..=9).contains(&whole.len()) && counted {
                plain.get_or_insert((line, number));
                counts.1 += 1;
            }
        }
    }
    let (Some(grouped), Some(plain)) = (grouped, plain) else { return };
    let (fewer, more) = if counts.0 < counts.1 { (grouped, plain) } else { (plain, grouped) };
    let (a, b) = (shown(fewer.0, fewer.1.clone()), shown(more.0, more.1.clone()));
    let message = text!("分节写法不一致：“{a}”和“{b}”", "thousands are grouped in `{a}` or in `{b}`, but not in both");
    let fault = fewer.0.fault(Code::LintMixedGrouping, fewer.1, message);
    let fault = more.0.label(fault, more.1, text!("这里是另一种", "the other way"));
    out.push(fault.help(text!("全文用一种写法；公文一般不分节", "one way in one text; documents mostly do not group")));
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn one_way_in_one_text() {
        assert_told_draft(super::check, "人口12,345人。\n面积67890亩，产值56789万元。", "12,345");
        assert_quiet_draft(
            super::check,
            &[
                "人口12,345人，面积67,890亩。",
                "人口12,345人，面积1,240亩、6300元。",
                "人口12345人。",
                "人口12,345人，电话62345678。",
            ],
        );
    }
}
