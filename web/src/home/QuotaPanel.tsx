import { Link } from "react-router";
import { amountOf, borrowed, shown, termsOf, total, type Resource } from "../queues/resources.ts";
import { ShareBar } from "../queues/ShareBar.tsx";
import { useMachines, useShares } from "../queues/useQueues.ts";
import { Problem } from "../ui/Problem.tsx";

const mostShown = 8;

/** What projects have of the GPUs, or of the processors where there are no GPUs. */
export function QuotaPanel() {
  const shares = useShares();
  const machines = useMachines();
  const of: Resource = total(machines.data ?? [], "gpu", "has") > 0 ? "gpu" : "cpu";
  const has = total(machines.data ?? [], of, "has");
  const busy = (shares.data ?? [])
    .filter((share) => !share.is_department && (amountOf(share.wanted, of) > 0 || termsOf(share.terms, of).quota > 0))
    .toSorted((one, other) => amountOf(other.wanted, of) - amountOf(one.wanted, of));
  const most = Math.max(1, has, ...busy.map((share) => amountOf(share.held, of)));
  return (
    <section aria-labelledby="quota">
      <div className="spread">
        <h2 id="quota">Quota</h2>
        <Link to="/queues">all</Link>
      </div>
      <Problem error={shares.error ?? machines.error} />
      <p className="hint">
        {shown(total(machines.data ?? [], of, "held"), of)} of {shown(has, of)} {of === "gpu" ? "GPUs" : "processors"} used
      </p>
      <ul>
        {busy.slice(0, mostShown).map((share) => (
          <li key={share.name}>
            <span className="cut name">{share.name}</span>
            <span className="bar">
              <ShareBar
                held={amountOf(share.held, of)}
                wanted={amountOf(share.wanted, of)}
                quota={termsOf(share.terms, of).quota}
                fair={undefined}
                most={most}
                label={`${shown(amountOf(share.held, of), of)} used, ${shown(borrowed(share, of), of)} borrowed`}
              />
            </span>
            <span className="hint number">{shown(amountOf(share.held, of), of)}</span>
            <span className="hint waits">{share.waiting > 0 && `${share.waiting} ${share.waiting === 1 ? "waits" : "wait"}`}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
