//! Units, so far as to see that two figures of one kind are written in different ones.

/// Whether `a` and `b` measure the same in different units, as 元 and 万元 do. Nothing is converted.
pub(crate) fn clash(a: &str, b: &str) -> bool {
    if a == b {
        return false;
    }
    let (a, b) = (Unit::read(a), Unit::read(b));
    a.base == b.base && a.times * b.parts != b.times * a.parts
}

/// The number of units `b` that one of the unit `a` is, as a whole number and its parts: 1 of 10,000 万元 for 元. None where they
/// measure different things.
pub(crate) fn ratio(a: &str, b: &str) -> Option<(u128, u128)> {
    let (a, b) = (Unit::read(a), Unit::read(b));
    let (times, parts) = (a.times * b.parts, b.times * a.parts);
    let shared = gcd(times, parts);
    (a.base == b.base && shared > 0).then(|| (times / shared, parts / shared))
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// `times / parts` of a base unit.
struct Unit<'a> {
    base: &'a str,
    times: u128,
    parts: u128,
}

/// Units that have a name of their own. 亩 is 2000/3 square metres.
const NAMED: [(&str, &str, u128, u128); 21] = [
    ("名", "人", 1, 1),
    ("位", "人", 1, 1),
    ("%", "%", 1, 1),
    ("％", "%", 1, 1),
    ("百分点", "%", 1, 1),
    ("个百分点", "%", 1, 1),
    ("成", "%", 10, 1),
    ("‰", "%", 1, 10),
    ("公里", "米", 1000, 1),
    ("里", "米", 500, 1),
    ("厘米", "米", 1, 100),
    ("斤", "克", 500, 1),
    ("公斤", "克", 1000, 1),
    ("吨", "克", 1_000_000, 1),
    ("㎡", "平方米", 1, 1),
    ("公顷", "平方米", 10_000, 1),
    ("亩", "平方米", 2000, 3),
    ("平方公里", "平方米", 1_000_000, 1),
    ("平方千米", "平方米", 1_000_000, 1),
    ("小时", "分钟", 60, 1),
    ("天", "日", 1, 1),
];

impl<'a> Unit<'a> {
    fn read(unit: &'a str) -> Self {
        let mut base = unit.trim();
        let mut multiple = 1;
        // 万亿 is the longest multiple in use; more would not be one.
        for _ in 0..3 {
            if let Some(&(_, base, times, parts)) = NAMED.iter().find(|(name, ..)| *name == base) {
                return Unit { base, times: times * multiple, parts };
            }
            let mut rest = base.chars();
            let power = match rest.next() {
                Some('十') => 10,
                Some('百') => 100,
                Some('千') => 1000,
                Some('万') => 10_000,
                Some('亿') => 100_000_000,
                _ => break,
            };
            multiple *= power;
            base = rest.as_str();
        }
        Unit { base, times: multiple, parts: 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::clash;

    #[test]
    fn the_same_in_other_units() {
        for (a, b) in [
            ("元", "万元"),
            ("亿元", "万元"),
            ("万人", "人"),
            ("亩", "万亩"),
            ("亩", "公顷"),
            ("斤", "吨"),
            ("千米", "米"),
            ("百万元", "万元"),
        ] {
            assert!(clash(a, b) && clash(b, a), "{a} {b}");
        }
        for (a, b) in [
            ("元", "元"),
            ("人", "户"),
            ("人", "人次"),
            ("处", "个"),
            ("%", "个百分点"),
            ("千克", "公斤"),
            ("公里", "千米"),
            ("万", "万人"),
        ] {
            assert!(!clash(a, b) && !clash(b, a), "{a} {b}");
        }
    }
}
