//! The head of a draft: its title, the lines under it, and those above it that belong to an issued document.

use super::day::{Day, day};
use super::line::{CELL, Line, Place};
use super::mapped::Mapped;
use super::typed::{ordinal, typed};
use super::{Note, Notes};
use crate::diag::Code;
use crate::manifest::Part;
use crate::placeholder::{is_blank, is_hanzi, is_marker};
use crate::text;
use crate::words::is_body;

/// The head of a draft.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    /// None where no line is one.
    pub(super) title: Option<Mapped>,
    pub(super) subtitle: Option<Mapped>,
    pub(super) author: Option<Mapped>,
    pub(super) date: Option<Day>,
    pub(super) salutation: Option<Mapped>,
}

/// The longest title, in characters.
const LONGEST_TITLE: usize = 60;
/// The longest line under a title that is no text.
const LONGEST_UNDER: usize = 40;
/// The most lines of a title.
const MOST_LINES: usize = 4;
/// The most lines above a title.
const MOST_ABOVE: usize = 8;

/// Reads the title and the lines around it; the number of lines that are one of them.
pub(super) fn head(lines: &[Line], notes: &mut Notes) -> (Head, usize) {
    let mut out = Head::default();
    let above = lines.iter().take(MOST_ABOVE).take_while(|line| is_above(line)).count();
    let start = if lines.get(above).is_some_and(is_first) { above } else { 0 };
    let Some(first) = lines.get(start).filter(|first| is_first(first)) else { return (out, 0) };
    for line in &lines[..start] {
        let words = line.text.text();
        let message = match words.starts_with("附件") {
            true => text!(
                "标题上面的“{words}”没有导入：这一份单独成文，附件由带它的报告编号",
                "`{words}` above the title was not imported: a report that has attachments numbers them itself"
            ),
            false => text!(
                "标题上面的“{words}”没有导入：版头要在 Word 里加",
                "`{words}` above the title was not imported: the head of an issued document is added in Word"
            ),
        };
        let source = line.text.source(0..words.len());
        notes.push(Note::in_part(Code::NotImported, message, source, Part::Title));
    }
    let mut title = first.text.clone();
    let mut at = start + 1;
    while at < start + MOST_LINES && !ends_as_title(title.text()) {
        let Some(next) = lines.get(at).filter(|next| goes_on(first, &title, next)) else { break };
        let begin = next.text.source(0..0).start;
        title.push_replaced("\n", begin..begin);
        title.append(&next.text);
        at += 1;
    }
    out.title = Some(title);
    while let Some(line) = lines.get(at).filter(|line| line.is_plain()) {
        if !out.take(line, at + 1 < lines.len(), notes) {
            break;
        }
        at += 1;
        if out.salutation.is_some() {
            break;
        }
    }
    (out, at)
}

impl Head {
    /// Takes a line under the title; false where it is the first of the text.
    fn take(&mut self, line: &Line, has_next: bool, notes: &mut Notes) -> bool {
        let words = line.text.text();
        if words.chars().count() > LONGEST_UNDER || typed(words).is_some() || words.contains(['。', '\\', CELL]) {
            return false;
        }
        if words.starts_with("——") && self.subtitle.is_none() {
            self.subtitle = Some(line.text.clone());
        } else if let Some(day) = self.date.is_none().then(|| day(&line.text, notes)).flatten() {
            self.date = Some(day);
        } else if self.author.is_none() && (is_office(words) || is_centred_name(line)) {
            self.author = Some(line.text.clone());
        } else if words.ends_with(['：', ':']) && has_next && is_addressee(words) {
            self.salutation = Some(line.text.clone());
        } else {
            return false;
        }
        true
    }
}

/// True if a line can be the first of a title. One that the draft calls a heading is one where it stands in the middle.
fn is_first(line: &Line) -> bool {
    let is_heading = line.level.is_some_and(|level| level > 1) && line.look.place != Place::Centre;
    line.row.is_none() && line.picture.is_none() && (line.title || !is_heading && is_title(line.text.text()))
}

/// True if `next` belongs to the title that `first` begins and that is `title` so far.
fn goes_on(first: &Line, title: &Mapped, next: &Line) -> bool {
    let words = next.text.text();
    if next.title {
        return true;
    }
    if !(next.is_plain() && is_title(words)) {
        return false;
    }
    // In the middle and in the same large type.
    let is_alike = next.look == first.look && first.look.place == Place::Centre && first.look.size > Some(TEXT_SIZE);
    is_alike && !(is_office(words) && ends_as_title(title.text())) || ends_as_title(words) && !is_office(words)
}

