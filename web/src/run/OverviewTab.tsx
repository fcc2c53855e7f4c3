import { lazy, Suspense } from "react";
import { Link } from "react-router";
import { CommitName } from "../data/CommitName.tsx";
import { isOfMachine } from "../scalars/view.ts";
import { grouped, short } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { Status } from "../ui/Status.tsx";
import { moment } from "../ui/time.ts";
import { useMetrics, useShownRun } from "./useRun.ts";

const Markdown = lazy(() => import("../ui/Markdown.tsx"));

const mostShown = 50;

/** What one wants to know first: the last values, where it came from, what belongs to it. */
export function OverviewTab() {
  const shown = useShownRun();
  const { run, comment, tags, worker, children } = shown;
  const note = comment || tags.find((tag) => tag.key === "mlflow.note.content")?.value;
  const said = tags.filter((tag) => !tag.key.startsWith("mlflow."));
  return (
    <div className="columns">
      <Metrics id={run.id} />
      <div className="stack">
        {note && (
          <section aria-label="Note">
            <h2>Note</h2>
            <Suspense fallback={<p>{note}</p>}>
              <Markdown text={note} />
            </Suspense>
          </section>
        )}
        <section>
          <h2>Facts</h2>
          <table className="plain">
            <tbody>
              <Fact name="Type" value={run.type} />
              <Fact name="Created" value={moment(run.created)} />
              <Fact name="Started" value={run.started && moment(run.started)} />
              <Fact name="Ended" value={run.completed && moment(run.completed)} />
              <Fact name="Worker" value={worker} />
              {said.map((tag) => (
                <Fact key={tag.key} name={tag.key} value={tag.value} />
              ))}
            </tbody>
          </table>
        </section>
        {shown.inputs.length > 0 && (
          <section>
            <h2>Read</h2>
            <ul>
              {shown.inputs.map((input) => (
                <li key={input.name}>
                  {input.name}: <CommitName repo={input.repo} commit={input.commit} />
                </li>
              ))}
            </ul>
          </section>
        )}
        {children.length > 0 && (
          <section>
            <h2>Steps</h2>
            <table className="plain">
              <tbody>
                {children.map((child) => (
                  <tr key={child.id}>
                    <td>
                      <Status of={child.status} />
                    </td>
                    <td>
                      <Link to={`/runs/${child.id}`}>{child.name || child.id.slice(0, 8)}</Link>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </div>
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string | null | undefined }) {
  return value ? (
    <tr>
      <th scope="row">{name}</th>
      <td>{value}</td>
    </tr>
  ) : null;
}

function Metrics({ id }: { id: string }) {
  const metrics = useMetrics(id);
  const learnt = metrics.data?.filter((metric) => !isOfMachine(metric.key));
  return (
    <section>
      <div className="spread">
        <h2>Metrics</h2>
        {learnt && learnt.length > mostShown && (
          <Link to="scalars">all {grouped(learnt.length)}</Link>
        )}
      </div>
      <Problem error={metrics.error} />
      {learnt?.length === 0 && <p className="hint">No metric was logged.</p>}
      {learnt && learnt.length > 0 && (
        <table className="plain numbers">
          <thead>
            <tr>
              <th scope="col">Key</th>
              <th scope="col">Last</th>
              <th scope="col">Smallest</th>
              <th scope="col">Greatest</th>
              <th scope="col">Points</th>
            </tr>
          </thead>
          <tbody>
            {learnt.slice(0, mostShown).map((metric) => (
              <tr key={metric.key}>
                <th scope="row">
                  <Link to={`scalars?key=${encodeURIComponent(metric.key)}`}>{metric.key}</Link>
                </th>
                <td className="mono" title={String(metric.last)}>
                  {short(metric.last)}
                </td>
                <td className="mono">{short(metric.min)}</td>
                <td className="mono">{short(metric.max)}</td>
                <td className="mono">{grouped(metric.count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
