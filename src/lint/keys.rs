//! Figures whose keys quote the words that a cure changes: the keys change with them.
//!
//! A key is a phrase of the text. Where `"共X户,其中"` fills a hole and the comma of the text is mended, the key would
//! fill nothing any more; so an edit inside of the words that a key claims takes the same edit of the key with it, and
//! of the rules that name the key.

use std::collections::BTreeMap;
use std::ops::Range;

use super::report::Report;
use crate::diag::Edit;
use crate::manifest::{Located, Manifest, quote};
use crate::placeholder::{Key, Passage, Phrase, Scan, claim, scan};
use crate::source::{FileId, Span};
use crate::world::World;

/// Edits that are made together or not at all.
pub(super) type Group = Vec<Edit>;

/// `groups` of the report file `text`, those that touch the same key joined, with the edits of that key. A group whose key
/// stands in another file, a template's, is left out.
pub(super) fn with_keys(path: &str, text: &str, groups: Vec<Group>, world: &dyn World) -> Vec<Group> {
    let Report { file, manifest: Some(manifest), .. } = Report::read(path, text, world) else { return groups };
    let claimed = Claimed::of(&manifest);
    let mut joined = Joined::new(groups);
    for (figure, places) in &claimed.places {
        let key = &claimed.keys[*figure];
        for place in places.iter().filter(|place| place.is_in(file)) {
            for (group, edit) in joined.touching(place) {
                let Some(range) = key.part(place, &edit) else { continue };
                joined.join(*figure, group);
                let located = &manifest.figures[*figure].key;
                joined.also(*figure, located.edit(range, &edit.text).filter(|edit| edit.span.file == file));
            }
        }
    }
    joined.finish(&manifest)
}

/// A place in the text that a key claims: where each character of its phrase is written.
struct Place {
    chars: Vec<Span>,
}

impl Place {
    fn is_in(&self, file: FileId) -> bool {
        self.chars.first().is_some_and(|first| first.file == file)
    }
}

/// A key: where each character of its phrase stands in it.
struct KeyText {
    phrase: Vec<Range<usize>>,
}

impl KeyText {
    /// The bytes of the key that say what `edit` changes at `place`; `None` where it changes no character of it.
    fn part(&self, place: &Place, edit: &Edit) -> Option<Range<usize>> {
        let covered = |span: &Span| span.start < edit.span.end && edit.span.start < span.end;
        let first = place.chars.iter().position(covered)?;
        let last = place.chars.iter().rposition(covered)?;
        Some(self.phrase.get(first)?.start..self.phrase.get(last)?.end)
    }
}

/// What the keys of a report claim.
struct Claimed {
    keys: Vec<KeyText>,
    /// By figure.
    places: BTreeMap<usize, Vec<Place>>,
}

impl Claimed {
    fn of(manifest: &Manifest) -> Claimed {
        let fields = manifest.fields();
        let texts: Vec<(Scan, Phrase)> = fields.iter().map(|field| read(field.text.text(), manifest)).collect();
        let keys: Vec<(Scan, Phrase)> = manifest.figures.iter().map(|figure| read(figure.phrase(), manifest)).collect();
        let passages: Vec<Passage<'_>> =
            fields.iter().zip(&texts).map(|(field, (_, phrase))| Passage { phrase, scope: field.scope() }).collect();
        let rivals: Vec<Key<'_>> = manifest
            .figures
            .iter()
            .zip(&keys)
            .map(|(figure, (_, phrase))| Key { phrase, scope: figure.scope })
            .collect();
        let mut places: BTreeMap<usize, Vec<Place>> = BTreeMap::new();
        let ends: Vec<Vec<(usize, Range<usize>)>> =
            fields.iter().zip(&texts).map(|(field, (scan, phrase))| ranges(field.text.text(), scan, phrase)).collect();
        for found in claim(&passages, &rivals).map(|claims| claims.filled).unwrap_or_default() {
            let (text, key) = (&texts[found.passage].1, &keys[found.key].1);
            let Some(start) = text.hole(found.holes.start).zip(key.hole(0)).and_then(|(a, b)| a.checked_sub(b)) else {
                continue;
            };
            let end = start + key.text().len();
            let ranges = &ends[found.passage];
            let of = |at: usize| ranges.partition_point(|(byte, _)| *byte < at);
            let located: &Located = fields[found.passage].text;
            let chars = ranges[of(start)..of(end)].iter().map(|(_, range)| located.span(range.clone())).collect();
            places.entry(found.key).or_default().push(Place { chars });
        }
        let keys = manifest
            .figures
            .iter()
            .zip(&keys)
            .map(|(figure, (scan, phrase))| {
                let in_key = |range: Range<usize>| range.start + figure.phrase..range.end + figure.phrase;
                let ranges = ranges(figure.phrase(), scan, phrase);
                KeyText { phrase: ranges.into_iter().map(|(_, range)| in_key(range)).collect() }
            })
            .collect();
        Claimed { keys, places }
    }
}

fn read(text: &str, manifest: &Manifest) -> (Scan, Phrase) {
    let scan = scan(text, &manifest.literals);
    let phrase = Phrase::new(text, &scan);
    (scan, phrase)
}

