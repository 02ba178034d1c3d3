-- Tracking numbers and the buying group's number come late to an order, and often to many at once. They are searched
-- among its lines by now, as line 0: a change costs the index of words their own letters, and not those of all its
-- texts, twice. Each line names its guild, as order_texts does.

-- Entries that are about to change are taken out while the view still has the texts that they were made of. Where they
-- are many, the whole index is made anew: of a million that takes half of the time, and an eighth of the room.
INSERT INTO order_search (order_search, rowid, text)
SELECT 'delete', id, text FROM order_texts
WHERE NOT (SELECT 4 * total(orders * (1 - untracked)) > total(orders) FROM order_tallies WHERE unit = 'all')
    AND id IN (SELECT id FROM orders WHERE coalesce(tracking_number, group_order_id) IS NOT NULL);

DROP TRIGGER order_search_before;
DROP TRIGGER order_search_after;
DROP VIEW order_texts;
DROP VIEW line_texts;
DROP TABLE order_search_lines;

-- What of an order is searched, as it is searched, but for its lines.
CREATE VIEW order_texts AS
SELECT
    id,
    CASE WHEN common GLOB '*[^' || char(1) || '-~]*' THEN (
        WITH RECURSIVE folded (place, text) AS (
            SELECT 0, ''
            UNION ALL
            SELECT place + 1, text || coalesce(
                (SELECT plain FROM folded_letters WHERE letter = substr(common, place + 1, 1)),
                substr(common, place + 1, 1)
            )
            FROM folded WHERE place < length(common)
        )
        SELECT text FROM folded ORDER BY place DESC LIMIT 1
    ) ELSE common END
    -- The guild as three letters that nobody types: it is found like any other text.
    || char(10) || char(57344 + guild_id % 6400, 57344 + guild_id / 6400 % 6400,
                        57344 + guild_id / 40960000 % 6400) AS text
FROM (
    SELECT id, guild_id, CASE WHEN whole GLOB '*[^' || char(1) || '-%''-~]*' THEN
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
            whole, 'é', 'e'), 'É', 'e'), '®', ''), '™', ''), '–', '-'), '—', '-'), '’', ''''),
            '“', '"'), '”', '"'), '&amp;', '&'), '&#39;', ''''), '&quot;', '"')
    ELSE whole END AS common
    FROM (
        SELECT id, guild_id, coalesce(order_number, '') || char(10) || coalesce(product, '') || char(10)
            || coalesce(email, '') || char(10) || coalesce(profile, '') || char(10)
            || coalesce(char(10) || customer_name, '') || coalesce(char(10) || reference_number, '')
            || coalesce(char(10) || notes, '') AS whole
        FROM orders
    )
);

INSERT INTO order_search (rowid, text)
SELECT id, text FROM order_texts
WHERE NOT (SELECT 4 * total(orders * (1 - untracked)) > total(orders) FROM order_tallies WHERE unit = 'all')
    AND id IN (SELECT id FROM orders WHERE coalesce(tracking_number, group_order_id) IS NOT NULL);
INSERT INTO order_search (order_search)
SELECT 'rebuild'
WHERE (SELECT 4 * total(orders * (1 - untracked)) > total(orders) FROM order_tallies WHERE unit = 'all');

-- The same of its tracking numbers and the group's number.
CREATE VIEW late_texts AS
SELECT
    id AS order_id, id * 4096 AS id,
    CASE WHEN common GLOB '*[^' || char(1) || '-~]*' THEN (
        WITH RECURSIVE folded (place, text) AS (
            SELECT 0, ''
            UNION ALL
            SELECT place + 1, text || coalesce(
                (SELECT plain FROM folded_letters WHERE letter = substr(common, place + 1, 1)),
                substr(common, place + 1, 1)
            )
            FROM folded WHERE place < length(common)
        )
        SELECT text FROM folded ORDER BY place DESC LIMIT 1
    ) ELSE common END
    || char(10) || char(57344 + guild_id % 6400, 57344 + guild_id / 6400 % 6400,
                        57344 + guild_id / 40960000 % 6400) AS text
FROM (
    SELECT id, guild_id, CASE WHEN whole GLOB '*[^' || char(1) || '-%''-~]*' THEN
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
            whole, 'é', 'e'), 'É', 'e'), '®', ''), '™', ''), '–', '-'), '—', '-'), '’', ''''),
            '“', '"'), '”', '"'), '&amp;', '&'), '&#39;', ''''), '&quot;', '"')
    ELSE whole END AS common
    FROM (
        SELECT id, guild_id, coalesce(tracking_number, '') || coalesce(char(10) || group_order_id, '') AS whole
        FROM orders WHERE coalesce(tracking_number, group_order_id) IS NOT NULL
    )
);

