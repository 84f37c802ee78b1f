//! The list as a workbook.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::{Row, csv};
use crate::diag::Lang;
use crate::number::Decimal;
use crate::source::Sources;
use crate::text;

/// A number of more digits loses some in a spreadsheet, which keeps 15 of them, and stays text.
const MOST_DIGITS: usize = 15;

/// Widths of the columns, in characters of the workbook's face.
const WIDTHS: [f64; 11] = [28.0, 12.0, 16.0, 8.0, 10.0, 12.0, 8.0, 14.0, 60.0, 24.0, 12.0];

/// The list as a workbook of one sheet, its head fixed. The same list gives the same bytes.
///
/// # Errors
/// What the library refuses: more than a million rows.
pub fn xlsx(rows: &[Row], sources: &Sources, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The library would write the time of day.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let sheet = book.add_worksheet();
    sheet.set_name(text!("指标", "figures").get(lang))?;
    let bold = Format::new().set_bold();
    for (column, (head, width)) in (0..).zip(csv::heads(lang).iter().zip(WIDTHS)) {
        sheet.write_string_with_format(0, column, head, &bold)?;
        sheet.set_column_width(column, width)?;
    }
    for (line, row) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(csv::cells(row, sources, lang)) {
            let number = (usize::from(column) == csv::VALUE).then(|| number(&cell)).flatten();
            match number {
                Some((value, format)) => sheet.write_number_with_format(line, column, value, &format)?,
                None if cell.is_empty() => continue,
                None => sheet.write_string(line, column, &cell)?,
            };
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}

/// The number that a cell is, and the format that shows its digits.
fn number(cell: &str) -> Option<(f64, Format)> {
    let number = Decimal::parse(cell).ok().filter(|_| cell.len() <= MOST_DIGITS)?;
    let digits = "0".repeat(number.digits() as usize);
    let format = if digits.is_empty() { "0".to_owned() } else { format!("0.{digits}") };
    Some((cell.parse().ok()?, Format::new().set_num_format(format)))
}
