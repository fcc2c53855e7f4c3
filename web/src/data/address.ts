import { query } from "../api/ask.ts";
import type { JobLink } from "../api/data.ts";

/** A file or directory of a commit, which is named by its id or by a branch. */
export interface Place {
  project: string;
  repo: string;
  commit: string;
  /** Its names from the root on; none for the root. */
  path: string[];
}

/** The page of a repo. */
export function repoPage(project: string, repo: string): string {
  return `/data/${encodeURIComponent(project)}/${encodeURIComponent(repo)}`;
}

/** The page of a file or directory. */
export function placePage({ project, repo, commit, path }: Place, more: Record<string, string | undefined> = {}): string {
  return [repoPage(project, repo), ...[commit, ...path].map(encodeURIComponent)].join("/") + query(more);
}

/** The page of a pipeline's job. */
export function jobPage({ project, pipeline, id }: JobLink): string {
  return `/jobs/${encodeURIComponent(project)}/${encodeURIComponent(pipeline)}/${id}`;
}

/** What the address of such a page names; a name that is encoded wrongly stands for itself. */
export function readPlace(pathname: string): Place {
  const [project = "", repo = "", commit = "", ...path] = pathname.split("/").slice(2).map(decoded);
  return { project, repo, commit, path: path.filter(Boolean) };
}

/** What the server is asked for a repo. */
export function repoAddress(project: string, repo: string): string {
  return `/api/data/repos/${encodeURIComponent(project)}/${encodeURIComponent(repo)}`;
}

/** What the server is asked for a place: its files, its content, its history. */
export function placeAddress(place: Place, what: string, more: Record<string, string | number | undefined> = {}): string {
  const commit = `${repoAddress(place.project, place.repo)}/commits/${encodeURIComponent(place.commit)}`;
  return `${commit}/${what}${query({ path: `/${place.path.join("/")}`, ...more })}`;
}

/** Ids are long: their first digits say enough. What else names a commit is read as a whole. */
export function shortCommit(commit: string): string {
  return isId(commit) ? commit.slice(0, 12) : commit;
}

/** Whether a commit is named by a branch, which others move. */
export function isBranch(commit: string): boolean {
  return !isId(commit) && /^[\w-]+$/.test(commit);
}

function isId(commit: string): boolean {
  return /^[0-9a-f]{32}$/.test(commit);
}

/** The place of a path that begins with a slash. */
export function at(place: Place, path: string): Place {
  return { ...place, path: path.split("/").filter(Boolean) };
}

/** A repo as `project/name` says it. */
export function repoOf(text: string): { project: string; repo: string } {
  const slash = text.indexOf("/");
  return { project: text.slice(0, slash), repo: text.slice(slash + 1) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
