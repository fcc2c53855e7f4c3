import type { CommitState } from "../api/data.ts";

const signs: Record<CommitState, string> = { finished: "✓", failed: "✕", open: "○", finishing: "▶", forgotten: "■" };
const statuses: Record<CommitState, string> = { finished: "completed", failed: "failed", open: "created", finishing: "in_progress", forgotten: "stopped" };

/** A commit's state as a word with a sign. */
export function CommitMark({ of }: { of: CommitState }) {
  return (
    <span className={`status ${statuses[of]}`}>
      <span aria-hidden="true">{signs[of]}</span> {of}
    </span>
  );
}
