import { useSearchParams } from "react-router";
import type { ComparedRun } from "../api/compare.ts";
import { withParam } from "../ui/withParam.ts";

/** Two of the runs. */
export interface Pair {
  from: ComparedRun;
  to: ComparedRun;
}

/** The pair that the address names, or the first two runs; undefined when there are none. */
export function usePair(runs: ComparedRun[]): Pair | undefined {
  const [params] = useSearchParams();
  const named = (name: string) => runs.find((one) => one.run.id === params.get(name));
  const from = named("from") ?? runs[0];
  const to = named("to") ?? runs.find((one) => one !== from);
  return from && to ? { from, to } : undefined;
}

/** Which two are laid beside each other. */
export function PairBar({ runs, pair: { from, to } }: { runs: ComparedRun[]; pair: Pair }) {
  const [params, setParams] = useSearchParams();
  const choose = (name: string, id: string) => setParams(withParam(withParam(params, name, id), "file", ""));
  const swap = () => setParams(withParam(withParam(withParam(params, "from", to.run.id), "to", from.run.id), "file", ""));
  return (
    <div className="bar pair">
      <RunChoice label="From" runs={runs} value={from.run.id} onChange={(id) => choose("from", id)} />
      <button type="button" className="quiet" aria-label="Swap the two" title="Swap the two" onClick={swap}>
        ⇄
      </button>
      <RunChoice label="To" runs={runs} value={to.run.id} onChange={(id) => choose("to", id)} />
    </div>
  );
}

function RunChoice({ label, runs, value, onChange }: { label: string; runs: ComparedRun[]; value: string; onChange: (id: string) => void }) {
  return (
    <label>
      {label}{" "}
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {runs.map(({ run }) => (
          <option key={run.id} value={run.id}>
            {nameOf(run, runs)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Runs of one name are told from each other by their ids. */
function nameOf(run: ComparedRun["run"], runs: ComparedRun[]): string {
  const id = run.id.slice(0, 8);
  return !run.name ? id : runs.some((other) => other.run !== run && other.run.name === run.name) ? `${run.name} (${id})` : run.name;
}
