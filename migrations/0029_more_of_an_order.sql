-- Purchases without an order number that sheets speak of: how their rows name them, and the orders that they are.
CREATE TABLE purchases (
    guild_id INTEGER NOT NULL,
    name     TEXT    NOT NULL,            -- as in batch_keys: by its message, its id elsewhere, or its day and product
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    PRIMARY KEY (guild_id, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX purchases_of_order ON purchases (order_id);

-- As in 0012_books.sql; a row of a purchase does not wait where its order is there.
DROP VIEW waiting_rows;
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
        JOIN purchases ON purchases.guild_id = batch_keys.guild_id AND purchases.name = batch_keys.value
        WHERE batch_keys.row_id = batch_rows.id AND batch_keys.kind = 'order'
    )
    AND NOT EXISTS (
        SELECT 1 FROM batch_keys
        JOIN parcels ON parcels.guild_id = batch_keys.guild_id AND parcels.number = batch_keys.value
        WHERE batch_keys.row_id = batch_rows.id AND batch_keys.kind = 'parcel'
    );

-- The profiles of which orders were charged, each as often as it was: where an order of one was not, the charge is missing.
CREATE VIEW charged_profiles AS
SELECT guild_id, lower(coalesce(profile, '')) AS profile FROM orders WHERE charged_minor IS NOT NULL;

-- What cards were charged for an order in other currencies than charge_currency, and what came back, in minor units:
-- [["EUR", 1000, 0]]. None is added to another.
ALTER TABLE orders ADD COLUMN other_charges TEXT;
CREATE INDEX orders_other_charges ON orders (guild_id, ordered_at) WHERE other_charges IS NOT NULL;

-- As in 0024_open_lines.sql, but 8 also where the charge of another currency was not refunded.
DROP VIEW missing_lines;
DROP INDEX orders_missing;
CREATE INDEX orders_missing ON orders (
    guild_id,
    CASE
        WHEN status = 'cancelled'
            AND (charged_minor > 0 AND coalesce(refunded_minor, 0) = 0 OR other_charges GLOB '*,0]*') THEN 8
        WHEN status NOT IN ('cancelled', 'refunded', 'returned') AND charged_minor IS NULL THEN 7
    END,
    lower(coalesce(profile, ''))
) WHERE
    CASE
        WHEN status = 'cancelled'
            AND (charged_minor > 0 AND coalesce(refunded_minor, 0) = 0 OR other_charges GLOB '*,0]*') THEN 8
        WHEN status NOT IN ('cancelled', 'refunded', 'returned') AND charged_minor IS NULL THEN 7
    END IS NOT NULL;

CREATE VIEW missing_lines AS
SELECT id AS order_id, guild_id, store_key, profile, currency, quantity, total_minor, ordered_at,
    CASE
        WHEN status = 'cancelled'
            AND (charged_minor > 0 AND coalesce(refunded_minor, 0) = 0 OR other_charges GLOB '*,0]*') THEN 8
        WHEN status NOT IN ('cancelled', 'refunded', 'returned') AND charged_minor IS NULL THEN 7
    END AS line
FROM orders WHERE
    CASE
        WHEN status = 'cancelled'
            AND (charged_minor > 0 AND coalesce(refunded_minor, 0) = 0 OR other_charges GLOB '*,0]*') THEN 8
        WHEN status NOT IN ('cancelled', 'refunded', 'returned') AND charged_minor IS NULL THEN 7
    END IS NOT NULL;

-- The products of an order behind its first, which is in order_search: which lines hold which three letters in a row.
-- A line is known by its order and its place, 4,096 to an order.
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
    ) ELSE common END AS text
FROM (
    SELECT order_id, line, CASE WHEN product GLOB '*[^' || char(1) || '-%''-~]*' THEN
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
            product, 'é', 'e'), 'É', 'e'), '®', ''), '™', ''), '–', '-'), '—', '-'), '’', ''''),
            '“', '"'), '”', '"'), '&amp;', '&'), '&#39;', ''''), '&quot;', '"')
    ELSE product END AS common
    FROM order_items WHERE line > 1 AND line < 4096 AND product IS NOT NULL
);

CREATE VIRTUAL TABLE order_search_lines USING fts5 (
    text, content = '', contentless_delete = 1, tokenize = 'trigram', detail = 'none'
);

INSERT INTO order_search_lines (rowid, text) SELECT id, text FROM line_texts;

CREATE TRIGGER order_search_line_new AFTER INSERT ON order_items WHEN new.line > 1 BEGIN
    INSERT INTO order_search_lines (rowid, text)
    SELECT id, text FROM line_texts WHERE order_id = new.order_id AND line = new.line;
END;

CREATE TRIGGER order_search_line_gone AFTER DELETE ON order_items WHEN old.line > 1 BEGIN
    DELETE FROM order_search_lines WHERE rowid = old.order_id * 4096 + old.line;
END;

CREATE TRIGGER order_search_line_changed AFTER UPDATE OF order_id, line, product ON order_items
WHEN (old.line > 1 OR new.line > 1)
    AND (old.order_id, old.line, old.product) IS NOT (new.order_id, new.line, new.product)
BEGIN
    DELETE FROM order_search_lines WHERE rowid = old.order_id * 4096 + old.line;
    INSERT INTO order_search_lines (rowid, text)
    SELECT id, text FROM line_texts WHERE order_id = new.order_id AND line = new.line;
END;
