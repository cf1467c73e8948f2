//! Configuration that real sites have exported.

use std::path::Path;

use serde_json::{Value, json};

use super::said;
use crate::document::export::ExportedObject;
use crate::document::place::At;
use crate::document::testing::{apply_to, document, dumped, shared};
use crate::document::{Document, Omitted};
use crate::store::testing::store;

/// Every file of a site in one document, as it is but for the indentation.
fn document_of(site: &Path) -> (String, usize) {
    let [mut roles, mut resources, mut objects] = [const { String::new() }; 3];
    let mut files: Vec<_> =
        std::fs::read_dir(site).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for file in &files {
        let name = file.file_name().unwrap().to_str().unwrap();
        let export = std::fs::read_to_string(file).unwrap();
        let body = export.lines().fold(String::new(), |body, line| body + "      " + line + "\n");
        let item = format!("    - {}", body.trim_start());
        match name {
            "rest_api_authentication.settings.yml" => objects.extend(["  settings:\n", &body]),
            "key_auth.settings.yml" => objects.extend(["  key_auth:\n", &body]),
            name if name.starts_with("rest.resource.") => resources.push_str(&item),
            name if name.starts_with("user.role.") => roles.push_str(&item),
            _ => {}
        }
    }
    (format!("drupal:\n{objects}  resources:\n{resources}  roles:\n{roles}"), files.len())
}

fn sorted(objects: &[At<ExportedObject>]) -> Vec<String> {
    let mut texts: Vec<_> =
        objects.iter().map(|object| Value::Object(object.value.0.clone()).to_string()).collect();
    texts.sort();
    texts
}

#[test]
fn exported_files_are_taken_as_they_are_and_come_back_so() {
    let Some(shared) = shared() else { return };
    let mut read = 0;
    for site in std::fs::read_dir(shared.join("fixtures/drupal-config")).unwrap() {
        let site = site.unwrap().path();
        if !site.is_dir() {
            continue;
        }
        let (text, files) = document_of(&site);
        read += files;
        let (_folder, mut store) = store();
        apply_to(&mut store, &text, Omitted::Stays).unwrap();
        let back = dumped(&store);
        assert_eq!(said(&mut store, &text, Omitted::Stays), [""; 0]);
        assert_eq!(said(&mut store, &back, Omitted::IsRemoved), [""; 0]);
        let drupal = |document: Document| document.drupal.unwrap();
        let (given, back) = (drupal(document(&text)), drupal(document(&back)));
        assert_eq!(back.roles.len(), given.roles.len());
        for (back, given) in sorted(&back.roles).iter().zip(sorted(&given.roles)) {
            assert_eq!(*back, given);
        }
        assert_eq!(sorted(back.resources.set().unwrap()), sorted(given.resources.set().unwrap()));
        assert_eq!(json!(back.key_auth).to_string(), json!(given.key_auth).to_string());
        let rest = |settings: &At<ExportedObject>| {
            let mut settings = settings.value.0.clone();
            if let Some(token) = settings.get_mut("api_token") {
                token.take();
            }
            Value::Object(settings).to_string()
        };
        assert_eq!(back.settings.set().map(rest), given.settings.set().map(rest));
    }
    assert!(read > 50, "only {read} files");
}
