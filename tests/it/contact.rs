//! `authctl contact`

use snapbox::str;

use crate::sandbox::Sandbox;

#[test]
fn a_contact_goes_from_the_list_to_the_trash_and_away() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice", "--contact", "101"]);
    sandbox.run(["contact", "add"]).success().stdout_eq(str![[r#"
102

"#]]);
    sandbox.run(["contact", "add", "101"]).code(5).stderr_eq(str![[r#"
error: contact `101` exists already
hint: `authctl contact set` changes one that is there; `authctl contact list` lists all.

"#]]);
    sandbox.run(["contact", "set", "102", "--deleted"]).success().stderr_eq(str![[r#"
Put into the trash: 102.

"#]]);
    sandbox.run(["contact", "set", "102", "--deleted"]).success().stderr_eq(str![[r#"
It is so already.

"#]]);
    sandbox.run(["contact", "list"]).success().stdout_eq(str![[r#"
ID   DELETED  USERS
101  false    alice
102  true

"#]]);
    sandbox.run(["contact", "remove", "101", "--yes"]).success().stderr_eq(str![[r#"
Removed 1 contact: 101.

"#]]);
    sandbox.run(["contact", "show", "101"]).code(4).stderr_eq(str![[r#"
error: no contact 101
hint: Add it with `authctl contact add 101`; `authctl contact list` lists all.

"#]]);
}
