//! CMS accounts. Names compare by Unicode lower case and nothing else: spaces and accents count.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Row, named_params};

use super::id::next_id;
use super::{Change, ContactId, Error, Reader, UserId};

/// A CMS account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct User {
    /// Its id in the CMS.
    pub(crate) id: UserId,
    /// Its name, as written.
    pub(crate) name: String,
    /// Its e-mail address.
    pub(crate) email: Option<String>,
    /// Whether it may be used.
    pub(crate) status: Status,
    /// The contact it is linked to; one that is not listed was deleted for good.
    pub(crate) contact_id: Option<ContactId>,
    /// Whether it has a password, and of which make.
    pub(crate) password: PasswordKind,
}

/// An account to be added.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewUser {
    /// Its id in the CMS; the next free one from 2 up when absent (1 is Drupal's super user).
    pub(crate) id: Option<UserId>,
    /// Its name.
    pub(crate) name: String,
    /// Its e-mail address.
    pub(crate) email: Option<String>,
    /// Whether it may be used.
    pub(crate) status: Status,
    /// The contact it is linked to.
    pub(crate) contact_id: Option<ContactId>,
}

impl NewUser {
    /// An active account of that name, with nothing else.
    pub(crate) fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

/// Whether an account may be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Status {
    /// It may.
    #[default]
    Active,
    /// It may not.
    Blocked,
}

impl Status {
    /// The name in the store, in documents and in lists.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Blocked => "blocked",
        }
    }
}

/// What is stored of an account's password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PasswordKind {
    /// Nothing: no password is the right one.
    None,
    /// A hash of authctl's own.
    Own,
    /// A hash that was taken over from a site.
    Foreign,
}

/// Which accounts to list.
#[derive(Clone, Debug, Default)]
pub(crate) struct UserFilter {
    /// Those of this status.
    pub(crate) status: Option<Status>,
    /// Those that have been given this role.
    pub(crate) role: Option<String>,
    /// Those linked to this contact.
    pub(crate) contact_id: Option<ContactId>,
}

/// A query of whole rows of accounts.
macro_rules! select_user {
    ($rest:literal) => {
        concat!(
            "SELECT id, name, email, status, contact_id, password IS NOT NULL AS own,
             password_sealed IS NOT NULL AS foreign_hash FROM user ",
            $rest
        )
    };
}
pub(super) use select_user;

impl User {
    /// The form under which a name is looked up.
    pub(super) fn fold(name: &str) -> String {
        name.to_lowercase()
    }

    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let password = match (row.get("own")?, row.get("foreign_hash")?) {
            (true, _) => PasswordKind::Own,
            (false, true) => PasswordKind::Foreign,
            (false, false) => PasswordKind::None,
        };
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            email: row.get("email")?,
            status: row.get("status")?,
            contact_id: row.get("contact_id")?,
            password,
        })
    }
}

impl Reader<'_> {
    /// The account with that id.
    pub(crate) fn user(&self, id: UserId) -> Result<Option<User>, Error> {
        let sql = select_user!("WHERE id = :id");
        self.one(sql, named_params! { ":id": id }, User::from_row)
    }

    /// The account of that name.
    pub(crate) fn user_named(&self, name: &str) -> Result<Option<User>, Error> {
        let sql = select_user!("WHERE folded = :folded");
        self.one(sql, named_params! { ":folded": User::fold(name) }, User::from_row)
    }

    /// The accounts with that e-mail address, ASCII case aside, by id.
    pub(crate) fn users_with_email(&self, email: &str) -> Result<Vec<User>, Error> {
        let sql = select_user!("WHERE email = :email COLLATE NOCASE ORDER BY id");
        self.all(sql, named_params! { ":email": email }, User::from_row)
    }

    /// The accounts linked to a contact, by id; the first is the one that CiviCRM takes.
    pub(crate) fn users_of_contact(&self, id: ContactId) -> Result<Vec<User>, Error> {
        let sql = select_user!("WHERE contact_id = :id ORDER BY id");
        self.all(sql, named_params! { ":id": id }, User::from_row)
    }

    /// Hands over accounts by id.
    pub(crate) fn each_user<E: From<Error>>(
        &self,
        filter: &UserFilter,
        each: impl FnMut(User) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = select_user!(
            "WHERE (:status IS NULL OR status = :status)
               AND (:role IS NULL OR EXISTS (
                 SELECT 1 FROM user_role WHERE user_id = user.id AND role = :role))
               AND (:contact IS NULL OR contact_id = :contact)
             ORDER BY id"
        );
        let params = named_params! {
            ":status": filter.status,
            ":role": filter.role,
            ":contact": filter.contact_id,
        };
        self.each(sql, params, User::from_row, each)
    }
}

