const words: Record<string, string> = {
  runs: "runs",
  starts: "starts now",
  promised: "has places that others are leaving",
  displaced: "gives way",
  waits: "waits",
};

/** What follows for a workload, in words. */
export function prospectWord(prospect: string): string {
  return words[prospect] ?? prospect.replaceAll("_", " ");
}

const states: Record<string, { sign: string; status: string }> = {
  pending: { sign: "◷", status: "queued" },
  running: { sign: "▶", status: "in_progress" },
  suspended: { sign: "‖", status: "stopped" },
  succeeded: { sign: "✓", status: "completed" },
  failed: { sign: "✕", status: "failed" },
};

/** The sign of a workload's state, and the run's status whose colour it has. */
export function stateSign(state: string): { sign: string; status: string } {
  return states[state] ?? { sign: "■", status: "stopped" };
}
