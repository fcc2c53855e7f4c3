-- Which steps a block holds (values without one apart), and how many different ones, so that a page of a series, or the number
-- of its steps, is known without reading all of it. Of older blocks it is not known.
ALTER TABLE series_block ADD COLUMN min_step BIGINT;
ALTER TABLE series_block ADD COLUMN max_step BIGINT;
ALTER TABLE series_block ADD COLUMN steps BIGINT;
