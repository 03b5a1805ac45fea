//! Reads JMESPath, as far as what is asked of a body can be told from it.

use std::ops::Range;

use super::lexer::{Token, Tokens, tokens};

/// An expression, by what it takes of its input.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Expression {
    /// The input itself.
    Input,
    /// A member, with the bytes of its name.
    Field(String, Range<usize>),
    /// The second of what the first gives.
    Then(Box<Expression>, Box<Expression>),
    /// An item of a list.
    Item(Box<Expression>),
    /// Of each item of the first that the condition allows, the last.
    Items {
        list: Box<Expression>,
        condition: Option<Box<Expression>>,
        each: Box<Expression>,
        /// Lists among the items are taken apart.
        flattens: bool,
    },
    /// The second of each value of the first.
    Values(Box<Expression>, Box<Expression>),
    /// An object of these, each under its name.
    Members(Vec<(String, Expression)>),
    /// What a function makes of these.
    Call(String, Vec<Expression>),
    /// What a function is to take of each item.
    OfEach(Box<Expression>),
    /// Something else, made of these of the same input.
    Made(Vec<Expression>),
    /// Something else, of which nothing is known.
    Other,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Error {
    Syntax {
        at: Range<usize>,
        expected: &'static str,
    },
    /// Longer or deeper than anything that is of use.
    TooLarge,
}

/// In bytes.
const LONGEST: usize = 1_024;
const DEEPEST: u32 = 64;

/// How strongly what stands before `[` and the like is bound: the order of the language.
mod power {
    pub(super) const PIPE: u8 = 1;
    pub(super) const OR: u8 = 2;
    pub(super) const AND: u8 = 3;
    pub(super) const COMPARISON: u8 = 5;
    pub(super) const FLATTEN: u8 = 9;
    /// What binds less ends a projection.
    pub(super) const PROJECTION_ENDS: u8 = 10;
    pub(super) const STAR: u8 = 20;
    pub(super) const FILTER: u8 = 21;
    pub(super) const DOT: u8 = 40;
    pub(super) const NOT: u8 = 45;
    pub(super) const BRACKET: u8 = 55;
    pub(super) const CALL: u8 = 60;
}

pub(super) fn parse(text: &str) -> Result<Expression, Error> {
    if text.len() > LONGEST {
        return Err(Error::TooLarge);
    }
    let tokens = tokens(text).map_err(|(at, expected)| Error::Syntax { at, expected })?;
    let mut parser = Parser { tokens, at: 0, depth: 0 };
    let expression = parser.expression(0)?;
    match parser.peek() {
        Token::End => Ok(expression),
        Token::Sign("=") => Err(parser.error("`==`")),
        _ => Err(parser.error("the end")),
    }
}

struct Parser {
    tokens: Tokens,
    at: usize,
    depth: u32,
}

impl Parser {
    fn here(&self) -> &(Token, Range<usize>) {
        // The last token is the end, which nothing takes.
        &self.tokens[self.at.min(self.tokens.len() - 1)]
    }

    fn peek(&self) -> &Token {
        &self.here().0
    }

    fn next_is(&self, sign: &str) -> bool {
        matches!(self.peek(), Token::Sign(found) if *found == sign)
    }

    fn take(&mut self, sign: &str) -> bool {
        let found = self.next_is(sign);
        self.at += usize::from(found);
        found
    }

    fn error(&self, expected: &'static str) -> Error {
        Error::Syntax { at: self.here().1.clone(), expected }
    }

    fn expect(&mut self, sign: &str, expected: &'static str) -> Result<(), Error> {
        if self.take(sign) { Ok(()) } else { Err(self.error(expected)) }
    }

    /// How strongly the next token binds what stands before it.
    fn power(&self) -> u8 {
        let Token::Sign(sign) = self.peek() else { return 0 };
        match *sign {
            "|" => power::PIPE,
            "||" => power::OR,
            "&&" => power::AND,
            "==" | "!=" | "<" | "<=" | ">" | ">=" => power::COMPARISON,
            "[]" => power::FLATTEN,
            "[?" => power::FILTER,
            "." => power::DOT,
            "[" => power::BRACKET,
            "(" => power::CALL,
            _ => 0,
        }
    }

