//! The checks of a report that is issued as a document: `[document]` against GB/T 9704 and 《党政机关公文处理工作条例》.
//!
//! A text with an open hole is not judged: what it will say is not known.

use super::Context;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::fill::Filled;
use crate::manifest::{CopyNumber, Day, Document, DocumentForm, DocumentItem, Part};
use crate::text;

/// The kinds of documents, as titles end in them (条例第八条).
const KINDS: &[&str] = &[
    "决议", "决定", "命令", "令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "函",
    "纪要",
];
/// Those that go to a superior office, and are signed by name (条例第九条第六项).
const UPWARD: &[&str] = &["报告", "请示"];
/// Those that never go to one.
const DOWNWARD: &[&str] = &["命令", "令", "公报", "公告", "通告", "通知", "通报", "批复", "决定", "函"];
/// The grades of secrecy (GB/T 9704 7.2.2).
const SECRECY: &[&str] = &["绝密", "机密", "秘密"];
/// The grades of urgency (GB/T 9704 7.2.3; those of telegrams besides).
const URGENCY: &[&str] = &["特急", "加急", "特提", "平急"];

/// All checks of `[document]`.
pub(super) fn document(context: &Context<'_>, diags: &mut Diagnostics) {
    let Some(document) = &context.manifest.document else { return };
    let checker = Checker { context, document };
    checker.number(diags);
    checker.labels(diags);
    checker.title(diags);
    checker.signers(diags);
    checker.copies(diags);
    checker.dates(diags);
}

struct Checker<'c> {
    context: &'c Context<'c>,
    document: &'c Document,
}

/// A text without open holes.
struct Said<'c> {
    filled: &'c Filled<'c>,
    words: String,
}

impl Said<'_> {
    /// A fault of the whole text.
    fn fault(&self, code: Code, message: crate::diag::Text) -> Diagnostic {
        Diagnostic::new(code, message).at(self.filled.field.text.whole())
    }
}

