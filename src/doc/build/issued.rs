//! The parts of an issued document: 版头 over the title, the lines round the signature, and 版记.

use super::Builder;
use super::inlines::{joined, plain_inlines};
use crate::doc::{BlockKind, ColophonLine, Ends, HeadItem, HeadLine, Inline, Mark};
use crate::fonts::Role;
use crate::manifest::{CopyNumber, Document, DocumentForm, DocumentItem, Part, Seal};
use crate::source::Span;

/// Seals side by side in a row, at most: of 42 mm, the size of a county's, three go on a line.
const SEALS_IN_A_ROW: usize = 3;
/// Characters of a line that the signatures of a row may take from the left edge to the middle of the last: a line has 28,
/// of which half a date and the four after it are off.
const ROW_OF_SEALS: usize = 19;
/// Characters of the longest name that stands under a seal on one line.
const LONGEST_UNDER_A_SEAL: usize = 24;
/// Characters from the middle of one seal to that of the next, at least.
const SEAL: usize = 8;

impl<'a> Builder<'_, 'a> {
    /// 版头: all that stands above the title (GB/T 9704 7.2, 10).
    pub(super) fn document_head(&mut self) {
        let Some(document) = &self.manifest.document else { return };
        let labels = self.labels(document);
        if document.form == DocumentForm::Letter {
            self.mark(document);
            self.letter_lines(labels);
            return;
        }
        for (item, content, span) in labels {
            self.push(BlockKind::HeadLine(HeadLine { item, ends: Ends::Left }), content, span);
        }
        self.mark(document);
        self.number(document);
    }

    /// 份号, 密级, 紧急程度, in this order (7.2.1 to 7.2.3).
    fn labels(&self, document: &'a Document) -> Vec<(HeadItem, Vec<Inline>, Span)> {
        let copy = document.copy.as_ref().and_then(|copy| {
            let content = match copy.value {
                CopyNumber::One(number) | CopyNumber::Each(number, _) => {
                    vec![Inline::new(format!("{number:06}"), Role::Body)]
                }
                CopyNumber::Words => {
                    self.words(DocumentItem::Copy, 0, Role::Body)?.0.into_iter().map(six_digits).collect()
                }
            };
            Some((HeadItem::Copy, content, copy.span))
        });
        let label = |item, head| {
            let (content, span) = self.words(item, 0, Role::Heading1)?;
            Some((head, content, span))
        };
        let labels =
            [copy, label(DocumentItem::Secrecy, HeadItem::Secrecy), label(DocumentItem::Urgency, HeadItem::Urgency)];
        labels.into_iter().flatten().collect()
    }

    /// 发文机关标志: the mark of the file, or the issuers' names and the word of the form (7.2.4, 10).
    fn mark(&mut self, document: &'a Document) {
        let kind = |aside| BlockKind::IssuerMark(Mark { form: document.form, aside, overprint: document.overprint });
        if let Some((content, span)) = self.words(DocumentItem::Mark, 0, Role::Title) {
            self.push(kind(0), content, span);
            return;
        }
        let issuers = document.texts(DocumentItem::Issuer);
        let Some(first) = issuers.first() else { return };
        let word = match document.form {
            DocumentForm::File => "文件",
            DocumentForm::Letter => "",
            DocumentForm::Order => "命令",
            DocumentForm::Minutes => "纪要",
        };
        let mut content = Vec::new();
        for index in 0..issuers.len() {
            let Some((name, _)) = self.words(DocumentItem::Issuer, index, Role::Title) else { continue };
            if index > 0 {
                content.push(Inline::new("\n", Role::Title));
            }
            content.extend(name);
        }
        let mut content = joined(content);
        let word = Inline::new(word, Role::Title);
        if issuers.len() > 1 && !word.text.is_empty() {
            content.push(word);
            self.push(kind(1), content, first.whole());
        } else {
            content.push(word);
            self.push(kind(0), joined(content), first.whole());
        }
    }

    /// 发文字号, in the middle, or at the left on the last line of 签发人 (7.2.5, 7.2.6).
    fn number(&mut self, document: &'a Document) {
        let number = self.words(DocumentItem::Number, 0, Role::Body);
        let line = |ends| BlockKind::HeadLine(HeadLine { item: HeadItem::Number, ends });
        let signers = document.texts(DocumentItem::Signer);
        if signers.is_empty() {
            if let Some((content, span)) = number {
                self.push(line(Ends::Centre), content, span);
            }
            return;
        }
        let span = signers[0].whole();
        let rows = signers.len().div_ceil(2);
        for row in 0..rows {
            let is_last = row + 1 == rows;
            let mut content =
                number.as_ref().filter(|_| is_last).map(|(content, _)| content.clone()).unwrap_or_default();
            let left = content.len();
            // Names of the rows under the first stand under its names.
            content.push(Inline::new(if row == 0 { "签发人：" } else { "　　　　" }, Role::Body));
            let names: Vec<Vec<Inline>> = (row * 2..signers.len().min(row * 2 + 2))
                .filter_map(|index| Some(self.words(DocumentItem::Signer, index, Role::Heading2)?.0))
                .map(|name| spaced_name(name, signers.len() > 1))
                .collect();
            for (index, name) in names.into_iter().enumerate() {
                if index > 0 {
                    content.push(Inline::new("　", Role::Heading2));
                }
                content.extend(name);
            }
            self.push(line(Ends::Apart { left, blank: 1 }), content, span);
        }
    }

    /// Under the first red rule of a letter: what stands at the left, a line each, and 发文字号 at the right of the first
    /// (10.1).
    fn letter_lines(&mut self, labels: Vec<(HeadItem, Vec<Inline>, Span)>) {
        let mut number = self.words(DocumentItem::Number, 0, Role::Body);
        let apart = |left| Ends::Apart { left, blank: 0 };
        for (item, mut content, span) in labels {
            let left = content.len();
            let ends = match number.take() {
                Some((number, _)) => {
                    content.extend(number);
                    apart(left)
                }
                None => Ends::Left,
            };
            self.push(BlockKind::HeadLine(HeadLine { item, ends }), content, span);
        }
        if let Some((content, span)) = number {
            self.push(BlockKind::HeadLine(HeadLine { item: HeadItem::Number, ends: apart(0) }), content, span);
        }
    }

    /// 主送机关: flush left, with a colon after the last (7.3.2).
    pub(super) fn addressees(&mut self) {
        let Some((mut content, span)) = self.list(DocumentItem::Addressee, "，", &['：', ':', '。']) else { return };
        content.push(Inline::new("：", Role::Body));
        self.push(BlockKind::Salutation, joined(content), span);
    }

    /// 出席, 请假 and 列席 of 纪要: an empty line under the text (10.3).
    pub(super) fn attendance(&mut self) {
        let lists =
            [("出席：", DocumentItem::Present), ("请假：", DocumentItem::Absent), ("列席：", DocumentItem::Observer)];
        let mut is_first = true;
        for (label, item) in lists {
            let Some((names, span)) = self.list(item, "，", &['。']) else { continue };
            if std::mem::take(&mut is_first) {
                self.empty_line();
            }
            let mut content = vec![Inline::new(label, Role::Heading1)];
            content.extend(names);
            content.push(Inline::new("。", Role::Body));
            let lead = label.chars().count();
            self.push(BlockKind::Attendance { lead }, joined(content), span);
        }
    }

    /// The signatures of a document on which something is pressed (7.3.5.1, 7.3.5.3): two empty lines above them. `false`
    /// where nothing is.
    pub(super) fn sealed_signatures(&mut self) -> bool {
        let seal = self.manifest.document.as_ref().map_or(Seal::None, Document::seal);
        let signatures: Vec<(Vec<Inline>, Span)> = (0..self.manifest.report.signatures.len())
            .filter_map(|index| self.fields.get(&Part::Signature(index)).copied())
            .map(|filled| (plain_inlines(filled, Role::Body), filled.field.text.whole()))
            .collect();
        let is_long = |(content, _): &(Vec<Inline>, Span)| {
            content.iter().map(|inline| inline.text.chars().count()).sum::<usize>() > LONGEST_UNDER_A_SEAL
        };
        // A name that has no room under one seal is set as any other signature, on lines of its own.
        if seal == Seal::None || signatures.is_empty() || signatures.iter().any(is_long) {
            return false;
        }
        if let Some(last) = self.blocks.last_mut() {
            last.space_after = 2;
        }
        if seal == Seal::Signet {
            for (content, span) in signatures {
                let words: String = content.iter().map(|inline| inline.text.as_str()).collect();
                let is_named = words.trim().contains([' ', '　']);
                self.push(BlockKind::Signet { is_named }, content.into_iter().map(two_blanks).collect(), span);
            }
            self.empty_line();
            return true;
        }
        let rows = rows_of_seals(&signatures);
        let count = rows.len();
        for (row, offices) in rows.into_iter().enumerate() {
            let seats = offices.iter().map(|(content, _)| content.len()).collect();
            let content = offices.iter().flat_map(|(content, _)| content.clone()).collect();
            self.push(BlockKind::SealRow(seats), content, offices[0].1);
            if row + 1 < count {
                // Seals of two rows do not touch.
                if let Some(last) = self.blocks.last_mut() {
                    last.space_after = 4;
                }
            }
        }
        true
    }

    /// 附注, in brackets under the date (7.3.6), and whom to ask.
    pub(super) fn document_notes(&mut self) {
        for item in [DocumentItem::Note, DocumentItem::Contact] {
            let Some((content, span)) = self.words(item, 0, Role::Body) else { continue };
            let words: String = content.iter().map(|inline| inline.text.as_str()).collect();
            let is_bracketed = words.starts_with(['（', '(']) && words.ends_with(['）', ')']);
            let bracket = |bracket: &str| Inline::new(bracket, Role::Body);
            let content = if is_bracketed {
                content
            } else {
                std::iter::once(bracket("（")).chain(content).chain([bracket("）")]).collect()
            };
            self.push(BlockKind::DocumentNote, joined(content), span);
        }
    }

    /// 版记: 抄送, 印发机关 and 印发日期 (7.4). A letter has neither of the last two (10.1).
    pub(super) fn colophon(&mut self) {
        let Some(document) = &self.manifest.document else { return };
        if let Some((names, span)) = self.list(DocumentItem::CopiedTo, "，", &['。']) {
            let label = "抄送：";
            let mut content = vec![Inline::new(label, Role::Body)];
            content.extend(names);
            content.push(Inline::new("。", Role::Body));
            let line = ColophonLine::CopiedTo { lead: label.chars().count() };
            self.push(BlockKind::Colophon(line), joined(content), span);
        }
        let office = self.words(DocumentItem::PrintedBy, 0, Role::Body);
        let day = document.printed_on.as_ref().map(|day| {
            let mut content = match day.known() {
                Some(date) => vec![Inline::new(date.to_string(), Role::Body)],
                None => {
                    self.words(DocumentItem::PrintedOn, 0, Role::Body).map(|(content, _)| content).unwrap_or_default()
                }
            };
            content.push(Inline::new("印发", Role::Body));
            (joined(content), day.span())
        });
        let Some(span) = office.as_ref().or(day.as_ref()).map(|(_, span)| *span) else { return };
        let (office, day) = (office.map(|(it, _)| it).unwrap_or_default(), day.map(|(it, _)| it).unwrap_or_default());
        let left = office.len();
        let content = office.into_iter().chain(day).collect();
        self.push(BlockKind::Colophon(ColophonLine::Printed { left }), content, span);
    }

    /// The words of a text of `[document]`, its holes filled, on one line.
    fn words(&self, item: DocumentItem, index: usize, role: Role) -> Option<(Vec<Inline>, Span)> {
        let filled = self.fields.get(&Part::Document(item, index)).copied()?;
        let content = plain_inlines(filled, role);
        let keeps_lines = item == DocumentItem::Mark;
        let content = content
            .into_iter()
            .map(|it| if keeps_lines { it } else { Inline { text: it.text.replace('\n', ""), ..it } });
        Some((joined(content.collect()), filled.field.text.whole()))
    }

    /// The texts of a list of `[document]`, joined by `mark`; marks of `ends` at the end of one are left out.
    fn list(&self, item: DocumentItem, mark: &str, ends: &[char]) -> Option<(Vec<Inline>, Span)> {
        let texts = self.manifest.document.as_ref()?.texts(item);
        let span = texts.first()?.whole();
        let mut content = Vec::new();
        for index in 0..texts.len() {
            let Some((mut words, _)) = self.words(item, index, Role::Body) else { continue };
            if let Some(last) = words.last_mut().filter(|last| last.gap.is_none()) {
                last.text = last.text.trim_end_matches(ends).to_owned();
            }
            if index > 0 {
                content.push(Inline::new(mark, Role::Body));
            }
            content.extend(words);
        }
        Some((joined(content), span))
    }
}

