//! `[document]`: what a report needs to be issued as a document of an office (GB/T 9704 7.2 to 7.4, 10).

use std::collections::BTreeMap;

use super::day::Day;
use super::literal::Located;
use super::raw::{Reader, Table, Value, ValueKind, wrong_type};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::placeholder::{Literals, scan};
use crate::source::{Span, Spanned};
use crate::text;

/// The form of a document (GB/T 9704 7, 10).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DocumentForm {
    /// 文件: the general form.
    #[default]
    File,
    /// 信函 (10.1).
    Letter,
    /// 命令 (10.2).
    Order,
    /// 纪要 (10.3).
    Minutes,
}

impl DocumentForm {
    /// The words of the report file.
    pub(super) const CHOICES: &[(&str, DocumentForm)] = &[
        ("文件", DocumentForm::File),
        ("信函", DocumentForm::Letter),
        ("命令", DocumentForm::Order),
        ("纪要", DocumentForm::Minutes),
    ];
}

/// A text of `[document]`, or a list of texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentItem {
    /// 份号 in words, with holes.
    Copy,
    /// 密级和保密期限.
    Secrecy,
    /// 紧急程度.
    Urgency,
    /// 发文机关, the host first.
    Issuer,
    /// 发文机关标志, where it is not the issuer's name and 文件.
    Mark,
    /// 发文字号.
    Number,
    /// 签发人, in the order of the issuers.
    Signer,
    /// 主送机关.
    Addressee,
    /// 出席 of 纪要.
    Present,
    /// 请假 of 纪要.
    Absent,
    /// 列席 of 纪要.
    Observer,
    /// 附注.
    Note,
    /// Who is to be asked, as offices add to the note.
    Contact,
    /// 抄送机关.
    CopiedTo,
    /// 印发机关.
    PrintedBy,
    /// 印发日期 in words, with holes.
    PrintedOn,
}

impl DocumentItem {
    /// The items that are texts, by their keys.
    pub(super) const TEXTS: &[(&str, DocumentItem)] = &[
        ("secrecy", DocumentItem::Secrecy),
        ("urgency", DocumentItem::Urgency),
        ("mark", DocumentItem::Mark),
        ("number", DocumentItem::Number),
        ("note", DocumentItem::Note),
        ("contact", DocumentItem::Contact),
        ("printed_by", DocumentItem::PrintedBy),
    ];

    /// The items that are one text or an array of texts, by their keys.
    pub(super) const LISTS: &[(&str, DocumentItem)] = &[
        ("issuer", DocumentItem::Issuer),
        ("signers", DocumentItem::Signer),
        ("addressees", DocumentItem::Addressee),
        ("present", DocumentItem::Present),
        ("absent", DocumentItem::Absent),
        ("observers", DocumentItem::Observer),
        ("copies_to", DocumentItem::CopiedTo),
    ];

    /// True of an item that stands above the title on the page.
    pub(super) fn is_before_the_title(self) -> bool {
        matches!(
            self,
            DocumentItem::Copy
                | DocumentItem::Secrecy
                | DocumentItem::Urgency
                | DocumentItem::Issuer
                | DocumentItem::Mark
                | DocumentItem::Number
                | DocumentItem::Signer
        )
    }

    /// True of an item that names the office itself.
    pub(super) fn names_the_office(self) -> bool {
        matches!(self, DocumentItem::Issuer | DocumentItem::Mark | DocumentItem::PrintedBy)
    }
}

/// 份号 (7.2.1).
#[derive(Clone, Debug)]
pub enum CopyNumber {
    /// One number.
    One(u32),
    /// One pair of files for each number, the last included.
    Each(u32, u32),
    /// Words with holes.
    Words,
}

/// Copies that are made at once: all of them are in memory before the first is written.
const MOST_COPIES: u32 = 500;

/// The seal on the signature (7.3.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seal {
    /// Nothing (7.3.5.2).
    None,
    /// The office's seal (7.3.5.1): its room stays.
    Office,
    /// 签发人签名章 (7.3.5.3): its room stays.
    Signet,
}

/// `[document]`.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its form.
    pub form: DocumentForm,
    /// 份号.
    pub copy: Option<Spanned<CopyNumber>>,
    /// 印发日期.
    pub printed_on: Option<Day>,
    /// The seal on the signature; `None` where the file does not say: a signet on an order, else nothing.
    pub seal: Option<Seal>,
    /// 套打: what is red is on the paper already, and its room stays.
    pub overprint: bool,
    /// The table.
    pub span: Span,
    /// The texts, by what they are.
    texts: BTreeMap<DocumentItem, Vec<Located>>,
}

