-- In which line of what is open an order is, and with which of its money something is missing, by an index: the sums of
-- a server with a million orders need no look at each of them. The expressions of the indexes are those of the views.
DROP VIEW open_lines;
DROP VIEW missing_lines;

-- Of line 6, how much less is tolerated is configured. The index holds all that the sums and the lists need.
CREATE INDEX orders_open ON orders (
    guild_id,
    CASE
        WHEN status NOT IN ('verified', 'processing', 'shipped', 'delivered') THEN NULL
        WHEN coalesce(qty_received, 0) = 0 AND status <> 'delivered' AND tracking_number IS NULL THEN 0
        WHEN coalesce(qty_received, 0) = 0 AND status <> 'delivered' THEN 1
        WHEN coalesce(qty_received, 0) = 0 THEN 2
        WHEN qty_received < quantity THEN 3
        WHEN group_status IS NOT 'VERIFIED' THEN 4
        WHEN payout_minor IS NULL THEN 5
        WHEN payout_currency IS NULL AND payout_minor < total_minor THEN 6
    END,
    ordered_at, id, currency, quantity, total_minor, payout_minor, store_key, profile
) WHERE
    CASE
        WHEN status NOT IN ('verified', 'processing', 'shipped', 'delivered') THEN NULL
        WHEN coalesce(qty_received, 0) = 0 AND status <> 'delivered' AND tracking_number IS NULL THEN 0
        WHEN coalesce(qty_received, 0) = 0 AND status <> 'delivered' THEN 1
        WHEN coalesce(qty_received, 0) = 0 THEN 2
        WHEN qty_received < quantity THEN 3
        WHEN group_status IS NOT 'VERIFIED' THEN 4
        WHEN payout_minor IS NULL THEN 5
        WHEN payout_currency IS NULL AND payout_minor < total_minor THEN 6
    END IS NOT NULL;

CREATE VIEW open_lines AS
SELECT id AS order_id, guild_id, store_key, profile, currency, quantity, total_minor, ordered_at, delivered_at,
       group_modified_at, total_minor - payout_minor AS gap,
       CASE WHEN currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI',
                              'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN 0
            WHEN currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3
            ELSE 2 END AS digits,
    CASE
        WHEN status NOT IN ('verified', 'processing', 'shipped', 'delivered') THEN NULL
        WHEN coalesce(qty_received, 0) = 0 AND status <> 'delivered' AND tracking_number IS NULL THEN 0
        WHEN coalesce(qty_received, 0) = 0 AND status <> 'delivered' THEN 1
        WHEN coalesce(qty_received, 0) = 0 THEN 2
        WHEN qty_received < quantity THEN 3
        WHEN group_status IS NOT 'VERIFIED' THEN 4
        WHEN payout_minor IS NULL THEN 5
        WHEN payout_currency IS NULL AND payout_minor < total_minor THEN 6
    END AS line
FROM orders WHERE
    CASE
        WHEN status NOT IN ('verified', 'processing', 'shipped', 'delivered') THEN NULL
        WHEN coalesce(qty_received, 0) = 0 AND status <> 'delivered' AND tracking_number IS NULL THEN 0
        WHEN coalesce(qty_received, 0) = 0 AND status <> 'delivered' THEN 1
        WHEN coalesce(qty_received, 0) = 0 THEN 2
        WHEN qty_received < quantity THEN 3
        WHEN group_status IS NOT 'VERIFIED' THEN 4
        WHEN payout_minor IS NULL THEN 5
        WHEN payout_currency IS NULL AND payout_minor < total_minor THEN 6
    END IS NOT NULL;

-- 7: the charge is missing, where other orders of the profile were charged. 8: the refund.
CREATE INDEX orders_missing ON orders (
    guild_id,
    CASE
        WHEN status = 'cancelled' AND charged_minor > 0 AND coalesce(refunded_minor, 0) = 0 THEN 8
        WHEN status NOT IN ('cancelled', 'refunded', 'returned') AND charged_minor IS NULL THEN 7
    END,
    lower(coalesce(profile, ''))
) WHERE
    CASE
        WHEN status = 'cancelled' AND charged_minor > 0 AND coalesce(refunded_minor, 0) = 0 THEN 8
        WHEN status NOT IN ('cancelled', 'refunded', 'returned') AND charged_minor IS NULL THEN 7
    END IS NOT NULL;

CREATE VIEW missing_lines AS
SELECT id AS order_id, guild_id, store_key, profile, currency, quantity, total_minor, ordered_at,
    CASE
        WHEN status = 'cancelled' AND charged_minor > 0 AND coalesce(refunded_minor, 0) = 0 THEN 8
        WHEN status NOT IN ('cancelled', 'refunded', 'returned') AND charged_minor IS NULL THEN 7
    END AS line
FROM orders WHERE
    CASE
        WHEN status = 'cancelled' AND charged_minor > 0 AND coalesce(refunded_minor, 0) = 0 THEN 8
        WHEN status NOT IN ('cancelled', 'refunded', 'returned') AND charged_minor IS NULL THEN 7
    END IS NOT NULL;