/// The signatures row by row, as many in each as have room side by side.
fn rows_of_seals(signatures: &[(Vec<Inline>, Span)]) -> Vec<&[(Vec<Inline>, Span)]> {
    let width = |(content, _): &(Vec<Inline>, Span)| content.iter().map(|it| it.text.chars().count()).sum::<usize>();
    let mut rows = Vec::new();
    let mut first = 0;
    for next in 1..=signatures.len() {
        let row = &signatures[first..next];
        let apart = row.windows(2).map(|pair| (width(&pair[0]) + width(&pair[1])).div_ceil(2) + 1).max().unwrap_or(0);
        let taken = apart.max(SEAL) * (row.len() - 1) + width(&row[0]) / 2;
        if row.len() > 1 && (row.len() > SEALS_IN_A_ROW || taken > ROW_OF_SEALS) {
            rows.push(&signatures[first..next - 1]);
            first = next - 1;
        }
    }
    rows.push(&signatures[first..]);
    rows
}

/// A number of 份号 with six digits (7.2.1).
fn six_digits(inline: Inline) -> Inline {
    match inline.text.trim().parse::<u32>() {
        Ok(number) => Inline { text: format!("{number:06}"), ..inline },
        Err(_) => inline,
    }
}

/// A name of two hanzi as wide as one of three, where names stand side by side.
fn spaced_name(name: Vec<Inline>, is_spaced: bool) -> Vec<Inline> {
    let [only] = name.as_slice() else { return name };
    let mut chars = only.text.chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some(first), Some(second), None) if is_spaced && only.gap.is_none() => {
            vec![Inline { text: format!("{first}　{second}"), ..only.clone() }]
        }
        _ => name,
    }
}

/// The blank between a post and a name as two characters (7.3.5.3).
fn two_blanks(inline: Inline) -> Inline {
    let text = inline.text.split([' ', '　']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("　　");
    Inline { text, ..inline }
}
