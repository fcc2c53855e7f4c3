import { useSearchParams } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { ask } from "../api/ask.ts";
import { useRefusal } from "../api/me.ts";
import type { SpaceUse } from "../api/space.ts";
import { grouped } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { Segments } from "../ui/Segments.tsx";
import { useTitle } from "../ui/useTitle.ts";
import { ByteBars } from "./ByteBars.tsx";
import { Integrity } from "./Integrity.tsx";
import { Reclaim } from "./Reclaim.tsx";
import { usesBy, type Grouping } from "./uses.ts";
import "./storage.css";

const groupings = [
  { value: "project", title: "Projects" },
  { value: "repo", title: "Repos" },
  { value: "user", title: "Users" },
] as const;

/** Who stores how much, what of it nothing needs any more, and whether all of it is as it was written. */
export function StoragePage() {
  const [params, setParams] = useSearchParams();
  const asked = params.get("by");
  const by: Grouping = asked === "repo" || asked === "user" ? asked : "project";
  const use = useQuery({ queryKey: ["space"], queryFn: ({ signal }) => ask<SpaceUse>("/api/space", signal), staleTime: 30_000 });
  const refusal = useRefusal("reclaim space and check what is stored");
  useTitle("Storage");
  return (
    <div className="storage">
      <h1>Storage</h1>
      <div className="columns">
        <section aria-labelledby="uses">
          <div className="spread">
            <h2 id="uses">Who stores how much</h2>
            <Segments label="By" options={groupings} value={by} onChange={(value) => setParams(value === "project" ? {} : { by: value }, { replace: true })} />
          </div>
          <Problem error={use.error} onRetry={() => void use.refetch()} />
          {use.data && <ByteBars of={usesBy(use.data, by)} none="Nothing is stored." />}
          <p className="hint">
            Repos at their heads, runs with their files. What is stored once for several counts for each
            {use.data && `: the store has ${grouped(use.data.chunks)} different pieces`}.
          </p>
        </section>
        <div className="stack">
          <Reclaim refusal={refusal} />
          <Integrity refusal={refusal} />
        </div>
      </div>
    </div>
  );
}
