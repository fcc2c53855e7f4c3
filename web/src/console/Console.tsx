import { useEffect, useMemo, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import { useShortcuts } from "../app/shortcuts.ts";
import { hasEnded } from "../api/runs.ts";
import { Empty } from "../ui/Empty.tsx";
import { Problem } from "../ui/Problem.tsx";
import { ConsoleBar } from "./ConsoleBar.tsx";
import { withParam } from "../ui/withParam.ts";
import { Line } from "./Line.tsx";
import { allPlaces, somePlaces } from "./places.ts";
import { useFound, useLineCount, useLines, useWorkers } from "./useLines.ts";
import { useTallList, type TallList } from "./useTallList.ts";
import "./console.css";

/** As console.css has it. */
const lineHeight = 18;
/** So many lines are drawn above and below those that can be seen. */
const linesAround = 40;
/** Of longer consoles it is asked who printed what only for who wants it. */
const mostLooked = 200_000;

/** A console of any length: lines are asked for where one looks; the address names a line, and what is searched for. */
export function Console({ run, status }: { run: string; status: string }) {
  const [params, setParams] = useSearchParams();
  const chosen = params.has("line") ? Number(params.get("line")) - 1 : undefined;
  const text = params.get("q") ?? "";
  const [isFollowing, setFollowing] = useState(!hasEnded(status) && chosen === undefined);
  const field = useRef<HTMLInputElement>(null);
  const count = useLineCount(run);
  const total = count.data?.total ?? 0;
  const found = useFound(run, text);
  const worker = params.get("worker") ?? undefined;
  const workers = useWorkers(run, worker, worker !== undefined || (total > 0 && total <= mostLooked), !hasEnded(status));
  const pairs = workers.data?.places;
  const places = useMemo(() => (worker === undefined ? allPlaces(total) : somePlaces(pairs ?? [])), [worker, total, pairs]);
  const { scroller, height, rows, show } = useTallList(places.count, lineHeight, linesAround);
  const lineAt = useLines(run, rows.map((row) => places.at(row.index)), total);
  useScrolling(show, { total: places.count, chosen: chosen === undefined ? undefined : places.indexOf(chosen), isFollowing });
  const choose = (line: number | undefined) => {
    setFollowing(false);
    setParams(withParam(params, "line", line === undefined ? "" : String(line + 1)), { replace: true });
  };
  const step = (by: number) => {
    const next = neighbour(found.data?.lines.map((line) => line.number) ?? [], chosen, by);
    if (next !== undefined) {
      choose(next);
    }
  };
  useShortcuts([
    { keys: "/", label: "Search the console", group: "Console", run: () => field.current?.focus() },
    { keys: "n", label: "Next line that was found", group: "Console", run: () => step(1) },
    { keys: "N", label: "The one before", group: "Console", run: () => step(-1) },
    { keys: "f", label: "Follow, or not", group: "Console", run: () => setFollowing(!isFollowing) },
  ]);
  if (count.data && total === 0) {
    return <Empty title="Nothing was printed yet">Lines appear here as they are printed.</Empty>;
  }

  return (
    <div className="fill">
      <ConsoleBar
        total={total}
        text={text}
        found={found.data}
        isFollowing={isFollowing}
        field={field}
        address={`/api/runs/${run}/log.txt`}
        workers={workers.data?.workers ?? []}
        worker={worker}
        onWorker={(next) => setParams(withParam(params, "worker", next), { replace: true })}
        onText={(next) => setParams(withParam(params, "q", next), { replace: true })}
        onStep={step}
        onFollow={setFollowing}
      />
      <Problem error={count.error ?? found.error ?? workers.error} />
      <div
        className="console"
        ref={scroller}
        tabIndex={0}
        role="log"
        aria-label="Console"
        onWheel={(event) => event.deltaY < 0 && setFollowing(false)}
      >
        <div style={{ height, position: "relative" }}>
          {rows.map((row) => {
            const place = places.at(row.index);
            return (
              <div key={row.index} className={place === chosen ? "at" : undefined} style={{ transform: `translateY(${row.start}px)` }}>
                <Line place={place} line={lineAt(place)} sought={text} onChoose={choose} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface Scrolling {
  total: number;
  chosen: number | undefined;
  isFollowing: boolean;
}

function useScrolling(show: TallList["show"], { total, chosen, isFollowing }: Scrolling): void {
  useEffect(() => {
    if (isFollowing && total > 0) {
      show(total - 1, "end");
    }
  }, [show, total, isFollowing]);
  const hasLines = total > 0;
  useEffect(() => {
    if (hasLines && chosen !== undefined) {
      show(chosen, "center");
    }
  }, [show, hasLines, chosen]);
}

/** The next of the places after (or before) the one that is chosen, around the end. */
export function neighbour(places: number[], chosen: number | undefined, by: number): number | undefined {
  const from = chosen ?? (by > 0 ? -1 : Number.MAX_SAFE_INTEGER);
  return by > 0 ? (places.find((place) => place > from) ?? places[0]) : (places.findLast((place) => place < from) ?? places.at(-1));
}
