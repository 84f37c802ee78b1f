//! Holes that are written with other signs than X: 某某, `___`, 【】, a blank before a unit.

use std::collections::BTreeSet;
use std::ops::Range;

use super::stars::{is_star, run, star_runs};
use crate::placeholder::{Literals, is_blank, is_hanzi, plain_marker, right_word, scan, unit};

/// A stretch that is a hole, and the X that take its place.
pub(super) type Turned = (Range<usize>, String);

/// What people write between brackets for something that is still to come.
const PROMPTS: [&str; 16] = [
    "待填",
    "填写",
    "请填写",
    "待定",
    "数字",
    "具体数字",
    "数据",
    "具体数据",
    "数量",
    "名称",
    "地点",
    "时间",
    "日期",
    "姓名",
    "单位",
    "单位名称",
];

/// Surnames that are hardly ever the end of another word.
const SURNAMES: &str = "张王李赵刘陈杨黄周吴徐孙朱胡郭何罗郑梁谢宋唐许韩冯邓曹彭曾肖董袁潘蒋蔡杜苏魏吕丁沈姚卢姜崔谭汪廖贾邹熊秦薛闫雷侯陶黎贺郝龚邵覃";

/// Units of one sign that are hardly ever a word of their own, or the beginning of one.
const PLAIN_UNITS: &str = "人户件次个亩名项条家处场篇份元吨天支座台辆期批";

/// What 某 alone may stand before as a hole.
const LEVELS: [&str; 10] = ["乡镇", "街道", "社区", "镇", "乡", "村", "县", "市", "区", "局"];

/// The holes of `text` that X has to take the place of, in order. `own` has the names with 某 that the title gives to
/// the office: 某镇.
pub(super) fn turned(text: &str, own: &[String], markdown: bool) -> Vec<Turned> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let here = Here { text, at, rest };
        let hole = match c {
            '某' => here.so_and_so(own),
            '_' | '＿' => here.year_of_underscores().or_else(|| here.underscores(markdown)),
            '【' => here.brackets(),
            '（' | '(' => here.parentheses(c),
            't' | '&' => here.entities(),
            c if plain_marker(c) == '×' => here.decimal(),
            '〔' | '[' | '［' => here.bracketed().or_else(|| here.prompt()),
            '…' => here.dots(),
            '«' => here.merge_field(),
            '年' => here.year_without_blank(),
            '%' | '％' | '‰' => here.percentage(),
            '{' => here.braces(),
            c if is_blank(c) => here.blank_of_day().or_else(|| here.blanks()),
            _ => None,
        };
        match hole {
            Some((0, xs)) => {
                found.push((at..at, "X".repeat(xs)));
                at += c.len_utf8();
            }
            // The whole year is a hole: 20XX年.
            Some((len, _)) if here.is_year(len) => {
                let start = at - 2;
                found.push((start..at + len, format!("{}XX", &text[start..at])));
                at += len;
            }
            Some((len, xs)) => {
                let point = rest[..len].find('.').map(|point| rest[..point].chars().count());
                found.push((at..at + len, (0..xs).map(|i| if Some(i) == point { '.' } else { 'X' }).collect()));
                at += len;
            }
            // A run is looked at once, from its first sign.
            None => at += run(rest, |other| other == c && !c.is_alphabetic()).max(c.len_utf8()),
        }
    }
    if !markdown {
        turn_stars(text, &mut found);
    }
    found
}

/// Adds the stars of `text` that are holes, where the report file would not take all of them for holes.
fn turn_stars(text: &str, found: &mut Vec<Turned>) {
    let taken = |range: &Range<usize>, found: &[Turned]| {
        found.iter().any(|(it, _)| it.start < range.end && range.start < it.end)
    };
    let holes = star_runs(text).holes;
    let known: BTreeSet<usize> = scan(text, &Literals::default()).holes.iter().map(|hole| hole.range.start).collect();
    if holes.iter().all(|hole| known.contains(&hole.start)) {
        return;
    }
    let open: Vec<Range<usize>> = holes.into_iter().filter(|hole| !taken(hole, found)).collect();
    found.extend(open.into_iter().map(|hole| (hole.clone(), "X".repeat(text[hole].chars().count()))));
    found.sort_by_key(|(range, _)| range.start);
}

/// The own office's names in `title` that 某 stands for: 某镇.
pub(super) fn own_names(title: &str) -> Vec<String> {
    let level = |at: usize| {
        let after = &title[at + '某'.len_utf8()..];
        LEVELS.iter().find(|level| after.starts_with(**level)).map(|level| format!("某{level}"))
    };
    title.match_indices('某').filter_map(|(at, _)| level(at)).collect()
}

