//! The outputs' file name.

use super::Context;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::doc::fill::Filled;
use crate::manifest::Part;
use crate::text;

/// Names that Windows keeps for devices, whatever the extension.
const DEVICES: &[&str] = &["CON", "PRN", "AUX", "NUL", "COM", "LPT"];
/// File systems take 255 bytes; an extension and the name of a temporary file go with the stem.
const MAX_BYTES: usize = 200;

/// `bad-output-name`: a stem that some system can't have as a file's name.
pub(super) fn name(context: &Context<'_>, diags: &mut Diagnostics) {
    let stem = stem(context);
    let first =
        stem.chars().find(|&c| matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|') || c.is_control());
    let fault = if let Some(c) = first {
        let c = c.escape_debug();
        text!("文件名里不能有“{c}”", "a file name can't have `{c}`")
    } else if stem.is_empty() {
        text!("文件名是空的", "the file name is empty")
    } else if stem.ends_with(['.', ' ']) {
        text!("文件名不能以点或空格结尾", "a file name can't end in a dot or a blank")
    } else if is_device(&stem) {
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
    let filled = context.fill.fields.iter().find(|filled| filled.field.part == Part::Output).map(Filled::plain_name);
    filled.unwrap_or_else(|| context.stem.text().to_owned()).trim().to_owned()
}

fn is_device(stem: &str) -> bool {
    let name = stem.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    DEVICES.iter().any(|device| match (*device, name.strip_prefix(device)) {
        (_, None) => false,
        ("COM" | "LPT", Some(number)) => matches!(number.as_bytes(), [b'1'..=b'9']),
        (_, Some(rest)) => rest.is_empty(),
    })
}

#[cfg(test)]
mod tests {
    use super::is_device;

    #[test]
    fn devices() {
        for name in ["CON", "con", "nul.2023", "Com1", "LPT9.txt"] {
            assert!(is_device(name), "{name}");
        }
        for name in ["CONSOLE", "COM", "COM10", "青石镇", "报告CON", "a"] {
            assert!(!is_device(name), "{name}");
        }
    }
}
