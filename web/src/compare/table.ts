import { parameterKey } from "../api/run.ts";
import type { ComparedRun } from "../api/compare.ts";
import { environmentOf, packagesOf } from "../run/environment.ts";
import { settingsOf, valuesOf } from "../run/settings.ts";
import { isOfMachine } from "../scalars/view.ts";
import { short } from "../ui/number.ts";
import { moment } from "../ui/time.ts";
import { codeRows } from "./code.ts";
import { costRows } from "./cost.ts";
import { inputRows } from "./inputs.ts";
import { hasValue, keyed, keysOf, linesOf, type ComparedRow } from "./rows.ts";

export interface ComparedPart {
  title: string;
  rows: ComparedRow[];
}

/** Everything of the runs, side by side, part by part. */
export function partsOf(runs: ComparedRun[]): ComparedPart[] {
  const parts: ComparedPart[] = [
    { title: "Run", rows: facts(runs) },
    { title: "Cost", rows: costRows(runs) },
    { title: "Parameters", rows: keyed(runs, (one) => one.parameters.map((parameter) => [parameterKey(parameter), parameter.value])) },
    { title: "Metrics, last", rows: metrics(runs, (key) => !isOfMachine(key)) },
    { title: "Inputs", rows: inputRows(runs) },
    { title: "Code", rows: codeRows(runs) },
    { title: "Configuration", rows: keyed(runs, configuration) },
    { title: "Environment", rows: keyed(runs, environmentOf) },
    { title: "Machine, last", rows: metrics(runs, isOfMachine) },
    { title: "Packages", rows: keyed(runs, (one) => packagesOf(one).flatMap(({ packages }) => packages.map(([name, version]) => [name, version || "any"]))) },
    { title: "Tags", rows: keyed(runs, (one) => one.tags.filter((tag) => !tag.key.startsWith("mlflow.")).map((tag) => [tag.key, tag.value])) },
  ];
  return parts.filter((part) => part.rows.length > 0);
}

function facts(runs: ComparedRun[]): ComparedRow[] {
  const row = (name: string, value: (one: ComparedRun) => string | null | undefined): ComparedRow => ({
    name,
    values: runs.map((one) => value(one) || undefined),
  });
  return [
    row("Status", ({ run }) => run.status.replaceAll("_", " ")),
    row("Project", ({ run }) => run.project),
    row("User", ({ run }) => run.user),
    row("Type", ({ run }) => run.type),
    row("Started", ({ run }) => run.started && moment(run.started)),
    row("Note", (one) => one.comment),
  ].filter(hasValue);
}

/** Every value by its path below the object's name; of a text in no form that is known, how long it is. */
function configuration(one: ComparedRun): [string, string][] {
  return settingsOf(one).flatMap(({ name, text }): [string, string][] => {
    const values = valuesOf(text);
    return values ? values.map(([path, value]) => [`${name}/${path}`, value]) : [[name, linesOf(text)]];
  });
}

function metrics(runs: ComparedRun[], isIn: (key: string) => boolean): ComparedRow[] {
  const tables = runs.map((one) => new Map(one.metrics.filter((metric) => isIn(metric.key)).map((metric) => [metric.key, metric.last])));
  return keysOf(tables).map((name) => {
    const numbers = tables.map((table) => table.get(name));
    return { name, numbers, values: numbers.map((value) => (value === undefined ? undefined : short(value))) };
  });
}
