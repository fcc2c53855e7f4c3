/** `GET /api/space` */
export interface SpaceUse {
  repos: { project: string; repo: string; bytes: number }[];
  runs: { project: string; user: string; files: number; bytes: number }[];
  chunks: number;
}

/** `POST /api/gc/plan` */
export interface SweepPlan {
  plan: string;
  made: string;
  stored_bytes: number;
  packs: number;
  freed_bytes: number;
  deleted_packs: number;
  rewritten_packs: number;
  spare_bytes: number;
  held: { kind: string; group: string; references: number; bytes: number }[];
}

/** `GET /api/gc` */
export interface SweepState {
  phase: "idle" | "marking" | "waiting" | "freeing";
  since: string;
  oldest_writer: string | null;
  applied: string | null;
  ended: string | null;
  failure: string | null;
  freed_bytes: number | null;
  deleted_packs: number | null;
  rewritten_packs: number | null;
  continues: string | null;
}

/** A line of `POST /api/scrub`. */
export interface ScrubLine {
  pack?: string;
  done?: number;
  total?: number;
  damages?: { offset: number; chunk: string | null; why: string; fate: string }[];
  /** Of a path that damage touches. */
  name?: string;
  path?: string;
  why?: string;
  end?: boolean;
  repaired?: number;
  lost?: number;
  damaged?: number;
  failed?: string;
}
