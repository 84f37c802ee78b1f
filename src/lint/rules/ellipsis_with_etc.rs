//! `lint-ellipsis-with-etc`: …… together with 等 (GB/T 15834, appendix A).

use super::prelude::*;

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    let chars = line.chars();
    for i in 0..chars.len() {
        let starts = chars[i] == '…' && line.before(i) != Some('…');
        if !starts {
            continue;
        }
        let end = i + chars[i..].iter().take_while(|&&c| c == '…').count();
        let etc = matches!(chars.get(end), Some('等')) && !line.has(end, "等待");
        if etc || line.before(i) == Some('等') {
            let message = text!("省略号和“等”用一个就够了", "an ellipsis and 等 say the same");
            let fault = line.fault(Code::LintEllipsisWithEtc, i..end, message);
            out.push(fault.help(text!("删去省略号，或删去“等”", "leave the ellipsis out, or 等")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn together_they_are_told() {
        assert_told(super::check, "开展巡查、登记……等工作", "……");
        assert_told(super::check, "巡查、登记等……", "……");
        assert_quiet(super::check, &["巡查、登记……", "巡查、登记等"]);
    }
}
