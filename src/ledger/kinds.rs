//! Whether values are of the kind that was declared, or that their holes ask for.

use super::days::no_such_day;
use super::{Hole, Ledger};
use crate::diag::{Code, Diagnostic, Edit, Text};
use crate::manifest::{Given, Kind, Located, bad_number, key_literal, quote};
use crate::number::{BadNumber, Decimal, WrittenDay, is_number_in_words};
use crate::placeholder::{Literals, Placeholder, is_hanzi, is_marker, list_shape, only_hole, scan};
use crate::sheet::NoValue;
use crate::source::{Span, Spanned};
use crate::text;

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
        let faults = |(hole, item): (usize, &Spanned<Given>)| {
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
                is_capped: declaration.is_some_and(|declaration| declaration.max.is_some()),
                literals: &self.manifest.literals,
            };
            let is_list = || {
                let phrase = own.phrase();
                list_shape(phrase, &scan(phrase, &self.manifest.literals).holes).is_some()
            };
            // Names for the holes of 形成XXX、XXX等X篇, or for a figure that is declared as a list.
            let kind = if of_names && kind.is_none() && is_list() { Some(Kind::List) } else { kind };
            holder.faults(kind, item, items.len() > 1)
        };
        items.iter().enumerate().flat_map(faults).collect()
    }
}

/// What is wrong with `words`, a town's value for the phrase `key`, which stands in no text of the roll-up; none where the
/// phrase takes anything.
pub(super) fn fault_in_column(key: &str, words: &Located) -> Option<Diagnostic> {
    let hole = Hole::new(key, &only_hole(key)?);
    let holder = Holder {
        name: key,
        unit: hole.unit.as_deref(),
        declared: false,
        is_own_line: false,
        is_rounded: false,
        is_computed: false,
        is_bounded: true,
        is_capped: false,
        literals: &Literals::default(),
    };
    holder.faults(hole.kind, &Spanned::new(Given::Text(words.clone()), words.whole()), false).pop()
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
    /// True if it says itself how high it may be.
    is_capped: bool,
    /// Words in which X is itself.
    literals: &'h Literals,
}

/// Ends of the names of rates that are nearly whole; one of them below 1 was meant as a fraction of one.
const HIGH_RATES: [&str; 18] = [
    "整改率",
    "办结率",
    "完成率",
    "满意率",
    "满意度",
    "覆盖率",
    "合格率",
    "达标率",
    "参保率",
    "参合率",
    "入户率",
    "普及率",
    "知晓率",
    "到位率",
    "化解率",
    "成活率",
    "出勤率",
    "回复率",
];

