//! Whether values are of the kind that was declared, or that their holes ask for.

use super::days::no_such_day;
use super::{Hole, Ledger};
use crate::diag::{Code, Diagnostic, Edit, Text};
use crate::manifest::{Given, Kind, Located, bad_number, key_literal, quote};
use crate::number::{BadNumber, Decimal, WrittenDay, is_number_in_words};
use crate::placeholder::{Literals, is_hanzi, scan};
use crate::source::{Span, Spanned};
use crate::text;

/// What spreadsheets show where a formula came to nothing.
const SHEET_ERRORS: [&str; 10] =
    ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"];

/// What programs write for a value that is not there.
const NO_VALUE: [&str; 8] = ["NULL", "nan", "None", "N/A", "undefined", "nil", "<NA>", "(null)"];

impl Ledger<'_> {
    /// What is wrong with the kinds of `items`, the values of a figure.
    pub(super) fn kind_faults(&self, figure: usize, items: &[Spanned<Given>]) -> Vec<Diagnostic> {
        let own = self.figure(figure);
        let declaration = own.declaration.as_deref();
        let declared = declaration.and_then(|declaration| declaration.kind.as_ref()).is_some();
        let is_one = self.lines[figure].holes.len() <= 1;
        let formats_dates = declaration
            .and_then(|declaration| declaration.format.as_ref())
            .is_some_and(|format| format.value.date.is_some());
        let round = declaration.and_then(|declaration| declaration.round);
        let fault = |(hole, item): (usize, &Spanned<Given>)| {
            let of_names = match &item.value {
                Given::Text(_) | Given::Date(_) | Given::List(..) => !is_one && items.len() == 1,
                Given::Number(_) | Given::Several(_) | Given::Missing | Given::Faulty => false,
            };
            let is_day = matches!(item.value, Given::Date(_)) && formats_dates;
            let kind = self.kind_of_hole(figure, hole).filter(|_| declared || !of_names && !is_day);
            let holder = Holder {
                name: own.key.text(),
                unit: self.unit_of_hole(figure, hole),
                declared,
                is_own_line: declaration.is_none() && own.key.whole().file == item.span.file,
                is_rounded: round.is_some_and(|round| round.digits <= 0),
                is_computed: declaration.is_some_and(|declaration| declaration.compute.is_some()),
                is_bounded: declaration.is_some_and(|declaration| declaration.min.is_some()),
            };
            holder.kind(kind, item, items.len() > 1)
        };
        items.iter().enumerate().filter_map(fault).collect()
    }
}

/// What is wrong with `words`, a town's value for the phrase `key`, which stands in no text of the roll-up; none where the
/// phrase takes anything.
pub(super) fn fault_in_column(key: &str, words: &Located) -> Option<Diagnostic> {
    let scan = scan(key, &Literals::default());
    let [hole] = scan.holes.as_slice() else { return None };
    let hole = Hole::new(key, hole);
    let holder = Holder {
        name: key,
        unit: hole.unit.as_deref(),
        declared: false,
        is_own_line: false,
        is_rounded: false,
        is_computed: false,
        is_bounded: true,
    };
    holder.kind(hole.kind, &Spanned::new(Given::Text(words.clone()), words.whole()), false)
}

/// Whether `written` is what programs write for a value that is not there.
fn is_no_value(written: &str) -> bool {
    NO_VALUE.iter().any(|word| written.eq_ignore_ascii_case(word))
}

/// What a value is held against.
struct Holder<'h> {
    name: &'h str,
    unit: Option<&'h str>,
    /// Whether the figure's own table says its kind; else its hole does.
    declared: bool,
    /// Whether it is a plain line of the user's file, which can be written anew.
    is_own_line: bool,
    is_rounded: bool,
    is_computed: bool,
    /// Whether it says itself how low it may be.
    is_bounded: bool,
}

