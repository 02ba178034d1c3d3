-- As in 0033_held_back.sql, and a row of a named store does not wait where the only order of its number has a store that
-- is guessed from a link.
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
            ) OR orders.store_key GLOB '*|*|' AND NOT EXISTS (
                SELECT 1 FROM orders AS other
                WHERE other.guild_id = orders.guild_id AND other.order_number = orders.order_number
                    AND other.id <> orders.id
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
