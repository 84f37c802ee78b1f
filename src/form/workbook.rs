//! Forms as workbooks: the cells to fill in take what their figures may be, and all others are locked.

use std::fmt;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Note,
    Workbook, Worksheet, XlsxError,
};

use unicode_width::UnicodeWidthStr;

use super::{Field, HEADS, TOWN_HEAD, VALUE, heads, rows};
use crate::manifest::Kind;
use crate::number::Date;

/// Rows of a table that can be filled in.
const TABLE_ROWS: u32 = 500;
/// Widths of a form's columns, in characters.
const WIDTHS: [f64; 7] = [18.0, 48.0, 8.0, 18.0, 30.0, 10.0, 22.0];
/// Height of a line of a cell, in points.
const LINE: f64 = 16.0;
/// What a list of choices may come to in a workbook, in characters.
const MAX_CHOICES: usize = 255;

/// A workbook that could not be made.
#[derive(Debug)]
pub struct BookError(XlsxError);

impl fmt::Display for BookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for BookError {}

impl From<XlsxError> for BookError {
    fn from(error: XlsxError) -> Self {
        BookError(error)
    }
}

/// A form, a row a figure.
///
/// # Errors
/// Where the workbook can't be made: more rows than a sheet has.
pub fn form(fields: &[Field]) -> Result<Vec<u8>, BookError> {
    let mut workbook = workbook()?;
    let sheet = workbook.add_worksheet().set_name("填报")?;
    let locked = cell();
    for (column, (head, width)) in (0..).zip(HEADS.iter().zip(WIDTHS)) {
        sheet.write_with_format(0, column, *head, &head_format())?.set_column_width(column, width)?;
    }
    for (row, cells) in (1..).zip(rows(fields)) {
        let mut lines = 1;
        for ((column, text), width) in (0..).zip(&cells).zip(WIDTHS) {
            sheet.write_with_format(row, column, text, &locked)?;
            lines = lines.max((text.width() as f64 / (width - 2.0)).ceil() as u32);
        }
        sheet.set_row_height(row, LINE * f64::from(lines))?;
    }
    let value = VALUE as u16;
    sheet.write_blank(1, value, &open("@"))?;
    for (row, field) in (2..).zip(fields) {
        sheet.write_blank(row, value, &open(number_format(field)))?;
        if let Some(rule) = validation(field)? {
            sheet.add_data_validation(row, value, row, value, &rule)?;
        }
    }
    sheet.protect().set_freeze_panes(1, 0)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    Ok(workbook.save_to_buffer()?)
}

/// A table, a row a town; each head has a note that says what belongs below it.
///
/// # Errors
/// Where the workbook can't be made: more columns than a sheet has.
pub fn table(fields: &[Field]) -> Result<Vec<u8>, BookError> {
    let mut workbook = workbook()?;
    let sheet = workbook.add_worksheet().set_name("各镇")?;
    column(sheet, 0, TOWN_HEAD, "@")?;
    for (number, (field, head)) in (1..).zip(fields.iter().zip(heads(fields))) {
        column(sheet, number, &head, number_format(field))?;
        let lines = [field.sentence.as_str(), &field.advice(), &field.unit];
        let note: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        sheet.insert_note(0, number, &Note::new(note.join("\n")).add_author_prefix(false))?;
        if let Some(rule) = validation(field)? {
            sheet.add_data_validation(1, number, TABLE_ROWS, number, &rule)?;
        }
    }
    sheet.protect().set_freeze_panes(1, 1)?;
    Ok(workbook.save_to_buffer()?)
}

fn column(sheet: &mut Worksheet, number: u16, head: &str, format: &str) -> Result<(), XlsxError> {
    sheet.write_with_format(0, number, head, &head_format())?.set_column_width(number, 14)?;
    sheet.set_column_format(number, &open(format))?;
    Ok(())
}

/// A workbook without the hour of its making, so that the same template gives the same bytes.
fn workbook() -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    Ok(workbook)
}

fn cell() -> Format {
    Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter)
}

fn head_format() -> Format {
    cell().set_bold().set_background_color(Color::RGB(0x00E7_E6E6))
}

/// A cell to fill in.
fn open(format: &str) -> Format {
    cell().set_unlocked().set_background_color(Color::RGB(0x00FF_F2CC)).set_num_format(format)
}

/// Words stay as they are typed: 0123 is no number.
fn number_format(field: &Field) -> &'static str {
    match field.kind {
        Some(Kind::Integer | Kind::Number | Kind::Percent | Kind::Money) => "General",
        Some(Kind::Date) => "yyyy-mm-dd",
        Some(Kind::Text | Kind::List) | None => "@",
    }
}

/// What a cell takes; none where it takes anything.
fn validation(field: &Field) -> Result<Option<DataValidation>, XlsxError> {
    let rule = if !field.choices.is_empty() {
        let length: usize = field.choices.iter().map(|choice| choice.chars().count() + 1).sum();
        // A comma parts them; a quote is lost where LibreOffice saves the form.
        if length > MAX_CHOICES || field.choices.iter().any(|choice| choice.contains([',', '"'])) {
            return Ok(None);
        }
        DataValidation::new().allow_list_strings(&field.choices)?
    } else {
        let bound = |bound: &Option<crate::number::Decimal>| bound.as_ref().and_then(|n| n.to_string().parse().ok());
        let (min, max): (Option<f64>, Option<f64>) = (bound(&field.min), bound(&field.max));
        match field.kind {
            Some(Kind::Integer) => DataValidation::new().allow_whole_number(DataValidationRule::Between(
                whole(min.unwrap_or(f64::from(i32::MIN)).ceil()),
                whole(max.unwrap_or(f64::from(i32::MAX)).floor()),
            )),
            Some(Kind::Number | Kind::Percent | Kind::Money) => DataValidation::new()
                .allow_decimal_number(DataValidationRule::Between(min.unwrap_or(-1e15), max.unwrap_or(1e15))),
            Some(Kind::Date) => {
                let (first, last) = field.days;
                let first = first.unwrap_or(Date { year: 1949, month: 10, day: 1 });
                let last = last.unwrap_or(Date { year: 2999, month: 12, day: 31 });
                DataValidation::new().allow_date(DataValidationRule::Between(day(first)?, day(last)?))
            }
            Some(Kind::Text | Kind::List) | None => return Ok(None),
        }
    };
    let rule = rule.set_error_title("填得不对")?;
    // A workbook takes 255 characters at most.
    let advice: String = field.advice().chars().take(200).collect();
    Ok(Some(if advice.is_empty() { rule } else { rule.set_error_message(advice)? }))
}

fn day(date: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(date.year, date.month, date.day)
}

/// The nearest whole number that a validation can hold.
fn whole(number: f64) -> i32 {
    number.clamp(f64::from(i32::MIN), f64::from(i32::MAX)) as i32
}
