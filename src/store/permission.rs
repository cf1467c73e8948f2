//! Permissions by machine name, granted to roles and to single accounts.

use std::collections::BTreeSet;

use rusqlite::named_params;

use super::role::AUTHENTICATED;
use super::{Change, Error, Reader, UserId};
use crate::verify::Grants;

/// Whom a permission is granted to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grantee {
    /// A single account.
    User(UserId),
    /// Everybody of a role.
    Role(String),
}

impl From<UserId> for Grantee {
    fn from(id: UserId) -> Self {
        Self::User(id)
    }
}

impl From<&str> for Grantee {
    fn from(role: &str) -> Self {
        Self::Role(role.to_owned())
    }
}

impl Reader<'_> {
    /// What was granted to a role or an account itself.
    pub(crate) fn permissions_of(&self, grantee: &Grantee) -> Result<BTreeSet<String>, Error> {
        match grantee {
            Grantee::User(id) => self.all(
                "SELECT permission FROM user_permission WHERE user_id = :id ORDER BY permission",
                named_params! { ":id": id },
                |row| row.get("permission"),
            ),
            Grantee::Role(role) => self.all(
                "SELECT permission FROM role_permission WHERE role = :role ORDER BY permission",
                named_params! { ":role": role },
                |row| row.get("permission"),
            ),
        }
    }

    /// What everybody of a role may do.
    pub(crate) fn grants_of_role(&self, role: &str) -> Result<Grants, Error> {
        let sql = "SELECT admin FROM role WHERE name = :role";
        let admin = self.one(sql, named_params! { ":role": role }, |row| row.get("admin"))?;
        let permissions = self.permissions_of(&role.into())?;
        Ok(Grants { admin: admin.unwrap_or(false), permissions })
    }

    /// What an account may do: by itself and by its roles, `authenticated` among them.
    pub(crate) fn grants_of(&self, id: UserId) -> Result<Grants, Error> {
        let params = named_params! { ":id": id, ":authenticated": AUTHENTICATED };
        // Correlated: `IN (SELECT …)` would make a table of its own with a cache of its own.
        let sql = "SELECT EXISTS (
               SELECT 1 FROM role WHERE admin AND (name = :authenticated OR EXISTS (
                 SELECT 1 FROM user_role WHERE user_id = :id AND role = role.name))) AS admin";
        let admin = self.one(sql, params, |row| row.get("admin"))?.unwrap_or(false);
        let sql = "SELECT permission FROM user_permission WHERE user_id = :id
             UNION ALL SELECT permission FROM role_permission WHERE role = :authenticated
             UNION ALL SELECT permission FROM user_role JOIN role_permission USING (role)
               WHERE user_id = :id";
        Ok(Grants { admin, permissions: self.all(sql, params, |row| row.get("permission"))? })
    }

    /// Every permission that was granted to anybody.
    pub(crate) fn granted_permissions(&self) -> Result<BTreeSet<String>, Error> {
        let sql = "SELECT permission FROM role_permission
             UNION SELECT permission FROM user_permission";
        self.all(sql, (), |row| row.get("permission"))
    }

    /// Hands over whom a permission was granted to, roles first; those who have it by a role or as an
    /// administrator are not among them.
    pub(crate) fn each_grantee<E: From<Error>>(
        &self,
        permission: &str,
        mut each: impl FnMut(Grantee) -> Result<(), E>,
    ) -> Result<(), E> {
        let params = named_params! { ":permission": permission };
        self.each(
            "SELECT role FROM role_permission WHERE permission = :permission ORDER BY role",
            params,
            |row| Ok(Grantee::Role(row.get("role")?)),
            &mut each,
        )?;
        self.each(
            "SELECT user_id FROM user_permission WHERE permission = :permission ORDER BY user_id",
            params,
            |row| Ok(Grantee::User(row.get("user_id")?)),
            each,
        )
    }
}

