//! What the parser says of a fault that is none of the usual slips, in the author's words.

use crate::diag::{Code, Diagnostic, Text};
use crate::source::{FileId, Span};
use crate::text;
use std::ops::Range;
use toml::de::Error;

/// The beginning of the parser's message, in Chinese, in English.
const WORDS: [(&str, &str, &str); 32] = [
    (
        "key with no value",
        "这一行不是“键 = 值”，也不是表头或注释",
        "this line is neither `key = value` nor a heading nor a comment",
    ),
    ("missing value for key", "这里没有键，也没有值", "there is neither a key nor a value"),
    ("extra `=`", "多了一个 =", "one = too many"),
    (
        "unexpected key or value",
        "值的后面还有别的内容；文字要整个放在一对引号里",
        "something follows the value; a text stands between one pair of quotes",
    ),
    ("string values must be quoted", "文字要加英文引号", "text needs quotes"),
    ("invalid unquoted key", "含汉字或符号的键要加英文引号", "a key with hanzi or marks in it needs quotes"),
    ("unquoted keys cannot be empty", "= 前面没有键", "no key before ="),
    (
        "invalid basic string",
        "引号不成对，或文字里有控制字符",
        "the quotes don't match, or there is a control character",
    ),
    (
        "invalid literal string",
        "引号不成对，或文字里有控制字符",
        "the quotes don't match, or there is a control character",
    ),
    (
        "invalid multi-line",
        "三个引号不成对，或文字里有控制字符",
        "the three quotes don't match, or there is a control character",
    ),
    ("missing opening quote", "少了左边的引号", "the opening quote is missing"),
    ("missing escaped value", "双引号里的 \\ 要写成 \\\\", "between double quotes a \\ is written \\\\"),
    (
        "too few unicode value digits",
        "\\x、\\u 和 \\U 后要有 2、4、8 位十六进制数",
        "2, 4 or 8 hexadecimal digits must follow \\x, \\u or \\U",
    ),
    ("invalid value", "没有这个编号的字符", "there is no character of this number"),
    ("unclosed array", "少了右括号 ]", "the closing ] is missing"),
    ("unclosed inline table", "少了右括号 }", "the closing } is missing"),
    ("unclosed table", "表头少了右括号 ]", "the heading lacks its ]"),
    ("missing comma", "各项之间少了逗号", "a comma is missing between items"),
    ("extra comma", "多了一个逗号", "one comma too many"),
    ("missing table open", "这个右括号没有对应的左括号", "nothing opens this bracket"),
    ("missing array opening", "这个 ] 没有对应的 [", "nothing opens this ]"),
    ("missing inline table opening", "这个 } 没有对应的 {", "nothing opens this }"),
    ("missing key for inline table", "{ } 里每一项都写成“键 = 值”", "between { } each item is `key = value`"),
    ("missing assignment", "{ } 里每一项都写成“键 = 值”", "between { } each item is `key = value`"),
    ("invalid inline table element", "{ } 里每一项都写成“键 = 值”", "between { } each item is `key = value`"),
    ("extra assignment", "{ } 里多了一个 =", "one = too many between { }"),
    ("invalid comment character", "注释里有控制字符", "a control character in a comment"),
    ("unexpected `=` in array", "数组 [ ] 里不能有 =，要用 { }", "an array [ ] has no =; use { }"),
    (
        "cannot extend value",
        "这个名字已经是别的内容，不能再当表用",
        "this name is taken by a value and can't be a table as well",
    ),
    ("cannot recurse further", "括号层数太多", "brackets are nested too deeply"),
    ("recursion limit", "键的层数太多", "the key has too many parts"),
    ("carriage return", "换行符坏了：有 CR，没有 LF", "a damaged line break: CR without LF"),
];

/// Whether the fault is a key or table that is there twice.
pub(super) fn is_duplicate(fault: &Error) -> bool {
    fault.message().starts_with("duplicate key")
}

/// Whether the fault lies between two statements, each of which may be right.
pub(super) fn is_of_several(fault: &Error) -> bool {
    fault.message().starts_with("cannot extend")
}

