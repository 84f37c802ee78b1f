//! The JSON Schema of the report file (draft 7, which editors of TOML read), with help in Chinese and English.
//!
//! `keys.rs` is the table of all keys; a test compares it with the keys that the readers of the file take, so neither
//! can have one that the other lacks.

mod keys;
#[cfg(test)]
mod tests;

use crate::diag::level::Level;
use crate::diag::{Code, Lang};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use keys::Key;

/// The schema, indented, with a line's end after it. The same program always gives the same.
pub fn json() -> String {
    let mut root = Node::table("报告文件", "A report file", keys::ROOT);
    root.schema = Some("http://json-schema.org/draft-07/schema#");
    root.title = Some("report-gen");
    // What builds on a template inherits its title.
    let report = Node { required: Some(vec!["title"]), ..Node::default() };
    root.condition = Some(Box::new(Node { required: Some(vec!["template"]), ..Node::default() }));
    root.otherwise = Some(Box::new(Node {
        required: Some(vec!["report"]),
        properties: Some(Members(vec![("report", report)])),
        ..Node::default()
    }));
    root.definitions = Some(Members(vec![("figure", figure())]));
    // Strings, numbers and lists always have a JSON form.
    serde_json::to_string_pretty(&root).unwrap_or_default() + "\n"
}

