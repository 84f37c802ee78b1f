//! A line of a section's text with a backslash before what is no Markdown here.
//!
//! Nothing that an author typed may be taken for a mark of Markdown and disappear. What is one is known here, and
//! stays: `# ` and `> ` and `- ` at a line's start, `**words**`, `*words*`, `` `code` ``, links. All else is text.

use std::ops::Range;

use super::signs;
use crate::placeholder::{code_spans, is_blank, is_hanzi, unit};

/// More signs of quotation than this at a line's start are text: nobody quotes so deep.
const MOST_QUOTES: usize = 8;

/// A line as it goes to the parser of Markdown.
pub(super) fn escape(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let start = lead(line, &mut out);
    let mut at = start;
    let code = code_spans(line);
    let stars = plain_stars(line, &code);
    let mut code = code.into_iter().peekable();
    let mut stars = stars.into_iter().peekable();
    let first = starting_sign(&line[start..], start == 0).map(|sign| start + sign);
    let closing = closing_hashes(&line[start..]).map(|hashes| start + hashes);
    while let Some(c) = line[at..].chars().next() {
        while code.next_if(|span| span.end <= at).is_some() {}
        while stars.next_if(|run| run.end <= at).is_some() {}
        let in_code = code.peek().is_some_and(|span| span.contains(&at));
        let next = at + c.len_utf8();
        if in_code {
            out.push(c);
        } else if c == '\\' {
            at += backslash(line, at, &mut out);
            continue;
        } else {
            let before = &line[..at];
            let is_image = (c == '!' && line[next..].starts_with('[')) || (c == '[' && before.ends_with('!'));
            let is_sign = matches!(c, '<' | '&' | '_' | '`');
            let is_star = c == '*' && stars.peek().is_some_and(|run| run.contains(&at));
            if is_sign || is_image || is_star || first == Some(at) || closing == Some(at) {
                out.push('\\');
            }
            out.push(if is_blank(c) && c != '\u{3000}' { ' ' } else { c });
        }
        at = next;
    }
    out
}

/// Takes the signs of quotation and of a list off the line's start, and gives them to `out`; where the rest begins.
fn lead(line: &str, out: &mut String) -> usize {
    let mut at = 0;
    let quotes = quotes(line);
    for _ in 0..quotes.1 {
        *out += "> ";
    }
    at += quotes.0;
    let rest = &line[at..];
    // What is quoted is quoted as it stands, the numbers of its items too.
    let item = item(rest).filter(|&(_, words)| quotes.1 == 0 && !is_number(rest, words) && !is_rule(rest));
    if let Some((marker, words)) = item {
        *out += &line[at..at + marker];
        out.push(' ');
        at += words;
    }
    at
}

/// The signs of quotation that a line begins with: where its words begin, and how many signs. `>5%` and `>=` are none,
/// nor is what has no blank after it.
fn quotes(line: &str) -> (usize, usize) {
    let words = line.trim_start_matches(|c| c == '>' || is_blank(c));
    let lead = &line[..line.len() - words.len()];
    let signs = lead.matches('>').count();
    let is_size = words.starts_with(|c: char| c.is_ascii_digit())
        && unit(words.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.'))
            .is_some_and(|unit| !"年月日".contains(unit));
    let is_quote = line.starts_with('>') && lead.ends_with(is_blank) && !words.is_empty() && !is_size;
    if is_quote && signs <= MOST_QUOTES { (lead.len(), signs) } else { (0, 0) }
}

/// Whether a line begins an item: a bullet or a number of one or two digits, and a blank.
pub(super) fn is_item(line: &str) -> bool {
    item(line).is_some_and(|(_, words)| !is_number(line, words))
}

/// The marker of an item: how long it is, and where the words begin.
fn item(line: &str) -> Option<(usize, usize)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = match digits {
        0 => line.strip_prefix(['-', '*', '+']),
        1 | 2 => line[digits..].strip_prefix(['.', ')']),
        _ => None,
    }?;
    let words = rest.trim_start_matches(is_blank);
    // A full-width blank begins no item.
    let parted = rest.starts_with(|c| is_blank(c) && c != '\u{3000}') && !words.is_empty();
    parted.then_some((line.len() - rest.len(), line.len() - words.len()))
}

