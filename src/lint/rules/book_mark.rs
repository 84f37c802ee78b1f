//! `lint-book-mark`: 《》 round what is no writing: a meeting, a campaign, a licence (GB/T 15834 4.15.3).

use super::pairs::quoted;
use super::prelude::*;

/// Names that end so are of no writings.
#[rustfmt::skip]
const NOT_WRITTEN: [&str; 16] = [
    "活动", "行动", "工程", "会议", "大会", "例会", "课题", "执照", "许可证", "身份证", "证书", "奖状", "大赛", "论坛",
    "项目", "展览",
];
/// What follows a name of no writing.
const FOLLOWING: [&str; 6] = ["工作", "活动", "行动", "工程", "大会", "会议"];
/// Names that end so are of documents.
#[rustfmt::skip]
const WRITTEN: [&str; 30] = [
    "条例", "办法", "方案", "意见", "通知", "规定", "报告", "决定", "规划", "计划", "规则", "细则", "标准", "法",
    "纲要", "公报", "公告", "通报", "批复", "纪要", "合同", "协议", "清单", "手册", "制度", "章程", "指南", "总结",
    "宣言", "决议",
];

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    for (open, close) in quoted(line).into_iter().filter(|(open, _)| line.get(*open) == Some('《')) {
        let inside = &line.chars()[open + 1..close];
        // The name before its note; `《…（2024—2026年）实施方案》` has its brackets within.
        let note = inside.iter().rposition(|&c| c == '（').filter(|_| inside.last() == Some(&'）'));
        let note = note.map_or(close, |at| open + 1 + at);
        let written = line.follows(note, &WRITTEN);
        let not_written = line.follows(note, &NOT_WRITTEN);
        let followed = line.any(close + 1, &FOLLOWING).is_some() && !inside.contains(&HOLE);
        if written || !(not_written || followed) {
            continue;
        }
        let name = shown(line, open + 1..close);
        let message = text!("“{name}”不是书名、文件名，不用书名号", "`{name}` is no writing, and takes no 《》");
        let fault = line.fault(Code::LintBookMark, open..close + 1, message);
        out.push(fault.help(text!("删去书名号，或改用引号", "leave 《》 out, or use quotes")));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn what_is_no_writing_is_told() {
        assert_told(super::check, "开展《人居环境整治》工作", "《人居环境整治》");
        assert_told(super::check, "办理《营业执照》", "《营业执照》");
        assert_quiet(
            super::check,
            &[
                "落实《甲工作办法》工作",
                "学习《乡村振兴》一书",
                "开展“清洁家园”行动",
                "印发《丙行动方案（试行）》",
                "制定《三年行动（2024—2026年）实施方案》",
            ],
        );
    }
}
