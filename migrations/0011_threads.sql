-- Threads of the watched channels, and the posts of watched forums: what is posted there counts as the
-- channel's.

CREATE TABLE threads (
    thread_id       INTEGER PRIMARY KEY,
    -- The watched channel that it belongs to.
    channel_id      INTEGER NOT NULL REFERENCES watches (channel_id) ON DELETE CASCADE,
    last_message_id INTEGER NOT NULL,           -- the last message that Discord has told of
    cursor          INTEGER NOT NULL,           -- its history is read without a gap up to this message
    starts_after    INTEGER NOT NULL,           -- what is older was none of ours, as in its channel
    caught_up_at    TEXT,                       -- when its history was last read to its end
    archived        INTEGER NOT NULL DEFAULT 0, -- 1: closed, so that nothing in it can be changed
    gone_at         TEXT                        -- when it was found to be deleted
) STRICT;

CREATE INDEX threads_of_channel ON threads (channel_id, last_message_id);
-- Those that are to be read, of which there are few.
CREATE INDEX threads_behind ON threads (last_message_id) WHERE last_message_id > cursor AND gone_at IS NULL;

-- Closed threads were listed without a gap up to this time of closing.
ALTER TABLE watches ADD COLUMN closed_threads_until TEXT;
