//! The end of a draft: 署名 and 成文日期 (GB/T 9704 7.3.5), and what may stand below them.

use super::day::{Day, day};
use super::head::is_office;
use super::line::{CELL, Line, Place};
use super::mapped::Mapped;
use super::{Note, Notes};
use crate::diag::Code;
use crate::manifest::Part;
use crate::placeholder::is_blank;
use crate::text;

/// Who signs a draft, and when.
#[derive(Clone, Debug, Default)]
pub(super) struct Foot {
    pub(super) signatures: Vec<Mapped>,
    pub(super) day: Option<Day>,
    /// The lines that this was.
    pub(super) lines: Vec<Line>,
}

/// The most offices that sign together.
const MOST_OFFICES: usize = 6;
/// The most lines below the date.
const MOST_BELOW: usize = 8;
/// The longest line of a signature, in characters.
const LONGEST: usize = 40;

/// Takes the offices and the date off the end of a draft, and what an issued document has below them (版记, 7.4), which is
/// told. Above other lines, for which a report file has no place, they stay text and that is told; so is a date that nobody
/// signs.
pub(super) fn foot(lines: &mut Vec<Line>, notes: &mut Notes) -> Foot {
    let below = lines.iter().rev().take(MOST_BELOW).take_while(|line| is_below(line)).count();
    let end = lines.len() - below;
    let mut told = Notes::default();
    let dated = end.checked_sub(1).map(|last| &lines[last]).filter(|line| line.is_plain() && !is_bracketed(line));
    let date = dated.and_then(|line| day(&line.text, &mut told));
    let last = end - usize::from(date.is_some());
    let signed = lines[..last].iter().rev().take(MOST_OFFICES).take_while(|line| signs(line, date.is_some())).count();
    let start = last - signed;
    if start == 0 || signed == 0 && date.is_none() {
        // A text goes before them.
        tell_inside(lines, notes);
        return Foot::default();
    }
    if signed == 0 && !is_apart(&lines[last]) {
        tell(
            notes,
            &lines[last].text,
            "没有认出落款的单位，日期照原样留在正文里",
            "nobody signs; the date stays in the text",
        );
        return Foot::default();
    }
    if let Some(note) = lines[end..].iter().find(|line| !is_imprint(line)) {
        tell(
            notes,
            &note.text,
            "在落款下面，署名和日期照原样留在正文里",
            "stands below the signature, which stays in the text",
        );
        return Foot::default();
    }
    for line in &lines[end..] {
        let words = line.text.text();
        let message = text!(
            "末尾的“{words}”没有导入：版记要在 Word 里加",
            "`{words}` at the end was not imported: the imprint of an issued document is added in Word"
        );
        notes.push(Note::in_part(Code::NotImported, message, line.text.source(0..words.len()), Part::Signature(0)));
    }
    told.notes.into_iter().for_each(|note| notes.push(note));
    let taken = lines.split_off(start);
    let signatures = taken[..signed].iter().map(|line| line.text.clone()).collect();
    Foot { signatures, day: date, lines: taken }
}

/// Tells of an office and a date below it that stand amid the lines, as where attachments without a mark follow.
fn tell_inside(lines: &[Line], notes: &mut Notes) {
    let is_signature = |pair: &&[Line]| {
        let is_dated = pair[1].is_plain() && day(&pair[1].text, &mut Notes::default()).is_some();
        is_dated && signs(&pair[0], true) && is_office(pair[0].text.text())
    };
    let pairs = lines.get(1..).unwrap_or_default().windows(2).filter(|pair| pair[1].text.text().contains('年'));
    if let Some(pair) = pairs.into_iter().find(is_signature) {
        tell(
            notes,
            &pair[0].text,
            "像是落款，后面还有内容，照原样留在正文里",
            "may be a signature; with more below it, it stays in the text",
        );
    }
}

fn tell(notes: &mut Notes, line: &Mapped, zh: &str, en: &str) {
    let words = line.text();
    let message = text!("“{words}”{zh}", "`{words}`: {en}");
    notes.push(Note::in_part(Code::Guessed, message, line.source(0..words.len()), Part::Signature(0)));
}

/// True if a line stands far from the left margin, and not in the middle as titles do.
fn is_apart(line: &Line) -> bool {
    matches!(line.look.place, Place::Right | Place::Moved)
}

/// True if the whole line stands in brackets: 附注 (7.3.6), or a date that is part of the text.
fn is_bracketed(line: &Line) -> bool {
    line.text.text().starts_with(['（', '(']) && line.text.text().ends_with(['）', ')'])
}

/// True if a line can be a signature. A person's name, or an office that does not end as offices do, is one where it stands
/// apart from the left margin, or right above the date.
fn signs(line: &Line, is_dated: bool) -> bool {
    let text = line.text.text();
    if !line.is_plain()
        || text.chars().count() > LONGEST
        || text.contains(['。', '，', '；', '！', '？', '（', '(', '\\', CELL])
        || text.starts_with("附件")
    {
        return false;
    }
    let is_apart = is_apart(line);
    let who = ["汇报人", "报告人", "述职人", "发言人", "申请人", "汇报单位", "报告单位"];
    let is_labelled = who.iter().any(|word| text.starts_with(word));
    if text.contains(['：', ':']) {
        return is_labelled && (is_apart || is_dated);
    }
    match is_dated {
        true => is_apart || is_office(text) || is_name(text),
        false => is_apart && (is_office(text) || is_name(text)),
    }
}

