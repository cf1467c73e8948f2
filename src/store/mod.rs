//! The store: one SQLite file and the key file beside it. The only code that names `rusqlite`.
