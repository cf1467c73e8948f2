//! What was looked up last: the requests of an archive, and many of a day's, come one after the other
//! from the same client.

use std::cell::RefCell;
use std::sync::Arc;

use crate::cli::Failure;
use crate::verify::{Facts, Presented};

/// A worker's last question to the store, and the answer; all is of one state of the store.
#[derive(Default)]
pub(in crate::command::verify) struct Last(RefCell<Option<(Presented, Arc<Facts>)>>);

impl Last {
    /// The facts on what is presented; `look_up` is asked unless it was for the same just before.
    pub(super) fn facts(
        &self,
        presented: Presented,
        look_up: impl FnOnce(&Presented) -> Result<Facts, Failure>,
    ) -> Result<Arc<Facts>, Failure> {
        let mut last = self.0.borrow_mut();
        if let Some((known, facts)) = &*last
            && *known == presented
        {
            return Ok(Arc::clone(facts));
        }
        let facts = Arc::new(look_up(&presented)?);
        *last = Some((presented, Arc::clone(&facts)));
        Ok(facts)
    }
}

#[cfg(test)]
mod tests {
    use super::Last;
    use crate::credential::Secret;
    use crate::verify::{Facts, Presented};

    #[test]
    fn asks_again_for_another_credential_alone() {
        let last = Last::default();
        let mut asked = Vec::new();
        for text in ["a", "a", "b", "a", "a"] {
            let key = Secret::from(text);
            let presented = Presented { keys: vec![key.clone()], ..Presented::default() };
            let facts = last.facts(presented, |presented| {
                asked.push(text);
                let keys = presented.keys.iter().map(|key| (key.clone(), Vec::new())).collect();
                Ok(Facts { keys, ..Facts::default() })
            });
            assert!(facts.unwrap().keys.iter().all(|(found, _)| *found == key));
        }
        assert_eq!(asked, ["a", "b", "a"]);
    }
}
