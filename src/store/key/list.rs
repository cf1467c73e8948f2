//! Listing keys.

use rusqlite::named_params;

use super::{ApiKeyRow, KeyDigest, KeyState, owner_columns, select_key};
use crate::store::{Error, Reader, User};
use crate::verify::Owner;

/// Which keys to list.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct KeyFilter {
    /// Those of this owner.
    pub(crate) owner: Option<Owner>,
    /// Those of this state at [`Self::now`].
    pub(crate) state: Option<KeyState>,
    /// The moment that states are of, in Unix seconds.
    pub(crate) now: i64,
    /// The weak ones, or the others.
    pub(crate) weak: Option<bool>,
}

/// The states of a filter, after a condition on the owner that an index answers.
macro_rules! filtered {
    ($owner:literal) => {
        select_key!(
            "WHERE ",
            $owner,
            " AND (:state IS NULL OR :state = CASE WHEN revoked_at <= :now THEN 'revoked'
                 WHEN expires_at <= :now THEN 'expired' ELSE 'live' END)
               AND (:weak IS NULL OR :weak = (digest IS NULL))
             ORDER BY id"
        )
    };
}

impl Reader<'_> {
    /// Hands over keys by number.
    pub(crate) fn each_key<E: From<Error>>(
        &self,
        filter: KeyFilter,
        each: impl FnMut(ApiKeyRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let (kind, user_id, contact_id) = filter.owner.map_or(("", None, None), owner_columns);
        let owner_id = user_id.or(contact_id);
        let sql = match filter.owner {
            None => filtered!("(:kind = '' AND :owner_id IS NULL)"),
            Some(Owner::User(_)) => filtered!("user_id = :owner_id AND owner = :kind"),
            Some(Owner::Contact(_)) => filtered!("contact_id = :owner_id AND owner = :kind"),
            Some(Owner::Universal | Owner::ApiToken) => {
                filtered!(
                    "owner = :kind AND :owner_id IS NULL AND user_id IS NULL AND contact_id IS NULL"
                )
            }
        };
        let params = named_params! {
            ":kind": kind,
            ":owner_id": owner_id,
            ":state": filter.state,
            ":now": filter.now,
            ":weak": filter.weak,
        };
        self.each(sql, params, ApiKeyRow::from_row, each)
    }

    /// All keys of an owner, of any state, by number.
    pub(crate) fn keys_of(&self, owner: Owner) -> Result<Vec<ApiKeyRow>, Error> {
        let mut keys = Vec::new();
        self.each_key(KeyFilter { owner: Some(owner), ..KeyFilter::default() }, |key| {
            keys.push(key);
            Ok::<_, Error>(())
        })?;
        Ok(keys)
    }

    /// The keys of an owner that have just that text, of any state, by number: sites hold duplicates.
    pub(crate) fn keys_equal(
        &self,
        owner: Owner,
        digest: &KeyDigest,
    ) -> Result<Vec<ApiKeyRow>, Error> {
        let mut keys = self.keys_of(owner)?;
        keys.retain(|key| key.digest == *digest);
        Ok(keys)
    }

    /// Hands over the accounts that have no key of their own that is live at `now`, by id.
    pub(crate) fn each_user_without_key<E: From<Error>>(
        &self,
        now: i64,
        each: impl FnMut(User) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = crate::store::user::select_user!(
            "WHERE NOT EXISTS (
               SELECT 1 FROM api_key WHERE user_id = user.id
                 AND (expires_at IS NULL OR :now < expires_at)
                 AND (revoked_at IS NULL OR :now < revoked_at))
             ORDER BY id"
        );
        self.each(sql, named_params! { ":now": now }, User::from_row, each)
    }
}
