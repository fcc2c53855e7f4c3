import { useState } from "react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { SecretName } from "../api/admin.ts";
import { ask, send } from "../api/ask.ts";
import { Command } from "../ui/Code.tsx";
import { Confirm } from "../ui/Confirm.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Problem } from "../ui/Problem.tsx";
import { When } from "../ui/When.tsx";

/** What pipelines hand to their programs: names only. No page and no call tells a value. */
export function SecretsTab() {
  const secrets = useQuery({
    queryKey: ["secrets"],
    queryFn: async ({ signal }) => (await ask<{ secrets: SecretName[] }>("/api/secrets", signal)).secrets,
  });
  const [leaving, setLeaving] = useState<string>();
  const cache = useQueryClient();
  if (secrets.data?.length === 0) {
    return (
      <Empty title="There are no secrets">
        <p>One is made of the file of a Kubernetes secret; pipelines name it under <code>transform.secrets</code>.</p>
        <Command text="braid create secret -f secret.json" />
      </Empty>
    );
  }

  return (
    <>
      <Problem error={secrets.error} />
      <div className="across">
        <table className="dense">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Type</th>
              <th scope="col">Made</th>
              <th scope="col">
                <span className="unseen">Delete</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {secrets.data?.map((secret) => (
              <tr key={secret.name}>
                <th scope="row">{secret.name}</th>
                <td>{secret.type}</td>
                <td className="hint">
                  <When time={secret.created} />
                </td>
                <td>
                  <button type="button" aria-label={`Delete ${secret.name}`} onClick={() => setLeaving(secret.name)}>
                    Delete…
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {leaving && (
        <Confirm
          title={`Delete secret ${leaving}`}
          action="Delete"
          typed={leaving}
          onClose={() => setLeaving(undefined)}
          onConfirm={() => send("DELETE", `/api/secrets/${encodeURIComponent(leaving)}`).then(() => cache.invalidateQueries({ queryKey: ["secrets"] }))}
        >
          <p>Its values are gone for good. Pipelines that use it keep their specs; their next jobs fail for want of it.</p>
        </Confirm>
      )}
    </>
  );
}
