-- What the orders of a span come to is added up as orders come and change, so that the figures of a year cost no more
-- than those of a day.

DROP TRIGGER order_tally_new;
DROP TRIGGER order_tally_gone;
DROP TRIGGER order_tally_changed;
DROP TABLE order_tallies;

-- What each order adds to the sums. Statuses are compared one by one: of a list SQLite makes a table each time that a
-- trigger reads this.
CREATE VIEW order_sums AS
SELECT
    id, guild_id, ordered_at, store_key, coalesce(store, '') AS store, coalesce(profile, '') AS profile,
    coalesce(product, '') AS product, status, coalesce(channel_id, 0) AS channel_id,
    tracking_number IS NULL AS untracked,
    -- As in the view open_lines, but for line 6, which is not known without what is tolerated.
    CASE
        WHEN status <> 'verified' AND status <> 'processing' AND status <> 'shipped' AND status <> 'delivered'
            THEN -1
        WHEN coalesce(qty_received, 0) = 0 AND status <> 'delivered' AND tracking_number IS NULL THEN 0
        WHEN coalesce(qty_received, 0) = 0 AND status <> 'delivered' THEN 1
        WHEN coalesce(qty_received, 0) = 0 THEN 2
        WHEN qty_received < quantity THEN 3
        WHEN group_status IS NOT 'VERIFIED' THEN 4
        WHEN payout_minor IS NULL THEN 5
        ELSE -1
    END AS open_line,
    CASE
        WHEN status = 'cancelled' OR status = 'refunded' OR status = 'returned' OR total_minor IS NULL THEN 0
        WHEN status = 'sold' AND sold_price_minor IS NOT NULL THEN 1
        WHEN qty_received >= quantity AND payout_minor IS NOT NULL THEN 2
        ELSE 0
    END AS settled,
    coalesce(currency, '') AS currency, coalesce(payout_currency, '') AS payout_currency,
    coalesce(charge_currency, '') AS charge_currency,
    1 AS orders, quantity AS units, status = 'cancelled' AS cancelled,
    total_minor IS NOT NULL AS totals, coalesce(total_minor, 0) AS total_minor,
    total_minor IS NOT NULL AND status <> 'cancelled' AND status <> 'refunded' AND status <> 'returned' AS live_totals,
    CASE status
        WHEN 'cancelled' THEN 0 WHEN 'refunded' THEN 0 WHEN 'returned' THEN 0 ELSE coalesce(total_minor, 0)
    END AS live_minor,
    payout_minor IS NOT NULL AS payouts, coalesce(payout_minor, 0) AS payout_minor,
    commission_minor IS NOT NULL AS commissions, coalesce(commission_minor, 0) AS commission_minor,
    CAST(coalesce(sold_price_minor, 0) - coalesce(fees_minor, 0) AS INTEGER) AS sold_minor,
    charged_minor IS NOT NULL AS charges, coalesce(charged_minor, 0) AS charged_minor,
    refunded_minor IS NOT NULL AS refunds, coalesce(refunded_minor, 0) AS refunded_minor
FROM orders;

-- How many orders there are of each kind, and what they come to: of all days, of each month and of each day of UTC.
-- Where a text is empty it is unknown; a sum is of the orders that are counted beside it.
CREATE TABLE order_tallies (
    guild_id         INTEGER NOT NULL,
    unit             TEXT    NOT NULL,    -- all, month, day
    span             TEXT    NOT NULL,    -- '', '2026-01', '2026-01-31'
    store_key        TEXT    NOT NULL,
    status           TEXT    NOT NULL,
    currency         TEXT    NOT NULL,
    store            TEXT    NOT NULL,
    channel_id       INTEGER NOT NULL,    -- 0: unknown
    untracked        INTEGER NOT NULL,    -- 1: without a tracking number
    open_line        INTEGER NOT NULL,    -- as in the view open_lines; -1: none, or 6
    settled          INTEGER NOT NULL,    -- 0: not; 1: sold with a price; 2: received whole with a payout
    payout_currency  TEXT    NOT NULL,
    charge_currency  TEXT    NOT NULL,
    orders           INTEGER NOT NULL,
    units            INTEGER NOT NULL,
    totals           INTEGER NOT NULL,
    total_minor      INTEGER NOT NULL,
    payouts          INTEGER NOT NULL,
    payout_minor     INTEGER NOT NULL,
    commissions      INTEGER NOT NULL,
    commission_minor INTEGER NOT NULL,
    sold_minor       INTEGER NOT NULL,    -- less the fees
    charges          INTEGER NOT NULL,
    charged_minor    INTEGER NOT NULL,
    refunds          INTEGER NOT NULL,
    refunded_minor   INTEGER NOT NULL,
    PRIMARY KEY (guild_id, unit, span, store_key, status, currency, store, channel_id, untracked, open_line, settled,
                 payout_currency, charge_currency)
) STRICT, WITHOUT ROWID;

