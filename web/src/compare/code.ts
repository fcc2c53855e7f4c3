import type { ComparedRun } from "../api/compare.ts";
import { keyed, linesOf, type ComparedRow } from "./rows.ts";

/** Where the code is from, and how much of it is in no commit. */
export function codeRows(runs: ComparedRun[]): ComparedRow[] {
  return keyed(runs, ({ script, tags }) => {
    const tag = (key: string) => tags.find((one) => one.key === key)?.value;
    return [
      ["Repository", script?.repository ?? tag("mlflow.source.git.repoURL")],
      ["Branch", script?.branch ?? tag("mlflow.source.git.branch")],
      ["Commit", script?.version_num ?? tag("mlflow.source.git.commit")],
      ["Folder", script?.working_dir],
      ["Program", script?.entry_point ?? tag("mlflow.source.name")],
      ["Uncommitted", script?.diff ? linesOf(script.diff) : undefined],
    ];
  });
}
