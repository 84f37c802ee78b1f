//! `lint-sum`: in one sentence, parts that do not add up to their total, a part above it, and a rate that its two numbers
//! do not give: 问题41个，已整改26个，正在整改4个.

use super::numbers::{numbers, unit_at};
use super::prelude::*;
use crate::number::{Decimal, Fraction, Rounding};

/// The most decimals of a number that is looked at.
const DECIMALS: usize = 6;
/// Begin the first and the last of parts that are all there are.
const WHOLE: [(&[&str], &[&str]); 3] = [
    (&["已"], &["正在", "未", "尚", "仍", "剩余", "剩下", "待"]),
    (&["男"], &["女"]),
    (&["实到", "出席"], &["缺席", "请假", "未到"]),
];
/// Begin what is left without a number of its own, or counts besides.
const REST: [&str; 4] = ["其余", "另", "还有", "同时"];

/// A number that ends its clause with its unit.
struct Count<'t> {
    /// Its clause.
    clause: Range<usize>,
    number: Range<usize>,
    unit: &'t str,
    value: Decimal,
}

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    let numbers = numbers(line);
    let mut numbers = numbers.iter().peekable();
    let mut counts: Vec<Count<'_>> = Vec::new();
    let mut start = 0;
    for end in 0..=line.len() {
        let mark = line.get(end);
        if mark.is_some_and(|c| !matches!(c, '，' | '。' | '；' | '！' | '？')) {
            continue;
        }
        let mut within = Vec::new();
        while let Some(number) = numbers.next_if(|number| number.start < end) {
            within.push(number.clone());
        }
        match count(line, start..end, &within) {
            Some(count) if line.any(start, &REST).is_none() => counts.push(count),
            // A clause of another shape parts what stands before it from what follows.
            _ => counts.clear(),
        }
        if mark != Some('，') {
            tell(line, &counts, out);
            counts.clear();
        } else if line.any(end + 1, &REST).is_some() {
            counts.clear();
        }
        start = end + 1;
    }
}

/// The one number of a clause, at its end.
fn count<'t>(line: &Line<'t>, clause: Range<usize>, numbers: &[Range<usize>]) -> Option<Count<'t>> {
    let [number] = numbers else { return None };
    let unit = match line.get(number.end)? {
        '%' | '％' => "%",
        _ => unit_at(line, number.end)?,
    };
    let written = line.slice(number.clone()).replace(',', "");
    let (whole, part) = written.split_once('.').unwrap_or((&written, ""));
    if number.end + unit.chars().count() != clause.end || !(1..=15).contains(&whole.len()) || part.len() > DECIMALS {
        return None;
    }
    // A needless 0 at its head is another rule's.
    let bare = written.trim_start_matches('0');
    let zero = if bare.is_empty() || bare.starts_with('.') { "0" } else { "" };
    let value = Decimal::parse(&format!("{zero}{bare}")).ok()?;
    Some(Count { clause, number: number.clone(), unit, value })
}

/// Tells of sums and rates that do not fit among the counts that follow one another in a sentence.
fn tell(line: &Line<'_>, counts: &[Count<'_>], out: &mut Diagnostics) {
    let Some((total, parts)) = counts.split_first() else { return };
    let same = parts.iter().take_while(|part| part.unit == total.unit).count();
    let (parts, rest) = parts.split_at(same);
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return };
    let among = line.has(first.clause.start, "其中");
    let lead = first.clause.start + 2 * usize::from(among);
    let whole = parts.len() > 1
        && (WHOLE
            .iter()
            .any(|(begin, end)| line.any(lead, begin).is_some() && line.any(last.clause.start, end).is_some())
            || negates(line, lead, last.clause.start));
    let sum = parts.iter().fold(Decimal::from(0), |sum, part| &sum + &part.value);
    let unit = total.unit;
    let range = total.number.start..last.number.end;
    if whole && sum != total.value {
        let (sum, total) = (sum.shortest(), total.value.shortest());
        let message =
            text!("各项合计{sum}{unit}，总数是{total}{unit}", "the parts make {sum}{unit}, the total is {total}{unit}");
        out.push(line.fault(Code::LintSum, range, message).help(look()));
    } else if among && unit != "%" && first.value > total.value {
        let (part, total) = (first.value.shortest(), total.value.shortest());
        let message = text!("其中的{part}{unit}比总数{total}{unit}还多", "{part}{unit} of only {total}{unit}");
        out.push(line.fault(Code::LintSum, range, message).help(look()));
    }
    if let (1, Some(rate)) = (parts.len(), rest.first()) {
        if total.value.is_zero() || !rate_of(line, rate, first) {
            return;
        }
        let hundred = Fraction::from_integer(100.into());
        let right = first.value.to_fraction() * &hundred / total.value.to_fraction();
        // Rounded or cut off, a rate is less than one of its last digit away.
        let digit = Fraction::new(1.into(), 10u64.pow(rate.value.digits()).into());
        let said = rate.value.to_fraction();
        if right <= &said - &digit || right >= said + digit {
            let (part, total) = (first.value.shortest(), total.value.shortest());
            let right = (right * &hundred).trunc() / hundred;
            let right = Decimal::rounded(&right, 2, Rounding::HalfUp).shortest();
            let message = text!("{part}是{total}的{right}%", "{part} of {total} is {right}%");
            out.push(line.fault(Code::LintSum, rate.number.clone(), message).help(look()));
        }
    }
}

