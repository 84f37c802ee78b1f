use super::*;

/// `text` with `|` between words and `.` between the words of a term.
fn split(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let joints = joints(&chars);
    let mut out = String::new();
    for (at, c) in chars.iter().enumerate() {
        out.push(*c);
        match joints.get(at) {
            Some(Joint::Between) => out.push('|'),
            Some(Joint::Seam) => out.push('.'),
            Some(Joint::Within) | None => {}
        }
    }
    out
}

#[test]
fn text_of_offices_is_cut_into_words() {
    for (why, marked) in [
        ("terms are one, with their seams", "乡村.振兴|示范村.创建"),
        ("a long term is one", "习近平.新时代.中国.特色.社会主义.思想|主题.教育"),
        ("a plain word has no seam", "社会主义|人民政府|委员会"),
        ("the likeliest way", "人居.环境|整改|到位"),
        ("a number of years goes with what it is for", "三年.行动"),
        ("a town that no list has", "中共|青石镇|委员会"),
        ("a committee after its county", "中共|龙门县委|龙门县|人民政府"),
        ("not after a verb", "贯彻.落实|县委"),
        ("marks and figures are on their own", "会|（|2|）|会"),
    ] {
        let text: String = marked.chars().filter(|&c| !matches!(c, '|' | '.')).collect();
        assert_eq!(split(&text), marked, "{why}");
    }
}

#[test]
fn every_gap_is_told() {
    for text in ["", "会", "召开党委会12次，𠮷镇abc整改。", "〇〇年 的"] {
        let chars: Vec<char> = text.chars().collect();
        assert_eq!(joints(&chars).len(), chars.len().saturating_sub(1), "{text}");
    }
}

#[test]
fn the_longest_name_counts() {
    let names = Names::with(["王小", "王小明 ", "李", ""]);
    let at = |text: &str| names.at(&text.chars().collect::<Vec<char>>());
    assert_eq!(at("王小明说"), Some(3));
    assert_eq!(at("王小红说"), Some(2));
    assert_eq!(at("习近平"), Some(3));
    assert_eq!(at("李某"), None);
    assert_eq!(at(""), None);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "writes the list anew when asked to")]
fn the_bundled_words_are_those_of_the_list() {
    let mut listed = Vec::new();
    for line in include_str!("data/words.txt").lines() {
        let mut words = line.split(' ');
        let cost = words.next().unwrap();
        let term = if cost.ends_with('+') { list::TERM } else { 0 };
        let value = cost.trim_end_matches('+').parse::<u64>().unwrap() + term;
        listed.extend(words.map(|word| (word, value)));
    }
    listed.sort_unstable();
    assert!(listed.len() > 100_000, "{}", listed.len());
    let longest = listed.iter().map(|(word, _)| word.chars().count()).max();
    assert!(longest <= Some(list::LONGEST), "{longest:?}");
    let bytes = fst::Map::from_iter(listed).unwrap().into_fst().into_inner();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/words/data/words.fst");
    if std::env::var("UPDATE").is_ok_and(|value| value == "1") {
        std::fs::write(path, &bytes).unwrap();
    }
    assert!(bytes == std::fs::read(path).unwrap(), "UPDATE=1 writes {path} anew");
    assert!(bytes.len() <= 1_500_000, "{}", bytes.len());
}
