//! An expression's text cut into signs, in every spelling that an office keyboard gives.

use std::ops::Range;

use super::fault::SyntaxFault;
use super::tree::{Function, Picked, Relation, Scope};
use crate::number::{BadNumber, Date, Decimal};
use crate::text;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Number(Decimal),
    Date(Date),
    /// Between quotes.
    Key(String),
    Function(Function),
    /// `names`, the one function that takes a condition and no value.
    Names,
    Scope(Scope),
    And,
    Or,
    Not,
    Relation(Relation),
    Plus,
    Minus,
    Times,
    Divide,
    Percent,
    Comma,
    Dot,
    Open,
    Close,
    OpenIndex,
    CloseIndex,
    End,
}

impl Token {
    /// Whether a value or a condition may begin with it.
    pub(super) fn begins_value(&self) -> bool {
        use Token::{Date, Function, Key, Names, Not, Number, Open, Scope};
        matches!(self, Number(_) | Date(_) | Key(_) | Function(_) | Names | Scope(_) | Not | Open)
    }
}

/// All signs of `text`, the last of which is [`Token::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<(Token, Range<usize>)>, SyntaxFault> {
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Vec::new();
    loop {
        lexer.skip_blanks();
        let start = lexer.at;
        let Some(c) = lexer.peek() else {
            tokens.push((Token::End, start..start));
            return Ok(tokens);
        };
        let token = if is_quote(c) {
            lexer.key()?
        } else if c.is_ascii_digit() || (c == '.' && lexer.peek_second().is_some_and(|next| next.is_ascii_digit())) {
            lexer.number()?
        } else if c.is_alphanumeric() || c == '_' {
            lexer.word()?
        } else {
            lexer.sign(c)?
        };
        tokens.push((token, start..lexer.at));
    }
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

/// Full-width letters, digits and signs are their half-width selves.
fn fold(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        other => other,
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’')
}

fn is_hanzi(c: char) -> bool {
    c.is_alphabetic() && !fold(c).is_ascii()
}

