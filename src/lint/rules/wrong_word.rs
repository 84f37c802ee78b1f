//! `lint-wrong-word`: words that are written with another hanzi (现代汉语词典; 第一批异形词整理表).

use super::prelude::*;

/// Words as they are written by mistake, each with the right one.
#[rustfmt::skip]
const WORDS: [(&str, &str); 54] = [
    ("做为", "作为"), ("报导", "报道"), ("帐户", "账户"), ("帐号", "账号"), ("帐目", "账目"), ("帐单", "账单"),
    ("帐款", "账款"), ("帐簿", "账簿"), ("帐务", "账务"), ("布署", "部署"), ("渡假", "度假"), ("按装", "安装"),
    ("座落", "坐落"), ("急燥", "急躁"), ("渲泄", "宣泄"), ("部份", "部分"), ("成份", "成分"), ("即然", "既然"),
    ("必竟", "毕竟"), ("毕竞", "毕竟"), ("究竞", "究竟"), ("竞然", "竟然"), ("幅射", "辐射"), ("辐度", "幅度"),
    ("松驰", "松弛"), ("防碍", "妨碍"), ("震憾", "震撼"), ("寒喧", "寒暄"), ("针贬", "针砭"), ("脉博", "脉搏"),
    ("坐阵", "坐镇"), ("暴光", "曝光"), ("录象", "录像"), ("告戒", "告诫"), ("既往不究", "既往不咎"),
    ("一愁莫展", "一筹莫展"), ("再接再励", "再接再厉"), ("迫不急待", "迫不及待"), ("穿流不息", "川流不息"),
    ("按步就班", "按部就班"), ("一如继往", "一如既往"), ("因地治宜", "因地制宜"), ("出奇不意", "出其不意"),
    ("名列前矛", "名列前茅"), ("融汇贯通", "融会贯通"), ("相辅相承", "相辅相成"), ("循序渐近", "循序渐进"),
    ("走头无路", "走投无路"), ("委屈求全", "委曲求全"), ("鼎立相助", "鼎力相助"), ("受益非浅", "受益匪浅"),
    ("重蹈复辙", "重蹈覆辙"), ("原形必露", "原形毕露"), ("不径而走", "不胫而走"),
];

/// Words before and after hanzi that only look like such a word, because two words meet: 发布|署名, 上报|导致.
#[rustfmt::skip]
const MEETING: [(&str, &[&str], &[&str]); 12] = [
    ("做为", &["叫", "当", "看", "变", "称", "所"], &["民", "人", "了", "何", "先", "群", "您", "大家", "老", "他"]),
    ("报导", &[], &["致", "师", "入", "出", "向", "弹", "航", "游"]),
    ("帐单", &["蚊", "营", "帷", "篷", "军"], &[]),
    ("帐款", &["蚊", "营", "帷", "篷", "军"], &[]),
    ("帐号", &["营"], &[]),
    ("布署", &["公", "发", "颁"], &["名"]),
    ("渡假", &["过"], &[]),
    ("按装", &[], &["备", "机", "修", "置", "卸", "配", "箱", "车", "船", "载"]),
    ("座落", &["一", "两", "二", "三", "四", "五", "六", "七", "八", "九", "十", "几", "多", "这", "那", "每"], &["后"]),
    ("部份", &[], &["额"]),
    ("成份", &[], &["额"]),
    ("竞然", &["究"], &[]),
];

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    for i in 0..line.len() {
        let Some((word, right)) = WORDS.iter().find(|(word, _)| line.has(i, word)) else { continue };
        let end = i + word.chars().count();
        let meets = |(meeting, before, after): &(&str, &[&str], &[&str])| {
            meeting == word && (line.follows(i, before) || line.any(end, after).is_some())
        };
        if MEETING.iter().any(meets) {
            continue;
        }
        let message = text!("“{word}”应写作“{right}”", "`{word}` is written `{right}`");
        out.push(line.mend(line.fault(Code::LintWrongWord, i..end, message), i..end, right));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn they_are_mended() {
        assert_fixed(super::check, "做为重点，开立帐户，多次报导", "作为重点，开立账户，多次报道");
        assert_fixed(super::check, "大部份干部一如继往", "大部分干部一如既往");
    }

    #[test]
    fn words_that_meet_are_left() {
        assert_quiet(
            super::check,
            &[
                "作为重点",
                "叫做为民办事",
                "报道",
                "营帐",
                "漏报导致数据偏差",
                "发布署名文章",
                "按装备数量核定",
                "购置蚊帐单价30元",
                "三座落后的桥",
                "全部份额",
                "渡过渡假期",
            ],
        );
    }

    #[test]
    fn each_word_differs_from_its_cure_and_holds_none() {
        for (word, right) in super::WORDS {
            assert_eq!(word.chars().count(), right.chars().count(), "{word}");
            assert!(super::WORDS.iter().all(|(word, _)| !right.contains(word)), "{right}");
        }
        for (word, ..) in super::MEETING {
            assert!(super::WORDS.iter().any(|(known, _)| *known == word), "{word}");
        }
    }
}
