//! The numbers that Word puts before paragraphs.

use std::collections::BTreeMap;

use super::xml::Element;

/// Levels of a list.
const LEVELS: usize = 9;
const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// The lists of a file, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// What each `numId` is: its abstract list, and the levels that it describes otherwise or starts anew.
    lists: BTreeMap<String, List>,
    abstracts: BTreeMap<String, [Level; LEVELS]>,
    /// By abstract list: how many paragraphs of each level there were since a higher one.
    counts: BTreeMap<String, [Option<u32>; LEVELS]>,
    /// The `numId`s whose own starts have been applied.
    started: BTreeMap<String, bool>,
}

#[derive(Debug, Default)]
struct List {
    abstract_id: String,
    starts: [Option<u32>; LEVELS],
    levels: BTreeMap<usize, Level>,
}

#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    /// `%1、`.
    text: String,
}

impl Default for Level {
    fn default() -> Self {
        Level { start: 1, format: "decimal".to_owned(), text: String::new() }
    }
}

impl Numbering {
    pub(super) fn new(root: Option<&Element>) -> Self {
        let mut numbering = Numbering::default();
        for element in root.into_iter().flat_map(Element::elements) {
            match element.name.as_str() {
                "w:abstractNum" => {
                    let Some(id) = element.attribute("w:abstractNumId") else { continue };
                    let mut levels: [Level; LEVELS] = Default::default();
                    for child in element.elements().filter(|child| child.name == "w:lvl") {
                        if let Some(level) = depth(child).and_then(|depth| levels.get_mut(depth)) {
                            *level = self::level(child);
                        }
                    }
                    numbering.abstracts.insert(id.to_owned(), levels);
                }
                "w:num" => {
                    let Some(id) = element.attribute("w:numId") else { continue };
                    let Some(abstract_id) = element.child("w:abstractNumId").and_then(Element::val) else { continue };
                    let mut list = List { abstract_id: abstract_id.to_owned(), ..List::default() };
                    for child in element.elements().filter(|child| child.name == "w:lvlOverride") {
                        let Some(depth) = depth(child).filter(|depth| *depth < LEVELS) else { continue };
                        list.starts[depth] = child.child("w:startOverride").and_then(number);
                        list.levels.extend(child.child("w:lvl").map(|level| (depth, self::level(level))));
                    }
                    numbering.lists.insert(id.to_owned(), list);
                }
                _ => {}
            }
        }
        numbering
    }

    /// The number of the next paragraph of the list `id` at `level`; empty where the file does not describe it.
    pub(super) fn next(&mut self, id: &str, level: u8) -> String {
        let depth = usize::from(level).min(LEVELS - 1);
        let Some(list) = self.lists.get(id) else { return String::new() };
        let Some(levels) = self.abstracts.get(&list.abstract_id) else { return String::new() };
        let of = |depth: usize| list.levels.get(&depth).unwrap_or(&levels[depth]);
        let counts = self.counts.entry(list.abstract_id.clone()).or_default();
        // A list that starts anew does so once.
        if !*self.started.entry(id.to_owned()).or_default() {
            self.started.insert(id.to_owned(), true);
            for (count, _) in counts.iter_mut().zip(&list.starts).filter(|(_, start)| start.is_some()) {
                *count = None;
            }
        }
        let start = |depth: usize| list.starts[depth].unwrap_or(of(depth).start);
        counts[depth] = Some(counts[depth].map_or_else(|| start(depth), |count| count.saturating_add(1)));
        counts[depth + 1..].fill(None);
        let mut text = String::new();
        let mut pattern = of(depth).text.chars().peekable();
        while let Some(c) = pattern.next() {
            match pattern.peek().and_then(|digit| digit.to_digit(10)).filter(|digit| c == '%' && *digit > 0) {
                Some(digit) => {
                    pattern.next();
                    let shown = digit as usize - 1;
                    let count = counts[shown].unwrap_or_else(|| start(shown));
                    text.push_str(&printed(count, &of(shown).format));
                }
                None => text.push(c),
            }
        }
        text
    }
}

