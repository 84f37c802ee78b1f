//! `--deny`, `--warn`, `--allow`: the grades that the command line asks for.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command};
use report_gen::diag::level::{Level, Levels, Target, no_such_code};
use report_gen::diag::{Code, Lang};

/// The switches by the words of [`Level::NAMED`].
pub(super) fn args(lang: Lang) -> [Arg; 3] {
    let about = |level| match (level, lang) {
        (Level::Allow, Lang::Zh) => "这种警告不报；可以写 warnings，指全部警告",
        (Level::Warn, Lang::Zh) => "这种只当警告，报告照样生成",
        (Level::Deny, Lang::Zh) => "这种警告当错误，不生成；可以写 warnings，指全部警告",
        (Level::Allow, Lang::En) => "do not report these warnings; `warnings` means all of them",
        (Level::Warn, Lang::En) => "only warn of these; the report is built all the same",
        (Level::Deny, Lang::En) => "take these warnings for errors; `warnings` means all of them",
    };
    Level::NAMED.map(|(name, level)| {
        Arg::new(name)
            .long(name)
            .value_name("CODE")
            .value_delimiter(',')
            .action(ArgAction::Append)
            .value_parser(Parser { level, lang })
            .hide_possible_values(true)
            .help(about(level))
    })
}

/// What the switches ask for, in the order in which they were typed.
pub(super) fn typed(matches: &ArgMatches) -> Levels {
    let mut wishes: Vec<(usize, Target, Level)> = Vec::new();
    for (name, level) in Level::NAMED {
        // Asking for the places of a switch that the command does not have would panic.
        let Ok(Some(targets)) = matches.try_get_many::<Target>(name) else { continue };
        let places = matches.indices_of(name).into_iter().flatten();
        wishes.extend(targets.zip(places).map(|(&target, place)| (place, target, level)));
    }
    wishes.sort_by_key(|(place, ..)| *place);
    let mut levels = Levels::default();
    for (_, target, level) in wishes {
        // The parser refused what can't be.
        let _ = levels.set(target, level);
    }
    levels
}

/// Takes a code, or `warnings`, for one of the switches.
#[derive(Clone, Copy)]
struct Parser {
    level: Level,
    lang: Lang,
}

impl TypedValueParser for Parser {
    type Value = Target;

    fn parse_ref(&self, command: &Command, _: Option<&Arg>, value: &OsStr) -> Result<Target, clap::Error> {
        let name = value.to_string_lossy();
        let refuse = |why: String| clap::Error::raw(ErrorKind::InvalidValue, format!("{why}\n")).with_cmd(command);
        let target = Target::from_name(&name).ok_or_else(|| refuse(no_such_code(&name, self.lang)))?;
        match Levels::default().set(target, self.level) {
            Ok(()) => Ok(target),
            Err(refused) => Err(refuse(refused.message().get(self.lang).to_owned())),
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let can_be = |target| Levels::default().set(target, self.level).is_ok();
        let codes = Code::ALL.iter().filter(move |code| can_be(Target::Code(**code))).map(|code| code.name());
        Some(Box::new(std::iter::once(Target::WARNINGS).chain(codes).map(PossibleValue::new)))
    }
}