-- By the hour, so that the days of any zone can be put together.
CREATE TABLE order_hours (
    guild_id        INTEGER NOT NULL,
    hour            TEXT    NOT NULL,     -- of UTC: '2026-01-31T23'
    currency        TEXT    NOT NULL,
    payout_currency TEXT    NOT NULL,
    orders          INTEGER NOT NULL,
    cancelled       INTEGER NOT NULL,
    live_totals     INTEGER NOT NULL,     -- neither cancelled, refunded nor returned, and the total is known
    live_minor      INTEGER NOT NULL,
    payouts         INTEGER NOT NULL,
    payout_minor    INTEGER NOT NULL,
    PRIMARY KEY (guild_id, hour, currency, payout_currency)
) STRICT, WITHOUT ROWID;

CREATE TABLE profile_months (
    guild_id    INTEGER NOT NULL,
    month       TEXT    NOT NULL,         -- of UTC
    profile     TEXT    NOT NULL,
    currency    TEXT    NOT NULL,
    orders      INTEGER NOT NULL,
    units       INTEGER NOT NULL,
    total_minor INTEGER NOT NULL,
    live_totals INTEGER NOT NULL,
    live_minor  INTEGER NOT NULL,
    PRIMARY KEY (guild_id, month, profile, currency)
) STRICT, WITHOUT ROWID;

CREATE INDEX profile_months_of_profile ON profile_months (guild_id, profile COLLATE NOCASE);

-- Each order by its first product, as if all of its units were of it: what the others have is looked up in their lines.
CREATE TABLE product_months (
    guild_id INTEGER NOT NULL,
    month    TEXT    NOT NULL,            -- of UTC
    product  TEXT    NOT NULL,
    orders   INTEGER NOT NULL,
    units    INTEGER NOT NULL,
    PRIMARY KEY (guild_id, month, product)
) STRICT, WITHOUT ROWID;

-- What lists cost is in the tallies now, and no more in their index.
DROP INDEX orders_latest;
CREATE INDEX orders_latest ON orders (
    guild_id, ordered_at, id, store_key, status, tracking_number IS NULL, channel_id
);

CREATE INDEX order_items_several ON order_items (order_id) WHERE line = 2;

INSERT INTO order_tallies
SELECT guild_id, 'day', substr(ordered_at, 1, 10), store_key, status, currency, store, channel_id, untracked,
       open_line, settled, payout_currency, charge_currency, count(*), CAST(total(units) AS INTEGER), sum(totals), CAST(total(total_minor) AS INTEGER),
       sum(payouts), CAST(total(payout_minor) AS INTEGER), sum(commissions), CAST(total(commission_minor) AS INTEGER),
       CAST(total(sold_minor) AS INTEGER), sum(charges), CAST(total(charged_minor) AS INTEGER), sum(refunds),
       CAST(total(refunded_minor) AS INTEGER)
FROM order_sums GROUP BY 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13;

INSERT INTO order_tallies
SELECT guild_id, wider.unit, substr(span, 1, length), store_key, status, currency, store, channel_id, untracked,
       open_line, settled, payout_currency, charge_currency, sum(orders), CAST(total(units) AS INTEGER), sum(totals), CAST(total(total_minor) AS INTEGER),
       sum(payouts), CAST(total(payout_minor) AS INTEGER), sum(commissions), CAST(total(commission_minor) AS INTEGER),
       CAST(total(sold_minor) AS INTEGER), sum(charges), CAST(total(charged_minor) AS INTEGER), sum(refunds),
       CAST(total(refunded_minor) AS INTEGER)
FROM order_tallies, (SELECT 'all' AS unit, 0 AS length UNION ALL SELECT 'month', 7) AS wider
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13;

INSERT INTO order_hours
SELECT guild_id, substr(ordered_at, 1, 13), currency, payout_currency, count(*), sum(cancelled), sum(live_totals),
       CAST(total(live_minor) AS INTEGER), sum(payouts), CAST(total(payout_minor) AS INTEGER)
FROM order_sums GROUP BY 1, 2, 3, 4;

INSERT INTO profile_months
SELECT guild_id, substr(ordered_at, 1, 7), profile, currency, count(*), CAST(total(units) AS INTEGER),
       CAST(total(total_minor) AS INTEGER), sum(live_totals), CAST(total(live_minor) AS INTEGER)
FROM order_sums GROUP BY 1, 2, 3, 4;

INSERT INTO product_months
SELECT guild_id, substr(ordered_at, 1, 7), product, count(*), CAST(total(units) AS INTEGER)
FROM order_sums GROUP BY 1, 2, 3;

