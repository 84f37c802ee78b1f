//! `[lints]`: the grades that an author gives to codes.

use super::raw::{Reader, Table};
use crate::diag::level::{Level, Levels, Target};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::text;

/// Reads `CODE = "allow"`, `"warn"` or `"deny"`.
pub(super) fn lints(table: &Table, diags: &mut Diagnostics) -> Levels {
    let mut levels = Levels::default();
    let mut reader = Reader::new(table, "[lints]", diags);
    for &code in Code::ALL {
        let Some(level) = reader.take_choice(code.name(), &Level::NAMED) else { continue };
        if let Err(refused) = levels.set(Target::Code(code), level.value) {
            let help = text!("删去这一行，把它指出的问题改好", "leave the line out, and mend what it reports");
            reader.diags().push(Diagnostic::new(Code::WrongType, refused.message()).at(level.span).help(help));
        }
    }
    reader.finish();
    levels
}
