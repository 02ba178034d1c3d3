-- What reading the history needs to know across restarts.

-- When the kept message was dropped for its age: reading it again in the history must not bring it
-- back.
ALTER TABLE deliveries ADD COLUMN dropped_at TEXT;

-- What is older than this was none of ours at the first contact (`backfill` in config.toml).
ALTER TABLE watches ADD COLUMN starts_after INTEGER;
-- When the history was last read to its end.
ALTER TABLE watches ADD COLUMN caught_up_at TEXT;
-- When messages were last found there that the gateway had not brought, and how many.
ALTER TABLE watches ADD COLUMN hole_closed_at TEXT;
ALTER TABLE watches ADD COLUMN hole_messages INTEGER NOT NULL DEFAULT 0;

-- Reactions with an emoji of a status by those who may not set one: seen, so that the counts that
-- Discord shows in the history can be compared, and without effect.
CREATE TABLE unheard_reactions (
    message_id INTEGER NOT NULL,
    user_id    INTEGER NOT NULL,
    emoji      TEXT    NOT NULL,
    PRIMARY KEY (message_id, emoji, user_id)
) STRICT, WITHOUT ROWID;