fn depth(element: &Element) -> Option<usize> {
    element.attribute("w:ilvl")?.trim().parse().ok()
}

fn number(element: &Element) -> Option<u32> {
    element.val()?.trim().parse().ok()
}

fn level(element: &Element) -> Level {
    let val = |name| element.child(name).and_then(Element::val);
    Level {
        start: element.child("w:start").and_then(number).unwrap_or(1),
        format: val("w:numFmt").unwrap_or("decimal").to_owned(),
        text: val("w:lvlText").unwrap_or_default().to_owned(),
    }
}

/// A count in one of the formats of ST_NumberFormat (ECMA-376 part 1, 17.18.59); those that Chinese texts do not use
/// come out in Arabic digits.
fn printed(count: u32, format: &str) -> String {
    let letters = |first: u8| {
        let letter = char::from(first + (count.saturating_sub(1) % 26) as u8);
        std::iter::repeat_n(letter, (count.saturating_sub(1) / 26 + 1).min(40) as usize).collect()
    };
    let nth = |first: u32, most: u32| {
        let within = (1..=most).contains(&count);
        within.then(|| char::from_u32(first + count - 1).map(String::from)).flatten().unwrap_or(count.to_string())
    };
    match format {
        "none" => String::new(),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "ideographDigital"
        | "taiwaneseDigital" => chinese(count),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => nth(0x2460, 20),
        "decimalEnclosedParen" => nth(0x2474, 20),
        "decimalEnclosedFullstop" => nth(0x2488, 20),
        "ideographEnclosedCircle" => nth(0x3280, 10),
        "ideographTraditional" => (1..=10)
            .contains(&count)
            .then(|| "甲乙丙丁戊己庚辛壬癸".chars().nth(count as usize - 1).map(String::from))
            .flatten()
            .unwrap_or(count.to_string()),
        "decimalZero" => format!("{count:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => {
            count.to_string().chars().filter_map(|c| char::from_u32(u32::from(c) + 0xfee0)).collect()
        }
        "lowerLetter" => letters(b'a'),
        "upperLetter" => letters(b'A'),
        "lowerRoman" => roman(count).to_lowercase(),
        "upperRoman" => roman(count),
        _ => count.to_string(),
    }
}

/// 十二, 一百零三; beyond 999 by digits.
fn chinese(count: u32) -> String {
    let digit = |n: u32| DIGITS[(n % 10) as usize];
    match count {
        0..=9 => digit(count).to_string(),
        10..=99 => {
            let tens = if count < 20 { String::new() } else { digit(count / 10).to_string() };
            let ones = if count.is_multiple_of(10) { String::new() } else { digit(count).to_string() };
            format!("{tens}十{ones}")
        }
        100..=999 => {
            let rest = match count % 100 {
                0 => String::new(),
                rest @ 1..=9 => format!("零{}", digit(rest)),
                rest => format!("{}十{}", digit(rest / 10), chinese(rest % 10).trim_matches('〇')),
            };
            format!("{}百{rest}", digit(count / 100))
        }
        _ => count.to_string().chars().filter_map(|c| c.to_digit(10)).map(digit).collect(),
    }
}

fn roman(count: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if count > 4_000 {
        return count.to_string();
    }
    let mut rest = count;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_printed_as_lists_do() {
        let cases = [
            (7, "chineseCounting", "七"),
            (10, "chineseCountingThousand", "十"),
            (21, "japaneseCounting", "二十一"),
            (103, "chineseCounting", "一百零三"),
            (110, "chineseCounting", "一百一十"),
            (3, "decimalEnclosedCircle", "③"),
            (21, "decimalEnclosedCircle", "21"),
            (2, "ideographTraditional", "乙"),
            (28, "lowerLetter", "bb"),
            (14, "upperRoman", "XIV"),
            (12, "decimalFullWidth", "１２"),
            (5, "none", ""),
            (5, "hex", "5"),
        ];
        for (count, format, wanted) in cases {
            assert_eq!(printed(count, format), wanted, "{count} {format}");
        }
    }
}
