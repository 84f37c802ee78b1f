//! The outputs' file name.

use super::Context;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::text;
use crate::visible::is_hidden;
use crate::world::is_device_name;

/// File systems take 255 bytes; an extension and the name of a temporary file go with the stem.
const MAX_BYTES: usize = 200;

/// `bad-output-name`: a stem that some system can't have as a file's name.
pub(super) fn name(context: &Context<'_>, diags: &mut Diagnostics) {
    let stem = stem(context);
    let first =
        stem.chars().find(|&c| matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|') || is_hidden(c));
    let fault = if let Some(c) = first {
        let c = c.escape_debug();
        text!("文件名里不能有“{c}”", "a file name can't have `{c}`")
    } else if stem.is_empty() {
        text!("文件名是空的", "the file name is empty")
    } else if stem.ends_with(['.', ' ']) {
        text!("文件名不能以点或空格结尾", "a file name can't end in a dot or a blank")
    } else if is_device_name(&stem) {
        text!("“{stem}”是 Windows 保留的名字", "Windows keeps the name `{stem}` for a device")
    } else if stem.len() > MAX_BYTES {
        text!("文件名太长，最多约 66 个汉字", "the file name is too long; {MAX_BYTES} bytes at most")
    } else {
        return;
    };
    diags.push(
        Diagnostic::new(Code::BadOutputName, fault)
            .at(context.stem.whole())
            .help(text!("在 [report] 里改 output = \"…\"", "change output = \"…\" in [report]")),
    );
}

/// The stem with its holes filled.
fn stem(context: &Context<'_>) -> String {
    context.fill.output().unwrap_or_else(|| context.stem.text().trim().to_owned())
}