/// True of the name of a person: a surname and one or two hanzi, with blanks between them perhaps.
fn is_name(text: &str) -> bool {
    let name: Vec<char> = text.chars().filter(|c| !is_blank(*c)).collect();
    (2..=3).contains(&name.len())
        && super::forms::is_surname(name[0])
        && name.iter().all(|c| crate::placeholder::is_hanzi(*c))
}

/// True of a line that stands below the date: 附注 or part of the 版记 (7.3.6, 7.4).
fn is_below(line: &Line) -> bool {
    let text = line.text.text();
    let is_contact = text.starts_with("联系人") || text.starts_with("联系电话");
    let is_note = is_contact || is_bracketed(line) && !text.contains('年');
    line.row.is_none() && line.picture.is_none() && text.chars().count() <= 120 && (is_note || is_imprint(line))
}

/// True of a line of the 版记: 抄送, 印发.
fn is_imprint(line: &Line) -> bool {
    let text = line.text.text().trim_start_matches(['（', '(']).trim_end_matches(['）', ')', '。']);
    ["抄送", "抄报", "主题词", "共印", "印发", "分送"].iter().any(|word| text.starts_with(word))
        || text.ends_with("印发")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::line::Look;

    /// Who signs, whether a day is known, how many lines are left, and what is told. A line that begins with > stands at
    /// the right.
    fn read(text: &str) -> (Vec<String>, Option<bool>, usize, usize) {
        let line = |text: &str| {
            let place = if text.starts_with('>') { Place::Right } else { Place::Margin };
            let look = Look { place, ..Look::default() };
            Line { text: Mapped::new(text.trim_start_matches('>'), 0), look, ..Line::default() }
        };
        let mut lines: Vec<Line> = text.split('\n').map(line).collect();
        let mut notes = Notes::default();
        let foot = foot(&mut lines, &mut notes);
        let signatures = foot.signatures.iter().map(|it| it.text().to_owned()).collect();
        let day = foot.day.map(|day| matches!(day, Day::Known(_)));
        (signatures, day, lines.len(), notes.notes.len())
    }

    #[test]
    fn offices_and_the_date_are_taken_off_the_end() {
        let one = |name: &str, known, told| (vec![name.to_owned()], Some(known), 1, told);
        assert_eq!(read("多雨。\nXX镇人民政府\n2024年7月1日"), one("XX镇人民政府", true, 0));
        assert_eq!(read("多雨。\nXX镇人民政府\n20XX年X月X日"), one("XX镇人民政府", false, 0));
        assert_eq!(read("多雨。\nXX镇人民政府\n2024年07月01日"), one("XX镇人民政府", true, 1));
        assert_eq!(read("多雨。\n汇报人：李某\n2024年7月1日"), one("汇报人：李某", true, 0));
        assert_eq!(read("多雨。\n李　某\n2024年7月1日"), one("李　某", true, 0));
        assert_eq!(read("多雨。\n>镇安委\n>2024年7月1日"), one("镇安委", true, 0));
        assert_eq!(read("多雨。\n甲镇党委\n甲镇人民政府\n二〇二四年七月一日").0.len(), 2);
        assert_eq!(read("多雨。\n>XX镇人民政府"), (vec!["XX镇人民政府".to_owned()], None, 1, 0));
        assert_eq!(read("多雨。\n>20XX年X月"), (Vec::new(), Some(false), 1, 0));
    }

    #[test]
    fn an_imprint_is_left_out_and_told() {
        let text = "多雨。\n甲镇人民政府\n2024年7月1日\n抄送：县委办。\n甲镇党政办　2024年7月2日印发";
        assert_eq!(read(text), (vec!["甲镇人民政府".to_owned()], Some(true), 1, 2));
        // With another line among them all stays.
        let text = "多雨。\n甲镇人民政府\n2024年7月1日\n（联系人：李某）\n抄送：县委办。";
        assert_eq!(read(text), (Vec::new(), None, 5, 1));
    }

    #[test]
    fn what_has_no_place_of_its_own_stays_text_and_is_told() {
        let kept = |lines, told| (Vec::new(), None, lines, told);
        assert_eq!(read("多雨。\n到过村里。\n2024年7月1日"), kept(3, 1));
        assert_eq!(read("多雨。\n甲镇人民政府\n2024年7月1日\n（联系人：李某，电话：1）"), kept(4, 1));
        assert_eq!(read("多雨。\n镇政府\n（2024年7月1日）"), kept(3, 1));
        assert_eq!(read("多雨。\n走访各村"), kept(2, 0));
        assert_eq!(read("多雨。\n甲镇人民政府\n2024年7月1日\n名单\n张某。"), kept(5, 1));
        assert_eq!(read("甲镇人民政府\n2024年7月1日"), kept(2, 0));
        assert_eq!(read("2024年7月1日"), kept(1, 0));
    }
}
