-- Which rules for secrets what is stored was read again by: a line for each version of them. Whatever older
-- rules let through is taken out piece by piece, and a restart goes on where it was.
CREATE TABLE cleanings (
    rules       INTEGER PRIMARY KEY,
    step        INTEGER NOT NULL,       -- 0, 1, ...: of messages, of sheets, of orders and so on
    after       INTEGER NOT NULL,       -- the rows of this step are clean up to this id
    changed     INTEGER NOT NULL,       -- rows that held a secret
    finished_at TEXT                    -- absent: it goes on
) STRICT;
