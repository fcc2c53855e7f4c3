import { useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { send } from "../api/ask.ts";
import { useRefusal } from "../api/me.ts";
import type { Machine } from "../api/shares.ts";
import { Confirm } from "../ui/Confirm.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Problem } from "../ui/Problem.tsx";
import { bytes } from "../ui/number.ts";
import { When } from "../ui/When.tsx";
import { amountOf, resources, shown, type Resource } from "./resources.ts";
import { ShareBar } from "./ShareBar.tsx";
import { useMachines } from "./useQueues.ts";

/** The machines: what each has, how much of it is taken, whether its agent is there. */
export function MachinesTab() {
  const machines = useMachines();
  const refusal = useRefusal("change machines");
  const [problem, setProblem] = useState<Error>();
  const [gone, setGone] = useState<Machine>();
  const cache = useQueryClient();
  const change = (method: "POST" | "DELETE", path: string) =>
    send(method, `/api/nodes/${path}`).then(() => cache.invalidateQueries({ queryKey: ["machines"] }));
  if (machines.data?.length === 0) {
    return (
      <Empty title="No machine has come yet">
        <p>
          <code>braid agent</code> on a machine makes it one of these; the server's own machine is one by itself.
        </p>
      </Empty>
    );
  }

  return (
    <>
      <Problem error={machines.error ?? problem} onRetry={() => void machines.refetch()} />
      <div className="across">
        <table className="dense machines">
          <thead>
            <tr>
              <th scope="col">Machine</th>
              <th scope="col">State</th>
              {resources.map((one) => (
                <th key={one.value} scope="col">
                  {one.title}
                </th>
              ))}
              <th scope="col" className="number">Replicas</th>
              <th scope="col">Seen</th>
              <th scope="col">Labels</th>
              <th scope="col">
                <span className="unseen">Change</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {machines.data?.map((machine) => (
              <tr key={machine.name}>
                <th scope="row">
                  {machine.name}
                  <span className="hint below">
                    pool {machine.pool}
                    {machine.agent_version && `, agent ${machine.agent_version}`}
                  </span>
                </th>
                <td>
                  <MachineState of={machine} />
                </td>
                {resources.map((one) => (
                  <td key={one.value} className="amount">
                    <Amount of={machine} resource={one.value} />
                  </td>
                ))}
                <td className="number">{machine.replicas}</td>
                <td className="hint">
                  <When time={machine.last_seen} />
                </td>
                <td className="labels">
                  {machine.executors.map((one) => (
                    <span key={one} className="tag">
                      {one}
                    </span>
                  ))}
                  {Object.entries(machine.labels).map(([key, value]) => (
                    <span key={key} className="tag" title={`${key}=${value}`}>
                      {key.replace(/^.*\//, "")}={value}
                    </span>
                  ))}
                  {machine.taints.map((taint) => (
                    <span key={taint} className="tag" title="Only work that tolerates it is placed here">
                      {taint}
                    </span>
                  ))}
                </td>
                <td>
                  <button
                    type="button"
                    disabled={!!refusal}
                    title={refusal ?? (machine.is_cordoned ? "Work may be placed here again" : "Nothing new is placed here; what runs goes on")}
                    onClick={() => void change("POST", `${machine.name}/${machine.is_cordoned ? "uncordon" : "cordon"}`).then(() => setProblem(undefined), setProblem)}
                  >
                    {machine.is_cordoned ? "Uncordon" : "Cordon"}
                  </button>
                  {!machine.is_alive && (
                    <button type="button" disabled={!!refusal} title={refusal} onClick={() => setGone(machine)}>
                      Forget…
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {gone && (
        <Confirm title={`Forget ${gone.name}`} action="Forget it" onClose={() => setGone(undefined)} onConfirm={() => change("DELETE", gone.name)}>
          <p>
            Its agent was seen last <When time={gone.last_seen} />. It is a machine again when its agent comes back.
          </p>
        </Confirm>
      )}
    </>
  );
}

function MachineState({ of }: { of: Machine }) {
  const [sign, word, look] = !of.is_alive ? ["✕", "gone", "failed"] : of.is_cordoned ? ["■", "cordoned", "stopped"] : ["✓", "ready", "completed"];
  return (
    <span className={`status ${look}`}>
      <span aria-hidden="true">{sign}</span> {word}
    </span>
  );
}

function Amount({ of, resource }: { of: Machine; resource: Resource }) {
  const [has, held] = [amountOf(of.has, resource), amountOf(of.held, resource)];
  const words = `${shown(held, resource)} of ${shown(has, resource)}`;
  return has === 0 ? (
    <span className="hint">none</span>
  ) : (
    <>
      <ShareBar held={held} wanted={held} quota={-1} fair={undefined} most={has} label={words} />
      <span title={resource === "gpu" ? devicesOf(of) : undefined}>{words}</span>
    </>
  );
}

/** A line for each device. */
function devicesOf({ gpus }: Machine): string {
  return gpus.map((gpu) => `${gpu.index}: ${gpu.mig_profile ?? gpu.name}, ${bytes(gpu.memory_bytes)}`).join("\n");
}
