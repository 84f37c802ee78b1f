//! Pages as placed things: what the writers of pages take, and decide nothing about.

use std::fmt::Write;
use std::sync::Arc;

use crate::fonts::Role;
use crate::length::Length;
use crate::picture::Picture;

/// A report, placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pages {
    /// Width of the paper.
    pub width: Length,
    /// Height of the paper.
    pub height: Length,
    /// The pages in order, at least one.
    pub pages: Vec<Page>,
    /// The outline's lines in order of the text.
    pub outline: Vec<Bookmark>,
}

/// One page. Places are measured from its upper left corner, rightwards and downwards: on a page that is turned from
/// that of the paper as it is read, a quarter turn to the right, but for the page number, which stands where it stands
/// on other pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// What stands on it, in reading order; what lies behind a line comes before it.
    pub items: Vec<Item>,
    /// Areas that lead to other places, in the order of the text.
    pub links: Vec<Link>,
    /// Whether it stands across the paper (GB/T 9704 8).
    pub turned: bool,
}

/// An area that leads to another place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Number of its block; footnotes are counted on after the blocks.
    pub block: usize,
    /// What it says.
    pub words: String,
    /// Where it is clicked.
    pub area: Area,
    /// Where it leads.
    pub target: Destination,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// Another place of the report.
    Place {
        /// Its page, from 0.
        page: usize,
        /// The height on that page.
        y: Length,
    },
    /// A footnote.
    Note {
        /// Its number, from 1.
        note: usize,
        /// Its page, from 0.
        page: usize,
        /// The height on that page.
        y: Length,
    },
    /// An address of the web, that of this number among those of its block.
    Address(usize),
}

/// A placed thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A line of type.
    Line(Line),
    /// A yellow rectangle behind an open hole.
    Tint(Area),
    /// A black rectangle: a line of a table.
    Rule(Area),
    /// A red rectangle: a line of 版头 (GB/T 9704 7.2.7).
    RedRule(Area),
    /// A picture.
    Picture(PlacedPicture),
}

/// A picture on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedPicture {
    /// Number of its block.
    pub block: usize,
    /// Where it stands.
    pub area: Area,
    /// The picture.
    pub picture: Arc<Picture>,
    /// What it shows.
    pub alt: String,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// Left edge.
    pub x: Length,
    /// Upper edge.
    pub y: Length,
    /// Width.
    pub width: Length,
    /// Height.
    pub height: Length,
}

/// What of the report a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The block of that number in the report, from 0.
    Block(usize),
    /// A cell of a table, the block of that number.
    Cell {
        /// Number of the block.
        block: usize,
        /// Row of the table, from 0.
        row: usize,
        /// Column of the table, from 0.
        column: usize,
    },
    /// The head of a table again, on a page that the table goes on to; no part of the text.
    RepeatedHead,
    /// Dots and the number of a page after a line of the contents, the block of that number; no part of the text.
    PageOf(usize),
    /// The footnote of that number, from 1.
    Note(usize),
    /// The page number, which is no part of the text.
    PageNumber,
    /// 草稿 at the head of each page of a draft, which is no part of the text either.
    DraftMark,
}

/// A line of type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is part of.
    pub part: Part,
    /// Its baseline.
    pub baseline: Length,
    /// Its glyphs from left to right, cut where face or weight changes.
    pub runs: Vec<Run>,
}

/// Glyphs of one face and weight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The face that has the glyphs.
    pub face: Role,
    /// Size of type.
    pub size: Length,
    /// Stroked, for want of a bold face.
    pub bold: bool,
    /// The footnote whose number it is, small and raised.
    pub note: Option<usize>,
    /// Its colour.
    pub ink: Ink,
    /// Width of its glyphs, in hundredths of their own: under 100 in a mark that is squeezed.
    pub width: u16,
    /// The glyphs.
    pub glyphs: Vec<PlacedGlyph>,
}

/// The colour of type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ink {
    /// Black (GB/T 9704 5.2.4).
    #[default]
    Black,
    /// The red of 版头 (GB/T 9704 6).
    Red,
}

impl Ink {
    /// The red of 版头, a byte each of red, green and blue: yellow 80 %, magenta 80 % (GB/T 9704 6), turned into light as
    /// ISO 32000-1 10.3.5 does it.
    pub const RED: [u8; 3] = [0xFF, 0x33, 0x33];
}

/// A glyph on a baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacedGlyph {
    /// The character as typed.
    pub c: char,
    /// The glyph's number in its face.
    pub id: u16,
    /// Where it begins.
    pub x: Length,
    /// Its own advance; the next glyph may begin before or after it ends.
    pub advance: Length,
}

/// A line of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bookmark {
    /// Depth from 1.
    pub level: u8,
    /// Its words.
    pub title: String,
    /// Index of its page, from 0.
    pub page: usize,
    /// The top of the line that it points to.
    pub y: Length,
}

