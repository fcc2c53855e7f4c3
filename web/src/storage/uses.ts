import type { SpaceUse } from "../api/space.ts";

/** So many bytes under one name. */
export interface Use {
  name: string;
  bytes: number;
  /** In words; empty where there is nothing to say. */
  hint: string;
}

export type Grouping = "repo" | "project" | "user";

/** The greatest first. Of runs without a project or user it is said that they have none. */
export function usesBy(use: SpaceUse, by: Grouping): Use[] {
  const rows: Use[] =
    by === "repo"
      ? use.repos.map((repo) => ({ name: repo.repo, bytes: repo.bytes, hint: "" }))
      : by === "user"
        ? use.runs.map((run) => ({ name: run.user || "nobody", bytes: run.bytes, hint: filesWord(run.files) }))
        : [
            ...use.repos.map((repo) => ({ name: `${repo.project} (repos)`, bytes: repo.bytes, hint: "" })),
            ...use.runs.map((run) => ({ name: run.project || "no project", bytes: run.bytes, hint: filesWord(run.files) })),
          ];
  const sums = new Map<string, Use>();
  for (const row of rows) {
    const before = sums.get(row.name);
    sums.set(row.name, before ? { ...before, bytes: before.bytes + row.bytes, hint: sumOf(before.hint, row.hint) } : row);
  }

  return [...sums.values()].toSorted((one, other) => other.bytes - one.bytes || one.name.localeCompare(other.name));
}

function filesWord(files: number): string {
  return `${files} ${files === 1 ? "file" : "files"} of runs`;
}

function sumOf(one: string, other: string): string {
  return one && other ? filesWord(Number.parseInt(one, 10) + Number.parseInt(other, 10)) : one || other;
}
