import { useRef } from "react";
import { useSearchParams } from "react-router";
import { useShortcuts } from "../app/shortcuts.ts";
import { Copy } from "../ui/Copy.tsx";
import { Empty } from "../ui/Empty.tsx";
import { SearchField } from "../ui/SearchField.tsx";
import { withParam } from "../ui/withParam.ts";
import { environmentOf, notedOf, packagesOf } from "./environment.ts";
import { useShownRun } from "./useRun.ts";

/** What the program ran in: the machine, the image, the interpreter, and every package with its version. */
export function EnvironmentTab() {
  const shown = useShownRun();
  const [params, setParams] = useSearchParams();
  const field = useRef<HTMLInputElement>(null);
  const text = params.get("q") ?? "";
  const facts = environmentOf(shown);
  const noted = notedOf(shown);
  const lists = packagesOf(shown);
  useShortcuts([{ keys: "/", label: "Search packages", group: "Environment", run: () => field.current?.focus() }]);
  if (facts.length + noted.length + lists.length === 0) {
    return (
      <Empty title="Nobody said where this ran">
        <p>
          ClearML's client describes machine and packages by itself, <code>braid run</code> the packages of any Python.
        </p>
      </Empty>
    );
  }

  return (
    <div className="columns">
      <div className="stack">
        {facts.length > 0 && <Facts title="Machine" facts={facts} />}
        {noted.length > 0 && <Facts title="Noted by the client" facts={noted.map(({ name, value }) => [name, value])} />}
      </div>
      {lists.length > 0 && (
        <div className="stack">
          <SearchField field={field} label="Search packages" placeholder="Search packages  ( / )" value={text} onChange={(next) => setParams(withParam(params, "q", next), { replace: true })} />
          {lists.map(({ list, packages }) => (
            <section key={list} aria-label={`Packages of ${list}`}>
              <h2>
                {list} <span className="hint">{packages.length}</span> <Copy text={packages.map(([name, version]) => lineOf(name, version)).join("\n")} label={`Copy the packages of ${list}`} />
              </h2>
              <Table rows={packages.filter(([name]) => name.toLowerCase().includes(text.toLowerCase()))} />
            </section>
          ))}
        </div>
      )}
    </div>
  );
}

function Facts({ title, facts }: { title: string; facts: [string, string][] }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <Table rows={facts} />
    </section>
  );
}

function Table({ rows }: { rows: [string, string][] }) {
  return (
    <table className="plain">
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="mono">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** As pip reads it. */
function lineOf(name: string, version: string): string {
  return version === "" ? name : /^[\d.]/.test(version) ? `${name}==${version}` : `${name}${version}`;
}