/// 三号, the size of the text (GB/T 9704 5.2.2), in half-points.
const TEXT_SIZE: u16 = 32;

/// True of a line above the title: 附件2, or of an issued document its mark, number, 签发人, 密级, 紧急程度 and 份号 (7.2).
fn is_above(line: &Line) -> bool {
    let text = line.text.text();
    let is_attachment = || text.trim_end_matches(['：', ':']).strip_prefix("附件").is_some_and(is_number_or_none);
    let is_mark = || text.strip_suffix("文件").is_some_and(|office| is_body(office.trim_matches(is_blank)));
    let is_grade = |word: &&str| text.starts_with(*word) && text.chars().count() <= 12;
    let is_copy = || text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit());
    line.row.is_none()
        && line.picture.is_none()
        && (is_attachment()
            || is_mark()
            || is_document_number(text)
            || text.starts_with("签发人")
            || ["绝密", "机密", "秘密", "特急", "加急", "平急", "急件"].iter().any(is_grade)
            || is_copy())
}

fn is_number_or_none(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || ordinal(text).is_some_and(|(_, rest)| rest.is_empty())
}

/// True of 发文字号 (7.2.5), `X政发〔20XX〕X号`, also with 签发人 behind it.
fn is_document_number(text: &str) -> bool {
    let number = text.split("签发人").next().unwrap_or_default().trim_matches(is_blank);
    let Some((before, rest)) = number.split_once(['〔', '[', '［', '（', '(']) else { return false };
    let Some((year, rest)) = rest.split_once(['〕', ']', '］', '）', ')']) else { return false };
    let is_open = |c: char| c.is_ascii_digit() || is_marker(c) || is_blank(c);
    let is_year = (2..=6).contains(&year.chars().count()) && year.chars().all(is_open);
    let is_serial = rest.strip_suffix('号').is_some_and(|serial| serial.chars().all(|c| is_open(c) || c == '第'));
    is_year && is_serial && !before.is_empty() && before.chars().count() <= 12 && !before.contains(['，', '。', '《'])
}

/// True if a line can be a title.
pub(super) fn is_title(text: &str) -> bool {
    text.chars().count() <= LONGEST_TITLE
        && typed(text).is_none()
        && !text.contains(['。', '；', '！', '\\', CELL])
        && !text.ends_with(['：', '，', '、', ':', ','])
        && text.chars().any(char::is_alphanumeric)
}

/// True if a title ends as titles do; if not, it may go on.
fn ends_as_title(text: &str) -> bool {
    #[rustfmt::skip]
    const ENDS: [&str; 47] = [
        "汇报", "报告", "总结", "方案", "材料", "情况", "发言", "讲话", "要点", "计划", "意见", "通知", "清单", "纪要",
        "请示", "函", "说明", "稿", "综述", "简报", "提纲", "公告", "通告", "通报", "决定", "决议", "批复", "细则", "办法",
        "规定", "制度", "规划", "章程", "守则", "预案", "条例", "名单", "台账", "倡议书", "承诺书", "责任书", "须知",
        "指南", "申请", "议案", "登记表", "统计表",
    ];
    // 汇　报, set apart for looks.
    let text: String = text.chars().filter(|c| !is_blank(*c)).collect();
    let bare = text.trim_end_matches(|c: char| "（）()》”0123456789年度一二三四五六七八九十稿".contains(c));
    ENDS.iter().any(|end| text.ends_with(end) || bare.ends_with(end))
}

/// True of a short line in the middle without a mark, as those who report stand under the title.
fn is_centred_name(line: &Line) -> bool {
    let words = line.text.text();
    line.look.place == Place::Centre && words.chars().count() <= 20 && words.chars().all(|c| is_hanzi(c) || is_blank(c))
}

/// True if a line names who reports.
pub(super) fn is_office(text: &str) -> bool {
    const LABELS: [&str; 5] = ["汇报人", "汇报单位", "单位", "报告人", "发言人"];
    let labelled =
        LABELS.iter().any(|label| text.strip_prefix(label).is_some_and(|rest| rest.starts_with(['：', ':'])));
    let bare = text.trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
    let plain = !bare.contains(['，', '；', '：', ':', ',', '、']);
    labelled || (plain && bare.chars().count() <= 30 && is_body(bare))
}

