import type { Dataset, RunInput } from "./run.ts";
import type { RunSummary } from "./runs.ts";

/** A model in a list: a version of a registered name, or one that was logged only. `GET /api/models` */
export interface ModelSummary {
  id: string;
  /** The registered name, where it has one. */
  name: string;
  registered: boolean;
  version: number | null;
  uri: string;
  framework: string;
  stage: string;
  published: boolean;
  aliases: string[];
  labels: string[];
  run: string | null;
  user: string;
  created: string;
}

export interface ModelPage {
  models: ModelSummary[];
  next: string | null;
}

/** A registered name. `GET /api/registry` */
export interface NamedModel {
  name: string;
  description: string;
  created: string;
  updated: string;
  tags: Tag[];
  aliases: { alias: string; version: number }[];
  /** The newest version of each stage. */
  latest: ModelSummary[];
}

export interface NamedModelPage {
  models: NamedModel[];
  next: string | null;
}

/** `GET /api/registry/model?name=` */
export interface NamedModelDetails extends NamedModel {
  versions: ModelSummary[];
}

/** `GET /api/models/ID` */
export interface ModelDetails extends ModelSummary {
  comment: string;
  type: string;
  state: string;
  stateMessage: string;
  source: string | null;
  updated: string;
  trashed: string | null;
  tags: Tag[];
  parameters: Tag[];
  metadata: Tag[];
  /** The run that made it. */
  maker: RunSummary | null;
  inputs: RunInput[];
  datasets: Dataset[];
  measured: { key: string; value: number | null; dataset: string; run: string }[];
  /** Runs that loaded it. */
  consumers: RunSummary[];
  consumerCount: number;
}

export interface Tag {
  key: string;
  value: string;
}

/** The page of a name. */
export function pathOfName(name: string): string {
  return `/models/name/${encodeURIComponent(name)}`;
}
