//! Bundles read where they stand: `county.rgt/template.toml` is a file of the bundle `county.rgt`.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Bundle, MOST_BYTES, TEMPLATE, is_bundle, marks};
use crate::world::{Overlay, World, folder};

/// How deep bundles may lie in bundles.
const MOST_NESTED: usize = 8;

/// A world in which a bundle is a folder. Each bundle is read and checked once.
///
/// A folder that is called like a bundle is still the folder that it is.
pub struct Shelf<W> {
    world: W,
    /// By the folder that each had to lie in, and its path.
    bundles: Mutex<BTreeMap<(String, String), Arc<Bundle>>>,
}

impl<W> std::fmt::Debug for Shelf<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shelf").finish_non_exhaustive()
    }
}

impl<W: World> Shelf<W> {
    /// `world`, with its bundles open.
    pub fn new(world: W) -> Self {
        Shelf { world, bundles: Mutex::default() }
    }

    /// The bundle `path`, of which a file is asked for that must lie in `limits`; none where it is no file.
    fn bundle(&self, limits: &str, path: &str) -> io::Result<Option<Arc<Bundle>>> {
        // A folder inside of the bundle says nothing of where the bundle may lie.
        let within = if lies_in(limits, path) { limits } else { folder(path) };
        let key = (within.to_owned(), path.to_owned());
        let known = self.bundles.lock().unwrap_or_else(PoisonError::into_inner).get(&key).map(Arc::clone);
        if known.is_some() {
            return Ok(known);
        }
        // It may lie in another one. A bundle is smaller than its files, or hardly larger.
        let bytes = match Overlay::read_in(self, within, path, 2 * MOST_BYTES) {
            Ok(bytes) => bytes,
            Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        };
        let read = Bundle::read(&bytes).map_err(|fault| io::Error::new(ErrorKind::InvalidData, fault))?;
        let bundle = Arc::new(read);
        let mut bundles = self.bundles.lock().unwrap_or_else(PoisonError::into_inner);
        bundles.insert(key, Arc::clone(&bundle));
        Ok(Some(bundle))
    }

    /// The file of a bundle, where `path` leads into one; it must lie in the folder `limits`.
    fn packed(&self, limits: &str, path: &str) -> io::Result<Option<Vec<u8>>> {
        let Some(at) = marks(path).next_back() else { return Ok(None) };
        if marks(path).nth(MOST_NESTED).is_some() {
            return Err(ErrorKind::NotFound.into());
        }
        let Some(bundle) = self.bundle(limits, &path[..at])? else { return Ok(None) };
        bundle.files.get(&path[at + 1..]).cloned().map(Some).ok_or_else(|| ErrorKind::NotFound.into())
    }
}

impl<W: World> Overlay for Shelf<W> {
    fn below(&self) -> &dyn World {
        &self.world
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.packed(folder(path), path)?.map_or_else(|| self.world.read(path), Ok)
    }

    fn read_in(&self, folder: &str, path: &str, limit: u64) -> io::Result<Vec<u8>> {
        match self.packed(folder, path)? {
            Some(bytes) if bytes.len() as u64 > limit => Err(ErrorKind::FileTooLarge.into()),
            Some(bytes) => Ok(bytes),
            None => self.world.read_in(folder, path, limit),
        }
    }

    fn template(&self, folder: &str, path: &str) -> io::Result<String> {
        if !is_bundle(path) {
            return self.world.template(folder, path);
        }
        let bundle = self.bundle(folder, path)?;
        Ok(format!("{path}/{}", bundle.as_ref().map_or(TEMPLATE, |bundle| &bundle.template)))
    }
}

/// Whether the words of `path` lead into `folder`.
fn lies_in(folder: &str, path: &str) -> bool {
    match folder {
        "" => !path.starts_with(['/', '.']),
        "/" => path.starts_with('/'),
        _ => path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')),
    }
}
