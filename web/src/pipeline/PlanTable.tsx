import type { PlannedPipeline } from "../api/plan.ts";
import { grouped } from "../ui/number.ts";

const columns = ["Run", "Skip", "Gone"];

/** What a change would set going, pipeline by pipeline, those upstream first. */
export function PlanTable({ plan, isAsking }: { plan: PlannedPipeline[] | undefined; isAsking: boolean }) {
  if (isAsking) {
    return <p className="hint">Looking at what would run…</p>;
  }

  if (!plan || plan.length === 0) {
    return plan ? <p className="hint">Nothing would run.</p> : null;
  }

  return (
    <div className="wide">
      <table className="plain plan" aria-label="What would run">
        <thead>
          <tr>
            <th scope="col">Pipeline</th>
            {columns.map((column) => (
              <th key={column} scope="col" className="number">
                {column}
              </th>
            ))}
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {plan.map((one) => (
            <tr key={one.pipeline}>
              <th scope="row">
                {one.pipeline} {one.new && <span className="tag">new</span>}
              </th>
              {one.awaits.length > 0 ? (
                <td colSpan={4} className="hint">
                  known when {one.awaits.join(", ")} has run
                </td>
              ) : (
                <>
                  <td className="number">{grouped(one.run)}</td>
                  <td className="number">{grouped(one.skip)}</td>
                  <td className="number">{grouped(one.gone)}</td>
                  <td>{Object.entries(one.reasons).map(([reason, count]) => `${reason} (${grouped(count)})`).join(", ")}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
