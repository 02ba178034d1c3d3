-- The roles that somebody had who was let in, as a JSON array: who has lost one of them since has to be
-- let in again, since that may have been the one for which the command was widened.
ALTER TABLE let_in ADD COLUMN roles TEXT NOT NULL DEFAULT '[]';