/// True if a line that ends with a colon names those to whom it speaks (7.3.2), and is no label of a form: 姓名：.
fn is_addressee(text: &str) -> bool {
    #[rustfmt::skip]
    const ENDS: [&str; 38] = [
        "单位", "部门", "各位", "领导", "同志", "同志们", "代表", "代表们", "委员", "委员们", "来宾", "朋友", "朋友们", "老师",
        "老师们", "同学", "同学们", "班级", "乡亲们", "书记", "镇长", "乡长", "县长", "市长", "区长", "局长", "主席", "主任",
        "科长", "部长", "先生", "女士", "队", "组", "站", "所", "办", "部",
    ];
    #[rustfmt::skip]
    const LABELS: [&str; 12] = [
        "所在", "联系", "填报", "报送", "工作单位", "主管部门", "牵头", "责任", "承办", "主办", "签收", "经办",
    ];
    let name = text.trim_end_matches(['：', ':']).trim_matches(is_blank);
    let last = name.rsplit(['，', '、', ' ', '　', ',']).find(|part| !part.is_empty()).unwrap_or_default();
    let begins = ["各", "尊敬的", "敬爱的", "全体", "全镇", "全县", "致"].iter().any(|word| name.starts_with(word));
    // 户  名 is a label set apart.
    let is_apart = name.chars().filter(|c| !is_blank(*c)).count() <= 3 && name.contains(is_blank);
    let is_label = LABELS.iter().any(|label| name.starts_with(label)) || matches!(name, "单位" | "部门" | "领导");
    begins || !is_apart && !is_label && (is_body(last) || ENDS.iter().any(|end| last.ends_with(end)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::line::Look;

    /// The words of a head, by lines; the number of its lines; and how many of them were told.
    fn read(lines: &[(&str, Place, Option<u16>)]) -> (Vec<String>, usize, usize) {
        let line = |&(text, place, size): &(&str, Place, Option<u16>)| Line {
            text: Mapped::new(text, 0),
            look: Look { place, size, face: None },
            ..Line::default()
        };
        let lines: Vec<Line> = lines.iter().map(line).collect();
        let mut notes = Notes::default();
        let (head, at) = head(&lines, &mut notes);
        let words = [&head.title, &head.subtitle, &head.author, &head.salutation];
        let words = words.into_iter().flatten().map(|words| words.text().to_owned()).collect();
        (words, at, notes.notes.len())
    }

    fn plain(text: &str) -> (Vec<String>, usize, usize) {
        read(&text.split('\n').map(|line| (line, Place::Margin, None)).collect::<Vec<_>>())
    }

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn what_stands_above_a_title_is_told() {
        let text = "000001\n机密★1年\n特急\n青石县人民政府文件\n青政发〔20XX〕X号　　签发人：张某\n关于防汛的通知\n各乡镇：\n文。";
        assert_eq!(plain(text), (words(&["关于防汛的通知", "各乡镇："]), 7, 5));
        assert_eq!(plain("附件4\n河道管理细则\n为加强管理，制定本细则。"), (words(&["河道管理细则"]), 2, 1));
        assert_eq!(plain("附件一：\n名单\n张某。"), (words(&["名单"]), 2, 1));
        // Without a title under it such a line is one.
        assert_eq!(plain("青石县人民政府文件\n今年以来，多雨。").0, words(&["青石县人民政府文件"]));
    }

    #[test]
    fn a_title_goes_on_in_lines_that_look_alike() {
        let large = Some(44);
        let lines = [
            ("青石中学", Place::Centre, large),
            ("访学项目", Place::Centre, large),
            ("（试行）", Place::Centre, large),
            ("为做好工作，制定本细则。", Place::Margin, Some(32)),
        ];
        assert_eq!(read(&lines), (words(&["青石中学\n访学项目\n（试行）"]), 3, 0));
        let lines = [
            ("防汛工作汇报", Place::Centre, large),
            ("青石镇人民政府", Place::Centre, Some(32)),
            ("今年多雨。", Place::Margin, Some(32)),
        ];
        assert_eq!(read(&lines), (words(&["防汛工作汇报", "青石镇人民政府"]), 2, 0));
    }

    #[test]
    fn those_who_are_spoken_to_are_no_labels() {
        for text in [
            "县委：",
            "各位领导、同志们：",
            "尊敬的各位代表：",
            "市乡村振兴局：",
            "各乡镇人民政府，县直各单位：",
            "各班级：",
            "王主任：",
        ] {
            assert!(is_addressee(text), "{text}");
        }
        for text in ["姓名：", "学  号：", "申请人：", "户  名：", "联系单位：", "主要做法如下：", "单位：", "时间："]
        {
            assert!(!is_addressee(text), "{text}");
        }
    }
}
