import { useEffect, useRef } from "react";
import { query } from "./ask.ts";

/** What a run's stream of events tells. */
export interface RunEvents {
  /** The run, or a metric of it, changed. */
  onChanged: () => void;
  /** The console has lines up to this number. */
  onLog: (lastLine: number) => void;
}

/** Many changes in a moment are one. */
const settleMs = 600;

/** Listens to a run until it ends; the browser connects again by itself when the server was away. */
export function useRunEvents(run: string, isOn: boolean, events: RunEvents): void {
  const latest = useRef(events);
  useEffect(() => {
    latest.current = events;
  });
  useEffect(() => {
    if (!isOn) {
      return undefined;
    }

    const settle = settled(() => latest.current.onChanged());
    const source = new EventSource(`/api/runs/${run}/live?tail=0`);
    // What happened before it was connected, or while the server was away, is told by nobody.
    source.addEventListener("open", settle.tell);
    source.addEventListener("changed", settle.tell);
    source.addEventListener("log", (event: MessageEvent<string>) => {
      const lines = JSON.parse(event.data) as { number: number }[];
      latest.current.onLog(lines.at(-1)?.number ?? 0);
    });
    source.addEventListener("end", () => {
      source.close();
      settle.tell();
    });
    return () => {
      source.close();
      settle.stop();
    };
  }, [run, isOn]);
}

/** Listens to pipelines and their jobs, or to the jobs of one commit set only. */
export function usePipelineEvents(isOn: boolean, set: string, onChanged: () => void): void {
  const latest = useRef(onChanged);
  useEffect(() => {
    latest.current = onChanged;
  });
  useEffect(() => {
    if (!isOn) {
      return undefined;
    }

    const settle = settled(() => latest.current());
    const source = new EventSource(`/api/pipelines/live${query({ set })}`);
    // What happened before it was connected, or while the server was away, is told by nobody.
    source.addEventListener("open", settle.tell);
    source.addEventListener("changed", settle.tell);
    return () => {
      source.close();
      settle.stop();
    };
  }, [isOn, set]);
}

/** Acts once for all that it is told within a moment. */
function settled(act: () => void): { tell: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    tell: () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        act();
      }, settleMs);
    },
    stop: () => clearTimeout(timer),
  };
}