-- Triggers, so that the sums are right whoever changes an order and however. What an order has added is taken out before
-- it changes or goes, while the view still has it; what counts no order any more goes, and a name with it. Each sum is
-- written out: triggers that call others would take three times as long. The casts keep a sum that no integer holds
-- from failing: it stays at the largest.
CREATE TRIGGER order_counted AFTER INSERT ON orders BEGIN
    INSERT INTO order_tallies
    SELECT guild_id, 'all', '', store_key, status, currency, store, channel_id, untracked, open_line, settled, payout_currency,
           charge_currency, orders, units, totals, total_minor, payouts, payout_minor, commissions,
           commission_minor, sold_minor, charges, charged_minor, refunds, refunded_minor
    FROM order_sums WHERE id = new.id
    ON CONFLICT DO UPDATE SET
        orders = orders + excluded.orders, units = CAST(units + excluded.units AS INTEGER),
        totals = totals + excluded.totals, total_minor = CAST(total_minor + excluded.total_minor AS INTEGER),
        payouts = payouts + excluded.payouts, payout_minor = CAST(payout_minor + excluded.payout_minor AS INTEGER),
        commissions = commissions + excluded.commissions,
        commission_minor = CAST(commission_minor + excluded.commission_minor AS INTEGER),
        sold_minor = CAST(sold_minor + excluded.sold_minor AS INTEGER), charges = charges + excluded.charges,
        charged_minor = CAST(charged_minor + excluded.charged_minor AS INTEGER),
        refunds = refunds + excluded.refunds,
        refunded_minor = CAST(refunded_minor + excluded.refunded_minor AS INTEGER);
    INSERT INTO order_tallies
    SELECT guild_id, 'month', substr(ordered_at, 1, 7), store_key, status, currency, store, channel_id, untracked, open_line,
           settled, payout_currency, charge_currency, orders, units, totals, total_minor, payouts, payout_minor,
           commissions, commission_minor, sold_minor, charges, charged_minor, refunds, refunded_minor
    FROM order_sums WHERE id = new.id
    ON CONFLICT DO UPDATE SET
        orders = orders + excluded.orders, units = CAST(units + excluded.units AS INTEGER),
        totals = totals + excluded.totals, total_minor = CAST(total_minor + excluded.total_minor AS INTEGER),
        payouts = payouts + excluded.payouts, payout_minor = CAST(payout_minor + excluded.payout_minor AS INTEGER),
        commissions = commissions + excluded.commissions,
        commission_minor = CAST(commission_minor + excluded.commission_minor AS INTEGER),
        sold_minor = CAST(sold_minor + excluded.sold_minor AS INTEGER), charges = charges + excluded.charges,
        charged_minor = CAST(charged_minor + excluded.charged_minor AS INTEGER),
        refunds = refunds + excluded.refunds,
        refunded_minor = CAST(refunded_minor + excluded.refunded_minor AS INTEGER);
    INSERT INTO order_tallies
    SELECT guild_id, 'day', substr(ordered_at, 1, 10), store_key, status, currency, store, channel_id, untracked, open_line,
           settled, payout_currency, charge_currency, orders, units, totals, total_minor, payouts, payout_minor,
           commissions, commission_minor, sold_minor, charges, charged_minor, refunds, refunded_minor
    FROM order_sums WHERE id = new.id
    ON CONFLICT DO UPDATE SET
        orders = orders + excluded.orders, units = CAST(units + excluded.units AS INTEGER),
        totals = totals + excluded.totals, total_minor = CAST(total_minor + excluded.total_minor AS INTEGER),
        payouts = payouts + excluded.payouts, payout_minor = CAST(payout_minor + excluded.payout_minor AS INTEGER),
        commissions = commissions + excluded.commissions,
        commission_minor = CAST(commission_minor + excluded.commission_minor AS INTEGER),
        sold_minor = CAST(sold_minor + excluded.sold_minor AS INTEGER), charges = charges + excluded.charges,
        charged_minor = CAST(charged_minor + excluded.charged_minor AS INTEGER),
        refunds = refunds + excluded.refunds,
        refunded_minor = CAST(refunded_minor + excluded.refunded_minor AS INTEGER);
    INSERT INTO order_hours
    SELECT guild_id, substr(ordered_at, 1, 13), currency, payout_currency, orders, cancelled, live_totals, live_minor, payouts,
           payout_minor
    FROM order_sums WHERE id = new.id
    ON CONFLICT DO UPDATE SET
        orders = orders + excluded.orders, cancelled = cancelled + excluded.cancelled,
        live_totals = live_totals + excluded.live_totals,
        live_minor = CAST(live_minor + excluded.live_minor AS INTEGER), payouts = payouts + excluded.payouts,
        payout_minor = CAST(payout_minor + excluded.payout_minor AS INTEGER);
    INSERT INTO profile_months
    SELECT guild_id, substr(ordered_at, 1, 7), profile, currency, orders, units, total_minor, live_totals, live_minor
    FROM order_sums WHERE id = new.id
    ON CONFLICT DO UPDATE SET
        orders = orders + excluded.orders, units = CAST(units + excluded.units AS INTEGER),
        total_minor = CAST(total_minor + excluded.total_minor AS INTEGER),
        live_totals = live_totals + excluded.live_totals,
        live_minor = CAST(live_minor + excluded.live_minor AS INTEGER);
    INSERT INTO product_months
    SELECT guild_id, substr(ordered_at, 1, 7), product, orders, units
    FROM order_sums WHERE id = new.id
    ON CONFLICT DO UPDATE SET
        orders = orders + excluded.orders, units = CAST(units + excluded.units AS INTEGER);
