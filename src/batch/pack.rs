//! A template with all that it needs, as a bundle.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;

use super::{Failure, Job, LOCK, Outcome, finish, template};
use crate::bundle::{self, About, Bundle, MOST_BYTES};
use crate::diag::Diagnostics;
use crate::diag::level::Levels;
use crate::fonts::Fonts;
use crate::manifest::Located;
use crate::manifest::inherit::Template;
use crate::source::Sources;
use crate::world::{Overlay, World, folder, normal};

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
    let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
    let recorder = Recorder { world, read: RefCell::default() };
    let layers = template(path, &recorder, &mut sources, &mut diags).map_err(Failure::Read)?;
    let about = layers.as_ref().map(|layers| layers.template.as_ref().map(about).unwrap_or_default());
    let job = Job { path: path.to_owned(), template: true, levels: levels.clone(), ..Job::default() };
    let outcome = finish(&job, layers, sources, diags, &recorder, fonts)?;
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
        let (main, mut files) = (normal(main), BTreeMap::new());
        for (path, bytes) in found {
            // All lie in the folder of the template, since it can name no others.
            if let Some(name) = beside_main(&main, &normal(path)) {
                files.insert(name, bytes);
            }
        }
        let template = beside_main(&main, &main).unwrap_or_default();
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

/// The name of the file `path` in the bundle: as it stands to the template `main`. None where it lies elsewhere.
fn beside_main(main: &str, path: &str) -> Option<String> {
    match folder(main) {
        "" => Some(path.to_owned()),
        "/" => path.strip_prefix('/').map(str::to_owned),
        folder => path.strip_prefix(folder)?.strip_prefix('/').map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::Shelf;
    use crate::world::Memory;

    #[test]
    fn names_do_not_depend_on_where_the_template_lay() {
        for folder in ["", "x/y/", "../y/", "/", "/srv/county/"] {
            let main = format!("{folder}template.toml");
            assert_eq!(beside_main(&main, &main).as_deref(), Some("template.toml"));
            assert_eq!(beside_main(&main, &format!("{folder}a/b.csv")).as_deref(), Some("a/b.csv"));
        }
        assert_eq!(beside_main("county/template.toml", "county-2/b.csv"), None);
    }

    #[test]
    fn a_template_is_packed_with_what_it_builds_on_and_unpacks_to_the_same() {
        let base = "[report]\ntitle = \"XXX镇汇报\"\n[[section]]\ntext = \"召开会议X次。\"\nwhen = '\"会议X次\" > 0'\n\
                    [[section.table]]\nsource = \"村.csv\"\n";
        let own = "[template]\nname = \"月报\"\nversion = \"1.2\"\nbase = \"省/t.toml\"\n";
        let files =
            [("县/t.toml", own), ("县/省/t.toml", base), ("县/省/村.csv", "村\n东村\n"), ("县/towns.csv", "镇\n")];
        let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        let of = |path: &str, files| {
            let world = Shelf::new(Memory { files, epoch: None });
            pack(path, &Levels::default(), &world, &Fonts::bundled()).unwrap().bundle.unwrap()
        };
        let bundle = of("县/t.toml", files.into());
        assert_eq!(bundle.about.version.as_deref(), Some("1.2"));
        assert_eq!(bundle.template, "t.toml");
        assert_eq!(bundle.files.keys().collect::<Vec<_>>(), ["t.toml", "省/t.toml", "省/村.csv"]);
        let packed = bundle.pack().unwrap();
        let unpacked = bundle.files.iter().map(|(name, bytes)| (format!("out/{name}"), bytes.clone())).collect();
        assert!(of("out/t.toml", unpacked).pack().unwrap() == packed, "the same bytes");
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
