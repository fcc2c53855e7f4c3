-- Transactions that span several calls: what their clients asked for so far, to be done together when they say so. Requests
-- and responses are opaque here: the door that recorded them reads them.

CREATE TABLE pending_transaction (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  started_by TEXT NOT NULL,
  touched_at BIGINT NOT NULL
);

CREATE TABLE pending_request (
  transaction_id TEXT NOT NULL REFERENCES pending_transaction (id),
  position BIGINT NOT NULL,
  request BYTEA NOT NULL,
  response BYTEA NOT NULL,
  PRIMARY KEY (transaction_id, position)
);
