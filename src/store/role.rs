//! Roles. `anonymous` and `authenticated` are always there; every account has `authenticated` without
//! being given it, and nobody can be given `anonymous`.

use rusqlite::{Row, named_params};
use serde_json::{Map, Value};

use super::setting::json_column;
use super::{Change, Error, Reader, UserId};

/// The role of visitors who are not logged in.
pub(crate) const ANONYMOUS: &str = "anonymous";
/// The role of everybody who is logged in.
pub(crate) const AUTHENTICATED: &str = "authenticated";

/// A role.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Role {
    /// Its machine name.
    pub(crate) name: String,
    /// Its name for people.
    pub(crate) label: Option<String>,
    /// Whether it passes every permission.
    pub(crate) admin: bool,
    /// What else an exported `user.role` entity has.
    pub(crate) entity: Map<String, Value>,
}

impl Role {
    /// A role of that name, with nothing else.
    pub(crate) fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), label: None, admin: false, entity: Map::new() }
    }

    /// Whether a role of that name is always there.
    pub(crate) fn is_built_in(name: &str) -> bool {
        name == ANONYMOUS || name == AUTHENTICATED
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            name: row.get("name")?,
            label: row.get("label")?,
            admin: row.get("admin")?,
            entity: json_column(row, "entity")?,
        })
    }
}

impl Reader<'_> {
    /// The role of that name.
    pub(crate) fn role(&self, name: &str) -> Result<Option<Role>, Error> {
        let sql = "SELECT name, label, admin, entity FROM role WHERE name = :name";
        self.one(sql, named_params! { ":name": name }, Role::from_row)
    }

    /// Every role by name.
    pub(crate) fn roles(&self) -> Result<Vec<Role>, Error> {
        self.all("SELECT name, label, admin, entity FROM role ORDER BY name", (), Role::from_row)
    }

    /// The roles that an account was given, by name: without `authenticated`.
    pub(crate) fn roles_of(&self, id: UserId) -> Result<Vec<String>, Error> {
        let sql = "SELECT role FROM user_role WHERE user_id = :id ORDER BY role";
        self.all(sql, named_params! { ":id": id }, |row| row.get("role"))
    }

    /// How many accounts were given a role.
    pub(crate) fn role_size(&self, name: &str) -> Result<i64, Error> {
        let sql = "SELECT count(*) AS n FROM user_role WHERE role = :name";
        Ok(self.one(sql, named_params! { ":name": name }, |row| row.get("n"))?.unwrap_or(0))
    }
}

