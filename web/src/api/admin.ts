/** `GET /api/users` */
export interface Person {
  id: string;
  name: string;
  email: string | null;
  administrator: boolean;
  /** Came with the server: stays, and keeps its role. */
  builtIn: boolean;
  created: string;
}

/** `GET /api/keys`: the pairs of who asks. */
export interface KeyList {
  user: string;
  signed_in: boolean;
  most: number;
  keys: KeyPair[];
}

export interface KeyPair {
  access_key: string;
  label: string;
  created: string;
  last_used: string | null;
  last_used_from: string;
  is_of_installation: boolean;
}

/** `POST /api/keys`: the secret is in the configuration, this once. */
export interface NewKey {
  access_key: string;
  configuration: string;
}

/** `GET /api/secrets` */
export interface SecretName {
  name: string;
  type: string;
  created: string;
}

/** `GET /api/installation` */
export interface Installation {
  id: string;
  version: string;
  databaseMs: number;
  chunks: number;
  agents: number;
  agentsAlive: number;
  reclaiming: string;
  reclaimFailure: string | null;
  doors: { name: string; url: string }[];
  settings: { flag: string; variable: string; value: string; source: string; help: string }[];
}

/** `GET /api/audit`: the newest first. */
export interface AuditPage {
  entries: AuditEntry[];
  /** What `before` is to be for the page after this; null at the end. */
  next: string | null;
}

export interface AuditEntry {
  number: number;
  at: string;
  /** Empty for a refused key pair that is nobody's. */
  user: string;
  door: string;
  address: string;
  /** Kind and verb, as in `user.delete`. */
  action: string;
  target: string;
  details: string;
  /** The error's code when it was refused; empty when it was done. */
  outcome: string;
}
