//! Recorded decisions of upstream's own code, run through the whole program: each world is applied to a
//! store of its own, its requests are judged as JSON lines.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::sandbox::Sandbox;

/// A world as a policy document.
fn document(world: &Value) -> Value {
    let users = world["users"].as_array().unwrap().iter().map(|user| {
        json!({
            "id": user["id"],
            "name": user["name"],
            "contact_id": user["contact_id"],
            "status": if user["blocked"] == true { "blocked" } else { "active" },
            "permissions": user["permissions"],
            "password": { "hash": cheap_hash(user["password"].as_str().unwrap()) },
        })
    });
    let contacts = world["contacts"].as_array().unwrap().iter().map(|contact| {
        let key = contact["api_key"].as_str().map(|key| json!({ "key": key }));
        json!({
            "id": contact["id"],
            "deleted": contact["is_deleted"] == true,
            "keys": Vec::from_iter(key),
        })
    });
    json!({
        "authctl": 1,
        "civicrm": {
            "site_key": world["site_key"],
            "sign_keys": world["sign_keys"],
            "settings": world["settings"],
            "cms_overrides": world["cms"],
        },
        "roles": [{ "name": "anonymous", "permissions": world["anonymous_permissions"] }],
        "users": users.collect::<Vec<_>>(),
        "contacts": contacts.collect::<Vec<_>>(),
    })
}

/// A hash such as a site has, that takes a millisecond instead of thirty.
fn cheap_hash(password: &str) -> String {
    let hash = bcrypt::hash_with_result(password, 4).unwrap();
    hash.format_for_version(bcrypt::Version::TwoY)
}

/// A recorded request as a JSON line.
fn line(case: &Value) -> String {
    let request = case["request"].as_object().unwrap();
    let mut line = Map::new();
    line.insert("id".to_owned(), case["id"].clone());
    if let Some(path) = request.get("path") {
        let query = request.get("query").and_then(Value::as_str);
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        line.insert("url".to_owned(), format!("/{}{query}", path.as_str().unwrap()).into());
    }
    for (name, value) in request {
        let name = match name.as_str() {
            "path" | "query" => continue,
            "siteKey" => "site_key",
            "useSession" => "use_session",
            other => other,
        };
        line.insert(name.to_owned(), value.clone());
    }
    Value::from(line).to_string()
}

/// The named field of a recorded decision, as the verdict has it.
fn field(verdict: &Value, name: &str) -> Value {
    let response = &verdict["response"];
    match name {
        "outcome" => match (verdict["decision"].as_str(), verdict["reason"].as_str()) {
            (_, Some("authx.session.kept")) => "session".into(),
            (_, Some("authx.upstream_fault")) => "error".into(),
            (Some("allow"), _) => "accepted".into(),
            (Some("deny"), _) => "rejected".into(),
            _ => verdict["decision"].clone(),
        },
        "cred_type" => verdict["credential"]["type"].clone(),
        "contact_id" | "user_id" => verdict["principal"][name].clone(),
        "use_session" => verdict["session"].clone(),
        // Over HTTP a client sees no class; the step that failed names it.
        "exception" if response["status"] == 500 => {
            let steps = verdict["steps"].as_array().unwrap();
            let observed = steps.last().unwrap()["observed"].as_str().unwrap();
            observed.split(": ").nth(1).unwrap().into()
        }
        "exception" => {
            let class = response[name].as_str().unwrap_or_default();
            class.rsplit('\\').next().unwrap().into()
        }
        "status" | "content_type" | "body" | "message" => response[name].clone(),
        other => verdict[other].clone(),
    }
}

/// Judges the cases of one world; answers what differs.
fn differing(world: &Value, cases: &[Value]) -> Vec<String> {
    let sandbox = Sandbox::with_store();
    sandbox.write("world.json", &document(world).to_string());
    sandbox.ok(["apply", "world.json"]);
    let lines: Vec<String> = cases.iter().map(line).collect();
    let now = world["now"].as_i64().unwrap();
    let at = jiff::Timestamp::from_second(now).unwrap().to_string();
    let output = sandbox
        .run_with(
            lines.join("\n"),
            [
                "verify",
                "--input-format",
                "jsonl",
                "--format",
                "jsonl",
                "--at",
                &at,
                "--exit-zero",
                "-",
            ],
        )
        .success();
    let text = std::str::from_utf8(&output.get_output().stdout).unwrap();
    let verdicts: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(verdicts.len(), cases.len());
    let compared = cases.iter().zip(&verdicts).map(|(case, verdict)| {
        assert_eq!(case["id"], verdict["id"], "the order is kept");
        let expect = case["expect"].as_object().unwrap();
        let wrong = expect.iter().find(|(name, value)| field(verdict, name) != **value)?;
        Some(format!("{}: {wrong:?} expected, in {verdict}", case["id"]))
    });
    compared.flatten().collect()
}

#[test]
fn the_program_agrees_with_upstream_s_recorded_decisions() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/authx");
    if !folder.exists() && std::env::var_os("CI").is_none() {
        return;
    }
    let worlds = std::fs::read_to_string(folder.join("worlds.json")).unwrap();
    let worlds: Map<String, Value> = serde_json::from_str(&worlds).unwrap();
    let text = std::fs::read_to_string(folder.join("cases.jsonl")).unwrap();
    let mut by_world: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        by_world.entry(case["world"].as_str().unwrap().to_owned()).or_default().push(case);
    }
    assert!(by_world.values().map(Vec::len).sum::<usize>() >= 49);
    let wrong: Vec<String> =
        by_world.iter().flat_map(|(name, cases)| differing(&worlds[name], cases)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