/// True of a surname that is hardly ever the end of another word.
pub(super) fn is_surname(c: char) -> bool {
    SURNAMES.contains(c)
}

/// A name that is masked for the person's sake, as in a case: 张某, 李××. `at` is where the mask begins.
pub(super) fn is_masked_person(text: &str, mask: Range<usize>) -> bool {
    const CASES: [&str; 6] = ["案", "涉嫌", "犯", "诈骗", "盗窃", "违纪"];
    let is_party = text[..mask.start].char_indices().next_back().is_some_and(|(at, _)| is_party(&text[..at]));
    let surname = text[..mask.start].chars().next_back().is_some_and(|c| SURNAMES.contains(c));
    let clause: String = text[mask.end..].chars().take(6).take_while(|c| !"。；".contains(*c)).collect();
    surname && (is_party || CASES.iter().any(|word| clause.contains(word)))
}

/// Whether `before` ends with the word for someone whose name a case does not tell.
fn is_party(before: &str) -> bool {
    const PARTIES: [&str; 11] =
        ["原告", "被告", "被告人", "被害人", "上诉人", "申请人", "当事人", "嫌疑人", "证人", "患者", "死者"];
    PARTIES.iter().any(|party| before.ends_with(party))
}

/// A place of a text.
pub(super) struct Here<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    pub(super) rest: &'t str,
}

/// Bytes of the hole, and how many X it becomes.
pub(super) type Hole = Option<(usize, usize)>;

