use proptest::prelude::*;

use super::*;

/// Phrases as people write them. `⟦…⟧` is one hole, `⟪…⟫` a fault, all else is text.
const PHRASES: &[&str] = &[
    // Run: the letter in its scripts, of any length, between hanzi and marks.
    "召开党委会⟦X⟧次",
    "走访⟦x⟧户",
    "走访⟦X⟧户⟦X⟧人",
    "⟦XXX⟧镇党委",
    "⟦xxx⟧镇",
    "投入⟦XX⟧万元",
    "第⟦xx⟧位",
    "⟦Ｘ⟧个村",
    "⟦ｘｘ⟧人",
    "⟦Х⟧次（西里尔字母）",
    "⟦хх⟧次",
    "⟦××⟧县",
    "⟦×⟧名",
    "⟦×××⟧同志",
    "⟦××××⟧公司",
    "⟦✕✕⟧村",
    "⟦○○⟧镇",
    "⟦〇〇⟧村",
    "⟦○○○⟧同志",
    "近⟦××⟧万人",
    "⟦X⟧余名",
    "⟦XX⟧多户",
    "超⟦x⟧万",
    "逾⟦X.X⟧亿元",
    "⟦XX⟧‰",
    "⟦X⟧月⟦X⟧日",
    "⟦x⟧月⟦xx⟧日上午",
    "⟦XXXX⟧年",
    "⟦××⟧年⟦×⟧月",
    "⟦X⟧-⟦X⟧倍",
    "⟦X⟧～⟦X⟧天",
    "形成⟦XXX⟧、⟦XXX⟧、⟦XXX⟧等⟦X⟧篇",
    "⟦X⟧村、⟦X⟧村等⟦X⟧个村",
    "《⟦XXXXX⟧》",
    "紧扣“⟦XXXX⟧”目标",
    "镇长⟦xxx⟧同志",
    "党委书记：⟦xx⟧",
    "⟦xx⟧河⟦xx⟧圩",
    "⟦x⟧国道",
    "⟦XX⟧铁路",
    "⟦XX⟧ 乡",
    "⟦XX⟧\u{3000}个",
    "⟦Xx⟧个",
    "（⟦X⟧人次）",
    "幸福美好新⟦XXX⟧",
    "⟦X⟧",
    "X光明村",
    "共⟦XX⟧次，⟦XX⟧人",
    "3次／⟦X⟧人",
    "附件1.⟦XXXX⟧",
    "1.⟦XXX⟧同志任组长",
    "\u{3000}\u{3000}2.⟦XXX⟧同志任副组长",
    "分工如下：⟪1.XX⟫负责",
    "完成投资：⟪9.X⟫万元",
    "（⟪1.X⟫万户）",
    "⟪1.X⟫万元",
    // Named.
    "⟦X{town}⟧镇",
    "⟦X{党委会次数}⟧次",
    "⟦XX{a_1}⟧",
    "⟦x{n-2}⟧",
    "⟦X⟧{}",
    "⟦X⟧{a b}",
    "⟦X⟧{未闭合",
    // Decimal.
    "增长⟦x.x⟧%",
    "⟦xx.xx⟧万元",
    "⟦X.X⟧亿元",
    "同比+⟦X.X⟧%",
    "比例为⟦x.x⟧:⟦x.x⟧:⟦x.x⟧",
    "⟦x.x⟧:⟦xx.x⟧:⟦x.x⟧",
    "⟦X⟧.⟦X⟧.⟦X⟧",
    "下降⟦Ｘ.ＸＸ⟧%",
    // Open year.
    "⟦20XX⟧年",
    "⟦20xx⟧年",
    "⟦202X⟧年",
    "⟦201x⟧年底",
    "⟦200X⟧年",
    "⟦20**⟧年",
    "⟦20××⟧年",
    "⟦202×⟧年",
    "⟦20○○⟧年",
    "⟦19XX⟧年",
    "⟦20XX⟧ 年",
    "⟦20XX⟧年⟦X⟧月⟦X⟧日",
    "⟦20XX⟧—⟦20XX⟧年",
    "⟦20XX⟧-⟦20XX⟧学年",
    "⟦20XX⟧届毕业生",
    "⟦２０ＸＸ⟧年",
    // Damaged.
    "⟪9596.X⟫万元",
    "⟪1XX32⟫元",
    "⟪X.20⟫万元",
    "⟪21.X⟫%",
    "⟪X00⟫万元",
    "⟪xx0.9⟫%",
    "⟪xx458⟫元",
    "⟪320xx⟫多个",
    "⟪X2⟫个",
    "⟪12×⟫元",
    "⟪3X⟫人",
    "⟪20XX⟫人",
    "⟪12**⟫元",
    "⟪1.X⟫%",
    "达⟪2.XX⟫万元",
    // A person's number, and one that is too short.
    "身份证33050219900101123X，",
    "33050219900101123x",
    "⟪3305021990010112X⟫号",
    // Stars.
    "⟦**⟧镇党委",
    "⟦***⟧公司",
    "⟦*⟧村",
    "⟦**⟧同志",
    "⟦****⟧年",
    "⟦**⟧ 县",
    "⟦＊＊⟧镇",
    "⟦**⟧县⟦**⟧镇⟦**⟧村",
    "整治⟦**⟧处",
    "来自⟦**⟧市的⟦**⟧公司",
    "**重点工作**",
    "**“五个一”**工程",
    "**抓学习。**事项",
    "完成**12**个项目",
    "完成**⟦X⟧**个",
    "*强调*这一点",
    "* 清单项",
    "\u{3000}* 清单项",
    "***",
    "*******镇",
    "**人居环境整治**成效显著",
    "**项目**和**产业**",
    "推进**乡村振兴**工作",
    "整治⟦**⟧处，走访⟦**⟧人次",
    "**重点⟪**⟫村",
    "⟪**⟫镇党委**带头",
    "*重点⟪*⟫村",
    "见注*",
    // Mask.
    "电话138****1234",
    "卡号6222********0011",
    "5*3",
    // Times.
    "5×3",
    "156×225mm",
    "12x8",
    "2×3米",
    "长2米×宽3米",
    "2米×3米",
    "2.5×3.2米",
    "1x2x3",
    "3ｘ4",
    // N+X.
    "1+X证书",
    "“5G+X”",
    "1+3+X",
    "党建+X",
    "党建＋XX",
    "X+Y",
    "X＋服务",
    // Fixed terms.
    "X光",
    "X光机",
    "做x光检查",
    "X射线",
    "X线片",
    "X染色体",
    "x轴",
    "X 轴之外的⟦X⟧轮",
    // Latin.
    "XML",
    "XLSX文件",
    "Excel",
    "XXL",
    "X7",
    "X5型",
    "iPhone X",
    "iPhone X手机",
    "APP ⟦X⟧个",
    "MAX",
    "GX-2",
    "CT/X",
    "X-Men",
    "VIX指数",
    "NOx排放",
    "SOx",
    "Xi",
    "fix",
    "f(⟦x⟧)",
    "GDP增长⟦X.X⟧%",
    "GDPXX亿元",
    "5G",
    "A×B",
    // Literal.
    "\\X形",
    "\\XXX形",
    "\\×号",
    "`X`键",
    "``X`X``键",
    "`⟦X⟧未闭合⟦X⟧次",
    "\\*\\*⟦X⟧次",
    "\\\\⟦X⟧次",
    // Circles and hanzi that look like one.
    "二○○八年",
    "二〇〇八年",
    "二〇二三年",
    "〇",
    "编号〇〇七",
    // No marker at all.
    "共12345户",
    "占98.7%",
    "2023年11月20日",
    "某某镇",
    "____",
    "一是聚焦主题",
    "",
];

