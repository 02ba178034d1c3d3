-- What people have set in Discord for their server, in the place of what config.toml says for all.
CREATE TABLE guild_settings (
    guild_id     INTEGER NOT NULL,
    -- Section and key, as in config.toml: feed.channel_id, stats.time_zone ...
    name         TEXT NOT NULL,
    -- none: no channel. NULL: what config.toml says, again.
    value        TEXT,
    -- What it was before the last change, for the way back.
    value_before TEXT,
    changed_by   INTEGER NOT NULL,
    changed_at   TEXT NOT NULL,
    PRIMARY KEY (guild_id, name)
) STRICT, WITHOUT ROWID;
