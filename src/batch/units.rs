//! Units of the values, held against those of the text: none is changed in silence.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::expr::unit::ratio;
use crate::fill::fill;
use crate::manifest::Kind;
use crate::manifest::inherit::Base;
use crate::number::Decimal;
use crate::placeholder::{only_hole, scan, unit};
use crate::sheet::{Cell, CellKind, TownTable};
use crate::source::Span;
use crate::text;

/// The unit that the text has behind the hole of a figure.
#[derive(Clone, Debug, Default)]
pub(super) struct Unit {
    /// The unit; empty where the text has none.
    name: String,
    /// True if it is printed as a percentage all the same: by its kind, or 百分之 before it.
    is_percent: bool,
}

/// The units of the figures of a template, by their addresses.
pub(super) fn of_template(base: &Base) -> BTreeMap<String, Unit> {
    let Some(manifest) = base.template().into_manifest(&mut Diagnostics::new()) else { return BTreeMap::new() };
    let filled = fill(&manifest, &mut Diagnostics::new());
    let figures = manifest.figures.iter().enumerate();
    let figures = figures.filter(|(_, figure)| scan(figure.phrase(), &manifest.literals).holes.len() < 2);
    let unit = |number: usize| {
        let name = filled.ledger.unit(number).unwrap_or_default().replace('％', "%");
        let kind = manifest.figures[number].declaration.as_ref().and_then(|declaration| declaration.kind.as_ref());
        let is_percent = kind.is_some_and(|kind| kind.value == Kind::Percent)
            || manifest.figures[number].phrase().contains("百分之");
        Unit { name, is_percent }
    };
    figures.map(|(number, figure)| (manifest.address(figure), unit(number))).collect()
}

/// The unit in a phrase of one hole.
pub(super) fn of_phrase(phrase: &str) -> Option<Unit> {
    let hole = only_hole(phrase)?;
    let name = unit(&phrase[hole.range.end..])?.replace('％', "%");
    Some(Unit { name, is_percent: phrase[..hole.range.start].ends_with("百分之") })
}

/// Holds the unit of each column against the one of the text (`wrong-unit`), once a column.
pub(super) fn check(table: &mut TownTable, unit_of: impl Fn(usize) -> Option<Unit>, diags: &mut Diagnostics) {
    for column in 0..table.sheet.head.len() {
        if column == table.name {
            continue;
        }
        let Some(asked) = unit_of(column) else { continue };
        read_percentages(table, column, &asked);
        let of_column = of_head(table, column, &asked);
        let mut found = if of_column.is_none() { fractions(table, column, &asked) } else { Vec::new() };
        let is_of_column = |fault: &Diagnostic| fault.span() == Some(table.sheet.head[column].span);
        if of_column.is_some() || found.iter().any(is_of_column) {
            diags.extend(of_column.into_iter().chain(found));
        } else {
            found.extend(of_cells(table, column, &asked));
            // A cell that is told is not used, of which there is no more to tell.
            let told: BTreeSet<Option<Span>> = found.iter().map(Diagnostic::span).collect();
            for cell in table.sheet.rows.iter_mut().map(|row| &mut row[column]) {
                if told.contains(&Some(cell.span)) {
                    cell.kind = CellKind::Faulty;
                }
            }
            diags.extend(found);
        }
    }
}

/// Makes 98.7% in a column of percentages the number: a spreadsheet writes so into CSV what it shows as a percentage.
pub(super) fn read_percentages(table: &mut TownTable, column: usize, asked: &Unit) {
    for cell in table.sheet.rows.iter_mut().map(|row| &mut row[column]) {
        if let Some((number, own)) = cell.typed_with_unit().filter(|(_, own)| own == "%" && fits(own, asked)) {
            let text = number.to_string();
            *cell = Cell { unit: Some(own.into()), ..Cell::new(text, CellKind::Number(number), cell.span) };
        }
    }
}

/// The unit of the head, of the row of units, or of the line above the table.
fn of_head(table: &TownTable, column: usize, asked: &Unit) -> Option<Diagnostic> {
    let head = &table.sheet.head[column];
    let has_numbers = table.sheet.rows.iter().any(|row| matches!(row[column].kind, CellKind::Number(_)));
    match (&table.units[column], &table.unit_above) {
        // A percentage may be shown as one and a head say nothing of it.
        _ if !has_numbers => None,
        (Some((own, span)), _) if !fits(own, asked) => Some(differs(&head.text, own, asked).at(*span)),
        (None, Some((own, span)))
            if !asked.name.is_empty() && ratio(own, &asked.name).is_some_and(|ratio| ratio != (1, 1)) =>
        {
            Some(
                differs(&head.text, own, asked).at(head.span).label(*span, text!("单位在这里", "the unit stands here")),
            )
        }
        _ => None,
    }
}

/// The units that cells show behind their numbers: a fault of each cell, or one of the column where all have one.
fn of_cells(table: &TownTable, column: usize, asked: &Unit) -> Vec<Diagnostic> {
    let head = &table.sheet.head[column];
    let cells = || table.sheet.rows.iter().map(|row| &row[column]);
    let own = |cell: &Cell| match (&cell.kind, &cell.unit) {
        (CellKind::Number(_), Some(unit)) => {
            cell.shown.as_deref().filter(|shown| shown.ends_with(&**unit)).map(|_| unit.to_string())
        }
        (CellKind::Number(_), None) => None,
        _ => cell.typed_with_unit().map(|(_, own)| own),
    };
    let wrong = |cell: &Cell| own(cell).filter(|own| !fits(own, asked));
    let found: Vec<(&Cell, String)> = cells().filter_map(|cell| Some((cell, wrong(cell)?))).collect();
    let filled = cells().filter(|cell| !cell.is_empty()).count();
    match found.as_slice() {
        [(first, own), _, ..] if found.len() == filled => {
            let fault = differs(&head.text, own, asked).at(head.span);
            vec![fault.label(first.span, text!("这里", "here"))]
        }
        found => found.iter().map(|(cell, own)| differs(&head.text, own, asked).at(cell.span)).collect(),
    }
}

