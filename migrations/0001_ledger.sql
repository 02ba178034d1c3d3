-- Ids are Discord's snowflakes where they are named after Discord's things. Times are UTC, RFC 3339
-- with milliseconds and Z: 24 characters, so that the order of the text is the order of time. Money
-- is in minor units of the currency. A guild_id of 0 means: unknown, from an import.

-- What the messages and the marks make of each order. It can be rebuilt from the kept messages.
CREATE TABLE orders (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id         INTEGER NOT NULL,
    order_number     TEXT    NOT NULL CHECK (order_number <> ''),
    store            TEXT,
    product          TEXT,                -- of the first line
    price_minor      INTEGER,             -- one unit of the first line
    total_minor      INTEGER,
    currency         TEXT,                -- ISO 4217
    quantity         INTEGER NOT NULL,
    commission_minor INTEGER,
    email            TEXT,
    customer_name    TEXT,
    profile          TEXT,
    proxy_list       TEXT,
    reference_number TEXT,
    tracking_number  TEXT,
    status           TEXT    NOT NULL,
    qty_received     INTEGER,
    payment_method   TEXT,
    shipping_address TEXT,
    shipping_method  TEXT,
    notes            TEXT,
    product_url      TEXT,
    order_url        TEXT,
    image_url        TEXT,
    ordered_at       TEXT    NOT NULL,    -- the checkout, by the message's own time
    posted_at        TEXT,
    shipped_at       TEXT,
    delivered_at     TEXT,
    source           TEXT    NOT NULL,    -- webhook, import
    message_id       INTEGER NOT NULL,    -- of the checkout that announced it
    channel_id       INTEGER NOT NULL,
    created_at       TEXT    NOT NULL,
    updated_at       TEXT    NOT NULL,
    -- What the next message needs to know, so that it can be applied without reading the old ones.
    store_key         TEXT    NOT NULL,   -- the store as it is compared; empty: not named
    total_stated      INTEGER NOT NULL,   -- 1: total_minor was stated, 0: computed from the lines
    quantity_stated   INTEGER NOT NULL,   -- 1: quantity was stated, 0: the sum of the lines
    said_status       TEXT    NOT NULL,   -- what the messages alone make of the status
    said_shipped_at   TEXT,
    said_delivered_at TEXT,
    last_message_id   INTEGER NOT NULL
) STRICT;

CREATE INDEX orders_latest ON orders (guild_id, ordered_at DESC, id DESC);
CREATE INDEX orders_by_number ON orders (guild_id, order_number);

CREATE TABLE order_items (
    order_id    INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    line        INTEGER NOT NULL,         -- 1, 2, ...
    product     TEXT,
    price_minor INTEGER,
    quantity    INTEGER,
    sku         TEXT,
    size        TEXT,
    PRIMARY KEY (order_id, line)
) STRICT, WITHOUT ROWID;

-- One record for each message that was seen.
CREATE TABLE deliveries (
    message_id       INTEGER PRIMARY KEY, -- negative: made by an import of a text without an id
    guild_id         INTEGER NOT NULL,
    channel_id       INTEGER NOT NULL,
    webhook_id       INTEGER,
    posted_at        TEXT,
    edited_at        TEXT,
    received_at      TEXT    NOT NULL,
    via              TEXT    NOT NULL,    -- live, backfill, import, retry
    outcome          TEXT    NOT NULL,    -- stored, updated, unchanged, rejected, declined, test, ignored, untrusted
    reason           TEXT    NOT NULL,
    order_ids        TEXT    NOT NULL,    -- JSON array
    deleted_at       TEXT,
    reaction_wanted  TEXT,                -- what the bot should show on the message
    reaction_shown   TEXT,                -- what it has put there
    reaction_refused TEXT,                -- why Discord does not let it
    payload          BLOB                 -- the message, redacted and compressed
) STRICT;

CREATE INDEX deliveries_latest ON deliveries (guild_id, received_at DESC, message_id DESC);
CREATE INDEX deliveries_by_outcome ON deliveries (guild_id, outcome, received_at DESC, message_id DESC);
CREATE INDEX deliveries_reaction_due ON deliveries (channel_id, message_id)
    WHERE reaction_wanted IS NOT reaction_shown;

