//! `lint-mixed-numeral`: arabic digits with a hanzi other than 万 and 亿: 4千户, 1百零8处 (GB/T 15835 5.3).

use super::numbers::number;
use super::prelude::*;

/// 千 and 百 begin these words, which are units or no numbers.
#[rustfmt::skip]
const WORDS: [&str; 25] = [
    "千克", "千米", "千瓦", "千卡", "千伏", "千帕", "千赫", "千字", "千分", "百分", "百货", "百强", "百姓", "百日",
    "千兆",
    "百科", "百度", "百米", "百年", "百合", "千年", "千岛", "千帆", "千佛", "十堰",
];

/// The words that 十 and 百 count in names: 十大, 百强.
const COUNTED: [&str; 4] = ["大", "佳", "强", "优"];

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    for i in 0..line.len() {
        let Some(end) = number(line, i).filter(|_| line.get(i) != Some(HOLE)) else { continue };
        let power = match line.get(end) {
            Some('十') => 10,
            Some('百') => 100,
            Some('千') => 1000,
            _ => continue,
        };
        // 360百科, 2023十大, 3.2百: what is as long as its power, or a name, is no numeral.
        let digits = end - i;
        let is_name = power == 10 && digits > 1 || digits > 2 || line.any(end + 1, &COUNTED).is_some();
        if is_name || line.any(end, &WORDS).is_some() {
            continue;
        }
        let written = shown(line, i..end + 1);
        let message =
            text!("阿拉伯数字和汉字数字混用：“{written}”", "arabic digits and hanzi in one number: `{written}`");
        let fault = line.fault(Code::LintMixedNumeral, i..end + 1, message);
        let whole: Option<u64> = line.slice(i..end).parse().ok();
        // 1百零8 goes on, and 3千万 is 3000万.
        let goes_on = line.get(end + 1).is_some_and(|c| c == '零' || c.is_ascii_digit());
        out.push(match whole.and_then(|n| n.checked_mul(power)).filter(|_| !goes_on) {
            Some(number) => line.propose(fault, &number.to_string()),
            None => fault.help(text!("全部写成阿拉伯数字", "write it in arabic digits alone")),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn one_kind_a_number() {
        assert_told(super::check, "惠及4千户", "4千");
        assert_told(super::check, "查处1百零8处", "1百");
        assert_eq!(help(super::check, "惠及4千户"), "改为“4000”");
        assert_quiet(
            super::check,
            &["4000户", "重3千克", "3万元", "提高5百分点", "用电3千瓦时", "参考360百科", "2023十大新闻", "第5十佳"],
        );
    }
}
