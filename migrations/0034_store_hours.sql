-- What the charts show of each store: kept orders by the hour, so that the days of any zone can be put together. What a
-- store had stands together, and little of it is read for a day.
CREATE TABLE store_hours (
    guild_id    INTEGER NOT NULL,
    store       TEXT    NOT NULL,         -- as written
    currency    TEXT    NOT NULL,
    hour        TEXT    NOT NULL,         -- of UTC: '2026-01-31T23'
    kept        INTEGER NOT NULL,         -- orders that are not cancelled
    spent_minor INTEGER NOT NULL,         -- of those of them that are neither refunded nor returned
    PRIMARY KEY (guild_id, store, currency, hour)
) STRICT, WITHOUT ROWID;

INSERT INTO store_hours
SELECT guild_id, store, currency, substr(ordered_at, 1, 13), count(*), CAST(total(live_minor) AS INTEGER)
FROM order_sums WHERE NOT cancelled GROUP BY 1, 2, 3, 4;

-- As for the other sums: what an order has added is taken out before it changes or goes, and what counts no order goes.
CREATE TRIGGER order_store_counted AFTER INSERT ON orders BEGIN
    INSERT INTO store_hours
    SELECT guild_id, store, currency, substr(ordered_at, 1, 13), orders, live_minor
    FROM order_sums WHERE id = new.id AND NOT cancelled
    ON CONFLICT DO UPDATE SET
        kept = kept + excluded.kept, spent_minor = CAST(spent_minor + excluded.spent_minor AS INTEGER);
END;

CREATE TRIGGER order_store_uncounted BEFORE DELETE ON orders BEGIN
    INSERT INTO store_hours
    SELECT guild_id, store, currency, substr(ordered_at, 1, 13), -orders, -live_minor
    FROM order_sums WHERE id = old.id AND NOT cancelled
    ON CONFLICT DO UPDATE SET
        kept = kept + excluded.kept, spent_minor = CAST(spent_minor + excluded.spent_minor AS INTEGER);
    DELETE FROM store_hours
    WHERE kept = 0 AND (guild_id, store, currency, hour) = (
        SELECT guild_id, store, currency, substr(ordered_at, 1, 13) FROM order_sums WHERE id = old.id
    );
END;

CREATE TRIGGER order_store_before
BEFORE UPDATE OF guild_id, ordered_at, store, status, currency, total_minor ON orders
WHEN (old.guild_id, old.ordered_at, old.store, CASE old.status WHEN 'cancelled' THEN 1 WHEN 'refunded' THEN 2
      WHEN 'returned' THEN 2 END, old.currency, old.total_minor)
    IS NOT (new.guild_id, new.ordered_at, new.store, CASE new.status WHEN 'cancelled' THEN 1 WHEN 'refunded' THEN 2
            WHEN 'returned' THEN 2 END, new.currency, new.total_minor)
BEGIN
    INSERT INTO store_hours
    SELECT guild_id, store, currency, substr(ordered_at, 1, 13), -orders, -live_minor
    FROM order_sums WHERE id = old.id AND NOT cancelled
    ON CONFLICT DO UPDATE SET
        kept = kept + excluded.kept, spent_minor = CAST(spent_minor + excluded.spent_minor AS INTEGER);
    DELETE FROM store_hours
    WHERE kept = 0 AND (guild_id, store, currency, hour) = (
        SELECT guild_id, store, currency, substr(ordered_at, 1, 13) FROM order_sums WHERE id = old.id
    );
END;

CREATE TRIGGER order_store_after
AFTER UPDATE OF guild_id, ordered_at, store, status, currency, total_minor ON orders
WHEN (old.guild_id, old.ordered_at, old.store, CASE old.status WHEN 'cancelled' THEN 1 WHEN 'refunded' THEN 2
      WHEN 'returned' THEN 2 END, old.currency, old.total_minor)
    IS NOT (new.guild_id, new.ordered_at, new.store, CASE new.status WHEN 'cancelled' THEN 1 WHEN 'refunded' THEN 2
            WHEN 'returned' THEN 2 END, new.currency, new.total_minor)
BEGIN
    INSERT INTO store_hours
    SELECT guild_id, store, currency, substr(ordered_at, 1, 13), orders, live_minor
    FROM order_sums WHERE id = new.id AND NOT cancelled
    ON CONFLICT DO UPDATE SET
        kept = kept + excluded.kept, spent_minor = CAST(spent_minor + excluded.spent_minor AS INTEGER);
END;
