//! `lint-foreign-name`: the name of another place, left in a text that was written for it (`[words] names`).

use super::prelude::*;

/// What names of places end in.
const SUFFIXES: [&str; 6] = ["街道", "社区", "镇", "乡", "村", "县"];
/// Two characters before a suffix that name no place.
#[rustfmt::skip]
const GENERAL: [&str; 44] = [
    "示范", "贫困", "先进", "重点", "中心", "自然", "行政", "相关", "试点", "所在", "涉农", "城中", "美丽", "特色", "建制", "有关",
    "各个", "每个", "全体", "多个", "几个", "部分", "其他", "本地", "周边", "临近", "邻近", "薄弱", "后进", "落后", "城郊", "偏远",
    "山区", "平原", "库区", "移民", "脱贫", "振兴", "回到", "深入", "进行", "走进", "驻在", "两个",
];
/// Characters before a name, which belong to no name.
const BEFORE: &str = "在到向由与和从赴为是等对及、，。；：！？（“《至距";
/// Characters that no name of two has.
const NOT_IN_NAMES: &str =
    "的了各全该本我每个乡镇村县城农新老建进一二三四五六七八九十两几多数有无不是在到向由与和从赴为等对及户名次年月日";

pub(super) fn check(draft: &Draft<'_>, out: &mut Diagnostics) {
    let names: Vec<&str> = draft.words.names.iter().map(|name| name.text().trim()).collect();
    if names.is_empty() {
        return;
    }
    for line in draft.lines() {
        for i in 2..line.len() {
            let Some(suffix) = line.any(i, &SUFFIXES) else { continue };
            let start = i - 2;
            let word = line.slice(start..i);
            let end = i + suffix.chars().count();
            let bounded = line.before(start).is_none_or(|c| BEFORE.contains(c) || !is_hanzi(c));
            let named = word.chars().count() == 2
                && word.chars().all(|c| is_hanzi(c) && !NOT_IN_NAMES.contains(c))
                && !GENERAL.contains(&word.as_str());
            let full = format!("{word}{suffix}");
            let own = names.iter().any(|name| name.contains(&full) || name.contains(&word));
            if bounded && named && !own && line.any(end, &["级", "庄", "民", "干部"]).is_none() {
                let message = text!(
                    "“{full}”不在 [words] names 里，是不是别处的名字",
                    "`{full}` is not among [words] names; is it another place's?"
                );
                let fault = line.fault(Code::LintForeignName, start..end, message);
                out.push(
                    fault
                        .help(text!("换成本地的名字，或加进 names", "write your own place's name, or add it to names")),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use crate::manifest::{Located, Words};

    fn words() -> Words {
        Words { names: vec![Located::plain("青石镇", Default::default())], ..Words::default() }
    }

    #[test]
    fn a_name_that_is_not_ours_is_told() {
        assert_told_words(super::check, &words(), "青石镇与白河镇共建", "白河镇");
        assert_told_words(super::check, &words(), "赴松岗村调研", "松岗村");
    }

    #[test]
    fn our_own_and_what_is_no_name_are_left() {
        for text in ["青石镇召开会议", "各乡镇、示范村、行政村", "全县开展整治", "深入村组", "村庄整治"]
        {
            assert_quiet_words(super::check, &words(), text);
        }
    }
}
