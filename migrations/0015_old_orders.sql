-- Orders that no message announces: they are in a sheet of the past, or a person wrote them down. Their message
-- and their channel are absent.
--
-- Nothing about the stored rows changes, so only the words of the table do, as in 0010_truth.sql.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(replace(replace(sql,
    'message_id       INTEGER NOT NULL,', 'message_id       INTEGER,'),
    'channel_id       INTEGER NOT NULL,', 'channel_id       INTEGER,'),
    'last_message_id   INTEGER NOT NULL', 'last_message_id   INTEGER')
WHERE type = 'table' AND name = 'orders';
PRAGMA writable_schema = RESET;

-- The row that said the same when this one was applied: it counts as if it had been brought then, so that a sheet
-- that grows does not bring back what others have corrected since.
ALTER TABLE batch_rows ADD COLUMN repeats INTEGER;
-- 1: its batch was undone, and it stays all the same, because other things are known of its order by now.
ALTER TABLE batch_rows ADD COLUMN stays INTEGER NOT NULL DEFAULT 0;
-- Of a sheet with more rows than one transaction applies: the batch of its first rows.
ALTER TABLE batches ADD COLUMN part_of INTEGER;
