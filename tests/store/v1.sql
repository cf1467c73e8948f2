-- A store of schema version 1, as it was released. Never edited: what it holds must stay readable.
-- key file: fae53e98e7a1695ae15931c55f9b9a40ed23d2935c6ca638bd62ddbb590559a1
PRAGMA application_id = 1633907820;
PRAGMA user_version = 1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE meta (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  key_file TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
INSERT INTO meta VALUES(1,'1ce6b99f725ef8f5',1767225600);
CREATE TABLE contact (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;
INSERT INTO contact VALUES(101,0);
INSERT INTO contact VALUES(102,1);
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
INSERT INTO user VALUES(1,'admin','admin',NULL,'blocked',299,NULL,X'013a25c8332b5db6978e3c1f37fc038042c6a8c638e53f9d839489b4a76c474ca0a038636b2736df70aa7f9d7b9a08412840e1bc8fca5d11cdb73560c0870d1a2f90d4af08e78fe014386530f54c75de8ec0ebebaca0cc344c0d5ce076e48784e39e413dac');
INSERT INTO user VALUES(2,'Alice Ä','alice ä','alice@example.org','active',101,'$argon2id$v=19$m=19456,t=2,p=1$ZuYAzlUnVCAworbEBShFpg$384Ha4dHG+0111A2Sr3YQWIE6UT1SNrRc2hCVZp+J9E',NULL);
CREATE TABLE role (
  name TEXT PRIMARY KEY CHECK (name <> ''),
  label TEXT,
  admin INTEGER NOT NULL DEFAULT 0 CHECK (admin IN (0, 1)),
  entity TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(entity))
) STRICT, WITHOUT ROWID;
INSERT INTO role VALUES('anonymous','Anonymous user',0,'{}');
INSERT INTO role VALUES('api_admin','API admin',0,'{"weight":3}');
INSERT INTO role VALUES('authenticated','Authenticated user',0,'{}');
INSERT INTO role VALUES('boss',NULL,1,'{}');
CREATE TABLE user_role (
  user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  role TEXT NOT NULL REFERENCES role (name) ON DELETE CASCADE,
  PRIMARY KEY (user_id, role)
) STRICT, WITHOUT ROWID;
INSERT INTO user_role VALUES(2,'api_admin');
CREATE TABLE role_permission (
  role TEXT NOT NULL REFERENCES role (name) ON DELETE CASCADE,
  permission TEXT NOT NULL CHECK (permission <> ''),
  PRIMARY KEY (role, permission)
) STRICT, WITHOUT ROWID;
INSERT INTO role_permission VALUES('anonymous','access content');
INSERT INTO role_permission VALUES('api_admin','administer users');
CREATE TABLE user_permission (
  user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  permission TEXT NOT NULL CHECK (permission <> ''),
  PRIMARY KEY (user_id, permission)
) STRICT, WITHOUT ROWID;
INSERT INTO user_permission VALUES(2,'authenticate with api key');
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
INSERT INTO api_key VALUES(1,'user',2,NULL,X'33a77ef9888c5e2db9a10f804071794317346d8b3009e8cbf2d289dba69f2823',X'7334b2224bfdc6a689804261ba00cfbcfbded7ad6058e6eb5eed3700d9973c6b',NULL,NULL,'aku_QTvD','ci',X'013c47248c6ef5db2284c1dbe96d7285780e4fe3b47a516a7942ff21e81c3a0ba48851633ca58c650b0074d303dfdab104cbedbb96371a3fcdd1bcceee580aa170c52564168b3a0033',1767225600,1767225700,NULL,3);
INSERT INTO api_key VALUES(2,'contact',NULL,101,NULL,X'742bee0a5f5b9d614778edefa7fc6f433ef58f9a37f7f3f8c0f2c9fd3fe6f8e5',30275,X'cfd2485c6f17de807f5168d7eb382a7fac943acc93629ea3036f35c9c02da36d',NULL,NULL,NULL,1767225600,1800000000,NULL,NULL);
INSERT INTO api_key VALUES(3,'universal',NULL,NULL,X'308fc03d6a721e7acd7ede91241e30b3d13995b59eb5c10b855f2ea778c5583c',X'd5e4ab028e1874515631cd58091382a60fb4e4e75ddb45c4d66172fe0ef06a89',NULL,NULL,'akg_M4ba',NULL,NULL,1767225600,NULL,1767225700,NULL);
INSERT INTO api_key VALUES(4,'api_token',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1767225600,NULL,NULL,NULL);
CREATE TABLE secret (
  name TEXT PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO secret VALUES('sign_keys',X'0150773f33219aaeda6d6fdb869b3e448be5fd221c9427fc09cf4c144897ac58ffd4afb00710178cbd');
INSERT INTO secret VALUES('site_key',X'01729730595b3b9c2741392ac1313229f9d49768d9ec8e49042adc04a603a35bb7a0539b540073c95f9e32d32f004ebac27fa195df');
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;
INSERT INTO setting VALUES('civicrm.settings.authx_guards','["perm"]');
INSERT INTO setting VALUES('site.cms','"wordpress"');
CREATE TABLE application (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  entity TEXT NOT NULL CHECK (json_valid(entity))
) STRICT;
INSERT INTO application VALUES(1,'app00001','{"id":"app00001","name":"A"}');
CREATE TABLE resource (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  entity TEXT NOT NULL CHECK (json_valid(entity))
) STRICT;
INSERT INTO resource VALUES(1,'entity.user','{"id":"entity.user"}');
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  mac BLOB NOT NULL
) STRICT;
INSERT INTO audit VALUES(1,1767225600,'tester','init','store','{"key_file":"1ce6b99f725ef8f5"}',X'5553222cbcb1e52f4dcf1397754676987b241b0f735307fc666478166e2bde80');
INSERT INTO audit VALUES(2,1767225600,'tester','user.add','fixture','{"n":1}',X'1014b71c70dbb361b6075037f039def95909eec9a91a68921c244c85a7d24f61');
INSERT INTO audit VALUES(3,1767225600,'tester','role.add','fixture','{"n":1}',X'53ae0dd797b451a2e6c65f5beb22c0ea8082fd019834270cf79f33d74e0ce44f');
INSERT INTO audit VALUES(4,1767225600,'tester','key.add','fixture','{"n":1}',X'3f46b62178431996171b1857a027cf04acc1885d33b185cfaba93a4c25b6d8e3');
INSERT INTO audit VALUES(5,1767225600,'tester','setting.set','fixture','{"n":1}',X'36174d52a2f84197b8862b4c8754d02f1787407b7e8620d272941f215f32a7bf');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('api_key',4);
CREATE INDEX user_contact ON user (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX user_email ON user (email COLLATE NOCASE) WHERE email IS NOT NULL;
CREATE INDEX user_role_role ON user_role (role);
CREATE INDEX user_permission_permission ON user_permission (permission);
CREATE INDEX api_key_digest ON api_key (digest);
CREATE INDEX api_key_weak ON api_key (weak_tag) WHERE weak_tag IS NOT NULL;
CREATE INDEX api_key_user ON api_key (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX api_key_contact ON api_key (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX api_key_shared ON api_key (owner) WHERE user_id IS NULL AND contact_id IS NULL;
CREATE INDEX api_key_label ON api_key (label) WHERE label IS NOT NULL;
CREATE INDEX api_key_replaced ON api_key (replaced_by) WHERE replaced_by IS NOT NULL;
COMMIT;
