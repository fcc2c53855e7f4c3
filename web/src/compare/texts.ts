import { files } from "../run/Diff.tsx";

/** A text of two runs; undefined where one has none. */
export interface Texts {
  name: string;
  from: string | undefined;
  to: string | undefined;
}

/** What is in no commit, file by file: patches as Git writes them, or a program that is in no repository. */
export function filesOf(from: string, to: string): Texts[] {
  return pairs(contentOf(from), contentOf(to));
}

/** Texts by their names, those of the one beside those of the other. */
export function pairs(from: ReadonlyMap<string, string>, to: ReadonlyMap<string, string>): Texts[] {
  return [...new Set([...from.keys(), ...to.keys()])].map((name) => ({ name, from: from.get(name), to: to.get(name) }));
}

function contentOf(text: string): ReadonlyMap<string, string> {
  return /^diff --git /m.test(text)
    ? new Map(files(text).map(({ name, lines }) => [name, lines.join("\n")]))
    : new Map(text.trim() ? [["program", text]] : []);
}
