-- Values that people set by hand: they win over messages and sheets until they are cleared. Each is kept by its
-- order; of several of the same kind that hold the latest counts.

-- What messages and sheets say of it by now, so that a correction whose reason is gone is seen; absent: nothing.
ALTER TABLE corrections ADD COLUMN said TEXT;
-- The merged order that it was made for; absent: the one where it is.
ALTER TABLE corrections ADD COLUMN home_id INTEGER;
CREATE INDEX corrections_home ON corrections (home_id) WHERE home_id IS NOT NULL;