    fn expression(&mut self, least: u8) -> Result<Expression, Error> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Error::TooLarge);
        }
        let mut left = self.first()?;
        while self.power() > least {
            left = self.further(left)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    /// What an expression begins with.
    fn first(&mut self) -> Result<Expression, Error> {
        let (token, range) = self.here().clone();
        let sign = match token {
            Token::End | Token::Number => return Err(self.error("an expression")),
            Token::Name(name) => {
                self.at += 1;
                return if self.take("(") { self.call(name) } else { Ok(Expression::Field(name, range)) };
            }
            Token::Quoted(name) => {
                self.at += 1;
                return Ok(Expression::Field(name, range));
            }
            Token::Literal => {
                self.at += 1;
                return Ok(Expression::Other);
            }
            Token::Sign(sign) => sign,
        };
        if !matches!(sign, "!" | "&" | "*" | "@" | "(" | "{" | "[" | "[]" | "[?") {
            return Err(self.error("an expression"));
        }
        self.at += 1;
        match sign {
            "!" => Ok(Expression::Made(vec![self.expression(power::NOT)?])),
            "&" => Ok(Expression::OfEach(self.expression(0)?.into())),
            "*" => self.values(Expression::Input),
            "@" => Ok(Expression::Input),
            "(" => {
                let inner = self.expression(0)?;
                self.expect(")", "`)`")?;
                Ok(inner)
            }
            "{" => self.members(),
            "[]" => self.items(Expression::Input, None, power::FLATTEN),
            "[?" => self.filter(Expression::Input),
            _ => match self.peek() {
                Token::Number | Token::Sign(":") => self.index(Expression::Input),
                Token::Sign("*") if self.is_star_bracket() => self.index(Expression::Input),
                _ => self.list(),
            },
        }
    }

    fn is_star_bracket(&self) -> bool {
        matches!(self.tokens.get(self.at + 1), Some((Token::Sign("]"), _)))
    }

    /// What follows one.
    fn further(&mut self, left: Expression) -> Result<Expression, Error> {
        let power = self.power();
        let Token::Sign(sign) = *self.peek() else { return Ok(left) };
        if sign == "(" {
            return Err(self.error("the end"));
        }
        self.at += 1;
        match sign {
            "." if self.take("*") => self.values(left),
            "." => {
                let right = self.behind_dot(power::DOT)?;
                Ok(Expression::Then(left.into(), right.into()))
            }
            "|" => {
                let right = self.expression(power)?;
                Ok(Expression::Then(left.into(), right.into()))
            }
            "[]" => self.items(left, None, power::FLATTEN),
            "[?" => self.filter(left),
            "[" => self.index(left),
            _ => {
                let right = self.expression(power)?;
                Ok(Expression::Made(vec![left, right]))
            }
        }
    }

    /// Behind `[`: an index, a slice or `*`, with the bracket that closes it.
    fn index(&mut self, left: Expression) -> Result<Expression, Error> {
        if self.take("*") {
            self.expect("]", "`]`")?;
            return self.items(left, None, power::STAR);
        }
        let mut is_slice = false;
        loop {
            match self.peek() {
                Token::Number => self.at += 1,
                Token::Sign(":") => {
                    is_slice = true;
                    self.at += 1;
                }
                Token::Sign("]") => break,
                _ => return Err(self.error("`]`")),
            }
        }
        self.expect("]", "`]`")?;
        if is_slice { self.items(left, None, power::STAR) } else { Ok(Expression::Item(left.into())) }
    }

    fn filter(&mut self, left: Expression) -> Result<Expression, Error> {
        let condition = self.expression(0)?;
        self.expect("]", "`]`")?;
        self.items(left, Some(condition.into()), power::FILTER)
    }

    fn items(
        &mut self,
        list: Expression,
        condition: Option<Box<Expression>>,
        power: u8,
    ) -> Result<Expression, Error> {
        let each = self.projected(power)?.into();
        let flattens = power == power::FLATTEN;
        Ok(Expression::Items { list: list.into(), condition, each, flattens })
    }

    fn values(&mut self, left: Expression) -> Result<Expression, Error> {
        let each = self.projected(power::STAR)?;
        Ok(Expression::Values(left.into(), each.into()))
    }

    /// What is taken of each item.
    fn projected(&mut self, power: u8) -> Result<Expression, Error> {
        if self.power() < power::PROJECTION_ENDS {
            return Ok(Expression::Input);
        }
        if self.take(".") {
            return self.behind_dot(power);
        }
        self.expression(power)
    }

    fn behind_dot(&mut self, power: u8) -> Result<Expression, Error> {
        match self.peek() {
            Token::Name(_) | Token::Quoted(_) | Token::Sign("*") => self.expression(power),
            Token::Sign("[") => {
                self.at += 1;
                self.list()
            }
            Token::Sign("{") => {
                self.at += 1;
                self.members()
            }
            _ => Err(self.error("a name, `*`, `[` or `{`")),
        }
    }

    /// Behind `[`: expressions up to the bracket that closes them.
    fn list(&mut self) -> Result<Expression, Error> {
        let mut made = vec![self.expression(0)?];
        while self.take(",") {
            made.push(self.expression(0)?);
        }
        self.expect("]", "`]`")?;
        Ok(Expression::Made(made))
    }

    /// Behind `{`.
    fn members(&mut self) -> Result<Expression, Error> {
        let mut made = Vec::new();
        loop {
            let (Token::Name(name) | Token::Quoted(name)) = self.peek() else {
                return Err(self.error("a name"));
            };
            let name = name.clone();
            self.at += 1;
            self.expect(":", "`:`")?;
            made.push((name, self.expression(0)?));
            if !self.take(",") {
                break;
            }
        }
        self.expect("}", "`}`")?;
        Ok(Expression::Members(made))
    }

    /// Behind `(`.
    fn call(&mut self, name: String) -> Result<Expression, Error> {
        let mut made = Vec::new();
        if self.take(")") {
            return Ok(Expression::Call(name, made));
        }
        loop {
            made.push(self.expression(0)?);
            if self.take(")") {
                return Ok(Expression::Call(name, made));
            }
            self.expect(",", "`,` or `)`")?;
        }
    }
}
