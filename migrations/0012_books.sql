-- Sheets that people bring: tracking lists, files of buying groups, lists of numbers, statements of cards. Their
-- rows are kept as messages are, and orders are what messages, sheets and people make of them.

CREATE TABLE batches (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id   INTEGER NOT NULL,
    kind       TEXT    NOT NULL,          -- track, received, status, charges, orders
    files      TEXT    NOT NULL,          -- JSON: [{"name": ..., "sha256": ...}]
    user_id    INTEGER,                   -- absent: on the command line
    rows       INTEGER NOT NULL,          -- of the files, those with nothing in them, too
    changed    INTEGER NOT NULL,          -- how many of them changed something when it was applied
    applied_at TEXT    NOT NULL,
    undone_at  TEXT                       -- absent: it holds
) STRICT;

CREATE INDEX batches_of_guild ON batches (guild_id);

-- What rows say. Of two that differ the one with the greater id is the later.
CREATE TABLE batch_rows (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    batch_id    INTEGER NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    file        INTEGER NOT NULL,         -- 0, 1, ... among the files of the batch
    line        INTEGER NOT NULL,
    said        TEXT    NOT NULL,         -- JSON, without what is blank, secret or not needed
    fingerprint TEXT    NOT NULL,         -- the same for rows that say the same
    store_key   TEXT    NOT NULL,         -- the store as it is compared; empty: not named
    dropped_at  TEXT                      -- somebody took it away while it waited
) STRICT;

CREATE INDEX batch_rows_of_batch ON batch_rows (batch_id, file, line);

-- What rows are found by. A line of a statement may name one of several orders.
CREATE TABLE batch_keys (
    guild_id INTEGER NOT NULL,
    kind     TEXT    NOT NULL,            -- order, parcel
    value    TEXT    NOT NULL,            -- an order number, or a tracking number as it is compared
    row_id   INTEGER NOT NULL REFERENCES batch_rows (id) ON DELETE CASCADE,
    place    INTEGER NOT NULL,            -- 0, 1, ...: the likeliest first
    PRIMARY KEY (guild_id, kind, value, row_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX batch_keys_of_row ON batch_keys (row_id);

-- Stores are compared as the program compares them: a name without a country, or none at all, fits any.
CREATE VIEW waiting_rows AS
SELECT batch_rows.id, batch_id
FROM batches JOIN batch_rows ON batch_rows.batch_id = batches.id
WHERE undone_at IS NULL AND dropped_at IS NULL
    AND NOT EXISTS (
        SELECT 1 FROM batch_keys
        JOIN orders ON orders.guild_id = batch_keys.guild_id AND orders.order_number = batch_keys.value
        WHERE batch_keys.row_id = batch_rows.id AND batch_keys.kind = 'order' AND (
            batch_rows.store_key = '' OR orders.store_key IN ('', batch_rows.store_key) OR (
                substr(orders.store_key, 1, instr(orders.store_key, '|'))
                    = substr(batch_rows.store_key, 1, instr(batch_rows.store_key, '|'))
                AND (orders.store_key GLOB '*|' OR batch_rows.store_key GLOB '*|')
            )
        )
    )
    AND NOT EXISTS (
        SELECT 1 FROM batch_keys
        JOIN parcels ON parcels.guild_id = batch_keys.guild_id AND parcels.number = batch_keys.value
        WHERE batch_keys.row_id = batch_rows.id AND batch_keys.kind = 'parcel'
    );

-- What sheets make of orders: the group that pays for them, the card, the sale. Money is in the order's currency
-- unless another one is named.
ALTER TABLE orders ADD COLUMN payout_minor INTEGER;
ALTER TABLE orders ADD COLUMN payout_currency TEXT;
ALTER TABLE orders ADD COLUMN group_status TEXT;
ALTER TABLE orders ADD COLUMN group_order_id TEXT;
ALTER TABLE orders ADD COLUMN group_created_at TEXT;
ALTER TABLE orders ADD COLUMN group_modified_at TEXT;
ALTER TABLE orders ADD COLUMN charge_posted_on TEXT;
ALTER TABLE orders ADD COLUMN charged_minor INTEGER;
ALTER TABLE orders ADD COLUMN refunded_minor INTEGER;
ALTER TABLE orders ADD COLUMN charge_currency TEXT;
ALTER TABLE orders ADD COLUMN sold_price_minor INTEGER;
ALTER TABLE orders ADD COLUMN fees_minor INTEGER;
ALTER TABLE orders ADD COLUMN buyer TEXT;

-- What the messages alone make of an order, where sheets say something else: its row and its lines, as JSON.
ALTER TABLE amended_orders ADD COLUMN said_row TEXT;
-- The row of a sheet behind it; absent: a person.
ALTER TABLE marks ADD COLUMN row_id INTEGER;
ALTER TABLE additions ADD COLUMN row_id INTEGER;
CREATE INDEX marks_of_row ON marks (row_id) WHERE row_id IS NOT NULL;
CREATE INDEX additions_of_row ON additions (row_id) WHERE row_id IS NOT NULL;
ALTER TABLE order_events ADD COLUMN batch_id INTEGER;

-- Which parcels belong to which orders: several to an order, several orders in one.
CREATE TABLE parcels (
    guild_id INTEGER NOT NULL,
    number   TEXT    NOT NULL,            -- as it is compared: in capitals, without spaces and hyphens
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    PRIMARY KEY (guild_id, number, order_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX parcels_of_order ON parcels (order_id);

-- Each number between the commas.
INSERT INTO parcels (guild_id, number, order_id)
SELECT DISTINCT guild_id, upper(replace(replace(piece.value, ' ', ''), '-', '')) AS number, orders.id
FROM orders, json_each('[' || replace(json_quote(tracking_number), ',', '","') || ']') AS piece
WHERE tracking_number IS NOT NULL AND number <> '';

CREATE TRIGGER parcels_new AFTER INSERT ON orders WHEN new.tracking_number IS NOT NULL BEGIN
    INSERT INTO parcels (guild_id, number, order_id)
    SELECT DISTINCT new.guild_id, upper(replace(replace(value, ' ', ''), '-', '')) AS number, new.id
    FROM json_each('[' || replace(json_quote(new.tracking_number), ',', '","') || ']')
    WHERE number <> '';
END;

CREATE TRIGGER parcels_changed AFTER UPDATE OF guild_id, tracking_number ON orders
WHEN (old.guild_id, old.tracking_number) IS NOT (new.guild_id, new.tracking_number)
BEGIN
    DELETE FROM parcels WHERE order_id = old.id;
    INSERT INTO parcels (guild_id, number, order_id)
    SELECT DISTINCT new.guild_id, upper(replace(replace(value, ' ', ''), '-', '')) AS number, new.id
    FROM json_each('[' || replace(json_quote(new.tracking_number), ',', '","') || ']')
    WHERE new.tracking_number IS NOT NULL AND number <> '';
END;

-- The day of the charge stands where people have it in their own spreadsheets.
DROP VIEW order_report;
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
    charge_posted_on           AS "Posted Date",
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
