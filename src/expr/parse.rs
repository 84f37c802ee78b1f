//! Reads the text of an expression by recursive descent, one function a line of the grammar.

use std::collections::BTreeMap;
use std::ops::Range;

use super::fault::SyntaxFault;
use super::token::{Token, tokens};
use super::tree::{
    Condition, Formula, Function, Node, NodeKind, Picked, Reference, Relation, Scale, Scope, Sign, Test, TestKind,
};
use super::{MAX_DEPTH, MAX_LENGTH};
use crate::diag::Text;
use crate::text;

impl Condition {
    /// Reads a condition.
    ///
    /// # Errors
    /// A [`SyntaxFault`], also where the text is well formed but a value.
    pub fn parse(text: &str) -> Result<Self, SyntaxFault> {
        let mut parser = Parser::new(text)?;
        let root = parser.whole()?.into_test()?;
        Ok(Condition { root, references: parser.references })
    }
}

impl Formula {
    /// Reads a formula.
    ///
    /// # Errors
    /// A [`SyntaxFault`], also where the text is well formed but a condition.
    pub fn parse(text: &str) -> Result<Self, SyntaxFault> {
        let mut parser = Parser::new(text)?;
        let root = parser.whole()?.into_node()?;
        Ok(Formula { root, references: parser.references })
    }
}

/// A part whose place decides what it must be.
enum Part {
    Test(Test),
    Node(Node),
}

impl Part {
    fn into_test(self) -> Result<Test, SyntaxFault> {
        match self {
            Part::Test(test) => Ok(test),
            Part::Node(node) => Err(SyntaxFault::new(
                node.range.end..node.range.end,
                text!("只有数，没有比较", "a value is compared with nothing"),
            )
            .expected(text!("== != < <= > >= 之一", "one of == != < <= > >="))),
        }
    }

    fn into_node(self) -> Result<Node, SyntaxFault> {
        match self {
            Part::Node(node) => Ok(node),
            Part::Test(test) => Err(SyntaxFault::new(
                test.range,
                text!("这里要一个数，不能是比较", "a comparison stands where a value is needed"),
            )),
        }
    }

    fn range(&self) -> &Range<usize> {
        match self {
            Part::Test(test) => &test.range,
            Part::Node(node) => &node.range,
        }
    }
}

struct Parser {
    tokens: Vec<(Token, Range<usize>)>,
    at: usize,
    depth: usize,
    references: Vec<Reference>,
    /// Places in `references`.
    numbers: BTreeMap<(Scope, String), usize>,
}

impl Parser {
    fn new(text: &str) -> Result<Self, SyntaxFault> {
        if text.len() > MAX_LENGTH {
            return Err(SyntaxFault::new(0..0, text!("式子太长，请拆成几条", "the expression is too long; split it")));
        }
        Ok(Parser { tokens: tokens(text)?, at: 0, depth: 0, references: Vec::new(), numbers: BTreeMap::new() })
    }

    fn peek(&self) -> &Token {
        // The last token is the end, which nothing passes.
        &self.tokens[self.at].0
    }

    fn range(&self) -> Range<usize> {
        self.tokens[self.at].1.clone()
    }

    /// Passes the next token, and gives where it stands.
    fn pass(&mut self) -> Range<usize> {
        let range = self.range();
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
        range
    }

    fn pass_if(&mut self, token: &Token) -> bool {
        let found = self.peek() == token;
        if found {
            self.pass();
        }
        found
    }

    fn whole(&mut self) -> Result<Part, SyntaxFault> {
        let part = self.or()?;
        let range = self.range();
        let next = self.peek();
        if *next == Token::End {
            return Ok(part);
        }
        Err(if *next == Token::Close {
            SyntaxFault::new(range, text!("多了一个右括号", "a bracket closes that was not opened"))
        } else if self.relation().is_some() {
            SyntaxFault::new(range, text!("一次只能比较两边", "a comparison has two sides"))
                .expected(text!("and 或 or，把几个比较连起来", "`and` or `or` between two comparisons"))
        } else if next.begins_value() {
            SyntaxFault::new(range, text!("这里少了运算符号", "a sign is missing here"))
                .expected(text!("+ - * / 或 ==", "one of + - * / or =="))
        } else {
            SyntaxFault::new(range, text!("这个符号不能放在这里", "this sign cannot stand here"))
                .expected(text!("式子到此结束", "the end of the expression"))
        })
    }