impl Holder<'_> {
    /// `wrong-kind`, or what a number in quotes is instead; `several` are the parts of a date.
    fn kind(&self, kind: Option<Kind>, item: &Spanned<Given>, several: bool) -> Option<Diagnostic> {
        if let Given::Text(text) = &item.value
            && let Some(fault) = self.of_a_sheet(kind, text)
        {
            return Some(fault);
        }
        let kind = kind?;
        let (fits, found) = match &item.value {
            Given::Number(number) if kind == Kind::Integer && number.digits() > 0 && !self.is_rounded => {
                return Some(self.decimals(number, item.span));
            }
            Given::Number(number)
                if kind == Kind::Integer && !self.declared && !self.is_bounded && number.is_negative() =>
            {
                return Some(self.below_zero(number, item.span));
            }
            Given::Number(number) => {
                let fits = kind.is_number() || kind == Kind::Text || (kind == Kind::Date && several);
                (fits, text!("数字 {number}", "the number {number}"))
            }
            Given::Text(text) if kind.is_number() => return Some(self.number(kind, text)),
            Given::Text(text)
                if kind == Kind::Date && WrittenDay::read(text.text()).is_some_and(|day| !day.exists()) =>
            {
                return Some(no_such_day(text.text().trim(), item.span));
            }
            Given::Text(text) => {
                let shown = text.text().trim();
                (matches!(kind, Kind::Text | Kind::List), text!("文字“{shown}”", "the text “{shown}”"))
            }
            Given::Date(date) => (kind == Kind::Date, text!("日期 {date}", "the date {date}")),
            Given::List(..) => (kind == Kind::List || !self.declared, text!("一串名称", "a list of names")),
            Given::Several(_) | Given::Missing | Given::Faulty => return None,
        };
        (!fits).then(|| self.wrong_kind(kind, item.span, &found))
    }

    fn wrong_kind(&self, kind: Kind, span: Span, found: &Text) -> Diagnostic {
        let (name, expected) = (self.name, kind.describe());
        let message = Text {
            zh: format!("“{name}”要填{}，填的是{}", expected.zh, found.zh),
            en: format!("`{name}` takes {}, not {}", expected.en, found.en),
        };
        let fault = Diagnostic::new(Code::WrongKind, message).at(span);
        match kind {
            Kind::Integer if self.is_computed => fault.help(text!("加上 round = 0", "add round = 0")),
            Kind::Integer => fault.help(text!("只写整数，如 12", "write a whole number, such as 12")),
            Kind::Number | Kind::Percent | Kind::Money => {
                fault.help(text!("只写数字，如 12 或 98.7", "write a number, such as 12 or 98.7"))
            }
            Kind::Date => fault.help(text!("写成 2023-11-20 的样子", "write it as 2023-11-20")),
            Kind::List => fault
                .help(text!("写成 [\"产业发展\", \"人居环境\"] 的样子", "write it as [\"产业发展\", \"人居环境\"]")),
            Kind::Text => fault.help(text!("文字加上引号", "put the text in quotes")),
        }
    }

    /// Digits after the point where things are counted; `12.0` has some too.
    fn decimals(&self, number: &Decimal, span: Span) -> Diagnostic {
        let found = text!("小数 {number}", "the decimal {number}");
        let mut fault = self.wrong_kind(Kind::Integer, span, &found);
        if number.is_integer() && !self.is_computed {
            let whole = number.shortest();
            fault.help.clear();
            return fault.fix(
                text!("只写整数：{whole}", "write the whole number: {whole}"),
                vec![Edit { span, text: whole.to_string() }],
            );
        }
        if !self.declared && !self.is_computed {
            fault = fault.help(text!(
                "确实有小数，就给这个指标写上 kind = \"number\"",
                "if it has decimals indeed, give the figure kind = \"number\""
            ));
        }
        fault
    }

    fn below_zero(&self, number: &Decimal, span: Span) -> Diagnostic {
        let name = self.name;
        let message = text!("“{name}”填的是负数 {number}", "`{name}` is below zero: {number}");
        Diagnostic::new(Code::WrongMagnitude, message).at(span).help(text!(
            "核对这个数；确实可以是负数，就给这个指标写上 kind = \"integer\"",
            "check the number; if it may be below zero, give the figure kind = \"integer\""
        ))
    }

    /// What is wrong with a text where a number belongs.
    fn number(&self, kind: Kind, text: &Located) -> Diagnostic {
        let written = text.text().trim();
        let bare = self.without_unit(written);
        let read = Decimal::parse(bare.unwrap_or(written));
        let meant = match &read {
            Ok(number) => Some(number.to_string()),
            // 12% is no 12 of something else.
            Err(BadNumber::Percent(_)) if kind != Kind::Percent => None,
            Err(bad) => bad.suggestion().map(str::to_owned),
        };
        match (read, meant) {
            (_, Some(meant)) if bare.is_some() => Diagnostic::new(
                Code::UnitTwice,
                text!("“{written}”带了单位，单位由正文写", "`{written}` brings a unit, which the text has"),
            )
            .at(text.whole())
            .fix(
                text!("只写数字：{meant}", "write the number alone: {meant}"),
                vec![Edit { span: text.whole(), text: meant }],
            ),
            (Err(bad), Some(_)) => bad_number(written, &bad, text.whole()),
            (Err(bad @ (BadNumber::NotFinite | BadNumber::TooLong | BadNumber::Exponent(_))), None) => {
                bad_number(written, &bad, text.whole())
            }
            _ if !self.declared && is_number_in_words(bare.unwrap_or(written)) => self.in_words(written, text.whole()),
            _ => {
                let found = text!("文字“{written}”", "the text “{written}”");
                let fault = self.wrong_kind(kind, text.whole(), &found);
                let is_held = self.declared && !is_number_in_words(bare.unwrap_or(written));
                if is_held { fault } else { fault.help(self.say_text(written)) }
            }
        }
    }

    /// What a text has before the hole's own unit or the beginning of it, if it ends with that: 12万 for X万元.
    fn without_unit<'w>(&self, written: &'w str) -> Option<&'w str> {
        let unit = self.unit.filter(|unit| !unit.is_empty())?;
        let bare = match unit {
            "%" | "％" => written.strip_suffix(['%', '％']),
            _ => {
                let digits = written.rfind(|c: char| c.is_numeric() && !is_hanzi(c));
                let whole = written.strip_suffix(unit);
                whole.or_else(|| {
                    let end = digits.map(|at| at + written[at..].chars().next().map_or(0, char::len_utf8))?;
                    let tail = written[end..].trim_start();
                    (!tail.is_empty() && unit.starts_with(tail)).then_some(&written[..end])
                })
            }
        };
        bare.map(str::trim_end).filter(|bare| !bare.is_empty())
    }

    /// 若干, 近百, 十二: words that offices write in a number's place.
    fn in_words(&self, written: &str, span: Span) -> Diagnostic {
        let name = self.name;
        let message = text!(
            "“{name}”填的是文字“{written}”，不是数字，不能参加计算",
            "`{name}` is given in words, `{written}`: no rule can reckon with it"
        );
        Diagnostic::new(Code::TextForNumber, message).at(span).help(self.say_text(written))
    }

    /// How to say that words are meant.
    fn say_text(&self, written: &str) -> Text {
        if self.is_own_line {
            let line = format!("{} = {{ value = {}, kind = \"text\" }}", key_literal(self.name), quote(written));
            return text!("确实要写文字，就写成：\n{line}", "if words are meant, write:\n{line}");
        }
        text!("确实要写文字，就给这个指标写上 kind = \"text\"", "if words are meant, give the figure kind = \"text\"")
    }

    /// What a spreadsheet shows for an error, and a formula that was copied as words.
    fn of_a_sheet(&self, kind: Option<Kind>, text: &Located) -> Option<Diagnostic> {
        let (name, written) = (self.name, text.text().trim());
        // A number's hole has words of its own for it, and words that were declared may be any.
        let takes_any = kind.is_some_and(Kind::is_number) || self.declared && kind == Some(Kind::Text);
        if !takes_any && is_no_value(written) {
            let message = text!(
                "“{name}”填的是“{written}”，是别的程序里“没有值”的意思",
                "`{name}` is `{written}`, which programs write where there is no value"
            );
            let fault = Diagnostic::new(Code::WrongKind, message).at(text.whole());
            return Some(fault.help(text!("还没有就留空", "leave it empty until there is one")));
        }
        let too_narrow = written.len() > 1 && written.bytes().all(|b| b == b'#');
        let formula = written.is_ascii()
            && written.strip_prefix('=').is_some_and(|rest| {
                rest.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '(' | '+' | '-' | '$'))
            });
        let is_error = SHEET_ERRORS.iter().any(|error| written.eq_ignore_ascii_case(error));
        // Words may begin with a sign of equality where someone says that they are words.
        if !(too_narrow || is_error || formula && kind != Some(Kind::Text)) {
            return None;
        }
        let fault = |message| Some(Diagnostic::new(Code::WrongKind, message).at(text.whole()));
        if formula {
            return fault(text!("“{name}”填的是公式“{written}”", "`{name}` is the formula `{written}`"))
                .map(|fault| fault.help(text!("填它的得数", "write what it comes to")));
        }
        let message = text!(
            "“{name}”填的“{written}”是电子表格里的错误，不是数",
            "`{name}` is `{written}`, which is an error of a spreadsheet and no value"
        );
        let help = match too_narrow {
            true => {
                text!("列太窄，数字显示成 #；把列拉宽再抄", "the column was too narrow to show the number; widen it")
            }
            false => {
                text!("在原来的表里改好公式，再填得数", "mend the formula in its sheet, and write what it comes to")
            }
        };
        fault(message).map(|fault| fault.help(help))
    }
}
