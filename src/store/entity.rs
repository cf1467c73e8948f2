//! Exported objects that are kept as they are: the Drupal module's applications, and REST resources.

use rusqlite::{Row, named_params};
use serde_json::Value;

use super::setting::json_column;
use super::{Change, Error, Reader};

/// What kind of object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntityKind {
    /// An entry of `rest_api_authentication.settings` → `applications`.
    Application,
    /// A `rest.resource.*` entity.
    Resource,
}

/// A statement on the table of a kind.
macro_rules! on_table {
    ($kind:expr, $before:literal, $after:literal) => {
        match $kind {
            EntityKind::Application => concat!($before, " application ", $after),
            EntityKind::Resource => concat!($before, " resource ", $after),
        }
    };
}

impl Reader<'_> {
    /// All objects of a kind with their ids, in the order in which they were added.
    pub(crate) fn entities(&self, kind: EntityKind) -> Result<Vec<(String, Value)>, Error> {
        self.all(on_table!(kind, "SELECT id, entity FROM", "ORDER BY position"), (), from_row)
    }

    /// The object of that id.
    pub(crate) fn entity(&self, kind: EntityKind, id: &str) -> Result<Option<Value>, Error> {
        let sql = on_table!(kind, "SELECT id, entity FROM", "WHERE id = :id");
        Ok(self.one(sql, named_params! { ":id": id }, from_row)?.map(|(_, entity)| entity))
    }
}

impl Change<'_> {
    /// Adds an object or replaces it; answers whether that changed anything.
    pub(crate) fn put_entity(
        &mut self,
        kind: EntityKind,
        id: &str,
        entity: &Value,
    ) -> Result<bool, Error> {
        let sql = on_table!(
            kind,
            "INSERT INTO",
            "AS kept (id, entity) VALUES (:id, :entity)
             ON CONFLICT (id) DO UPDATE SET entity = excluded.entity
             WHERE kept.entity <> excluded.entity"
        );
        self.execute(sql, named_params! { ":id": id, ":entity": entity.to_string() })
    }

    /// Removes an object; answers whether it was there.
    pub(crate) fn remove_entity(&mut self, kind: EntityKind, id: &str) -> Result<bool, Error> {
        let sql = on_table!(kind, "DELETE FROM", "WHERE id = :id");
        self.execute(sql, named_params! { ":id": id })
    }
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<(String, Value)> {
    Ok((row.get("id")?, json_column(row, "entity")?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::EntityKind;
    use crate::store::testing::{change, store};

    #[test]
    fn objects_keep_their_order_and_their_fields() {
        let (_folder, mut store) = store();
        for kind in [EntityKind::Application, EntityKind::Resource] {
            let (b, a) = (json!({"z": 1, "a": [null]}), json!({}));
            let mut put = |id, entity| change(&mut store, |c| c.put_entity(kind, id, entity));
            assert!(put("b", &a) && put("a", &a) && put("b", &b));
            assert!(!put("b", &b));
            let kept = store.read().entities(kind).unwrap();
            assert_eq!(kept, [("b".to_owned(), b.clone()), ("a".to_owned(), a)]);
            assert_eq!(kept[0].1.to_string(), r#"{"z":1,"a":[null]}"#);
            assert_eq!(store.read().entity(kind, "b").unwrap(), Some(b));
            assert!(change(&mut store, |change| change.remove_entity(kind, "b")));
            assert!(!change(&mut store, |change| change.remove_entity(kind, "b")));
            assert_eq!(store.read().entity(kind, "b").unwrap(), None);
        }
    }
}
