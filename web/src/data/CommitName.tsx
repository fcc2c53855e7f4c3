import { Link } from "react-router";
import { placePage, repoOf } from "./address.ts";

/** A commit by its repo (`project/name`) and id; leads to its files. */
export function CommitName({ repo, commit }: { repo: string; commit: string }) {
  return (
    <Link to={placePage({ ...repoOf(repo), commit, path: [] })}>
      <code>{`${repo}@${commit}`}</code>
    </Link>
  );
}
