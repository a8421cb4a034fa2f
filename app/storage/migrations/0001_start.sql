-- Version 1 of the vault's tables. What each is for: docs/formats/vault.md section 4.

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Which slots of 0.dat open this vault: without this list a used one and an empty one look alike.
CREATE TABLE opener (
    slot INTEGER PRIMARY KEY CHECK (slot BETWEEN 0 AND 15),
    kind INTEGER NOT NULL,
    made_at TEXT NOT NULL
) STRICT;

-- The newest revision of each record; `position` is the rowid of its line in `words`.
CREATE TABLE record (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 32),
    kind TEXT NOT NULL,
    short_ref TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    at TEXT NOT NULL,
    body TEXT NOT NULL,
    local TEXT NOT NULL,
    origin TEXT NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT;
CREATE INDEX record_kind ON record (kind, removed);
CREATE INDEX record_short_ref ON record (short_ref);

-- The chain. A body or local part may be erased (NULL); the digests stay and the chain still checks.
CREATE TABLE revision (
    entry INTEGER PRIMARY KEY,
    record TEXT NOT NULL REFERENCES record (id),
    number INTEGER NOT NULL,
    at TEXT NOT NULL,
    body TEXT,
    local TEXT,
    origin TEXT NOT NULL,
    body_digest BLOB NOT NULL CHECK (length(body_digest) = 32),
    local_digest BLOB NOT NULL CHECK (length(local_digest) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    UNIQUE (record, number)
) STRICT;

CREATE TABLE term_of (
    record TEXT NOT NULL REFERENCES record (id),
    field TEXT NOT NULL,
    list TEXT NOT NULL,
    term TEXT NOT NULL
) STRICT;
CREATE INDEX term_of_record ON term_of (record);
CREATE INDEX term_of_term ON term_of (list, term);

CREATE TABLE date_of (
    record TEXT NOT NULL REFERENCES record (id),
    field TEXT NOT NULL,
    earliest TEXT,
    latest TEXT
) STRICT;
CREATE INDEX date_of_record ON date_of (record);
CREATE INDEX date_of_earliest ON date_of (field, earliest);

-- `target` may name a record that has not arrived yet: no foreign key. `protected`: the link would
-- tell who a source is, and is not followed backwards.
CREATE TABLE link (
    record TEXT NOT NULL REFERENCES record (id),
    field TEXT NOT NULL,
    target TEXT NOT NULL,
    protected INTEGER NOT NULL CHECK (protected IN (0, 1))
) STRICT;
CREATE INDEX link_record ON link (record);
CREATE INDEX link_target ON link (target);

CREATE VIRTUAL TABLE words USING fts5 (
    text, tokenize = "trigram case_sensitive 0 remove_diacritics 1"
);
-- Deleted words leave the index at once instead of at its next merge.
INSERT INTO words (words, rank) VALUES ('secure-delete', 1);

CREATE TABLE draft (
    record TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    local TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence_file (
    record TEXT PRIMARY KEY REFERENCES record (id),
    stored_name TEXT NOT NULL UNIQUE,
    key BLOB NOT NULL CHECK (length(key) = 32),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    size INTEGER NOT NULL CHECK (size >= 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_file_sha256 ON evidence_file (sha256);

CREATE TABLE pending (
    stored_name TEXT PRIMARY KEY,
    doing TEXT NOT NULL CHECK (doing IN ('writing', 'deleting'))
) STRICT, WITHOUT ROWID;

-- Whom we know: receivers by their card, senders by their signing key. Empty text: not known.
CREATE TABLE contact (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    recipient TEXT NOT NULL,
    verify_key TEXT NOT NULL,
    card TEXT NOT NULL,
    new_card TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('unverified', 'verified', 'changed')),
    checked_on TEXT NOT NULL,
    checked_how TEXT NOT NULL,
    checked_by TEXT NOT NULL,
    note TEXT NOT NULL,
    added_at TEXT NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_recipient ON contact (recipient);
CREATE INDEX contact_verify_key ON contact (verify_key);

-- What this vault is to one receiver: a signing key and reply identity that no other receiver sees.
CREATE TABLE channel (
    contact TEXT PRIMARY KEY REFERENCES contact (id),
    signing_key BLOB NOT NULL,
    verify_key TEXT NOT NULL,
    reply_identity BLOB NOT NULL,
    reply_recipient TEXT NOT NULL,
    series TEXT NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence >= 0),
    previous TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- This vault's own identities and signing keys, as its cards show them.
CREATE TABLE own_identity (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    identity BLOB NOT NULL,
    recipient TEXT NOT NULL UNIQUE,
    signing_key BLOB NOT NULL,
    verify_key TEXT NOT NULL,
    card TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    made_at TEXT NOT NULL,
    retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE sealed_bundle (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    contact TEXT NOT NULL REFERENCES contact (id),
    series TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    previous TEXT NOT NULL,
    manifest TEXT NOT NULL,
    verify_key TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_size INTEGER NOT NULL,
    day TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sealed_bundle_contact ON sealed_bundle (contact, series, sequence);

CREATE TABLE sealed_revision (
    bundle TEXT NOT NULL REFERENCES sealed_bundle (id),
    record TEXT NOT NULL REFERENCES record (id),
    number INTEGER NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (bundle, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX sealed_revision_record ON sealed_revision (record);

CREATE TABLE received_bundle (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    verify_key TEXT NOT NULL,
    contact TEXT NOT NULL,
    series TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    previous TEXT NOT NULL,
    manifest TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reply TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_size INTEGER NOT NULL,
    day TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX received_bundle_series ON received_bundle (series, sequence);
CREATE INDEX received_bundle_verify_key ON received_bundle (verify_key);

-- `number` is the sender's, `stored` ours (0: not stored).
CREATE TABLE received_item (
    bundle TEXT NOT NULL REFERENCES received_bundle (id),
    position INTEGER NOT NULL,
    record TEXT NOT NULL,
    kind TEXT NOT NULL,
    number INTEGER NOT NULL,
    digest TEXT NOT NULL,
    verdict TEXT NOT NULL,
    detail TEXT NOT NULL,
    stored INTEGER NOT NULL,
    PRIMARY KEY (bundle, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX received_item_record ON received_item (record);

-- Both ways: made here for a bundle received, or received here for a bundle sealed.
CREATE TABLE receipt (
    id TEXT PRIMARY KEY,
    way TEXT NOT NULL CHECK (way IN ('made', 'received')),
    bundle TEXT NOT NULL,
    manifest TEXT NOT NULL,
    verdict TEXT NOT NULL,
    message TEXT NOT NULL,
    verify_key TEXT NOT NULL,
    file_name TEXT NOT NULL,
    day TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_bundle ON receipt (bundle, way);

CREATE TABLE receipt_item (
    receipt TEXT NOT NULL REFERENCES receipt (id),
    position INTEGER NOT NULL,
    record TEXT NOT NULL,
    number INTEGER NOT NULL,
    digest TEXT NOT NULL,
    verdict TEXT NOT NULL,
    PRIMARY KEY (receipt, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_item_record ON receipt_item (record);
