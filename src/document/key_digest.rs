//! A key's digests as text, for documents.
//!
//! `strong:` and base64 of the digest of the folded text and that of the exact one, or `weak:`, the tag in
//! hexadecimal, `:` and base64 of what argon2id made of the folded text and the digest of the exact one.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::credential::{KeyDigests, WeakDigests};
use crate::store::KeyDigest;

/// The text of a digest; an empty key has none, it is the empty text itself.
pub(super) fn to_text(digest: &KeyDigest) -> Option<String> {
    let encode = |one: &[u8; 32], other: &[u8; 32]| STANDARD.encode([*one, *other].concat());
    match digest {
        KeyDigest::Strong(digests) => {
            Some(format!("strong:{}", encode(&digests.folded, &digests.exact)))
        }
        KeyDigest::Weak { tag, digests } => {
            Some(format!("weak:{tag:04x}:{}", encode(&digests.stored, &digests.exact)))
        }
        KeyDigest::Empty => None,
    }
}

/// The digest of a text.
pub(super) fn from_text(text: &str) -> Option<KeyDigest> {
    if let Some(digests) = text.strip_prefix("strong:") {
        let (folded, exact) = pair(digests)?;
        return Some(KeyDigest::Strong(KeyDigests { folded, exact }));
    }
    let (tag, digests) = text.strip_prefix("weak:")?.split_once(':')?;
    let tag = u16::from_str_radix(tag, 16).ok()?;
    let (stored, exact) = pair(digests)?;
    Some(KeyDigest::Weak { tag, digests: WeakDigests { stored, exact } })
}

fn pair(text: &str) -> Option<([u8; 32], [u8; 32])> {
    let bytes = STANDARD.decode(text).ok()?;
    let (one, rest) = bytes.split_first_chunk::<32>()?;
    Some((*one, rest.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{KeyDigest, KeyDigests, WeakDigests, from_text, to_text};

    proptest! {
        #[test]
        fn every_digest_comes_back(one: [u8; 32], other: [u8; 32], tag: u16) {
            let strong = KeyDigest::Strong(KeyDigests { folded: one, exact: other });
            let weak = KeyDigest::Weak { tag, digests: WeakDigests { stored: one, exact: other } };
            for digest in [strong, weak] {
                prop_assert_eq!(from_text(&to_text(&digest).unwrap()), Some(digest));
            }
        }

        #[test]
        fn any_other_text_is_none(text in "(strong:|weak:|weak:00ff:)?[A-Za-z0-9+/=:]{0,100}") {
            prop_assume!(text.len() != 95 && text.len() != 98);
            prop_assert_eq!(from_text(&text), None);
        }
    }
}
