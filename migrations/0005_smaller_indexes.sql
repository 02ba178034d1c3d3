-- What comes in is later than what is there: where the latest stands last SQLite fills each page of an
-- index before it takes the next one, where it stands first all pages stay half empty. Walking an index
-- backwards costs nothing. Each entry ends with the row's id anyway; among orders it is named, since pages
-- of the export begin behind one.

DROP INDEX orders_latest;
CREATE INDEX orders_latest ON orders (guild_id, ordered_at, id);

DROP INDEX deliveries_latest;
CREATE INDEX deliveries_latest ON deliveries (guild_id, received_at);

DROP INDEX deliveries_by_outcome;
CREATE INDEX deliveries_by_outcome ON deliveries (guild_id, outcome, received_at);
