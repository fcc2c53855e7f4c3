import { Refusal } from "../api/ask.ts";
import type { ScrubLine } from "../api/space.ts";

/** How far reading everything has come, and what it found. */
export interface ScrubSoFar {
  done: number;
  total: number;
  /** A line for each piece or path that is damaged. */
  damages: string[];
  end?: { repaired: number; lost: number; damaged: number };
  failed?: string;
}

const mostShown = 200;

export const nothingYet: ScrubSoFar = { done: 0, total: 0, damages: [] };

/** What follows from another line of the answer. */
export function after(so: ScrubSoFar, line: ScrubLine): ScrubSoFar {
  const found = [
    ...(line.damages ?? []).map((one) => `pack ${line.pack} at ${one.offset}: ${one.why} (${one.fate})`),
    ...(line.path === undefined ? [] : [`${line.name}:${line.path}: ${line.why}`]),
  ];
  return {
    done: line.done ?? so.done,
    total: line.total ?? so.total,
    damages: [...so.damages, ...found].slice(0, mostShown),
    end: line.end ? { repaired: line.repaired ?? 0, lost: line.lost ?? 0, damaged: line.damaged ?? 0 } : so.end,
    failed: line.failed ?? so.failed,
  };
}

/** Has every stored byte read; hanging up ends it. */
export async function scrub(repair: boolean, signal: AbortSignal, tell: (line: ScrubLine) => void): Promise<void> {
  const answer = await fetch(`/api/scrub?repair=${repair}`, { method: "POST", signal });
  if (!answer.ok || !answer.body) {
    const { code, message } = (await answer.json()) as { code: string; message: string };
    throw new Refusal(answer.status, code, message);
  }

  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const lines = (rest + piece.value).split("\n");
    rest = lines.pop() ?? "";
    lines.filter(Boolean).forEach((line) => tell(JSON.parse(line) as ScrubLine));
  }
}