    /// `and { ("or" | "或") and }`
    fn or(&mut self) -> Result<Part, SyntaxFault> {
        self.joined(&Token::Or, Parser::and, TestKind::Or)
    }

    /// `not { ("and" | "且") not }`
    fn and(&mut self) -> Result<Part, SyntaxFault> {
        self.joined(&Token::And, Parser::not, TestKind::And)
    }

    fn joined(
        &mut self,
        word: &Token,
        operand: fn(&mut Self) -> Result<Part, SyntaxFault>,
        join: fn(Vec<Test>) -> TestKind,
    ) -> Result<Part, SyntaxFault> {
        let first = operand(self)?;
        if self.peek() != word {
            return Ok(first);
        }
        let start = first.range().start;
        let mut tests = vec![first.into_test()?];
        while self.pass_if(word) {
            tests.push(operand(self)?.into_test()?);
        }
        let end = tests.last().map_or(start, |test| test.range.end);
        Ok(Part::Test(Test { kind: join(tests), range: start..end }))
    }

    /// `["not" | "非"] cmp`
    fn not(&mut self) -> Result<Part, SyntaxFault> {
        let start = self.range().start;
        if !self.pass_if(&Token::Not) {
            return self.comparison();
        }
        let test = self.comparison()?.into_test()?;
        let range = start..test.range.end;
        Ok(Part::Test(Test { kind: TestKind::Not(Box::new(test)), range }))
    }

    /// `sum [ relation sum ]`
    fn comparison(&mut self) -> Result<Part, SyntaxFault> {
        let left = self.sum()?;
        let Some(relation) = self.relation() else { return Ok(left) };
        let left = left.into_node()?;
        self.pass();
        let right = self.sum()?.into_node()?;
        let range = left.range.start..right.range.end;
        Ok(Part::Test(Test { kind: TestKind::Compare { left, relation, right }, range }))
    }

    fn relation(&self) -> Option<Relation> {
        if let Token::Relation(relation) = self.peek() { Some(*relation) } else { None }
    }

    /// `term { ("+" | "-") term }`
    fn sum(&mut self) -> Result<Part, SyntaxFault> {
        let signs = [(Token::Plus, Sign::Plus), (Token::Minus, Sign::Minus)];
        self.chain(signs, Parser::term, |first, rest| NodeKind::Sum { first, rest })
    }

    /// `factor { ("*" | "/") factor }`
    fn term(&mut self) -> Result<Part, SyntaxFault> {
        let signs = [(Token::Times, Scale::Times), (Token::Divide, Scale::Divided)];
        self.chain(signs, Parser::factor, |first, rest| NodeKind::Product { first, rest })
    }

    fn chain<S: Copy>(
        &mut self,
        signs: [(Token, S); 2],
        operand: fn(&mut Self) -> Result<Part, SyntaxFault>,
        join: fn(Box<Node>, Vec<(S, Node)>) -> NodeKind,
    ) -> Result<Part, SyntaxFault> {
        let sign_of = |token: &Token| signs.iter().find(|(sign, _)| sign == token).map(|&(_, meaning)| meaning);
        let first = operand(self)?;
        if sign_of(self.peek()).is_none() {
            return Ok(first);
        }
        let first = first.into_node()?;
        let mut range = first.range.clone();
        let mut rest = Vec::new();
        while let Some(sign) = sign_of(self.peek()) {
            self.pass();
            let node = operand(self)?.into_node()?;
            range.end = node.range.end;
            rest.push((sign, node));
        }
        Ok(Part::Node(Node { kind: join(Box::new(first), rest), range }))
    }

    /// `["-"] atom`
    fn factor(&mut self) -> Result<Part, SyntaxFault> {
        let start = self.range().start;
        if !self.pass_if(&Token::Minus) {
            return self.atom();
        }
        let node = self.atom()?.into_node()?;
        let range = start..node.range.end;
        Ok(Part::Node(Node { kind: NodeKind::Negative(Box::new(node)), range }))
    }

