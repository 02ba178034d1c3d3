-- What is left to do after something was erased.

-- Something was erased, and copies of it may be left inside of pages that SQLite has split: the file is to be written
-- anew. At most one row.
CREATE TABLE rewrite_due (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    since TEXT    NOT NULL
) STRICT;

-- Takes up the free pages of the file, so that they are overwritten. Empty but for that moment.
CREATE TABLE filler (
    id    INTEGER PRIMARY KEY,
    zeros BLOB    NOT NULL
) STRICT;

-- Posts of the bot in Discord that show an order which was forgotten since.
CREATE TABLE due_edits (
    id         INTEGER PRIMARY KEY,
    guild_id   INTEGER NOT NULL,
    order_id   INTEGER NOT NULL,
    deleted    INTEGER NOT NULL,    -- 1: the order is gone; its id may be another order's by now
    channel_id INTEGER,             -- of a card; absent: a line of the feed
    message_id INTEGER,
    line       BLOB                 -- of the feed: a keyed hash of what the line begins with
) STRICT;
