//! Words that offices write where a number could stand: 若干, 近百, 十二, 三至五, 100余.

/// Words that stand for a number by themselves, without a numeral.
#[rustfmt::skip]
const QUANTITIES: &[&str] = &[
    "若干", "多", "许多", "众多", "诸多", "好多", "很多", "大量", "多数", "大多数", "少数", "少量", "个别", "部分", "大部分",
    "全部", "所有", "过半", "近半", "大半", "各", "每", "数", "几", "两", "双", "半", "首", "上", "下", "本", "当", "今", "去",
    "前", "后", "次", "翌", "全", "无",
];

/// Words that may stand before a numeral, the longest of a beginning first.
#[rustfmt::skip]
const BEFORE: &[&str] = &[
    "不少于", "不低于", "不超过", "超过", "不足", "不到", "不下", "达到", "大约", "约", "近", "超", "逾", "过", "满", "上", "数", "好几",
    "第", "每", "前", "后", "最近",
];

/// Words that may stand behind it.
const BEHIND: &[&str] = &["以上", "以下", "左右", "上下", "有余", "余", "多", "来", "许"];

/// What joins the ends of a range.
const JOINTS: &[&str] = &["至", "到", "～", "~", "—", "–", "-"];

/// The longest words that are looked at, in characters.
const LONGEST: usize = 16;

/// Whether `words` are what offices write on purpose in the place of a number: a numeral in hanzi, an ordinal, a rough
/// number, a range. Plain digits are none of it.
pub fn is_number_in_words(words: &str) -> bool {
    if words.chars().count() > LONGEST || words.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    QUANTITIES.contains(&words) || is_rough(words) || is_range(words)
}

/// 三至五, 3-5, 十二到十五: two numerals, as one would read them.
fn is_range(words: &str) -> bool {
    let parts = JOINTS.iter().find_map(|joint| words.split_once(joint));
    parts.is_some_and(|(first, second)| is_numeral(without_before(first)) && is_rough_or_digits(second))
}

fn is_rough_or_digits(words: &str) -> bool {
    is_numeral(words) || is_rough(words)
}

/// A numeral in hanzi, or any numeral with a word before or behind it.
fn is_rough(words: &str) -> bool {
    let (core, behind) =
        BEHIND.iter().find_map(|word| Some((words.strip_suffix(word)?, true))).unwrap_or((words, false));
    let bare = without_before(core);
    let has_word = behind || bare.len() < core.len();
    is_numeral(bare) && (has_word || !is_digits(bare))
}

fn without_before(words: &str) -> &str {
    BEFORE.iter().find_map(|word| words.strip_prefix(word)).unwrap_or(words)
}

/// Digits, 百, or a numeral in hanzi: 一百二十三, 五六, 12万, 数十, 三点五, 二〇二三.
fn is_numeral(words: &str) -> bool {
    let is_hanzi = |c| "零〇一二三四五六七八九十百千万亿两廿卅半数几点壹贰叁肆伍陆柒捌玖拾佰仟".contains(c);
    let digits = words.trim_end_matches(['百', '千', '万', '亿']);
    is_digits(digits) || (!words.is_empty() && words.chars().all(is_hanzi))
}

fn is_digits(words: &str) -> bool {
    words.starts_with(|c: char| c.is_ascii_digit())
        && words.ends_with(|c: char| c.is_ascii_digit())
        && words.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && words.bytes().filter(|b| *b == b'.').count() <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_offices_write_on_purpose() {
        for words in [
            "若干",
            "数十",
            "近百",
            "十二",
            "第三",
            "十余",
            "百余",
            "多",
            "两",
            "三至五",
            "100余",
            "近200",
            "3-5",
            "3至5",
            "约12",
            "10多",
            "五六",
            "零",
            "〇",
            "超过100",
            "不足10",
            "十二左右",
            "上百",
            "好几十",
            "几十",
            "12万余",
            "三点五",
            "二〇二三",
            "1.2万",
            "100以上",
            "本",
            "壹拾贰",
        ] {
            assert!(is_number_in_words(words), "{words}");
        }
    }

    #[test]
    fn what_is_no_number() {
        for words in [
            "",
            "12",
            "1,286.5",
            "李建国",
            "#N/A",
            "########",
            "NULL",
            "nan",
            "1.2E+05",
            "=1+1",
            "１２",
            "TRUE",
            "—",
            "-",
            "/",
            "1/2",
            "3月6日",
            "2024-3-6",
            "2024/3/6",
            "12、13",
            "12人",
            "0.1.2",
            "12*",
            "(5)",
            "1O",
            "l2",
            "12（含2次）",
            "1 2",
            "-5",
            "余",
            "约",
            "第",
            "至",
            "三至",
            "至五",
            "十二个月前的会",
            "1.2.3余",
            "余12",
        ] {
            assert!(!is_number_in_words(words), "{words}");
        }
    }
}
