//! The identity of a PDF, by which its bytes are known again.

use std::ops::Range;

use sha2::{Digest, Sha256};

use crate::write::{Made, WriteError};

/// Bytes of an identity (ISO 32000-1, 14.4).
pub(super) const LENGTH: usize = 16;
/// What the packet of properties says of every file of this program.
const PRODUCER: &[u8] = b"<pdf:Producer>report-gen ";

/// Gives the file its identity in place of the empty one, twice as the standard has it: a hash of all other bytes.
///
/// # Errors
/// [`WriteError::Library`] where the file has no place for it.
pub(super) fn seal(mut file: Vec<u8>) -> Result<Vec<u8>, WriteError> {
    let places = places(&file).ok_or_else(|| WriteError::Library("the PDF has no identity".to_owned()))?;
    let identity = identity(&file, &places);
    for place in places {
        file[place].copy_from_slice(identity.as_bytes());
    }
    Ok(file)
}

/// Tells a PDF of this program from others, and one that was changed since in whatever way.
pub fn made(file: &[u8]) -> Made {
    let is_untouched = places(file).is_some_and(|places| {
        let identity = identity(file, &places);
        places.into_iter().all(|place| file[place] == *identity.as_bytes())
    });
    match is_untouched {
        true => Made::Untouched,
        false if file.windows(PRODUCER.len()).any(|window| window == PRODUCER) => Made::Edited,
        false => Made::Elsewhere,
    }
}

/// The digits of both identities: the last pair of the file.
fn places(file: &[u8]) -> Option<[Range<usize>; 2]> {
    const KEY: &[u8] = b"/ID[<";
    const BETWEEN: &[u8] = b"><";
    const DIGITS: usize = 2 * LENGTH;
    let key = file.windows(KEY.len()).rposition(|window| window == KEY)?;
    let first = key + KEY.len()..key + KEY.len() + DIGITS;
    let second = first.end + BETWEEN.len()..first.end + BETWEEN.len() + DIGITS;
    let is_pair = file.get(first.end..second.start) == Some(BETWEEN) && file.get(second.end) == Some(&b'>');
    is_pair.then_some([first, second])
}

/// The hash of the bytes round `places`, in hexadecimal digits.
fn identity(file: &[u8], [first, second]: &[Range<usize>; 2]) -> String {
    let mut hash = Sha256::new();
    for part in [&file[..first.start], &file[first.end..second.start], &file[second.end..]] {
        hash.update(part);
    }
    hash.finalize().iter().take(LENGTH).map(|byte| format!("{byte:02X}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_byte_is_seen_and_a_file_of_others_is_none() {
        let digits = "0".repeat(2 * LENGTH);
        let file = format!("%PDF-1.7\n<pdf:Producer>report-gen 0\n/ID[<{digits}><{digits}>]\n%%EOF");
        let mut file = seal(file.into_bytes()).unwrap();
        assert_eq!(made(&file), Made::Untouched);
        file[5] = b'2';
        assert_eq!(made(&file), Made::Edited);
        assert_eq!(made(b"%PDF-1.7\n/ID[<00><00>]"), Made::Elsewhere);
        assert!(seal(b"%PDF-1.7".to_vec()).is_err());
    }
}