impl Document {
    /// Reads `[document]`.
    pub(super) fn read(table: &Table, diags: &mut Diagnostics) -> Self {
        let mut reader = Reader::new(table, "[document]", diags);
        let form = reader.take_choice("form", DocumentForm::CHOICES).map(|form| form.value).unwrap_or_default();
        let mut texts: BTreeMap<DocumentItem, Vec<Located>> = BTreeMap::new();
        for &(key, item) in DocumentItem::TEXTS {
            let text = reader.take_string(key).filter(|text| !text.text().trim().is_empty());
            texts.extend(text.map(|text| (item, vec![text.clone()])));
        }
        for &(key, item) in DocumentItem::LISTS {
            let list: Vec<Located> = reader.take_texts(key).into_iter().cloned().collect();
            if !list.is_empty() {
                texts.insert(item, list);
            }
        }
        let (copy, words) =
            reader.take("copy").map(|entry| copy_number(&entry.value, reader.diags())).unwrap_or_default();
        texts.extend(words.map(|words| (DocumentItem::Copy, vec![words])));
        let printed_on = Day::take(&mut reader, "printed_on");
        if let Some(words) = printed_on.as_ref().and_then(Day::words) {
            texts.insert(DocumentItem::PrintedOn, vec![words.clone()]);
        }
        let seal = reader.take("seal").and_then(|entry| seal(&entry.value, reader.diags()));
        let overprint = reader.take_bool("overprint").is_some_and(|is| is.value);
        reader.finish();
        Document { form, copy, printed_on, seal, overprint, span: table.span, texts }
    }

    /// The texts of `item`: one at most, where it is no list.
    pub fn texts(&self, item: DocumentItem) -> &[Located] {
        self.texts.get(&item).map_or(&[], Vec::as_slice)
    }

    /// True if `item` is there.
    pub fn has(&self, item: DocumentItem) -> bool {
        !self.texts(item).is_empty()
    }

    /// The seal on the signature.
    pub fn seal(&self) -> Seal {
        self.seal.unwrap_or(if self.form == DocumentForm::Order { Seal::Signet } else { Seal::None })
    }

    /// Its texts with their places in it, in the order of the page: those above the title, or those below it.
    pub(super) fn fields(&self, above: bool) -> impl Iterator<Item = (DocumentItem, usize, &Located)> {
        let items = self.texts.iter().filter(move |(item, _)| item.is_before_the_title() == above);
        items.flat_map(|(&item, texts)| texts.iter().enumerate().map(move |(index, text)| (item, index, text)))
    }
}

/// 份号: a number up to six digits, `"1-40"`, or words with a hole.
fn copy_number(value: &Value, diags: &mut Diagnostics) -> (Option<Spanned<CopyNumber>>, Option<Located>) {
    let number = |digits: &str| digits.trim().parse().ok().filter(|number| (1..1_000_000).contains(number));
    let found = match &value.kind {
        ValueKind::Integer(digits) => number(digits).map(CopyNumber::One),
        ValueKind::String(words) => {
            let text = words.text().trim();
            if !scan(text, &Literals::default()).holes.is_empty() {
                return (Some(Spanned::new(CopyNumber::Words, value.span)), Some(words.clone()));
            }
            match text.split_once(['-', '—', '–', '～', '~', '至']) {
                Some((first, last)) => match (number(first), number(last)) {
                    (Some(first), Some(last)) if first <= last && last - first < MOST_COPIES => {
                        Some(CopyNumber::Each(first, last))
                    }
                    _ => None,
                },
                None => number(text).map(CopyNumber::One),
            }
        }
        ValueKind::Float(_)
        | ValueKind::Boolean(_)
        | ValueKind::Date(_)
        | ValueKind::DateTime(_)
        | ValueKind::Array(_)
        | ValueKind::Table(_) => None,
    };
    if found.is_none() {
        let expected = text!(
            "1 到 999999 的整数，或一段份号，如 \"1-40\"（一次最多 {MOST_COPIES} 份）",
            "a whole number from 1 to 999999, or several such as \"1-40\", at most {MOST_COPIES} at once"
        );
        diags.push(wrong_type("copy", value, &expected));
    }
    (found.map(|found| Spanned::new(found, value.span)), None)
}

/// `seal`: `true`, `false` or `"签名章"`.
fn seal(value: &Value, diags: &mut Diagnostics) -> Option<Seal> {
    match &value.kind {
        ValueKind::Boolean(is) => return Some(if *is { Seal::Office } else { Seal::None }),
        ValueKind::String(word) if word.text().trim() == SIGNET => return Some(Seal::Signet),
        ValueKind::String(_)
        | ValueKind::Integer(_)
        | ValueKind::Float(_)
        | ValueKind::Date(_)
        | ValueKind::DateTime(_)
        | ValueKind::Array(_)
        | ValueKind::Table(_) => {}
    }
    let expected = text!(" true、false 或 \"{SIGNET}\"", "true, false or \"{SIGNET}\"");
    diags.push(wrong_type("seal", value, &expected));
    None
}

/// The word of `seal` for 签发人签名章.
pub(super) const SIGNET: &str = "签名章";

/// `addressees` beside `salutation`: two lines for the same place on the page.
pub(super) fn check_addressee(document: &Document, salutation: Option<&Located>, diags: &mut Diagnostics) {
    let Some(salutation) = salutation else { return };
    let Some(addressee) = document.texts(DocumentItem::Addressee).first() else { return };
    let message = text!("salutation 和 addressees 只能写一个", "a document has salutation or addressees, not both");
    diags.push(
        Diagnostic::new(Code::DuplicateKey, message)
            .at(salutation.whole())
            .label(addressee.whole(), text!("主送机关", "the addressees")),
    );
}
