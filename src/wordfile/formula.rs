//! Formulas of Word (Office Math, ECMA-376-1, 22.1) in one line: `26/31`, `x²`.

use super::xml::Element;

/// A formula in one line, and whether it says more than that line shows.
pub(super) fn line(element: &Element) -> (String, bool) {
    let mut out = String::new();
    let is_flat = !push(element, &mut out);
    (out, is_flat)
}

/// The characters in the place of raised ones; none where there is one that no face has.
pub(super) fn raised(text: &str) -> Option<String> {
    let digit = |c: char| match c {
        '1' => Some('¹'),
        '2' => Some('²'),
        '3' => Some('³'),
        '4' => Some('⁴'),
        _ => None,
    };
    text.chars().map(digit).collect::<Option<String>>().filter(|text| !text.is_empty())
}

/// Adds the parts of `element`; true if they stand in the line as they do in the file.
fn push(element: &Element, out: &mut String) -> bool {
    let part = |name: &str| {
        let mut text = String::new();
        element.child(name).into_iter().for_each(|child| {
            push(child, &mut text);
        });
        text
    };
    match element.name.as_str() {
        "m:t" | "w:t" => out.push_str(&element.text()),
        "m:f" => {
            let (above, below) = (part("m:num"), part("m:den"));
            if below.is_empty() {
                out.push_str(&above);
            } else {
                out.push_str(&format!("{}/{}", whole(&above), whole(&below)));
            }
        }
        "m:sSup" => {
            let above = part("m:sup");
            out.push_str(&part("m:e"));
            match raised(&above) {
                Some(above) => out.push_str(&above),
                None => out.push_str(&format!("^{}", whole(&above))),
            }
            return raised(&above).is_some();
        }
        "m:rad" => out.push_str(&format!("√{}", whole(&part("m:e")))),
        "m:d" => out.push_str(&format!("({})", part("m:e"))),
        _ => {
            let parts = element.elements().filter(|child| !child.name.ends_with("Pr"));
            return parts.fold(true, |is_same, child| push(child, out) & is_same) & (element.name != "m:sSub");
        }
    }
    matches!(element.name.as_str(), "m:t" | "w:t" | "m:d")
}

/// `text` in brackets, where it is more than one number or word.
fn whole(text: &str) -> String {
    let is_one = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '%'));
    if is_one { text.to_owned() } else { format!("({text})") }
}