impl<'c> Checker<'c> {
    fn said(&self, part: Part) -> Option<Said<'c>> {
        let filled = self.context.fill.fields.iter().find(|filled| filled.field.part == part)?;
        let is_open = filled.replacements.iter().any(|replacement| replacement.gap.is_some());
        (!is_open).then(|| Said { filled, words: filled.plain().trim().to_owned() })
    }

    fn item(&self, item: DocumentItem) -> Option<Said<'c>> {
        self.said(Part::Document(item, 0))
    }

    /// `document-number`: 机关代字〔year〕number号 (GB/T 9704 7.2.5). An order is counted 第X号 (10.2), and minutes have what form
    /// their office gives them (10.3).
    fn number(&self, diags: &mut Diagnostics) {
        let Some(number) = self.item(DocumentItem::Number) else { return };
        if self.document.form == DocumentForm::Minutes {
            return;
        }
        if self.document.form == DocumentForm::Order && number.words.starts_with('第') {
            return;
        }
        let Some(problem) = fault_of_number(&number.words) else { return };
        let fault = number.fault(Code::DocumentNumber, problem);
        diags.push(fault.help(text!(
            "写成 机关代字〔2026〕3号：年份四位，用六角括号〔〕；序号不加“第”，前面不补 0（GB/T 9704 第 7.2.5 条）",
            "write CODE〔2026〕3号: a year of four digits in 〔〕, no 第 and no leading zero (GB/T 9704 7.2.5)"
        )));
    }

    /// `document-label`: 密级, 紧急程度, and 份号 where there is a 密级.
    fn labels(&self, diags: &mut Diagnostics) {
        if let Some(secrecy) = self.item(DocumentItem::Secrecy) {
            let (grade, period) = secrecy.words.split_once('★').unwrap_or((&secrecy.words, ""));
            if !SECRECY.contains(&grade.trim()) {
                let message = text!("密级只有绝密、机密、秘密三级", "the grades of secrecy are 绝密, 机密 and 秘密");
                diags.push(secrecy.fault(Code::DocumentLabel, message).help(text!(
                    "如 秘密★1年；不是国家秘密的不写 secrecy",
                    "such as 秘密★1年; what is no state secret has no `secrecy`"
                )));
            } else if period.trim().is_empty() {
                let message = text!("密级后面没有保密期限", "the grade of secrecy has no period");
                let grade = grade.trim();
                diags.push(secrecy.fault(Code::DocumentLabel, message).help(text!(
                    "写成 {grade}★1年、{grade}★长期（GB/T 9704 第 7.2.2 条）",
                    "write {grade}★1年 or {grade}★长期 (GB/T 9704 7.2.2)"
                )));
            }
            if self.document.copy.is_none() {
                let message = text!("涉密公文没有份号", "a document with a grade of secrecy has no copy number");
                diags.push(secrecy.fault(Code::DocumentLabel, message).help(text!(
                    "加上 copy = 1；按份编号写 copy = \"1-40\"（条例第九条第一项）",
                    "add copy = 1, or copy = \"1-40\" for a pair of files each"
                )));
            }
        }
        if let Some(urgency) = self.item(DocumentItem::Urgency).filter(|it| !URGENCY.contains(&it.words.as_str())) {
            let message = text!("紧急程度写“特急”或“加急”", "urgency is 特急 or 加急");
            diags.push(urgency.fault(Code::DocumentLabel, message));
        }
    }

    /// `document-title`: a title has its matter and its kind (条例第九条第八项), and no marks but 《》 and brackets.
    fn title(&self, diags: &mut Diagnostics) {
        if matches!(self.document.form, DocumentForm::Order | DocumentForm::Minutes) {
            return;
        }
        let Some(title) = self.said(Part::Title) else { return };
        let kind = kind_of(&title.words);
        if kind.is_none() {
            let message = text!("标题末尾没有文种", "the title does not end in the kind of the document");
            diags.push(title.fault(Code::DocumentTitle, message).help(text!(
                "标题由发文机关、事由和文种组成，如 ××县人民政府关于××的通知",
                "a title has the office, the matter and the kind, such as ××县人民政府关于××的通知"
            )));
        } else if !title.words.contains("关于") && title.words.chars().count() > 8 {
            let message = text!("标题里没有“关于”，看不出事由", "the title has no 关于, which leads its matter");
            diags.push(title.fault(Code::DocumentTitle, message));
        }
    }

    /// `document-signer`: 签发人 stands on what goes to a superior office, there always and there alone (GB/T 9704 7.2.6).
    fn signers(&self, diags: &mut Diagnostics) {
        if self.document.form != DocumentForm::File {
            if let Some(signer) = self.document.texts(DocumentItem::Signer).first() {
                let message = text!("这种格式没有签发人", "this form of document has no signer");
                diags.push(Diagnostic::new(Code::DocumentSigner, message).at(signer.whole()).help(text!(
                    "删去 signers；签发人只用于“文件”格式的上行文",
                    "delete `signers`: they belong to form = \"文件\" that goes to a superior office"
                )));
            }
            return;
        }
        let Some(title) = self.said(Part::Title) else { return };
        let Some(kind) = kind_of(&title.words) else { return };
        let signer = self.document.texts(DocumentItem::Signer).first();
        match signer {
            None if UPWARD.contains(&kind) && self.document.has(DocumentItem::Number) => {
                let message =
                    text!("“{kind}”是上行文，没有写签发人", "a {kind} goes to a superior office and has no signer");
                diags.push(title.fault(Code::DocumentSigner, message).help(text!(
                    "在 [document] 里加上 signers = \"张某\"（GB/T 9704 第 7.2.6 条）",
                    "add signers = \"张某\" to [document] (GB/T 9704 7.2.6)"
                )));
            }
            Some(signer) if DOWNWARD.contains(&kind) => {
                let message = text!(
                    "“{kind}”不是上行文，不写签发人",
                    "a {kind} does not go to a superior office and has no signer"
                );
                diags.push(
                    Diagnostic::new(Code::DocumentSigner, message)
                        .at(signer.whole())
                        .help(text!("删去 signers（GB/T 9704 第 7.2.6 条）", "delete `signers` (GB/T 9704 7.2.6)")),
                );
            }
            _ => {}
        }
        if signer.is_some() {
            let (signers, issuers) =
                (self.document.texts(DocumentItem::Signer).len(), self.document.texts(DocumentItem::Issuer).len());
            if issuers > 1 && signers != issuers {
                let message = text!(
                    "发文机关 {issuers} 个，签发人 {signers} 个",
                    "{issuers} offices issue the document, and {signers} signed"
                );
                let at = self.document.texts(DocumentItem::Signer)[0].whole();
                diags.push(Diagnostic::new(Code::DocumentSigner, message).at(at));
            }
        }
    }

    /// `document-copies`: who is addressed gets no copy besides, and nobody two.
    fn copies(&self, diags: &mut Diagnostics) {
        let texts = |item: DocumentItem| (0..).map_while(move |index| self.said_at(item, index)).flatten();
        let normal = |words: &str| words.trim().trim_end_matches(['：', ':', '。', '，']).to_owned();
        let addressees: Vec<String> = texts(DocumentItem::Addressee).map(|said| normal(&said.words)).collect();
        let mut seen: Vec<String> = Vec::new();
        for copy in texts(DocumentItem::CopiedTo) {
            let words = normal(&copy.words);
            let message = if addressees.contains(&words) {
                text!("“{words}”已经是主送机关", "`{words}` is an addressee already")
            } else if seen.contains(&words) {
                text!("“{words}”抄送了两次", "`{words}` gets two copies")
            } else {
                seen.push(words);
                continue;
            };
            diags.push(
                copy.fault(Code::DocumentCopies, message)
                    .help(text!("从 copies_to 里删去", "delete it from `copies_to`")),
            );
        }
    }

    /// The text of a list; `None` after the last, `Some(None)` for one with an open hole.
    fn said_at(&self, item: DocumentItem, index: usize) -> Option<Option<Said<'c>>> {
        (index < self.document.texts(item).len()).then(|| self.said(Part::Document(item, index)))
    }

    /// `document-dates`: a document is not printed before it is signed, and has a number for each copy.
    fn dates(&self, diags: &mut Diagnostics) {
        let printed = self.document.printed_on.as_ref();
        let signed = self.context.manifest.report.signed_on.as_ref();
        if let (Some(printed), Some(signed)) = (printed, signed)
            && let (Some(on), Some(day)) = (Day::known(printed), Day::known(signed))
            && on < day
        {
            let message = text!(
                "印发日期 {on} 早于成文日期 {day}",
                "the document is printed on {on}, before it is signed on {day}"
            );
            diags.push(
                Diagnostic::new(Code::DocumentDates, message)
                    .at(printed.span())
                    .label(signed.span(), text!("成文日期", "signed")),
            );
        }
        if let Some(copy) = self.document.copy.as_ref().filter(|it| matches!(it.value, CopyNumber::Words))
            && let Some(said) = self.item(DocumentItem::Copy)
            && !(said.words.chars().all(|c| c.is_ascii_digit()) && said.words.chars().count() <= 6)
        {
            let message =
                text!("份号是六位以内的数字，这里是“{}”", "a copy number has up to six digits, not `{}`", said.words);
            diags.push(Diagnostic::new(Code::DocumentNumber, message).at(copy.span));
        }
    }
}