impl Change<'_> {
    /// Grants a permission; answers whether it was not granted before.
    pub(crate) fn grant(&mut self, grantee: &Grantee, permission: &str) -> Result<bool, Error> {
        match grantee {
            Grantee::User(id) => self.execute(
                "INSERT INTO user_permission (user_id, permission) VALUES (:id, :permission)
                 ON CONFLICT DO NOTHING",
                named_params! { ":id": id, ":permission": permission },
            ),
            Grantee::Role(role) => self.execute(
                "INSERT INTO role_permission (role, permission) VALUES (:role, :permission)
                 ON CONFLICT DO NOTHING",
                named_params! { ":role": role, ":permission": permission },
            ),
        }
    }

    /// Takes a permission back; answers whether it was granted.
    pub(crate) fn revoke(&mut self, grantee: &Grantee, permission: &str) -> Result<bool, Error> {
        match grantee {
            Grantee::User(id) => self.execute(
                "DELETE FROM user_permission WHERE user_id = :id AND permission = :permission",
                named_params! { ":id": id, ":permission": permission },
            ),
            Grantee::Role(role) => self.execute(
                "DELETE FROM role_permission WHERE role = :role AND permission = :permission",
                named_params! { ":role": role, ":permission": permission },
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Grantee;
    use crate::store::testing::{change, store};
    use crate::store::{AUTHENTICATED, Error, NewUser, Role};

    #[test]
    fn a_permission_is_granted_and_taken_back_once() {
        let (_folder, mut store) = store();
        let id = change(&mut store, |change| change.add_user(&NewUser::named("alice")));
        for grantee in [Grantee::from(id), Grantee::from(AUTHENTICATED)] {
            assert!(change(&mut store, |change| change.grant(&grantee, "access content")));
            assert!(!change(&mut store, |change| change.grant(&grantee, "access content")));
            assert!(store.read().permissions_of(&grantee).unwrap().contains("access content"));
            assert!(change(&mut store, |change| change.revoke(&grantee, "access content")));
            assert!(!change(&mut store, |change| change.revoke(&grantee, "access content")));
        }
    }

    #[test]
    fn permission_names_compare_exactly() {
        let (_folder, mut store) = store();
        let id = change(&mut store, |change| change.add_user(&NewUser::named("alice")));
        change(&mut store, |change| change.grant(&id.into(), "access content"));
        assert!(!store.read().grants_of(id).unwrap().has("Access content"));
        assert!(!store.read().grants_of(id).unwrap().has("access content "));
    }

    #[test]
    fn grants_are_an_accounts_own_and_its_roles() {
        let (_folder, mut store) = store();
        let id = change(&mut store, |change| {
            let id = change.add_user(&NewUser::named("alice"))?;
            change.add_role(&Role::named("editor"))?;
            change.add_role(&Role { admin: true, ..Role::named("boss") })?;
            change.assign_role(id, "editor")?;
            change.grant(&id.into(), "own")?;
            change.grant(&"editor".into(), "of the role")?;
            change.grant(&AUTHENTICATED.into(), "of all")?;
            change.grant(&"boss".into(), "of another role")?;
            Ok(id)
        });
        let grants = store.read().grants_of(id).unwrap();
        assert_eq!(Vec::from_iter(&grants.permissions), ["of all", "of the role", "own"]);
        assert!(!grants.has("of another role"));
        change(&mut store, |change| change.assign_role(id, "boss"));
        assert!(store.read().grants_of(id).unwrap().has("anything at all"));
    }

    #[test]
    fn lists_whom_a_permission_was_granted_to() {
        let (_folder, mut store) = store();
        let id = change(&mut store, |change| {
            let id = change.add_user(&NewUser::named("alice"))?;
            change.grant(&id.into(), "a")?;
            change.grant(&id.into(), "b")?;
            change.grant(&AUTHENTICATED.into(), "a")?;
            Ok(id)
        });
        let mut grantees = Vec::new();
        let each = |grantee| {
            grantees.push(grantee);
            Ok::<_, Error>(())
        };
        store.read().each_grantee("a", each).unwrap();
        assert_eq!(grantees, [Grantee::from(AUTHENTICATED), Grantee::from(id)]);
        assert_eq!(Vec::from_iter(store.read().granted_permissions().unwrap()), ["a", "b"]);
    }
}
