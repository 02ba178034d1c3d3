-- Emoji of messages for whose people Discord gave no answer: the history is read on, and they are asked for again
-- until there is one.
CREATE TABLE uncompared_reactions (
    channel_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    emoji      TEXT    NOT NULL,          -- as it is compared
    spellings  TEXT    NOT NULL,          -- JSON: as Discord's paths name it
    attempts   INTEGER NOT NULL DEFAULT 0, -- that had no answer either
    PRIMARY KEY (channel_id, message_id, emoji)
) WITHOUT ROWID;

CREATE TRIGGER uncompared_of_watch AFTER DELETE ON watches BEGIN
    DELETE FROM uncompared_reactions WHERE channel_id = old.channel_id;
END;

CREATE TRIGGER uncompared_of_thread AFTER DELETE ON threads BEGIN
    DELETE FROM uncompared_reactions WHERE channel_id = old.thread_id;
END;
