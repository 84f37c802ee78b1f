//! `lint-document-number-bracket`: the year of a 发文字号 stands in 〔〕 (GB/T 9704 7.2.5).

use super::document_number::document_numbers;
use super::prelude::*;

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    for number in document_numbers(line) {
        let (open, close) = (number.open, number.close);
        let mut changes = Vec::new();
        if line.get(open) != Some('〔') {
            changes.push((open..open + 1, "〔"));
        }
        if line.get(close) != Some('〕') {
            changes.push((close..close + 1, "〕"));
        }
        if changes.is_empty() {
            continue;
        }
        let message = text!("发文字号的年份用六角括号〔〕", "the year of a document number stands in 〔〕");
        let fault = line.fault(Code::LintDocumentNumberBracket, open..close + 1, message);
        let year = shown(line, open + 1..close);
        out.push(line.mend_all(fault, &changes, text!("改为“〔{year}〕”", "write `〔{year}〕`")));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn other_brackets_are_mended() {
        for wrong in
            ["青政发[2026]3号", "青政发（2026）3号", "青政发(2026)3号", "青政发【2026】3号", "青政发［2026］3号"]
        {
            assert_fixed(super::check, wrong, "青政发〔2026〕3号");
        }
        assert_quiet(super::check, &["青政发〔2026〕3号", "今年（2026）共3户", "见[2026]", "收入（2026）3号楼"]);
    }
}
