//! `fonts`: the faces by role, what they cover, their licences.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use anyhow::Result;
use report_gen::diag::Lang;
use report_gen::fonts::{Fonts, LICENSES, Role};
use unicode_width::UnicodeWidthStr;

use super::args::{Fonts as Args, Options};
use super::check::read_text;
use super::exit::ExitStatus;
use super::show;

pub(super) fn run(args: &Args, options: &Options) -> Result<ExitStatus> {
    if args.licenses {
        show::out(&LICENSES.join("\n\n"))?;
        return Ok(ExitStatus::Clean);
    }
    let fonts = Fonts::bundled();
    match &args.check {
        Some(file) => check(&read_text(file, options.lang)?, &fonts, options),
        None => list(&fonts, options),
    }
}

fn list(fonts: &Fonts, options: &Options) -> Result<ExitStatus> {
    let mut text = String::new();
    for role in Role::ALL {
        let face = fonts.face(role);
        let name = role_name(role, options.lang);
        let pad = " ".repeat(14usize.saturating_sub(name.width()));
        let glyphs = face.tables().number_of_glyphs();
        let _ = match options.lang {
            Lang::Zh => writeln!(text, "{name}{pad}{}（{}），内置，{glyphs} 个字形", face.family_zh, face.family),
            Lang::En => writeln!(text, "{name}{pad}{}, bundled, {glyphs} glyphs", face.family),
        };
    }
    show::out(&text)?;
    Ok(ExitStatus::Clean)
}

/// Which faces set the characters of a text as body text, and which have none.
fn check(text: &str, fonts: &Fonts, options: &Options) -> Result<ExitStatus> {
    let chars: BTreeSet<char> = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{feff}').collect();
    let mut by_face: BTreeMap<Role, usize> = BTreeMap::new();
    let mut missing = Vec::new();
    for &c in &chars {
        match fonts.glyph(Role::Body, c) {
            Some(glyph) => *by_face.entry(glyph.face).or_default() += 1,
            None => missing.push(c),
        }
    }
    let mut out = String::new();
    for (role, count) in by_face {
        let face = fonts.face(role);
        let _ = match options.lang {
            Lang::Zh => writeln!(out, "{}：{count} 个字", face.family_zh),
            Lang::En => writeln!(out, "{}: {count} characters", face.family),
        };
    }
    for c in &missing {
        let code = u32::from(*c);
        let _ = match options.lang {
            Lang::Zh => writeln!(out, "没有：{c}（U+{code:04X}）"),
            Lang::En => writeln!(out, "none: {c} (U+{code:04X})"),
        };
    }
    show::out(&out)?;
    Ok(if missing.is_empty() { ExitStatus::Clean } else { ExitStatus::Findings })
}

fn role_name(role: Role, lang: Lang) -> &'static str {
    match (role, lang) {
        (Role::Body, Lang::Zh) => "正文",
        (Role::Heading1, Lang::Zh) => "一级标题",
        (Role::Heading2, Lang::Zh) => "二级标题",
        (Role::Title, Lang::Zh) => "大标题",
        (Role::Song, Lang::Zh) => "数字和页码",
        (Role::Rare, Lang::Zh) => "生僻字",
        (Role::Body, Lang::En) => "body",
        (Role::Heading1, Lang::En) => "heading1",
        (Role::Heading2, Lang::En) => "heading2",
        (Role::Title, Lang::En) => "title",
        (Role::Song, Lang::En) => "song",
        (Role::Rare, Lang::En) => "rare",
    }
}
