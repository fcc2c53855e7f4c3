-- What a block can hold, so that a search need not unpack it: docs/formats/log-block.md. Of older blocks it is not known.
ALTER TABLE log_block ADD COLUMN sources BIGINT NOT NULL DEFAULT -1;
ALTER TABLE log_block ADD COLUMN trigrams BYTEA;
