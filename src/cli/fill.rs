//! `fill`: asks for the missing figures in the terminal, and writes each answer into the file.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, IsTerminal, Read, Stdin, stderr, stdin};

use anyhow::{Result, anyhow};
use report_gen::batch::{Answer, Filling, Job};
use report_gen::diag::{Diagnostic, Lang, Severity, Text};
use report_gen::doc::Shape;
use report_gen::figures::Question;
use report_gen::fonts::Fonts;
use report_gen::text;
use report_gen::visible;

use super::args::{Fill, Options};
use super::disk::{self, Disk};
use super::exit::ExitStatus;
use super::ours::Outputs;
use super::paths::name;
use super::replace::Place;
use super::show::{self, variable};
use super::stop::Stop;

/// The longest answer that is read, in bytes.
const LONGEST: u64 = 64 * 1024;

pub(super) fn run(args: &Fill, options: &Options) -> Result<ExitStatus> {
    let (disk, fonts) = (Disk::new(), Fonts::bundled());
    let job = Job { path: name(&args.file), levels: options.levels.clone(), ..Job::default() };
    // Nobody is asked for what can't be written.
    Place::of(&args.file).map_err(Stop::from)?;
    let filling = match Filling::open(&job, &disk, &fonts) {
        Ok(Ok(filling)) => filling,
        Ok(Err(outcome)) => return Err(Stop::from(outcome).into()),
        Err(failure) => return Err(Stop::failed(&args.file)(failure)),
    };
    let kept = filling.text();
    let mut desk =
        Desk { args, options, filling, kept, input: Input::default(), asked: Vec::new(), passed: BTreeSet::new() };
    let done = desk.work();
    // What was taken is written, whatever stopped the questions.
    desk.keep()?;
    let taken = done?;
    close(&desk.filling, taken, options)
}

/// The questions, the answers, and the file that they go into.
struct Desk<'d> {
    args: &'d Fill,
    options: &'d Options,
    filling: Filling<'d>,
    /// What the file holds.
    kept: String,
    input: Input,
    /// The numbers of the questions that are asked, of those of [`Filling::questions`].
    asked: Vec<usize>,
    /// What was passed over, for when the report is read anew.
    passed: BTreeSet<String>,
}