/// True if what begins at `last` is what does not do as `first` says: 采纳45条，未采纳11条.
fn negates(line: &Line<'_>, first: usize, last: usize) -> bool {
    let verb = |at: usize| line.chars().get(at..at + 2).filter(|verb| verb.iter().all(|&c| is_hanzi(c)));
    line.get(last) == Some('未') && verb(last + 1).is_some() && verb(last + 1) == verb(first)
}

/// True if `rate` is that of what `part` counts: 已整改26个，整改率63.4%.
fn rate_of(line: &Line<'_>, rate: &Count<'_>, part: &Count<'_>) -> bool {
    let chars = line.chars();
    let Some(at) = (rate.clause.start..rate.number.start).find(|&i| chars[i] == '率') else { return false };
    let verb = &chars[rate.clause.start..at];
    let counted = &chars[part.clause.start..part.number.start];
    rate.unit == "%"
        && verb.len() == 2
        && (counted.starts_with(&['已']) || counted.starts_with(verb))
        && counted.windows(2).any(|two| two == verb)
        && matches!(line.slice(at + 1..rate.number.start).as_str(), "" | "为" | "达" | "达到")
}

fn look() -> crate::diag::Text {
    text!("核对这几个数", "look these numbers up")
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn what_does_not_fit() {
        for (text, place) in [
            ("排查问题41个，已整改26个，正在整改4个。", "41个，已整改26个，正在整改4"),
            ("受理事项120件，已办结100件，未办结10件。", "120件，已办结100件，未办结10"),
            ("排查隐患30处，其中已整改20处，尚未整改15处。", "30处，其中已整改20处，尚未整改15"),
            ("资金500万元，已拨付300万元，剩余100万元。", "500万元，已拨付300万元，剩余100"),
            ("培训干部41人，其中男26人，女14人。", "41人，其中男26人，女14"),
            ("走访农户40户，其中低收入户50户。", "40户，其中低收入户50"),
            ("投入12.5万元，已支付8.5万元，待支付3万元。", "12.5万元，已支付8.5万元，待支付3"),
            ("排查问题40个，已整改30个，整改率85%。", "85"),
            ("受理事项200件，已办结150件，办结率达到70.5%。", "70.5"),
            ("受理纠纷200件，化解196件，化解率为95%。", "95"),
            ("应到代表186名，实到179名，缺席6名。", "186名，实到179名，缺席6"),
            ("征集建议68条，采纳45条，部分采纳11条，未采纳11条。", "68条，采纳45条，部分采纳11条，未采纳11"),
            ("应检企业1,200家，已检查900家，检查率为80%。", "80"),
        ] {
            assert_told(super::check, text, place);
        }
    }

    #[test]
    fn what_fits_or_says_less() {
        assert_quiet(
            super::check,
            &[
                "排查问题41个，已整改26个，正在整改15个。",
                "排查问题41个，已整改26个，正在整改4个，其余11个列入计划。",
                "排查问题41个，已整改26个。",
                "排查问题41个，已整改26个，正在整改4处。",
                "排查问题41个。已整改26个，正在整改4个。",
                "培训干部41人，其中女性26人，党员30人，少数民族5人。",
                "排查问题41个，已整改26个，整改率63.4%。",
                "排查问题3个，已整改2个，整改率66.6%。",
                "排查问题40个，已整改30个，满意率85%。",
                "固定资产投资增长4.5%，其中工业投资增长12.3%。",
                "排查问题X个，已整改26个，正在整改4个。",
                "排查问题40个，已整改30个，整改率比上年提高5%。",
            ],
        );
    }
}
