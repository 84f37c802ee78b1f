//! Chinese numerals for counting: 一, 十一, 二十一, 一百零三.

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const PLACES: [&str; 4] = ["", "十", "百", "千"];

/// `n` in Chinese numerals, with 零 where places are skipped and 十一 rather than 一十一.
pub fn numeral(n: u64) -> String {
    if n == 0 {
        return DIGITS[0].to_string();
    }
    let mut out = String::new();
    push(&mut out, n);
    match out.strip_prefix("一十") {
        Some(rest) => format!("十{rest}"),
        None => out,
    }
}

/// A number above zero: what stands before 亿 or 万 is itself a number, so 10 003 亿 is 一万零三亿.
fn push(out: &mut String, n: u64) {
    for (unit, name) in [(100_000_000, '亿'), (10_000, '万')] {
        if n >= unit {
            push(out, n / unit);
            out.push(name);
            let rest = n % unit;
            if rest > 0 {
                if rest < unit / 10 {
                    out.push(DIGITS[0]);
                }
                push(out, rest);
            }
            return;
        }
    }
    push_group(out, n);
}

/// A group of four places, without its name.
fn push_group(out: &mut String, group: u64) {
    let mut gap = false;
    let mut begun = false;
    for place in (0..4).rev() {
        let digit = group / 10u64.pow(place) % 10;
        if digit == 0 {
            gap = begun;
            continue;
        }
        if gap {
            out.push(DIGITS[0]);
            gap = false;
        }
        out.push(DIGITS[digit as usize]);
        out.push_str(PLACES[place as usize]);
        begun = true;
    }
}

#[cfg(test)]
mod tests {
    use super::numeral;

    #[test]
    fn numerals() {
        for (n, expected) in [
            (0, "零"),
            (1, "一"),
            (10, "十"),
            (11, "十一"),
            (20, "二十"),
            (21, "二十一"),
            (100, "一百"),
            (103, "一百零三"),
            (110, "一百一十"),
            (1001, "一千零一"),
            (10_000, "一万"),
            (10_010, "一万零一十"),
            (11_000, "一万一千"),
            (100_000, "十万"),
            (20_003_000, "二千万三千"),
            (100_000_001, "一亿零一"),
            (1_000_000_000_000, "一万亿"),
            (1_000_300_000_000, "一万零三亿"),
            (1_000_000_000_005, "一万亿零五"),
        ] {
            assert_eq!(numeral(n), expected, "{n}");
        }
    }
}
