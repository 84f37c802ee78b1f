//! The document's properties, twice: the information dictionary and XMP, which must say the same.

use std::fmt::Write;

use lopdf::{Dictionary, text_string};
use quick_xml::escape::escape;

use crate::doc::Meta;
use crate::manifest::PdfStandard;
use crate::number::{Date, Moment};

/// The program, as it names itself in what it makes.
const PRODUCER: &str = concat!("report-gen ", env!("CARGO_PKG_VERSION"));

/// The language of a report that names none.
const LANGUAGE: &str = "zh-CN";

/// BCP 47 language of the document.
pub(super) fn language(meta: &Meta) -> &str {
    if meta.lang.is_empty() { LANGUAGE } else { &meta.lang }
}

/// The information dictionary.
pub(super) fn info(meta: &Meta) -> Dictionary {
    let mut info = Dictionary::new();
    info.set("Title", text_string(&meta.title));
    if let Some(author) = &meta.author {
        info.set("Author", text_string(author));
    }
    info.set("Creator", text_string(PRODUCER));
    info.set("Producer", text_string(PRODUCER));
    if let Some(time) = meta.created.and_then(Moment::from_epoch) {
        info.set("CreationDate", text_string(&pdf_time(&time)));
        info.set("ModDate", text_string(&pdf_time(&time)));
    }
    info
}

/// The XMP packet, which claims `standard`.
pub(super) fn xmp(meta: &Meta, standard: PdfStandard) -> String {
    let mut xmp = String::from(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n\
         <dc:format>application/pdf</dc:format>\n",
    );
    // Writing to a string cannot fail.
    let _ = writeln!(
        xmp,
        "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:title>",
        escape(&meta.title)
    );
    if let Some(author) = &meta.author {
        let _ = writeln!(xmp, "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>", escape(author));
    }
    let _ = writeln!(xmp, "<dc:language><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language>", escape(language(meta)));
    let _ = writeln!(xmp, "<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>\n<pdf:Producer>{PRODUCER}</pdf:Producer>");
    if let Some(time) = meta.created.and_then(Moment::from_epoch) {
        let time = time.iso();
        let _ = writeln!(xmp, "<xmp:CreateDate>{time}</xmp:CreateDate>\n<xmp:ModifyDate>{time}</xmp:ModifyDate>");
    }
    xmp.push_str("</rdf:Description>\n");
    let claim = match standard {
        PdfStandard::A1b => Some((1, 'B')),
        PdfStandard::A2b => Some((2, 'B')),
        PdfStandard::A2a => Some((2, 'A')),
        PdfStandard::None => None,
    };
    if let Some((part, level)) = claim {
        let _ = writeln!(
            xmp,
            "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n\
             <pdfaid:part>{part}</pdfaid:part>\n<pdfaid:conformance>{level}</pdfaid:conformance>\n\
             </rdf:Description>"
        );
    }
    if standard == PdfStandard::A2a {
        xmp.push_str(UA);
    }
    xmp.push_str("</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    xmp
}

/// The claim of PDF/UA-1, and what its one word means, which PDF/A asks for (ISO 19005-2, 6.6.2.3.2).
const UA: &str = "<rdf:Description rdf:about=\"\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" \
xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
";

/// As ISO 32000-1, 7.9.4: `D:20231120080000Z`.
fn pdf_time(moment: &Moment) -> String {
    let Date { year, month, day } = moment.date;
    let (hour, minute, second) = moment.clock();
    format!("D:{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_xml_in_a_title_are_text() {
        let meta = Meta { title: "A<B & “C”".to_string(), ..Meta::default() };
        let xmp = xmp(&meta, PdfStandard::None);
        assert!(xmp.contains("A&lt;B &amp; “C”"));
        assert!(!xmp.contains("CreateDate"), "no date unless one is given");
    }
}
