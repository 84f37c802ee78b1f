//! What each sign is to a line: the one table of marks, where lines may turn, and how marks side by side
//! are squeezed.
//!
//! Sources: W3C clreq, “Prohibition rules for line start and line end”, “Adjustment of adjacent
//! punctuation marks”; GB/T 15834-2011 5.1; the lists that Word uses for zh-CN.

/// What a sign is to a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A hanzi, and whatever else a line may turn before and after.
    Hanzi,
    /// A full-width opening mark; the left half of its cell is blank.
    Opener,
    /// A full-width closing mark; the right half of its cell is blank.
    Closer,
    /// A full-width mark inside a sentence; the right half of its cell is blank.
    Comma,
    /// A full-width mark that ends a sentence; the right half of its cell is blank.
    Stop,
    /// One sign of `——`, or a connecting `—`.
    Dash,
    /// One sign of `……`.
    Ellipsis,
    /// `·` in names: neither starts nor ends a line.
    Interpunct,
    /// `～` and its like: does not start a line.
    Connector,
    /// `/`: neither starts nor ends a line (GB/T 15834 5.1.9).
    Solidus,
    /// An arabic digit.
    Digit,
    /// A sign of a Latin word, or an ASCII sign that words and numbers contain.
    Letter,
    /// `-` in words, numbers and dates. Does not end a line either: programs that extract text take a hyphen
    /// there for one that is not part of the word, and drop it.
    Hyphen,
    /// `$`, `￥`, `≥`: belongs to what follows.
    Head,
    /// `%`, `℃`, `㎡`: belongs to what goes before.
    Tail,
    /// `(`, `[`, `{`.
    LatinOpener,
    /// `)`, `,`, `.` and their like.
    LatinCloser,
    /// A blank; where a line turns after it, it takes no room.
    Blank,
}

impl Class {
    /// The class of `c` taken alone.
    pub(super) fn of(c: char) -> Class {
        match c {
            '“' | '‘' | '「' | '『' | '（' | '［' | '｛' | '〔' | '【' | '〖' | '《' | '〈' => {
                Class::Opener
            }
            '”' | '’' | '」' | '』' | '）' | '］' | '｝' | '〕' | '】' | '〗' | '》' | '〉' => {
                Class::Closer
            }
            '，' | '、' | '；' | '：' | '．' => Class::Comma,
            '。' | '？' | '！' => Class::Stop,
            '—' | '―' | '⸺' => Class::Dash,
            '…' | '⋯' => Class::Ellipsis,
            '·' | '・' | '‧' | '•' => Class::Interpunct,
            '～' | '〜' | '–' | '－' | '~' | '∶' => Class::Connector,
            '/' | '／' => Class::Solidus,
            '0'..='9' | '０'..='９' => Class::Digit,
            '-' | '\u{2010}' | '\u{2011}' => Class::Hyphen,
            '$' | '£' | '¥' | '￥' | '＄' | '￡' | '№' | '≥' | '≤' | '≧' | '≦' | '≈' | '〝' | '﹙' | '﹛' | '﹝' => {
                Class::Head
            }
            '%' | '％' | '‰' | '℃' | '°' | '′' | '″' | '￠' | '¢' | '〃' | '々' | 'ˇ' | 'ˉ' | '¨' | '‖' | '〞'
            | '〟' | '﹚' | '﹜' | '﹞' | '︶' | '︺' | '︾' | '﹀' | '﹄' | '＂' | '＇' | '｀' | '｜' | '›' | '｡'
            | '､' => Class::Tail,
            '(' | '[' | '{' => Class::LatinOpener,
            ')' | ']' | '}' | '!' | ',' | '.' | ':' | ';' | '?' => Class::LatinCloser,
            ' ' | '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => Class::Blank,
            '\u{300}'..='\u{36f}' | '‱' | '℉' | '¹' | '²' | '³' | '\u{2070}'..='\u{209f}' => Class::Tail,
            // Units written as one sign: ㎜ ㎡ ㎏ ㏄.
            '\u{3371}'..='\u{337a}' | '\u{3380}'..='\u{33df}' => Class::Tail,
            '!'..='~' | 'µ' | '\u{2126}' | '¼' | '½' | '¾' | '±' | '−' | '×' | '÷' => Class::Letter,
            '\u{c0}'..='\u{2ff}' | '\u{370}'..='\u{1fff}' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Class::Letter,
            _ => Class::Hanzi,
        }
    }

    /// Whether the right half of the cell is blank.
    pub(super) fn right_half_blank(self) -> bool {
        matches!(self, Class::Closer | Class::Comma | Class::Stop)
    }

    /// Whether the sign is part of a word or a number.
    pub(super) fn is_word(self) -> bool {
        matches!(self, Class::Digit | Class::Letter)
    }

    /// Whether the sign may not be the first of a line, whatever stands around it.
    pub(super) fn no_start(self) -> bool {
        match self {
            Class::Closer
            | Class::Comma
            | Class::Stop
            | Class::Ellipsis
            | Class::Interpunct
            | Class::Connector
            | Class::Solidus
            | Class::Hyphen
            | Class::Tail
            | Class::LatinCloser => true,
            Class::Hanzi
            | Class::Opener
            | Class::Dash
            | Class::Digit
            | Class::Letter
            | Class::Head
            | Class::LatinOpener
            | Class::Blank => false,
        }
    }

