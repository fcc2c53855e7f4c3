import type { QueueEntry } from "../api/shares.ts";

/** A move as the server takes it, and the place that follows from it. */
export interface Move {
  to: "front" | "back" | "forward" | "backward";
  count: number;
}

/** The move that brings an entry from one place to another; nothing where they are the same. */
export function moveTo(from: number, to: number, length: number): Move | undefined {
  return to === from
    ? undefined
    : to <= 0
      ? { to: "front", count: 1 }
      : to >= length - 1
        ? { to: "back", count: 1 }
        : to < from
          ? { to: "forward", count: from - to }
          : { to: "backward", count: to - from };
}

/** The entries as they will be, so that the page need not wait for the answer. */
export function moved(entries: readonly QueueEntry[], from: number, to: number): QueueEntry[] {
  const entry = entries[from];
  const rest = entries.filter((_, at) => at !== from);
  return entry ? rest.toSpliced(Math.max(0, to), 0, entry) : rest;
}
