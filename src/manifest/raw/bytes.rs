//! From a file's bytes to its text.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Sources, Span};
use crate::text;

/// Adds the file `name` with the contents `bytes` to `sources`.
///
/// A file that is no UTF-8 is reported (`toml-syntax`) and gives `None`; as much of it as can be shown is among the
/// sources all the same, for the diagnostic's sake.
pub fn load(name: &str, bytes: Vec<u8>, sources: &mut Sources, diags: &mut Diagnostics) -> Option<FileId> {
    if let [0xff, 0xfe, ..] | [0xfe, 0xff, ..] = bytes.as_slice() {
        let file = sources.add(name, "");
        diags.push(not_utf8("UTF-16", Span::new(file, 0..0)));
        return None;
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Some(sources.add(name, text)),
        Err(error) => error,
    };
    let start = error.utf8_error().valid_up_to();
    let shown = String::from_utf8_lossy(error.as_bytes());
    let end = start
        + shown[start..].chars().take_while(|&c| c == char::REPLACEMENT_CHARACTER).map(char::len_utf8).sum::<usize>();
    let file = sources.add(name, shown);
    diags.push(not_utf8("GBK (ANSI)", Span::new(file, start..end)));
    None
}

fn not_utf8(encoding: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::TomlSyntax, text!("文件不是 UTF-8 编码", "the file is not UTF-8"))
        .label(span, text!("多半是 {encoding}", "probably {encoding}"))
        .help(text!(
            "用记事本打开，“另存为”，编码选 UTF-8；或在 WPS、VS Code 中按 UTF-8 重新保存",
            "open it in an editor and save it again with the encoding UTF-8"
        ))
}
