//! What stands beside the text of a Word file: comments, headers and footers.

use std::collections::BTreeMap;

use super::Refused;
use super::package::{Package, Relationships};
use super::xml::Element;

/// The words of the comments, by their ids.
pub(super) fn comments(
    package: &mut Package<'_>,
    relationships: &Relationships,
) -> Result<BTreeMap<String, String>, Refused> {
    let mut found = BTreeMap::new();
    for part in relationships.all_of_kind("comments") {
        let Some(root) = package.part(part)? else { continue };
        for comment in root.elements() {
            let Some(id) = comment.attribute("w:id") else { continue };
            let words = words(comment);
            if !words.is_empty() {
                found.insert(id.to_owned(), words);
            }
        }
    }
    Ok(found)
}

/// The words of each header and footer once, without those that are no more than the number of the page.
pub(super) fn margins(package: &mut Package<'_>, relationships: &Relationships) -> Result<Vec<String>, Refused> {
    let mut found: Vec<String> = Vec::new();
    for kind in ["header", "footer"] {
        for part in relationships.all_of_kind(kind) {
            let Some(root) = package.part(part)? else { continue };
            let words = words(&root);
            let is_page = |c: char| c.is_ascii_digit() || c.is_whitespace() || "-–—－第共页/".contains(c);
            if !words.chars().all(is_page) && !found.contains(&words) {
                found.push(words);
            }
        }
    }
    Ok(found)
}

/// The words of an element, its paragraphs with a blank between them.
fn words(element: &Element) -> String {
    let mut out = String::new();
    push(element, &mut out);
    out.trim().to_owned()
}

fn push(element: &Element, out: &mut String) {
    match element.name.as_str() {
        "w:t" => out.push_str(&element.text()),
        "w:tab" => out.push(' '),
        _ => element.elements().for_each(|child| push(child, out)),
    }
    if element.name == "w:p" && !out.ends_with(' ') {
        out.push(' ');
    }
}
