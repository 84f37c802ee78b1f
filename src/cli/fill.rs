//! `fill`: asks for the missing figures in the terminal, and writes each answer into the file.

use std::collections::BTreeSet;
use std::io::{BufRead, IsTerminal, Read, stderr, stdin};

use anyhow::{Result, anyhow};
use report_gen::batch::{Answer, Filling, Job};
use report_gen::diag::{Diagnostic, Lang, Severity, Text};
use report_gen::doc::Shape;
use report_gen::figures::Question;
use report_gen::fonts::Fonts;
use report_gen::text;
use report_gen::visible;

use super::args::{Fill, Options};
use super::check::name;
use super::disk::{self, Disk};
use super::exit::ExitStatus;
use super::ours::Outputs;
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
    let mut filling = match Filling::open(&job, &disk, &fonts) {
        Ok(Ok(filling)) => filling,
        Ok(Err(outcome)) => return Err(Stop::from(outcome).into()),
        Err(failure) => return Err(Stop::failed(&args.file)(failure)),
    };
    let asks = |question: &Question, passed: &BTreeSet<String>| {
        let owner = args.owner.as_deref().is_none_or(|owner| question.row.owner.as_deref() == Some(owner.trim()));
        owner && !passed.contains(&identity(question))
    };
    let mut passed = BTreeSet::new();
    let total = filling.questions().iter().filter(|question| asks(question, &passed)).count();
    let (mut number, mut taken) = (0, 0);
    let outputs = Outputs::new(options);
    while let Some(question) = filling.questions().iter().find(|question| asks(question, &passed)).cloned() {
        number += 1;
        show::styled(&describe(&question, number.min(total), total, options.lang))?;
        loop {
            let words = match read()? {
                Line::Words(words) if words.is_empty() => {
                    passed.insert(identity(&question));
                    break;
                }
                Line::Words(words) => words,
                Line::End => return close(&filling, taken, options),
                Line::Unreadable => {
                    let message = text!("读不懂：不是 UTF-8", "cannot be read: it is not UTF-8");
                    show::err(&format!("  {}\n", message.get(options.lang)))?;
                    prompt()?;
                    continue;
                }
            };
            let before = filling.text().to_owned();
            match filling.answer(&question, &words).map_err(Stop::failed(&args.file))? {
                Answer::Taken(notes) => {
                    if disk::read(&args.file)? != before.as_bytes() {
                        return Err(anyhow!("{}", changed(&job.path).get(options.lang)));
                    }
                    let files = [(args.file.clone(), filling.text().as_bytes())];
                    outputs.rewrite(&files).map_err(Stop::from)?;
                    taken += 1;
                    notes.iter().try_for_each(|note| tell(note, options.lang))?;
                    break;
                }
                Answer::Refused(faults) => {
                    faults.iter().try_for_each(|fault| tell(fault, options.lang))?;
                    prompt()?;
                }
                Answer::NoPlace(advice) => {
                    show::err(&format!("  {}\n", advice.get(options.lang)))?;
                    passed.insert(identity(&question));
                    break;
                }
            }
        }
    }
    close(&filling, taken, options)
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
    /// `q`, or no more lines.
    End,
    Unreadable,
}

fn read() -> Result<Line> {
    let mut bytes = Vec::new();
    let length = stdin().lock().take(LONGEST).read_until(b'\n', &mut bytes)?;
    Ok(match String::from_utf8(bytes) {
        Ok(_) if length == 0 => Line::End,
        Ok(line) if matches!(line.trim(), "q" | "Q" | "ｑ") => Line::End,
        Ok(line) => Line::Words(line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_owned()),
        Err(_) => Line::Unreadable,
    })
}

fn prompt() -> Result<()> {
    show::err("> ")
}

/// A question: which, its sentence with the hole marked, and what it takes. Its words are fit for a terminal.
fn describe(question: &Question, number: usize, total: usize, lang: Lang) -> String {
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
    if number == 1 {
        told += match lang {
            Lang::Zh => "  （回车跳过，q 停下）\n",
            Lang::En => "  (an empty line skips, q stops)\n",
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
        Shape::Several(_) if row.is_date => text!("日期，如 2023-11-20 或 11月20日", "a date, such as 2023-11-20"),
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
