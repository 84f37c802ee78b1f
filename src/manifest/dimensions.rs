//! `sizes`, `line_pitch` and `margins` of `[style]`: sizes of type as offices name them, lengths, and whether a page
//! can be made of them.

use super::raw::{Entry, Reader, Table, wrong_type};
use super::style::{Style, lines};
use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::length::Length;
use crate::source::Span;
use crate::text;

/// The names of sizes, in half points.
const NAMED_SIZES: [(&str, i64); 16] = [
    ("初号", 84),
    ("小初", 72),
    ("一号", 52),
    ("小一", 48),
    ("二号", 44),
    ("小二", 36),
    ("三号", 32),
    ("小三", 30),
    ("四号", 28),
    ("小四", 24),
    ("五号", 21),
    ("小五", 18),
    ("六号", 15),
    ("小六", 13),
    ("七号", 11),
    ("八号", 10),
];

/// The names alone, for the schema.
pub(super) const SIZE_NAMES: [&str; 16] = {
    let mut names = [""; 16];
    let mut at = 0;
    while at < names.len() {
        names[at] = NAMED_SIZES[at].0;
        at += 1;
    }
    names
};

/// Word counts type in half points.
const HALF_POINT: i64 = Length::pt(1).to_emu() / 2;
/// What sizes may be.
const SIZE: [Length; 2] = [Length::pt(5), Length::pt(72)];
/// What the distance between lines may be.
const PITCH: [Length; 2] = [Length::pt(6), Length::pt(100)];
/// What a margin may be.
const MARGIN: [Length; 2] = [Length::mm(10), Length::mm(100)];
/// The fewest characters that a line, and the fewest lines that a page may have.
const LEAST: i64 = 5;
/// How much tighter than their own width hanzi may stand so that one more goes into a line: a share of an em.
const TIGHTEST: i64 = 50;

/// Takes the keys out of `[style]` and sets `style` by them; `by_glyph` is the reading of the type area.
pub(super) fn dimensions(reader: &mut Reader<'_, '_>, style: &mut Style, by_glyph: bool) {
    let (sizes, pitch, margins) = (reader.take_table("sizes"), reader.take("line_pitch"), reader.take_table("margins"));
    let diags = reader.diags();
    let sized = sizes.map(|table| self::sizes(table, style, diags));
    let pitch = pitch.and_then(|entry| {
        let pitch = within(length(entry, diags)?, &PITCH, entry, diags)?;
        // A distance that Word has, too.
        Some((Length::twips(pitch.to_twips()), entry.value.span))
    });
    let edges = margins.map(|table| self::margins(table, style, diags));
    let given = pitch.map(|(pitch, _)| pitch);
    if by_glyph && given.is_none() && sized.is_none() && edges.is_none() {
        // Ink from edge to edge of the type area: (225 mm − 16 pt) / 21 lines (GB/T 33476.2 as A-gbt9704 reads it).
        style.line_pitch = Length::twips(592);
        style.page.top = Length::twips(1961);
        style.page.bottom = Length::twips(1847);
    } else if by_glyph {
        from_ink_to_ink(style, given);
    } else {
        style.line_pitch = given.unwrap_or(style.line_pitch);
    }
    if given.is_some() || sized.is_some() || edges.is_some() {
        style.lines = u32::try_from(lines(style)).unwrap_or(0);
        style.cell = cell(style.sizes.body, style.page.measure());
        let places =
            Places { pitch: pitch.map(|(_, span)| span), sizes: sized.unwrap_or_default(), margins: edges.flatten() };
        judge(style, &places, diags);
    }
}

/// Where what was given stands.
struct Places {
    pitch: Option<Span>,
    /// Of the text's and the title's size.
    sizes: [Option<Span>; 2],
    margins: Option<Span>,
}

