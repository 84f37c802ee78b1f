//! Bundles read where they stand: `county.rgt/template.toml` is a file of the bundle `county.rgt`.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Bundle, EXTENSION, MOST_BYTES};
use crate::world::World;

/// A world in which a bundle is a folder. Each bundle is read and checked once.
pub struct Shelf<'w> {
    world: &'w dyn World,
    bundles: Mutex<BTreeMap<String, Arc<Bundle>>>,
}

impl std::fmt::Debug for Shelf<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shelf").finish_non_exhaustive()
    }
}

impl<'w> Shelf<'w> {
    /// `world`, with its bundles open.
    pub fn new(world: &'w dyn World) -> Self {
        Shelf { world, bundles: Mutex::default() }
    }

    /// The bundle `path`.
    ///
    /// # Errors
    /// What the world says, or `InvalidData` around a [`BundleFault`](super::BundleFault).
    pub fn bundle(&self, path: &str) -> io::Result<Arc<Bundle>> {
        let mut bundles = self.bundles.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bundle) = bundles.get(path) {
            return Ok(Arc::clone(bundle));
        }
        // A bundle is smaller than its files, or hardly larger.
        let bytes = self.world.read_in(crate::world::folder(path), path, 2 * MOST_BYTES)?;
        let read = Bundle::read(&bytes).map_err(|fault| io::Error::new(io::ErrorKind::InvalidData, fault))?;
        let bundle = Arc::new(read);
        bundles.insert(path.to_owned(), Arc::clone(&bundle));
        Ok(bundle)
    }

    /// The file of a bundle, where `path` leads into one.
    fn packed(&self, path: &str) -> Option<io::Result<Vec<u8>>> {
        let (bundle, name) = inside(path)?;
        Some(
            self.bundle(bundle).and_then(|bundle| {
                bundle.files.get(name).cloned().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
            }),
        )
    }
}

/// The bundle into which `path` leads, and the file in it.
fn inside(path: &str) -> Option<(&str, &str)> {
    let mark = path.find(&format!("{EXTENSION}/"))? + EXTENSION.len();
    Some((&path[..mark], &path[mark + 1..]))
}

impl World for Shelf<'_> {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.packed(path).unwrap_or_else(|| self.world.read(path))
    }

    fn read_in(&self, folder: &str, path: &str, limit: u64) -> io::Result<Vec<u8>> {
        match self.packed(path) {
            Some(Ok(bytes)) if bytes.len() as u64 > limit => Err(io::ErrorKind::FileTooLarge.into()),
            Some(read) => read,
            None => self.world.read_in(folder, path, limit),
        }
    }

    fn epoch(&self) -> Option<i64> {
        self.world.epoch()
    }
}
