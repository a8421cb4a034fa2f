-- Version 3: who did what with what, values left out: docs/formats/vault.md section 4.5. Append-only
-- and chained. `who`: "" where the vault has one user; `fields`: names, one a line. The words of a
-- reason may be erased (NULL, with the salt of their digest); the chain still checks.
CREATE TABLE audit (
    record TEXT NOT NULL,
    entry INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    fields TEXT NOT NULL,
    reason TEXT,
    salt BLOB,
    reason_digest BLOB NOT NULL CHECK (length(reason_digest) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX audit_record ON audit (record);
