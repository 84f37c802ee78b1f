//! Pictures as they are printed.

use std::sync::Arc;

use crate::length::Length;
use crate::picture::Picture;

/// A picture with the size that it is printed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The picture.
    pub picture: Arc<Picture>,
    /// Its width in print, at most that of the type area.
    pub width: Length,
    /// Its height in print, at most that of a page less two lines for its caption.
    pub height: Length,
    /// What it shows, for those who can't see it.
    pub alt: String,
}
