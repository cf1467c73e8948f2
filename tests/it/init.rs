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
fn a_dry_run_makes_nothing_and_fails_where_the_real_run_does() {
    let sandbox = Sandbox::new();
    sandbox.run(["init", "--dry-run"]).success().stderr_eq(str![[r#"
Dry run, nothing is kept: Made the store `[FOLDER]/.local/share/authctl/authctl.db`.
Dry run, nothing is kept: Made the key file `[FOLDER]/.local/share/authctl/authctl.key`.

"#]]);
    assert_eq!(std::fs::read_dir(sandbox.path(".")).unwrap().count(), 0);
    sandbox.ok(["init"]);
    sandbox.run(["init", "--dry-run"]).code(5).stderr_eq(str![[r#"
error: `[FOLDER]/.local/share/authctl/authctl.db` exists already
hint: Nothing is written over it; use it as it is, or give another file.

"#]]);
}

/// Runs a changing command on a store of which one part has that mode, as somebody whom modes hold back:
/// root becomes another account. Answers what it said, or nothing where such a one cannot run the program.
fn told_with_mode(part: &str, mode: u32) -> Option<(Option<i32>, String)> {
    use std::os::unix::fs::{MetadataExt, chown};
    use std::os::unix::process::CommandExt;
    let sandbox = Sandbox::with_store();
    let folder = sandbox.path(".local/share/authctl");
    let set_mode = |mode| {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(folder.join(part), permissions).unwrap();
    };
    let mut command = std::process::Command::new(snapbox::cmd::cargo_bin!("authctl"));
    command.args(["user", "add", "zed"]).env_clear().env("HOME", sandbox.path(""));
    if std::fs::metadata("/proc/self").unwrap().uid() == 0 {
        command.uid(65534).gid(65534);
        let above = folder.ancestors().take(4);
        let files = ["authctl.db", "authctl.key"].map(|file| folder.join(file));
        for path in above.map(std::path::Path::to_owned).chain(files) {
            chown(path, Some(65534), Some(65534)).unwrap();
        }
    }
    set_mode(mode);
    let ended = command.output();
    set_mode(0o700);
    let ended = ended.ok()?;
    let told = String::from_utf8(ended.stderr).unwrap();
    Some((ended.status.code(), told.replace(sandbox.path("").to_str().unwrap(), "FOLDER/")))
}

#[test]
fn what_cannot_be_written_to_is_told_before_anything_is_changed() {
    for (part, mode) in [("", 0o500), ("authctl.db", 0o400)] {
        let Some((code, told)) = told_with_mode(part, mode) else { return };
        let slash = if part.is_empty() { "" } else { "/" };
        let path = format!("FOLDER/.local/share/authctl{slash}{part}");
        assert_eq!(code, Some(1), "{told}");
        assert_eq!(
            told,
            format!(
                "error: cannot write to `{path}`: permission denied\nhint: Changes need the store and its \
                 folder writable, since SQLite keeps a journal beside the store.\n"
            )
        );
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

#[test]
fn a_key_file_that_is_there_is_used_and_named() {
    let sandbox = Sandbox::with_store();
    let folder = sandbox.path(".local/share/authctl");
    sandbox.ok(["user", "add", "alice"]);
    sandbox.ok(["site-key", "generate"]);
    let document = sandbox.ok(["dump"]);
    std::fs::remove_file(folder.join("authctl.db")).unwrap();
    sandbox.run(["init"]).success().stderr_eq(str![[r#"
Made the store `[FOLDER]/.local/share/authctl/authctl.db`.
It belongs to the key file that is there, `[FOLDER]/.local/share/authctl/authctl.key`.

"#]]);
    sandbox.run_with(document.clone(), ["apply", "-"]).success();
    assert_eq!(sandbox.ok(["dump"]), document);
}

#[test]
fn the_hint_for_a_missing_store_names_the_key_file_too() {
    let sandbox = Sandbox::new();
    let words = ["user", "list", "--store", "a b.db", "--key-file", "k.key"];
    sandbox.run(words).code(5).stderr_eq(str![[r#"
error: there is no store at `a b.db`
hint: Make one with `authctl init --store 'a b.db' --key-file k.key`.

"#]]);
}

#[test]
fn an_empty_variable_is_to_be_unset() {
    let sandbox = Sandbox::with_store();
    let run = sandbox.command(["user", "list"]).env("AUTHCTL_STORE", "").assert().code(2);
    run.stderr_eq(str![[r#"
error: `--store <FILE>` needs a value
hint: Give a file; a variable AUTHCTL_STORE that is empty is to be unset.

"#]]);
}
