import { useState, type FormEvent } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { send } from "../api/ask.ts";
import type { ResourceTerms, Share, Supposition } from "../api/shares.ts";
import { Confirm } from "../ui/Confirm.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Problem } from "../ui/Problem.tsx";
import { prospectWord } from "./prospects.ts";
import { fieldText, readTerm, resources, termsOf, type Resource } from "./resources.ts";

type Texts = Record<string, string>;

const key = (of: Resource, field: string) => `${of}.${field}`;

/** What a share may have; only what was changed is sent. */
export function TermsDialog({ share, onClose }: { share: Share; onClose: () => void }) {
  const [first] = useState(() => textsOf(share));
  const [texts, setTexts] = useState(first);
  const [problem, setProblem] = useState<Error>();
  const [following, setFollowing] = useState<Supposition>();
  const [isDeleting, setDeleting] = useState(false);
  const cache = useQueryClient();
  const change = changeOf(first, texts);
  const set = (name: string, text: string) => {
    setTexts({ ...texts, [name]: text });
    setFollowing(undefined);
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    send("PATCH", `/api/shares/${share.name}`, change)
      .then(() => cache.invalidateQueries({ queryKey: ["shares"] }))
      .then(onClose, setProblem);
  };
  const suppose = () => {
    const quota = readTerm(texts[key("gpu", "quota")] ?? "", "gpu");
    send<Supposition>("POST", "/api/whatif", { quotas: { [share.name]: quota } }).then(setFollowing, setProblem);
  };
  if (isDeleting) {
    return <DeleteShare share={share} onClose={onClose} />;
  }

  return (
    <Dialog title={`What ${share.name} may have`} onClose={onClose} className="terms">
      <form className="stack" onSubmit={save}>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">
                <span className="unseen">Resource</span>
              </th>
              <th scope="col">Guaranteed</th>
              <th scope="col">Limit</th>
              <th scope="col" title="How much it gets of what nobody can count on, beside its siblings">Weight</th>
            </tr>
          </thead>
          <tbody>
            {resources.map(({ value, title }) => (
              <tr key={value}>
                <th scope="row">{title}</th>
                {["quota", "limit", "weight"].map((field) => (
                  <td key={field}>
                    <input
                      aria-label={`${title}: ${field}`}
                      value={texts[key(value, field)]}
                      aria-invalid={isWrong(texts, value, field)}
                      onChange={(event) => set(key(value, field), event.target.value)}
                      size={9}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <label title="Siblings of a higher one get what nobody can count on first">
          Priority <input value={texts.priority} aria-invalid={!isWhole(texts.priority)} onChange={(event) => set("priority", event.target.value)} size={6} />
        </label>
        <p className="hint">
          <code>any</code> is any amount. Memory is written as <code>64 GiB</code>.
        </p>
        {following && <Following of={following} />}
        <Problem error={problem} />
        <div className="spread">
          <button type="button" className="danger" onClick={() => setDeleting(true)}>
            Delete…
          </button>
          <span className="row">
            <button type="button" onClick={suppose} disabled={isWrong(texts, "gpu", "quota")} title="Tried on a copy of how everything stands; nothing changes">
              What would follow
            </button>
            <button type="submit" className="main" disabled={!change || Object.keys(change).length === 0}>
              Save
            </button>
          </span>
        </div>
      </form>
    </Dialog>
  );
}

function Following({ of }: { of: Supposition }) {
  return (
    <section aria-label="What would follow" className="following">
      {of.changes.length === 0 && <p>Nothing else would follow for anybody just now.</p>}
      <ul>
        {of.changes.map((one) => (
          <li key={one.id}>
            <b>{one.name}</b> <span className="hint">{one.project}</span>: {prospectWord(one.before)} → {prospectWord(one.after)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function DeleteShare({ share, onClose }: { share: Share; onClose: () => void }) {
  const cache = useQueryClient();
  return (
    <Confirm
      title={`Delete project ${share.name}`}
      action="Delete the project"
      typed={share.name}
      onClose={onClose}
      onConfirm={() => send("DELETE", `/api/shares/${share.name}`).then(() => cache.invalidateQueries({ queryKey: ["shares"] }))}
    >
      <p>Its quota and limits go. Runs that were its work stay{share.queue ? `, and so does queue ${share.queue}` : ""}.</p>
    </Confirm>
  );
}

function textsOf(share: Share): Texts {
  const texts: Texts = { priority: String(share.terms.priority) };
  for (const { value } of resources) {
    const terms = termsOf(share.terms, value);
    texts[key(value, "quota")] = fieldText(terms.quota, value);
    texts[key(value, "limit")] = fieldText(terms.limit, value);
    texts[key(value, "weight")] = String(terms.weight);
  }

  return texts;
}

function isWrong(texts: Texts, of: Resource, field: string): boolean {
  const text = texts[key(of, field)] ?? "";
  return field === "weight" ? !(Number(text) >= 0) || text.trim() === "" : readTerm(text, of) === undefined;
}

function isWhole(text: string | undefined): boolean {
  return /^-?\d+$/.test(text ?? "");
}

/** What to send; undefined when something that was typed is no amount. */
function changeOf(first: Texts, texts: Texts): Record<string, unknown> | undefined {
  const change: Record<string, unknown> = {};
  for (const { value } of resources) {
    const terms: Partial<ResourceTerms> = {};
    for (const field of ["quota", "limit", "weight"] as const) {
      if (texts[key(value, field)] === first[key(value, field)]) {
        continue;
      }

      if (isWrong(texts, value, field)) {
        return undefined;
      }

      const text = texts[key(value, field)] ?? "";
      terms[field] = field === "weight" ? Number(text) : readTerm(text, value);
    }

    if (Object.keys(terms).length > 0) {
      change[value] = terms;
    }
  }

  if (texts.priority !== first.priority) {
    if (!isWhole(texts.priority)) {
      return undefined;
    }

    change.priority = Number(texts.priority);
  }

  return change;
}
