import { useState, type FormEvent } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Person } from "../api/admin.ts";
import { ask, send } from "../api/ask.ts";
import { useRefusal } from "../api/me.ts";
import { Confirm } from "../ui/Confirm.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Problem } from "../ui/Problem.tsx";
import { When } from "../ui/When.tsx";

/** Who uses the server. Two roles: administrators may do everything, members everything but administer the server. */
export function PeopleTab() {
  const people = useQuery({
    queryKey: ["people"],
    queryFn: async ({ signal }) => (await ask<{ users: Person[] }>("/api/users", signal)).users,
  });
  const refusal = useRefusal("change who uses the server");
  const [isAdding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<Person>();
  const cache = useQueryClient();
  const refresh = () => cache.invalidateQueries({ queryKey: ["people"] });
  const role = useMutation({
    mutationFn: ({ id, administrator }: { id: string; administrator: boolean }) => send("PATCH", `/api/users/${encodeURIComponent(id)}`, { administrator }),
    onSettled: refresh,
  });
  return (
    <>
      <div className="bar">
        <p className="hint">Members may do everything but administer the server.</p>
        <button type="button" disabled={!!refusal} title={refusal} onClick={() => setAdding(true)}>
          <Icon name="plus" /> Person
        </button>
      </div>
      <Problem error={people.error ?? role.error} />
      <div className="across">
        <table className="dense">
          <thead>
            <tr>
              <th scope="col">Id</th>
              <th scope="col">Name</th>
              <th scope="col">E-mail</th>
              <th scope="col">Role</th>
              <th scope="col">Since</th>
              <th scope="col">
                <span className="unseen">Change</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {people.data?.map((person) => (
              <tr key={person.id}>
                <th scope="row">{person.id}</th>
                <td>{person.name}</td>
                <td>{person.email}</td>
                <td>
                  <select
                    aria-label={`Role of ${person.id}`}
                    value={person.administrator ? "administrator" : "member"}
                    disabled={!!refusal || person.builtIn}
                    title={person.builtIn ? "It came with the server, and keeps its role" : refusal}
                    onChange={(event) => role.mutate({ id: person.id, administrator: event.target.value === "administrator" })}
                  >
                    <option value="member">member</option>
                    <option value="administrator">administrator</option>
                  </select>
                </td>
                <td className="hint">
                  <When time={person.created} />
                </td>
                <td>
                  {!person.builtIn && (
                    <button type="button" disabled={!!refusal} title={refusal} aria-label={`Delete ${person.id}`} onClick={() => setLeaving(person)}>
                      Delete…
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {isAdding && <NewPerson onClose={() => setAdding(false)} onDone={refresh} />}
      {leaving && (
        <Confirm
          title={`Delete ${leaving.id}`}
          action="Delete"
          typed={leaving.id}
          onClose={() => setLeaving(undefined)}
          onConfirm={() => send("DELETE", `/api/users/${encodeURIComponent(leaving.id)}`).then(refresh)}
        >
          <p>Every key pair of {leaving.name} stops working at once, at every door. What {leaving.name} made stays.</p>
        </Confirm>
      )}
    </>
  );
}

function NewPerson({ onClose, onDone }: { onClose: () => void; onDone: () => Promise<unknown> }) {
  const [problem, setProblem] = useState<Error>();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name) ?? "").trim();
    send("POST", "/api/users", { id: text("id"), name: text("name") || text("id"), email: text("email") || null, administrator: fields.has("administrator") })
      .then(onDone)
      .then(onClose, setProblem);
  };
  return (
    <Dialog title="New person" onClose={onClose}>
      <form className="stack fields" onSubmit={submit}>
        <label>
          <span>Id</span>
          <input name="id" required autoFocus maxLength={128} pattern="[A-Za-z0-9._@+\-]+" title="Letters, digits and . _ @ + - ; it never changes" />
        </label>
        <label>
          <span>Name</span>
          <input name="name" maxLength={200} />
        </label>
        <label>
          <span>E-mail</span>
          <input name="email" type="email" />
        </label>
        <label className="check">
          <input name="administrator" type="checkbox" /> administers the server
        </label>
        <Problem error={problem} />
        <div className="row end">
          <button type="submit" className="main">
            Make
          </button>
        </div>
      </form>
    </Dialog>
  );
}
