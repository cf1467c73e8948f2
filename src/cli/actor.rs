//! Who runs the program, for the audit log.
//!
//! The name belongs to the process's user id and is read from the system's list of accounts, not
//! from `USER`, which anybody can set.

/// The account's name, or `uid:1000` where the list of accounts does not have it.
pub(super) fn name() -> String {
    let uid = rustix::process::getuid().as_raw();
    let accounts = std::fs::read("/etc/passwd").unwrap_or_default();
    name_in(&String::from_utf8_lossy(&accounts), uid).unwrap_or_else(|| format!("uid:{uid}"))
}

/// The first name with that id in a list of accounts: `name:password:id:…`, one a line.
fn name_in(accounts: &str, uid: u32) -> Option<String> {
    accounts.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next().filter(|name| !name.is_empty())?;
        let id: u32 = fields.nth(1)?.parse().ok()?;
        (id == uid).then(|| name.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::name_in;

    #[test]
    fn finds_the_name_of_an_id() {
        let accounts = "# comment\nroot:x:0:0::/root:/bin/sh\nann:x:1000:1000::/home/ann:/bin/sh\n";
        assert_eq!(name_in(accounts, 1000).as_deref(), Some("ann"));
        assert_eq!(name_in(accounts, 7), None);
    }
}
