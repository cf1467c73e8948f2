//! Worlds as the recorded cases describe them, turned into policy and facts, and what must hold for all.

mod cases;
mod properties;
mod remedies;
mod world;
