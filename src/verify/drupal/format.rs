//! Formats and media types: Symfony's `Request::$formats` and what Drupal's modules register.

/// Each format with its media types, the first being what answers carry.
const FORMATS: &[(&str, &[&str])] = &[
    ("html", &["text/html", "application/xhtml+xml"]),
    ("txt", &["text/plain"]),
    ("js", &["application/javascript", "application/x-javascript", "text/javascript"]),
    ("css", &["text/css"]),
    ("json", &["application/json", "application/x-json"]),
    ("jsonld", &["application/ld+json"]),
    ("xml", &["text/xml", "application/xml", "application/x-xml"]),
    ("rdf", &["application/rdf+xml"]),
    ("atom", &["application/atom+xml"]),
    ("rss", &["application/rss+xml"]),
    ("form", &["application/x-www-form-urlencoded", "multipart/form-data"]),
    ("api_json", &["application/vnd.api+json"]),
    ("hal_json", &["application/hal+json"]),
    ("bin", &["application/octet-stream"]),
];

/// The format of a `Content-Type`; parameters are ignored, case is not.
pub(super) fn of_content_type(value: &str) -> Option<&'static str> {
    let plain = value.split(';').next().unwrap_or_default().trim();
    FORMATS
        .iter()
        .find(|(_, types)| types.contains(&value) || types.contains(&plain))
        .map(|(name, _)| *name)
}

/// The media type that a format is sent with.
pub(super) fn media_type(format: &str) -> Option<&'static str> {
    FORMATS.iter().find(|(name, _)| *name == format).and_then(|(_, types)| types.first().copied())
}
