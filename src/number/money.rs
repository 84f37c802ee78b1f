//! Amounts of money in 大写, as vouchers write them.

use super::{Decimal, Numerals};

/// An amount with digits beyond 分, which cannot be written in 元角分.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FinerThanFen;

/// An amount in 元 as 壹拾贰元伍角整, after the rules for filling in bills (支付结算办法, 附一): 整 unless there
/// are 分, 零 where places are skipped. `人民币` is the text's own.
///
/// # Errors
/// [`FinerThanFen`], since rounding is the author's to ask for.
pub fn money(yuan: &Decimal) -> Result<String, FinerThanFen> {
    let amount = yuan.abs().shortest();
    if amount.digits() > 2 {
        return Err(FinerThanFen);
    }
    let written = amount.to_string();
    let (whole, decimals) = written.split_once('.').unwrap_or((&written, ""));
    let jiao = decimals.get(0..1).unwrap_or("0");
    let fen = decimals.get(1..2).unwrap_or("0");
    let numeral = |digits: &str| Numerals::Financial.whole(digits);

    let mut out = if yuan.is_negative() { "负".to_owned() } else { String::new() };
    if whole != "0" || decimals.is_empty() {
        out.push_str(&numeral(whole));
        out.push('元');
    }
    if jiao != "0" {
        out.push_str(&numeral(jiao));
        out.push('角');
    }
    if fen != "0" {
        if jiao == "0" && whole != "0" {
            out.push('零');
        }
        out.push_str(&numeral(fen));
        out.push('分');
    } else {
        out.push('整');
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts() {
        for (yuan, expected) in [
            ("0", "零元整"),
            ("12", "壹拾贰元整"),
            ("12.00", "壹拾贰元整"),
            ("12.50", "壹拾贰元伍角整"),
            ("0.5", "伍角整"),
            ("0.05", "伍分"),
            ("0.52", "伍角贰分"),
            ("325.04", "叁佰贰拾伍元零肆分"),
            ("1409.50", "壹仟肆佰零玖元伍角整"),
            ("6007.14", "陆仟零柒元壹角肆分"),
            ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
            ("107000.53", "壹拾万柒仟元伍角叁分"),
            ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
            ("100000000.01", "壹亿元零壹分"),
            ("-8", "负捌元整"),
        ] {
            assert_eq!(money(&Decimal::parse(yuan).unwrap()).as_deref(), Ok(expected), "{yuan}");
        }
        assert_eq!(money(&Decimal::parse("1.005").unwrap()), Err(FinerThanFen));
    }
}
