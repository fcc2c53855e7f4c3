-- What people changed, or were refused, in the order in which it was told. Of a refusal, outcome is the error's code; '' is success.
CREATE TABLE audit (
  number {identity},
  at BIGINT NOT NULL,
  user_name TEXT NOT NULL,
  door TEXT NOT NULL,
  address TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  details TEXT NOT NULL,
  outcome TEXT NOT NULL
);

CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX audit_by_user ON audit (user_name, number);
CREATE INDEX audit_by_action ON audit (action, number);
