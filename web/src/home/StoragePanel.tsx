import { Link } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { ask } from "../api/ask.ts";
import type { SpaceUse } from "../api/space.ts";
import { usesBy } from "../storage/uses.ts";
import { bytes } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";

const mostShown = 5;
const freshMs = 60_000;

/** Which projects store most. */
export function StoragePanel() {
  const use = useQuery({ queryKey: ["space"], queryFn: ({ signal }) => ask<SpaceUse>("/api/space", signal), staleTime: freshMs });
  const uses = use.data ? usesBy(use.data, "project").filter((one) => one.bytes > 0) : [];
  return (
    <section aria-labelledby="storage">
      <div className="spread">
        <h2 id="storage">Storage</h2>
        <Link to="/storage">all</Link>
      </div>
      <Problem error={use.error} />
      {use.data && uses.length === 0 && <p className="hint">Nothing is stored.</p>}
      <ul>
        {uses.slice(0, mostShown).map((one) => (
          <li key={one.name}>
            <span className="cut">{one.name}</span>
            <span className="hint">{one.hint}</span>
            <span className="number">{bytes(one.bytes)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