impl Holder<'_> {
    /// The faults of a value, one for each name of a list that is none; `several` are the parts of a date.
    fn faults(&self, kind: Option<Kind>, item: &Spanned<Given>, several: bool) -> Vec<Diagnostic> {
        let words = match &item.value {
            Given::Text(text) => std::slice::from_ref(text),
            Given::List(names, _) => names,
            Given::Number(_) | Given::Date(_) | Given::Several(_) | Given::Missing | Given::Faulty => &[],
        };
        let is_lone = words.len() == 1;
        let fault = |words: &Located| {
            let found = self.no_value(kind, words).or_else(|| self.still_open(kind, words));
            found.or_else(|| self.one_of_several(kind, words).filter(|_| is_lone))
        };
        let faults: Vec<Diagnostic> = words.iter().filter_map(fault).collect();
        if !faults.is_empty() {
            return faults;
        }
        kind.and_then(|kind| self.kind(kind, item, several)).into_iter().collect()
    }

    /// A value that has a hole itself: 张XX, XXX村.
    fn still_open(&self, kind: Option<Kind>, text: &Located) -> Option<Diagnostic> {
        let written = text.text();
        if self.declared && kind == Some(Kind::Text) || !written.contains(is_marker) {
            return None;
        }
        // One mark may be a word's own: X中心, 长×宽.
        let is_open = |hole: &&Placeholder| written[hole.range.clone()].chars().nth(1).is_some();
        let scan = scan(written, self.literals);
        let hole = scan.holes.iter().find(is_open)?;
        let (name, marks) = (self.name, &written[hole.range.clone()]);
        let written = written.trim();
        let message = text!(
            "“{name}”填的“{written}”里还有空“{marks}”",
            "`{name}` is `{written}`, which has the hole `{marks}` itself"
        );
        let fault = Diagnostic::new(Code::WrongKind, message).at(text.whole());
        Some(
            fault
                .help(text!("填上实际的名称，还没有就留空", "write the name, or leave it empty until it is known"))
                .help(self.say_text(written)),
        )
    }

    /// Several names for a list that are not parted by 、, and would count as one.
    fn one_of_several(&self, kind: Option<Kind>, text: &Located) -> Option<Diagnostic> {
        if kind != Some(Kind::List) {
            return None;
        }
        let mut depth = 0_usize;
        let mark = text.text().chars().find(|&c| {
            depth = match c {
                '《' | '“' | '（' | '(' | '〈' | '‘' | '「' => depth + 1,
                '》' | '”' | '）' | ')' | '〉' | '’' | '」' => depth.saturating_sub(1),
                _ => depth,
            };
            depth == 0 && matches!(c, '，' | ',' | '；' | ';' | '\t' | '\n')
        })?;
        let name = self.name;
        let shown = mark.to_string().replace(['\t', '\n'], "⏎");
        let message = text!(
            "“{name}”里用“{shown}”隔开的几个名称会算成一个",
            "names of `{name}` that `{shown}` parts would count as one"
        );
        let fault = Diagnostic::new(Code::WrongKind, message).at(text.whole());
        Some(fault.help(text!("并列的名称用顿号隔开：产业发展、人居环境", "part the names by 、: 产业发展、人居环境")))
    }

    /// A rate such as 整改率 that is below 1, above 100 or negative.
    fn wrong_rate(&self, kind: Kind, number: &Decimal, span: Span) -> Option<Diagnostic> {
        let is_high = || HIGH_RATES.iter().any(|rate| self.name.contains(rate));
        let is_of_percent = kind == Kind::Percent || self.unit.is_some_and(|unit| matches!(unit, "%" | "％"));
        let (one, hundred) = (Decimal::from(1_usize), Decimal::from(100_usize));
        let is_fraction = !number.is_zero() && *number < one;
        // More may be completed than was planned.
        let is_beyond = *number > hundred && !self.is_capped && !self.name.contains("完成率");
        if self.is_bounded || !is_of_percent || !(is_fraction || is_beyond) || !is_high() {
            return None;
        }
        let name = self.name;
        let message = text!("“{name}”填的是 {number}%，像是不对", "`{name}` is {number}%, which is hardly meant");
        Some(Diagnostic::new(Code::WrongMagnitude, message).at(span).help(text!(
            "0.987 这样的小数要写成 98.7；确是这么多，就给这个指标写上 min = 0",
            "a fraction of one is written as 98.7; if it is right, give the figure min = 0"
        )))
    }

    /// `wrong-kind`, or what a number in quotes is instead.
    fn kind(&self, kind: Kind, item: &Spanned<Given>, several: bool) -> Option<Diagnostic> {
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
                if let Some(fault) = self.wrong_rate(kind, number, item.span) {
                    return Some(fault);
                }
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

    /// Words that a spreadsheet or a program writes where there is no value.
    fn no_value(&self, kind: Option<Kind>, text: &Located) -> Option<Diagnostic> {
        let (name, written) = (self.name, text.text().trim());
        let found = NoValue::of(written)?;
        let is_taken = match found {
            NoValue::Error | NoValue::Narrow => false,
            // Words may begin with a sign of equality where someone says that they are words.
            NoValue::Formula => self.declared && kind == Some(Kind::Text),
            // A number's hole has words of its own for it, and words that were declared may be any.
            NoValue::Missing => kind.is_some_and(Kind::is_number) || self.declared && kind == Some(Kind::Text),
        };
        let message = found.message(&text!("“{name}”", "`{name}`"), written);
        (!is_taken).then(|| Diagnostic::new(Code::WrongKind, message).at(text.whole()).help(found.help()))
    }
}