-- The same of the products behind its first.
CREATE VIEW line_texts AS
SELECT
    order_id, line, order_id * 4096 + line AS id,
    CASE WHEN common GLOB '*[^' || char(1) || '-~]*' THEN (
        WITH RECURSIVE folded (place, text) AS (
            SELECT 0, ''
            UNION ALL
            SELECT place + 1, text || coalesce(
                (SELECT plain FROM folded_letters WHERE letter = substr(common, place + 1, 1)),
                substr(common, place + 1, 1)
            )
            FROM folded WHERE place < length(common)
        )
        SELECT text FROM folded ORDER BY place DESC LIMIT 1
    ) ELSE common END
    || char(10) || char(57344 + guild_id % 6400, 57344 + guild_id / 6400 % 6400,
                        57344 + guild_id / 40960000 % 6400) AS text
FROM (
    SELECT order_id, line, guild_id, CASE WHEN whole GLOB '*[^' || char(1) || '-%''-~]*' THEN
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
            whole, 'é', 'e'), 'É', 'e'), '®', ''), '™', ''), '–', '-'), '—', '-'), '’', ''''),
            '“', '"'), '”', '"'), '&amp;', '&'), '&#39;', ''''), '&quot;', '"')
    ELSE whole END AS common
    FROM (
        SELECT order_id, line, guild_id, order_items.product AS whole
        FROM order_items CROSS JOIN orders ON orders.id = order_id
        WHERE line > 1 AND line < 4096 AND order_items.product IS NOT NULL
    )
);

CREATE VIRTUAL TABLE order_search_lines USING fts5 (
    text, content = '', contentless_delete = 1, tokenize = 'trigram', detail = 'none'
);

INSERT INTO order_search_lines (rowid, text) SELECT id, text FROM late_texts;
INSERT INTO order_search_lines (rowid, text) SELECT id, text FROM line_texts;

CREATE TRIGGER order_search_before
BEFORE UPDATE OF guild_id, order_number, product, email, profile, customer_name, reference_number, notes ON orders
WHEN (old.guild_id, old.order_number, old.product, old.email, old.profile, old.customer_name,
      old.reference_number, old.notes)
    IS NOT (new.guild_id, new.order_number, new.product, new.email, new.profile, new.customer_name,
            new.reference_number, new.notes)
BEGIN
    INSERT INTO order_search (order_search, rowid, text)
    SELECT 'delete', id, text FROM order_texts WHERE id = old.id;
END;

CREATE TRIGGER order_search_after
AFTER UPDATE OF guild_id, order_number, product, email, profile, customer_name, reference_number, notes ON orders
WHEN (old.guild_id, old.order_number, old.product, old.email, old.profile, old.customer_name,
      old.reference_number, old.notes)
    IS NOT (new.guild_id, new.order_number, new.product, new.email, new.profile, new.customer_name,
            new.reference_number, new.notes)
BEGIN
    INSERT INTO order_search (rowid, text) SELECT id, text FROM order_texts WHERE id = new.id;
END;

CREATE TRIGGER order_search_late_new AFTER INSERT ON orders
WHEN coalesce(new.tracking_number, new.group_order_id) IS NOT NULL
BEGIN
    INSERT INTO order_search_lines (rowid, text) SELECT id, text FROM late_texts WHERE order_id = new.id;
END;

CREATE TRIGGER order_search_late_gone AFTER DELETE ON orders
WHEN coalesce(old.tracking_number, old.group_order_id) IS NOT NULL
BEGIN
    DELETE FROM order_search_lines WHERE rowid = old.id * 4096;
END;

CREATE TRIGGER order_search_late_before BEFORE UPDATE OF tracking_number, group_order_id ON orders
WHEN coalesce(old.tracking_number, old.group_order_id) IS NOT NULL AND old.guild_id IS new.guild_id
    AND (old.tracking_number, old.group_order_id) IS NOT (new.tracking_number, new.group_order_id)
BEGIN
    DELETE FROM order_search_lines WHERE rowid = old.id * 4096;
END;

CREATE TRIGGER order_search_late_after AFTER UPDATE OF tracking_number, group_order_id ON orders
WHEN coalesce(new.tracking_number, new.group_order_id) IS NOT NULL AND old.guild_id IS new.guild_id
    AND (old.tracking_number, old.group_order_id) IS NOT (new.tracking_number, new.group_order_id)
BEGIN
    INSERT INTO order_search_lines (rowid, text) SELECT id, text FROM late_texts WHERE order_id = new.id;
END;

CREATE TRIGGER order_search_lines_moved AFTER UPDATE OF guild_id ON orders WHEN old.guild_id IS NOT new.guild_id BEGIN
    DELETE FROM order_search_lines WHERE rowid BETWEEN new.id * 4096 AND new.id * 4096 + 4095;
    INSERT INTO order_search_lines (rowid, text) SELECT id, text FROM late_texts WHERE order_id = new.id;
    INSERT INTO order_search_lines (rowid, text) SELECT id, text FROM line_texts WHERE order_id = new.id;
END;

-- Orders that many changes at once are about to change are out of order_tallies until they have: then they are counted
-- together. That is within one transaction, so that nobody else sees a row here.
CREATE TABLE uncounted_orders (
    order_id INTEGER PRIMARY KEY
) STRICT;

