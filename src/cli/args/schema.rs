//! `schema`.

use clap::Command;

use super::wording::Wording;

pub(super) fn command(w: Wording) -> Command {
    w.sub(
        "schema",
        w.t(
            "打印报告文件的 JSON Schema，编辑器据此提示和检查",
            "prints the JSON Schema of the report file, by which editors help and check",
        ),
        "report-gen schema > report.schema.json",
    )
}
