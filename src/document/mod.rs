//! The policy document: the whole store as one YAML or JSON text, and the difference between the two.
