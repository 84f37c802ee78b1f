//! Chinese numerals: 一百零三, 壹佰零叁, 二〇二三.

use super::Decimal;

/// A set of hanzi that numbers are written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numerals {
    /// 小写: 一百零三; a leading 一十 is 十.
    Plain,
    /// 大写: 壹佰零叁, for money and vouchers; 壹拾 keeps its 壹.
    Financial,
}

impl Numerals {
    fn digits(self) -> [char; 10] {
        match self {
            Numerals::Plain => ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
            Numerals::Financial => ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
        }
    }

    /// The names of the places in a group of four.
    fn places(self) -> [&'static str; 4] {
        match self {
            Numerals::Plain => ["", "十", "百", "千"],
            Numerals::Financial => ["", "拾", "佰", "仟"],
        }
    }

    /// `number` in hanzi: 零 where places are skipped, 点 and every printed digit, 负 before a number below zero.
    pub fn write(self, number: &Decimal) -> String {
        let written = number.abs().to_string();
        let (whole, decimals) = written.split_once('.').unwrap_or((&written, ""));
        let mut out = if number.is_negative() { "负".to_owned() } else { String::new() };
        out.push_str(&self.whole(whole));
        if !decimals.is_empty() {
            out.push('点');
            out.extend(decimals.bytes().map(|digit| self.digits()[usize::from(digit - b'0')]));
        }
        out
    }

    /// A whole number, given by its decimal digits.
    pub(super) fn whole(self, digits: &str) -> String {
        let digits = digits.trim_start_matches('0').as_bytes();
        if digits.is_empty() {
            return self.digits()[0].to_string();
        }
        let mut out = String::new();
        self.push(&mut out, digits);
        match (self, out.strip_prefix("一十")) {
            (Numerals::Plain, Some(rest)) => format!("十{rest}"),
            _ => out,
        }
    }

    /// A number above zero: what stands before 亿 or 万 is itself a number, so 10 003 亿 is 一万零三亿 and 10^16 一亿亿.
    fn push(self, out: &mut String, digits: &[u8]) {
        for (places, name) in [(8, '亿'), (4, '万')] {
            if digits.len() > places {
                let (before, after) = digits.split_at(digits.len() - places);
                self.push(out, before);
                out.push(name);
                let zeros = after.iter().take_while(|&&digit| digit == b'0').count();
                if zeros < places {
                    if zeros > 0 {
                        out.push(self.digits()[0]);
                    }
                    self.push(out, &after[zeros..]);
                }
                return;
            }
        }
        self.push_group(out, digits);
    }

    /// Up to four places, without the group's name.
    fn push_group(self, out: &mut String, digits: &[u8]) {
        let mut gap = false;
        for (place, &digit) in (0..digits.len()).rev().zip(digits) {
            if digit == b'0' {
                gap = true;
                continue;
            }
            if gap {
                out.push(self.digits()[0]);
                gap = false;
            }
            out.push(self.digits()[usize::from(digit - b'0')]);
            out.push_str(self.places()[place]);
        }
    }
}

/// `n` in Chinese numerals, with 零 where places are skipped and 十一 rather than 一十一.
pub fn numeral(n: u64) -> String {
    Numerals::Plain.whole(&n.to_string())
}

/// The digits of `n` one by one, as years are read: 二〇二三.
pub(super) fn spelled(n: u16) -> String {
    n.to_string()
        .bytes()
        .map(|digit| if digit == b'0' { '〇' } else { Numerals::Plain.digits()[usize::from(digit - b'0')] })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numerals() {
        for (n, expected) in [
            ("0", "零"),
            ("1", "一"),
            ("10", "十"),
            ("11", "十一"),
            ("20", "二十"),
            ("21", "二十一"),
            ("100", "一百"),
            ("103", "一百零三"),
            ("110", "一百一十"),
            ("1001", "一千零一"),
            ("1010", "一千零一十"),
            ("10000", "一万"),
            ("10010", "一万零一十"),
            ("11000", "一万一千"),
            ("100000", "十万"),
            ("20003000", "二千万三千"),
            ("20000300", "二千万零三百"),
            ("100000001", "一亿零一"),
            ("100010000", "一亿零一万"),
            ("110000000", "一亿一千万"),
            ("1000000000000", "一万亿"),
            ("1000300000000", "一万零三亿"),
            ("1000000000005", "一万亿零五"),
            ("10000000000000000", "一亿亿"),
            ("10000000100000000", "一亿零一亿"),
            ("100000000000000000000", "一万亿亿"),
            ("3.14", "三点一四"),
            ("-0.50", "负零点五零"),
            ("-12", "负十二"),
            ("10.0", "十点零"),
        ] {
            assert_eq!(Numerals::Plain.write(&Decimal::parse(n).unwrap()), expected, "{n}");
        }
        assert_eq!(numeral(u64::MAX), "一千八百四十四亿六千七百四十四万零七百三十七亿零九百五十五万一千六百一十五");
    }

    #[test]
    fn financial_numerals_keep_their_first_one() {
        for (n, expected) in
            [("12", "壹拾贰"), ("10", "壹拾"), ("100000", "壹拾万"), ("10203", "壹万零贰佰零叁"), ("1.5", "壹点伍")]
        {
            assert_eq!(Numerals::Financial.write(&Decimal::parse(n).unwrap()), expected, "{n}");
        }
    }

    #[test]
    fn years_are_spelled() {
        assert_eq!(spelled(2023), "二〇二三");
        assert_eq!(spelled(11), "一一");
    }

    /// Reads a whole numeral, knowing nothing of how it was written: the last 亿, else the last 万, splits it.
    fn read(numeral: &str, numerals: Numerals) -> u128 {
        for (name, unit) in [('亿', 100_000_000), ('万', 10_000)] {
            if let Some((before, after)) = numeral.rsplit_once(name) {
                return read(before, numerals) * unit + read(after, numerals);
            }
        }
        let (mut sum, mut digit) = (0, None);
        for c in numeral.chars() {
            if let Some(value) = numerals.digits().iter().position(|&d| d == c) {
                digit = (value > 0).then_some(value as u128);
            } else {
                let place = numerals.places().iter().position(|p| p.starts_with(c)).expect("a place");
                sum += digit.take().unwrap_or(1) * 10u128.pow(place as u32);
            }
        }
        sum + digit.unwrap_or(0)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn numerals_are_read_back(n in prop_oneof![0..1_000_000u128, 0..10u128.pow(30)], zeros in 0u32..30) {
            // Numbers of random digits seldom have 零 in them; cutting digits off in the middle makes them.
            for n in [n, n / 10u128.pow(zeros) * 10u128.pow(zeros) + n % 1000] {
                for numerals in [Numerals::Plain, Numerals::Financial] {
                    let written = numerals.whole(&n.to_string());
                    prop_assert_eq!(read(&written, numerals), n, "{}", written);
                    prop_assert!(!written.contains("零零") && (n == 0 || !written.ends_with('零')), "{}", written);
                }
            }
        }
    }
}
