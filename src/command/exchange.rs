//! Giving several things to several holders, or taking them back: what that changed, for the report and for the
//! audit log.

use serde_json::{Map, Value, json};

use super::change::{ChangeArgs, few, quoted};
use crate::cli::{Context, Failure};

/// What changed hands.
#[derive(Debug, Default)]
pub(super) struct Exchange<'w> {
    /// Things, and whom they were given to or taken from; holders with the same ones together.
    changed: Vec<(Vec<&'w str>, Vec<String>)>,
    /// Whether something was so already.
    rest: bool,
}

impl<'w> Exchange<'w> {
    /// Notes which of the things changed for a holder, who is named as people are to read it; answers whether
    /// any did.
    pub(super) fn add<E>(
        &mut self,
        holder: &str,
        things: &[&'w str],
        mut differs: impl FnMut(&'w str) -> Result<bool, E>,
    ) -> Result<bool, E> {
        let mut changed = Vec::new();
        for thing in things {
            if differs(thing)? {
                changed.push(*thing);
            }
        }
        self.rest |= changed.len() < things.len();
        if changed.is_empty() {
            return Ok(false);
        }
        match self.changed.iter_mut().find(|(same, _)| *same == changed) {
            Some((_, holders)) => holders.push(holder.to_owned()),
            None => self.changed.push((changed, vec![holder.to_owned()])),
        }
        Ok(true)
    }

    /// What the audit log keeps: the things, and where they were not the same for all, who had which.
    pub(super) fn detail(&self, things: &str) -> Map<String, Value> {
        let (field, value) = match self.changed.as_slice() {
            [(same, _)] => (things, json!(same)),
            several => ("changes", json!(several)),
        };
        Map::from_iter([(field.to_owned(), value)])
    }

    /// Reports it: `Granted … to …`, the words being a verb and a preposition.
    pub(super) fn report(
        &self,
        cx: &mut Context<'_>,
        args: ChangeArgs,
        (done, whom): (&str, &str),
    ) -> Result<(), Failure> {
        for (things, holders) in &self.changed {
            let things = quoted(things.iter().copied());
            args.report(cx, &format!("{done} {things} {whom} {}.", few(holders)))?;
        }
        match (self.changed.is_empty(), self.rest) {
            (true, _) => args.report(cx, "It is so already."),
            (false, true) => cx.report("The rest is so already."),
            (false, false) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Exchange;

    #[test]
    fn holders_with_the_same_changes_are_told_together() {
        let mut exchange = Exchange::default();
        let mut add = |holder: &str, had: &[&str]| {
            let differs = |thing: &str| Ok::<_, ()>(!had.contains(&thing));
            exchange.add(holder, &["x", "y"], differs).unwrap()
        };
        assert!(add("a", &[]) && add("b", &["x"]) && add("c", &[]));
        assert!(!add("d", &["x", "y"]));
        assert!(exchange.rest);
        let detail = json!({ "changes": [[["x", "y"], ["a", "c"]], [["y"], ["b"]]] });
        assert_eq!(Value::Object(exchange.detail("things")), detail);
    }
}
