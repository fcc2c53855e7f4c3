import type { ComparedInput, ComparedRun } from "../api/compare.ts";
import { placePage, repoOf, shortCommit } from "../data/address.ts";
import type { ComparedRow } from "./rows.ts";

/** ClearML's client notes under this section which datasets a program asked for. */
const datasetSection = "Datasets";

/** What each run read: commits, datasets that programs named, and models. */
export function inputRows(runs: ComparedRun[]): ComparedRow[] {
  return [...commitRows(runs), ...datasetRows(runs), ...clearmlRows(runs), ...modelRows(runs)];
}

/** Which of the contents of a row a run has: from 1 on, in the order of the runs. Undefined where that is not known, or all are the same commit. */
export function contentNumbers(inputs: (ComparedInput | undefined)[]): (number | undefined)[] {
  const commits = new Set(inputs.flatMap((input) => (input ? [`${input.repo}@${input.commit}`] : [])));
  const hashes = [...new Set(inputs.flatMap((input) => (input?.hash ? [input.hash] : [])))];
  return inputs.map((input) => (commits.size > 1 && input?.hash ? hashes.indexOf(input.hash) + 1 : undefined));
}

/** How what two runs read under one name relates. */
export type Verdict = "commit" | "content" | "differs" | "repo" | "unknown" | "only";

export function verdictOf(from: ComparedInput | undefined, to: ComparedInput | undefined): Verdict {
  return !from || !to
    ? "only"
    : from.repo === to.repo && from.commit === to.commit
      ? "commit"
      : from.hash === null || to.hash === null
        ? "unknown"
        : from.hash === to.hash
          ? "content"
          : from.repo === to.repo
            ? "differs"
            : "repo";
}

/** The names under which any of the runs read a commit. */
export function inputNames(runs: ComparedRun[]): string[] {
  return [...new Set(runs.flatMap((one) => one.inputs.map((input) => input.name)))];
}

function commitRows(runs: ComparedRun[]): ComparedRow[] {
  return inputNames(runs).map((name) => {
    const inputs = runs.map((one) => one.inputs.find((input) => input.name === name));
    const numbers = contentNumbers(inputs);
    const isSame = numbers.every((number) => number === 1);
    return {
      name,
      values: inputs.map((input) => input && `${input.repo}@${shortCommit(input.commit)}`),
      links: inputs.map((input) => input && placePage({ ...repoOf(input.repo), commit: input.commit, path: [] })),
      marks: numbers.map((number) => (number === undefined ? undefined : isSame ? "same content" : `content ${number}`)),
    };
  });
}

function datasetRows(runs: ComparedRun[]): ComparedRow[] {
  return linked(
    runs.map(({ datasets }) => {
      const digests = new Map<string, string>();
      for (const { name, digest, source } of datasets) {
        const others = digests.get(`dataset ${name}`);
        digests.set(`dataset ${name}`, [others, digest || source].filter(Boolean).join(", "));
      }

      return digests;
    }),
  );
}

function clearmlRows(runs: ComparedRun[]): ComparedRow[] {
  return linked(
    runs.map(({ parameters }) => new Map(parameters.filter((one) => one.section === datasetSection).map((one) => [`dataset ${one.name}`, one.value]))),
    (id) => (isRun(id) ? `/runs/${id}` : undefined),
  );
}

function modelRows(runs: ComparedRun[]): ComparedRow[] {
  return linked(
    runs.map(({ inputModels }) => new Map(inputModels.map((model) => [`model ${model.name}`, model.id]))),
    (id) => `/models/${id}`,
  );
}

function linked(tables: Map<string, string>[], link: (value: string) => string | undefined = () => undefined): ComparedRow[] {
  return [...new Set(tables.flatMap((table) => [...table.keys()]))].map((name) => {
    const values = tables.map((table) => table.get(name));
    return { name, values, links: values.map((value) => value && link(value)) };
  });
}

function isRun(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}
