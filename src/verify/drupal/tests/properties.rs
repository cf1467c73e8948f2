//! What holds for any request.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::world::{World, request};
use crate::verify::Decision;

/// Pieces that addresses, headers and bodies are put together from.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("/jsonapi/".to_owned()),
        Just("?_format=json".to_owned()),
        Just("/entity/user".to_owned()),
        Just("/user/2".to_owned()),
        Just("Basic YWxpY2U6eA==".to_owned()),
        Just("%".to_owned()),
        Just("&x[]=1".to_owned()),
        "[ -~]{0,6}",
        any::<char>().prop_map(String::from),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..6).prop_map(|pieces| pieces.concat())
}

fn world(module: &str) -> World {
    World::new(&json!({
        "module": module,
        "settings": {"enable_authentication": 1, "authentication_method": 1, "api_token": "k",
            "applications": {"a": {"authentication_method": 1, "is_default": true}},
            "default_application_id": "a"},
        "resources": [{"plugin_id": "entity:user", "granularity": "resource",
            "configuration": {"formats": ["json"], "authentication": ["rest_api_authentication"]}}],
        "users": [{"uid": 2, "name": "alice", "password": "pw", "status": "active"}],
    }))
}

proptest! {
    #[test]
    fn judging_never_panics_and_always_has_a_reason(
        module in prop::sample::select(vec!["guide", "2.1.0", "2.0.18", "2.0.16", "8.x-1.13"]),
        method in prop::sample::select(vec!["GET", "POST", "PATCH", "HEAD", "OPTIONS", "x"]),
        path in text(),
        headers in prop::collection::vec(
            (prop::sample::select(vec!["Authorization", "API-KEY", "AUTH-METHOD", "Content-Type"]), text()),
            0..4,
        ),
        body in text(),
    ) {
        let pairs: Vec<Value> = headers.iter().map(|(name, value)| json!([name, value])).collect();
        let sent = json!({"method": method, "path": format!("/{path}"), "headers": pairs, "body": body});
        let verdict = world(module).judge(&request(&sent));
        prop_assert!(!verdict.steps.is_empty());
        prop_assert_eq!(verdict.response.is_none(), verdict.decision == Decision::Indeterminate);
        for remedy in &verdict.remedies {
            prop_assert!(!remedy.text.is_empty());
        }
    }
}
