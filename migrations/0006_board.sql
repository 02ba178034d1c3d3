-- What the bot keeps or says in channels of its own accord, so that a restart goes on where it was.

-- The board of each guild. Changes are noted before Discord is asked, so that a crash in between
-- leaves neither two boards nor none.
CREATE TABLE boards (
    guild_id       INTEGER PRIMARY KEY,
    channel_id     INTEGER,             -- where it is to stand; absent: nowhere, it is switched off
    message_id     INTEGER,             -- absent: it is to be posted
    old_channel_id INTEGER,             -- the message before it, which is to be deleted
    old_message_id INTEGER
) STRICT;

-- How far a feed is told in its channel.
CREATE TABLE feeds (
    channel_id     INTEGER PRIMARY KEY,
    told_order_id  INTEGER NOT NULL,    -- new orders up to this one are told, or too old to be told
    summarised_day TEXT                 -- the last day whose summary is posted, YYYY-MM-DD
) STRICT;

-- When something was last said of a channel: not again before there is news, nor after a restart.
CREATE TABLE notices (
    channel_id INTEGER NOT NULL,
    kind       TEXT    NOT NULL,        -- test, silence, unreadable, untrusted
    said_at    TEXT    NOT NULL,
    PRIMARY KEY (channel_id, kind)
) STRICT, WITHOUT ROWID;

-- What may be stuck: without these, a board would read all orders of two months at every change.
CREATE INDEX orders_verified ON orders (guild_id, ordered_at)
    WHERE status = 'verified' AND tracking_number IS NULL;
CREATE INDEX orders_shipped ON orders (guild_id, coalesce(shipped_at, ordered_at))
    WHERE status = 'shipped';