/// Writes what was found into the text, as the table has it.
fn marked(text: &str, scan: &Scan) -> String {
    let mut marks: Vec<(Range<usize>, char, char)> = scan.holes.iter().map(|h| (h.range.clone(), '⟦', '⟧')).collect();
    marks.extend(scan.faults.iter().map(|f| (f.range.clone(), '⟪', '⟫')));
    marks.sort_by_key(|mark| mark.0.start);
    let mut out = String::new();
    let mut at = 0;
    for (range, open, close) in marks {
        out += &text[at..range.start];
        out.push(open);
        out += &text[range.clone()];
        out.push(close);
        at = range.end;
    }
    out + &text[at..]
}

#[test]
fn phrases() {
    assert!(PHRASES.len() >= 150, "{}", PHRASES.len());
    for expected in PHRASES {
        let text = expected.replace(['⟦', '⟧', '⟪', '⟫'], "");
        let found = scan(&text, &Literals::default());
        assert_eq!(marked(&text, &found), *expected);
    }
}

#[test]
fn the_phrases_of_the_author_are_text() {
    let literals = Literals::new(&["1+X", "附录X", "X计划"]);
    let text = "附录X的X计划，X人";
    assert_eq!(marked(text, &scan(text, &literals)), "附录X的X计划，⟦X⟧人");
}

#[test]
fn kinds_and_escapes() {
    let found = scan("20XX年增长xx.xx%，X{town}的\\X", &Literals::default());
    let kinds: Vec<_> = found.holes.iter().map(|hole| hole.kind.clone()).collect();
    assert_eq!(kinds, [Kind::Year, Kind::Decimal(2), Kind::Named("town".into())]);
    assert_eq!(found.escapes.len(), 1);
}

#[test]
fn emphasis_ends_with_its_line() {
    let text = "**重点\n**村";
    assert_eq!(marked(text, &scan(text, &Literals::default())), "**重点\n⟦**⟧村");
}

/// Text of the signs that classes look at.
fn signs() -> impl Strategy<Value = String> {
    let sign = prop::sample::select(vec![
        "X", "x", "×", "*", "**", "＊", "〇", "○", "1", "20", ".", "+", "{", "}", "a", "\\", "`", "``", "\n", " ",
        "年", "次", "镇", "中", "，", "Ｘ", "光", "-",
    ]);
    prop::collection::vec(sign, 0..40).prop_map(|signs| signs.concat())
}

proptest! {
    #[test]
    fn any_text_gives_markers_in_order_that_do_not_overlap(text in signs()) {
        let found = scan(&text, &Literals::new(&["1+X"]));
        let mut ranges: Vec<_> = found.holes.iter().map(|hole| hole.range.clone()).collect();
        prop_assert!(ranges.is_sorted_by_key(|range| range.start));
        ranges.extend(found.faults.iter().map(|fault| fault.range.clone()));
        ranges.sort_by_key(|range| range.start);
        for pair in ranges.windows(2) {
            prop_assert!(pair[0].end <= pair[1].start);
        }
        for range in ranges {
            prop_assert!(text.get(range).is_some_and(|marker| !marker.is_empty()));
        }
    }

    #[test]
    fn a_marker_alone_is_found_again(text in signs()) {
        for hole in scan(&text, &Literals::default()).holes {
            if matches!(hole.kind, Kind::Named(_) | Kind::Decimal(_)) {
                let marker = &text[hole.range];
                let again = scan(marker, &Literals::default());
                prop_assert_eq!(again.holes.len(), 1);
                prop_assert_eq!(&marker[again.holes[0].range.clone()], marker);
            }
        }
    }
}