END;

CREATE TRIGGER order_uncounted BEFORE DELETE ON orders BEGIN
    INSERT INTO order_tallies
    SELECT guild_id, 'all', '', store_key, status, currency, store, channel_id, untracked, open_line, settled, payout_currency,
           charge_currency, -orders, -units, -totals, -total_minor, -payouts, -payout_minor, -commissions,
           -commission_minor, -sold_minor, -charges, -charged_minor, -refunds, -refunded_minor
    FROM order_sums WHERE id = old.id
    ON CONFLICT DO UPDATE SET
        orders = orders + excluded.orders, units = CAST(units + excluded.units AS INTEGER),
        totals = totals + excluded.totals, total_minor = CAST(total_minor + excluded.total_minor AS INTEGER),
        payouts = payouts + excluded.payouts, payout_minor = CAST(payout_minor + excluded.payout_minor AS INTEGER),
        commissions = commissions + excluded.commissions,
        commission_minor = CAST(commission_minor + excluded.commission_minor AS INTEGER),
        sold_minor = CAST(sold_minor + excluded.sold_minor AS INTEGER), charges = charges + excluded.charges,
        charged_minor = CAST(charged_minor + excluded.charged_minor AS INTEGER),
        refunds = refunds + excluded.refunds,
        refunded_minor = CAST(refunded_minor + excluded.refunded_minor AS INTEGER);
    DELETE FROM order_tallies
    WHERE orders = 0 AND (
        guild_id, unit, span, store_key, status, currency, store, channel_id, untracked, open_line,
        settled, payout_currency, charge_currency
    ) = (
        SELECT guild_id, 'all', '', store_key, status, currency, store, channel_id, untracked, open_line, settled,
               payout_currency, charge_currency
        FROM order_sums WHERE id = old.id
    );
    INSERT INTO order_tallies
    SELECT guild_id, 'month', substr(ordered_at, 1, 7), store_key, status, currency, store, channel_id, untracked, open_line,
           settled, payout_currency, charge_currency, -orders, -units, -totals, -total_minor, -payouts,
           -payout_minor, -commissions, -commission_minor, -sold_minor, -charges, -charged_minor, -refunds,
           -refunded_minor
    FROM order_sums WHERE id = old.id
    ON CONFLICT DO UPDATE SET
        orders = orders + excluded.orders, units = CAST(units + excluded.units AS INTEGER),
        totals = totals + excluded.totals, total_minor = CAST(total_minor + excluded.total_minor AS INTEGER),
        payouts = payouts + excluded.payouts, payout_minor = CAST(payout_minor + excluded.payout_minor AS INTEGER),
        commissions = commissions + excluded.commissions,
        commission_minor = CAST(commission_minor + excluded.commission_minor AS INTEGER),
        sold_minor = CAST(sold_minor + excluded.sold_minor AS INTEGER), charges = charges + excluded.charges,
        charged_minor = CAST(charged_minor + excluded.charged_minor AS INTEGER),
        refunds = refunds + excluded.refunds,
        refunded_minor = CAST(refunded_minor + excluded.refunded_minor AS INTEGER);
    DELETE FROM order_tallies
    WHERE orders = 0 AND (
        guild_id, unit, span, store_key, status, currency, store, channel_id, untracked, open_line,
        settled, payout_currency, charge_currency
    ) = (
        SELECT guild_id, 'month', substr(ordered_at, 1, 7), store_key, status, currency, store, channel_id, untracked,
               open_line, settled, payout_currency, charge_currency
        FROM order_sums WHERE id = old.id
    );
    INSERT INTO order_tallies
    SELECT guild_id, 'day', substr(ordered_at, 1, 10), store_key, status, currency, store, channel_id, untracked, open_line,
           settled, payout_currency, charge_currency, -orders, -units, -totals, -total_minor, -payouts,
           -payout_minor, -commissions, -commission_minor, -sold_minor, -charges, -charged_minor, -refunds,
           -refunded_minor
    FROM order_sums WHERE id = old.id
    ON CONFLICT DO UPDATE SET
        orders = orders + excluded.orders, units = CAST(units + excluded.units AS INTEGER),
        totals = totals + excluded.totals, total_minor = CAST(total_minor + excluded.total_minor AS INTEGER),
        payouts = payouts + excluded.payouts, payout_minor = CAST(payout_minor + excluded.payout_minor AS INTEGER),
        commissions = commissions + excluded.commissions,
        commission_minor = CAST(commission_minor + excluded.commission_minor AS INTEGER),
        sold_minor = CAST(sold_minor + excluded.sold_minor AS INTEGER), charges = charges + excluded.charges,
        charged_minor = CAST(charged_minor + excluded.charged_minor AS INTEGER),
        refunds = refunds + excluded.refunds,
        refunded_minor = CAST(refunded_minor + excluded.refunded_minor AS INTEGER);
    DELETE FROM order_tallies
    WHERE orders = 0 AND (
        guild_id, unit, span, store_key, status, currency, store, channel_id, untracked, open_line,
        settled, payout_currency, charge_currency
    ) = (
        SELECT guild_id, 'day', substr(ordered_at, 1, 10), store_key, status, currency, store, channel_id, untracked,
               open_line, settled, payout_currency, charge_currency
        FROM order_sums WHERE id = old.id
    );
    INSERT INTO order_hours
    SELECT guild_id, substr(ordered_at, 1, 13), currency, payout_currency, -orders, -cancelled, -live_totals, -live_minor,
           -payouts, -payout_minor
    FROM order_sums WHERE id = old.id
    ON CONFLICT DO UPDATE SET
        orders = orders + excluded.orders, cancelled = cancelled + excluded.cancelled,
        live_totals = live_totals + excluded.live_totals,
        live_minor = CAST(live_minor + excluded.live_minor AS INTEGER), payouts = payouts + excluded.payouts,
        payout_minor = CAST(payout_minor + excluded.payout_minor AS INTEGER);
    DELETE FROM order_hours
    WHERE orders = 0 AND (
        guild_id, hour, currency, payout_currency
    ) = (
        SELECT guild_id, substr(ordered_at, 1, 13), currency, payout_currency
        FROM order_sums WHERE id = old.id
    );
    INSERT INTO profile_months
    SELECT guild_id, substr(ordered_at, 1, 7), profile, currency, -orders, -units, -total_minor, -live_totals, -live_minor
    FROM order_sums WHERE id = old.id
    ON CONFLICT DO UPDATE SET
        orders = orders + excluded.orders, units = CAST(units + excluded.units AS INTEGER),
        total_minor = CAST(total_minor + excluded.total_minor AS INTEGER),
        live_totals = live_totals + excluded.live_totals,
        live_minor = CAST(live_minor + excluded.live_minor AS INTEGER);
    DELETE FROM profile_months
    WHERE orders = 0 AND (
        guild_id, month, profile, currency
    ) = (
        SELECT guild_id, substr(ordered_at, 1, 7), profile, currency
        FROM order_sums WHERE id = old.id
    );
    INSERT INTO product_months
    SELECT guild_id, substr(ordered_at, 1, 7), product, -orders, -units
    FROM order_sums WHERE id = old.id
    ON CONFLICT DO UPDATE SET
        orders = orders + excluded.orders, units = CAST(units + excluded.units AS INTEGER);
    DELETE FROM product_months
    WHERE orders = 0 AND (
        guild_id, month, product
    ) = (
        SELECT guild_id, substr(ordered_at, 1, 7), product
        FROM order_sums WHERE id = old.id
    );
