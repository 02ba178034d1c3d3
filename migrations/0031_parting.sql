-- The order that a name was made for, where that has become a part of another one; absent: the one that it means.
-- By it each name goes back when the two are parted.
ALTER TABLE purchases ADD COLUMN home_id INTEGER;
CREATE INDEX purchases_home ON purchases (home_id) WHERE home_id IS NOT NULL;

-- Until now only the names by a message could go back: what else names the same purchase belongs to them.
UPDATE purchases SET home_id = merged.id
FROM (SELECT id, 'message|' || message_id || '|' || position AS name FROM merged_orders) AS merged
WHERE purchases.name = merged.name AND purchases.order_id <> merged.id;
UPDATE purchases SET home_id = (
    SELECT min(also.home_id) FROM purchases AS also WHERE also.order_id = purchases.order_id
)
WHERE home_id IS NULL AND name NOT GLOB 'message|*'
    AND EXISTS (SELECT 1 FROM orders WHERE orders.id = purchases.order_id AND order_number IS NOT NULL);
