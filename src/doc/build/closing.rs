//! What stands after the text: 附件说明, 署名 and 成文日期, and the attachments on pages of their own.

use super::Builder;
use super::inlines::{joined, plain_inlines};
use crate::doc::numbering::Counter;
use crate::doc::{BlockKind, Inline, Outline};
use crate::fonts::Role;
use crate::manifest::{Day, Part};

impl Builder<'_, '_> {
    /// All that follows the sections of the text; `left_out` are those that `when` leaves out.
    pub(super) fn closing(&mut self, left_out: &[bool]) {
        let attachments: Vec<usize> = (0..self.manifest.report.attachments.len())
            .filter(|&index| {
                let sections = &self.manifest.report.attachments[index].sections;
                sections.is_empty() || sections.iter().any(|&section| !left_out[section])
            })
            .collect();
        self.notes(&attachments);
        self.attendance();
        self.signatures();
        self.document_notes();
        for (number, &index) in (1..).zip(&attachments) {
            self.attachment(index, number, attachments.len(), left_out);
        }
        self.colophon();
    }

    /// 附件说明 (GB/T 9704 7.3.4): an empty line under the text, two characters in, `附件：1.` and no mark after the
    /// name; a lone attachment has no number.
    fn notes(&mut self, attachments: &[usize]) {
        let several = attachments.len() > 1;
        for (number, &index) in (1..).zip(attachments) {
            let Some(filled) = self.fields.get(&Part::Attachment(index)).copied() else { continue };
            if number == 1 {
                self.empty_line();
            }
            let label = if number == 1 { "附件：" } else { "" };
            let lead =
                if several { format!("{label}{number}{}", self.manifest.style.item_mark) } else { label.to_owned() };
            let kind = BlockKind::AttachmentNote {
                // Under the first number, which stands after 附件：.
                indent: if number == 1 { 2 } else { 5 },
                lead: lead.chars().count(),
            };
            let mut content = vec![body(lead)];
            content.extend(one_line(plain_inlines(filled, Role::Body)));
            self.push(kind, joined(content), filled.field.text.whole());
        }
    }

    /// 署名 and 成文日期 (7.3.5.2): an empty line under what goes before.
    fn signatures(&mut self) {
        let report = &self.manifest.report;
        if self.sealed_signatures() {
            self.signed_on();
            return;
        }
        if !report.signatures.is_empty() || report.signed_on.is_some() {
            self.empty_line();
        }
        for index in 0..report.signatures.len() {
            let Some(filled) = self.fields.get(&Part::Signature(index)).copied() else { continue };
            self.push(BlockKind::Signature, plain_inlines(filled, Role::Body), filled.field.text.whole());
        }
        self.signed_on();
    }

    fn signed_on(&mut self) {
        if let Some(date) = &self.manifest.report.signed_on {
            let content = self.day(Part::SignedOn, date, Role::Body);
            self.push(BlockKind::SignedOn, content, date.span());
        }
    }

    /// A day of the report as it is printed.
    pub(super) fn day(&self, part: Part, day: &Day, role: Role) -> Vec<Inline> {
        match day.known() {
            Some(date) => vec![Inline::new(date.to_string(), role)],
            None => self.fields.get(&part).map(|filled| plain_inlines(filled, role)).unwrap_or_default(),
        }
    }

    /// An attachment (7.3.7): a new page, 附件1 on its first line, its title on the third.
    fn attachment(&mut self, index: usize, number: usize, count: usize, left_out: &[bool]) {
        let attachment = &self.manifest.report.attachments[index];
        let Some(filled) = self.fields.get(&Part::Attachment(index)).copied() else { return };
        if attachment.sections.is_empty() {
            return;
        }
        let mark = if count > 1 { format!("附件{number}") } else { "附件".to_owned() };
        let title = filled.plain().split_whitespace().collect::<String>();
        let outline = Outline { level: 1, title: format!("{mark} {title}"), id: format!("a{number}") };
        self.push(BlockKind::PageBreak, Vec::new(), attachment.span);
        self.push(
            BlockKind::AttachmentMark,
            vec![Inline { role: Role::Heading1, ..body(mark) }],
            filled.field.text.whole(),
        );
        if let Some(mark) = self.blocks.last_mut() {
            mark.space_after = 1;
            mark.outline = Some(outline);
        }
        self.push(BlockKind::AttachmentTitle, plain_inlines(filled, Role::Title), filled.field.text.whole());
        self.empty_line();
        self.counter = Counter::new(&self.manifest.style);
        self.ids = format!("a{number}_");
        self.within = title;
        for &section in attachment.sections.iter().filter(|&&section| !left_out[section]) {
            self.section(section);
        }
    }

    /// 空一行 after the last block.
    pub(super) fn empty_line(&mut self) {
        if let Some(last) = self.blocks.last_mut() {
            last.space_after = 1;
        }
    }
}

/// Text of the report's own face.
fn body(text: String) -> Inline {
    Inline::new(text, Role::Body)
}

/// A title as it is named in the text: its own turns are for the attachment's head.
fn one_line(content: Vec<Inline>) -> Vec<Inline> {
    content.into_iter().map(|inline| Inline { text: inline.text.replace('\n', ""), ..inline }).collect()
}