/// For each character of `phrase`: where it is in the phrase, and the stretch of `text` that says it.
fn ranges(text: &str, scan: &Scan, phrase: &Phrase) -> Vec<(usize, Range<usize>)> {
    let mut holes = scan.holes.iter().peekable();
    phrase
        .places()
        .map(|(byte, at)| {
            while holes.next_if(|hole| hole.range.end <= at).is_some() {}
            let hole = holes.peek().filter(|hole| hole.range.start == at);
            let end =
                hole.map_or_else(|| at + text[at..].chars().next().map_or(0, char::len_utf8), |hole| hole.range.end);
            (byte, at..end)
        })
        .collect()
}

/// Groups, some of which have become one.
struct Joined {
    groups: Vec<Group>,
    /// All edits by place, with their group.
    edits: Vec<(usize, Edit)>,
    /// The group that each has been joined to.
    into: Vec<usize>,
    /// By figure: the group that changes its key, and how.
    keys: BTreeMap<usize, (usize, Vec<Edit>)>,
    /// Groups that can't be made, since a key can't be changed.
    broken: Vec<bool>,
}

impl Joined {
    fn new(groups: Vec<Group>) -> Joined {
        let mut edits: Vec<(usize, Edit)> = groups
            .iter()
            .enumerate()
            .flat_map(|(index, group)| group.iter().map(move |e| (index, e.clone())))
            .collect();
        edits.sort_by_key(|(_, edit)| edit.span);
        let (into, broken) = ((0..groups.len()).collect(), vec![false; groups.len()]);
        Joined { groups, edits, into, keys: BTreeMap::new(), broken }
    }

    /// The edits that touch a character of `place`.
    fn touching(&self, place: &Place) -> Vec<(usize, Edit)> {
        let (Some(first), Some(last)) = (place.chars.first(), place.chars.last()) else { return Vec::new() };
        let start = self.edits.partition_point(|(_, edit)| edit.span.end <= first.start);
        self.edits[start..].iter().take_while(|(_, edit)| edit.span.start < last.end).cloned().collect()
    }

    fn root(&mut self, group: usize) -> usize {
        let mut root = group;
        while self.into[root] != root {
            self.into[root] = self.into[self.into[root]];
            root = self.into[root];
        }
        root
    }

    /// `group` changes words that the key of `figure` quotes.
    fn join(&mut self, figure: usize, group: usize) {
        let group = self.root(group);
        let other = self.keys.entry(figure).or_insert((group, Vec::new())).0;
        let other = self.root(other);
        self.into[group] = other;
    }

    /// The key of `figure` takes `edit` along; `None` where its literal can't hold it.
    fn also(&mut self, figure: usize, edit: Option<Edit>) {
        let Some((group, edits)) = self.keys.get_mut(&figure) else { return };
        match edit {
            Some(edit) if !edits.contains(&edit) => edits.push(edit),
            Some(_) => {}
            None => self.broken[*group] = true,
        }
    }

    fn finish(mut self, manifest: &Manifest) -> Vec<Group> {
        let count = self.groups.len();
        let mut out: BTreeMap<usize, Group> = BTreeMap::new();
        for group in 0..count {
            let root = self.root(group);
            let edits = std::mem::take(&mut self.groups[group]);
            out.entry(root).or_default().extend(edits);
        }
        for (figure, (group, edits)) in std::mem::take(&mut self.keys) {
            let root = self.root(group);
            if self.broken[group] || apart(&edits).is_none() {
                out.remove(&root);
                continue;
            }
            let Some(group) = out.get_mut(&root) else { continue };
            group.extend(references(manifest, &manifest.figures[figure].key, &edits));
            group.extend(edits);
        }
        out.into_values().collect()
    }
}

/// The edits in order, if they do not overlap.
pub(super) fn apart(edits: &[Edit]) -> Option<Vec<&Edit>> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| edit.span);
    sorted.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start).then_some(sorted)
}

/// The edits of all expressions that name `key`, which is itself edited by `edits`.
fn references(manifest: &Manifest, key: &Located, edits: &[Edit]) -> Vec<Edit> {
    let rules = manifest.rules.iter().filter_map(|rule| rule.check.as_ref().map(|check| &check.text));
    let sections = manifest.sections.iter().filter_map(|section| section.when.as_ref().map(|when| &when.text));
    let figures = manifest.figures.iter().filter_map(|figure| figure.declaration.as_ref()?.compute.as_ref());
    let named = quote(key.text());
    let Some(edits) = apart(edits) else { return Vec::new() };
    let mut new = String::new();
    let mut at = 0;
    for (start, c) in key.text().char_indices() {
        let span = key.span(start..start + c.len_utf8());
        if let Some(edit) = edits.get(at).filter(|edit| edit.span.start <= span.start && span.end <= edit.span.end) {
            if span.start == edit.span.start {
                new.push_str(&edit.text);
            }
            if span.end == edit.span.end {
                at += 1;
            }
        } else {
            new.push(c);
        }
    }
    let new = quote(&new);
    let mut found = Vec::new();
    for text in rules.chain(sections).chain(figures.map(|compute| &compute.text)) {
        let places = text.text().match_indices(&named).filter(|_| text.whole().file == key.whole().file);
        found.extend(places.filter_map(|(at, named)| text.edit(at..at + named.len(), &new)));
    }
    found
}
