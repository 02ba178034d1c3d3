-- Sheets that somebody previewed in Discord: their rows as they would be kept, until they are applied, cancelled, or
-- a day has passed.
CREATE TABLE previews (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id   INTEGER NOT NULL,
    user_id    INTEGER NOT NULL,
    kind       TEXT    NOT NULL,          -- track, received, status, charges, orders
    files      TEXT    NOT NULL,          -- JSON: [[name, sha256], ...]
    status     TEXT,                      -- asked for where rows name none
    rows       BLOB,                      -- JSON, compressed; absent: applied
    shown      TEXT    NOT NULL,          -- the same where each row would end as it was shown
    batch_id   INTEGER,                   -- absent: not applied, or nothing was changed
    created_at TEXT    NOT NULL
) STRICT;

-- What somebody said that the columns of a sheet mean: the next sheet with the same headings is understood.
CREATE TABLE sheet_columns (
    guild_id    INTEGER NOT NULL,
    kind        TEXT    NOT NULL,
    fingerprint TEXT    NOT NULL,         -- of the headings
    meanings    TEXT    NOT NULL,         -- JSON: [[heading, field], ...]
    PRIMARY KEY (guild_id, kind, fingerprint)
) STRICT, WITHOUT ROWID;

-- Orders that were said to be late with something, each once.
CREATE TABLE late_orders (
    guild_id INTEGER NOT NULL,
    kind     TEXT    NOT NULL,            -- claim, unpaid, charge, refund
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    PRIMARY KEY (guild_id, kind, order_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX late_orders_of_order ON late_orders (order_id);

-- Lists of parcels that were handed in to a buying group, and what is in each.
CREATE TABLE hand_ins (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id  INTEGER NOT NULL,
    user_id   INTEGER NOT NULL,
    at        TEXT    NOT NULL,
    undone_at TEXT                        -- absent: it holds
) STRICT;

CREATE INDEX hand_ins_of_guild ON hand_ins (guild_id);

CREATE TABLE handed_in (
    hand_in_id INTEGER NOT NULL REFERENCES hand_ins (id) ON DELETE CASCADE,
    guild_id   INTEGER NOT NULL,
    number     TEXT    NOT NULL,          -- as parcels are compared
    PRIMARY KEY (guild_id, number, hand_in_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX handed_in_of_list ON handed_in (hand_in_id);

-- Live orders and the line of what is open that each is in, but for what one query alone knows: 2 counts only where a
-- buying group's file holds, 6 only where the gap is more than what is tolerated.
CREATE VIEW open_lines AS
SELECT id AS order_id, guild_id, store_key, profile, currency, quantity, total_minor, ordered_at, delivered_at,
       group_modified_at, total_minor - payout_minor AS gap,
       CASE WHEN currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI',
                              'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN 0
            WHEN currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3
            ELSE 2 END AS digits,
       CASE
           WHEN coalesce(qty_received, 0) = 0 AND status <> 'delivered' AND tracking_number IS NULL THEN 0
           WHEN coalesce(qty_received, 0) = 0 AND status <> 'delivered' THEN 1
           WHEN coalesce(qty_received, 0) = 0 THEN 2
           WHEN qty_received < quantity THEN 3
           WHEN group_status IS NOT 'VERIFIED' THEN 4
           WHEN payout_minor IS NULL THEN 5
           WHEN payout_currency IS NULL THEN 6
       END AS line
FROM orders WHERE status IN ('verified', 'processing', 'shipped', 'delivered');

-- Orders with whose money something is missing: 7 the charge, where other orders of the profile were charged, 8 the
-- refund.
CREATE VIEW missing_lines AS
SELECT id AS order_id, guild_id, store_key, profile, currency, quantity, total_minor, ordered_at,
       CASE
           WHEN status = 'cancelled' AND charged_minor > 0 AND coalesce(refunded_minor, 0) = 0 THEN 8
           WHEN status NOT IN ('cancelled', 'refunded', 'returned') AND charged_minor IS NULL THEN 7
       END AS line
FROM orders;
