import { useState } from "react";
import { useNavigate } from "react-router";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { parse, stringify } from "yaml";
import { Refusal, send } from "../api/ask.ts";
import { askPlan, type PlannedPipeline } from "../api/plan.ts";
import { pipelinePath, type SpecAnswer } from "../api/pipelines.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { Problem } from "../ui/Problem.tsx";
import { PlanTable } from "./PlanTable.tsx";
import { readSpec } from "./specText.ts";

interface SpecEditorProps {
  initial: string;
  /** The next version of a pipeline; otherwise a new one. */
  isUpdate: boolean;
}

/** What was planned: the button that commits is for exactly this. */
interface Planned {
  spec: unknown;
  reprocess: boolean;
  answer: SpecAnswer;
  plan: PlannedPipeline[] | undefined;
  /** Why nobody can say what would run: an input that failed, say, which is no reason against another spec. */
  unknown: string;
}

/** A spec as text: 1 the server reads it as it would, and says what is wrong; 2 what would run is shown; 3 then it can be committed. */
export function SpecEditor({ initial, isUpdate }: SpecEditorProps) {
  const [text, setText] = useState(initial);
  const [reprocess, setReprocess] = useState(false);
  const { plan, commit } = useCommit(text, isUpdate, reprocess);
  const { data, isPending } = plan;
  const go = () => (data ? commit.mutate(data) : plan.mutate());
  useShortcuts([{ keys: "Mod+enter", label: "Plan, then commit", group: "Spec", run: go }]);
  const change = (act: () => void) => {
    act();
    plan.reset();
    commit.reset();
  };
  const convert = (write: (spec: unknown) => string) => {
    try {
      const spec = readSpec(text, parse);
      change(() => setText(write(spec)));
    } catch {
      // Planning says what is wrong with a text that cannot be read.
      plan.mutate();
    }
  };
  return (
    <div className="editor">
      <textarea
        aria-label="Spec"
        className="mono"
        spellCheck={false}
        autoFocus
        value={text}
        aria-invalid={plan.isError}
        onChange={(event) => change(() => setText(event.target.value))}
      />
      <div className="row spec-bar">
        <button type="button" className={data ? undefined : "main"} disabled={isPending} onClick={() => plan.mutate()} title="What it would run (Ctrl Enter)">
          Plan
        </button>
        <button type="button" className={data ? "main" : undefined} disabled={!data || commit.isPending} onClick={go}>
          {isUpdate ? "Update the pipeline" : "Create the pipeline"}
        </button>
        {isUpdate && (
          <label>
            <input type="checkbox" checked={reprocess} onChange={(event) => change(() => setReprocess(event.target.checked))} /> reprocess every datum
          </label>
        )}
        <span className="row">
          <button type="button" className="quiet" onClick={() => convert((spec) => stringify(spec))}>
            as YAML
          </button>
          <button type="button" className="quiet" onClick={() => convert((spec) => JSON.stringify(spec, null, 2))}>
            as JSON
          </button>
        </span>
      </div>
      <Problem error={plan.error ?? commit.error} />
      {data?.answer.warnings.map((warning) => (
        <p key={warning} className="reason">
          {warning}
        </p>
      ))}
      {data?.unknown && <p className="reason">What would run is not known: {data.unknown}</p>}
      <PlanTable plan={data?.plan} isAsking={isPending} />
    </div>
  );
}

async function planned(spec: unknown, reprocess: boolean): Promise<Pick<Planned, "plan" | "unknown">> {
  try {
    return { plan: await askPlan(spec, reprocess), unknown: "" };
  } catch (error) {
    if (error instanceof Refusal) {
      return { plan: undefined, unknown: error.message };
    }

    throw error;
  }
}

function useCommit(text: string, isUpdate: boolean, reprocess: boolean) {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const plan = useMutation({
    mutationFn: async (): Promise<Planned> => {
      const spec = readSpec(text, parse);
      // 1
      const answer = await send<SpecAnswer>("PUT", "/api/pipelines", { spec, update: isUpdate, reprocess, dryRun: true });
      // 2
      return { spec, reprocess, answer, ...(await planned(spec, reprocess)) };
    },
  });
  const commit = useMutation({
    // 3
    mutationFn: (planned: Planned) => send<SpecAnswer>("PUT", "/api/pipelines", { spec: planned.spec, update: isUpdate, reprocess: planned.reprocess }),
    onSuccess: async ({ project, name }) => {
      await cache.invalidateQueries({ queryKey: ["pipeline", project, name] });
      await navigate(pipelinePath(project, name));
    },
  });
  return { plan, commit };
}
