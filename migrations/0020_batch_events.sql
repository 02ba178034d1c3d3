-- What a batch changed is found without looking at the history of all orders.
CREATE INDEX order_events_of_batch ON order_events (batch_id) WHERE batch_id IS NOT NULL;
