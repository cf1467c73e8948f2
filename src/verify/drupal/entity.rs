//! Drupal core's entity types, with the paths that REST and pages give them.
//!
//! `EntityDeriver` takes the link templates `canonical` and `create` where a type has them, and
//! `/entity/{type}` otherwise. Types that core does not have get the default paths.

/// An entity type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EntityType {
    /// Its machine name.
    pub(super) id: String,
    /// Path of one entity, `{…}` standing for its id.
    pub(super) canonical: String,
    /// Path where entities are created.
    pub(super) create: String,
    /// Whether it is configuration: read only, over REST and JSON:API.
    pub(super) is_config: bool,
    /// Whether core has it, so that the paths are certain.
    pub(super) is_known: bool,
    /// Whether it comes in bundles, such as content types.
    pub(super) has_bundles: bool,
}

/// What is done to an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    /// Read.
    View,
    /// Create.
    Create,
    /// Change.
    Update,
    /// Delete.
    Delete,
}

/// Content entity types: id, path of one (empty for the default), path to create (likewise), bundles.
const CONTENT: &[(&str, &str, &str, bool)] = &[
    ("user", "/user/{user}", "", false),
    ("node", "/node/{node}", "/node", true),
    ("comment", "/comment/{comment}", "/comment", true),
    ("taxonomy_term", "/taxonomy/term/{taxonomy_term}", "/taxonomy/term", true),
    ("media", "/media/{media}/edit", "", true),
    ("file", "", "", false),
    ("block_content", "/admin/content/block/{block_content}", "/block", true),
    ("menu_link_content", "/admin/structure/menu/item/{menu_link_content}/edit", "", false),
    ("shortcut", "/admin/config/user-interface/shortcut/link/{shortcut}", "", true),
    ("path_alias", "", "", false),
];

/// Configuration entity types.
const CONFIG: &[&str] = &[
    "action",
    "base_field_override",
    "block",
    "block_content_type",
    "comment_type",
    "contact_form",
    "date_format",
    "editor",
    "entity_form_display",
    "entity_form_mode",
    "entity_view_display",
    "entity_view_mode",
    "field_config",
    "field_storage_config",
    "filter_format",
    "image_style",
    "media_type",
    "menu",
    "node_type",
    "rest_resource_config",
    "search_page",
    "shortcut_set",
    "taxonomy_vocabulary",
    "user_role",
    "view",
    "workflow",
];

impl EntityType {
    /// The type of that name, with the default paths when core does not have it.
    pub(super) fn named(id: &str) -> Self {
        let content = CONTENT.iter().find(|(name, ..)| *name == id);
        let or_default = |path: &str, default: String| match path {
            "" => default,
            path => path.to_owned(),
        };
        let (canonical, create, has_bundles) = content
            .map_or(("", "", false), |(_, canonical, create, bundles)| {
                (*canonical, *create, *bundles)
            });
        let is_config = CONFIG.contains(&id);
        Self {
            id: id.to_owned(),
            canonical: or_default(canonical, format!("/entity/{id}/{{{id}}}")),
            create: or_default(create, format!("/entity/{id}")),
            is_config,
            is_known: content.is_some() || is_config,
            has_bundles,
        }
    }

    /// Every type that core has.
    pub(super) fn all_known() -> impl Iterator<Item = Self> {
        let content = CONTENT.iter().map(|(id, ..)| *id);
        content.chain(CONFIG.iter().copied()).map(Self::named)
    }

    /// The methods that the REST plugin implements for the type.
    pub(super) fn methods(&self) -> &'static [(&'static str, Operation)] {
        const ALL: &[(&str, Operation)] = &[
            ("GET", Operation::View),
            ("POST", Operation::Create),
            ("DELETE", Operation::Delete),
            ("PATCH", Operation::Update),
        ];
        if self.is_config { ALL.get(..1).unwrap_or_default() } else { ALL }
    }
}

impl Operation {
    /// The word that access handlers and explanations use.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }
}
