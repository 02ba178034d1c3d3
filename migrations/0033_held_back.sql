-- Whether the order of a row was there when the row was brought: 0. 1: the row waited for it, and whether it can be is
-- looked at when the order comes. 2: the same, and it cancels what is on its way, too (--anyway).
ALTER TABLE batch_rows ADD COLUMN waited INTEGER NOT NULL DEFAULT 0;
UPDATE batch_rows SET waited = 1 WHERE id IN (SELECT id FROM waiting_rows);

-- Rows that hold, and whose order is there, but is such that they cannot take effect: a cancellation of what is
-- shipped, a payout in a second currency.
CREATE TABLE held_back (
    row_id   INTEGER PRIMARY KEY REFERENCES batch_rows (id) ON DELETE CASCADE,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    reason   TEXT    NOT NULL,
    status   TEXT                         -- that it would set; absent: it speaks of a parcel
) STRICT;

CREATE INDEX held_back_of_order ON held_back (order_id);

-- As in 0029_more_of_an_order.sql, and what is held back waits, too, until its order is as it says.
DROP VIEW waiting_rows;
CREATE VIEW waiting_rows AS
SELECT batch_rows.id, batch_rows.batch_id, held_back.reason
FROM batches JOIN batch_rows ON batch_rows.batch_id = batches.id
LEFT JOIN held_back ON held_back.row_id = batch_rows.id
LEFT JOIN orders AS holding ON holding.id = held_back.order_id
WHERE undone_at IS NULL AND dropped_at IS NULL AND CASE WHEN held_back.row_id IS NOT NULL
THEN held_back.status IS NOT holding.status
ELSE NOT EXISTS (
        SELECT 1 FROM batch_keys
        JOIN orders ON orders.guild_id = batch_keys.guild_id AND orders.order_number = batch_keys.value
        WHERE batch_keys.row_id = batch_rows.id AND batch_keys.kind = 'order' AND (
            -- A bar more marks a store that is only guessed.
            batch_rows.store_key = ''
            OR orders.store_key IN ('', batch_rows.store_key, batch_rows.store_key || '|') OR (
                substr(orders.store_key, 1, instr(orders.store_key, '|'))
                    = substr(batch_rows.store_key, 1, instr(batch_rows.store_key, '|'))
                AND (
                    batch_rows.store_key GLOB '*|'
                    OR orders.store_key GLOB '*|' AND orders.store_key NOT GLOB '*|?*|'
                )
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
    )
END;
