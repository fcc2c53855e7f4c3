import { lazy, Suspense } from "react";
import type { ComparedRun } from "../api/compare.ts";
import { settingsOf } from "../run/settings.ts";
import { Empty } from "../ui/Empty.tsx";
import { grouped } from "../ui/number.ts";
import { codeRows } from "./code.ts";
import { PairBar, usePair, type Pair } from "./PairBar.tsx";
import { isEqual } from "./rows.ts";
import { filesOf, pairs, type Texts } from "./texts.ts";
import "../data/data.css";

const Hunks = lazy(() => import("../data/Hunks.tsx"));

/** The code and the configuration of two runs: where it is from, and line by line what is in no commit. */
export function CodeOfPair({ runs }: { runs: ComparedRun[] }) {
  const pair = usePair(runs);
  return (
    <div className="fill">
      {pair && <PairBar runs={runs} pair={pair} />}
      {pair && <Both pair={pair} />}
    </div>
  );
}

function Both({ pair: { from, to } }: { pair: Pair }) {
  const facts = codeRows([from, to]);
  const code = filesOf(from.script?.diff ?? "", to.script?.diff ?? "");
  const settings = pairs(textsOf(from), textsOf(to));
  if (facts.length + code.length + settings.length === 0) {
    return (
      <Empty title="Nobody said which code these were">
        <p>
          ClearML's client captures it by itself, MLflow's inside a Git checkout, <code>braid run</code> of any program.
        </p>
      </Empty>
    );
  }

  return (
    <div className="inputs data">
      <table className="plain pair-facts">
        <tbody>
          {facts.map((row) => (
            <tr key={row.name} className={isEqual(row) ? undefined : "differs"}>
              <th scope="row">{row.name}</th>
              {row.values.map((value, at) => (
                // Of the one, and of the other.
                // oxlint-disable-next-line react/no-array-index-key
                <td key={at} className="mono">
                  {value ?? <span className="hint">–</span>}
                </td>
              ))}
              <td className="hint">{isEqual(row) ? "same" : "differs"}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <TextList title="Not committed" texts={code} />
      <TextList title="Configuration" texts={settings} />
    </div>
  );
}

function TextList({ title, texts }: { title: string; texts: Texts[] }) {
  const differing = texts.filter((one) => one.from !== one.to);
  return texts.length === 0 ? null : (
    <section aria-label={title}>
      <h2>
        {title} {differing.length < texts.length && <span className="hint">{grouped(texts.length - differing.length)} the same in both</span>}
      </h2>
      {differing.map((one) => (
        <details key={one.name} open>
          <summary>
            {one.name} {one.from === undefined ? <span className="tag">only in the second</span> : one.to === undefined && <span className="tag">only in the first</span>}
          </summary>
          <div className="diff">
            <Suspense>
              <Hunks before={lined(one.from)} after={lined(one.to)} />
            </Suspense>
          </div>
        </details>
      ))}
    </section>
  );
}

function textsOf(run: ComparedRun): ReadonlyMap<string, string> {
  return new Map(settingsOf(run).map(({ name, text }) => [name, text]));
}

/** Whether a text ends with its last line's end is no difference worth telling. */
function lined(text: string | undefined): string {
  return !text || text.endsWith("\n") ? (text ?? "") : `${text}\n`;
}