impl Here<'_> {
    pub(super) fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    fn so_and_so(&self, own: &[String]) -> Hole {
        let len = run(self.rest, |c| c == '某');
        let count = len / '某'.len_utf8();
        let place = LEVELS.iter().any(|level| self.rest[len..].starts_with(level));
        let person = self.before().is_some_and(|c| SURNAMES.contains(c));
        let is_own = own.iter().any(|name| self.rest.starts_with(name.as_str()));
        // 证人某某说, 某某的证言: nobody is to be named.
        let prose = self.rest[len..].starts_with(['的', '说', '称']) || is_party(&self.text[..self.at]);
        (is_own || count >= 2 && (place || !person && !prose)).then_some((len, count))
    }

    /// `××.×`: a number with decimals, which is one hole if it is written with X.
    fn decimal(&self) -> Hole {
        let is_times = |c: char| plain_marker(c) == '×';
        let whole = run(self.rest, is_times);
        let fraction = run(self.rest[whole..].strip_prefix('.')?, is_times);
        let len = whole + 1 + fraction;
        let apart = self.before().is_none_or(|c| !c.is_ascii_digit() && c != '.')
            && !self.rest[len..].starts_with(|c: char| c.is_ascii_digit() || c == '.');
        (fraction > 0 && apart).then_some((len, self.rest[..len].chars().count()))
    }

    fn underscores(&self, markdown: bool) -> Hole {
        let len = run(self.rest, |c| matches!(c, '_' | '＿'));
        let count = self.rest[..len].chars().count();
        let line = self.text.chars().all(|c| matches!(c, '_' | '＿') || is_blank(c));
        let beside = |c: Option<char>| c.is_some_and(|c| !c.is_ascii_alphanumeric());
        let apart = beside(self.before()) || beside(self.rest[len..].chars().next());
        let least = if markdown { 3 } else { 2 };
        // One alone stands in a bracket or before a unit: 星期_）, 共_人.
        let after = &self.rest[len..];
        let ends = after.starts_with(['）', ')', '，', '。', '；', '、']) || unit(after).is_some();
        if count == 1 && !markdown && ends && self.before().is_some_and(is_hanzi) {
            return Some((len, 1));
        }
        (count >= least && !line && apart).then_some((len, 2))
    }

    fn brackets(&self) -> Hole {
        let inner = &self.rest['【'.len_utf8()..];
        let end = inner.find('】').filter(|&end| end <= 40)?;
        let words = inner[..end].trim_matches(is_blank);
        (words.is_empty() || PROMPTS.contains(&words)).then_some((end + '【'.len_utf8() * 2, 2))
    }

    /// `（　）个`: a form's blank.
    fn parentheses(&self, open: char) -> Hole {
        let inner = &self.rest[open.len_utf8()..];
        let blank = run(inner, is_blank);
        let close = inner[blank..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
        let len = open.len_utf8() + blank + close.len_utf8();
        // An empty pair has no room of its own: it needs a word on either side.
        let is_between = blank > 0 || self.before().is_some_and(is_hanzi);
        right_word(&self.rest[len..]).filter(|_| is_between).map(|_| (len, 1))
    }

    /// What is left of `&times;`, an entity for ×, where a program took it apart.
    fn entities(&self) -> Hole {
        if self.before().is_some_and(|c| c.is_ascii_alphanumeric()) {
            return None;
        }
        let mut len = 0;
        let mut count = 0;
        while let Some(word) = ["&times;", "times;"].iter().find(|word| self.rest[len..].starts_with(**word)) {
            len += word.len();
            count += 1;
        }
        (count > 0).then_some((len, count))
    }

    /// `〔*〕街道`: the brackets are part of what is to be filled in.
    fn bracketed(&self) -> Hole {
        let open = self.rest.chars().next()?;
        let inner = &self.rest[open.len_utf8()..];
        let len = run(inner, |c| is_star(c) || matches!(c, 'X' | 'x' | '×'));
        let close = inner[len..].chars().next().filter(|c| matches!(c, '〕' | ']' | '］'))?;
        let whole = open.len_utf8() + len + close.len_utf8();
        let count = inner[..len].chars().count();
        let is_place = LEVELS.iter().any(|level| self.rest[whole..].starts_with(level));
        ((1..=6).contains(&count) && is_place).then_some((whole, count))
    }

    /// `[日期]`, `［此处输入标题］`: what a program or a template asks for.
    fn prompt(&self) -> Hole {
        let open = self.rest.chars().next()?;
        let inner = &self.rest[open.len_utf8()..];
        let end = inner.find([']', '］']).filter(|&end| end <= 60)?;
        let close = inner[end..].chars().next()?;
        let words = inner[..end].trim_matches(is_blank);
        let is_asked = ["此处", "在此", "请", "点击", "单击"].iter().any(|word| words.starts_with(word))
            && ["输入", "填写", "键入", "填入", "插入"].iter().any(|word| words.contains(word));
        // A link's words stand in brackets, too.
        let is_link = inner[end + close.len_utf8()..].starts_with(['(', '[']);
        (!is_link && (is_asked || PROMPTS.contains(&words))).then_some((open.len_utf8() + end + close.len_utf8(), 2))
    }

    /// `占比%`: a percentage without its number.
    fn percentage(&self) -> Hole {
        let is_numeral = |c: char| "一二三四五六七八九十百千万亿两零〇几数半".contains(c);
        self.before().is_some_and(|c| is_hanzi(c) && !is_numeral(c)).then_some((0, 1))
    }

    /// `{{单位}}`: a hole of other programs' templates.
    fn braces(&self) -> Hole {
        let inner = self.rest.strip_prefix("{{")?;
        let end = inner.find("}}").filter(|&end| (1..=60).contains(&end))?;
        (!inner[..end].contains(['{', '\n'])).then_some((end + 4, 2))
    }

    /// `«镇名»`: a field that Word fills when it prints letters.
    fn merge_field(&self) -> Hole {
        let inner = &self.rest['«'.len_utf8()..];
        let end = inner.find('»').filter(|&end| (1..=60).contains(&end))?;
        Some((end + '«'.len_utf8() + '»'.len_utf8(), 2))
    }

    /// `……县`: dots in the place of a name.
    fn dots(&self) -> Hole {
        let len = run(self.rest, |c| c == '…');
        let is_place = LEVELS.iter().any(|level| self.rest[len..].starts_with(level));
        let after = &self.rest[len..];
        let is_counted = unit(after).is_some_and(|unit| {
            let is_plain = unit.chars().count() > 1 || "%％‰".contains(unit) || PLAIN_UNITS.contains(unit);
            is_plain && after[unit.len()..].chars().next().is_none_or(|c| !is_hanzi(c))
        });
        if is_counted && self.before().is_some_and(|c| is_hanzi(c) && c != '等') {
            return Some((len, 1));
        }
        let ends = self.before().is_none_or(|c| !is_hanzi(c) || "在到由对向从于与和为".contains(c));
        (is_place && ends).then_some((len, 2))
    }

    /// `参合基金 万元，参合率达 %`: nothing where a number belongs.
    fn blanks(&self) -> Hole {
        let len = run(self.rest, is_blank);
        let after = &self.rest[len..];
        let unit = unit(after)?;
        let mut before = self.text[..self.at].chars().rev();
        let is_numeral = |c: char| "一二三四五六七八九十百千万亿两零〇几数半第每".contains(c);
        let last = before.next().filter(|&c| is_hanzi(c) && !is_numeral(c))?;
        let wide = self.rest[..len].chars().count() >= 2;
        let past = &after[unit.len()..];
        // Between words of one sign the blanks are there for looks, 工 作 总 结; between units, 　　户　　人, they are not.
        let unit_before = wide && PLAIN_UNITS.contains(last);
        let unit_behind = wide && self::unit(past.trim_start_matches(is_blank)).is_some();
        // 户  名：, a label of two characters that are set apart.
        let is_label = past.trim_start_matches(is_blank).starts_with(['：', ':']) && unit.chars().count() == 1;
        let spread = is_label
            || (before.next().is_none_or(is_blank) && !unit_before)
            || (past.starts_with(is_blank) && unit.chars().count() == 1 && !unit_behind);
        let ends = past.chars().next().is_none_or(|c| !is_hanzi(c) && !c.is_alphanumeric());
        let fits = match unit.chars().count() {
            1 if "%％‰".contains(unit) => true,
            1 => PLAIN_UNITS.contains(unit) && ends,
            _ => ends || wide,
        };
        (fits && !spread && last != '的').then_some((len, 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turned(text: &str) -> String {
        let mut out = text.to_owned();
        let own = own_names("某镇工作汇报");
        for (range, x) in super::turned(text, &own, false).into_iter().rev() {
            out.replace_range(range, &x);
        }
        out
    }

    #[test]
    fn other_signs_become_x() {
        for (text, expected) in [
            ("某某镇党委", "XX镇党委"),
            ("走访某某村", "走访XX村"),
            ("某镇召开会议", "X镇召开会议"),
            ("新增____万元", "新增XX万元"),
            ("共____户，计＿＿人", "共XX户，计XX人"),
            ("培训【】人", "培训XX人"),
            ("培训【　】人、【具体数字】次", "培训XX人、XX次"),
            ("培训（　）人", "培训X人"),
            ("参合基金 万元，参合率达 %", "参合基金X万元，参合率达X%"),
            ("来访群众　人次，办结　件。", "来访群众X人次，办结X件。"),
            ("特困　　户　　人，共　　元", "特困X户X人，共X元"),
            ("得票率××.×%", "得票率XX.X%"),
            ("times;times;镇", "XX镇"),
            ("&times;&times;镇", "XX镇"),
            ("在***总书记带领下", "在XXX总书记带领下"),
            (
                "积案*件，领导包案*（第一批*件，第二批*），办结*件。",
                "积案X件，领导包案X（第一批X件，第二批X），办结X件。",
            ),
            ("共**万元（**），占**%", "共XX万元（XX），占XX%"),
            ("负责人：*", "负责人：*"),
            ("负责人*", "负责人X"),
            ("20_年，20__年，20  年", "20XX年，20XX年，20XX年"),
            ("年    月    日", "X年X月X日"),
            ("签名：      年    月    日", "签名：X年X月X日"),
            ("于  年  月  日召开", "于X年X月X日召开"),
            ("2026年  月  日", "2026年X月X日"),
            ("将回执于  月  日前报", "将回执于X月X日前报"),
            ("（星期_）", "（星期X）"),
            ("«镇名»召开", "XX召开"),
            ("{{单位}}召开", "XX召开"),
            ("党日（）次，讲课()人", "党日X次，讲课X人"),
            ("共…件，占比%", "共X件，占比X%"),
            ("[日期]，［此处输入标题］", "XX，XX"),
            ("……县人民政府，到……镇", "XX县人民政府，到XX镇"),
            ("〔*〕街道，〔XX〕镇，〔*〕号", "X街道，XX镇，〔X〕号"),
        ] {
            assert_eq!(turned(text), expected, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_hole_stays() {
        for text in [
            "户  名：财政所",
            "（）次",
            "产业、人居等……个",
            "百分之五%",
            "调用f()次",
            "个  人：无",
            "条　件：",
            "20 年",
            "[日期](a.md)",
            "各乡、镇……县里",
            "一年 月均",
            "每月  日均",
            "_重点_工作",
            "某些同志",
            "某种程度",
            "张某某交代",
            "______",
            "a_b",
            "snake__case",
            "【重点】",
            "（一）",
            "工 作 次 数",
            "工　　作　　次　　数",
            "证人某某的证言",
            "××3.×",
            "会议 次数",
            "第 次",
            "甲 方，乙 方",
            "五 月",
            "sometimes; never",
            "**重点**工作",
            "138****1234",
            "某村",
            "全镇 人民",
            "的 人，",
            "镇人民**向县人民**签订责任状",
            "长*宽*高，单价*数量",
            "**镇党委**带头",
            "*重点*，",
            "* * *",
            "* 注：以上为初步数",
            "12**元",
        ] {
            assert_eq!(turned(text), text);
        }
    }

    #[test]
    fn persons_of_a_case_are_masked() {
        let masked = |text: &str, mask: &str| {
            let at = text.find(mask).unwrap();
            is_masked_person(text, at..at + mask.len())
        };
        assert!(masked("李××诈骗案", "××"));
        assert!(masked("张某涉嫌违纪", "某"));
        assert!(masked("原告张××与李某相邻权纠纷", "××"));
        assert!(!masked("镇长李××同志", "××"));
        assert!(!masked("全镇××案件", "××"));
    }
}
