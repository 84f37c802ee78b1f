//! Numbers and dates as `format` and `round` ask, beside the words of the text.

use crate::diag::{Code, Diagnostic};
use crate::manifest::{Declaration, Kind};
use crate::number::{Date, DateFormat, Decimal, FinerThanFen, NumberFormat, money};
use crate::source::Span;
use crate::text;

/// The text beside a hole, as it is printed: Markdown's marks and blanks left out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Beside<'t> {
    /// All before it.
    pub(super) before: &'t str,
    /// All after it.
    pub(super) after: &'t str,
}

/// Words that the format `growth` writes itself.
const GROWTH: &[&str] = &["增长", "下降", "上升", "减少", "增加", "提高", "降低", "持平"];

/// Signs that a format ends in and the text may have already.
const SIGNS: &[&str] = &["%", "％", "万"];

/// `number`, which stands at `span`, as it is printed.
///
/// # Errors
/// The fault where the text beside the hole says what the format would say again.
pub(super) fn number(
    declaration: Option<&Declaration>,
    kind: Kind,
    number: &Decimal,
    beside: Beside<'_>,
    span: Span,
) -> Result<String, Box<Diagnostic>> {
    let round = declaration.and_then(|declaration| declaration.round);
    let rounded = round.map(|round| number.round(round.digits, round.rounding));
    let number = rounded.as_ref().unwrap_or(number);
    let format = declaration.and_then(|declaration| declaration.format.as_ref()?.value.number).unwrap_or_default();
    let printed = match format {
        NumberFormat::Growth => {
            if let Some(word) = GROWTH.iter().find(|word| beside.before.ends_with(**word)) {
                return Err(Box::new(growth_twice(word, span)));
            }
            format.write(number)
        }
        NumberFormat::Financial if kind == Kind::Money => return amount(number, beside, span),
        NumberFormat::Plain
        | NumberFormat::Grouped
        | NumberFormat::Wan
        | NumberFormat::Chinese
        | NumberFormat::Financial
        | NumberFormat::Percent => format.write(number),
    };
    // What a format ends in and the text goes on with is printed once.
    let sign = SIGNS.iter().find(|sign| beside.after.starts_with(**sign));
    let ends = |sign: &&&str| printed.ends_with(**sign) || (**sign == "％" && printed.ends_with('%'));
    Ok(match sign.filter(ends) {
        Some(_) => printed[..printed.len() - printed.chars().next_back().map_or(0, char::len_utf8)].to_owned(),
        None => printed,
    })
}

fn growth_twice(word: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::UnitTwice,
        text!("正文里已经有“{word}”，growth 还会再写一遍", "the text has “{word}”, and growth would write it again"),
    )
    .at(span)
    .help(text!(
        "删去正文里的“{word}”，让程序按正负写增长或下降",
        "delete “{word}” in the text; the program writes 增长 or 下降 by the sign"
    ))
}

/// An amount of 元 in 大写. Before a 元 of the text it ends there, so that there may be no 角 and 分.
fn amount(number: &Decimal, beside: Beside<'_>, span: Span) -> Result<String, Box<Diagnostic>> {
    let fault = |message, help| Box::new(Diagnostic::new(Code::WrongKind, message).at(span).help(help));
    let own_unit = beside.after.starts_with('元');
    match money(number) {
        Ok(_) if own_unit && number.is_integer() => Ok(NumberFormat::Financial.write(&number.shortest())),
        Ok(_) if own_unit => Err(fault(
            text!("{number} 带角分，正文却在后面写了“元”", "{number} has 角 or 分, but 元 follows in the text"),
            text!("删去正文里的“元”，大写会自己带上元角分", "delete the 元 in the text; the words bring their own"),
        )),
        Ok(words) => Ok(words),
        Err(FinerThanFen) => Err(fault(
            text!("{number} 不到分，写不成大写金额", "{number} is finer than 分 and cannot be written in words"),
            text!("加上 round = 2", "add round = 2"),
        )),
    }
}