impl Change<'_> {
    /// Adds an account.
    pub(crate) fn add_user(&mut self, user: &NewUser) -> Result<UserId, Error> {
        if let Some(other) = self.read().user_named(&user.name)? {
            return Err(Error::Exists { kind: "user", name: other.name });
        }
        let id = match user.id {
            Some(id) => id,
            None => self.next_user_id()?,
        };
        let added = self.execute(
            "INSERT INTO user (id, name, folded, email, status, contact_id)
             VALUES (:id, :name, :folded, :email, :status, :contact_id)
             ON CONFLICT (id) DO NOTHING",
            named_params! {
                ":id": id,
                ":name": user.name,
                ":folded": User::fold(&user.name),
                ":email": user.email,
                ":status": user.status,
                ":contact_id": user.contact_id,
            },
        )?;
        if added { Ok(id) } else { Err(Error::Exists { kind: "user", name: id.to_string() }) }
    }

    /// Writes an account's name, e-mail address, status and contact; answers whether any of them
    /// changed.
    pub(crate) fn update_user(&mut self, user: &User) -> Result<bool, Error> {
        let taken = self.read().user_named(&user.name)?.filter(|other| other.id != user.id);
        if let Some(other) = taken {
            return Err(Error::Exists { kind: "user", name: other.name });
        }
        self.execute(
            "UPDATE user SET name = :name, folded = :folded, email = :email, status = :status,
               contact_id = :contact_id
             WHERE id = :id AND (name, email, status, contact_id)
               IS NOT (:name, :email, :status, :contact_id)",
            named_params! {
                ":id": user.id,
                ":name": user.name,
                ":folded": User::fold(&user.name),
                ":email": user.email,
                ":status": user.status,
                ":contact_id": user.contact_id,
            },
        )
    }

    /// Removes an account with its roles, permissions and keys.
    pub(crate) fn remove_user(&mut self, id: UserId) -> Result<bool, Error> {
        self.execute("DELETE FROM user WHERE id = :id", named_params! { ":id": id })
    }

    fn next_user_id(&self) -> Result<UserId, Error> {
        let largest = self.read().one("SELECT max(id) AS id FROM user", (), |row| row.get("id"))?;
        next_id(largest.flatten(), 2).map(UserId).ok_or(Error::NoIdLeft("user"))
    }
}

impl ToSql for Status {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.name().into())
    }
}

impl FromSql for Status {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "active" => Ok(Self::Active),
            "blocked" => Ok(Self::Blocked),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{NewUser, PasswordKind, Status, User, UserFilter};
    use crate::store::testing::{actor, change, store};
    use crate::store::{ContactId, Error, Store, UserId};

    fn names(store: &Store, filter: &UserFilter) -> Vec<String> {
        let mut names = Vec::new();
        let each = |user: User| {
            names.push(user.name);
            Ok::<_, Error>(())
        };
        store.read().each_user(filter, each).unwrap();
        names
    }

    #[test]
    fn an_account_is_found_by_id_name_and_email() {
        let (_folder, mut store) = store();
        let new = NewUser {
            email: Some("Alice@example.org".into()),
            contact_id: Some(ContactId(101)),
            ..NewUser::named("Alice Ä")
        };
        let id = change(&mut store, |change| change.add_user(&new));
        let alice = User {
            id,
            name: "Alice Ä".into(),
            email: Some("Alice@example.org".into()),
            status: Status::Active,
            contact_id: Some(ContactId(101)),
            password: PasswordKind::None,
        };
        let reader = store.read();
        assert_eq!(reader.user(id).unwrap(), Some(alice.clone()));
        assert_eq!(reader.user_named("aLICE ä").unwrap(), Some(alice.clone()));
        assert_eq!(reader.users_with_email("alice@EXAMPLE.org").unwrap(), vec![alice.clone()]);
        assert_eq!(reader.users_of_contact(ContactId(101)).unwrap(), [alice]);
    }