-- What counts no order any more, and goes.
CREATE INDEX order_tallies_empty ON order_tallies (orders) WHERE orders = 0;

-- As in 0025_roll_ups.sql, but order_tallies apart from the others, which change with less of an order.
DROP TRIGGER order_counted;
DROP TRIGGER order_uncounted;
DROP TRIGGER order_counted_before;
DROP TRIGGER order_counted_after;

CREATE TRIGGER order_tallied AFTER INSERT ON orders
WHEN NOT EXISTS (SELECT 1 FROM uncounted_orders WHERE order_id = new.id)
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
END;

CREATE TRIGGER order_untallied BEFORE DELETE ON orders
WHEN NOT EXISTS (SELECT 1 FROM uncounted_orders WHERE order_id = old.id)
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
    DELETE FROM order_tallies WHERE orders = 0;
END;

CREATE TRIGGER order_tallied_before
BEFORE UPDATE OF guild_id, ordered_at, store_key, store, status, currency, total_minor, quantity, qty_received,
    payout_minor, payout_currency, commission_minor, sold_price_minor, fees_minor, charged_minor, refunded_minor,
    charge_currency, channel_id, tracking_number, group_status ON orders
WHEN (old.guild_id, old.ordered_at, old.store_key, old.store, old.status, old.currency, old.total_minor,
      old.quantity, old.qty_received, old.payout_minor, old.payout_currency, old.commission_minor,
      old.sold_price_minor, old.fees_minor, old.charged_minor, old.refunded_minor, old.charge_currency,
      old.channel_id, old.tracking_number IS NULL, old.group_status)
    IS NOT (new.guild_id, new.ordered_at, new.store_key, new.store, new.status, new.currency,
            new.total_minor, new.quantity, new.qty_received, new.payout_minor, new.payout_currency,
            new.commission_minor, new.sold_price_minor, new.fees_minor, new.charged_minor,
            new.refunded_minor, new.charge_currency, new.channel_id, new.tracking_number IS NULL,
            new.group_status)
    AND NOT EXISTS (SELECT 1 FROM uncounted_orders WHERE order_id = old.id)
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
    DELETE FROM order_tallies WHERE orders = 0;
END;

CREATE TRIGGER order_tallied_after
AFTER UPDATE OF guild_id, ordered_at, store_key, store, status, currency, total_minor, quantity, qty_received,
    payout_minor, payout_currency, commission_minor, sold_price_minor, fees_minor, charged_minor, refunded_minor,
    charge_currency, channel_id, tracking_number, group_status ON orders
WHEN (old.guild_id, old.ordered_at, old.store_key, old.store, old.status, old.currency, old.total_minor,
      old.quantity, old.qty_received, old.payout_minor, old.payout_currency, old.commission_minor,
      old.sold_price_minor, old.fees_minor, old.charged_minor, old.refunded_minor, old.charge_currency,
      old.channel_id, old.tracking_number IS NULL, old.group_status)
    IS NOT (new.guild_id, new.ordered_at, new.store_key, new.store, new.status, new.currency,
            new.total_minor, new.quantity, new.qty_received, new.payout_minor, new.payout_currency,
            new.commission_minor, new.sold_price_minor, new.fees_minor, new.charged_minor,
            new.refunded_minor, new.charge_currency, new.channel_id, new.tracking_number IS NULL,
            new.group_status)
    AND NOT EXISTS (SELECT 1 FROM uncounted_orders WHERE order_id = new.id)
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
END;

CREATE TRIGGER order_counted AFTER INSERT ON orders BEGIN
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
BEFORE UPDATE OF guild_id, ordered_at, profile, status, currency, total_minor, quantity, payout_minor,
    payout_currency ON orders
WHEN (old.guild_id, old.ordered_at, old.profile, CASE old.status WHEN 'cancelled' THEN 1 WHEN 'refunded' THEN 2
      WHEN 'returned' THEN 2 END, old.currency, old.total_minor, old.quantity, old.payout_minor,
      old.payout_currency)
    IS NOT (new.guild_id, new.ordered_at, new.profile, CASE new.status WHEN 'cancelled' THEN 1 WHEN
            'refunded' THEN 2 WHEN 'returned' THEN 2 END, new.currency, new.total_minor, new.quantity,
            new.payout_minor, new.payout_currency)
BEGIN
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
AFTER UPDATE OF guild_id, ordered_at, profile, status, currency, total_minor, quantity, payout_minor,
    payout_currency ON orders
WHEN (old.guild_id, old.ordered_at, old.profile, CASE old.status WHEN 'cancelled' THEN 1 WHEN 'refunded' THEN 2
      WHEN 'returned' THEN 2 END, old.currency, old.total_minor, old.quantity, old.payout_minor,
      old.payout_currency)
    IS NOT (new.guild_id, new.ordered_at, new.profile, CASE new.status WHEN 'cancelled' THEN 1 WHEN
            'refunded' THEN 2 WHEN 'returned' THEN 2 END, new.currency, new.total_minor, new.quantity,
            new.payout_minor, new.payout_currency)
BEGIN
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
