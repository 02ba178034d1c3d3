-- What the buyer wrote for the one who gets it.
ALTER TABLE orders ADD COLUMN gift_message TEXT;
