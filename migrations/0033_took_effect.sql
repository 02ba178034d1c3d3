-- 1: the order of this row was not there when it was brought. Where it is by now, the row has taken effect since.
-- Of batches brought before this column was there the rows that wait now are known alone.
ALTER TABLE batch_rows ADD COLUMN waited INTEGER NOT NULL DEFAULT 0;
UPDATE batch_rows SET waited = 1 WHERE id IN (SELECT id FROM waiting_rows);

-- Orders by the number that they had before a person gave them another one.
CREATE INDEX order_events_renumbered ON order_events (details ->> '$.order_number[0]')
    WHERE kind = 'corrected' AND json_valid(details);
