//! Reading requests as people have them: a curl command, a raw HTTP request, JSON lines.
//!
//! Readers turn text into [`Request`](crate::verify::Request)s and know nothing of files: whoever calls
//! them passes a function that loads what a command names with `@FILE`.
