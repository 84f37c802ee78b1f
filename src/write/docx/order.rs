//! Puts the elements of WordprocessingML in the order that its schema asks for.
//!
//! Word calls a file damaged where properties stand in another order; docx-rs writes them in its own.

use super::xml::{Element, Node};

/// The names of an element's children in the schema's order (ECMA-376 part 1, annex A.1), without the prefix `w:`.
fn sequence(parent: &str) -> Option<&'static str> {
    Some(match parent {
        "w:pPr" => {
            "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd \
             tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi \
             adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc \
             textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
        }
        "w:rPr" => {
            "ins del rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint \
             noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd \
             fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
        }
        "w:sectPr" => {
            "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType \
             pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid"
        }
        "w:style" => {
            "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat \
             locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"
        }
        "w:tblPr" => {
            "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing \
             tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
        }
        "w:tcPr" => {
            "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign \
             hideMark"
        }
        _ => return None,
    })
}

/// Orders the children of `element` and of all below it, leaves out property elements that say nothing, and
/// takes away the paragraph ids that docx-rs counts up over the whole process.
pub(super) fn put_in_order(element: &mut Element) {
    element.attributes.retain(|(name, _)| name != "w14:paraId");
    for child in element.elements_mut() {
        put_in_order(child);
    }
    element.children.retain(|node| match node {
        Node::Element(child) => !(matches!(child.name.as_str(), "w:pPr" | "w:rPr") && child.children.is_empty()),
        Node::Text(_) => true,
    });
    if let Some(sequence) = sequence(&element.name) {
        // Stable, so that footers and borders of one name keep theirs; names that the table lacks go last.
        element.children.sort_by_key(|node| match node {
            Node::Element(child) => place(sequence, &child.name).unwrap_or(usize::MAX),
            Node::Text(_) => usize::MAX,
        });
    }
}

fn place(sequence: &str, name: &str) -> Option<usize> {
    let name = name.strip_prefix("w:")?;
    sequence.split(' ').position(|candidate| candidate == name)
}

/// The first element below `element` whose children are out of order, for tests.
#[cfg(test)]
pub(super) fn misplaced(element: &Element) -> Option<String> {
    let mut last = 0;
    for node in &element.children {
        let Node::Element(child) = node else { continue };
        if let Some(sequence) = sequence(&element.name) {
            match place(sequence, &child.name) {
                Some(place) if place >= last => last = place,
                Some(_) | None => return Some(format!("{} in {}", child.name, element.name)),
            }
        }
        if let Some(found) = misplaced(child) {
            return Some(found);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::xml::parse;
    use super::*;

    #[test]
    fn properties_are_sorted_and_empty_ones_dropped() {
        let mut root = parse(
            b"<w:p w14:paraId=\"00000001\"><w:pPr><w:rPr/><w:jc/><w:ind/><w:pStyle/></w:pPr>\
              <w:r><w:rPr/><w:t>x</w:t></w:r></w:p>",
        )
        .unwrap();
        assert_eq!(misplaced(&root).as_deref(), Some("w:jc in w:pPr"));
        put_in_order(&mut root);
        assert_eq!(misplaced(&root), None);
        let part = String::from_utf8(root.to_part()).unwrap();
        assert!(
            part.ends_with("<w:p><w:pPr><w:pStyle/><w:ind/><w:jc/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>"),
            "{part}"
        );
    }
}
