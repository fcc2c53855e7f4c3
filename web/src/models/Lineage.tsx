import { Link } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { ask } from "../api/ask.ts";
import type { ModelDetails, Tag } from "../api/models.ts";
import type { Metric } from "../api/run.ts";
import { grouped, short } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { Status } from "../ui/Status.tsx";
import { took } from "../ui/time.ts";

const mostMetrics = 12;

/** From what a model came, as a path: data, run, metrics, model; then who uses it. */
export function Lineage({ of }: { of: ModelDetails }) {
  return (
    <ol className="lineage">
      <li>
        <h2>Data</h2>
        <Data of={of} />
      </li>
      <li>
        <h2>Run</h2>
        {of.maker ? (
          <>
            <p>
              <Status of={of.maker.status} /> <Link to={`/runs/${of.maker.id}`}>{of.maker.name || of.maker.id.slice(0, 8)}</Link>{" "}
              <span className="hint">
                {of.maker.project} {took(of.maker.started, of.maker.completed)}
              </span>
            </p>
            <Metrics run={of.maker.id} />
          </>
        ) : (
          <p className="hint">Nobody said which run made it.</p>
        )}
      </li>
      <li>
        <h2>This model</h2>
        {of.source && (
          <p>
            registered from <Link to={`/models/${of.source}`}>another model</Link>
          </p>
        )}
        <p className="mono path">{of.uri}</p>
        <Measured of={of} />
        <Pairs title="Parameters" of={of.parameters} />
        <Pairs title="Metadata" of={of.metadata} />
      </li>
      <li>
        <h2>Used by {of.consumerCount > 0 && grouped(of.consumerCount)}</h2>
        {of.consumers.length === 0 && <p className="hint">No run has loaded it.</p>}
        <ul>
          {of.consumers.map((run) => (
            <li key={run.id}>
              <Status of={run.status} /> <Link to={`/runs/${run.id}`}>{run.name || run.id.slice(0, 8)}</Link> <span className="hint">{run.project}</span>
            </li>
          ))}
        </ul>
      </li>
    </ol>
  );
}

function Data({ of }: { of: ModelDetails }) {
  return of.inputs.length + of.datasets.length === 0 ? (
    <p className="hint">Its run names no commit and no dataset that it read.</p>
  ) : (
    <ul>
      {of.inputs.map((input) => (
        <li key={input.name}>
          {input.name} <code>{`${input.repo}@${input.commit}`}</code> <span className="hint">{input.branch}</span>
        </li>
      ))}
      {of.datasets.map((dataset) => (
        <li key={`${dataset.name} ${dataset.digest}`}>
          {dataset.name} <code>{dataset.digest}</code> <span className="hint">{dataset.sourceType}</span>
        </li>
      ))}
    </ul>
  );
}

function Metrics({ run }: { run: string }) {
  const metrics = useQuery({
    queryKey: ["run", run, "metrics"],
    queryFn: async ({ signal }) => (await ask<{ metrics: Metric[] }>(`/api/runs/${run}/metrics`, signal)).metrics,
    staleTime: 30_000,
  });
  const list = metrics.data ?? [];
  return (
    <>
      <Problem error={metrics.error} />
      <dl className="values">
        {list.slice(0, mostMetrics).map((metric) => (
          <div key={metric.key}>
            <dt className="cut">{metric.key}</dt>
            <dd className="mono" title={String(metric.last)}>
              {short(metric.last)}
            </dd>
          </div>
        ))}
      </dl>
      {list.length > mostMetrics && <Link to={`/runs/${run}/scalars`}>all {grouped(list.length)}</Link>}
    </>
  );
}

function Measured({ of }: { of: ModelDetails }) {
  return (
    <dl className="values">
      {of.measured.map((one) => (
        <div key={`${one.key} ${one.dataset} ${one.run}`}>
          <dt className="cut">
            {one.key} <span className="hint">{one.dataset}</span>
          </dt>
          <dd className="mono">{short(one.value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Pairs({ title, of }: { title: string; of: readonly Tag[] }) {
  return of.length === 0 ? null : (
    <>
      <h3>{title}</h3>
      <dl className="values">
        {of.map((one) => (
          <div key={one.key}>
            <dt className="cut">{one.key}</dt>
            <dd className="mono cut" title={one.value}>
              {one.value}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
