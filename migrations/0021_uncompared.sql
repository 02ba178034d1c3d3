-- Emoji of messages for whose people Discord gave no answer: the history is read on, and they are asked for again
-- until there is one.
CREATE TABLE uncompared_reactions (
    channel_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    emoji      TEXT    NOT NULL,          -- as it is compared
    spellings  TEXT    NOT NULL,          -- JSON: as Discord's paths name it
    PRIMARY KEY (channel_id, message_id, emoji)
) WITHOUT ROWID;
