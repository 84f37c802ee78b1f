//! A template with all that it needs, as a bundle.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::{Failure, Job, LOCK, Outcome, finish, layers};
use crate::bundle::{self, About, Bundle, MOST_BYTES};
use crate::diag::Diagnostics;
use crate::diag::level::Levels;
use crate::fonts::Fonts;
use crate::manifest::Located;
use crate::manifest::inherit::Template;
use crate::world::{Overlay, World, folder};

/// A template as a bundle.
#[derive(Debug)]
pub struct Packed {
    /// The bundle; none where the template can't be read.
    pub bundle: Option<Bundle>,
    /// What is wrong with the template.
    pub outcome: Outcome,
}

/// Checks the template `path` and gathers the files that the check reads: it, those that it builds on, and what they
/// name. A bundle is gathered as it is.
///
/// # Errors
/// [`Failure::Read`] where a file can't be read.
pub fn pack(path: &str, levels: &Levels, world: &dyn World, fonts: &Fonts) -> Result<Packed, Failure> {
    let mut outcome = Outcome::default();
    let mut diags = Diagnostics::new();
    let recorder = Recorder { world, read: RefCell::default() };
    let layers = layers(path, &recorder, &mut outcome.sources, &mut diags).map_err(Failure::Read)?;
    let about = layers.as_ref().map(|layers| layers.template.as_ref().map(about).unwrap_or_default());
    let job = Job { path: path.to_owned(), template: true, levels: levels.clone(), ..Job::default() };
    let outcome = finish(&job, layers, outcome, diags, &recorder, fonts)?;
    let Some(about) = about else { return Ok(Packed { bundle: None, outcome }) };
    let bundle = if bundle::is_bundle(path) { whole(path, world) } else { recorder.bundle(about) };
    Ok(Packed { bundle: Some(bundle.map_err(Failure::Read)?), outcome })
}

/// The bundle `path`.
fn whole(path: &str, world: &dyn World) -> io::Result<Bundle> {
    let bytes = world.read(path)?;
    Bundle::read(&bytes).map_err(|fault| io::Error::new(io::ErrorKind::InvalidData, fault))
}

fn about(template: &Template) -> About {
    let text = |text: &Option<Located>| text.as_ref().map(|text| text.text().trim().to_owned());
    About { name: text(&template.name), version: text(&template.version), requires: text(&template.requires) }
}

/// A world that notes which files are read.
struct Recorder<'w> {
    world: &'w dyn World,
    /// In the order in which they were read: the template is the first.
    read: RefCell<Vec<String>>,
}

impl Recorder<'_> {
    fn note(&self, path: &str, bytes: io::Result<Vec<u8>>) -> io::Result<Vec<u8>> {
        if bytes.is_ok() {
            self.read.borrow_mut().push(path.to_owned());
        }
        bytes
    }

    fn bundle(&self, about: About) -> io::Result<Bundle> {
        let read = self.read.borrow();
        let main = read.first().map(String::as_str).unwrap_or_default();
        let mut found = BTreeMap::new();
        // What pins the templates of the keeper's own checks is no part of the template.
        for path in read.iter().filter(|path| path.rsplit('/').next() != Some(LOCK)) {
            let (path, bytes) = self.whole(path)?;
            found.insert(path, bytes);
        }
        let names = names(main, found.keys().copied().collect());
        let template = names.get(main).cloned().unwrap_or_default();
        let files = names.into_iter().filter_map(|(path, name)| Some((name, found.remove(path)?))).collect();
        Ok(Bundle { about, template, files })
    }

    /// The file `path`, or the bundle that it is in.
    fn whole<'p>(&self, path: &'p str) -> io::Result<(&'p str, Vec<u8>)> {
        if let Some(bundle) = bundle::outermost(path)
            && let Ok(bytes) = self.world.read_in(folder(bundle), bundle, MOST_BYTES)
        {
            return Ok((bundle, bytes));
        }
        Ok((path, self.world.read_in(folder(path), path, MOST_BYTES)?))
    }
}

impl Overlay for Recorder<'_> {
    fn below(&self) -> &dyn World {
        self.world
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.note(path, self.world.read(path))
    }

    fn read_in(&self, folder: &str, path: &str, limit: u64) -> io::Result<Vec<u8>> {
        self.note(path, self.world.read_in(folder, path, limit))
    }
}

/// What the folders above the template are called in a bundle, whatever they are called on the disk: what is packed
/// does not depend on where it lay.
const ABOVE: &str = "template";

