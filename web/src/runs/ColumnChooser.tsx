import { useDeferredValue, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { ask, query } from "../api/ask.ts";
import type { RunKeys } from "../api/runs.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Problem } from "../ui/Problem.tsx";
import { attributes, columnKind, columnTitle, usualColumns } from "./view.ts";

/** Beyond this many keys one searches. */
const mostShown = 200;
const ofMetric = ["metrics", "min", "max"] as const;

interface ColumnChooserProps {
  project: string;
  columns: string[];
  onChange: (columns: string[]) => void;
  onClose: () => void;
}

/** Which columns the table has, and in which order. */
export function ColumnChooser({ project, columns, onChange, onClose }: ColumnChooserProps) {
  const [text, setText] = useState("");
  const [step, setStep] = useState("1000");
  const sought = useDeferredValue(text.toLowerCase());
  const keys = useQuery({
    queryKey: ["runs", "keys", project],
    queryFn: ({ signal }) => ask<RunKeys>(`/api/runs/columns${query({ project })}`, signal),
    staleTime: 60_000,
  });
  const toggle = (column: string) =>
    onChange(columns.includes(column) ? columns.filter((one) => one !== column) : [...columns, column]);
  const matching = (list: string[]) => list.filter((key) => key.toLowerCase().includes(sought));
  const isKnown = matching([...(keys.data?.metrics ?? []), ...(keys.data?.params ?? [])]).length > 0;
  const check = (column: string, label: string) => (
    <label key={column}>
      <input type="checkbox" checked={columns.includes(column)} onChange={() => toggle(column)} />
      <span className="cut">{label}</span>
    </label>
  );
  return (
    <Dialog title="Columns" onClose={onClose} className="chooser">
      <Chosen columns={columns} onChange={onChange} />
      <input type="search" autoFocus aria-label="Search keys" placeholder="Search keys" value={text} onChange={(event) => setText(event.target.value)} />
      <Problem error={keys.error} />
      <Keys title="Every run has" keys={Object.keys(attributes).filter((name) => (attributes[name] ?? "").toLowerCase().includes(sought))}>
        {(name) => check(name, attributes[name] ?? name)}
      </Keys>
      <label>
        Values “at” are those at step
        <input type="number" min="0" className="step" value={step} onChange={(event) => setStep(String(Math.max(0, Math.floor(Number(event.target.value)))))} />
        or at the last one before it
      </label>
      <p className="hint">Metrics and parameters are those of the project's newest 1,000 runs.</p>
      {keys.data && text !== "" && !isKnown && (
        <p>
          None of them has “{text}” in its name. Only older runs may have it:{" "}
          <button type="button" className="link" onClick={() => toggle(`metrics.${text}`)}>
            the metric of that name
          </button>{" "}
          or{" "}
          <button type="button" className="link" onClick={() => toggle(`params.${text}`)}>
            the parameter
          </button>
        </p>
      )}
      <Keys title="Metrics" keys={matching(keys.data?.metrics ?? [])}>
        {(key) => (
          <div key={key} className="metric">
            <span className="cut" title={key}>
              {key}
            </span>
            {ofMetric.map((kind) => check(`${kind}.${key}`, kind === "metrics" ? "last" : kind))}
            {check(`at.${step}.${key}`, "at")}
          </div>
        )}
      </Keys>
      <Keys title="Parameters" keys={matching(keys.data?.params ?? [])}>
        {(key) => check(`params.${key}`, key)}
      </Keys>
    </Dialog>
  );
}

function Keys({ title, keys, children }: { title: string; keys: string[]; children: (key: string) => React.ReactNode }) {
  return keys.length === 0 ? null : (
    <section>
      <h3>
        {title} {keys.length > mostShown && `(${mostShown} of ${keys.length}; search for others)`}
      </h3>
      <div className={title === "Metrics" ? "metrics" : "checks"}>{keys.slice(0, mostShown).map(children)}</div>
    </section>
  );
}

function Chosen({ columns, onChange }: { columns: string[]; onChange: (columns: string[]) => void }) {
  const move = (at: number, step: number) => {
    const moved = columns.toSpliced(at, 1).toSpliced(at + step, 0, columns[at] ?? "");
    onChange(moved);
  };
  return (
    <section>
      <div className="spread">
        <h3>Shown, in this order</h3>
        <button type="button" className="link" onClick={() => onChange(usualColumns)}>
          as usual
        </button>
      </div>
      <ol className="chosen">
        {columns.map((column, at) => (
          <li key={column}>
            <button type="button" className="quiet" disabled={at === 0} aria-label={`Move ${column} to the left`} onClick={() => move(at, -1)}>
              ‹
            </button>
            <span>
              {columnTitle(column)} {columnKind(column) && <small className="hint">{columnKind(column)}</small>}
            </span>
            <button type="button" className="quiet" disabled={at === columns.length - 1} aria-label={`Move ${column} to the right`} onClick={() => move(at, 1)}>
              ›
            </button>
            <button type="button" className="quiet" disabled={columns.length === 1} aria-label={`Hide ${column}`} onClick={() => onChange(columns.toSpliced(at, 1))}>
              ×
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
