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
    bundles: Mutex<BTreeMap<String, Arc<Bundle>>>,
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

    /// The bundle `path`; none where it is no file.
    fn bundle(&self, path: &str) -> io::Result<Option<Arc<Bundle>>> {
        let known = |bundles: &BTreeMap<String, Arc<Bundle>>| bundles.get(path).map(Arc::clone);
        if let Some(bundle) = known(&self.bundles.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(Some(bundle));
        }
        // It may lie in another one. A bundle is smaller than its files, or hardly larger.
        let bytes = match Overlay::read_in(self, folder(path), path, 2 * MOST_BYTES) {
            Ok(bytes) => bytes,
            Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        };
        let read = Bundle::read(&bytes).map_err(|fault| io::Error::new(ErrorKind::InvalidData, fault))?;
        let bundle = Arc::new(read);
        let mut bundles = self.bundles.lock().unwrap_or_else(PoisonError::into_inner);
        bundles.insert(path.to_owned(), Arc::clone(&bundle));
        Ok(Some(bundle))
    }

    /// The file of a bundle, where `path` leads into one.
    fn packed(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        let Some(at) = marks(path).next_back() else { return Ok(None) };
        if marks(path).nth(MOST_NESTED).is_some() {
            return Err(ErrorKind::NotFound.into());
        }
        let Some(bundle) = self.bundle(&path[..at])? else { return Ok(None) };
        bundle.files.get(&path[at + 1..]).cloned().map(Some).ok_or_else(|| ErrorKind::NotFound.into())
    }
}

impl<W: World> Overlay for Shelf<W> {
    fn below(&self) -> &dyn World {
        &self.world
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.packed(path)?.map_or_else(|| self.world.read(path), Ok)
    }

    fn read_in(&self, folder: &str, path: &str, limit: u64) -> io::Result<Vec<u8>> {
        match self.packed(path)? {
            Some(bytes) if bytes.len() as u64 > limit => Err(ErrorKind::FileTooLarge.into()),
            Some(bytes) => Ok(bytes),
            None => self.world.read_in(folder, path, limit),
        }
    }

    fn template(&self, path: &str) -> io::Result<String> {
        if !is_bundle(path) {
            return self.world.template(path);
        }
        let bundle = self.bundle(path)?;
        Ok(format!("{path}/{}", bundle.as_ref().map_or(TEMPLATE, |bundle| &bundle.template)))
    }
}
