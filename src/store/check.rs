//! Looking a whole store over: the file, references between rows, what must open with the key file,
//! the audit chain. Other programs' tables are none of its business.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row};

use super::user::{User, UserFilter};
use super::{ApiKeyRow, AuditChain, Error, KeyDigest, KeyFilter, Reader, UserId, schema};

/// Something that is wrong with a store.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Finding {
    /// Which check found it.
    pub(crate) check: &'static str,
    /// What is wrong.
    pub(crate) problem: String,
}

/// From how many problems of one kind on the rest is only counted.
const MANY: usize = 100;

/// The first of many problems, and how many more there are.
fn shortened(problems: Vec<String>) -> impl Iterator<Item = String> {
    let more = problems.len().saturating_sub(MANY);
    let rest = (more > 0).then(|| format!("and {more} more"));
    problems.into_iter().take(MANY).chain(rest)
}

impl Reader<'_> {
    /// Looks the store over. An empty list means that nothing is wrong.
    pub(crate) fn check(&self) -> Result<Vec<Finding>, Error> {
        let mut findings = Vec::new();
        for (check, run) in [
            ("file", Self::check_file as fn(&Self) -> Result<Vec<String>, Error>),
            ("schema", Self::check_schema),
            ("references", Self::check_references),
            ("names", Self::check_names),
            ("secrets", Self::check_secrets),
            ("keys", Self::check_keys),
            ("passwords", Self::check_passwords),
            ("policy", |reader| reader.policy().map(|_| Vec::new())),
            ("audit", Self::check_audit),
        ] {
            let problems = match run(self) {
                Ok(problems) => problems,
                // What cannot be read is a finding, not the end of the checks.
                Err(error @ (Error::Damaged(_) | Error::Credential(_))) => vec![error.to_string()],
                Err(error) => return Err(error),
            };
            findings.extend(shortened(problems).map(|problem| Finding { check, problem }));
        }
        Ok(findings)
    }

    fn check_file(&self) -> Result<Vec<String>, Error> {
        let sql = "PRAGMA integrity_check";
        let mut said: Vec<String> = self.all(sql, (), |row| row.get("integrity_check"))?;
        said.retain(|line| line != "ok");
        Ok(said)
    }

    /// Whether tables and indexes are those that this version makes. A trigger or a view is never run,
    /// but nobody puts one there without meaning something by it.
    fn check_schema(&self) -> Result<Vec<String>, Error> {
        let fresh = Connection::open_in_memory()?;
        schema::migrate(&fresh, schema::MIGRATIONS)?;
        let fresh = Reader { conn: &fresh, keyring: self.keyring };
        let ours = self.objects()?;
        let mut problems = Vec::new();
        for (name, expected) in fresh.objects()? {
            match ours.get(&name) {
                None => problems.push(format!("{} `{name}` is missing", expected.0)),
                Some(found) if *found != expected => {
                    problems.push(format!("{} `{name}` is not as authctl makes it", found.0));
                }
                Some(_) => {}
            }
        }
        let foreign = ours.iter().filter(|(_, (kind, _))| kind == "trigger" || kind == "view");
        problems
            .extend(foreign.map(|(name, (kind, _))| format!("{kind} `{name}` is not authctl's")));
        Ok(problems)
    }

    /// Kind and statement of everything in the schema.
    fn objects(&self) -> Result<BTreeMap<String, (String, Option<String>)>, Error> {
        let sql = "SELECT type, name, sql FROM sqlite_schema";
        self.all(sql, (), |row| Ok((row.get("name")?, (row.get("type")?, row.get("sql")?))))
    }

    fn check_references(&self) -> Result<Vec<String>, Error> {
        self.all("PRAGMA foreign_key_check", (), |row: &Row<'_>| {
            let (table, parent): (String, String) = (row.get("table")?, row.get("parent")?);
            Ok(format!("a row of `{table}` belongs to no row of `{parent}`"))
        })
    }

    fn check_names(&self) -> Result<Vec<String>, Error> {
        let sql = "SELECT id, name, folded FROM user";
        let mut problems = Vec::new();
        let from_row = |row: &Row<'_>| Ok((row.get("id")?, row.get("name")?, row.get("folded")?));
        self.each(sql, (), from_row, |(id, name, folded): (UserId, String, String)| {
            if User::fold(&name) != folded {
                problems.push(format!("user {id} is not found under its name"));
            }
            Ok::<_, Error>(())
        })?;
        Ok(problems)
    }

    fn check_secrets(&self) -> Result<Vec<String>, Error> {
        let mut problems = Vec::new();
        for name in self.secret_names()? {
            if let Err(error) = self.secret(&name) {
                problems.push(format!("the secret `{name}`: {error}"));
            }
        }
        Ok(problems)
    }

    /// Whether every key that can be shown again opens, and is the one that it is stored as. For weak
    /// ones the latter would take a run of argon2id each.
    fn check_keys(&self) -> Result<Vec<String>, Error> {
        let mut problems = Vec::new();
        self.each_key(KeyFilter::default(), |key: ApiKeyRow| {
            let sealed = if key.recoverable { self.sealed_key(key.id)? } else { None };
            if let Some(sealed) = sealed {
                match (self.open_key(key.owner, &sealed), key.digest) {
                    (Err(error), _) => problems.push(format!("key {}: {error}", key.id)),
                    (Ok(text), KeyDigest::Strong(digests))
                        if self.keyring.digest(text.expose()) != digests =>
                    {
                        problems.push(format!("key {}: its sealed text is another key's", key.id));
                    }
                    (Ok(_), _) => {}
                }
            }
            Ok::<_, Error>(())
        })?;
        Ok(problems)
    }

    fn check_passwords(&self) -> Result<Vec<String>, Error> {
        let mut problems = Vec::new();
        self.each_user(&UserFilter::default(), |user| {
            if let Err(error) = self.stored_password(user.id) {
                problems.push(format!("the password of user {}: {error}", user.id));
            }
            Ok::<_, Error>(())
        })?;
        Ok(problems)
    }

    fn check_audit(&self) -> Result<Vec<String>, Error> {
        Ok(match self.audit_verify(None)? {
            AuditChain::Whole { .. } => Vec::new(),
            AuditChain::Broken { seq, why } => vec![format!("entry {seq} of the audit log: {why}")],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{change, rng, store};
    use super::MANY;
    use crate::credential::{ApiKey, Argon, KeyKind, Secret, StoredPassword};
    use crate::store::{NewKey, NewUser, SITE_KEY, Store};
    use crate::verify::Owner;

    /// A store with something for every check.
    fn world() -> (tempfile::TempDir, Store) {
        let (folder, mut store) = store();
        change(&mut store, |change| {
            let alice = change.add_user(&NewUser::named("Alice"))?;
            let hash = StoredPassword::Foreign(Secret::from("$2y$10$abc"));
            change.set_password(alice, Some(&hash), &mut rng())?;
            change.set_secret(SITE_KEY, Some(&Secret::from("text")), &mut rng())?;
            for text in [ApiKey::generate(KeyKind::User, &mut rng()), Secret::from("weak")] {
                let owner = Owner::User(alice.0);
                let key = NewKey::of(change.keyring(), owner, &text, &mut Argon::new())?;
                change.add_key(&NewKey { recoverable: Some(&text), ..key }, &mut rng())?;
            }
            Ok(())
        });
        (folder, store)
    }

    fn found_after(sql: &str) -> Vec<&'static str> {
        let (_folder, store) = world();
        store.conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        store.conn.execute_batch(sql).unwrap();
        let findings = store.read().check().unwrap();
        let mut checks: Vec<_> = findings.into_iter().map(|finding| finding.check).collect();
        checks.dedup();
        checks
    }

    #[test]
    fn a_good_store_has_no_findings() {
        let (_folder, store) = world();
        assert_eq!(store.read().check().unwrap(), []);
    }

    #[test]
    fn litestreams_tables_are_no_finding() {
        let tables = "CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER);
            CREATE TABLE _litestream_lock (id INTEGER)";
        assert!(found_after(tables).is_empty());
    }

    #[test]
    fn every_check_finds_what_it_is_for() {
        for (check, sql) in [
            ("schema", "DROP INDEX api_key_digest"),
            ("schema", "CREATE TRIGGER t AFTER INSERT ON user BEGIN SELECT 1; END"),
            ("references", "INSERT INTO user_role (user_id, role) VALUES (2, 'nobody')"),
            ("names", "UPDATE user SET name = 'Bob'"),
            ("secrets", "UPDATE secret SET sealed = x'01'"),
            ("secrets", "UPDATE secret SET name = 'sign_keys'"),
            ("keys", "UPDATE api_key SET sealed = x'01' WHERE id = 1"),
            ("keys", "UPDATE api_key SET sealed = x'01' WHERE id = 2"),
            ("keys", "UPDATE api_key SET sealed = (SELECT sealed FROM api_key WHERE id = 2)"),
            ("passwords", "UPDATE user SET password_sealed = x'01'"),
            ("policy", "INSERT INTO setting (name, value) VALUES ('site.cms', '\"typo3\"')"),
            ("audit", "DELETE FROM audit WHERE seq = 1"),
        ] {
            let found = found_after(sql);
            assert!(found.contains(&check), "{sql}: {found:?}");
        }
    }

    #[test]
    fn how_many_problems_are_left_out_is_told() {
        let (_folder, mut store) = world();
        change(&mut store, |change| {
            for id in 0..MANY + 5 {
                change.add_user(&NewUser::named(format!("user {id}")))?;
            }
            Ok(())
        });
        store
            .conn
            .execute("UPDATE user SET folded = id || 'x' WHERE name LIKE 'user%'", ())
            .unwrap();
        let findings = store.read().check().unwrap();
        assert_eq!(findings.len(), MANY + 1);
        let last = findings.last().unwrap();
        assert_eq!((last.check, last.problem.as_str()), ("names", "and 5 more"));
    }

    #[test]
    fn a_damaged_page_is_found() {
        let (_folder, mut store) = world();
        change(&mut store, |change| {
            for id in 0..500 {
                change.add_user(&NewUser::named(format!("user {id} {}", "x".repeat(50))))?;
            }
            Ok(())
        });
        let location = store.location().clone();
        drop(store);
        let mut bytes = std::fs::read(&location.store).unwrap();
        let half = bytes.len() / 2;
        bytes[half..half + 4096].fill(0xff);
        std::fs::write(&location.store, bytes).unwrap();
        let store = Store::open_read(&location).unwrap();
        assert!(store.read().check().unwrap().iter().any(|finding| finding.check == "file"));
    }
}