-- Which part of which message speaks of which order. Without an order: an update that came before
-- the checkout that it belongs to.
CREATE TABLE order_messages (
    message_id  INTEGER NOT NULL REFERENCES deliveries (message_id) ON DELETE CASCADE,
    position    INTEGER NOT NULL,         -- 0, 1, ... among the orders of the message
    order_id    INTEGER REFERENCES orders (id) ON DELETE CASCADE,
    waiting_for TEXT,                     -- the order number, while there is no order
    outcome     TEXT    NOT NULL,
    PRIMARY KEY (message_id, position),
    CHECK ((order_id IS NULL) <> (waiting_for IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX order_messages_by_order ON order_messages (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX order_messages_waiting ON order_messages (waiting_for) WHERE waiting_for IS NOT NULL;

-- What happened to an order, append-only.
CREATE TABLE order_events (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id   INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    at         TEXT    NOT NULL,
    kind       TEXT    NOT NULL,          -- created, changed, status
    source     TEXT    NOT NULL,          -- webhook, import, reaction, menu, command
    user_id    INTEGER,
    message_id INTEGER,
    details    TEXT    NOT NULL           -- JSON: {"column": [before, after]}
) STRICT;

CREATE INDEX order_events_by_order ON order_events (order_id);

-- Statuses set by people. A reaction stands on a message and marks all of its orders, whichever
-- these turn out to be; a menu or a command marks one order.
CREATE TABLE marks (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id   INTEGER NOT NULL,
    order_id   INTEGER REFERENCES orders (id) ON DELETE CASCADE,
    message_id INTEGER,
    user_id    INTEGER NOT NULL,
    emoji      TEXT,
    status     TEXT    NOT NULL,
    source     TEXT    NOT NULL,          -- reaction, menu, command
    marked_at  TEXT,                      -- absent: set while the bot was away
    created_at TEXT    NOT NULL,
    CHECK ((order_id IS NULL) <> (message_id IS NULL))
) STRICT;

CREATE UNIQUE INDEX marks_of_message ON marks (message_id, user_id, emoji) WHERE message_id IS NOT NULL;
CREATE INDEX marks_of_order ON marks (order_id) WHERE order_id IS NOT NULL;

-- The bot's own replies that show an order: reactions on them mark it too.
CREATE TABLE cards (
    message_id INTEGER NOT NULL,
    order_id   INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    guild_id   INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    PRIMARY KEY (message_id, order_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX cards_of_order ON cards (order_id);

CREATE TABLE watches (
    channel_id       INTEGER PRIMARY KEY,
    guild_id         INTEGER NOT NULL,
    webhook_ids      TEXT    NOT NULL,    -- JSON array; empty: any webhook of the channel
    cursor           INTEGER,             -- history is read without a hole up to this message
    board_channel_id INTEGER,
    added_at         TEXT    NOT NULL
) STRICT;

-- The spreadsheet: the headings of the export, in its order.
CREATE VIEW order_report AS
WITH scaled AS (
    SELECT orders.*, digits, unit FROM orders JOIN (
        SELECT 0 AS digits, 1.0 AS unit UNION ALL SELECT 2, 100.0 UNION ALL SELECT 3, 1000.0
    ) ON digits = CASE
        WHEN currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF',
                          'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN 0
        WHEN currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3
        ELSE 2
    END
)
SELECT
    substr(ordered_at, 1, 10)  AS "Date",
    substr(ordered_at, 12, 8)  AS "Time",
    product                    AS "Product",
    CASE WHEN price_minor IS NOT NULL
        THEN printf('%.*f', digits, price_minor / unit) END AS "Price",
    CASE WHEN total_minor IS NOT NULL
        THEN printf('%.*f', digits, total_minor / unit) END AS "Total",
    CASE WHEN commission_minor IS NOT NULL
        THEN printf('%.*f', digits, commission_minor / unit) END AS "Commission",
    quantity                   AS "Quantity",
    profile                    AS "Profile",
    proxy_list                 AS "Proxy List",
    order_number               AS "Order Number",
    email                      AS "Email",
    reference_number           AS "Reference #",
    posted_at                  AS "Posted Date",
    tracking_number            AS "Tracking Number",
    status                     AS "Status",
    notes                      AS "Notes",
    payment_method             AS "Payment Method",
    shipping_address           AS "Shipping Address",
    shipping_method            AS "Shipping Method",
    qty_received               AS "QTY Received",
    id                         AS "Order ID",
    created_at                 AS "Created",
    updated_at                 AS "Modified",
    store                      AS "Store",
    currency                   AS "Currency",
    customer_name              AS "Customer Name",
    product_url                AS "Product Link",
    order_url                  AS "Order Link",
    image_url                  AS "Picture",
    shipped_at                 AS "Shipped",
    delivered_at               AS "Delivered",
    source                     AS "Source",
    guild_id                   AS "Server",
    channel_id                 AS "Channel",
    message_id                 AS "Message"
FROM scaled;