impl Desk<'_> {
    /// Asks one question after another; how many answers were taken.
    fn work(&mut self) -> Result<usize> {
        self.gather();
        let total = self.asked.len();
        let (mut at, mut taken, mut is_first) = (0, 0_usize, true);
        while let Some(&question) = self.asked.get(at) {
            let number = total.saturating_sub(self.asked.len()) + at + 1;
            let answered = self.filling.answered(question).map(str::to_owned);
            show::styled(&describe(
                &self.filling.questions()[question],
                number.min(total),
                total,
                answered.as_deref(),
                is_first,
                self.options.lang,
            ))?;
            is_first = false;
            let readings = self.filling.readings();
            match self.answer(question)? {
                Step::Stop => break,
                Step::Next(new) => {
                    taken += usize::from(new && answered.is_none());
                    at += 1;
                }
                Step::Back if at == 0 => {
                    self.say(&text!("前面没有了；撤销已填的用 u", "there is none before it; u takes an answer back"))?;
                }
                Step::Back => at -= 1,
                Step::Undo => match self.filling.undo() {
                    Some(question) => {
                        taken = taken.saturating_sub(1);
                        let identity = identity(&self.filling.questions()[question]);
                        self.passed.remove(&identity);
                        if self.filling.readings() != readings {
                            self.gather();
                        }
                        at = self.asked.iter().position(|&asked| asked == question).unwrap_or(0);
                        continue;
                    }
                    None => self.say(&text!("没有可撤销的", "there is nothing to take back"))?,
                },
            }
            if self.filling.readings() != readings {
                self.gather();
                at = 0;
            }
        }
        Ok(taken)
    }

    /// The questions to ask, after the report was read.
    fn gather(&mut self) {
        let owner = self.args.owner.as_deref().map(str::trim);
        let asks = |question: &Question| {
            owner.is_none_or(|owner| question.row.owner.as_deref() == Some(owner))
                && !self.passed.contains(&identity(question))
        };
        let questions = self.filling.questions().iter().enumerate();
        self.asked = questions.filter(|(_, question)| asks(question)).map(|(number, _)| number).collect();
    }

    /// Takes what is typed until it is an answer that the figure takes, or another wish.
    fn answer(&mut self, question: usize) -> Result<Step> {
        loop {
            if !self.input.has_line() {
                self.keep()?;
            }
            let words = match self.input.read()? {
                Line::Words(words) if words.is_empty() => {
                    if self.filling.answered(question).is_none() {
                        self.passed.insert(identity(&self.filling.questions()[question]));
                    }
                    return Ok(Step::Next(false));
                }
                Line::Words(words) => words,
                Line::Back => return Ok(Step::Back),
                Line::Undo => return Ok(Step::Undo),
                Line::End => return Ok(Step::Stop),
                Line::Unreadable => {
                    self.say(&text!("读不懂：不是 UTF-8", "cannot be read: it is not UTF-8"))?;
                    prompt()?;
                    continue;
                }
            };
            match self.filling.answer(question, &words).map_err(Stop::failed(&self.args.file))? {
                Answer::Taken(notes) => {
                    notes.iter().try_for_each(|note| tell(note, self.options.lang))?;
                    return Ok(Step::Next(true));
                }
                Answer::Refused(faults) => {
                    faults.iter().try_for_each(|fault| tell(fault, self.options.lang))?;
                    prompt()?;
                }
                Answer::NoPlace(advice) => {
                    self.say(&advice)?;
                    self.passed.insert(identity(&self.filling.questions()[question]));
                    return Ok(Step::Next(false));
                }
            }
        }
    }

    fn say(&self, words: &Text) -> Result<()> {
        show::err(&format!("  {}\n", words.get(self.options.lang)))
    }

    /// Writes the answers into the file. That is done before anything is waited for, so that none is lost, and not after
    /// each of a thousand that came at once.
    fn keep(&mut self) -> Result<()> {
        let text = self.filling.text();
        if text == self.kept {
            return Ok(());
        }
        if disk::read(&self.args.file)? != self.kept.as_bytes() {
            return Err(anyhow!("{}", changed(&name(&self.args.file)).get(self.options.lang)));
        }
        let files = [(self.args.file.clone(), text.as_bytes())];
        Outputs::new(self.options).rewrite(&files).map_err(Stop::from)?;
        self.kept = text;
        Ok(())
    }
}

/// What comes of a question.
enum Step {
    /// The next one; whether an answer was taken.
    Next(bool),
    Back,
    Undo,
    Stop,
}

fn changed(file: &str) -> Text {
    text!(
        "{file} 在别处改过了，已停下；前面填的都在，再运行一次接着填",
        "{file} was changed by another program; what was filled in is kept, run fill again"
    )
}

/// What tells a question from others while answers are typed.
fn identity(question: &Question) -> String {
    format!("{:?} {}", question.row.scope, question.row.key)
}

/// A line that was typed.
enum Line {
    Words(String),
    /// `b`: the question before.
    Back,
    /// `u`: the last answer is taken back.
    Undo,
    /// `q`, or no more lines.
    End,
    Unreadable,
}

/// What is typed, or comes from another program.
struct Input(BufReader<Stdin>);

impl Default for Input {
    fn default() -> Self {
        Input(BufReader::new(stdin()))
    }
}

impl Input {
    /// Whether a line has come already, so that nothing is waited for.
    fn has_line(&self) -> bool {
        self.0.buffer().contains(&b'\n')
    }

    fn read(&mut self) -> Result<Line> {
        let mut bytes = Vec::new();
        let length = self.0.by_ref().take(LONGEST).read_until(b'\n', &mut bytes)?;
        let Ok(line) = String::from_utf8(bytes) else { return Ok(Line::Unreadable) };
        let words = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        Ok(match words {
            _ if length == 0 => Line::End,
            "q" | "Q" | "ｑ" => Line::End,
            "b" | "B" | "ｂ" => Line::Back,
            "u" | "U" | "ｕ" => Line::Undo,
            words => Line::Words(words.to_owned()),
        })
    }
}

fn prompt() -> Result<()> {
    show::err("> ")
}

