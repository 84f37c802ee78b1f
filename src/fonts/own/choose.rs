//! Which face each role gets, and why.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::candidates;
use super::library::{Library, Refusal};
use super::names::{Found, plain};
use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::fonts::Shape;
use crate::fonts::own_face::OwnFace;
use crate::fonts::subset::subset;
use crate::fonts::{Face, Fonts, Role, bundled, embed};
use crate::source::{Span, Spanned};
use crate::text;
use crate::world::World;

/// How alike (0 to 1, Jaro-Winkler) a face's name must be to the one asked for to be told.
const ALIKE: f64 = 0.8;

/// The names of faces that a report asks for, by role.
pub type Asked = BTreeMap<Role, Spanned<String>>;

/// The characters of a report by the role of the text that they stand in.
pub type Used = BTreeMap<Role, BTreeSet<char>>;

/// The faces of a report, and how they were found.
#[derive(Debug)]
pub struct Chosen {
    /// The faces.
    pub fonts: Fonts,
    /// What became of each role that can have a face of its own, in the order of [`Role::NAMED`].
    pub choices: Vec<Choice>,
}

/// What became of a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The role.
    pub role: Role,
    /// Why its face is the one it is.
    pub why: Why,
    /// The file of its face; none for a bundled one.
    pub path: Option<String>,
    /// Faces that would have come first, and why they could not.
    pub passed: Vec<(String, Text)>,
}

/// Why a face is the one of a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The report asks for it.
    Asked,
    /// An office's folder has it, under this name that faces of the role have.
    Named(&'static str),
    /// Nothing else was asked for or found.
    Bundled,
}

/// A face for a role.
enum Pick {
    /// Of the program's own.
    Bundled(Face),
    /// Of a folder.
    Own(Found, Option<Arc<OwnFace>>),
}

impl Fonts {
    /// The same faces with those of `library`.
    pub fn with_library(self, library: Library) -> Fonts {
        Fonts { library: Some(Arc::new(library)), ..self }
    }

    /// The folders' faces.
    pub fn library(&self) -> Option<&Library> {
        self.library.as_deref()
    }

    /// Whether a report that asks for `asked` may get other faces than these.
    pub fn may_differ(&self, asked: &Asked) -> bool {
        self.library.is_some() || !asked.is_empty()
    }

    /// The faces of a report that asks for `asked` and has the characters `used`: for each role the face asked for, else
    /// the first of the folders that is called like a face of the role, else the bundled one. Files are read for the
    /// roles used alone; a report's faults are told.
    pub fn choose(&self, asked: &Asked, used: &Used, world: &dyn World, diags: &mut Diagnostics) -> Chosen {
        let mut chooser = Chooser { fonts: self, asked, world, diags, spans: BTreeMap::new() };
        let mut fonts = self.clone();
        let mut choices = Vec::with_capacity(Role::NAMED.len());
        for (_, role) in Role::NAMED {
            let is_used = match role {
                Role::Rare => used.iter().any(|(role, chars)| chars.iter().any(|&c| is_rare(&fonts, *role, c))),
                // Page numbers, digits and what other faces lack.
                Role::Song | Role::Latin => true,
                Role::Body
                | Role::Heading1
                | Role::Heading2
                | Role::Title
                | Role::SpareBody
                | Role::SpareHeading1
                | Role::SpareHeading2
                | Role::SpareTitle
                | Role::SpareSong
                | Role::SpareRare => used.contains_key(&role),
            };
            let mut choice = Choice { role, why: Why::Bundled, path: None, passed: Vec::new() };
            match chooser.pick(&mut choice, is_used) {
                Some(Pick::Bundled(face)) => fonts.set(face),
                Some(Pick::Own(found, own)) => {
                    choice.path = Some(found.path);
                    if let Some(own) = own {
                        fonts.set(Face::own(role, found.family, found.family_zh, own));
                    }
                }
                None => {}
            }
            choices.push(choice);
        }
        chooser.try_out(&fonts, used, &choices);
        Chosen { fonts, choices }
    }
}

/// Whether `c` in text of `role` is left to the rare face.
fn is_rare(fonts: &Fonts, role: Role, c: char) -> bool {
    c != '\n' && fonts.glyph(role, c).is_none_or(|glyph| glyph.face == Role::Rare)
}

struct Chooser<'c> {
    fonts: &'c Fonts,
    asked: &'c Asked,
    world: &'c dyn World,
    diags: &'c mut Diagnostics,
    /// Where the report asks for the faces that it got.
    spans: BTreeMap<Role, Span>,
}

