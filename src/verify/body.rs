//! The body of a request: a part of the text that it was read from, or bytes of its own, which all that is
//! tried with the request share.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

/// Bytes that cost nothing to clone.
#[derive(Clone)]
pub enum Body<'a> {
    /// A part of something.
    Borrowed(&'a [u8]),
    /// Bytes of its own.
    Shared(Arc<Vec<u8>>),
}

impl Body<'_> {
    /// The same bytes, which are copied if they are a part of something.
    #[must_use]
    pub fn into_owned(self) -> Body<'static> {
        match self {
            Self::Borrowed(bytes) => bytes.to_vec().into(),
            Self::Shared(bytes) => Body::Shared(bytes),
        }
    }
}

impl Default for Body<'_> {
    fn default() -> Self {
        Self::Borrowed(&[])
    }
}

impl Deref for Body<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Borrowed(bytes) => bytes,
            Self::Shared(bytes) => bytes,
        }
    }
}

impl From<Vec<u8>> for Body<'_> {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Shared(Arc::new(bytes))
    }
}

impl<'a> From<&'a [u8]> for Body<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::Borrowed(bytes)
    }
}

impl<'a> From<Cow<'a, [u8]>> for Body<'a> {
    fn from(bytes: Cow<'a, [u8]>) -> Self {
        match bytes {
            Cow::Borrowed(bytes) => bytes.into(),
            Cow::Owned(bytes) => bytes.into(),
        }
    }
}

impl PartialEq for Body<'_> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Body<'_> {}

#[cfg(test)]
mod tests {
    use super::Body;

    #[test]
    fn a_body_is_never_copied_but_to_outlive_its_text() {
        let own = Body::from(b"a=b".to_vec());
        assert_eq!(own.clone().into_owned().as_ptr(), own.as_ptr());
        let text = b"a=b".to_vec();
        let part = Body::from(text.as_slice());
        assert_eq!(part.clone().as_ptr(), text.as_ptr());
        assert!(part.clone().into_owned() == own && part.into_owned().as_ptr() != text.as_ptr());
    }
}
