//! Rows and verdicts to bytes: tables, JSON, JSON lines, CSV.