fn sizes(table: &Table, style: &mut Style, diags: &mut Diagnostics) -> [Option<Span>; 2] {
    let mut reader = Reader::new(table, "[style] sizes", diags);
    let mut set = |name, target: &mut Length| {
        let entry = reader.take(name)?;
        *target = size(entry, reader.diags())?;
        Some(entry.value.span)
    };
    let sizes = &mut style.sizes;
    let places = [set("body", &mut sizes.body), set("title", &mut sizes.title)];
    set("page_number", &mut sizes.page_number);
    reader.finish();
    places
}

/// A size of type: 三号, `16pt` or `5.6mm`; millimetres are rounded to the half point.
fn size(entry: &Entry, diags: &mut Diagnostics) -> Option<Length> {
    let words = entry.value.as_string().map(|text| text.text().trim());
    if let Some((_, half_points)) = NAMED_SIZES.iter().find(|(name, _)| words == Some(*name)) {
        return Some(Length::emu(half_points * HALF_POINT));
    }
    let Some(size) = words.and_then(Length::parse) else {
        let expected = text!("字号，如 \"三号\" 或 \"16pt\"", "a size such as \"三号\" or \"16pt\"");
        diags.push(with_unit(wrong_type(entry.key.text(), &entry.value, &expected), entry));
        return None;
    };
    let size = within(size, &SIZE, entry, diags)?;
    let half_points = size.scale(1, HALF_POINT).to_emu();
    let rounded = Length::emu(half_points * HALF_POINT);
    if rounded != size && words.is_some_and(|words| words.ends_with("pt")) {
        let message = text!("字号以半磅计", "sizes of type go by half points");
        let advice = pt(rounded);
        let help = text!("写成 \"{advice}pt\"", "write \"{advice}pt\"");
        diags.push(Diagnostic::new(Code::WrongType, message).at(entry.value.span).help(help));
        return None;
    }
    Some(rounded)
}

/// The margins; the place of the lower one.
fn margins(table: &Table, style: &mut Style, diags: &mut Diagnostics) -> Option<Span> {
    let mut reader = Reader::new(table, "[style] margins", diags);
    let mut set = |name, target: &mut Length| {
        let entry = reader.take(name)?;
        let length = length(entry, reader.diags())?;
        *target = within(length, &MARGIN, entry, reader.diags())?;
        Some(entry.value.span)
    };
    let page = &mut style.page;
    set("top", &mut page.top);
    let bottom = set("bottom", &mut page.bottom);
    set("left", &mut page.left);
    set("right", &mut page.right);
    reader.finish();
    bottom.or(Some(table.span))
}

fn length(entry: &Entry, diags: &mut Diagnostics) -> Option<Length> {
    let length = entry.value.as_string().and_then(|text| Length::parse(text.text()));
    if length.is_none() {
        let expected = text!("长度，如 \"28pt\" 或 \"37mm\"", "a length such as \"28pt\" or \"37mm\"");
        diags.push(with_unit(wrong_type(entry.key.text(), &entry.value, &expected), entry));
    }
    length
}

/// A number without a unit is told how it may have been meant.
fn with_unit(wrong: Diagnostic, entry: &Entry) -> Diagnostic {
    let digits = entry.value.as_number().or_else(|| entry.value.as_string().map(|text| text.text().trim()));
    match digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')) {
        Some(digits) if !digits.is_empty() => {
            let help =
                text!("带上单位：\"{digits}pt\" 或 \"{digits}mm\"", "with its unit: \"{digits}pt\" or \"{digits}mm\"");
            wrong.help(help)
        }
        _ => wrong,
    }
}

fn within(length: Length, limits: &[Length; 2], entry: &Entry, diags: &mut Diagnostics) -> Option<Length> {
    let [least, most] = limits;
    if (*least..=*most).contains(&length) {
        return Some(length);
    }
    let unit = if *limits == MARGIN { mm } else { pt };
    let name = if *limits == MARGIN { "mm" } else { "pt" };
    let (key, least, most) = (entry.key.text(), unit(*least), unit(*most));
    let message = text!("{key} 要在 {least} 到 {most}{name} 之间", "{key} is from {least} to {most}{name}");
    diags.push(Diagnostic::new(Code::WrongType, message).at(entry.value.span));
    None
}

