//! Takes what a table should hold, and reports what it holds besides.

use super::{Entry, Table, Value, ValueKind, named};
use crate::diag::near::did_you_mean;
use crate::diag::{Code, Diagnostic, Diagnostics, Edit, Text};
use crate::manifest::literal::{self, Located};
use crate::number::Date;
use crate::source::Spanned;
use crate::text;
use toml::de::DeValue;

/// Takes the values of one table, each by its key and type, and collects the faults.
///
/// A value that is absent or of another type gives `None`; what was not taken when [`Reader::finish`] is called is an
/// `unknown-key`.
#[derive(Debug)]
pub struct Reader<'t, 'd> {
    table: &'t Table,
    name: &'static str,
    /// The keys that were asked for, and whether they are there.
    known: Vec<(&'static str, bool)>,
    taken: Vec<bool>,
    diags: &'d mut Diagnostics,
}

impl<'t, 'd> Reader<'t, 'd> {
    /// Reads `table`, which messages call `name`: `[report]`.
    pub fn new(table: &'t Table, name: &'static str, diags: &'d mut Diagnostics) -> Self {
        Reader { table, name, known: Vec::new(), taken: vec![false; table.entries.len()], diags }
    }

    /// Where the faults are collected.
    pub fn diags(&mut self) -> &mut Diagnostics {
        self.diags
    }

    /// The table that is read.
    pub fn table(&self) -> &'t Table {
        self.table
    }

