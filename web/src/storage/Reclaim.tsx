import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ask, send } from "../api/ask.ts";
import type { SweepPlan, SweepState } from "../api/space.ts";
import { bytes, grouped } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { When } from "../ui/When.tsx";
import { ByteBars } from "./ByteBars.tsx";

const busyMs = 1000;
const idleMs = 10_000;

const phases: Record<SweepState["phase"], string> = {
  idle: "Nothing is being reclaimed",
  marking: "Reading what is needed",
  waiting: "Waiting for writers that began before",
  freeing: "Freeing",
};

/** What nothing refers to any more: said first, and freed when the plan is taken. */
export function Reclaim({ refusal }: { refusal: string | undefined }) {
  const cache = useQueryClient();
  const state = useQuery({
    queryKey: ["sweep"],
    queryFn: ({ signal }) => ask<SweepState>("/api/gc", signal),
    enabled: refusal === undefined,
    refetchInterval: (query) => (query.state.data?.phase === "idle" ? idleMs : busyMs),
  });
  const plan = useMutation({ mutationFn: () => send<SweepPlan>("POST", "/api/gc/plan") });
  const apply = useMutation({
    mutationFn: (id: string) => send<SweepState>("POST", `/api/gc/apply/${id}`),
    onSuccess: (now) => {
      cache.setQueryData(["sweep"], now);
      plan.reset();
    },
  });
  const isBusy = state.data !== undefined && state.data.phase !== "idle";
  return (
    <section aria-labelledby="reclaim">
      <div className="spread">
        <h2 id="reclaim">Reclaim</h2>
        <button type="button" disabled={!!refusal || plan.isPending || isBusy} title={refusal ?? "Reads every node of every tree; changes nothing"} onClick={() => plan.mutate()}>
          {plan.isPending ? "Planning…" : "Plan"}
        </button>
      </div>
      <Problem error={state.error ?? plan.error ?? apply.error} />
      {refusal && <p className="hint">{refusal}.</p>}
      {state.data && <State of={state.data} />}
      {plan.data && (
        <div className="plan">
          <p>
            <b>{bytes(plan.data.freed_bytes)}</b> of {bytes(plan.data.stored_bytes)} would be free: {grouped(plan.data.deleted_packs)} of {grouped(plan.data.packs)} packs
            deleted, {grouped(plan.data.rewritten_packs)} written anew.
            {plan.data.spare_bytes > 0 && ` ${bytes(plan.data.spare_bytes)} that nothing needs stay where too little of their pack is free.`}
          </p>
          <h3>What holds the rest</h3>
          <ByteBars of={plan.data.held.map((one) => ({ name: `${one.kind} ${one.group}`, bytes: one.bytes, hint: `${one.references} references` }))} none="Nothing." />
          <div className="row end">
            <button type="button" onClick={() => plan.reset()}>
              Leave it
            </button>
            <button type="button" className="main" disabled={apply.isPending || plan.data.freed_bytes === 0} onClick={() => apply.mutate(plan.data.plan)}>
              Free {bytes(plan.data.freed_bytes)}
            </button>
          </div>
        </div>
      )}
    </section>
  );
}

function State({ of }: { of: SweepState }) {
  return (
    <p className="hint" role="status">
      {phases[of.phase]}
      {of.phase === "waiting" && of.oldest_writer && (
        <>
          ; the oldest began <When time={of.oldest_writer} />
        </>
      )}
      {of.phase !== "idle" ? (
        "…"
      ) : of.failure ? (
        `. The last time failed: ${of.failure}`
      ) : of.ended ? (
        <>
          . The last time, <When time={of.ended} />, freed {bytes(Math.max(0, of.freed_bytes ?? 0))}
          {of.continues && " and goes on later"}.
        </>
      ) : (
        "."
      )}
    </p>
  );
}