/// Lines whose ink goes from edge to edge of the type area: the margins reach half the leading into it.
fn from_ink_to_ink(style: &mut Style, pitch: Option<Length>) {
    let size = style.sizes.body;
    let room = (style.page.height - style.page.top - style.page.bottom - size).max(Length::ZERO);
    let gaps = room.to_emu() / pitch.unwrap_or(style.line_pitch).to_emu().max(1);
    let widest = room / gaps.max(1);
    style.line_pitch = pitch.unwrap_or(Length::twips(floor_twips(widest)));
    let lead = (style.line_pitch - size).max(Length::ZERO) / 2;
    style.page.top -= lead;
    style.page.bottom = Length::twips(floor_twips(style.page.bottom - lead));
}

/// The distance between hanzi of `size`: their own width, or a little less where one more then goes into a line.
fn cell(size: Length, measure: Length) -> Length {
    let gaps = measure.to_emu() / size.to_emu().max(1);
    let tight = Length::twips(floor_twips((measure - size) / gaps.max(1)));
    if size - tight <= size / TIGHTEST { tight.min(size) } else { size }
}

fn floor_twips(length: Length) -> i64 {
    length.to_emu().div_euclid(Length::twips(1).to_emu())
}

/// Whether a page can be made of what was given.
fn judge(style: &Style, places: &Places, diags: &mut Diagnostics) {
    let [body, title] = places.sizes;
    let mut fault = |place: Option<Span>, message: Text, help: Text| {
        let fault = Diagnostic::new(Code::WrongType, message).help(help);
        diags.push(match place {
            Some(place) => fault.at(place),
            None => fault,
        });
    };
    let pitch = style.line_pitch;
    for (size, place) in [(style.sizes.body, body), (style.sizes.title, title)] {
        if size > pitch {
            let (size, pitch) = (pt(size), pt(pitch));
            fault(
                place.or(places.pitch).or(places.margins),
                text!("行距 {pitch} 磅放不下 {size} 磅的字", "lines {pitch}pt apart have no room for type of {size}pt"),
                text!("加大 line_pitch，或减小字号", "a wider line_pitch, or smaller type"),
            );
        }
    }
    let place = places.margins.or(body).or(places.pitch);
    if i64::from(style.lines) < LEAST || style.page.measure() < style.sizes.body * LEAST {
        fault(
            place,
            text!(
                "版心太小：每页至少 {LEAST} 行，每行至少 {LEAST} 字",
                "the type area is too small: a page has at least {LEAST} lines, a line {LEAST} characters"
            ),
            text!("减小页边距、行距或字号", "smaller margins, type or distance of lines"),
        );
    }
    let foot = Length::mm(10) + style.sizes.page_number;
    if style.page_number != super::PageNumber::None && style.page.bottom < foot {
        let least = foot.to_mm().ceil();
        fault(
            places.margins,
            text!("下边距放不下页码", "the lower margin has no room for the page number"),
            text!(
                "bottom 至少 {least}mm，或 page_number = \"none\"",
                "bottom at least {least}mm, or page_number = \"none\""
            ),
        );
    }
}

/// In points, to the hundredth.
fn pt(length: Length) -> String {
    decimal(length, Length::pt(1))
}

/// In millimetres, to the hundredth.
fn mm(length: Length) -> String {
    decimal(length, Length::mm(1))
}

