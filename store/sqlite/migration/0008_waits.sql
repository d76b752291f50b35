-- When a task was set, and which others must be done before it.
ALTER TABLE task ADD COLUMN set_on TEXT NOT NULL DEFAULT '';
ALTER TABLE task ADD COLUMN waits_for TEXT NOT NULL DEFAULT '[]'; -- JSON list
