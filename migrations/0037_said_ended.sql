-- When messages said that an order is cancelled, refunded or returned: what waited for the order is judged by what was so
-- before. Orders of before get it when their messages are read again.
ALTER TABLE orders ADD COLUMN said_ended_at TEXT;