    #[test]
    fn spaces_and_accents_of_a_name_count() {
        let (_folder, mut store) = store();
        change(&mut store, |change| change.add_user(&NewUser::named("alice")));
        for name in ["alice ", " alice", "álice", "ali ce"] {
            assert_eq!(store.read().user_named(name).unwrap(), None, "{name}");
            change(&mut store, |change| change.add_user(&NewUser::named(name)));
        }
        let mut count = 0;
        let counted = store.read().each_user(&UserFilter::default(), |_| {
            count += 1;
            Ok::<_, Error>(())
        });
        counted.unwrap();
        assert_eq!(count, 5);
    }

    #[test]
    fn ids_are_given_out_from_two_up() {
        let (_folder, mut store) = store();
        let add = |store: &mut Store, id, name: &str| {
            change(store, |change| change.add_user(&NewUser { id, ..NewUser::named(name) }))
        };
        assert_eq!(add(&mut store, None, "a"), UserId(2));
        assert_eq!(add(&mut store, Some(UserId(1)), "admin"), UserId(1));
        assert_eq!(add(&mut store, Some(UserId(70)), "b"), UserId(70));
        assert_eq!(add(&mut store, None, "c"), UserId(71));
    }

    #[test]
    fn a_taken_name_or_id_is_refused() {
        let (_folder, mut store) = store();
        let id = change(&mut store, |change| change.add_user(&NewUser::named("alice")));
        for new in [NewUser::named("ALICE"), NewUser { id: Some(id), ..NewUser::named("bob") }] {
            let refused = store.change(&actor(), false, |change| change.add_user(&new));
            assert!(matches!(refused, Err(Error::Exists { kind: "user", .. })), "{refused:?}");
        }
    }

    #[test]
    fn update_changes_what_differs_and_says_so() {
        let (_folder, mut store) = store();
        let id = change(&mut store, |change| change.add_user(&NewUser::named("alice")));
        change(&mut store, |change| change.add_user(&NewUser::named("bob")));
        let mut user = store.read().user(id).unwrap().unwrap();
        assert!(!change(&mut store, |change| change.update_user(&user)));
        user.name = "Alice".into();
        user.status = Status::Blocked;
        assert!(change(&mut store, |change| change.update_user(&user)));
        assert_eq!(store.read().user_named("alice").unwrap(), Some(user.clone()));
        user.name = "BOB".into();
        let refused = store.change(&actor(), false, |change| change.update_user(&user));
        assert!(matches!(refused, Err(Error::Exists { .. })));
    }

    #[test]
    fn lists_by_status_role_and_contact() {
        let (_folder, mut store) = store();
        change(&mut store, |change| {
            let contact_id = Some(ContactId(5));
            change.add_user(&NewUser { contact_id, ..NewUser::named("a") })?;
            let status = Status::Blocked;
            let b = change.add_user(&NewUser { status, ..NewUser::named("b") })?;
            change.add_role(&crate::store::Role::named("editor"))?;
            change.assign_role(b, "editor")
        });
        let all = UserFilter::default();
        assert_eq!(names(&store, &all), ["a", "b"]);
        assert_eq!(
            names(&store, &UserFilter { status: Some(Status::Active), ..all.clone() }),
            ["a"]
        );
        assert_eq!(
            names(&store, &UserFilter { role: Some("editor".into()), ..all.clone() }),
            ["b"]
        );
        assert_eq!(names(&store, &UserFilter { contact_id: Some(ContactId(5)), ..all }), ["a"]);
    }

    #[test]
    fn removing_an_account_takes_what_hangs_on_it() {
        let (_folder, mut store) = store();
        let id = change(&mut store, |change| {
            let id = change.add_user(&NewUser::named("alice"))?;
            change.add_role(&crate::store::Role::named("editor"))?;
            change.assign_role(id, "editor")?;
            change.grant(&id.into(), "access content")?;
            Ok(id)
        });
        assert!(change(&mut store, |change| change.remove_user(id)));
        for table in ["user", "user_role", "user_permission"] {
            let sql = format!("SELECT count(*) FROM {table}");
            assert_eq!(
                store.conn.query_row(&sql, (), |row| row.get::<_, i64>(0)).unwrap(),
                0,
                "{table}"
            );
        }
        assert!(!change(&mut store, |change| change.remove_user(id)));
    }
}