    /// Takes the entry `key`, of whatever type.
    pub fn take(&mut self, key: &'static str) -> Option<&'t Entry> {
        let index = self.table.entries.iter().position(|entry| entry.key.text() == key);
        self.known.push((key, index.is_some()));
        let index = index?;
        self.taken[index] = true;
        Some(&self.table.entries[index])
    }

    /// Takes a string.
    pub fn take_string(&mut self, key: &'static str) -> Option<&'t Located> {
        let value = &self.take(key)?.value;
        if value.as_string().is_none() {
            let wrong = wrong_type(key, value, &text!("带引号的文字", "text in quotes"));
            self.diags.push(match &value.kind {
                ValueKind::Integer(digits) | ValueKind::Float(digits) => {
                    let edit = Edit { span: value.span, text: literal::quote(digits) };
                    wrong.fix(text!("写成：\n{key} = \"{digits}\"", "write:\n{key} = \"{digits}\""), vec![edit])
                }
                ValueKind::String(_)
                | ValueKind::Boolean(_)
                | ValueKind::Date(_)
                | ValueKind::DateTime(_)
                | ValueKind::Array(_)
                | ValueKind::Table(_) => wrong,
            });
        }
        value.as_string()
    }

    /// Takes a string of which `test` is true, and leaves anything else.
    pub fn take_words(&mut self, key: &'static str, test: fn(&str) -> bool) -> Option<&'t Located> {
        let entry = self.table.entries.iter().find(|entry| entry.key.text() == key)?;
        entry.value.as_string().filter(|text| test(text.text())).and_then(|_| self.take_string(key))
    }

    /// Takes `true` or `false`.
    pub fn take_bool(&mut self, key: &'static str) -> Option<Spanned<bool>> {
        self.take_as(key, &text!("true 或 false", "true or false"), |value| {
            if let ValueKind::Boolean(is) = value.kind { Some(Spanned::new(is, value.span)) } else { None }
        })
    }

    /// Takes a day, `2023-11-20`; the same in quotes is taken too, and 2023年11月20日 is told how to be written.
    pub fn take_date(&mut self, key: &'static str) -> Option<Spanned<Date>> {
        let value = &self.take(key)?.value;
        if let Some(date) = as_date(value) {
            return Some(Spanned::new(date, value.span));
        }
        let wrong = wrong_type(key, value, &text!("日期，如 2023-11-20", "a date such as 2023-11-20"));
        self.diags.push(match value.as_string().and_then(|text| written_date(text.text())) {
            Some(Date { year, month, day }) => {
                let text = format!("{year:04}-{month:02}-{day:02}");
                wrong.fix(text!("写成：{key} = {text}", "write: {key} = {text}"), vec![Edit { span: value.span, text }])
            }
            None => wrong,
        });
        None
    }

    /// Takes a whole number that an `i64` holds.
    pub fn take_integer(&mut self, key: &'static str) -> Option<Spanned<i64>> {
        self.take_as(key, &text!("整数", "a whole number"), |value| {
            let ValueKind::Integer(digits) = &value.kind else { return None };
            Some(Spanned::new(digits.parse().ok()?, value.span))
        })
    }

    /// Takes one of the words `choices`, and gives what the word stands for.
    pub fn take_choice<T: Clone>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<Spanned<T>> {
        let entry = self.take(key)?;
        let word = entry.value.as_string();
        if let Some((_, choice)) = word.and_then(|word| choices.iter().find(|(choice, _)| *choice == word.text())) {
            return Some(Spanned::new(choice.clone(), entry.value.span));
        }
        let words: Vec<String> = choices.iter().map(|(word, _)| literal::quote(word)).collect();
        let (zh, en) = (words.join("、"), words.join(", "));
        let mut wrong = wrong_type(key, &entry.value, &text!(" {zh} 之一", "one of {en}"));
        if let Some(guess) = word.and_then(|word| did_you_mean(word.text(), choices.iter().map(|(word, _)| *word))) {
            let edit = Edit { span: entry.value.span, text: literal::quote(guess) };
            wrong = wrong.fix(text!("写成：\n{key} = \"{guess}\"", "write:\n{key} = \"{guess}\""), vec![edit]);
        }
        self.diags.push(wrong);
        None
    }

    /// Takes a table, `[style]` or `{ … }`.
    pub fn take_table(&mut self, key: &'static str) -> Option<&'t Table> {
        let value = &self.take(key)?.value;
        if value.as_table().is_none() {
            let wrong = wrong_type(key, value, &text!("一个表", "one table"));
            self.diags.push(if value.is_tables() {
                wrong.help(text!("表头只用一层方括号：[{key}]", "one pair of brackets in its heading: [{key}]"))
            } else {
                wrong
            });
        }
        value.as_table()
    }

    /// Takes tables, `[[section]]` or `[{ … }, …]`; what is none is reported, but `[section]` is taken all the same.
    pub fn take_tables(&mut self, key: &'static str) -> Vec<&'t Table> {
        let Some(entry) = self.take(key) else { return Vec::new() };
        let expected = text!("若干个表", "tables");
        if let Some(items) = entry.value.as_array() {
            return self.items(key, items, &text!("表", "a table"), Value::as_table);
        }
        let wrong = wrong_type(key, &entry.value, &expected);
        let table = entry.value.as_table();
        self.diags.push(match table {
            Some(_) => {
                wrong.help(text!("表头用两层方括号：[[{key}]]", "two pairs of brackets in its heading: [[{key}]]"))
            }
            None => wrong,
        });
        table.into_iter().collect()
    }

    /// Takes an array.
    pub fn take_array(&mut self, key: &'static str) -> Option<&'t [Value]> {
        self.take_as(key, &text!("数组 […]", "an array […]"), Value::as_array)
    }

    /// Takes an array of strings; the items that are none are reported.
    pub fn take_strings(&mut self, key: &'static str) -> Option<Vec<&'t Located>> {
        let items = self.take_array(key)?;
        Some(self.items(key, items, &text!("带引号的文字", "text in quotes"), Value::as_string))
    }

    /// Takes a string or an array of strings; those that say nothing are left out, what is no string is reported.
    pub fn take_texts(&mut self, key: &'static str) -> Vec<&'t Located> {
        let Some(entry) = self.take(key) else { return Vec::new() };
        let expected = text!("带引号的文字，几个写成数组", "text in quotes, or an array of such");
        let items = entry.value.as_array().unwrap_or(std::slice::from_ref(&entry.value));
        let texts = self.items(key, items, &expected, Value::as_string);
        texts.into_iter().filter(|text| !text.text().trim().is_empty()).collect()
    }

    /// Reports `missing-key` if `key` is not there; `example` is a line to paste.
    pub fn require(&mut self, key: &'static str, example: &str) {
        if self.table.get(key).is_none() {
            let name = self.name;
            let message = text!("{name} 里少了 {key}", "{name} has no {key}");
            let help = text!("加上一行：\n{example}", "add the line:\n{example}");
            self.diags.push(Diagnostic::new(Code::MissingKey, message).at(self.table.span).help(help));
        }
    }

    /// Reports every entry that was not taken.
    pub fn finish(self) {
        for (entry, _) in self.table.entries.iter().zip(&self.taken).filter(|(_, taken)| !**taken) {
            self.diags.push(self.unknown(entry));
        }
    }

    fn unknown(&self, entry: &Entry) -> Diagnostic {
        let (name, key) = (self.name, entry.key.text());
        let shown = named(key);
        let message = text!("{name} 没有“{shown}”这一项", "{name} has no key “{shown}”");
        let unknown = Diagnostic::new(Code::UnknownKey, message).at(entry.key.whole());
        if is_phrase(key) {
            let key = literal::key(&shown);
            return unknown.help(text!(
                "数值写在 [figures] 下面：\n[figures]\n{key} = …",
                "figures stand under [figures]:\n[figures]\n{key} = …"
            ));
        }
        let absent = self.known.iter().filter(|(_, there)| !there).map(|(known, _)| *known);
        if let Some(guess) = did_you_mean(key, absent) {
            let help = text!("是不是“{guess}”？", "did you mean “{guess}”?");
            return match entry.key.edit(0..key.len(), guess) {
                Some(edit) => unknown.fix(help, vec![edit]),
                None => unknown.help(help),
            };
        }
        let known = self.known.iter().map(|(known, _)| *known).collect::<Vec<_>>().join(" ");
        unknown.help(text!("可以有：{known}", "it can have: {known}"))
    }

    fn take_as<T>(&mut self, key: &'static str, expected: &Text, read: fn(&'t Value) -> Option<T>) -> Option<T> {
        let value = &self.take(key)?.value;
        let read = read(value);
        if read.is_none() {
            self.diags.push(wrong_type(key, value, expected));
        }
        read
    }

    fn items<T>(&mut self, key: &str, items: &'t [Value], expected: &Text, read: fn(&'t Value) -> Option<T>) -> Vec<T> {
        let mut taken = Vec::with_capacity(items.len());
        for item in items {
            match read(item) {
                Some(item) => taken.push(item),
                None => self.diags.push(wrong_type(key, item, expected)),
            }
        }
        taken
    }
}

/// A `wrong-type`: the value of `key` is not what is `expected`.
pub fn wrong_type(key: &str, value: &Value, expected: &Text) -> Diagnostic {
    let found = match &value.kind {
        ValueKind::String(text) => {
            let shown = named(text.text());
            text!("文字“{shown}”", "the text “{shown}”")
        }
        ValueKind::Integer(digits) => text!("整数 {digits}", "the whole number {digits}"),
        ValueKind::Float(digits) => text!("小数 {digits}", "the decimal {digits}"),
        ValueKind::Boolean(_)
        | ValueKind::Date(_)
        | ValueKind::DateTime(_)
        | ValueKind::Array(_)
        | ValueKind::Table(_) => value.describe(),
    };
    let message = Text {
        zh: format!("{key} 要写{}，这里是{}", expected.zh, found.zh),
        en: format!("{key} takes {}, not {}", expected.en, found.en),
    };
    Diagnostic::new(Code::WrongType, message).at(value.span)
}

/// A day, also in quotes.
fn as_date(value: &Value) -> Option<Date> {
    if let ValueKind::Date(date) = value.kind {
        return Some(date);
    }
    let DeValue::Datetime(day) = DeValue::parse(value.as_string()?.text()).ok()?.into_inner() else { return None };
    let date = day.date.filter(|_| day.time.is_none())?;
    Some(Date { year: date.year, month: date.month, day: date.day })
}

/// A day as sentences have it: 2023年11月20日, 2023.11.20, 2023/11/20.
fn written_date(text: &str) -> Option<Date> {
    let mut parts = text.trim().trim_end_matches(['日', '号']).split(['年', '月', '.', '/', '-']).map(str::trim);
    let date = Date::new(parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)?;
    parts.next().is_none().then_some(date)
}

/// Whether a key is a phrase of a text, and so a figure's.
fn is_phrase(key: &str) -> bool {
    !key.is_ascii() || (!key.is_empty() && key.chars().all(|c| matches!(c, 'X' | 'x')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::raw;
    use crate::source::Sources;

    /// Reads `text` with `read` and gives the faults: code, what is underlined, message, last line of advice.
    fn faults(text: &str, read: impl FnOnce(&mut Reader<'_, '_>)) -> Vec<String> {
        let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
        let file = sources.add("report.toml", text);
        let table = raw::read(file, &sources, &mut diags);
        let mut reader = Reader::new(&table, "[report]", &mut diags);
        read(&mut reader);
        reader.finish();
        let tell = |d: &Diagnostic| {
            let place = d.span().map(|span| sources.text(span)).unwrap_or_default();
            let advice = d.help.iter().chain(d.fix.as_ref().map(|fix| &fix.description)).next_back();
            let advice = advice.and_then(|advice| advice.en.lines().last()).unwrap_or_default();
            format!("{} {place} | {} | {advice}", d.code.name(), d.message.en)
        };
        diags.into_sorted().iter().map(tell).collect()
    }

    #[test]
    fn what_is_right_is_taken() {
        let text = "t = \"甲\"\nb = true\nd = 2023-11-20\ne = \"2023-11-20\"\nc = \"block\"\ns = [\"a\"]\nn = 3\n[k]\n[[l]]\n[[l]]\n";
        let faults = faults(text, |reader| {
            assert_eq!(reader.take_string("t").map(Located::text), Some("甲"));
            assert_eq!(reader.take_bool("b").map(|b| b.value), Some(true));
            assert_eq!(reader.take_date("d").map(|d| d.value), reader.take_date("e").map(|d| d.value));
            assert_eq!(reader.take_choice("c", &[("run-in", 1), ("block", 2)]).map(|c| c.value), Some(2));
            assert_eq!(reader.take_strings("s").map(|s| s.len()), Some(1));
            assert_eq!(reader.take_integer("n").map(|n| n.value), Some(3));
            assert!(reader.take_table("k").is_some());
            assert_eq!(reader.take_tables("l").len(), 2);
            assert!(reader.take_string("absent").is_none() && reader.take_tables("absent too").is_empty());
            reader.require("t", "t = \"…\"");
        });
        assert_eq!(faults, [""; 0]);
    }

    #[test]
    fn what_is_wrong_is_told_and_the_rest_is_taken() {
        let text = "title = 5\nb = 1\nd = \"2023年\"\nc = \"runin\"\ns = [\"a\", 1]\nk = 1\n[l]\n[[m]]\n";
        let faults = faults(text, |reader| {
            reader.take_string("title");
            reader.take_bool("b");
            reader.take_date("d");
            reader.take_choice("c", &[("run-in", 1), ("block", 2)]);
            assert_eq!(reader.take_strings("s").map(|s| s.len()), Some(1));
            reader.take_table("k");
            assert_eq!(reader.take_tables("l").len(), 1);
            reader.take_table("m");
            reader.require("author", "author = \"…\"");
        });
        assert_eq!(
            faults,
            [
                "missing-key  | [report] has no author | author = \"…\"",
                "wrong-type 5 | title takes text in quotes, not the whole number 5 | title = \"5\"",
                "wrong-type 1 | b takes true or false, not the whole number 1 | ",
                "wrong-type \"2023年\" | d takes a date such as 2023-11-20, not the text “2023年” | ",
                "wrong-type \"runin\" | c takes one of \"run-in\", \"block\", not the text “runin” | c = \"run-in\"",
                "wrong-type 1 | s takes text in quotes, not the whole number 1 | ",
                "wrong-type 1 | k takes one table, not the whole number 1 | ",
                "wrong-type [l] | l takes tables, not a table | two pairs of brackets in its heading: [[l]]",
                "wrong-type [[m]] | m takes one table, not several tables | one pair of brackets in its heading: [m]",
            ]
        );
    }

    #[test]
    fn unknown_keys_are_told_with_what_was_meant() {
        let text = "titel = \"甲\"\n\"党委会X次\" = 12\nXX = 1\nzzz = 1\nauther = 1\nauthor = \"乙\"\n";
        let faults = faults(text, |reader| {
            reader.take_string("title");
            reader.take_string("author");
        });
        assert_eq!(
            faults,
            [
                "unknown-key titel | [report] has no key “titel” | did you mean “title”?",
                "unknown-key \"党委会X次\" | [report] has no key “党委会X次” | \"党委会X次\" = …",
                "unknown-key XX | [report] has no key “XX” | XX = …",
                "unknown-key zzz | [report] has no key “zzz” | it can have: title author",
                "unknown-key auther | [report] has no key “auther” | it can have: title author",
            ]
        );
    }
}
