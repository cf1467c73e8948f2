//! Random UUIDs, which Drupal gives to what it keeps as configuration.

use std::fmt::Write as _;

use rand::CryptoRng;

/// A UUID of version 4.
pub(super) fn random(rng: &mut dyn CryptoRng) -> String {
    let mut bytes = [0u8; 16];
    rng.fill_bytes(&mut bytes);
    let mut text = String::with_capacity(36);
    for (place, byte) in bytes.into_iter().enumerate() {
        let byte = match place {
            6 => (byte & 0x0f) | 0x40,
            8 => (byte & 0x3f) | 0x80,
            _ => byte,
        };
        if matches!(place, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::random;

    #[test]
    fn a_uuid_says_its_version_and_variant() {
        let mut rng = StdRng::seed_from_u64(1);
        let (one, other) = (random(&mut rng), random(&mut rng));
        assert_ne!(one, other);
        let lengths: Vec<usize> = one.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_eq!(one.as_bytes()[14], b'4');
        assert!(matches!(one.as_bytes()[19], b'8' | b'9' | b'a' | b'b'), "{one}");
    }
}
