//! argon2 hashes in PHC form: ours, with the pepper, and PHP's `PASSWORD_ARGON2I` and
//! `PASSWORD_ARGON2ID`, without.
//!
//! Capped at 1 GiB of memory, 256 passes, 64 lanes, and 4 GiB written in all (some seconds): what RFC
//! 9106 advises for machines of moderate size and PHP's defaults (64 MiB, 4 passes) are far below.

use argon2::password_hash::phc::{Output, PasswordHash, Salt};
use argon2::{Algorithm, Params, Version};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::super::argon::PARAMS;
use super::super::{Argon, Error};

const KIND: &str = "argon2";
const MAX_MEMORY_KIB: u32 = 1 << 20;
const MAX_PASSES: u32 = 256;
const MAX_LANES: u32 = 64;
const MAX_WRITTEN_KIB: u64 = 4 << 20;

/// A PHC string of argon2, taken apart and within the caps.
pub(super) struct Hash {
    algorithm: Algorithm,
    version: Version,
    params: Params,
    salt: Salt,
    output: Output,
}

impl Hash {
    pub(super) fn parse(text: &[u8]) -> Result<Self, Error> {
        let malformed = |problem| Error::PasswordHash { kind: KIND, problem };
        let text = std::str::from_utf8(text).map_err(|_| malformed("it is not UTF-8"))?;
        let hash = PasswordHash::new(text).map_err(|_| malformed("it is not a PHC string"))?;
        let algorithm = Algorithm::try_from(hash.algorithm.as_str())
            .map_err(|_| malformed("its algorithm is none of argon2"))?;
        // PHC strings of the first version of argon2 have no `v=`.
        let version = Version::try_from(hash.version.unwrap_or(0x10))
            .map_err(|_| malformed("its version is neither 16 nor 19"))?;
        let params = Params::try_from(&hash)
            .map_err(|_| malformed("its parameters m, t and p are missing or out of range"))?;
        let salt = hash.salt.ok_or(malformed("it has no salt"))?;
        let output = hash.hash.ok_or(malformed("it has no digest"))?;
        check_cost(&params)?;
        Ok(Self { algorithm, version, params, salt, output })
    }

    pub(super) fn matches(
        &self,
        secret: &[u8],
        password: &[u8],
        argon: &mut Argon,
    ) -> Result<bool, Error> {
        let mut computed = Zeroizing::new(vec![0; self.output.len()]);
        let how = (self.algorithm, self.version, self.params.clone());
        argon.run(how, secret, password, &self.salt, &mut computed)?;
        Ok(computed.as_slice().ct_eq(self.output.as_bytes()).into())
    }

    /// Whether a hash made today would be another kind or take more work.
    pub(super) fn is_outdated(&self) -> bool {
        self.algorithm != Algorithm::Argon2id
            || self.version != Version::V0x13
            || self.params.m_cost() < PARAMS.m_cost()
            || self.params.t_cost() < PARAMS.t_cost()
            || self.output.len() < 32
    }
}

fn check_cost(params: &Params) -> Result<(), Error> {
    let (memory, passes, lanes) = (params.m_cost(), params.t_cost(), params.p_cost());
    let cost = |what, found: u64, limit: u64| {
        if found <= limit {
            Ok(())
        } else {
            Err(Error::PasswordCost { kind: KIND, what, found, limit })
        }
    };
    cost("memory in KiB", memory.into(), MAX_MEMORY_KIB.into())?;
    cost("number of passes", passes.into(), MAX_PASSES.into())?;
    cost("number of lanes", lanes.into(), MAX_LANES.into())?;
    cost("memory times passes in KiB", u64::from(memory) * u64::from(passes), MAX_WRITTEN_KIB)
}
