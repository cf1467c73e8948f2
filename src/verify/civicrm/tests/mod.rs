//! The decision as a whole, against recorded decisions and against our own cases.

mod cases;
mod explanation;
mod remedies;
mod total;
mod world;
