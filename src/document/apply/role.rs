//! Roles and what is granted to them.

use serde_json::{Map, Value};

use super::Walk;
use crate::document::difference::Difference;
use crate::document::error::Error;
use crate::document::field::Field;
use crate::document::role_wish::{OWN_FIELDS, RoleWish};
use crate::store::{Grantee, Role};

impl Walk<'_, '_> {
    pub(super) fn roles(&mut self) -> Result<(), Error> {
        let wishes = self.document.role_wishes()?;
        for (name, wish) in &wishes {
            self.role(name, wish)?;
        }
        if !self.prunes() {
            return Ok(());
        }
        for role in self.reader.roles()? {
            let subject = format!("role {}", role.name);
            if wishes.contains_key(role.name.as_str()) {
                continue;
            }
            if Role::is_built_in(&role.name) {
                self.permissions(Some(&Grantee::Role(role.name)), &subject, [], true)?;
            } else {
                let difference = Difference::remove(subject, "");
                self.differ(difference, |pen| pen.change.remove_role(&role.name).map(drop))?;
            }
        }
        Ok(())
    }

    fn role(&mut self, name: &str, wish: &RoleWish) -> Result<(), Error> {
        let subject = format!("role {name}");
        let current = self.reader.role(name)?;
        let wanted = wanted(name, wish, current.as_ref());
        match &current {
            None => {
                let detail = if wanted.admin { "administrator" } else { "" };
                let difference = Difference::add(subject.as_str(), detail);
                self.differ(difference, |pen| pen.change.add_role(&wanted))?;
            }
            Some(current) if *current != wanted => {
                let difference = Difference::change(subject.as_str(), changes(current, &wanted));
                self.differ(difference, |pen| pen.change.update_role(&wanted).map(drop))?;
            }
            Some(_) => {}
        }
        let exact = self.prunes() || wish.permissions == Field::Unset;
        let permissions = wish.permissions.set().into_iter().flatten().map(String::as_str);
        self.permissions(Some(&name.into()), &subject, permissions, exact)
    }
}

fn wanted(name: &str, wish: &RoleWish, current: Option<&Role>) -> Role {
    let current = current.cloned().unwrap_or_else(|| Role::named(name));
    Role {
        name: current.name,
        label: wish.label.over_optional(current.label),
        admin: wish.admin.over(current.admin, false),
        entity: match &wish.entity {
            Some(entity) if current.entity.is_empty() || differ(entity, &current.entity) => {
                entity.clone()
            }
            _ => current.entity,
        },
    }
}

/// Whether two entities differ in what is kept in them alone.
fn differ(one: &Map<String, Value>, other: &Map<String, Value>) -> bool {
    let rest = |entity: &Map<String, Value>| {
        let mut entity = entity.clone();
        entity.retain(|name, _| !OWN_FIELDS.contains(&name.as_str()));
        entity
    };
    rest(one) != rest(other)
}

fn changes(current: &Role, wanted: &Role) -> String {
    let mut changes = Vec::new();
    if current.admin != wanted.admin {
        changes.push(if wanted.admin { "administrator" } else { "no administrator" });
    }
    if current.label != wanted.label {
        changes.push("label");
    }
    if current.entity != wanted.entity {
        changes.push("exported fields");
    }
    changes.join(", ")
}