/// Whether the words `rest` would be a rule across the page: three and more of one sign.
fn is_rule(rest: &str) -> bool {
    let is_it = |sign: char| rest.matches(sign).count() >= 3 && rest.chars().all(|c| c == sign || is_blank(c));
    ['-', '*'].into_iter().any(is_it)
}

/// Whether the marker is the sign of a number: `- 3℃`, `+ 5%`, `- 3`.
fn is_number(line: &str, words: usize) -> bool {
    let number = line[words..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let has_digits = line[words..].starts_with(|c: char| c.is_ascii_digit());
    let ends = number.trim_start_matches(is_blank);
    let of_size = ["%", "％", "‰", "℃", "°", "度", "个百分点"].iter().any(|unit| ends.starts_with(unit));
    line.starts_with(['-', '+']) && has_digits && (ends.is_empty() || of_size)
}

/// Where the sign stands that would make something else than a paragraph of the words `rest`; they are a line's `whole`,
/// or follow the marker of an item or a quotation.
fn starting_sign(rest: &str, whole: bool) -> Option<usize> {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let hashes = rest.bytes().take_while(|&byte| byte == b'#').count();
    let after = rest[hashes..].trim_start_matches(is_blank);
    let is_heading =
        (1..=6).contains(&hashes) && rest[hashes..].starts_with(is_blank) && !after.trim_end_matches('#').is_empty();
    let first = rest.chars().next()?;
    let marked = (1..=9).contains(&digits) && rest[digits..].starts_with(['.', ')']);
    let is_sign = match first {
        '#' => !(is_heading && whole) && (1..=6).contains(&hashes),
        '>' => true,
        '-' | '*' | '+' => is_rule(rest) || rest[1..].is_empty() || rest[1..].starts_with(is_blank),
        '_' => false,
        '[' => rest.contains("]:"),
        '~' => rest.starts_with("~~~"),
        _ => return marked.then_some(digits),
    };
    is_sign.then_some(0)
}

/// Where the number signs begin that end a heading and are no counterpart of those at its start: `# C #` has them.
fn closing_hashes(line: &str) -> Option<usize> {
    let hashes = line.bytes().take_while(|&byte| byte == b'#').count();
    let words = line.trim_end_matches('#');
    let is_heading = (1..=6).contains(&hashes) && line[hashes..].starts_with(is_blank);
    let closing = line.len() - words.len();
    (is_heading && closing > 0 && closing != hashes && words.ends_with(is_blank)).then_some(words.len())
}

/// Gives the backslash at `at` of `line`, and what it makes text of, to `out`; how many bytes that are. Before what is
/// no sign it is a sign itself, as in a path.
fn backslash(line: &str, at: usize, out: &mut String) -> usize {
    let run = line[at..].bytes().take(3).take_while(|&byte| byte == b'\\').count();
    let before = line[..at].chars().next_back();
    // `\\server\share`: an author who writes single ones further on doubles none.
    if run == 2 && is_path(&line[at + 2..]) && !before.is_some_and(char::is_alphanumeric) {
        *out += "\\\\\\\\";
        return run;
    }
    if run > 1 {
        *out += "\\\\";
        return 2;
    }
    let Some(next) = line[at + 1..].chars().next() else {
        *out += "\\\\";
        return 1;
    };
    let escapes = match next {
        '`' | '*' | '_' | '[' | ']' | '<' | '#' | '!' | '|' | '~' | '&' => true,
        '-' | '+' | '>' => before.is_none_or(is_blank),
        '.' | ')' => before.is_some_and(|c| c.is_ascii_digit()),
        '^' => before == Some('['),
        _ => false,
    };
    out.push('\\');
    if escapes {
        out.push(next);
        return 1 + next.len_utf8();
    }
    out.push('\\');
    1
}

/// Whether the word that `rest` begins with goes on after a single backslash.
fn is_path(rest: &str) -> bool {
    // No path is longer.
    const LONGEST: usize = 260;
    let end = rest.char_indices().take(LONGEST).find(|&(_, c)| is_blank(c) || "，。；：、）”".contains(c));
    let end = end.or_else(|| rest.char_indices().nth(LONGEST)).map_or(rest.len(), |(end, _)| end);
    let word = &rest[..end];
    let is_name = |c: char| c.is_alphanumeric();
    word.starts_with(is_name)
        && word.match_indices('\\').any(|(at, _)| !word[..at].ends_with('\\') && word[at + 1..].starts_with(is_name))
}

/// A run of asterisks.
struct Run {
    range: Range<usize>,
    before: Option<char>,
    after: Option<char>,
}

impl Run {
    fn len(&self) -> usize {
        self.range.len()
    }

    fn opens(&self) -> bool {
        self.after.is_some_and(|c| !c.is_whitespace())
    }

    fn closes(&self) -> bool {
        self.before.is_some_and(|c| !c.is_whitespace())
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

/// The asterisks that begin at `start`, and whether they stand between digits: those of a product or of a masked
/// number are no emphasis.
fn asterisks(line: &str, start: usize) -> (usize, bool) {
    let end = line[start..].find(|c| c != '*').map_or(line.len(), |len| start + len);
    (end, line[..start].ends_with(is_digit) && line[end..].starts_with(is_digit))
}

/// The asterisks of `line` that are text: of a product (`长*宽*高`), a masked number, an address.
fn plain_stars(line: &str, code: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut plain = Vec::new();
    if !line.contains('*') {
        return plain;
    }
    let addresses = super::address::in_text(line);
    let (mut code, mut addresses) = (code.iter().peekable(), addresses.iter().peekable());
    // By length: a run that could open an emphasis.
    let mut open: [Option<Run>; 2] = [None, None];
    let mut at = 0;
    while let Some(start) = line[at..].find('*').map(|start| at + start) {
        let (end, between_digits) = asterisks(line, start);
        at = end;
        while code.next_if(|span| span.end <= start).is_some() {}
        while addresses.next_if(|address| address.end <= start).is_some() {}
        if code.peek().is_some_and(|span| span.contains(&start)) || line[..start].ends_with('\\') {
            continue;
        }
        let range = start..end;
        if between_digits || addresses.peek().is_some_and(|address| address.contains(&start)) {
            plain.push(range);
            continue;
        }
        let run = Run { before: line[..start].chars().next_back(), after: line[end..].chars().next(), range };
        let Some(slot) = open.get_mut(run.len() - 1) else { continue };
        match slot.take() {
            Some(first) if run.closes() => {
                if is_product(line, &first, &run) {
                    plain.extend([first.range, run.range]);
                }
            }
            kept => *slot = if run.opens() { Some(run) } else { kept },
        }
    }
    plain.sort_by_key(|range| range.start);
    plain
}

/// Whether two runs are signs of a product and no emphasis: words stand on both sides of both. Two asterisks stand so
/// within Latin words alone, since `推进**重点**工作` is bold.
fn is_product(line: &str, first: &Run, last: &Run) -> bool {
    let inner = &line[first.range.end..last.range.start];
    let is_word = |c: char| is_hanzi(c) || c.is_alphanumeric();
    let ends = [first.before, last.after];
    if first.len() > 1 {
        return ends.iter().all(|c| c.is_some_and(|c| c.is_ascii_alphanumeric()));
    }
    // A figure alone may be set off: `慰问*X*人`.
    let before = first.before.is_some_and(is_word) && !inner.chars().all(signs::is_sign);
    before && (last.after.is_some_and(is_word) || inner.contains(['，', '。', '；', '：', '=', '＝']))
}

/// Where the first `**` of a line stands that could be a mark: not escaped, not in a code span, not between digits.
pub(super) fn bold_mark(line: &str) -> Option<usize> {
    let mut at = 0;
    // The backticks that opened a code span, until as many close it.
    let mut code = None;
    while let Some(c) = line[at..].chars().next() {
        match c {
            '`' => {
                let len = line[at..].find(|c| c != '`').unwrap_or(line.len() - at);
                code = match code {
                    None => Some(len),
                    Some(open) => Some(open).filter(|&open| open != len),
                };
                at += len;
                continue;
            }
            '\\' => at += line[at + 1..].chars().next().map_or(0, char::len_utf8),
            '*' => {
                let (end, between_digits) = asterisks(line, at);
                if end - at >= 2 && !between_digits && code.is_none() {
                    return Some(at);
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += c.len_utf8();
    }
    None
}

/// How many backticks fence off a block of code on this line; what follows them is the name of a language.
pub(super) fn fence(line: &str, open: Option<usize>) -> Option<usize> {
    let ticks = line.bytes().take_while(|&byte| byte == b'`').count();
    let rest = line[ticks..].trim_matches(is_blank);
    let is_fence = match open {
        Some(open) => ticks >= open && rest.is_empty(),
        None => ticks >= 3 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'),
    };
    is_fence.then_some(ticks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_markdown_is_escaped() {
        for (line, expected) in [
            (">5%的村", "\\>5%的村"),
            (">=90分", "\\>=90分"),
            ("> 60分为合格", "\\> 60分为合格"),
            ("> 2023年的话", "> 2023年的话"),
            (">张三", "\\>张三"),
            (">", "\\>"),
            (">   引用", "> 引用"),
            ("> > 引用", "> > 引用"),
            ("> 1. 甲", "> 1\\. 甲"),
            ("> - 甲", "> \\- 甲"),
            ("- 3℃", "\\- 3℃"),
            ("+ 5%", "\\+ 5%"),
            ("- 3", "\\- 3"),
            ("- 3月开会", "- 3月开会"),
            ("-      甲", "- 甲"),
            ("- - 甲", "- \\- 甲"),
            ("- # 甲", "- \\# 甲"),
            ("> ---", "> \\---"),
            ("- [a]: b", "- \\[a]: b"),
            ("-", "\\-"),
            ("#", "\\#"),
            ("# 甲 #", "# 甲 #"),
            ("# 甲区 1 ##", "# 甲区 1 \\##"),
            ("-\t-\t-", "\\- - -"),
            ("2023. 是", "2023\\. 是"),
            ("姓名_张三_", "姓名\\_张三\\_"),
            ("一个`没有收尾", "一个\\`没有收尾"),
            ("`<b>`", "`<b>`"),
            ("<张某>&nbsp;", "\\<张某>\\&nbsp;"),
            ("C:\\目录\\(1)\\", "C:\\\\目录\\\\(1)\\\\"),
            ("\\\\服务器\\共享", "\\\\\\\\服务器\\\\共享"),
            ("C:\\\\X", "C:\\\\X"),
            ("\\*甲\\*", "\\*甲\\*"),
            ("[文](<附件/表 1.xlsx>)", "[文](\\<附件/表 1.xlsx>)"),
        ] {
            assert_eq!(escape(line), expected, "{line}");
        }
    }

    #[test]
    fn stars_of_a_product_are_text_and_those_of_an_emphasis_are_not() {
        for (line, expected) in [
            ("长*宽*高", "长\\*宽\\*高"),
            ("a*b*c，2*3", "a\\*b\\*c，2\\*3"),
            ("单价*数量，合计*。", "单价\\*数量，合计\\*。"),
            ("x**2，y**2", "x\\*\\*2，y\\*\\*2"),
            ("a**b**c", "a\\*\\*b\\*\\*c"),
            ("落实*要求*。", "落实*要求*。"),
            ("推进**重点**工作", "推进**重点**工作"),
            ("***重要***事项", "***重要***事项"),
            ("见https://a.cn/*b*/c。", "见https://a.cn/\\*b\\*/c。"),
        ] {
            assert_eq!(escape(line), expected, "{line}");
        }
    }
}