/// A question: which, its sentence with the hole marked, and what it takes. Its words are fit for a terminal.
fn describe(
    question: &Question,
    number: usize,
    total: usize,
    answered: Option<&str>,
    is_first: bool,
    lang: Lang,
) -> String {
    let row = &question.row;
    let mut told = format!("\n[{number}/{total}] {}", visible::line(row.label.as_ref().unwrap_or(&row.address)));
    if let Some(item) = question.item {
        let item = item + 1;
        told += text!("，第 {item} 个", ", value {item}").get(lang);
    }
    told.push('\n');
    if let Some(sentence) = &row.sentence {
        let (before, hole, after) = (&sentence.before, &sentence.hole, &sentence.after);
        let is_coloured = stderr().is_terminal() && variable("NO_COLOR").is_none();
        let [before, hole, after] = [before, hole, after].map(|words| visible::line(words));
        let hole = if is_coloured { format!("\x1b[7m{hole}\x1b[0m") } else { format!("【{hole}】") };
        told += &format!("  {before}{hole}{after}\n");
    }
    let mut takes: Vec<Text> = vec![takes(question)];
    takes.extend(row.unit.as_ref().map(|unit| text!("单位{unit}", "in {unit}")));
    takes.extend(question.limits.clone());
    takes.extend(row.owner.as_ref().map(|owner| text!("由{owner}填", "from {owner}")));
    let words: Vec<&str> = takes.iter().map(|text| text.get(lang)).collect();
    told += &format!("  {}\n", visible::line(&words.join(if lang == Lang::Zh { "，" } else { ", " })));
    if let Some(hint) = &row.hint {
        told += &format!("  {}\n", visible::line(hint));
    }
    if let Some(hole) = question.naming() {
        told += &format!(
            "  {}\n",
            text!("正文里这一处会写成 {hole}", "the hole will be written {hole} in the text").get(lang)
        );
    }
    if let Some(words) = answered {
        told += &format!(
            "  {}\n",
            text!("已填：{words}，回车保留", "filled in: {words}; an empty line keeps it").get(lang)
        );
    }
    if is_first {
        told += match lang {
            Lang::Zh => "  （回车跳过，b 退回上一个，u 撤销上次填的，q 停下）\n",
            Lang::En => "  (an empty line skips, b goes back, u takes the last answer back, q stops)\n",
        };
    }
    told + "> "
}

/// What is to be typed.
fn takes(question: &Question) -> Text {
    let row = &question.row;
    if question.item.is_some() {
        return row.kind.describe();
    }
    match row.shape {
        Shape::One => row.kind.describe(),
        Shape::Several(2)
            if row.is_date && row.sentence.as_ref().is_some_and(|sentence| sentence.hole.contains('年')) =>
        {
            text!("年月，如 2023年11月 或 2023-11", "a month, such as 2023-11")
        }
        Shape::Several(_) if row.is_date => {
            text!("日期，如 11月20日、11.20 或 2023-11-20", "a date, such as 2023-11-20")
        }
        Shape::Several(holes) => text!("{holes} 个值，用、隔开", "{holes} values with 、 between them"),
        Shape::List { counted, .. } => {
            let more_zh = if counted { "；总数更多时写“甲、乙等5个”" } else { "" };
            let more_en = if counted { "; 甲、乙等5个 where more are counted" } else { "" };
            Text { zh: format!("名称，用、隔开{more_zh}"), en: format!("names with 、 between them{more_en}") }
        }
    }
}

/// A fault of an answer, or what it breaks.
fn tell(fault: &Diagnostic, lang: Lang) -> Result<()> {
    let head = match (fault.severity, lang) {
        (Severity::Error, Lang::Zh) => "错误",
        (Severity::Error, Lang::En) => "error",
        (Severity::Warning | Severity::Hint, Lang::Zh) => "注意",
        (Severity::Warning | Severity::Hint, Lang::En) => "note",
    };
    let mut told = format!("  {head}: {}\n", fault.message.get(lang));
    let help = fault.help.iter().chain(fault.fix.as_ref().map(|fix| &fix.description));
    for help in help {
        told += &format!("    {}\n", help.get(lang).replace('\n', "\n    "));
    }
    show::err(&told)
}

fn close(filling: &Filling<'_>, taken: usize, options: &Options) -> Result<ExitStatus> {
    let (filled, figures) = filling.tally();
    // The line of the prompt is still open.
    show::err("\n")?;
    if !options.quiet {
        show::out(&match options.lang {
            Lang::Zh => format!("这次填了 {taken} 个；已填 {filled}/{figures}\n"),
            Lang::En => format!("{taken} filled in; {filled}/{figures} filled\n"),
        })?;
    }
    Ok(ExitStatus::Clean)
}