END;

CREATE TRIGGER order_counted_before
BEFORE UPDATE OF guild_id, ordered_at, store_key, store, profile, status, currency, total_minor, quantity,
    qty_received, payout_minor, payout_currency, commission_minor, sold_price_minor, fees_minor, charged_minor,
    refunded_minor, charge_currency, channel_id, tracking_number, group_status ON orders
WHEN (old.guild_id, old.ordered_at, old.store_key, old.store, old.profile, old.status, old.currency,
      old.total_minor, old.quantity, old.qty_received, old.payout_minor, old.payout_currency, old.commission_minor,
      old.sold_price_minor, old.fees_minor, old.charged_minor, old.refunded_minor, old.charge_currency,
      old.channel_id, old.tracking_number IS NULL, old.group_status)
    IS NOT (new.guild_id, new.ordered_at, new.store_key, new.store, new.profile, new.status, new.currency,
            new.total_minor, new.quantity, new.qty_received, new.payout_minor, new.payout_currency,
            new.commission_minor, new.sold_price_minor, new.fees_minor, new.charged_minor, new.refunded_minor,
            new.charge_currency, new.channel_id, new.tracking_number IS NULL, new.group_status)
BEGIN
    INSERT INTO order_tallies
    SELECT guild_id, 'all', '', store_key, status, currency, store, channel_id, untracked, open_line, settled, payout_currency,
           charge_currency, -orders, -units, -totals, -total_minor, -payouts, -payout_minor, -commissions,
           -commission_minor, -sold_minor, -charges, -charged_minor, -refunds, -refunded_minor
    FROM order_sums WHERE id = old.id
    ON CONFLICT DO UPDATE SET
        orders = orders + excluded.orders, units = CAST(units + excluded.units AS INTEGER),
        totals = totals + excluded.totals, total_minor = CAST(total_minor + excluded.total_minor AS INTEGER),
        payouts = payouts + excluded.payouts, payout_minor = CAST(payout_minor + excluded.payout_minor AS INTEGER),
        commissions = commissions + excluded.commissions,
        commission_minor = CAST(commission_minor + excluded.commission_minor AS INTEGER),
        sold_minor = CAST(sold_minor + excluded.sold_minor AS INTEGER), charges = charges + excluded.charges,
        charged_minor = CAST(charged_minor + excluded.charged_minor AS INTEGER),
        refunds = refunds + excluded.refunds,
        refunded_minor = CAST(refunded_minor + excluded.refunded_minor AS INTEGER);
    DELETE FROM order_tallies
    WHERE orders = 0 AND (
        guild_id, unit, span, store_key, status, currency, store, channel_id, untracked, open_line,
        settled, payout_currency, charge_currency
    ) = (
        SELECT guild_id, 'all', '', store_key, status, currency, store, channel_id, untracked, open_line, settled,
               payout_currency, charge_currency
        FROM order_sums WHERE id = old.id
    );
    INSERT INTO order_tallies
    SELECT guild_id, 'month', substr(ordered_at, 1, 7), store_key, status, currency, store, channel_id, untracked, open_line,
           settled, payout_currency, charge_currency, -orders, -units, -totals, -total_minor, -payouts,
           -payout_minor, -commissions, -commission_minor, -sold_minor, -charges, -charged_minor, -refunds,
           -refunded_minor
    FROM order_sums WHERE id = old.id
    ON CONFLICT DO UPDATE SET
        orders = orders + excluded.orders, units = CAST(units + excluded.units AS INTEGER),
        totals = totals + excluded.totals, total_minor = CAST(total_minor + excluded.total_minor AS INTEGER),
        payouts = payouts + excluded.payouts, payout_minor = CAST(payout_minor + excluded.payout_minor AS INTEGER),
        commissions = commissions + excluded.commissions,
        commission_minor = CAST(commission_minor + excluded.commission_minor AS INTEGER),
        sold_minor = CAST(sold_minor + excluded.sold_minor AS INTEGER), charges = charges + excluded.charges,
        charged_minor = CAST(charged_minor + excluded.charged_minor AS INTEGER),
        refunds = refunds + excluded.refunds,
        refunded_minor = CAST(refunded_minor + excluded.refunded_minor AS INTEGER);
    DELETE FROM order_tallies
    WHERE orders = 0 AND (
        guild_id, unit, span, store_key, status, currency, store, channel_id, untracked, open_line,
        settled, payout_currency, charge_currency
    ) = (
        SELECT guild_id, 'month', substr(ordered_at, 1, 7), store_key, status, currency, store, channel_id, untracked,
               open_line, settled, payout_currency, charge_currency
        FROM order_sums WHERE id = old.id
    );
    INSERT INTO order_tallies
    SELECT guild_id, 'day', substr(ordered_at, 1, 10), store_key, status, currency, store, channel_id, untracked, open_line,
           settled, payout_currency, charge_currency, -orders, -units, -totals, -total_minor, -payouts,
           -payout_minor, -commissions, -commission_minor, -sold_minor, -charges, -charged_minor, -refunds,
           -refunded_minor
    FROM order_sums WHERE id = old.id
    ON CONFLICT DO UPDATE SET
        orders = orders + excluded.orders, units = CAST(units + excluded.units AS INTEGER),
        totals = totals + excluded.totals, total_minor = CAST(total_minor + excluded.total_minor AS INTEGER),
        payouts = payouts + excluded.payouts, payout_minor = CAST(payout_minor + excluded.payout_minor AS INTEGER),
        commissions = commissions + excluded.commissions,
        commission_minor = CAST(commission_minor + excluded.commission_minor AS INTEGER),
        sold_minor = CAST(sold_minor + excluded.sold_minor AS INTEGER), charges = charges + excluded.charges,
        charged_minor = CAST(charged_minor + excluded.charged_minor AS INTEGER),
        refunds = refunds + excluded.refunds,
        refunded_minor = CAST(refunded_minor + excluded.refunded_minor AS INTEGER);
    DELETE FROM order_tallies
    WHERE orders = 0 AND (
        guild_id, unit, span, store_key, status, currency, store, channel_id, untracked, open_line,
        settled, payout_currency, charge_currency
    ) = (
        SELECT guild_id, 'day', substr(ordered_at, 1, 10), store_key, status, currency, store, channel_id, untracked,
               open_line, settled, payout_currency, charge_currency
        FROM order_sums WHERE id = old.id
    );
    INSERT INTO order_hours
    SELECT guild_id, substr(ordered_at, 1, 13), currency, payout_currency, -orders, -cancelled, -live_totals, -live_minor,
           -payouts, -payout_minor
    FROM order_sums WHERE id = old.id
    ON CONFLICT DO UPDATE SET
        orders = orders + excluded.orders, cancelled = cancelled + excluded.cancelled,
        live_totals = live_totals + excluded.live_totals,
        live_minor = CAST(live_minor + excluded.live_minor AS INTEGER), payouts = payouts + excluded.payouts,
        payout_minor = CAST(payout_minor + excluded.payout_minor AS INTEGER);
    DELETE FROM order_hours
    WHERE orders = 0 AND (
        guild_id, hour, currency, payout_currency
    ) = (
        SELECT guild_id, substr(ordered_at, 1, 13), currency, payout_currency
        FROM order_sums WHERE id = old.id
    );
    INSERT INTO profile_months
    SELECT guild_id, substr(ordered_at, 1, 7), profile, currency, -orders, -units, -total_minor, -live_totals, -live_minor
    FROM order_sums WHERE id = old.id
    ON CONFLICT DO UPDATE SET
        orders = orders + excluded.orders, units = CAST(units + excluded.units AS INTEGER),
        total_minor = CAST(total_minor + excluded.total_minor AS INTEGER),
        live_totals = live_totals + excluded.live_totals,
        live_minor = CAST(live_minor + excluded.live_minor AS INTEGER);
    DELETE FROM profile_months
    WHERE orders = 0 AND (
        guild_id, month, profile, currency
    ) = (
        SELECT guild_id, substr(ordered_at, 1, 7), profile, currency
        FROM order_sums WHERE id = old.id
    );
