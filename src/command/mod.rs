//! The commands: a file a noun, glue between the store, the readers, the core and the output.
