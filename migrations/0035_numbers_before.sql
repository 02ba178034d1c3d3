-- Orders by the number that they had before a person gave them another one.
CREATE INDEX order_events_renumbered ON order_events (details ->> '$.order_number[0]')
    WHERE kind = 'corrected' AND json_valid(details);
