import { useEffect, useRef, useState } from "react";
import { bytes } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { after, nothingYet, scrub, type ScrubSoFar } from "./scrub.ts";

/** Reads every stored byte and says what is not as it was written. It ends when the page is left. */
export function Integrity({ refusal }: { refusal: string | undefined }) {
  const [repair, setRepair] = useState(false);
  const [so, setSo] = useState<ScrubSoFar>();
  const [problem, setProblem] = useState<Error>();
  const [isRunning, setRunning] = useState(false);
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const start = () => {
    const abort = new AbortController();
    stop.current = abort;
    setSo(nothingYet);
    setProblem(undefined);
    setRunning(true);
    scrub(repair, abort.signal, (line) => setSo((now) => after(now ?? nothingYet, line)))
      .catch((error: Error) => abort.signal.aborted || setProblem(error))
      .finally(() => setRunning(false));
  };
  return (
    <section aria-labelledby="integrity">
      <div className="spread">
        <h2 id="integrity">Integrity</h2>
        <span className="row">
          <label title="Damaged pieces that are elsewhere, too, are written anew">
            <input type="checkbox" checked={repair} disabled={isRunning} onChange={(event) => setRepair(event.target.checked)} /> repair
          </label>
          {isRunning ? (
            <button type="button" onClick={() => stop.current?.abort()}>
              Stop
            </button>
          ) : (
            <button type="button" disabled={!!refusal} title={refusal ?? "Reads every stored byte"} onClick={start}>
              Check everything
            </button>
          )}
        </span>
      </div>
      <Problem error={problem} />
      {so ? <SoFar of={so} isRunning={isRunning} /> : <p className="hint">Every stored byte is read and compared with its hash; the server goes on meanwhile.</p>}
    </section>
  );
}

function SoFar({ of, isRunning }: { of: ScrubSoFar; isRunning: boolean }) {
  return (
    <div className="plan">
      {of.total > 0 && <progress max={of.total} value={of.done} aria-label="Read" />}
      <p role="status">
        {of.failed ? `It failed: ${of.failed}` : of.end ? verdict(of.end) : isRunning ? "Reading…" : "Stopped."}{" "}
        <span className="hint">
          {bytes(of.done)} of {bytes(of.total)}
        </span>
      </p>
      <ul className="damages">
        {of.damages.map((one) => (
          <li key={one} className="mono">
            {one}
          </li>
        ))}
      </ul>
    </div>
  );
}

function verdict({ repaired, lost, damaged }: { repaired: number; lost: number; damaged: number }): string {
  return lost + repaired === 0 ? "✓ Everything is as it was written." : `✕ ${lost} pieces are damaged, ${repaired} were repaired; ${damaged} things are touched.`;
}