impl Chooser<'_> {
    fn pick(&mut self, choice: &mut Choice, is_used: bool) -> Option<Pick> {
        let role = choice.role;
        if let Some(asked) = self.asked.get(&role) {
            if let Some(face) = bundled::named(&asked.value, role) {
                choice.why = Why::Asked;
                return Some(Pick::Bundled(face));
            }
            let found = self.fonts.library().and_then(|library| library.find(&asked.value)).cloned();
            if let Some(found) = found {
                choice.why = Why::Asked;
                self.spans.insert(role, asked.span);
                return match self.read(&found, is_used) {
                    Ok(own) => Some(Pick::Own(found, own)),
                    Err(refusal) => {
                        choice.why = Why::Bundled;
                        self.refused(&found, refusal, Some(asked.span));
                        None
                    }
                };
            }
            self.missing(asked);
        }
        let library = self.fonts.library()?;
        for &name in candidates::of(role) {
            let Some(found) = library.find(name).cloned() else { continue };
            match self.read(&found, is_used) {
                Ok(own) => {
                    choice.why = Why::Named(name);
                    return Some(Pick::Own(found, own));
                }
                Err(Refusal::Forbidden(why)) => choice.passed.push((found.path, why)),
                Err(refusal @ Refusal::Bad(_)) => {
                    self.refused(&found, refusal, None);
                    return None;
                }
            }
        }
        None
    }

    fn read(&self, found: &Found, is_used: bool) -> Result<Option<Arc<OwnFace>>, Refusal> {
        match self.fonts.library().filter(|_| is_used) {
            Some(library) => library.read(found, self.world).map(Some),
            None => Ok(None),
        }
    }

    fn refused(&mut self, found: &Found, refusal: Refusal, place: Option<Span>) {
        let (name, path) = (&found.family_zh, &found.path);
        let fault = match refusal {
            Refusal::Forbidden(why) => Diagnostic::new(
                Code::FontForbidsEmbedding,
                Text {
                    zh: format!("不能用“{name}”（{path}）：{}", why.zh),
                    en: format!("`{name}` ({path}) can't be used: {}", why.en),
                },
            )
            .help(text!(
                "换一个字体，或向字体厂商购买允许嵌入的授权",
                "take another face, or its maker's licence to embed it"
            )),
            Refusal::Bad(why) => bad(name, path, &why),
        };
        self.diags.push(match place {
            Some(place) => fault.at(place),
            None => fault,
        });
    }

    fn missing(&mut self, asked: &Spanned<String>) {
        let name = &asked.value;
        let fault = Diagnostic::new(
            Code::MissingFont,
            text!(
                "没有找到字体“{name}”，改用自带的",
                "the face `{name}` was not found; the bundled one takes its place"
            ),
        )
        .at(asked.span);
        let library = self.fonts.library();
        let plain_name = plain(name);
        let alike = library.into_iter().flat_map(Library::families);
        let alike = alike.map(|family| (strsim::jaro_winkler(&plain(family), &plain_name), family));
        let alike = alike.filter(|(alike, _)| *alike >= ALIKE).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)));
        self.diags.push(match (library, alike) {
            (Some(_), Some((_, family))) => fault.help(text!("是不是“{family}”？", "did you mean `{family}`?")),
            (Some(library), None) => {
                let count = library.len();
                fault.help(text!(
                    "文件夹里有 {count} 个字体：report-gen fonts 可以列出各处用的",
                    "the folders have {count} faces; report-gen fonts tells which are used"
                ))
            }
            (None, _) => {
                fault.help(text!("用 --font-dir 指出字体所在的文件夹", "name the folder of its file with --font-dir"))
            }
        });
    }

    /// Cuts the own faces down to what is used of them, so that a damaged one is told before anything is written.
    fn try_out(&mut self, fonts: &Fonts, used: &Used, choices: &[Choice]) {
        if !Role::ALL.into_iter().any(|role| fonts.face(role).is_own()) {
            return;
        }
        let mut chars: BTreeMap<Role, BTreeSet<char>> = BTreeMap::new();
        let numbers = "— 0123456789".chars().map(|c| (Role::Song, c));
        let used = used.iter().flat_map(|(&role, chars)| chars.iter().map(move |&c| (role, c)));
        for (role, c) in used.chain(numbers) {
            if let Some(glyph) = fonts.glyph(role, c).filter(|glyph| fonts.face(glyph.face).is_own()) {
                chars.entry(glyph.face).or_default().insert(c);
            }
        }
        for (role, chars) in chars {
            let face = fonts.face(role);
            let shapes = chars.iter().map(|&c| Shape::plain(c)).collect();
            let cut = subset(face, &shapes).map(|_| ()).map_err(|error| error.to_string());
            let cut = cut.and_then(|()| if face.fits_word() { embed::embed(face, &chars).map(|_| ()) } else { Ok(()) });
            let Err(why) = cut else { continue };
            let path = choices.iter().find(|choice| choice.role == role).and_then(|choice| choice.path.as_deref());
            let why = Text { zh: format!("文件坏了：{why}"), en: why };
            let fault = bad(&face.family_zh, path.unwrap_or_default(), &why);
            self.diags.push(match self.spans.get(&role) {
                Some(place) => fault.at(*place),
                None => fault,
            });
        }
    }
}

fn bad(name: &str, path: &str, why: &Text) -> Diagnostic {
    let message = Text {
        zh: format!("不能用“{name}”（{path}）：{}", why.zh),
        en: format!("`{name}` ({path}) can't be used: {}", why.en),
    };
    Diagnostic::new(Code::BadFont, message)
        .help(text!("重新安装或复制这个字体，或换一个", "install or copy the face anew, or take another"))
}
