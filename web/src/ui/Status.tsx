const signs: Record<string, string> = {
  completed: "✓",
  published: "✓",
  closed: "✓",
  failed: "✕",
  stopped: "■",
  in_progress: "▶",
  publishing: "▶",
  queued: "◷",
  created: "○",
  skipped: "»",
  recovered: "↺",
};

/** A status as a word with a sign; never by colour alone. The word is a run's, where none is given. */
export function Status({ of, word = statusWord(of) }: { of: string; word?: string }) {
  return (
    <span className={`status ${of}`}>
      <span aria-hidden="true">{statusSign(of)}</span> {word}
    </span>
  );
}

export function statusSign(status: string): string {
  return signs[status] ?? "?";
}

export function statusWord(status: string): string {
  return status === "in_progress" ? "running" : status.replaceAll("_", " ");
}
