//! What real Drupal sites answered, asked of the program itself; and configuration as real sites export it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::sandbox::Sandbox;

/// A folder of recorded material beside the sources, which continuous integration must have.
fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    let demanded = std::env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(path.exists() || !demanded, "{} is missing", path.display());
    path.exists().then_some(path)
}

/// A recorded site as a policy document.
fn document(world: &Value) -> Value {
    let user = |user: &Value| {
        json!({"id": user["uid"], "name": user["name"], "status": user["status"],
            "roles": user["roles"], "password": {"plain": user["password"]}})
    };
    let list = |name: &str| world[name].as_array().cloned().unwrap_or_default();
    let mut roles = list("roles");
    roles.push(json!({"name": "anonymous", "permissions": world["anonymous_permissions"]}));
    let users: Vec<Value> = list("users").iter().map(user).collect();
    json!({
        "authctl": 1,
        "site": {"base_url": "http://127.0.0.1:8899", "cms": "drupal"},
        "drupal": {
            "module": world["module"],
            "settings": world["settings"],
            "resources": world["resources"],
            "jsonapi_read_only": world["jsonapi_read_only"],
            "output_buffering": world["output_buffering"],
        },
        "roles": roles,
        "users": users,
    })
}

#[test]
fn agrees_with_the_recorded_answers_of_real_sites() {
    let Some(folder) = shared("cases/drupal") else { return };
    let worlds: Value =
        serde_json::from_str(&fs::read_to_string(folder.join("worlds.json")).unwrap()).unwrap();
    let cases = fs::read_to_string(folder.join("cases.jsonl")).unwrap();
    let cases: Vec<Value> = cases.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut wrong = String::new();
    let mut judged = 0;
    for (name, world) in worlds.as_object().unwrap() {
        let of_world: Vec<&Value> = cases.iter().filter(|case| case["world"] == *name).collect();
        let sandbox = Sandbox::with_store();
        sandbox.write("world.json", &document(world).to_string());
        sandbox.ok(["apply", "world.json"]);
        let requests = of_world.iter().fold(String::new(), |mut lines, case| {
            let request = &case["request"];
            let line = json!({"id": case["id"], "method": request["method"], "url": request["path"],
                "headers": request["headers"], "body": request["body"]});
            let _ = writeln!(lines, "{line}");
            lines
        });
        let options = ["verify", "--system", "drupal", "--input-format", "jsonl"];
        let options = options.iter().chain(&["--format", "jsonl", "--exit-zero", "-"]);
        let output = sandbox.run_with(requests, options).success();
        let verdicts = String::from_utf8(output.get_output().stdout.clone()).unwrap();
        let verdicts: Vec<Value> =
            verdicts.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(verdicts.len(), of_world.len(), "{name}");
        for (case, verdict) in of_world.iter().zip(&verdicts) {
            judged += 1;
            let expected = &case["expect"];
            let decision = if expected["outcome"] == "accepted" { "allow" } else { "deny" };
            let asked = ["status", "error", "description", "message"].into_iter();
            let agrees = verdict["id"] == case["id"]
                && verdict["decision"] == decision
                && asked
                    .filter(|field| expected.get(field).is_some())
                    .all(|field| verdict["response"][field] == expected[field]);
            if !agrees {
                let _ = writeln!(wrong, "{}: expected {expected}\n  got {verdict}", case["id"]);
            }
        }
    }
    assert!(judged == cases.len() && judged > 0 && wrong.is_empty(), "{judged} judged\n{wrong}");
}

/// A file's text in a document, its lines moved in.
fn moved_in(file: &Path, by: usize) -> String {
    let text = fs::read_to_string(file).unwrap();
    text.lines().fold(String::new(), |mut moved, line| {
        let _ = writeln!(moved, "{:by$}{line}", "");
        moved
    })
}

#[test]
fn exported_configuration_is_taken_as_it_is() {
    let Some(folder) = shared("fixtures/drupal-config") else { return };
    let mut placed = 0;
    for site in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if !site.is_dir() {
            continue;
        }
        let mut files: Vec<PathBuf> =
            fs::read_dir(&site).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        let named = |start: &str| {
            let is_so =
                |file: &&PathBuf| file.file_name().unwrap().to_string_lossy().starts_with(start);
            files.iter().filter(is_so).collect::<Vec<_>>()
        };
        let (resources, roles) = (named("rest.resource."), named("user.role."));
        let mut text = "authctl: 1\ndrupal:\n".to_owned();
        for (field, start) in
            [("settings", "rest_api_authentication.settings"), ("key_auth", "key_auth.settings")]
        {
            for file in named(start) {
                let _ = write!(text, "  {field}:\n{}", moved_in(file, 4));
                placed += 1;
            }
        }
        for (field, files) in [("resources", &resources), ("roles", &roles)] {
            let _ = writeln!(text, "  {field}:");
            for file in files {
                let _ = write!(text, "    -\n{}", moved_in(file, 6));
                placed += 1;
            }
        }
        let sandbox = Sandbox::with_store();
        sandbox.write("site.yml", &text);
        sandbox.ok(["apply", "site.yml"]);
        sandbox.run(["diff", "site.yml"]).success();
        let listed = sandbox.ok(["resource", "list", "--format", "jsonl"]);
        assert_eq!(listed.lines().count(), resources.len(), "{}", site.display());
        let listed = sandbox.ok(["role", "list", "--format", "csv"]);
        for role in roles {
            let name = role.file_stem().unwrap().to_string_lossy();
            let name = name.trim_start_matches("user.role.");
            assert!(listed.contains(&format!("\n{name},")), "{name} is not in {listed}");
        }
    }
    assert!(placed > 0);
}
