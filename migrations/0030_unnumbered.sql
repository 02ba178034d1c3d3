-- A purchase that sheets announced without a number is looked for near each order that comes with one: there are few.
CREATE INDEX orders_unnumbered ON orders (guild_id, ordered_at) WHERE order_number IS NULL;
