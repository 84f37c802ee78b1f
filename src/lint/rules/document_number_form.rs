//! `lint-document-number-form`: 第 or a zero before the number of a 发文字号 (GB/T 9704 7.2.5): 〔2026〕第003号.

use super::document_number::document_numbers;
use super::prelude::*;

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    for number in document_numbers(line) {
        let digits = number.digits;
        let zeros = line.chars()[digits.clone()].iter().take(digits.len() - 1).take_while(|&&c| c == '0').count();
        if !number.ordinal && zeros == 0 {
            continue;
        }
        let start = digits.start - usize::from(number.ordinal);
        let extra = start..digits.start + zeros;
        let right = shown(line, extra.end..digits.end);
        let message = text!("发文字号不加“第”，不编虚位", "a document number has no 第 and no leading zero");
        let fault = line.fault(Code::LintDocumentNumberForm, start..digits.end + 1, message);
        out.push(line.mend_all(fault, &[(extra, "")], text!("改为“{right}号”", "write `{right}号`")));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn it_has_neither() {
        assert_fixed(super::check, "青政发〔2026〕第003号", "青政发〔2026〕3号");
        assert_fixed(super::check, "青政发〔2026〕03号", "青政发〔2026〕3号");
        assert_quiet(super::check, &["青政发〔2026〕3号", "青政发〔2026〕30号", "第003号"]);
    }
}
