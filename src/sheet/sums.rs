//! The numbers of a row of totals, held against the sums of the rows.

use super::head::{is_running, plain, without_unit};
use super::total::{Total, is_nothing};
use super::{Cell, CellKind, Sheet};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::number::Decimal;
use crate::placeholder::{only_hole, unit};
use crate::source::Span;
use crate::text;

/// Ends of the heads of columns that have no sums below.
const NO_SUMS: [&str; 24] = [
    "率", "比", "比例", "比重", "占比", "增速", "增幅", "同比", "环比", "平均", "均", "排名", "名次", "位次", "单价",
    "均价", "年份", "年度", "月份", "电话", "号码", "编码", "得分", "分数",
];

/// Tells of totals that are not the sum of their rows (`wrong-total`): of all, of those above or below, or of their group.
/// Percentages, averages and columns with words among the numbers are not compared.
pub(super) fn check_totals(
    sheet: &Sheet,
    units: &[Option<(String, Span)>],
    name: usize,
    total: &dyn Fn(usize) -> Option<Total>,
    is_town: &dyn Fn(usize) -> bool,
    diags: &mut Diagnostics,
) {
    let totals: Vec<usize> = (0..sheet.rows.len()).filter(|&row| total(row).is_some()).collect();
    if totals.is_empty() {
        return;
    }
    for (column, head) in sheet.head.iter().enumerate() {
        let plain = plain(&head.text);
        let is_percent = units[column].as_ref().is_some_and(|(unit, _)| matches!(unit.as_str(), "%" | "‰"));
        if column == name || is_percent || !has_sum(&plain) {
            continue;
        }
        let sums = Sums::of(sheet.rows.iter().map(|row| &row[column]), is_town);
        for (place, &row) in totals.iter().enumerate() {
            let cell = &sheet.rows[row][column];
            let CellKind::Number(said) = &cell.kind else { continue };
            let Some(kind) = total(row).filter(|kind| *kind != Total::Average) else { continue };
            if cell.shown().ends_with('%') {
                continue;
            }
            let before = place.checked_sub(1).map_or(0, |before| totals[before] + 1);
            let after = totals.get(place + 1).copied().unwrap_or(sheet.rows.len());
            let all = sheet.rows.len();
            let group = [(before, row), (row + 1, after)];
            let wider = [(0, all), (0, row), (row + 1, all)];
            let ranges: Vec<(usize, usize)> = match kind {
                Total::Part => group.to_vec(),
                Total::Sum | Total::Average => wider.into_iter().chain(group).collect(),
            };
            let found: Vec<Option<Decimal>> = ranges.iter().map(|&(from, to)| sums.between(from, to)).collect();
            let fits = |sum: &Option<Decimal>| sum.as_ref().is_none_or(|sum| is_near(sum, said, sums.towns));
            if found.iter().any(fits) {
                continue;
            }
            let Some(sum) = found.into_iter().flatten().next() else { continue };
            let head = &head.text;
            let message = text!(
                "“{head}”的合计写的是 {said}，各行加起来是 {sum}",
                "the total of `{head}` says {said}, and the rows come to {sum}"
            );
            diags.push(Diagnostic::new(Code::WrongTotal, message).at(cell.span).help(text!(
                "看看是合计没有改，还是哪一行的数错了",
                "see whether the total or one of the rows is wrong"
            )));
        }
    }
}

/// True if the numbers under a head may be added: they are no rates, no numbers of rows, no years.
pub fn has_sum(head: &str) -> bool {
    let plain = plain(head);
    let (bare, unit_in_head) = without_unit(&plain);
    let (words, unit) = of_phrase(bare);
    let is_rate = [unit, unit_in_head].iter().any(|unit| matches!(unit, Some("%" | "％" | "‰")));
    let is_average = ["人均", "户均", "亩均", "平均", "亩产", "单产"].iter().any(|word| words.contains(word));
    !is_rate && !is_average && !NO_SUMS.iter().any(|end| words.ends_with(end)) && !is_running(head)
}

/// The words and the unit of a head that is a phrase with one hole, 整改率X%; of any other its words.
fn of_phrase(head: &str) -> (&str, Option<&str>) {
    match only_hole(head) {
        Some(hole) => (&head[..hole.range.start], unit(&head[hole.range.end..])),
        None => (head, None),
    }
}

/// The sums of a column up to each row, so that those between two rows are at hand.
struct Sums {
    sums: Vec<Decimal>,
    /// The number of cells up to each row that are no numbers.
    words: Vec<usize>,
    /// The number of rows that are added.
    towns: usize,
}

impl Sums {
    fn of<'c>(cells: impl Iterator<Item = &'c Cell>, is_town: &dyn Fn(usize) -> bool) -> Self {
        let mut sums = Sums { sums: vec![Decimal::from(0_usize)], words: vec![0], towns: 0 };
        for (row, cell) in cells.enumerate() {
            let (mut sum, mut words) = (sums.sums[row].clone(), sums.words[row]);
            if is_town(row) {
                sums.towns += 1;
                match &cell.kind {
                    CellKind::Number(number) => sum = &sum + number,
                    CellKind::Empty => {}
                    CellKind::Text if is_nothing(&cell.text) => {}
                    CellKind::Text | CellKind::Date(_) | CellKind::Faulty => words += 1,
                }
            }
            sums.sums.push(sum);
            sums.words.push(words);
        }
        sums
    }

    /// The sum of the rows from the one to the other; none where one of them has words.
    fn between(&self, from: usize, to: usize) -> Option<Decimal> {
        (self.words[from] == self.words[to]).then(|| &self.sums[to] - &self.sums[from])
    }
}

/// True if a sum of `count` numbers is the one that is written, each of which may have been rounded where it has
/// digits after its point.
fn is_near(sum: &Decimal, said: &Decimal, count: usize) -> bool {
    let difference = (sum - said).abs();
    let digits = sum.digits().max(said.digits()) as usize;
    if digits == 0 {
        return difference.is_zero();
    }
    let halves = format!("{:0>width$}", (count + 1) * 5, width = digits + 2);
    let (whole, rest) = halves.split_at(halves.len() - digits - 1);
    Decimal::parse(&format!("{whole}.{rest}")).is_ok_and(|most| difference <= most)
}
