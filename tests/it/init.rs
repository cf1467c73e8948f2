//! `authctl init`, and what every command says without a store.

use std::os::unix::fs::PermissionsExt;

use snapbox::str;

use crate::sandbox::Sandbox;

#[test]
fn makes_a_store_and_a_key_file_for_the_owner_alone() {
    let sandbox = Sandbox::new();
    sandbox.run(["init"]).success().stdout_eq("").stderr_eq(str![[r#"
Made the store `[FOLDER]/.local/share/authctl/authctl.db`.
Made the key file `[FOLDER]/.local/share/authctl/authctl.key`; keep a copy of it in a safe place.

"#]]);
    for (name, mode) in [("", 0o700), ("authctl.db", 0o600), ("authctl.key", 0o600)] {
        let path = sandbox.path(".local/share/authctl").join(name);
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, mode, "{name}");
    }
}

#[test]
fn an_existing_store_is_left_alone() {
    let sandbox = Sandbox::with_store();
    sandbox.run(["init"]).code(5).stderr_eq(str![[r#"
error: `[FOLDER]/.local/share/authctl/authctl.db` exists already
hint: Nothing is written over it; use it as it is, or give another file.

"#]]);
}

#[test]
fn a_missing_store_names_the_command_to_run() {
    let sandbox = Sandbox::new();
    sandbox.run(["user", "list", "--store", "my store.db"]).code(5).stderr_eq(str![[r#"
error: there is no store at `my store.db`
hint: Make one with `authctl init --store 'my store.db'`.

"#]]);
}

#[test]
fn a_store_that_others_can_read_is_refused() {
    let sandbox = Sandbox::with_store();
    let store = sandbox.path(".local/share/authctl/authctl.db");
    std::fs::set_permissions(&store, std::fs::Permissions::from_mode(0o644)).unwrap();
    sandbox.run(["user", "list"]).code(7).stderr_eq(str![[r#"
error: others have access to `[FOLDER]/.local/share/authctl/authctl.db` (mode 0644)
hint: Close it with `chmod go= [FOLDER]/.local/share/authctl/authctl.db`.

"#]]);
}

#[test]
fn a_lost_key_file_is_told() {
    let sandbox = Sandbox::with_store();
    std::fs::remove_file(sandbox.path(".local/share/authctl/authctl.key")).unwrap();
    sandbox.run(["user", "list"]).code(7).stderr_eq(str![[r#"
error: there is no key file at `[FOLDER]/.local/share/authctl/authctl.key`
hint: Put back the key file that was made with the store, or say where it is with `--key-file` or AUTHCTL_KEY_FILE.

"#]]);
}
