-- Channels that are watched because somebody said so in Discord, and not in config.toml.

-- config: config.toml names it, and does so again at each start. setup: it was added by /setup.
ALTER TABLE watches ADD COLUMN added_by TEXT NOT NULL DEFAULT 'config';
-- How much of the past was asked for: all, none, or a number of days. Of no meaning for config.
ALTER TABLE watches ADD COLUMN backfill TEXT NOT NULL DEFAULT 'all';
-- The webhook whose first message after that time is still to be announced.
ALTER TABLE watches ADD COLUMN awaited_webhook_id INTEGER;
ALTER TABLE watches ADD COLUMN awaited_since TEXT;
-- What people were told of the channel's webhooks when something was wrong, so that it is told once.
ALTER TABLE watches ADD COLUMN told_trouble TEXT;
