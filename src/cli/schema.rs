//! `schema`: the JSON Schema of the report file.

use anyhow::Result;
use report_gen::manifest::schema;

use super::exit::ExitStatus;
use super::show;

pub(super) fn run() -> Result<ExitStatus> {
    show::raw(schema::json().as_bytes())?;
    Ok(ExitStatus::Clean)
}
