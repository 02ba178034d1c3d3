-- Finding orders by what stands in them, and how many there are of each kind.

-- What of an order is searched, as it is searched: Pokémon is typed without its accent.
CREATE VIEW order_texts AS
SELECT id, replace(replace(
    order_number || char(10) || coalesce(product, '') || char(10) || coalesce(email, '') || char(10)
        || coalesce(profile, '') || char(10) || coalesce(tracking_number, ''),
    'É', 'e'), 'é', 'e')
    -- The guild as three letters that nobody types: it is found like any other text.
    || char(10) || char(57344 + guild_id % 6400, 57344 + guild_id / 6400 % 6400,
                        57344 + guild_id / 40960000 % 6400) AS text
FROM orders;

-- Which orders hold which three letters in a row. It keeps neither the texts nor the places in them
-- (a quarter of the size): what it finds is compared with the text itself.
CREATE VIRTUAL TABLE order_search USING fts5 (
    text, content = 'order_texts', content_rowid = 'id', tokenize = 'trigram',
    detail = 'none', columnsize = 0
);

INSERT INTO order_search (order_search) VALUES ('rebuild');

-- Triggers, so that it is right whoever changes an order and however.
CREATE TRIGGER order_search_new AFTER INSERT ON orders BEGIN
    INSERT INTO order_search (rowid, text) SELECT id, text FROM order_texts WHERE id = new.id;
END;

-- Before: the index has to be told the old text, and the view still has it.
CREATE TRIGGER order_search_gone BEFORE DELETE ON orders BEGIN
    INSERT INTO order_search (order_search, rowid, text)
    SELECT 'delete', id, text FROM order_texts WHERE id = old.id;
END;

CREATE TRIGGER order_search_before
BEFORE UPDATE OF guild_id, order_number, product, email, profile, tracking_number ON orders
WHEN (old.guild_id, old.order_number, old.product, old.email, old.profile, old.tracking_number)
    IS NOT (new.guild_id, new.order_number, new.product, new.email, new.profile, new.tracking_number)
BEGIN
    INSERT INTO order_search (order_search, rowid, text)
    SELECT 'delete', id, text FROM order_texts WHERE id = old.id;
END;

CREATE TRIGGER order_search_after
AFTER UPDATE OF guild_id, order_number, product, email, profile, tracking_number ON orders
WHEN (old.guild_id, old.order_number, old.product, old.email, old.profile, old.tracking_number)
    IS NOT (new.guild_id, new.order_number, new.product, new.email, new.profile, new.tracking_number)
BEGIN
    INSERT INTO order_search (rowid, text) SELECT id, text FROM order_texts WHERE id = new.id;
END;

-- How many orders there are of each kind and what they cost, so that a list of a million can say so at
-- once. By day (UTC), and with the day '' of all days.
CREATE TABLE order_tallies (
    guild_id    INTEGER NOT NULL,
    day         TEXT    NOT NULL,
    store_key   TEXT    NOT NULL,
    status      TEXT    NOT NULL,
    currency    TEXT    NOT NULL,         -- empty: unknown
    orders      INTEGER NOT NULL,
    total_minor INTEGER NOT NULL,         -- of those whose total is known
    PRIMARY KEY (guild_id, day, store_key, status, currency)
) STRICT, WITHOUT ROWID;

INSERT INTO order_tallies (guild_id, day, store_key, status, currency, orders, total_minor)
SELECT guild_id, substr(ordered_at, 1, length), store_key, status, coalesce(currency, ''), count(*),
       CAST(total(total_minor) AS INTEGER)
FROM orders, (SELECT 0 AS length UNION ALL SELECT 10)
GROUP BY 1, 2, 3, 4, 5;

-- The casts keep a sum that no integer holds from failing: it stays at the largest.
CREATE TRIGGER order_tally_new AFTER INSERT ON orders BEGIN
    INSERT INTO order_tallies (guild_id, day, store_key, status, currency, orders, total_minor)
    VALUES (new.guild_id, '', new.store_key, new.status, coalesce(new.currency, ''), 1,
            coalesce(new.total_minor, 0)),
           (new.guild_id, substr(new.ordered_at, 1, 10), new.store_key, new.status,
            coalesce(new.currency, ''), 1, coalesce(new.total_minor, 0))
    ON CONFLICT DO UPDATE
    SET orders = orders + 1, total_minor = CAST(total_minor + excluded.total_minor AS INTEGER);
END;

CREATE TRIGGER order_tally_gone AFTER DELETE ON orders BEGIN
    UPDATE order_tallies
    SET orders = orders - 1, total_minor = CAST(total_minor - coalesce(old.total_minor, 0) AS INTEGER)
    WHERE guild_id = old.guild_id AND day IN ('', substr(old.ordered_at, 1, 10))
        AND store_key = old.store_key AND status = old.status
        AND currency = coalesce(old.currency, '');
    DELETE FROM order_tallies
    WHERE guild_id = old.guild_id AND day IN ('', substr(old.ordered_at, 1, 10))
        AND store_key = old.store_key AND status = old.status
        AND currency = coalesce(old.currency, '') AND orders = 0;
END;

CREATE TRIGGER order_tally_changed
AFTER UPDATE OF guild_id, ordered_at, store_key, status, currency, total_minor ON orders
WHEN (old.guild_id, old.ordered_at, old.store_key, old.status, old.currency, old.total_minor)
    IS NOT (new.guild_id, new.ordered_at, new.store_key, new.status, new.currency, new.total_minor)
BEGIN
    UPDATE order_tallies
    SET orders = orders - 1, total_minor = CAST(total_minor - coalesce(old.total_minor, 0) AS INTEGER)
    WHERE guild_id = old.guild_id AND day IN ('', substr(old.ordered_at, 1, 10))
        AND store_key = old.store_key AND status = old.status
        AND currency = coalesce(old.currency, '');
    DELETE FROM order_tallies
    WHERE guild_id = old.guild_id AND day IN ('', substr(old.ordered_at, 1, 10))
        AND store_key = old.store_key AND status = old.status
        AND currency = coalesce(old.currency, '') AND orders = 0;
    INSERT INTO order_tallies (guild_id, day, store_key, status, currency, orders, total_minor)
    VALUES (new.guild_id, '', new.store_key, new.status, coalesce(new.currency, ''), 1,
            coalesce(new.total_minor, 0)),
           (new.guild_id, substr(new.ordered_at, 1, 10), new.store_key, new.status,
            coalesce(new.currency, ''), 1, coalesce(new.total_minor, 0))
    ON CONFLICT DO UPDATE
    SET orders = orders + 1, total_minor = CAST(total_minor + excluded.total_minor AS INTEGER);
END;

-- What lists were asked for whose buttons have no room for it.
CREATE TABLE kept_lists (
    id      INTEGER PRIMARY KEY,
    filter  TEXT NOT NULL UNIQUE,
    used_at TEXT NOT NULL
) STRICT;
