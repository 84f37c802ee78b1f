//! A report from its files to its paragraphs, in stages that hand on values.
//!
//! [`Layers`] are the report file over its templates. [`Loaded`] is what they say, with the tables, the pictures and the
//! last period that they name. [`Compiled`] has every hole filled, all of it checked, the paragraphs, and the faces that
//! they are set in. Each stage tells what is wrong and goes on.

use std::collections::BTreeSet;

use super::{Accepted, Job, last};
use crate::check::{self, Context};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::doc::{self, Doc, Draft};
use crate::fill::{Fill, OwnWord, fill};
use crate::fonts::Fonts;
use crate::layout::{self, Pages};
use crate::manifest::inherit::{Layers, Template};
use crate::manifest::{Images, Last, Located, Manifest};
use crate::number::Moment;
use crate::source::{FileId, Sources, Span};
use crate::text;
use crate::world::World;

/// The outputs of a draft are called so besides, before the extension: never by the name of the final pair.
const DRAFT_SUFFIX: &str = ".草稿";

/// A report with all that it names read.
#[derive(Debug)]
pub struct Loaded {
    /// The report as its files say it.
    pub manifest: Manifest,
    /// The template that it is; none for a report.
    pub template: Option<Template>,
    /// The pictures that it names, by their paths.
    pub pictures: Images,
    /// The source that has the values of [`Job::typed`].
    pub typed: Option<FileId>,
    /// The whole of its file.
    whole: Span,
}

/// A report with every hole filled.
#[derive(Debug)]
pub struct Compiled<'l> {
    /// Its texts with what fills them.
    pub fill: Fill<'l>,
    /// Its paragraphs.
    pub doc: Doc,
    /// The faces that it is set in.
    pub fonts: Fonts,
    /// Its pages, where they were needed to settle it: those of a report with a signature that is to be written.
    pub pages: Option<Pages>,
    /// Lines that a page got for the signature to stay with the text.
    pub fitted: Option<u32>,
    /// The outputs' file stem.
    pub stem: String,
    /// Rules that it breaks and may, with the reasons.
    pub accepted: Vec<Accepted>,
    /// The figures that print a word of their own in the place of one of the text, by their keys.
    pub own_words: Vec<(String, OwnWord)>,
}

impl Loaded {
    /// Reads what `layers` name; none where they are no report.
    pub fn new(
        layers: Layers,
        job: &Job,
        world: &dyn World,
        sources: &mut Sources,
        diags: &mut Diagnostics,
    ) -> Option<Self> {
        let (template, whole) = (layers.template.clone(), layers.table.span);
        let mut manifest = layers.into_manifest(diags)?;
        if let Some(last) = &job.against {
            manifest.last = last::of_report(last, world, sources, diags);
        }
        let mut pictures = job.pictures.clone();
        manifest.load(&mut pictures, world, sources, diags);
        let typed = job.typed.as_ref().map(|typed| manifest.answer(typed, sources, diags));
        Some(Loaded { manifest, template, pictures, typed, whole })
    }

    /// Fills, checks and sets it.
    pub fn compile(
        &self,
        job: &Job,
        world: &dyn World,
        fonts: &Fonts,
        sources: &Sources,
        diags: &mut Diagnostics,
    ) -> Compiled<'_> {
        let manifest = &self.manifest;
        let filled = fill(manifest, diags);
        let own_stem = Located::plain(job.own_stem(), self.whole);
        let stem = manifest.report.output.as_ref().unwrap_or(&own_stem);
        let mut doc = doc::build(manifest, &filled, world.epoch(), diags);
        let today = doc.meta.date.or_else(|| world.epoch().and_then(Moment::from_epoch).map(|moment| moment.date));
        let chosen =
            fonts.may_differ(&doc.style.fonts).then(|| fonts.choose(&doc.style.fonts, &doc.chars(), world, diags));
        let fonts = chosen.map_or_else(|| fonts.clone(), |chosen| chosen.fonts);
        check::check(&Context { manifest, fill: &filled, fonts: &fonts, stem, sources, today }, diags);
        layout::check_tables(&doc, &fonts, diags);
        layout::check_first_page(&doc, &fonts, diags);
        let accepted = accepted(manifest, diags);
        if let Last::Known(last) = &manifest.last {
            check::against(manifest, &filled, last, diags);
        }
        let is_open = filled.filled < filled.figures && !job.formats.is_empty() && !job.draft;
        if let Some(template) = self.template.as_ref().filter(|_| is_open) {
            diags.push(not_filled(template, filled.figures - filled.filled));
        }
        let mut stem = filled.output().unwrap_or_else(|| stem.text().trim().to_owned());
        doc.style.pdf_standard = job.pdf_standard.unwrap_or(doc.style.pdf_standard);
        if job.draft {
            stem += DRAFT_SUFFIX;
            doc.draft = Some(Draft { missing: filled.missing.clone() });
        }
        let key = |word: &OwnWord| manifest.figures[word.figure].phrase().to_owned();
        let own_words = filled.own_words.iter().map(|word| (key(word), word.clone())).collect();
        // A character that no face has is told already.
        let settled = if job.formats.is_empty() { None } else { layout::settle(&mut doc, &fonts).unwrap_or_default() };
        let (pages, fitted) = settled.unzip();
        Compiled { fill: filled, doc, fonts, pages, fitted: fitted.flatten(), stem, accepted, own_words }
    }
}

/// The accepts that a broken rule needed: each is told as a hint that shows its reason.
fn accepted(manifest: &Manifest, diags: &Diagnostics) -> Vec<Accepted> {
    let shown: BTreeSet<Span> = diags
        .iter()
        .filter(|fault| fault.severity == Severity::Hint && matches!(fault.code, Code::RuleBroken | Code::RoundingGap))
        .flat_map(|fault| fault.labels.iter().map(|label| label.span))
        .collect();
    let needed = manifest.accepts.iter().filter(|accept| shown.contains(&accept.reason.whole()));
    needed
        .map(|accept| Accepted { rule: accept.rule.text().to_owned(), reason: accept.reason.text().trim().to_owned() })
        .collect()
}

/// A template that is to be built as it is, with `open` figures that wait for the towns.
fn not_filled(template: &Template, open: usize) -> Diagnostic {
    Diagnostic::new(
        Code::UnfilledTemplate,
        text!(
            "这是模板，还有 {open} 个数没有填，不能生成正式稿",
            "this is a template, and {open} figures have no value"
        ),
    )
    .at(template.span)
    .help(text!(
        "各镇填好后：report-gen batch 模板 --values 数表；只看草稿：report-gen build --draft",
        "with the towns' values: report-gen batch TEMPLATE --values TABLE; for a draft: report-gen build --draft"
    ))
}