/// The words that join and deny conditions in Chinese.
fn chinese_word(c: char) -> Option<Token> {
    match c {
        '且' => Some(Token::And),
        '或' => Some(Token::Or),
        '非' => Some(Token::Not),
        _ => None,
    }
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next().map(fold)
    }

    fn peek_second(&self) -> Option<char> {
        self.rest().chars().nth(1).map(fold)
    }

    fn next(&mut self) {
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
    }

    fn skip_blanks(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.next();
        }
    }

    /// Goes on while `f` holds, and gives what was passed, in half width.
    fn take_while(&mut self, f: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while let Some(c) = self.peek().filter(|&c| f(c)) {
            taken.push(c);
            self.next();
        }
        taken
    }

    /// A key; the quote itself is written twice in it.
    fn key(&mut self) -> Result<Token, SyntaxFault> {
        let start = self.at;
        let close = match self.peek() {
            Some('\'') => '\'',
            Some('“' | '”') => '”',
            Some('‘' | '’') => '’',
            _ => '"',
        };
        // Full-width straight quotes close as their half-width selves do; inside a key nothing is folded.
        let closes = |c: char| fold(c) == close;
        self.next();
        let mut key = String::new();
        while let Some(c) = self.rest().chars().next() {
            self.next();
            if closes(c) {
                if self.rest().starts_with(c) {
                    self.next();
                } else if key.trim().is_empty() {
                    return Err(SyntaxFault::new(
                        start..self.at,
                        text!("引号里没有内容", "nothing stands between the quotes"),
                    )
                    .expected(text!("指标名，如 \"党委会X次\"", "a figure's key, such as \"党委会X次\"")));
                } else {
                    return Ok(Token::Key(key));
                }
            }
            key.push(c);
        }
        Err(SyntaxFault::new(start..self.text.len(), text!("引号没有收尾", "the quote is not closed"))
            .expected(text!("收尾的 {close}", "a closing {close}")))
    }

    /// A date or a number.
    fn number(&mut self) -> Result<Token, SyntaxFault> {
        let start = self.at;
        if let Some(token) = self.date()? {
            return Ok(token);
        }
        let written = self.take_while(|c| c.is_ascii_alphanumeric() || c == '.' || c == '_');
        let range = start..self.at;
        let number = match Decimal::parse(&written) {
            Ok(number) => number,
            Err(BadNumber::NotANumber) => return Err(self.unquoted(start)),
            Err(bad) => {
                let fault = SyntaxFault::new(range, bad.message());
                return Err(match bad.suggestion() {
                    Some(meant) => fault.write(meant),
                    None => fault,
                });
            }
        };
        match self.peek().filter(|&c| c.is_alphabetic() && chinese_word(c).is_none()) {
            Some(_) => Err(self.unquoted(start)),
            None => Ok(Token::Number(number)),
        }
    }

    /// `2023-11-20` or `2023年11月20日`, of which nothing is a subtraction.
    fn date(&mut self) -> Result<Option<Token>, SyntaxFault> {
        let start = self.at;
        let written: String = self.rest().chars().take(11).map(fold).collect();
        let (parts, length) = match written.find('日') {
            Some(end) if written.contains('年') => (
                written[..end].split(['年', '月']).map(str::to_owned).collect::<Vec<_>>(),
                written[..end].chars().count() + 1,
            ),
            _ => {
                let day: String = written.chars().take(10).collect();
                let parts: Vec<String> = day.split('-').map(str::to_owned).collect();
                let goes_on = written.chars().nth(10).is_some_and(|c| c.is_ascii_alphanumeric() || c == '.');
                if goes_on || parts.iter().map(String::len).ne([4, 2, 2]) {
                    return Ok(None);
                }
                (parts, 10)
            }
        };
        let all_digits = |part: &String| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let [year, month, day] = parts.as_slice() else { return Ok(None) };
        if !parts.iter().all(all_digits) {
            return Ok(None);
        }
        (0..length).for_each(|_| self.next());
        let date = match (year.parse(), month.parse(), day.parse()) {
            (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day),
            _ => None,
        };
        match date {
            Some(date) => Ok(Some(Token::Date(date))),
            None => Err(SyntaxFault::new(start..self.at, text!("没有这一天", "the calendar has no such day"))),
        }
    }

    /// A word, of which the Chinese ones need no blanks beside them: `"a" > 1且非"b" > 2`.
    fn word(&mut self) -> Result<Token, SyntaxFault> {
        let start = self.at;
        let mut joining = self.rest().chars();
        if let Some(token) = joining.next().and_then(chinese_word)
            && !joining.find(|&c| chinese_word(c).is_none()).is_some_and(is_hanzi)
        {
            self.next();
            return Ok(token);
        }
        let word = self.take_while(|c| c.is_alphanumeric() || c == '_');
        let lower = word.to_ascii_lowercase();
        if let Some(function) = Function::ALL.into_iter().find(|function| function.name() == lower) {
            return Ok(Token::Function(function));
        }
        match lower.as_str() {
            "and" => Ok(Token::And),
            "or" => Ok(Token::Or),
            "not" => Ok(Token::Not),
            "names" => Ok(Token::Names),
            "towns" => Ok(Token::Scope(Scope::Towns)),
            "last" => Ok(Token::Scope(Scope::Last)),
            _ => Err(self.unquoted(start)),
        }
    }

    /// A fault for words that begin at `start` and should have been a key.
    fn unquoted(&mut self, start: usize) -> SyntaxFault {
        self.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '、' | '.'));
        let range = start..self.at;
        let word = &self.text[range.clone()];
        let begins_with_digit = word.starts_with(|c: char| fold(c).is_ascii_digit());
        if begins_with_digit && !word.contains(['X', 'x', 'Ｘ']) {
            let message = text!("“{word}”不是数字", "`{word}` is no number");
            return SyntaxFault::new(range, message)
                .expected(text!("单独的数字，不带单位", "a number by itself, without a unit"));
        }
        if word.contains(is_hanzi) {
            let message = text!("“{word}”要放在引号里", "the key `{word}` lacks its quotes");
            let quoted = format!("\"{word}\"");
            return SyntaxFault::new(range, message).write(quoted);
        }
        let functions = Function::ALL.iter().map(|function| function.name());
        let names: Vec<_> = functions.chain([Picked::Names.name()]).collect();
        let names = names.join(" ");
        SyntaxFault::new(range, text!("不认识“{word}”", "unknown word `{word}`"))
            .expected(text!("加引号的指标名，或 {names}", "a key between quotes, or one of {names}"))
    }

    fn sign(&mut self, c: char) -> Result<Token, SyntaxFault> {
        let start = self.at;
        self.next();
        let second = self.peek();
        let mut pair = |with: char, both: Relation, alone: Relation| {
            if second == Some(with) {
                self.next();
                Token::Relation(both)
            } else {
                Token::Relation(alone)
            }
        };
        let token = match c {
            '=' if matches!(second, Some('<' | '>')) => return Err(self.misspelt(start)),
            '<' if second == Some('>') => return Err(self.misspelt(start)),
            '=' => pair('=', Relation::Equal, Relation::Equal),
            '<' => pair('=', Relation::AtMost, Relation::Less),
            '>' => pair('=', Relation::AtLeast, Relation::Greater),
            '!' if second == Some('=') => pair('=', Relation::Unequal, Relation::Unequal),
            '≠' => Token::Relation(Relation::Unequal),
            '≤' | '≦' => Token::Relation(Relation::AtMost),
            '≥' | '≧' => Token::Relation(Relation::AtLeast),
            '+' => Token::Plus,
            '-' | '−' => Token::Minus,
            '*' | '×' => Token::Times,
            '/' | '÷' => Token::Divide,
            '%' => Token::Percent,
            ',' => Token::Comma,
            '.' => Token::Dot,
            '(' => Token::Open,
            ')' => Token::Close,
            '[' | '【' => Token::OpenIndex,
            ']' | '】' => Token::CloseIndex,
            '!' | '&' | '|' => return Err(self.misspelt(start)),
            _ => {
                let written = &self.text[start..self.at];
                return Err(SyntaxFault::new(
                    start..self.at,
                    text!("式子里不能有“{written}”", "`{written}` has no meaning here"),
                ));
            }
        };
        Ok(token)
    }

    /// A sign of another language than this one.
    fn misspelt(&mut self, start: usize) -> SyntaxFault {
        self.take_while(|c| matches!(c, '<' | '>' | '&' | '|'));
        let written: String = self.text[start..self.at].chars().map(fold).collect();
        let right = match written.as_str() {
            "<>" => "!=",
            "=<" => "<=",
            "=>" => ">=",
            "!" => "not",
            "&" | "&&" => "and",
            "|" | "||" => "or",
            _ => "",
        };
        let fault = SyntaxFault::new(start..self.at, text!("不认识“{written}”", "unknown sign `{written}`"));
        if right.is_empty() { fault } else { fault.write(right) }
    }
}
