//! Numbers and dates as offices write them: exact, with their digits, in figures and in hanzi.

mod chinese;
mod date;
mod moment;
mod decimal;
mod format;
mod money;
mod wording;
mod written;

pub use chinese::{Numerals, numeral};
pub use date::{Date, WrittenDay};
pub use decimal::{Decimal, Fraction, Rounding};
pub use format::{DateFormat, NumberFormat};
pub use moment::Moment;
pub use money::{FinerThanFen, money};
pub use wording::is_number_in_words;
pub use written::BadNumber;
