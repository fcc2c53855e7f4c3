-- What people attach to things: JSON objects of texts. The one row of cluster_annotation belongs to the installation.
ALTER TABLE data_project ADD COLUMN annotations TEXT NOT NULL DEFAULT '{}';
ALTER TABLE repo ADD COLUMN annotations TEXT NOT NULL DEFAULT '{}';
ALTER TABLE branch ADD COLUMN annotations TEXT NOT NULL DEFAULT '{}';
ALTER TABLE data_commit ADD COLUMN annotations TEXT NOT NULL DEFAULT '{}';

CREATE TABLE cluster_annotation (
  id BIGINT PRIMARY KEY,
  annotations TEXT NOT NULL
);

INSERT INTO cluster_annotation (id, annotations) VALUES (1, '{}');

-- When a commit's files were given up, so that only its record is left; its root is then that of no files.
ALTER TABLE data_commit ADD COLUMN forgotten_at BIGINT;
