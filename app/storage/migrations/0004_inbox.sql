-- Version 4: files that did not hold, kept sealed as they came; how a bundle was addressed. docs/formats/vault.md section 4.6.

-- `reason`: the code of the failure. `kept`: whether the bytes lie in the table below.
CREATE TABLE set_aside (
    id TEXT PRIMARY KEY,
    file_name TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size >= 0),
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    at TEXT NOT NULL,
    kept INTEGER NOT NULL CHECK (kept IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE set_aside_piece (
    file TEXT NOT NULL REFERENCES set_aside (id),
    position INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (file, position)
) STRICT;

-- 'to_me' or 'passed_on'; '' for those taken in before this was noted.
ALTER TABLE received_bundle ADD COLUMN addressed TEXT NOT NULL DEFAULT '';
