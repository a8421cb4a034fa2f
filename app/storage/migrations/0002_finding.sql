-- Version 2: what finds reports quickly. All but `saved_search` is derived: docs/formats/vault.md section 4.4.

-- One line a report that is not removed. `entry`: that of its newest revision in the chain, which
-- orders the list and is the rowid of its words; `title`: folded; `urgency`: place in its list.
CREATE TABLE found_incident (
    entry INTEGER PRIMARY KEY,
    position INTEGER NOT NULL UNIQUE,
    id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    earliest TEXT,
    latest TEXT,
    urgency INTEGER NOT NULL
) STRICT;
CREATE INDEX found_incident_state ON found_incident (state, entry);
CREATE INDEX found_incident_title ON found_incident (title, entry);
CREATE INDEX found_incident_earliest ON found_incident (earliest, entry);
CREATE INDEX found_incident_urgency ON found_incident (urgency, entry);

-- All words of a report and of what belongs to it, a line a field: folded, and as they were written.
CREATE TABLE found_text (
    entry INTEGER PRIMARY KEY,
    folded TEXT NOT NULL,
    written TEXT NOT NULL
) STRICT;

-- Every one, two and three letters that stand side by side in `folded`, each once.
CREATE VIRTUAL TABLE gram USING fts5 (
    grams, content = '', columnsize = 0, detail = none,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Z* Cf Cn Co Cs'"
);
INSERT INTO gram (gram, rank) VALUES ('secure-delete', 1);

-- What filters ask for: an act type, a place, a person, a tag.
CREATE TABLE found_fact (
    what TEXT NOT NULL,
    value TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (what, value, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX found_fact_position ON found_fact (position);

-- Records since whose change the lines above were not made again.
CREATE TABLE stale (
    record TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TRIGGER draft_begun AFTER INSERT ON draft WHEN NEW.kind = 'incident' BEGIN
    INSERT OR IGNORE INTO stale VALUES (NEW.record);
END;
CREATE TRIGGER draft_ended AFTER DELETE ON draft WHEN OLD.kind = 'incident' BEGIN
    INSERT OR IGNORE INTO stale VALUES (OLD.record);
END;
CREATE TRIGGER incident_sealed AFTER INSERT ON sealed_revision
WHEN EXISTS (SELECT 1 FROM record WHERE id = NEW.record AND kind = 'incident') BEGIN
    INSERT OR IGNORE INTO stale VALUES (NEW.record);
END;
CREATE TRIGGER incident_answered AFTER INSERT ON receipt WHEN NEW.way = 'received' BEGIN
    INSERT OR IGNORE INTO stale SELECT s.record FROM sealed_revision s
    JOIN record r ON r.id = s.record AND r.kind = 'incident' WHERE s.bundle = NEW.bundle;
END;

-- Searches somebody wants to ask again. `filter`: canonical JSON.
CREATE TABLE saved_search (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    filter TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
