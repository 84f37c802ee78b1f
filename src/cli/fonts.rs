//! `fonts`: the faces by role, what they cover, their licences.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;
use std::path::Path;

use anyhow::{Result, anyhow};
use report_gen::batch;
use report_gen::diag::Lang;
use report_gen::fonts::{Choice, Chosen, Face, Fonts, LICENSES, Library, Role, Why};
use report_gen::words;
use unicode_width::UnicodeWidthStr;

use super::args::{Fonts as Args, Options};
use super::disk::{self, Disk};
use super::exit::ExitStatus;
use super::jobs::faces;
use super::paths::{cannot_read, name};
use super::show;
use super::stop::Stop;

pub(super) fn run(args: &Args, options: &Options) -> Result<ExitStatus> {
    if args.licenses {
        show::out(&[LICENSES, &[words::LICENSE]].concat().join("\n\n"))?;
        return Ok(ExitStatus::Clean);
    }
    let disk = Disk::new();
    let fonts = faces(options, &disk)?;
    let report = args.file.as_deref().map(name);
    let (chosen, outcome) = batch::faces(report.as_deref(), &disk, &fonts)
        .map_err(Stop::failed(args.file.as_deref().unwrap_or(Path::new(""))))?;
    let status = match &args.check {
        Some(file) => check(&read_text(file, options.lang)?, &chosen.fonts, options)?,
        None => list(&chosen, fonts.library(), options)?,
    };
    let told = show::faults(&[outcome], options, false)?;
    Ok(if told == ExitStatus::Clean { status } else { told })
}

/// The face of each role, why it is this one, and which files were of no use.
fn list(chosen: &Chosen, library: Option<&Library>, options: &Options) -> Result<ExitStatus> {
    let lang = options.lang;
    let mut text = String::new();
    for choice in &chosen.choices {
        if choice.role == Role::Latin && choice.path.is_none() && choice.why == Why::Bundled {
            // Digits and letters are set by 宋体.
            continue;
        }
        let face = chosen.fonts.face(choice.role);
        let name = role_name(choice.role, lang);
        let pad = " ".repeat(14usize.saturating_sub(name.width()));
        let glyphs = face.tables().number_of_glyphs();
        let why = why(choice, face, lang);
        let _ = match lang {
            Lang::Zh => writeln!(text, "{name}{pad}{}（{}），{why}，{glyphs} 个字形", face.family_zh, face.family),
            Lang::En => writeln!(text, "{name}{pad}{}, {why}, {glyphs} glyphs", face.family),
        };
        for (path, why) in &choice.passed {
            let why = why.get(lang);
            let _ = match lang {
                Lang::Zh => writeln!(text, "{:14}没有用 {path}：{why}", ""),
                Lang::En => writeln!(text, "{:14}not {path}: {why}", ""),
            };
        }
    }
    for (path, why) in library.into_iter().flat_map(Library::unreadable) {
        let why = why.get(lang);
        let _ = match lang {
            Lang::Zh => writeln!(text, "没有用 {path}：{why}"),
            Lang::En => writeln!(text, "not {path}: {why}"),
        };
    }
    show::out(&text)?;
    Ok(ExitStatus::Clean)
}

/// Why a role has its face, and what of it Word does not take.
fn why(choice: &Choice, face: &Face, lang: Lang) -> String {
    let Some(path) = &choice.path else {
        return match (&choice.why, lang) {
            (Why::Asked, Lang::Zh) => "内置，[style] fonts 指定".to_owned(),
            (Why::Asked, Lang::En) => "bundled, asked for by [style] fonts".to_owned(),
            (Why::Named(_) | Why::Bundled, Lang::Zh) => "内置".to_owned(),
            (Why::Named(_) | Why::Bundled, Lang::En) => "bundled".to_owned(),
        };
    };
    let why = match (&choice.why, lang) {
        (Why::Asked | Why::Bundled, Lang::Zh) => format!("{path}，[style] fonts 指定"),
        (Why::Asked | Why::Bundled, Lang::En) => format!("{path}, asked for by [style] fonts"),
        (Why::Named(name), Lang::Zh) => format!("{path}，名字是“{name}”"),
        (Why::Named(name), Lang::En) => format!("{path}, called {name}"),
    };
    match (face.fits_word(), lang) {
        (true, _) => why,
        (false, Lang::Zh) => format!("{why}，Word 文档里只写名字"),
        (false, Lang::En) => format!("{why}, only named in Word"),
    }
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
        (Role::Latin, Lang::Zh) => "数字和字母",
        (Role::Latin, Lang::En) => "latin",
        (
            Role::SpareBody
            | Role::SpareHeading1
            | Role::SpareHeading2
            | Role::SpareTitle
            | Role::SpareSong
            | Role::SpareRare,
            Lang::Zh,
        ) => "补缺",
        (
            Role::SpareBody
            | Role::SpareHeading1
            | Role::SpareHeading2
            | Role::SpareTitle
            | Role::SpareSong
            | Role::SpareRare,
            Lang::En,
        ) => "spare",
    }
}

/// Reads a text file that is no report.
fn read_text(file: &Path, lang: Lang) -> Result<String> {
    let read =
        disk::read(file).and_then(|bytes| String::from_utf8(bytes).map_err(|_| io::ErrorKind::InvalidData.into()));
    read.map_err(|error| anyhow!("{}", cannot_read(file, &error).get(lang)))
}