    /// `number ["%"] | date | key ["[" n "]"] | function "(" arguments ")" | "(" rule ")"`
    fn atom(&mut self) -> Result<Part, SyntaxFault> {
        let start = self.range().start;
        let kind = match self.peek().clone() {
            Token::Number(value) => {
                self.pass();
                let percent = self.pass_if(&Token::Percent);
                NodeKind::Number { value, percent }
            }
            Token::Date(date) => {
                self.pass();
                NodeKind::Date(date)
            }
            Token::Key(_) | Token::Scope(_) => self.figure()?,
            Token::Function(function) => self.call(function)?,
            Token::Names => self.names()?,
            Token::Open => return self.bracketed(),
            Token::End
            | Token::And
            | Token::Or
            | Token::Not
            | Token::Relation(_)
            | Token::Plus
            | Token::Minus
            | Token::Times
            | Token::Divide
            | Token::Percent
            | Token::Comma
            | Token::Dot
            | Token::Close
            | Token::OpenIndex
            | Token::CloseIndex => {
                return Err(SyntaxFault::new(self.range(), text!("这里少了一个数", "a value is missing here"))
                    .expected(text!("指标名（加引号）、数字或括号", "a key between quotes, a number or a bracket")));
            }
        };
        Ok(Part::Node(Node { kind, range: start..self.end_of_last() }))
    }

    /// Where the token that was passed last ends.
    fn end_of_last(&self) -> usize {
        self.at.checked_sub(1).map_or(0, |last| self.tokens[last].1.end)
    }

    fn figure(&mut self) -> Result<NodeKind, SyntaxFault> {
        let start = self.range().start;
        let mut scope = Scope::Own;
        if let Token::Scope(named) = *self.peek() {
            scope = named;
            self.pass();
            if !self.pass_if(&Token::Dot) {
                return Err(self.missing(text!(
                    "点和指标名，如 last.\"党委会X次\"",
                    "a point and a key, as in last.\"党委会X次\""
                )));
            }
        }
        let Token::Key(key) = self.peek().clone() else {
            return Err(self.missing(text!("加引号的指标名", "a key between quotes")));
        };
        self.pass();
        let reference = Reference { scope, key, range: start..self.end_of_last() };
        let index = if self.pass_if(&Token::OpenIndex) { Some(self.index()?) } else { None };
        Ok(NodeKind::Figure { reference: self.number_of(reference), index })
    }

    /// The place of `reference` in the list, at whose end it is put when it is new.
    fn number_of(&mut self, reference: Reference) -> usize {
        let next = self.references.len();
        let number = *self.numbers.entry((reference.scope, reference.key.clone())).or_insert(next);
        if number == next {
            self.references.push(reference);
        }
        number
    }

    fn index(&mut self) -> Result<usize, SyntaxFault> {
        let expected = text!("第几个，从 1 起，如 [1]", "which hole, from 1, as in [1]");
        let index = if let Token::Number(number) = self.peek() { number.to_i64() } else { None };
        let index = index.and_then(|index| usize::try_from(index).ok());
        let Some(index) = index.filter(|&index| index > 0) else { return Err(self.missing(expected)) };
        self.pass();
        if !self.pass_if(&Token::CloseIndex) {
            return Err(self.missing(text!("收尾的 ]", "a closing ]")));
        }
        Ok(index)
    }

    fn call(&mut self, function: Function) -> Result<NodeKind, SyntaxFault> {
        let start = self.pass().start;
        let opened = self.open(function.name())?;
        let mut arguments = Vec::new();
        if *self.peek() != Token::Close {
            loop {
                match self.or()? {
                    // A condition counts towns, and has no other values beside it.
                    Part::Test(test) if function == Function::Count && arguments.is_empty() => {
                        self.close(opened)?;
                        return self.towns(Picked::Count, test);
                    }
                    part @ (Part::Test(_) | Part::Node(_)) => arguments.push(part.into_node()?),
                }
                if !self.pass_if(&Token::Comma) {
                    break;
                }
            }
        }
        self.close(opened)?;
        let (least, most) = function.arity();
        if !(least..=most).contains(&arguments.len()) {
            let name = function.name();
            let range = start..self.end_of_last();
            return Err(SyntaxFault::new(
                range,
                text!("{name} 的括号里个数不对", "{name} takes another number of values"),
            )
            .expected(usage(function)));
        }
        Ok(NodeKind::Call { function, arguments })
    }

