//! What is wrong with the arguments, in Chinese: clap says it in English alone.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// The usual refusals in Chinese; none for others, which clap tells itself.
#[expect(clippy::wildcard_enum_match_arm, reason = "the other kinds are told as clap tells them")]
pub(super) fn chinese(refused: &clap::Error) -> Option<String> {
    let context = |kind| words(refused.get(kind)?);
    let arg = || context(ContextKind::InvalidArg);
    let told = match refused.kind() {
        ErrorKind::UnknownArgument => format!("没有“{}”这个选项", arg()?),
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令", context(ContextKind::InvalidSubcommand)?),
        ErrorKind::MissingRequiredArgument => format!("还要写上 {}", arg()?),
        ErrorKind::MissingSubcommand => "还要写上命令".to_owned(),
        ErrorKind::ArgumentConflict => match context(ContextKind::PriorArg) {
            Some(prior) if arg()? == prior => format!("{prior} 只能写一次"),
            Some(prior) => format!("{} 不能和 {prior} 一起用", arg()?),
            None => format!("{} 不能和别的选项一起用", arg()?),
        },
        ErrorKind::InvalidValue => match context(ContextKind::InvalidValue).filter(|value| !value.is_empty()) {
            Some(value) => format!("{} 不能是“{value}”", arg()?),
            None => format!("{} 后面还要写上值", arg()?),
        },
        ErrorKind::ValueValidation => {
            let (arg, value) = (arg()?, context(ContextKind::InvalidValue)?);
            match std::error::Error::source(refused) {
                Some(reason) => format!("{arg} 不能是“{value}”：{reason}"),
                None => format!("{arg} 不能是“{value}”"),
            }
        }
        ErrorKind::TooManyValues => format!("多写了“{}”", context(ContextKind::InvalidValue)?),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("{} 的值个数不对", arg()?),
        ErrorKind::NoEquals => format!("{} 和值之间要写 =", arg()?),
        _ => return None,
    };
    let mut out = format!("错误: {told}\n");
    let suggested = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    if let Some(meant) = suggested.into_iter().find_map(context) {
        out += &format!("  是不是 {meant}？\n");
    } else if let Some(valid) = context(ContextKind::ValidValue).filter(|valid| !valid.is_empty()) {
        out += &format!("  可以写：{valid}\n");
    }
    Some(out)
}

/// What a context says, several joined by 、.
#[expect(clippy::wildcard_enum_match_arm, reason = "the others are no words")]
fn words(value: &ContextValue) -> Option<String> {
    match value {
        ContextValue::String(word) => Some(word.clone()),
        ContextValue::Strings(words) => Some(words.join("、")),
        _ => None,
    }
}
