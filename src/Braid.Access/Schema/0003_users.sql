-- People. What they make names them by id; a key pair of the kind 'user' stands for the account that its user_name names.
CREATE TABLE account (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT,
  given_name TEXT NOT NULL,
  family_name TEXT NOT NULL,
  avatar TEXT NOT NULL,
  role TEXT NOT NULL,
  preferences TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE UNIQUE INDEX account_by_email ON account (email);

ALTER TABLE access_key ADD COLUMN label TEXT;
ALTER TABLE access_key ADD COLUMN last_used_at BIGINT;
ALTER TABLE access_key ADD COLUMN last_used_from TEXT;

-- Jobs' pairs come and go by the thousand: they pay nothing for this.
CREATE INDEX access_key_by_user ON access_key (user_name) WHERE kind <> 'job';

-- Sessions that were logged out, for as long as a token of theirs could hold.
CREATE TABLE ended_session (
  id TEXT PRIMARY KEY,
  forget_at BIGINT NOT NULL
);

CREATE INDEX ended_session_by_forget_at ON ended_session (forget_at);
