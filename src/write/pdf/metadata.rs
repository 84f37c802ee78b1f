//! The document's properties, twice: the information dictionary and XMP, which must say the same.

use std::fmt::Write;

use lopdf::{Dictionary, text_string};
use quick_xml::escape::escape;

use crate::doc::Meta;

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
    if let Some(time) = meta.created.and_then(Time::new) {
        info.set("CreationDate", text_string(&time.pdf()));
        info.set("ModDate", text_string(&time.pdf()));
    }
    info
}

/// The XMP packet.
pub(super) fn xmp(meta: &Meta) -> String {
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
    if let Some(time) = meta.created.and_then(Time::new) {
        let time = time.xmp();
        let _ = writeln!(xmp, "<xmp:CreateDate>{time}</xmp:CreateDate>\n<xmp:ModifyDate>{time}</xmp:ModifyDate>");
    }
    xmp.push_str("</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    xmp
}

/// A moment, UTC.
struct Time {
    year: i64,
    month: i64,
    day: i64,
    second_of_day: i64,
}

impl Time {
    /// From seconds since 1970; `None` outside the years 1 to 9999, which neither form can write.
    fn new(epoch: i64) -> Option<Time> {
        let days = epoch.div_euclid(86_400);
        // Years that begin in March, so that the leap day is the last of its year; 400 of them are an era.
        let days = days.checked_add(719_468)?;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * day_of_year + 2) / 153;
        let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (1..=9999).contains(&year).then(|| Time {
            year,
            month,
            day: day_of_year - (153 * march_month + 2) / 5 + 1,
            second_of_day: epoch.rem_euclid(86_400),
        })
    }

    fn clock(&self) -> (i64, i64, i64) {
        (self.second_of_day / 3_600, self.second_of_day / 60 % 60, self.second_of_day % 60)
    }

    /// As ISO 32000-1, 7.9.4.
    fn pdf(&self) -> String {
        let (hour, minute, second) = self.clock();
        format!("D:{:04}{:02}{:02}{hour:02}{minute:02}{second:02}Z", self.year, self.month, self.day)
    }

    /// As ISO 8601.
    fn xmp(&self) -> String {
        let (hour, minute, second) = self.clock();
        format!("{:04}-{:02}-{:02}T{hour:02}:{minute:02}:{second:02}Z", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_days_of_the_calendar() {
        let xmp = |epoch| Time::new(epoch).map(|time| time.xmp());
        assert_eq!(xmp(0).as_deref(), Some("1970-01-01T00:00:00Z"));
        assert_eq!(xmp(-1).as_deref(), Some("1969-12-31T23:59:59Z"));
        assert_eq!(xmp(951_782_400).as_deref(), Some("2000-02-29T00:00:00Z"));
        assert_eq!(xmp(1_700_467_199).as_deref(), Some("2023-11-20T07:59:59Z"));
        assert_eq!(xmp(i64::MAX), None);
        assert_eq!(xmp(i64::MIN), None);
        assert_eq!(Time::new(1_700_467_199).unwrap().pdf(), "D:20231120075959Z");
    }

    #[test]
    fn signs_of_xml_in_a_title_are_text() {
        let meta = Meta { title: "A<B & “C”".to_string(), ..Meta::default() };
        assert!(xmp(&meta).contains("A&lt;B &amp; “C”"));
        assert!(!xmp(&meta).contains("CreateDate"), "no date unless one is given");
    }
}
