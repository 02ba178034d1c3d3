-- Who may look, who has looked, and what must not be kept again.

-- Whom Discord let use a command although they lack the permission that it asks for: the command was
-- widened for them in Server Settings > Integrations. A button carries no such proof, so it is noted.
CREATE TABLE let_in (
    guild_id INTEGER NOT NULL,
    user_id  INTEGER NOT NULL,
    noted_at TEXT    NOT NULL,
    PRIMARY KEY (guild_id, user_id)
) STRICT, WITHOUT ROWID;

-- Who was shown personal data in full, or took it away, append-only.
CREATE TABLE disclosures (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       TEXT    NOT NULL,
    guild_id INTEGER NOT NULL,
    user_id  INTEGER NOT NULL,
    kind     TEXT    NOT NULL,           -- look, export, forget
    order_id INTEGER,                    -- of a look; the order may be gone by now
    details  TEXT    NOT NULL            -- JSON: of an export its format and number of orders
) STRICT;

-- Buyers and orders that were forgotten, as keyed hashes: their messages still stand in Discord, and
-- reading them again must not bring back what was erased.
CREATE TABLE forgotten (
    hash      BLOB    PRIMARY KEY NOT NULL,
    guild_id  INTEGER NOT NULL,
    kind      TEXT    NOT NULL,          -- email, order
    deleted   INTEGER NOT NULL,          -- 1: the orders went too
    user_id   INTEGER NOT NULL,          -- who asked for it
    at        TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

-- The key of those hashes: without it a list of known addresses could be tried on a lone hash.
CREATE TABLE forgotten_key (
    key BLOB NOT NULL
) STRICT;

INSERT INTO forgotten_key (key) VALUES (randomblob(32));