END;

CREATE TRIGGER order_counted_after
AFTER UPDATE OF guild_id, ordered_at, store_key, store, profile, status, currency, total_minor, quantity,
    qty_received, payout_minor, payout_currency, commission_minor, sold_price_minor, fees_minor, charged_minor,
    refunded_minor, charge_currency, channel_id, tracking_number, group_status ON orders
WHEN (old.guild_id, old.ordered_at, old.store_key, old.store, old.profile, old.status, old.currency,
      old.total_minor, old.quantity, old.qty_received, old.payout_minor, old.payout_currency, old.commission_minor,
      old.sold_price_minor, old.fees_minor, old.charged_minor, old.refunded_minor, old.charge_currency,
      old.channel_id, old.tracking_number IS NULL, old.group_status)
    IS NOT (new.guild_id, new.ordered_at, new.store_key, new.store, new.profile, new.status, new.currency,
            new.total_minor, new.quantity, new.qty_received, new.payout_minor, new.payout_currency,
            new.commission_minor, new.sold_price_minor, new.fees_minor, new.charged_minor, new.refunded_minor,
            new.charge_currency, new.channel_id, new.tracking_number IS NULL, new.group_status)
BEGIN
    INSERT INTO order_tallies
    SELECT guild_id, 'all', '', store_key, status, currency, store, channel_id, untracked, open_line, settled, payout_currency,
           charge_currency, orders, units, totals, total_minor, payouts, payout_minor, commissions,
           commission_minor, sold_minor, charges, charged_minor, refunds, refunded_minor
    FROM order_sums WHERE id = new.id
    ON CONFLICT DO UPDATE SET
        orders = orders + excluded.orders, units = CAST(units + excluded.units AS INTEGER),
        totals = totals + excluded.totals, total_minor = CAST(total_minor + excluded.total_minor AS INTEGER),
        payouts = payouts + excluded.payouts, payout_minor = CAST(payout_minor + excluded.payout_minor AS INTEGER),
        commissions = commissions + excluded.commissions,
        commission_minor = CAST(commission_minor + excluded.commission_minor AS INTEGER),
        sold_minor = CAST(sold_minor + excluded.sold_minor AS INTEGER), charges = charges + excluded.charges,
        charged_minor = CAST(charged_minor + excluded.charged_minor AS INTEGER),
        refunds = refunds + excluded.refunds,
        refunded_minor = CAST(refunded_minor + excluded.refunded_minor AS INTEGER);
    INSERT INTO order_tallies
    SELECT guild_id, 'month', substr(ordered_at, 1, 7), store_key, status, currency, store, channel_id, untracked, open_line,
           settled, payout_currency, charge_currency, orders, units, totals, total_minor, payouts, payout_minor,
           commissions, commission_minor, sold_minor, charges, charged_minor, refunds, refunded_minor
    FROM order_sums WHERE id = new.id
    ON CONFLICT DO UPDATE SET
        orders = orders + excluded.orders, units = CAST(units + excluded.units AS INTEGER),
        totals = totals + excluded.totals, total_minor = CAST(total_minor + excluded.total_minor AS INTEGER),
        payouts = payouts + excluded.payouts, payout_minor = CAST(payout_minor + excluded.payout_minor AS INTEGER),
        commissions = commissions + excluded.commissions,
        commission_minor = CAST(commission_minor + excluded.commission_minor AS INTEGER),
        sold_minor = CAST(sold_minor + excluded.sold_minor AS INTEGER), charges = charges + excluded.charges,
        charged_minor = CAST(charged_minor + excluded.charged_minor AS INTEGER),
        refunds = refunds + excluded.refunds,
        refunded_minor = CAST(refunded_minor + excluded.refunded_minor AS INTEGER);
    INSERT INTO order_tallies
    SELECT guild_id, 'day', substr(ordered_at, 1, 10), store_key, status, currency, store, channel_id, untracked, open_line,
           settled, payout_currency, charge_currency, orders, units, totals, total_minor, payouts, payout_minor,
           commissions, commission_minor, sold_minor, charges, charged_minor, refunds, refunded_minor
    FROM order_sums WHERE id = new.id
    ON CONFLICT DO UPDATE SET
        orders = orders + excluded.orders, units = CAST(units + excluded.units AS INTEGER),
        totals = totals + excluded.totals, total_minor = CAST(total_minor + excluded.total_minor AS INTEGER),
        payouts = payouts + excluded.payouts, payout_minor = CAST(payout_minor + excluded.payout_minor AS INTEGER),
        commissions = commissions + excluded.commissions,
        commission_minor = CAST(commission_minor + excluded.commission_minor AS INTEGER),
        sold_minor = CAST(sold_minor + excluded.sold_minor AS INTEGER), charges = charges + excluded.charges,
        charged_minor = CAST(charged_minor + excluded.charged_minor AS INTEGER),
        refunds = refunds + excluded.refunds,
        refunded_minor = CAST(refunded_minor + excluded.refunded_minor AS INTEGER);
    INSERT INTO order_hours
    SELECT guild_id, substr(ordered_at, 1, 13), currency, payout_currency, orders, cancelled, live_totals, live_minor, payouts,
           payout_minor
    FROM order_sums WHERE id = new.id
    ON CONFLICT DO UPDATE SET
        orders = orders + excluded.orders, cancelled = cancelled + excluded.cancelled,
        live_totals = live_totals + excluded.live_totals,
        live_minor = CAST(live_minor + excluded.live_minor AS INTEGER), payouts = payouts + excluded.payouts,
        payout_minor = CAST(payout_minor + excluded.payout_minor AS INTEGER);
    INSERT INTO profile_months
    SELECT guild_id, substr(ordered_at, 1, 7), profile, currency, orders, units, total_minor, live_totals, live_minor
    FROM order_sums WHERE id = new.id
    ON CONFLICT DO UPDATE SET
        orders = orders + excluded.orders, units = CAST(units + excluded.units AS INTEGER),
        total_minor = CAST(total_minor + excluded.total_minor AS INTEGER),
        live_totals = live_totals + excluded.live_totals,
        live_minor = CAST(live_minor + excluded.live_minor AS INTEGER);