fn decimal(length: Length, unit: Length) -> String {
    let hundredths = length.scale(100, unit.to_emu()).to_emu();
    let written = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    written.trim_end_matches('0').trim_end_matches('.').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::{self, raw};
    use crate::source::Sources;

    fn read(lines: &str) -> (Style, Vec<Diagnostic>) {
        let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
        let file = sources.add("report.toml", format!("[report]\ntitle = \"甲\"\n[style]\n{lines}\n"));
        let table = raw::read(file, &sources, &mut diags);
        let manifest = manifest::read(&table, &mut diags).unwrap();
        (manifest.style, diags.into_sorted())
    }

    fn style(lines: &str) -> Style {
        let (style, faults) = read(lines);
        assert_eq!(faults.len(), 0, "{lines}: {faults:?}");
        style
    }

    #[test]
    fn the_standard_s_values_are_those_of_the_preset() {
        let said = "sizes = { body = \"三号\", title = \"二号\", page_number = \"14pt\" }\nline_pitch = \"28.95pt\"\n\
                    margins = { top = \"37mm\", bottom = \"35mm\", left = \"28mm\", right = \"2.6cm\" }";
        assert_eq!(style(said), Style::default());
    }

    #[test]
    fn sizes_have_names_and_units() {
        for (written, half_points) in [("小四", 24), ("五号", 21), ("10.5pt", 21), ("5.6mm", 32), (" 12 pt ", 24)] {
            let style = style(&format!("sizes = {{ body = \"{written}\" }}"));
            assert_eq!(style.sizes.body.to_emu(), half_points * HALF_POINT, "{written}");
        }
    }

    #[test]
    fn lines_and_cells_follow_from_what_is_given() {
        let small = style("sizes = { body = \"四号\" }\nline_pitch = \"24pt\"");
        // 637.8 pt of 24 pt each; 442.2 pt hold 31 hanzi of 14 pt, and a 32nd if they stand 13.8 pt apart.
        assert_eq!((small.lines, small.cell), (26, Length::centi_pt(1380)));
        let wide = style("margins = { left = \"20mm\", right = \"20mm\" }");
        // 481.9 pt: 30 hanzi of 16 pt, with the 31st they would stand 15.53 pt apart, which is too tight.
        assert_eq!((wide.lines, wide.cell), (22, Length::pt(16)));
    }

    #[test]
    fn by_the_glyph_the_margins_are_measured_to_the_ink() {
        let preset = style("type_area = \"glyph\"");
        assert_eq!((preset.line_pitch, preset.page.top), (Length::twips(592), Length::twips(1961)));
        let own = style("type_area = \"glyph\"\nmargins = { top = \"30mm\", bottom = \"30mm\" }");
        let lead = (own.line_pitch - own.sizes.body) / 2;
        assert_eq!(own.page.top + lead, Length::mm(30));
        let foot = own.page.top + own.line_pitch * i64::from(own.lines) - lead;
        assert!((Length::mm(267) - foot).to_mm().abs() < 0.1, "{}", foot.to_mm());
    }

    #[test]
    fn what_makes_no_page_is_told_at_its_place() {
        for (lines, message) in [
            ("sizes = { body = 16 }", "body takes a size such as \"三号\" or \"16pt\", not the whole number 16"),
            ("sizes = { body = \"三\" }", "body takes a size such as \"三号\" or \"16pt\", not the text “三”"),
            ("sizes = { title = \"20.3pt\" }", "sizes of type go by half points"),
            ("sizes = { title = \"90pt\" }", "title is from 5 to 72pt"),
            ("sizes = { title = \"36pt\" }", "lines 28.95pt apart have no room for type of 36pt"),
            ("line_pitch = \"12pt\"", "lines 12pt apart have no room for type of 16pt"),
            ("line_pitch = \"三号\"", "line_pitch takes a length such as \"28pt\" or \"37mm\", not the text “三号”"),
            ("margins = { top = \"5mm\" }", "top is from 10 to 100mm"),
            (
                "margins = { left = \"100mm\", right = \"99mm\" }",
                "the type area is too small: a page has at least 5 lines, a line 5 characters",
            ),
            ("margins = { bottom = \"12mm\" }", "the lower margin has no room for the page number"),
            ("margins = { middle = \"12mm\" }", "[style] margins has no key “middle”"),
        ] {
            let (_, faults) = read(lines);
            assert!(
                faults.iter().any(|fault| fault.message.en == message && fault.span().is_some()),
                "{lines}: {faults:?}"
            );
        }
    }
}