/// The names in the bundle of the files `paths`, by path: as they stand to the template `main`.
fn names<'p>(main: &'p str, paths: BTreeSet<&'p str>) -> BTreeMap<&'p str, String> {
    let from: Vec<&str> = parts(folder(main));
    let relative: BTreeMap<&str, (usize, Vec<&str>)> = paths
        .into_iter()
        .map(|path| {
            let to = parts(path);
            let shared = from.iter().zip(&to).take_while(|(a, b)| a == b && **a != "..").count();
            // A `..` that both begin with is the same folder.
            let shared = if shared == 0 { same_climbs(&from, &to) } else { shared };
            let climbs = to[shared..].iter().take_while(|part| **part == "..").count();
            (path, (from.len() - shared + climbs, to[shared + climbs..].to_vec()))
        })
        .collect();
    let highest = relative.values().map(|(climbs, _)| *climbs).max().unwrap_or(0);
    let taken: BTreeSet<&str> =
        relative.values().filter(|(climbs, _)| *climbs > 0).filter_map(|(_, rest)| rest.first().copied()).collect();
    let above = (1..).map(|n| if n == 1 { ABOVE.to_owned() } else { format!("{ABOVE}-{n}") });
    let above = above.into_iter().find(|name| !taken.contains(name.as_str())).unwrap_or_default();
    let name = |(climbs, rest): (usize, Vec<&str>)| {
        let folders = std::iter::repeat_n(above.as_str(), highest - climbs);
        folders.chain(rest).collect::<Vec<_>>().join("/")
    };
    relative.into_iter().map(|(path, place)| (path, name(place))).collect()
}

fn parts(path: &str) -> Vec<&str> {
    path.split('/').filter(|part| !matches!(*part, "" | ".")).collect()
}

/// How many parts two paths share that both begin above the folder from which they count.
fn same_climbs(from: &[&str], to: &[&str]) -> usize {
    let climbs = |parts: &[&str]| parts.iter().take_while(|part| **part == "..").count();
    if climbs(from) != climbs(to) {
        return climbs(from).min(climbs(to));
    }
    from.iter().zip(to).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::Shelf;
    use crate::world::Memory;

    fn of(main: &str, paths: &[&str]) -> Vec<String> {
        let named = names(main, paths.iter().copied().collect());
        paths.iter().map(|path| named[path].clone()).collect()
    }

    #[test]
    fn names_do_not_depend_on_where_the_template_lay() {
        let inside = ["template.toml", "a/b.csv"];
        assert_eq!(of("template.toml", &inside), inside);
        assert_eq!(of("x/y/template.toml", &["x/y/template.toml", "x/y/a/b.csv"]), inside);
        assert_eq!(of("../y/template.toml", &["../y/template.toml", "../y/a/b.csv"]), inside);
        let above = ["template/t.toml", "省/t.toml"];
        assert_eq!(of("t.toml", &["t.toml", "../省/t.toml"]), above);
        assert_eq!(of("县/t.toml", &["县/t.toml", "省/t.toml"]), above);
        assert_eq!(of("../县/t.toml", &["../县/t.toml", "../省/t.toml"]), above);
        assert_eq!(of("/srv/县/t.toml", &["/srv/县/t.toml", "/srv/省/t.toml"]), above);
        assert_eq!(of("县/t.toml", &["县/t.toml", "template/t.toml"]), ["template-2/t.toml", "template/t.toml"]);
        assert_eq!(of("../t.toml", &["../t.toml", "../../t.toml"]), ["template/t.toml", "t.toml"]);
    }

    #[test]
    fn a_template_is_packed_with_what_it_builds_on_and_unpacks_to_the_same() {
        let base = "[report]\ntitle = \"XXX镇汇报\"\n[[section]]\ntext = \"召开会议X次。\"\nwhen = '\"会议X次\" > 0'\n\
                    [[section.table]]\nsource = \"村.csv\"\n";
        let own = "[template]\nname = \"月报\"\nversion = \"1.2\"\nbase = \"../省/t.toml\"\n";
        let files = [("县/t.toml", own), ("省/t.toml", base), ("省/村.csv", "村\n东村\n"), ("县/towns.csv", "镇\n")];
        let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        let of = |path: &str, files| {
            let world = Shelf::new(Memory { files, epoch: None });
            pack(path, &Levels::default(), &world, &Fonts::bundled()).unwrap().bundle.unwrap()
        };
        let bundle = of("县/t.toml", files.into());
        assert_eq!(bundle.about.version.as_deref(), Some("1.2"));
        assert_eq!(bundle.template, "template/t.toml");
        assert_eq!(bundle.files.keys().collect::<Vec<_>>(), ["template/t.toml", "省/t.toml", "省/村.csv"]);
        let packed = bundle.pack().unwrap();
        let unpacked = bundle.files.iter().map(|(name, bytes)| (format!("out/{name}"), bytes.clone())).collect();
        assert!(of("out/template/t.toml", unpacked).pack().unwrap() == packed, "the same bytes");
        // A county that builds on the bundle sends both.
        let over = "[template]\nbase = \"省.rgt\"\n".as_bytes().to_vec();
        let both = of("t.toml", [("t.toml".to_owned(), over), ("省.rgt".to_owned(), packed.clone())].into());
        assert_eq!(both.files["省.rgt"], packed);
        let sent = Memory { files: [("县.rgt".to_owned(), both.pack().unwrap())].into(), epoch: None };
        let again = pack("县.rgt", &Levels::default(), &Shelf::new(sent), &Fonts::bundled()).unwrap();
        assert_eq!(again.outcome.diagnostics, []);
        assert_eq!(again.bundle, Some(both));
    }
}