END;

CREATE TRIGGER order_products_before BEFORE UPDATE OF guild_id, ordered_at, product, quantity ON orders
WHEN (old.guild_id, old.ordered_at, old.product, old.quantity)
    IS NOT (new.guild_id, new.ordered_at, new.product, new.quantity)
BEGIN
    INSERT INTO product_months
    SELECT guild_id, substr(ordered_at, 1, 7), product, -orders, -units
    FROM order_sums WHERE id = old.id
    ON CONFLICT DO UPDATE SET
        orders = orders + excluded.orders, units = CAST(units + excluded.units AS INTEGER);
    DELETE FROM product_months
    WHERE orders = 0 AND (
        guild_id, month, product
    ) = (
        SELECT guild_id, substr(ordered_at, 1, 7), product
        FROM order_sums WHERE id = old.id
    );
END;

CREATE TRIGGER order_products_after AFTER UPDATE OF guild_id, ordered_at, product, quantity ON orders
WHEN (old.guild_id, old.ordered_at, old.product, old.quantity)
    IS NOT (new.guild_id, new.ordered_at, new.product, new.quantity)
BEGIN
    INSERT INTO product_months
    SELECT guild_id, substr(ordered_at, 1, 7), product, orders, units
    FROM order_sums WHERE id = new.id
    ON CONFLICT DO UPDATE SET
        orders = orders + excluded.orders, units = CAST(units + excluded.units AS INTEGER);
END;
