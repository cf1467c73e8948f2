//! Credentials by themselves: secrets in memory, authctl's key format, digests, password hashes, JSON
//! Web Tokens, sealing. Pure functions: randomness and time are parameters.

mod secret;

pub use secret::Secret;