    /// `names "(" rule ")"`
    fn names(&mut self) -> Result<NodeKind, SyntaxFault> {
        self.pass();
        let opened = self.open(Picked::Names.name())?;
        let part = self.or()?;
        let test = match part {
            Part::Test(test) => test,
            Part::Node(node) => {
                let message = text!("names 的括号里要写条件", "names takes a condition");
                return Err(SyntaxFault::new(node.range, message).expected(a_condition()));
            }
        };
        self.close(opened)?;
        self.towns(Picked::Names, test)
    }

    /// A condition over the towns, one of whose values it must read to be one.
    fn towns(&self, picked: Picked, test: Test) -> Result<NodeKind, SyntaxFault> {
        let is_column = |reference: usize| self.references[reference].scope == Scope::Towns;
        if !test.reads_one(&is_column) {
            let name = picked.name();
            let message = text!(
                "{name} 按条件挑镇，条件里要有各镇的数",
                "{name} picks towns by a condition, and this one has no value of theirs"
            );
            return Err(SyntaxFault::new(test.range, message).expected(a_condition()));
        }
        Ok(NodeKind::Towns { picked, test: Box::new(test) })
    }

    /// The bracket of the function `name`.
    fn open(&mut self, name: &str) -> Result<Range<usize>, SyntaxFault> {
        let opened = self.range();
        if !self.pass_if(&Token::Open) {
            return Err(self.missing(text!("括号，如 {name}(…)", "a bracket, as in {name}(…)")));
        }
        self.deeper(&opened)?;
        Ok(opened)
    }

    fn bracketed(&mut self) -> Result<Part, SyntaxFault> {
        let opened = self.pass();
        self.deeper(&opened)?;
        let mut part = self.or()?;
        self.close(opened.clone())?;
        let range = opened.start..self.end_of_last();
        match &mut part {
            Part::Test(test) => test.range = range,
            Part::Node(node) => node.range = range,
        }
        Ok(part)
    }

    fn deeper(&mut self, opened: &Range<usize>) -> Result<(), SyntaxFault> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(SyntaxFault::new(
                opened.clone(),
                text!("括号套得太深", "the brackets stand too deep in each other"),
            ));
        }
        Ok(())
    }

    fn close(&mut self, opened: Range<usize>) -> Result<(), SyntaxFault> {
        self.depth -= 1;
        if self.pass_if(&Token::Close) {
            Ok(())
        } else if *self.peek() == Token::End {
            Err(SyntaxFault::new(opened, text!("括号没有收尾", "the bracket is not closed"))
                .expected(text!("收尾的 )", "a closing )")))
        } else {
            Err(self.missing(text!("收尾的 )，或运算符号", "a closing ), or a sign")))
        }
    }

    /// A fault at the next token, where `expected` should stand.
    fn missing(&self, expected: Text) -> SyntaxFault {
        let message = if *self.peek() == Token::End {
            text!("式子没有写完", "the expression ends too soon")
        } else {
            text!("这里写的不对", "something else should stand here")
        };
        SyntaxFault::new(self.range(), message).expected(expected)
    }
}

/// What picks towns.
fn a_condition() -> Text {
    text!("各镇的一个数和别的数相比，如 towns.\"党委会X次\" == 0", "a comparison such as towns.\"党委会X次\" == 0")
}

/// How `function` is written.
fn usage(function: Function) -> Text {
    match function {
        Function::Abs => text!("abs(数)", "abs(value)"),
        Function::Round => text!("round(数, 小数位数)", "round(value, digits)"),
        Function::Sum | Function::Count | Function::Mean | Function::Min | Function::Max => {
            let name = function.name();
            text!("{name}(数, 数, …)，至少一个", "{name}(value, value, …), one at least")
        }
    }
}
