-- Schema version 1. Never edited once released: later versions are further files of this folder.

-- One row: which key file this store belongs to.
CREATE TABLE meta (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  key_file TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE contact (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;

-- `contact_id` is no foreign key: a contact that is not listed is one that was deleted for good.
CREATE TABLE user (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  name TEXT NOT NULL CHECK (name <> ''),
  folded TEXT NOT NULL UNIQUE,
  email TEXT,
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'blocked')),
  contact_id INTEGER CHECK (contact_id > 0),
  password TEXT,
  password_sealed BLOB,
  CHECK (password IS NULL OR password_sealed IS NULL)
) STRICT;
CREATE INDEX user_contact ON user (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX user_email ON user (email COLLATE NOCASE) WHERE email IS NOT NULL;

-- `entity` holds what else an exported `user.role` entity has.
CREATE TABLE role (
  name TEXT PRIMARY KEY CHECK (name <> ''),
  label TEXT,
  admin INTEGER NOT NULL DEFAULT 0 CHECK (admin IN (0, 1)),
  entity TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(entity))
) STRICT, WITHOUT ROWID;
INSERT INTO role (name, label)
VALUES ('anonymous', 'Anonymous user'), ('authenticated', 'Authenticated user');

CREATE TABLE user_role (
  user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  role TEXT NOT NULL REFERENCES role (name) ON DELETE CASCADE,
  PRIMARY KEY (user_id, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_role_role ON user_role (role);

CREATE TABLE role_permission (
  role TEXT NOT NULL REFERENCES role (name) ON DELETE CASCADE,
  permission TEXT NOT NULL CHECK (permission <> ''),
  PRIMARY KEY (role, permission)
) STRICT, WITHOUT ROWID;

CREATE TABLE user_permission (
  user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  permission TEXT NOT NULL CHECK (permission <> ''),
  PRIMARY KEY (user_id, permission)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_permission_permission ON user_permission (permission);

-- A strong key has `digest` (of the folded text), a weak one `weak_tag` and `weak_hash`; both have
-- `exact`. Only the key of Drupal's module may have none of them: then it is the empty text.
CREATE TABLE api_key (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner TEXT NOT NULL CHECK (owner IN ('user', 'contact', 'universal', 'api_token')),
  user_id INTEGER REFERENCES user (id) ON DELETE CASCADE,
  contact_id INTEGER REFERENCES contact (id) ON DELETE CASCADE,
  digest BLOB,
  exact BLOB,
  weak_tag INTEGER,
  weak_hash BLOB,
  hint TEXT,
  label TEXT,
  sealed BLOB,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER,
  replaced_by INTEGER REFERENCES api_key (id) ON DELETE SET NULL,
  CHECK ((owner = 'user') = (user_id IS NOT NULL)),
  CHECK ((owner = 'contact') = (contact_id IS NOT NULL)),
  CHECK ((weak_tag IS NULL) = (weak_hash IS NULL)),
  CHECK (digest IS NULL OR weak_tag IS NULL),
  CHECK ((digest IS NULL AND weak_tag IS NULL) = (exact IS NULL)),
  CHECK (exact IS NOT NULL OR owner = 'api_token')
) STRICT;
CREATE INDEX api_key_digest ON api_key (digest);
CREATE INDEX api_key_weak ON api_key (weak_tag) WHERE weak_tag IS NOT NULL;
CREATE INDEX api_key_user ON api_key (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX api_key_contact ON api_key (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX api_key_shared ON api_key (owner) WHERE user_id IS NULL AND contact_id IS NULL;
CREATE INDEX api_key_label ON api_key (label) WHERE label IS NOT NULL;
CREATE INDEX api_key_replaced ON api_key (replaced_by) WHERE replaced_by IS NOT NULL;

-- What must be readable again; a missing row is an undefined constant, sealed nothing an empty one.
CREATE TABLE secret (
  name TEXT PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

-- In the order in which they were added, as the exported objects are.
CREATE TABLE application (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  entity TEXT NOT NULL CHECK (json_valid(entity))
) STRICT;

CREATE TABLE resource (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  entity TEXT NOT NULL CHECK (json_valid(entity))
) STRICT;

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  mac BLOB NOT NULL
) STRICT;
