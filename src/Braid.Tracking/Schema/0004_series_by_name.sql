-- Runs are found and sorted by a series' summary. name_key: MD5 of the MD5s (hex) of metric and variant, since some clients
-- know names only by their MD5.
{json_text}
ALTER TABLE series ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
UPDATE series SET name_key = md5(md5(metric) || md5(variant));
CREATE INDEX series_by_name ON series (name_key, owner_id);
CREATE INDEX series_by_last ON series (name_key, last_value);
CREATE INDEX series_by_min ON series (name_key, min_value);
CREATE INDEX series_by_max ON series (name_key, max_value);
