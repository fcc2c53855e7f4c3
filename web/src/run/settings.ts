import type { RunDetails } from "../api/run.ts";

/** A configuration object of a run: a file, or a dictionary that ClearML's client wrote as text. */
export interface Settings {
  name: string;
  /** A word of the client's: dictionary, json, yaml; may be empty. */
  type: string;
  description: string;
  text: string;
}

export function settingsOf({ configuration }: Pick<RunDetails, "configuration">): Settings[] {
  return Object.entries(configuration ?? {})
    .map(([name, value]) => {
      const { type, description, value: content } = (isObject(value) ? value : { value: JSON.stringify(value) }) as Record<string, unknown>;
      return { name, type: wordOf(type), description: wordOf(description), text: wordOf(content) };
    })
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** The values in a text of settings by their paths (`model/depth`); undefined for a text that is in no form known here. */
export function valuesOf(text: string): [string, string][] | undefined {
  const parsed = parsedJson(text);
  return parsed === undefined ? hoconValues(text) : leaves("", parsed);
}

function leaves(path: string, value: unknown): [string, string][] {
  if (typeof value !== "object" || value === null) {
    return [[path, typeof value === "string" ? value : JSON.stringify(value)]];
  }

  return Object.entries(value).flatMap(([key, inner]) => leaves(path ? `${path}/${key}` : key, inner));
}

/** A dictionary as ClearML's client writes it (HOCON of one value a line): `depth = 18`, `model {`, `}`, lists over several lines. */
function hoconValues(text: string): [string, string][] | undefined {
  const values: [string, string][] = [];
  const path: { name: string; isList: boolean; count: number }[] = [];
  const at = (name: string) => [...path.map((one) => one.name), name].join("/");
  for (const line of text.split("\n").map((one) => one.trim())) {
    const list = path.at(-1);
    if (line === "" || line.startsWith("#") || line.startsWith("//")) {
      continue;
    }

    if (/^[}\]],?$/.test(line)) {
      if (!path.pop()) {
        return undefined;
      }
    } else if (list?.isList) {
      const name = String(list.count++);
      if (/^[{[]$/.test(line)) {
        path.push({ name, isList: line === "[", count: 0 });
      } else {
        values.push([at(name), plain(line.replace(/,$/, ""))]);
      }
    } else {
      const found = /^("(?:[^"\\]|\\.)*"|[^\s:={}"]+)\s*(?:[:=]\s*(.*)|(\{))$/.exec(line);
      if (!found?.[1]) {
        return undefined;
      }

      const [, name, value, brace] = found;
      const opens = brace ?? (/^[{[]$/.test(value ?? "") ? value : undefined);
      if (opens) {
        path.push({ name: plain(name), isList: opens === "[", count: 0 });
      } else if (value) {
        values.push([at(plain(name)), plain(value.replace(/,$/, ""))]);
      } else {
        return undefined;
      }
    }
  }

  return path.length === 0 && values.length > 0 ? values : undefined;
}

function plain(text: string): string {
  const parsed = text.startsWith('"') ? parsedJson(text) : undefined;
  return typeof parsed === "string" ? parsed : text;
}

/** Undefined for what is no JSON. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // It is written in another way.
    return undefined;
  }
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function wordOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
