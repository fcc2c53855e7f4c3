interface Tag {
  key: string;
  value: string;
}

/** Tags as lines of text; a value of several lines stays on one, its breaks written as \\n. */
export function linesOf(tags: Tag[]): string {
  return tags.map(({ key, value }) => `${key} = ${value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}`).join("\n");
}

/** What the lines say that the tags do not: which to set, which to remove. A line without a sign is a tag without a value. */
export function tagsChange(tags: Tag[], lines: string): { setTags: Record<string, string>; removeTags: string[] } {
  const wanted = new Map(lines.split("\n").filter((line) => line.trim()).map(parse));
  const known = new Map(tags.map((tag) => [tag.key, tag.value]));
  return {
    setTags: Object.fromEntries([...wanted].filter(([key, value]) => known.get(key) !== value)),
    removeTags: [...known.keys()].filter((key) => !wanted.has(key)),
  };
}

function parse(line: string): [string, string] {
  const at = line.indexOf("=");
  const value = at < 0 ? "" : line.slice(at + 1).trim();
  return [(at < 0 ? line : line.slice(0, at)).trim(), value.replaceAll(/\\(\\|n)/g, (_, one: string) => (one === "n" ? "\n" : "\\"))];
}