/// `date` as it is printed where it stands as a whole; none where nothing says that it may.
pub(super) fn date(declaration: Option<&Declaration>, date: Date) -> Option<String> {
    let declaration = declaration?;
    let format = declaration.format.as_ref().and_then(|format| format.value.date);
    let declared = declaration.kind.as_ref().is_some_and(|kind| kind.value == Kind::Date);
    (format.is_some() || declared).then(|| format.unwrap_or_default().write(date))
}

/// Year, month and day of `date`, each as the format writes it.
pub(super) fn parts(declaration: Option<&Declaration>, date: Date) -> [String; 3] {
    let format = declaration.and_then(|declaration| declaration.format.as_ref()?.value.date);
    if format == Some(DateFormat::Chinese) {
        let written = DateFormat::Chinese.write(date);
        let mut parts = written.split(['年', '月', '日']).map(str::to_owned);
        return [(); 3].map(|()| parts.next().unwrap_or_default());
    }
    [date.year.to_string(), date.month.to_string(), date.day.to_string()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::Format;
    use crate::source::Spanned;

    fn printed(format: &str, kind: Kind, value: &str, before: &str, after: &str) -> Result<String, Code> {
        let format = Format::from_name(format).map(|format| Spanned::new(format, Span::default()));
        let declaration = Declaration { format, ..Declaration::default() };
        let value = Decimal::parse(value).unwrap();
        number(Some(&declaration), kind, &value, Beside { before, after }, Span::default()).map_err(|fault| fault.code)
    }

    #[test]
    fn what_the_text_says_is_not_said_again() {
        for (format, kind, value, before, after, expected) in [
            ("percent", Kind::Percent, "98.7", "率", "%", Ok("98.7")),
            ("percent", Kind::Percent, "98.7", "率", "％，", Ok("98.7")),
            ("percent", Kind::Percent, "98.7", "率", "，", Ok("98.7%")),
            ("wan", Kind::Number, "12000", "收入", "万元", Ok("1.2")),
            ("wan", Kind::Number, "12000", "收入", "元", Ok("1.2万")),
            ("growth", Kind::Percent, "-3.2", "同比", "，", Ok("下降3.2%")),
            ("growth", Kind::Percent, "3.2", "同比", "%，", Ok("增长3.2")),
            ("growth", Kind::Percent, "3.2", "同比增长", "%，", Err(Code::UnitTwice)),
            ("financial", Kind::Money, "12", "人民币", "元整", Ok("壹拾贰")),
            ("financial", Kind::Money, "12.50", "人民币", "。", Ok("壹拾贰元伍角整")),
            ("financial", Kind::Money, "12.50", "人民币", "元", Err(Code::WrongKind)),
            ("financial", Kind::Money, "12.505", "人民币", "。", Err(Code::WrongKind)),
            ("financial", Kind::Integer, "12", "共", "户", Ok("壹拾贰")),
        ] {
            assert_eq!(
                printed(format, kind, value, before, after),
                expected.map(str::to_owned),
                "{format} {value} {after}"
            );
        }
    }

    #[test]
    fn a_date_is_printed_whole_only_where_that_is_asked_for() {
        let day = Date::new(2023, 11, 20).unwrap();
        assert_eq!(date(None, day), None);
        assert_eq!(date(Some(&Declaration::default()), day), None);
        let format = Format::from_name("month").map(|format| Spanned::new(format, Span::default()));
        assert_eq!(date(Some(&Declaration { format, ..Declaration::default() }), day).as_deref(), Some("2023年11月"));
        let format = Format::from_name("chinese").map(|format| Spanned::new(format, Span::default()));
        let chinese = Declaration { format, ..Declaration::default() };
        assert_eq!(parts(Some(&chinese), day), ["二〇二三", "十一", "二十"]);
    }
}
