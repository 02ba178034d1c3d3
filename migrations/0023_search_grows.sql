-- Notes, the customer, the reference number and the buying group's number are searched, too; and lists of orders are
-- narrowed and sorted in more ways.

-- Entries of the index that are about to change are taken out while the view still has the texts that they were made
-- of. Most orders hold none of these values: their texts stay as they are, and so do their entries.
INSERT INTO order_search (order_search, rowid, text)
SELECT 'delete', id, text FROM order_texts WHERE id IN (
    SELECT id FROM orders
    WHERE coalesce(customer_name, reference_number, group_order_id, notes) IS NOT NULL
);

DROP TRIGGER order_search_new;
DROP TRIGGER order_search_gone;
DROP TRIGGER order_search_before;
DROP TRIGGER order_search_after;
DROP VIEW order_texts;

-- What of an order is searched, as it is searched. Most texts are plain, or hold a few common marks; the
-- rest is folded letter by letter.
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
            || coalesce(tracking_number, '') || coalesce(char(10) || customer_name, '')
            || coalesce(char(10) || reference_number, '') || coalesce(char(10) || group_order_id, '')
            || coalesce(char(10) || notes, '') AS whole
        FROM orders
    )
);

INSERT INTO order_search (rowid, text)
SELECT id, text FROM order_texts WHERE id IN (
    SELECT id FROM orders
    WHERE coalesce(customer_name, reference_number, group_order_id, notes) IS NOT NULL
);

CREATE TRIGGER order_search_new AFTER INSERT ON orders BEGIN
    INSERT INTO order_search (rowid, text) SELECT id, text FROM order_texts WHERE id = new.id;
END;

-- Before: the index has to be told the old text, and the view still has it.
CREATE TRIGGER order_search_gone BEFORE DELETE ON orders BEGIN
    INSERT INTO order_search (order_search, rowid, text)
    SELECT 'delete', id, text FROM order_texts WHERE id = old.id;
END;

CREATE TRIGGER order_search_before
BEFORE UPDATE OF guild_id, order_number, product, email, profile, tracking_number, customer_name, reference_number,
    group_order_id, notes ON orders
WHEN (old.guild_id, old.order_number, old.product, old.email, old.profile, old.tracking_number, old.customer_name,
      old.reference_number, old.group_order_id, old.notes)
    IS NOT (new.guild_id, new.order_number, new.product, new.email, new.profile, new.tracking_number,
            new.customer_name, new.reference_number, new.group_order_id, new.notes)
BEGIN
    INSERT INTO order_search (order_search, rowid, text)
    SELECT 'delete', id, text FROM order_texts WHERE id = old.id;
END;

CREATE TRIGGER order_search_after
AFTER UPDATE OF guild_id, order_number, product, email, profile, tracking_number, customer_name, reference_number,
    group_order_id, notes ON orders
WHEN (old.guild_id, old.order_number, old.product, old.email, old.profile, old.tracking_number, old.customer_name,
      old.reference_number, old.group_order_id, old.notes)
    IS NOT (new.guild_id, new.order_number, new.product, new.email, new.profile, new.tracking_number,
            new.customer_name, new.reference_number, new.group_order_id, new.notes)
BEGIN
    INSERT INTO order_search (rowid, text) SELECT id, text FROM order_texts WHERE id = new.id;
END;

-- Lists in the order of the checkouts, of the totals and of the last changes. Each index holds all that lists are
-- narrowed by, so that passing over an order costs no look at its row.
DROP INDEX orders_latest;
CREATE INDEX orders_latest ON orders (
    guild_id, ordered_at, id, store_key, status, tracking_number IS NULL, channel_id, currency, total_minor
);
CREATE INDEX orders_by_total ON orders (
    guild_id, total_minor, id, ordered_at, store_key, status, tracking_number IS NULL, channel_id
);
CREATE INDEX orders_by_change ON orders (
    guild_id, updated_at, id, ordered_at, store_key, status, tracking_number IS NULL, channel_id
);

-- Profiles of which a card's statement holds charges.
CREATE INDEX orders_charged ON orders (guild_id, lower(coalesce(profile, ''))) WHERE charged_minor IS NOT NULL;
