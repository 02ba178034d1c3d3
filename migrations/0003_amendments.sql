-- What people add to orders by hand. It is kept apart from what the messages say, so that the next
-- message, an edit or a new reading of all messages never loses it.

CREATE TABLE additions (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    kind     TEXT    NOT NULL,          -- tracking: one more number; note: in place of the one before
    value    TEXT    NOT NULL,          -- an empty note takes the one before away
    user_id  INTEGER NOT NULL,
    added_at TEXT    NOT NULL
) STRICT;

CREATE INDEX additions_of_order ON additions (order_id);

-- Of orders with additions: what the messages alone make of the columns that people add to.
CREATE TABLE amended_orders (
    order_id      INTEGER PRIMARY KEY REFERENCES orders (id) ON DELETE CASCADE,
    said_tracking TEXT,
    said_notes    TEXT
) STRICT;