impl Item {
    /// The same, further down.
    pub(super) fn moved(self, by: Length) -> Item {
        let moved = |area: Area| Area { y: area.y + by, ..area };
        match self {
            Item::Line(line) => Item::Line(Line { baseline: line.baseline + by, ..line }),
            Item::Tint(area) => Item::Tint(moved(area)),
            Item::Rule(area) => Item::Rule(moved(area)),
            Item::RedRule(area) => Item::RedRule(moved(area)),
            Item::Picture(picture) => Item::Picture(PlacedPicture { area: moved(picture.area), ..picture }),
        }
    }
}

impl Run {
    /// How far its own baseline lies above the line's: the sign of a note by a third of the text's size.
    pub fn rise(&self) -> Length {
        if self.note.is_some() { self.size / 2 } else { Length::ZERO }
    }
}

impl Line {
    /// The line's characters as typed.
    pub fn text(&self) -> String {
        self.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.c).collect()
    }

    /// Left edge of the first glyph and right edge of the last, blanks at the end aside.
    pub fn extent(&self) -> Option<(Length, Length)> {
        let mut glyphs = self.runs.iter().flat_map(|run| &run.glyphs);
        let first = glyphs.next()?;
        let last = self.runs.iter().rev().flat_map(|run| run.glyphs.iter().rev());
        let last = last.into_iter().find(|glyph| !glyph.c.is_whitespace()).unwrap_or(first);
        Some((first.x, last.x + last.advance))
    }
}

impl Page {
    /// The page's lines of type, the page number included.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.items.iter().filter_map(|item| match item {
            Item::Line(line) => Some(line),
            Item::Tint(_) | Item::Rule(_) | Item::RedRule(_) | Item::Picture(_) => None,
        })
    }
}

impl Pages {
    /// The pages as text, for comparing: a line for each placed thing, in millimetres to the hundredth; a
    /// run is led by its face, and by `+` where it is bold, `^` where it is raised, `!` where it is red, and its width where
    /// that is not its own.
    pub fn dump(&self) -> String {
        let mut out = String::new();
        for (number, page) in (1..).zip(&self.pages) {
            dump_page(&mut out, number, page);
        }
        for bookmark in &self.outline {
            let indent = "  ".repeat(usize::from(bookmark.level.max(1)));
            // Writing to a string cannot fail.
            let _ = writeln!(
                out,
                "bookmark{indent}{} -> page {} at {}",
                bookmark.title,
                bookmark.page + 1,
                hundredths(bookmark.y)
            );
        }
        out
    }
}

fn dump_page(out: &mut String, number: usize, page: &Page) {
    let turned = if page.turned { " turned" } else { "" };
    let _ = writeln!(out, "page {number}{turned}");
    for item in &page.items {
        match item {
            Item::Line(line) => {
                let (left, right) = line.extent().unwrap_or_default();
                let _ = write!(out, "{} {}..{}", hundredths(line.baseline), hundredths(left), hundredths(right));
                for run in &line.runs {
                    let text: String = run.glyphs.iter().map(|glyph| glyph.c).collect();
                    let bold = if run.bold { "+" } else { "" };
                    let raised = if run.note.is_some() { "^" } else { "" };
                    let red = if run.ink == Ink::Red { "!" } else { "" };
                    let narrow = if run.width == 100 { String::new() } else { format!("{}%", run.width) };
                    let _ = write!(out, " {}{bold}{raised}{red}{narrow}:{text}", face_name(run.face));
                }
                out.push('\n');
            }
            Item::Tint(area) | Item::Rule(area) | Item::RedRule(area) | Item::Picture(PlacedPicture { area, .. }) => {
                let word = match item {
                    Item::Tint(_) => "tint",
                    Item::Rule(_) => "rule",
                    Item::RedRule(_) => "red rule",
                    Item::Picture(_) | Item::Line(_) => "picture",
                };
                let _ = writeln!(
                    out,
                    "{word} {} {} {}x{}",
                    hundredths(area.y),
                    hundredths(area.x),
                    hundredths(area.width),
                    hundredths(area.height)
                );
            }
        }
    }
}

fn face_name(face: Role) -> &'static str {
    match face {
        Role::Body => "fang",
        Role::Heading1 => "hei",
        Role::Heading2 => "kai",
        Role::Title => "title",
        Role::Song => "song",
        Role::Rare => "rare",
        Role::Latin => "latin",
        Role::SpareBody => "fang*",
        Role::SpareHeading1 => "hei*",
        Role::SpareHeading2 => "kai*",
        Role::SpareTitle => "title*",
        Role::SpareSong => "song*",
        Role::SpareRare => "rare*",
    }
}

fn hundredths(length: Length) -> String {
    let units = length.scale(1, Length::centi_mm(1).to_emu()).to_emu();
    let sign = if units < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", units.abs() / 100, units.abs() % 100)
}
