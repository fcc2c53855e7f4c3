import { useState, type FormEvent } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { KeyList, KeyPair, NewKey } from "../api/admin.ts";
import { ask, send } from "../api/ask.ts";
import { Command } from "../ui/Code.tsx";
import { Confirm } from "../ui/Confirm.tsx";
import { Problem } from "../ui/Problem.tsx";
import { When } from "../ui/When.tsx";

/** The key pairs of who is signed in. A secret is shown when it is made, and never again. */
export function KeysTab() {
  const keys = useQuery({ queryKey: ["keys"], queryFn: ({ signal }) => ask<KeyList>("/api/keys", signal) });
  const [revoked, setRevoked] = useState<KeyPair>();
  const cache = useQueryClient();
  const refresh = () => cache.invalidateQueries({ queryKey: ["keys"] });
  const make = useMutation({ mutationFn: (label: string) => send<NewKey>("POST", "/api/keys", { label }), onSuccess: refresh });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    make.mutate(String(new FormData(event.currentTarget).get("label")));
    event.currentTarget.reset();
  };
  return (
    <>
      <form className="bar" onSubmit={submit}>
        <input name="label" aria-label="What the new pair is for" placeholder="What it is for: laptop, CI" maxLength={200} />
        <button type="submit" disabled={make.isPending}>
          Make a key pair
        </button>
        <p className="hint">{keys.data && `${keys.data.keys.length} of at most ${keys.data.most} of ${keys.data.user}`}</p>
      </form>
      <Problem error={keys.error ?? make.error} />
      {make.data && (
        <section className="made" aria-labelledby="made">
          <h2 id="made">The new pair, this once</h2>
          <p className="hint">
            <code>clearml-init</code> wants all of it pasted; every other client takes the two keys in it.
          </p>
          <Command text={make.data.configuration} />
        </section>
      )}
      <div className="across">
        <table className="dense">
          <thead>
            <tr>
              <th scope="col">Access key</th>
              <th scope="col">For</th>
              <th scope="col">Made</th>
              <th scope="col">Used last</th>
              <th scope="col">From</th>
              <th scope="col">
                <span className="unseen">Revoke</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {keys.data?.keys.map((key) => (
              <tr key={key.access_key}>
                <th scope="row">
                  <code>{key.access_key}</code>
                </th>
                <td>{key.label}</td>
                <td className="hint">
                  <When time={key.created} />
                </td>
                <td className="hint">{key.last_used ? <When time={key.last_used} /> : "never"}</td>
                <td>{key.last_used_from}</td>
                <td>
                  {key.is_of_installation ? (
                    <span className="hint">the installation's own</span>
                  ) : (
                    <button type="button" aria-label={`Revoke ${key.label || key.access_key}`} onClick={() => setRevoked(key)}>
                      Revoke…
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {keys.data?.keys.length === 0 && <p className="hint">You have no key pair yet.</p>}
      </div>
      {revoked && (
        <Confirm
          title={`Revoke ${revoked.label || revoked.access_key}`}
          action="Revoke"
          onClose={() => setRevoked(undefined)}
          onConfirm={() =>
            send("DELETE", `/api/keys/${encodeURIComponent(revoked.access_key)}`).then(() => {
              if (make.data?.access_key === revoked.access_key) {
                make.reset();
              }

              return refresh();
            })
          }
        >
          <p>
            Whatever uses <code>{revoked.access_key}</code> stops working at once, with every session that was made with it.
          </p>
        </Confirm>
      )}
    </>
  );
}
