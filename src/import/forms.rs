//! Holes that are written with other signs than X: 某某, `___`, 【】, a blank before a unit.

use std::ops::Range;

use crate::placeholder::{is_blank, is_hanzi, right_word, unit};

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
    let stars = text.match_indices("**").count();
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let here = Here { text, at, rest };
        let hole = match c {
            '某' => here.so_and_so(own),
            '_' | '＿' => here.underscores(markdown),
            '【' => here.brackets(),
            '（' | '(' => here.parentheses(c),
            't' | '&' => here.entities(),
            '*' if !markdown && stars <= 2 => here.stars(),
            c if is_blank(c) => here.blanks(),
            _ => None,
        };
        match hole {
            Some((len, xs)) => {
                found.push((at..at + len, "X".repeat(xs)));
                at += len;
            }
            // A run is looked at once, from its first sign.
            None => at += run(rest, |other| other == c && !c.is_alphabetic()).max(c.len_utf8()),
        }
    }
    found
}

/// The own office's names in `title` that 某 stands for: 某镇.
pub(super) fn own_names(title: &str) -> Vec<String> {
    let level = |at: usize| {
        let after = &title[at + '某'.len_utf8()..];
        LEVELS.iter().find(|level| after.starts_with(**level)).map(|level| format!("某{level}"))
    };
    title.match_indices('某').filter_map(|(at, _)| level(at)).collect()
}

/// A name that is masked for the person's sake, as in a case: 张某, 李××. `at` is where the mask begins.
pub(super) fn is_masked_person(text: &str, mask: Range<usize>) -> bool {
    const CASES: [&str; 6] = ["案", "涉嫌", "犯", "诈骗", "盗窃", "违纪"];
    let surname = text[..mask.start].chars().next_back().is_some_and(|c| SURNAMES.contains(c));
    let clause: String = text[mask.end..].chars().take(6).take_while(|c| !"。；".contains(*c)).collect();
    surname && CASES.iter().any(|word| clause.contains(word))
}

struct Here<'t> {
    text: &'t str,
    at: usize,
    rest: &'t str,
}

/// Bytes of the hole, and how many X it becomes.
type Hole = Option<(usize, usize)>;

impl Here<'_> {
    fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    fn so_and_so(&self, own: &[String]) -> Hole {
        let len = run(self.rest, |c| c == '某');
        let count = len / '某'.len_utf8();
        let place = LEVELS.iter().any(|level| self.rest[len..].starts_with(level));
        let person = self.before().is_some_and(|c| SURNAMES.contains(c));
        let is_own = own.iter().any(|name| self.rest.starts_with(name.as_str()));
        (is_own || count >= 2 && (place || !person)).then_some((len, count))
    }

    fn underscores(&self, markdown: bool) -> Hole {
        let len = run(self.rest, |c| matches!(c, '_' | '＿'));
        let count = self.rest[..len].chars().count();
        let line = self.text.chars().all(|c| matches!(c, '_' | '＿') || is_blank(c));
        let beside = |c: Option<char>| c.is_some_and(|c| !c.is_ascii_alphanumeric());
        let apart = beside(self.before()) || beside(self.rest[len..].chars().next());
        let least = if markdown { 3 } else { 2 };
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
        let close = inner[blank..].chars().next().filter(|c| blank > 0 && matches!(c, '）' | ')'))?;
        let len = open.len_utf8() + blank + close.len_utf8();
        right_word(&self.rest[len..]).map(|_| (len, 1))
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

    /// Stars in the place of a word that was taken out: `***总书记`.
    fn stars(&self) -> Hole {
        let len = run(self.rest, |c| c == '*');
        let after = &self.rest[len..];
        let is_word = after.starts_with(is_hanzi) && right_word(after).is_none();
        let begins = self.before().is_none_or(|c| !c.is_ascii_digit());
        let alone = !after.contains("**") && !self.text[..self.at].contains("**");
        ((2..=6).contains(&len) && is_word && begins && alone).then_some((len, len))
    }

    /// `参合基金 万元，参合率达 %`: nothing where a number belongs.
    fn blanks(&self) -> Hole {
        let len = run(self.rest, is_blank);
        let after = &self.rest[len..];
        let unit = unit(after)?;
        let mut before = self.text[..self.at].chars().rev();
        let is_numeral = |c: char| "一二三四五六七八九十百千万亿两零〇几数半第每".contains(c);
        let last = before.next().filter(|&c| is_hanzi(c) && !is_numeral(c))?;
        // Between words of one sign the blanks are there for looks: 工 作 总 结.
        let spread = before.next().is_none_or(is_blank) || self.rest[len..].chars().nth(1).is_some_and(is_blank);
        let end = after[unit.len()..].chars().next();
        let ends = end.is_none_or(|c| !is_hanzi(c) && !c.is_alphanumeric());
        let wide = self.rest[..len].chars().count() >= 2;
        let fits = match unit.chars().count() {
            1 if "%％‰".contains(unit) => true,
            1 => PLAIN_UNITS.contains(unit) && ends,
            _ => ends || wide,
        };
        (fits && !spread && last != '的').then_some((len, 1))
    }
}

/// Bytes of the run at the start of `text`.
fn run(text: &str, test: impl Fn(char) -> bool) -> usize {
    text.find(|c| !test(c)).unwrap_or(text.len())
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
            ("times;times;镇", "XX镇"),
            ("&times;&times;镇", "XX镇"),
            ("在***总书记带领下", "在XXX总书记带领下"),
        ] {
            assert_eq!(turned(text), expected, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_hole_stays() {
        for text in [
            "某些同志",
            "某种程度",
            "张某某交代",
            "______",
            "a_b",
            "snake__case",
            "【重点】",
            "（一）",
            "工 作 次 数",
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
        assert!(!masked("镇长李××同志", "××"));
        assert!(!masked("全镇××案件", "××"));
    }
}