/// Numbers of a percentage that are fractions of one: 0.987 under X%. Beside numbers such as 98.7 each is its cell's fault,
/// else the column's.
pub(super) fn fractions(table: &TownTable, column: usize, asked: &Unit) -> Vec<Diagnostic> {
    let head = &table.sheet.head[column];
    let is_percent = asked.name == "%" || asked.name.is_empty() && asked.is_percent;
    let cells = || table.sheet.rows.iter().map(|row| &row[column]).filter(|cell| cell.unit.is_none());
    let Some(first) = fraction(cells()).filter(|_| is_percent && table.units[column].is_none()) else {
        return Vec::new();
    };
    let (one, ten) = (Decimal::from(1_usize), Decimal::from(10_usize));
    let fault = |cell: &Cell, number: &Decimal| {
        let said = &cell.text;
        let meant = number.to_fraction() * Decimal::from(100_usize).to_fraction();
        let meant = Decimal::exactly(&meant, 0).map_or_else(|| said.clone(), |meant| meant.shortest().to_string());
        let message =
            text!("“{}”是 {said}，正文里是 X%：是百分之几？", "`{}` is {said} under X%: how many per cent?", head.text);
        Diagnostic::new(Code::WrongUnit, message).help(text!(
            "是百分之 {meant} 就写 {meant}，或把这一列设成百分比格式；确是 {said}% 的，表头写“{}（%）”",
            "if {meant}% is meant write {meant}, or give the column the format Percentage; if it is {said}% write `{}（%）` in the head",
            head.text
        ))
    };
    let number = |cell: &Cell| if let CellKind::Number(number) = &cell.kind { Some(number.clone()) } else { None };
    if !table.sheet.rows.iter().filter_map(|row| number(&row[column])).any(|number| number >= ten) {
        let Some(number) = number(first) else { return Vec::new() };
        return vec![fault(first, &number).at(head.span).label(first.span, text!("这里", "here"))];
    }
    let below = cells().filter_map(|cell| Some((cell, number(cell)?)));
    let below = below.filter(|(_, number)| !number.is_zero() && number.abs() < one);
    below.map(|(cell, number)| fault(cell, &number).at(cell.span)).collect()
}

/// The first number of a column of percentages that looks like a fraction of one: it is not shown as a percentage, lies
/// between 0 and 1, and no other number does between 1 and 10, as small percentages do.
pub(super) fn fraction<'c>(cells: impl Iterator<Item = &'c Cell> + Clone) -> Option<&'c Cell> {
    let bare = cells.filter(|cell| cell.unit.is_none());
    let numbers = bare
        .filter_map(|cell| if let CellKind::Number(number) = &cell.kind { Some((cell, number.abs())) } else { None });
    let (one, ten) = (Decimal::from(1_usize), Decimal::from(10_usize));
    if numbers.clone().any(|(_, number)| number > one && number < ten) {
        return None;
    }
    let mut fractions = numbers.filter(|(_, number)| *number < one && !number.is_zero());
    fractions.next().map(|(cell, _)| cell)
}

/// True if a unit of the values is the one of the text.
fn fits(own: &str, asked: &Unit) -> bool {
    let name = asked.name.trim_start_matches(['余', '多', '来', '几']);
    own == name
        || ratio(own, name) == Some((1, 1))
        || matches!(own, "%") && (asked.is_percent || matches!(name, "百分点" | "个百分点"))
        // A text without a unit says nothing of what it counts, but 98.7 for 98.7% is another number.
        || name.is_empty() && !matches!(own, "%" | "‰")
}

fn differs(head: &str, own: &str, asked: &Unit) -> Diagnostic {
    let name = &asked.name;
    if name.is_empty() {
        let message = text!("“{head}”的单位是{own}，正文里没有", "`{head}` is in {own}, and the text has no unit");
        return Diagnostic::new(Code::WrongUnit, message).help(text!(
            "请维护模板的人在正文里写上单位，如 X{own}",
            "the template needs the unit in its text, as in X{own}"
        ));
    }
    let message = text!("“{head}”的单位是{own}，正文里是{name}", "`{head}` is in {own}, and the text in {name}");
    let fault = Diagnostic::new(Code::WrongUnit, message);
    fault.help(match ratio(own, name) {
        Some((1, parts)) => {
            text!("每个数除以 {parts}，单位改成{name}", "divide the numbers by {parts} and change the unit to {name}")
        }
        Some((times, 1)) => {
            text!("每个数乘以 {times}，单位改成{name}", "multiply the numbers by {times} and change the unit to {name}")
        }
        Some((times, parts)) => text!(
            "每个数乘以 {times}、除以 {parts}，单位改成{name}",
            "multiply the numbers by {times}, divide by {parts}, and change the unit to {name}"
        ),
        None => text!(
            "数是对的，就把单位改成{name}；不是一回事，就换一列",
            "if the numbers are right change the unit to {name}; else it is another column"
        ),
    })
}