impl Change<'_> {
    /// Adds a role.
    pub(crate) fn add_role(&mut self, role: &Role) -> Result<(), Error> {
        let added = self.execute(
            "INSERT INTO role (name, label, admin, entity) VALUES (:name, :label, :admin, :entity)
             ON CONFLICT (name) DO NOTHING",
            named_params! {
                ":name": role.name,
                ":label": role.label,
                ":admin": role.admin,
                ":entity": Value::Object(role.entity.clone()).to_string(),
            },
        )?;
        if added { Ok(()) } else { Err(Error::Exists { kind: "role", name: role.name.clone() }) }
    }

    /// Writes everything of a role but its name; answers whether that changed anything.
    pub(crate) fn update_role(&mut self, role: &Role) -> Result<bool, Error> {
        self.execute(
            "UPDATE role SET label = :label, admin = :admin, entity = :entity
             WHERE name = :name AND (label, admin, entity) IS NOT (:label, :admin, :entity)",
            named_params! {
                ":name": role.name,
                ":label": role.label,
                ":admin": role.admin,
                ":entity": Value::Object(role.entity.clone()).to_string(),
            },
        )
    }

    /// Removes a role from the store and so from all who have it.
    pub(crate) fn remove_role(&mut self, name: &str) -> Result<bool, Error> {
        if Role::is_built_in(name) {
            return Err(Error::BuiltInRole(name.to_owned()));
        }
        self.execute("DELETE FROM role WHERE name = :name", named_params! { ":name": name })
    }

    /// Gives an account a role; answers whether it lacked it.
    pub(crate) fn assign_role(&mut self, id: UserId, role: &str) -> Result<bool, Error> {
        match role {
            ANONYMOUS => Err(Error::BuiltInRole(role.to_owned())),
            AUTHENTICATED => Ok(false),
            _ => self.execute(
                "INSERT INTO user_role (user_id, role) VALUES (:id, :role) ON CONFLICT DO NOTHING",
                named_params! { ":id": id, ":role": role },
            ),
        }
    }

    /// Takes a role from an account; answers whether it had it.
    pub(crate) fn unassign_role(&mut self, id: UserId, role: &str) -> Result<bool, Error> {
        if role == AUTHENTICATED {
            return Err(Error::BuiltInRole(role.to_owned()));
        }
        self.execute(
            "DELETE FROM user_role WHERE user_id = :id AND role = :role",
            named_params! { ":id": id, ":role": role },
        )
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{ANONYMOUS, AUTHENTICATED, Role};
    use crate::store::testing::{actor, change, store};
    use crate::store::{Error, NewUser};

    fn editor() -> Role {
        let mut editor = Role::named("editor");
        editor.label = Some("Editor".into());
        editor.entity.insert("weight".into(), json!(3));
        editor
    }

    #[test]
    fn the_built_in_roles_are_there_and_stay() {
        let (_folder, mut store) = store();
        for name in [ANONYMOUS, AUTHENTICATED] {
            assert!(store.read().role(name).unwrap().is_some());
            let refused = store.change(&actor(), false, |change| change.remove_role(name));
            assert!(matches!(refused, Err(Error::BuiltInRole(_))));
        }
    }

    #[test]
    fn a_role_keeps_what_it_was_exported_with() {
        let (_folder, mut store) = store();
        change(&mut store, |change| change.add_role(&editor()));
        assert_eq!(store.read().role("editor").unwrap(), Some(editor()));
        assert!(!change(&mut store, |change| change.update_role(&editor())));
        let admin = Role { admin: true, ..editor() };
        assert!(change(&mut store, |change| change.update_role(&admin)));
        assert_eq!(store.read().role("editor").unwrap(), Some(admin));
    }

    #[test]
    fn role_names_compare_exactly() {
        let (_folder, mut store) = store();
        change(&mut store, |change| change.add_role(&editor()));
        change(&mut store, |change| change.add_role(&Role::named("Editor")));
        let again = store.change(&actor(), false, |change| change.add_role(&editor()));
        assert!(matches!(again, Err(Error::Exists { kind: "role", .. })));
    }

    #[test]
    fn a_role_is_given_and_taken_once() {
        let (_folder, mut store) = store();
        let id = change(&mut store, |change| {
            change.add_role(&editor())?;
            change.add_user(&NewUser::named("alice"))
        });
        assert!(change(&mut store, |change| change.assign_role(id, "editor")));
        assert!(!change(&mut store, |change| change.assign_role(id, "editor")));
        assert_eq!(store.read().roles_of(id).unwrap(), ["editor"]);
        assert_eq!(store.read().role_size("editor").unwrap(), 1);
        assert!(change(&mut store, |change| change.unassign_role(id, "editor")));
        assert!(!change(&mut store, |change| change.unassign_role(id, "editor")));
    }

    #[test]
    fn everybody_has_authenticated_and_nobody_gets_anonymous() {
        let (_folder, mut store) = store();
        let id = change(&mut store, |change| change.add_user(&NewUser::named("alice")));
        assert!(!change(&mut store, |change| change.assign_role(id, AUTHENTICATED)));
        assert!(store.read().roles_of(id).unwrap().is_empty());
        for refused in [
            store.change(&actor(), false, |change| change.assign_role(id, ANONYMOUS)),
            store.change(&actor(), false, |change| change.unassign_role(id, AUTHENTICATED)),
        ] {
            assert!(matches!(refused, Err(Error::BuiltInRole(_))));
        }
    }
}
