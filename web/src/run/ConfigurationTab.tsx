import { useMemo, useRef } from "react";
import { useSearchParams } from "react-router";
import { parameterKey, type Parameter } from "../api/run.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { Copy } from "../ui/Copy.tsx";
import { Empty } from "../ui/Empty.tsx";
import { SearchField } from "../ui/SearchField.tsx";
import { withParam } from "../ui/withParam.ts";
import { settingsOf, valuesOf, type Settings } from "./settings.ts";
import { useShownRun } from "./useRun.ts";

/** All that the run was told: parameters by section, and configuration objects; the field narrows both by key or value. */
export function ConfigurationTab() {
  const shown = useShownRun();
  const [params, setParams] = useSearchParams();
  const field = useRef<HTMLInputElement>(null);
  const text = params.get("q") ?? "";
  const sought = text.toLowerCase();
  const isFound = (key: string, value: string) => `${key} ${value}`.toLowerCase().includes(sought);
  const sections = sectionsOf(shown.parameters.filter((one) => isFound(parameterKey(one), one.value)));
  const settings = useMemo(() => settingsOf(shown), [shown]);
  const found = settings.filter((one) => isFound(one.name, one.text));
  useShortcuts([{ keys: "/", label: "Search keys and values", group: "Configuration", run: () => field.current?.focus() }]);
  if (shown.parameters.length + settings.length === 0) {
    return <Empty title="No parameters were logged" />;
  }

  return (
    <div className="narrow stack">
      <div>
        <SearchField field={field} label="Search parameters" placeholder="Search keys and values  ( / )" value={text} onChange={(next) => setParams(withParam(params, "q", next), { replace: true })} />
      </div>
      {sections.map(([section, list]) => (
        <section key={section} aria-label={section}>
          <h2>
            {section} <span className="hint">{list.length}</span>
          </h2>
          <table className="plain">
            <tbody>
              {list.map((one) => (
                <tr key={one.name}>
                  <th scope="row">{one.name}</th>
                  <td className="mono">{one.value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
      {found.map((one) => (
        <ConfigurationObject key={one.name} of={one} isFound={isFound} />
      ))}
      {sections.length + found.length === 0 && <p className="hint">None of {shown.parameters.length + settings.length} matches.</p>}
    </div>
  );
}

/** A configuration object: as a table where its form is known, as it was written otherwise. */
function ConfigurationObject({ of: { name, type, description, text }, isFound }: { of: Settings; isFound: (key: string, value: string) => boolean }) {
  const values = useMemo(() => valuesOf(text), [text]);
  const matching = values?.filter(([path, value]) => isFound(`${name}/${path}`, value));
  return (
    <section aria-label={name}>
      <h2>
        {name} <span className="hint">{type || "object"}</span> <Copy text={text} label={`Copy ${name}`} />
      </h2>
      {description && <p className="hint">{description}</p>}
      {matching ? (
        <table className="plain">
          <tbody>
            {matching.map(([path, value]) => (
              <tr key={path}>
                <th scope="row">{path}</th>
                <td className="mono">{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <pre className="block">{text}</pre>
      )}
    </section>
  );
}

function sectionsOf(parameters: Parameter[]): [string, Parameter[]][] {
  const sections = new Map<string, Parameter[]>();
  for (const one of parameters) {
    sections.set(one.section, [...(sections.get(one.section) ?? []), one]);
  }

  return [...sections];
}
