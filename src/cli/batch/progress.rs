//! How far a batch is: a bar on a terminal, a line a town elsewhere.

use std::collections::BTreeMap;
use std::io::{IsTerminal, stderr, stdout};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use anyhow::Result;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use report_gen::batch::summary::{Line, State};
use report_gen::diag::Lang;
use report_gen::diag::render::MessageFormat;
use report_gen::visible;

use super::show;
use crate::cli::args::Options;

/// What is told while the towns are made.
pub(super) struct Progress {
    bar: ProgressBar,
    /// Whether each town has a line.
    lines: bool,
    begun: Instant,
    /// Why a line could not be told, the first time that happened.
    lost: Mutex<Option<anyhow::Error>>,
}

impl Progress {
    /// For so many towns.
    pub(super) fn new(towns: usize, options: &Options) -> Self {
        let shown = stderr().is_terminal() && !options.quiet && options.format == MessageFormat::Human;
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(towns as u64), target);
        let style = match options.lang {
            Lang::Zh => "{bar:30} {pos}/{len}  每秒 {per_sec} 份  还要 {eta}  {msg}",
            Lang::En => "{bar:30} {pos}/{len}  {per_sec}  {eta} left  {msg}",
        };
        let style = ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar());
        let rate = |state: &indicatif::ProgressState, out: &mut dyn std::fmt::Write| {
            // What can't be drawn is not drawn.
            let _ = write!(out, "{:.1}", state.per_sec());
        };
        bar.set_style(style.with_key("per_sec", rate));
        Progress { bar, lines: !shown && !options.quiet, begun: Instant::now(), lost: Mutex::default() }
    }

    /// A town is done.
    pub(super) fn tell(&self, line: &Line, lang: Lang) {
        self.bar.inc(1);
        self.bar.set_message(visible::line(&line.town).into_owned());
        if !self.lines {
            return;
        }
        let (town, errors) = (visible::line(&line.town), line.errors);
        let names: Vec<&str> = line.files.iter().map(|file| file.name.as_str()).collect();
        let names = names.join(" ");
        let open = match (line.open, lang) {
            (0, _) => String::new(),
            (open, Lang::Zh) => format!("（还有 {open} 个没填）"),
            (open, Lang::En) => format!(" ({open} open)"),
        };
        let told = match (line.state, lang) {
            (State::Built, Lang::Zh) => format!("已生成 {town}：{names}{open}\n"),
            (State::Built, Lang::En) => format!("wrote {town}: {names}{open}\n"),
            (State::Unchanged, Lang::Zh) => format!("未变 {town}\n"),
            (State::Unchanged, Lang::En) => format!("unchanged {town}\n"),
            (State::Faults | State::Failed, Lang::Zh) => format!("未生成 {town}：错误 {errors} 处\n"),
            (State::Faults | State::Failed, Lang::En) => {
                format!("not written {town}: {errors} error{}\n", if errors == 1 { "" } else { "s" })
            }
        };
        // A line that is lost does not keep the reports from being written.
        if let Err(error) = show::out(&told) {
            self.lost.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        }
    }

    /// Whether all lines were told.
    ///
    /// # Errors
    /// Why one was not.
    pub(super) fn lost(&self) -> Result<()> {
        self.lost.lock().unwrap_or_else(PoisonError::into_inner).take().map_or(Ok(()), Err)
    }

    /// All are done; the seconds that it took.
    pub(super) fn finish(&self) -> f64 {
        self.bar.finish_and_clear();
        self.begun.elapsed().as_secs_f64()
    }
}

/// The last lines: how many towns came to what, and where the summary is. How long it took is told on a terminal alone,
/// since elsewhere the same run says the same.
pub(super) fn total(totals: &BTreeMap<State, usize>, made: usize, seconds: f64, summary: &str, lang: Lang) -> String {
    let towns: usize = totals.values().sum();
    let states = [State::Built, State::Unchanged, State::Faults, State::Failed];
    let counted = states.into_iter().filter_map(|state| Some((state, totals.get(&state)?)));
    let states: Vec<String> = counted
        .map(|(state, count)| match lang {
            Lang::Zh => format!("{} {count}", state.word(lang)),
            Lang::En => format!("{count} {}", state.word(lang)),
        })
        .collect();
    let took = if stdout().is_terminal() {
        let rate = made as f64 / seconds.max(0.001);
        match lang {
            Lang::Zh => format!("；用时 {seconds:.1} 秒，每秒 {rate:.1} 份"),
            Lang::En => format!("; {seconds:.1} s, {rate:.1} a second"),
        }
    } else {
        String::new()
    };
    match lang {
        Lang::Zh => format!("共 {towns} 镇：{}{took}\n汇总 {summary}\n", states.join("，")),
        Lang::En => {
            let noun = if towns == 1 { "town" } else { "towns" };
            format!("{towns} {noun}: {}{took}\nsummary {summary}\n", states.join(", "))
        }
    }
}