/// Whether a line is no entry at all, which explains whatever else is wrong with it.
pub(super) fn is_no_entry(fault: &Error) -> bool {
    fault.message().starts_with("key with no value")
}

/// The diagnostic of `fault`, at `place` in the `statement` of `text`.
pub(super) fn diagnostic(
    file: FileId,
    text: &str,
    statement: &Range<usize>,
    place: Range<usize>,
    fault: &Error,
) -> Diagnostic {
    // A point behind a statement may already stand in the next line.
    let place = place.start.min(statement.end)..place.end.min(statement.end);
    let parser = fault.message();
    if is_no_entry(fault) {
        let line = text[statement.clone()].trim_end();
        let start = statement.start + (line.len() - line.trim_start().len());
        let end = statement.start + line.len();
        return Diagnostic::new(Code::TomlSyntax, message(parser)).at(Span::new(file, start..end)).help(text!(
            "正文写在 text = \"\"\" 和 \"\"\" 之间，注释以 # 开头",
            "text stands between text = \"\"\" and \"\"\", a comment begins with #"
        ));
    }
    // The parser takes nothing at all for a text without quotes.
    let is_nothing = parser.starts_with("string values") && place.is_empty();
    let message = if is_nothing { text!("= 后面没有值", "no value after =") } else { message(parser) };
    Diagnostic::new(Code::TomlSyntax, message).at(Span::new(file, place))
}

fn message(parser: &str) -> Text {
    match WORDS.iter().find(|(beginning, _, _)| parser.starts_with(beginning)) {
        Some((_, zh, en)) => text!("{zh}", "{en}"),
        None => text!("不合 TOML 的写法：{parser}", "this is no TOML: {parser}"),
    }
}

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::*;

    /// Files of which the parser says each of [`WORDS`].
    const FAULTY: &[&str] = &[
        "a\n",
        ".a",
        "a = {]}",
        "a = { b = }",
        "a =\n",
        "a == 1",
        "a = 1 b",
        "[a] b",
        "a = b",
        "会 = 1",
        "= 1",
        "a = \"x\u{1}\"",
        "a = 'x\u{1}'",
        "a = \"\"\"x\u{1}\"\"\"",
        "a = '''x\u{1}'''",
        "a = x\"",
        "a = \"\\q\"",
        "a = \"\\u12\"",
        "a = \"\\ud800\"",
        "a = [1",
        "a = {b = 1",
        "[a",
        "a = [1 2]",
        "a = [1,,2]",
        "a]",
        "]",
        "a = ]",
        "a = }",
        "a = { = 1 }",
        "a = { b 1 }",
        "a = { b }",
        "a = { [1] }",
        "a = { 'b' 'c' }",
        "# \u{1}",
        "a = [b = 1]",
        "a = 1\n[a.b]",
        "a = 1 # x\ry",
        "a = 1\rb = 2",
        "a.\n",
        "a. = 1",
        "a b = 1",
        "a = { b = 1, , c = 2 }",
        "a = { b = 1 c = 2 }",
    ];

    /// The parser's words are no promise of its authors, so that each is heard from the version that is built.
    #[test]
    fn the_parser_says_each_of_the_words() {
        let deep = format!("a = {}", "[".repeat(500));
        let long = format!("a{} = 1", ".a".repeat(500));
        let files = FAULTY.iter().map(|file| (*file).to_owned()).chain([deep, long]);
        let said: Vec<String> = files
            .flat_map(|file| {
                let (_, faults) = DeTable::parse_recoverable(&file);
                faults.iter().map(|fault| fault.message().to_owned()).collect::<Vec<_>>()
            })
            .collect();
        let unsaid = WORDS.iter().map(|(beginning, ..)| *beginning);
        let unsaid: Vec<&str> =
            unsaid.filter(|beginning| !said.iter().any(|said| said.starts_with(beginning))).collect();
        assert!(unsaid.is_empty(), "{unsaid:#?}\n{said:#?}");
        let unknown: Vec<&String> =
            said.iter().filter(|said| !WORDS.iter().any(|(beginning, ..)| said.starts_with(beginning))).collect();
        assert!(unknown.is_empty(), "{unknown:#?}");
    }
}
