import { useState } from "react";
import { storedAt, type Sample } from "../api/plots.ts";
import { kindOf } from "../preview/kinds.ts";
import { Preview } from "../preview/Preview.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { fileName, shotAt, type SampleGroup } from "./samples.ts";

interface GroupProps {
  run: string;
  group: SampleGroup;
  /** Undefined for the newest. */
  at: number | undefined;
  onIteration: (iteration: number) => void;
}

/** The samples of a metric, side by side, as they were at an iteration. */
export function Group({ run, group, at, onIteration }: GroupProps) {
  const { iterations } = group;
  const shown = iterations.findLast((iteration) => iteration <= (at ?? Infinity)) ?? iterations[0] ?? 0;
  return (
    <section aria-label={group.metric}>
      <div className="spread">
        <h2 className="cut">{group.metric}</h2>
        {iterations.length > 1 && (
          <label>
            <input
              type="range"
              min="0"
              max={iterations.length - 1}
              value={iterations.indexOf(shown)}
              aria-label={`Iteration of ${group.metric}`}
              onChange={(event) => onIteration(iterations[Number(event.target.value)] ?? 0)}
            />
            <span className="mono">iteration {shown}</span>
          </label>
        )}
      </div>
      <div className="shots">
        {group.samples.map((sample) => (
          <ShotCard key={sample.variant} run={run} sample={sample} iteration={shown} />
        ))}
      </div>
    </section>
  );
}

function ShotCard({ run, sample, iteration }: { run: string; sample: Sample; iteration: number }) {
  const [isOpen, setOpen] = useState(false);
  const shot = shotAt(sample, iteration);
  const name = fileName(shot?.uri ?? "");
  const address = storedAt(run, shot?.uri ?? "");
  return (
    <figure>
      {shot ? (
        <button type="button" className="shot" onClick={() => setOpen(true)} aria-label={`Open ${sample.variant}`}>
          {kindOf(name) === "image" ? <img src={address} alt={sample.variant} loading="lazy" /> : <span className="hint">{name || shot.uri}</span>}
        </button>
      ) : (
        <p className="hint">Not yet</p>
      )}
      <figcaption className="spread">
        <span className="cut" title={sample.variant}>
          {sample.variant}
        </span>
        {shot && <span className="hint mono">{shot.iteration}</span>}
      </figcaption>
      {isOpen && shot && (
        <Dialog title={`${sample.metric} / ${sample.variant}, iteration ${shot.iteration}`} className="large" onClose={() => setOpen(false)}>
          <Preview name={name} address={address} />
          <p className="hint">{shot.uri}</p>
        </Dialog>
      )}
    </figure>
  );
}
