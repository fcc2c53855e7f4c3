import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { jobHasEnded, type JobDetails, type Progress } from "../api/jobs.ts";
import { datumStanding } from "../pipelines/states.ts";
import { Empty } from "../ui/Empty.tsx";
import { grouped as digits } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { Status } from "../ui/Status.tsx";
import { DatumGrid } from "./DatumGrid.tsx";
import { DatumPanel } from "./DatumPanel.tsx";
import { grouped } from "./groups.ts";
import { mostDatums, useDatums } from "./useDatums.ts";
import { useShownJob } from "./useJob.ts";

/** Every datum as a square, by what became of it and why; what there is to know of the one that is chosen, beside. */
export function DatumsTab() {
  const job = useShownJob();
  const [params, setParams] = useSearchParams();
  const [state, chosen] = [params.get("state") ?? "", params.get("datum") ?? ""];
  const { datums, isCut, error } = useDatums(job, state);
  const groups = useMemo(() => grouped(datums ?? []), [datums]);
  const put = (name: string, value: string) =>
    setParams(
      (now) => {
        const next = new URLSearchParams(now);
        next.delete(name);
        if (value) {
          next.set(name, value);
        }

        return next;
      },
      { replace: true },
    );
  return (
    <div className="fill">
      <div className="bar verdicts" role="group" aria-label="Verdict">
        <Verdicts of={job} chosen={state} onChoose={(next) => put("state", next)} />
        {isCut && <span className="hint">The first {digits(mostDatums)} are shown: choose a verdict to see fewer.</span>}
      </div>
      <Problem error={error} />
      <div className="paper">
        {datums?.length === 0 ? (
          <NoDatums of={job} />
        ) : (
          <DatumGrid groups={groups} chosen={chosen} onChoose={(id) => put("datum", id)} />
        )}
        {chosen && <DatumPanel key={chosen} job={job} id={chosen} onClose={() => put("datum", "")} />}
      </div>
    </div>
  );
}

function NoDatums({ of: { progress, state } }: { of: JobDetails }) {
  return progress.total > 0 ? (
    <Empty title="No datum has this verdict" />
  ) : jobHasEnded(state) ? (
    <Empty title="This job had no datums" />
  ) : (
    <Empty title="No datums yet">
      <p>They are known when the commits that the job reads are finished and the job is planned.</p>
    </Empty>
  );
}

const verdicts: [state: string, count: (progress: Progress) => number][] = [
  ["failed", (progress) => progress.failed],
  ["recovered", (progress) => progress.recovered],
  ["unknown", ({ total, processed, skipped, failed, recovered }) => Math.max(0, total - processed - skipped - failed - recovered)],
  ["success", (progress) => progress.processed],
  ["skipped", (progress) => progress.skipped],
];

function Verdicts({ of: { progress }, chosen, onChoose }: { of: JobDetails; chosen: string; onChoose: (state: string) => void }) {
  return (
    <>
      <button type="button" aria-pressed={chosen === ""} onClick={() => onChoose("")}>
        all {digits(progress.total)}
      </button>
      {verdicts.map(([state, count]) => {
        const { word, kind } = datumStanding(state);
        return (
          (count(progress) > 0 || chosen === state) && (
            <button key={state} type="button" aria-pressed={chosen === state} onClick={() => onChoose(chosen === state ? "" : state)}>
              <Status of={kind} word={`${word} ${digits(count(progress))}`} />
            </button>
          )
        );
      })}
    </>
  );
}