/// What a key may hold.
#[derive(Clone, Copy, Debug)]
enum Kind {
    /// Text in quotes.
    Text,
    /// Text in quotes that says something.
    Words,
    /// Words for a day: with holes, without a day, or in hanzi.
    DayWords,
    /// A length, `4cm`.
    Length,
    /// A day, with quotes or without.
    Date,
    /// `true` or `false`.
    Bool,
    /// A whole number from the first to the second.
    Integer(i64, i64),
    /// Any number.
    Number,
    /// A number not below this one.
    AtLeast(i64),
    /// One of these numbers.
    Numbers(&'static [f64]),
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Several of what the kind says.
    Several(&'static Kind),
    /// What any of the kinds says.
    Either(&'static [Kind]),
    /// A value as it may stand for a figure.
    Given,
    /// Names, in an array or joined by 、.
    Names,
    /// A table with these keys.
    Table(&'static [Key]),
    /// Tables with these keys.
    Tables(&'static [Key]),
    /// Figures by their phrases.
    Figures,
    /// Grades by their codes.
    Lints,
    /// Words by those that they take the place of.
    Replacements,
}

/// A schema of JSON Schema.
#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
struct Node {
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    schema: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'static str>,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    #[serde(rename = "$ref", skip_serializing_if = "Option::is_none")]
    reference: Option<&'static str>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(rename = "enum", skip_serializing_if = "Option::is_none")]
    one_of_these: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    any_of: Option<Vec<Node>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Box<Node>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    required: Option<Vec<&'static str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Members>,
    #[serde(skip_serializing_if = "Option::is_none")]
    additional_properties: Option<Others>,
    #[serde(rename = "if", skip_serializing_if = "Option::is_none")]
    condition: Option<Box<Node>>,
    #[serde(rename = "else", skip_serializing_if = "Option::is_none")]
    otherwise: Option<Box<Node>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    definitions: Option<Members>,
}

/// Schemas by name, in the order of the format.
struct Members(Vec<(&'static str, Node)>);

impl Serialize for Members {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, node)| (name, node)))
    }
}

/// What keys a table may have besides those named.
#[derive(Serialize)]
#[serde(untagged)]
enum Others {
    /// None: `false`.
    None(bool),
    /// Any that hold this.
    Any(Box<Node>),
}

impl Node {
    fn of(kind: &'static str) -> Node {
        Node { kind: Some(kind), ..Node::default() }
    }

    fn any(nodes: Vec<Node>) -> Node {
        Node { any_of: Some(nodes), ..Node::default() }
    }

    fn array(items: Node) -> Node {
        Node { items: Some(Box::new(items)), ..Node::of("array") }
    }

    /// A table with the `keys`, and no others.
    fn table(zh: &str, en: &str, keys: &[Key]) -> Node {
        let known = keys.iter();
        Node {
            description: format!("{zh}\n\n{en}"),
            required: Some(known.clone().filter(|key| key.required).map(|key| key.name).collect())
                .filter(|required: &Vec<_>| !required.is_empty()),
            properties: Some(Members(known.map(|key| (key.name, Node::key(key))).collect())),
            additional_properties: Some(Others::None(false)),
            ..Node::of("object")
        }
    }

    fn key(key: &Key) -> Node {
        let node = Node::holding(key.kind, key);
        Node {
            description: format!("{}\n\n{}", key.zh, key.en),
            default: key.default.map(|default| serde_json::from_str(default).unwrap_or(json!(default))),
            ..node
        }
    }

    fn holding(kind: Kind, key: &Key) -> Node {
        match kind {
            Kind::Text => Node::of("string"),
            Kind::Words => Node { pattern: Some(r"\S"), ..Node::of("string") },
            Kind::DayWords => {
                // A day in digits is a date, and needs no quotes.
                let pattern = r"^(?!\s*\d+年\d+月\d+日\s*$).*(年.*月|^\s*\S?\{.+\}\s*$)";
                Node { pattern: Some(pattern), ..Node::of("string") }
            }
            Kind::Length => Node { pattern: Some(r"^\s*\d{1,9}(\.\d{1,3})?\s*(mm|cm|pt)\s*$"), ..Node::of("string") },
            Kind::Date => Node { pattern: Some(r"^\d{4}-\d{2}-\d{2}$"), ..Node::of("string") },
            Kind::Bool => Node::of("boolean"),
            Kind::Integer(minimum, maximum) => {
                Node { minimum: Some(minimum), maximum: Some(maximum), ..Node::of("integer") }
            }
            Kind::Number => Node::of("number"),
            Kind::AtLeast(minimum) => Node { minimum: Some(minimum), ..Node::of("number") },
            // The whole ones among them may be written as such: 0 is 0.0 to JSON Schema.
            Kind::Numbers(numbers) => Node { one_of_these: Some(json!(numbers)), ..Node::of("number") },
            Kind::Choice(words) => Node { one_of_these: Some(json!(words)), ..Node::of("string") },
            Kind::Several(kind) => Node::array(Node::holding(*kind, key)),
            Kind::Either(kinds) => Node::any(kinds.iter().map(|&kind| Node::holding(kind, key)).collect()),
            Kind::Given => given(),
            Kind::Names => Node::any(vec![Node::of("string"), Node::array(Node::of("string"))]),
            Kind::Table(keys) => Node::table(key.zh, key.en, keys),
            Kind::Tables(keys) => Node::array(Node::table(key.zh, key.en, keys)),
            Kind::Figures => {
                let figure = Node { reference: Some("#/definitions/figure"), ..Node::default() };
                Node { additional_properties: Some(Others::Any(Box::new(figure))), ..Node::of("object") }
            }
            Kind::Lints => lints(),
            Kind::Replacements => {
                Node { additional_properties: Some(Others::Any(Box::new(Node::of("string")))), ..Node::of("object") }
            }
        }
    }
}

/// A plain value: for one hole, or for several in their order. A date of TOML is text to JSON.
fn given() -> Node {
    let one = || [Node::of("number"), Node::of("string")];
    Node::any(one().into_iter().chain([Node::array(Node::any(one().into()))]).collect())
}

/// A figure: a plain value, or a table of its own.
fn figure() -> Node {
    let table = Node::table("写成表的指标", "A figure as a table", keys::FIGURE);
    let mut figure = given();
    figure.any_of.get_or_insert_default().push(table);
    figure.description =
        "左边照抄正文里带 X 的几个字，右边写数、文字或日期。\n\nLeft some words of the text with the X in them, right a number, text or a date.".into();
    figure
}

/// `[lints]`: an error can only stay one.
fn lints() -> Node {
    let codes = Code::ALL.iter().map(|&code| {
        let levels = Level::NAMED.iter().filter(|(_, level)| level.suits(code));
        let words: Vec<&str> = levels.map(|(word, _)| *word).collect();
        let description = format!("{}\n\n{}", code.summary(Lang::Zh), code.summary(Lang::En));
        (code.name(), Node { description, one_of_these: Some(json!(words)), ..Node::of("string") })
    });
    Node {
        properties: Some(Members(codes.collect())),
        additional_properties: Some(Others::None(false)),
        ..Node::of("object")
    }
}
