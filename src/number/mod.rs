//! Numbers and dates as offices write them.

mod chinese;
mod date;

pub use chinese::numeral;
pub use date::Date;