/// The kind of document that a title ends in, before a bracket such as （试行）.
fn kind_of(title: &str) -> Option<&'static str> {
    let title: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let mut words = title.as_str();
    while let Some(open) = words.ends_with(['）', ')']).then(|| words.rfind(['（', '('])).flatten() {
        words = &words[..open];
    }
    KINDS.iter().copied().find(|kind| words.ends_with(kind))
}

/// The fault of a 发文字号, if it has one.
fn fault_of_number(number: &str) -> Option<crate::diag::Text> {
    let brackets = [('〔', '〕'), ('[', ']'), ('［', '］'), ('（', '）'), ('(', ')'), ('【', '】')];
    let bracket =
        brackets.iter().find_map(|&(open, close)| Some((number.find(open)?, number.find(close)?, open, close)));
    let Some((open, close, mark, closing)) = bracket.filter(|(open, close, ..)| open < close) else {
        return Some(text!("发文字号里没有〔年份〕", "the document number has no year in 〔〕"));
    };
    if mark != '〔' {
        return Some(text!(
            "发文字号的年份用六角括号〔〕，不用 {mark}{closing}",
            "the year stands in 〔〕, not in {mark}{closing}"
        ));
    }
    let (code, year, rest) =
        (&number[..open], &number[open + mark.len_utf8()..close], &number[close + closing.len_utf8()..]);
    if code.trim().is_empty() {
        return Some(text!("发文字号没有机关代字", "the document number has no code of its office"));
    }
    if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
        return Some(text!("发文字号的年份要写四位数字", "the year of the document number has four digits"));
    }
    let Some(serial) = rest.trim().strip_suffix('号') else {
        return Some(text!("发文字号要以“号”结尾", "the document number ends in 号"));
    };
    if serial.starts_with('第') {
        return Some(text!("发文字号的序号不加“第”", "the serial of the document number has no 第"));
    }
    if serial.is_empty() || !serial.bytes().all(|b| b.is_ascii_digit()) {
        return Some(text!("发文字号的序号要写阿拉伯数字", "the serial of the document number is in Arabic digits"));
    }
    serial
        .starts_with('0')
        .then(|| text!("发文字号的序号前面不补 0", "the serial of the document number has no leading zero"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_held_to_its_form() {
        for number in ["棠政发〔2026〕3号", "棠政办函〔2026〕120号", "中共棠发〔2026〕1号"] {
            assert_eq!(fault_of_number(number), None, "{number}");
        }
        for number in [
            "棠政发[2026]3号",
            "棠政发（2026）3号",
            "棠政发〔26〕3号",
            "棠政发〔2026〕第3号",
            "棠政发〔2026〕03号",
            "棠政发〔2026〕3",
            "〔2026〕3号",
            "棠政发3号",
            "棠政发〔2026〕三号",
            "棠政发〕2026〔3号",
            "",
        ] {
            assert!(fault_of_number(number).is_some(), "{number}");
        }
    }

    #[test]
    fn the_kind_stands_at_the_end_of_a_title() {
        assert_eq!(kind_of("棠溪县人民政府关于做好春灌工作的通知"), Some("通知"));
        assert_eq!(kind_of("关于印发\n《用水办法（试行）》的通知（节录）"), Some("通知"));
        assert_eq!(kind_of("棠溪县人民政府令"), Some("令"));
        assert_eq!(kind_of("春灌工作总结"), None);
        assert_eq!(kind_of("（）"), None);
    }
}