    /// Whether the sign may not be the last of a line, whatever stands around it.
    pub(super) fn no_end(self) -> bool {
        match self {
            Class::Opener | Class::Interpunct | Class::Solidus | Class::Hyphen | Class::Head | Class::LatinOpener => {
                true
            }
            Class::Hanzi
            | Class::Closer
            | Class::Comma
            | Class::Stop
            | Class::Dash
            | Class::Ellipsis
            | Class::Connector
            | Class::Digit
            | Class::Letter
            | Class::Tail
            | Class::LatinCloser
            | Class::Blank => false,
        }
    }
}

/// Whether a line may turn between two signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// It may.
    Free,
    /// It may, and better does not: only where the line would be open otherwise.
    Soft,
    /// It would part a number, a date or a code at one of its marks: only in a cell, where one is longer than a line.
    Joint,
    /// It would split a word or a number: only where one is longer than a line.
    Word,
    /// It would put a mark where none may stand or split a double mark: only where nothing else is left.
    Never,
}

/// Whether a line may turn between `classes[at]` and `classes[at + 1]`. Looks at no more than four signs,
/// blanks aside: `seen` is the last sign before `at + 1` that is no blank.
pub(super) fn turn(classes: &[Class], at: usize, seen: Option<Class>) -> Turn {
    let class = |i: usize| classes.get(i).copied();
    let before = at.checked_sub(1).and_then(class);
    let (Some(a), Some(b)) = (class(at), class(at + 1)) else { return Turn::Free };
    // A minus sign, as against a hyphen, stands before a number and after no word.
    let minus = b == Class::Hyphen && class(at + 2) == Some(Class::Digit) && !a.is_word();
    if b == Class::Blank || (b.no_start() && !minus) {
        return Turn::Never;
    }
    if a == Class::Blank {
        return if seen.is_some_and(Class::no_end) { Turn::Never } else { Turn::Free };
    }
    if a.no_end() {
        return Turn::Never;
    }
    match (a, b) {
        (Class::Dash, Class::Dash) => Turn::Never,
        // A single — connects and does not start a line; —— may.
        (_, Class::Dash) if class(at + 2) != Some(Class::Dash) => Turn::Never,
        (_, _) if a.is_word() && (b.is_word() || b == Class::Head) => Turn::Word,
        // 1,234.5 and www.example.com, but not 说,12.
        (Class::LatinCloser, _) if b.is_word() && before.is_some_and(Class::is_word) => Turn::Word,
        // f(x)
        (_, Class::LatinOpener) if a.is_word() => Turn::Word,
        _ => Turn::Free,
    }
}

/// How much of the blank between two marks side by side is cut, in halves of an em: the marks hug the text
/// they enclose, and two never stand a whole cell apart (clreq, “Adjustment of adjacent punctuation marks”).
pub(super) fn pair_cut(a: Class, b: Class) -> i64 {
    let closing = a.right_half_blank();
    match (a, b) {
        (Class::Opener, Class::Opener) => 1,
        _ if closing && (b.right_half_blank() || b == Class::Opener) => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(text: &str) -> String {
        let classes: Vec<Class> = text.chars().map(Class::of).collect();
        let mut seen = None;
        let mut out = String::new();
        for (i, c) in text.chars().enumerate() {
            if classes[i] != Class::Blank {
                seen = Some(classes[i]);
            }
            out.push(c);
            if i + 1 < classes.len() && turn(&classes, i, seen) == Turn::Free {
                out.push('|');
            }
        }
        out
    }

    #[test]
    fn lines_turn_where_the_rules_let_them() {
        for (why, marked) in [
            ("between hanzi", "召|开|会|议"),
            ("no closing mark starts a line, no opening mark ends one", "在|《通|知》|中，|说：|“好！”|了"),
            ("a double dash is not split, but may start a line", "整|改|——|再|整|改"),
            ("a single dash connects and does not start a line", "北—|南"),
            ("an ellipsis neither splits nor starts a line", "等|等……|了"),
            ("a number keeps its grouping and decimal marks and its per cent sign", "达|1,234.56%|以|上"),
            ("a sign and a currency sign stay with the number", "降|-3|到|￥300|元"),
            ("a range may turn after its tilde", "3～|5|个"),
            ("a date with hyphens is one number", "于|2023-11-20|起"),
            ("a Latin word is not split, nor a compound at its hyphen", "用|e-mail|发"),
            ("letters and digits together are one word", "建|5G+X|站"),
            ("a half-width comma after a hanzi does not join what follows", "说,|12|个"),
            ("the dot of a name neither starts nor ends a line", "阿·孜|汗"),
            ("nothing turns at a solidus", "吨/年|的"),
            ("a unit of one sign stays with its number", "占|25㎡|的|3.5㎞|和|2m³|水"),
            ("a sign before a number stays with it", "达|≥5‰|者"),
            ("a line turns after a blank, not before it", "Rural |Work |会"),
            ("a blank does not free an opening bracket", "见 |( 附 |件 )"),
        ] {
            let text: String = marked.chars().filter(|&c| c != '|').collect();
            assert_eq!(turns(&text), marked, "{why}");
        }
    }

    #[test]
    fn marks_side_by_side_lose_half_an_em() {
        for (why, pair, halves) in [
            ("opener and opener: left of the second", "（“", 1),
            ("closer and closer: right of the first", "”）", 1),
            ("stop and closer: right of the stop", "。”", 1),
            ("closer and stop: right of the closer", "》，", 1),
            ("stop and opener: half of the em between", "：“", 1),
            ("closer and opener: half of the em between", "》《", 1),
            ("opener and closer have their blanks outside", "（）", 0),
            ("a hanzi beside a mark keeps the mark's cell", "字，", 0),
        ] {
            let classes: Vec<Class> = pair.chars().map(Class::of).collect();
            assert_eq!(pair_cut(classes[0], classes[1]), halves, "{why}");
        }
    }
}
