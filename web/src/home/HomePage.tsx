import { Link } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { ask, query } from "../api/ask.ts";
import type { ModelPage } from "../api/models.ts";
import type { RunPage } from "../api/runs.ts";
import { useWork } from "../queues/useQueues.ts";
import { Problem } from "../ui/Problem.tsx";
import { useTitle } from "../ui/useTitle.ts";
import { When } from "../ui/When.tsx";
import { FirstRun } from "./FirstRun.tsx";
import { QuotaPanel } from "./QuotaPanel.tsx";
import { RunList } from "./RunList.tsx";
import { StoragePanel } from "./StoragePanel.tsx";
import "./home.css";

const refreshMs = 5000;
const mostShown = 8;
const failedDays = 7;

/** What runs, what waits, what failed lately, what came of it; and how to begin, where nothing is yet. */
export function HomePage() {
  useTitle(undefined);
  const running = useRuns("running", "status = 'in_progress'", "-started");
  const waiting = useRuns("waiting", "status = 'queued'", "created");
  const failed = useRuns("failed", `status = 'failed' AND completed > ${dayStart(-failedDays)}`, "-completed");
  const ended = useRuns("ended", "status IN ('completed', 'published', 'closed', 'stopped')", "-completed");
  const any = useRuns("any", "", "-created");
  const work = useWork("");
  const reasons = new Map(work.data?.workloads.map((one) => [one.id, one.message]));
  if (any.data?.runs.length === 0) {
    return <FirstRun />;
  }

  return (
    <div className="home">
      <h1>Home</h1>
      <Problem error={any.error} onRetry={() => void any.refetch()} />
      <div className="panels">
        <RunList title="Running" runs={running.data} none="Nothing runs." filter="status = 'in_progress'" />
        <RunList title="Waiting" runs={waiting.data} none="Nothing waits." filter="status = 'queued'" reasons={reasons} />
        <RunList title="Failed in the last week" runs={failed.data} none="Nothing failed." filter="status = 'failed'" says="why" />
        <RunList title="Ended last" runs={ended.data} none="Nothing has ended." filter="status = 'completed'" />
        <QuotaPanel />
        <Models />
        <StoragePanel />
      </div>
    </div>
  );
}

function useRuns(name: string, filter: string, sort: string) {
  return useQuery({
    queryKey: ["home", name],
    queryFn: ({ signal }) => ask<RunPage>(`/api/runs${query({ filter, sort, limit: mostShown })}`, signal),
    refetchInterval: refreshMs,
  });
}

function Models() {
  const models = useQuery({
    queryKey: ["home", "models"],
    queryFn: ({ signal }) => ask<ModelPage>(`/api/models${query({ limit: mostShown })}`, signal),
    refetchInterval: refreshMs,
  });
  return (
    <section aria-labelledby="models">
      <div className="spread">
        <h2 id="models">Recent models</h2>
        <Link to="/models">all</Link>
      </div>
      {models.data?.models.length === 0 && <p className="hint">No model was logged.</p>}
      <ul>
        {models.data?.models.map((model) => (
          <li key={model.id}>
            <span className="cut">
              <Link to={`/models/${model.id}`}>{model.name}</Link>
            </span>
            <span className="hint">{model.version ? `v${model.version}` : model.framework}</span>
            <span className="hint">
              <When time={model.created} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The beginning of a day from now: it stays the same for hours, and so does the question. */
function dayStart(days: number): number {
  const day = 86_400_000;
  return (Math.floor(Date.now() / day) + days) * day;
}
