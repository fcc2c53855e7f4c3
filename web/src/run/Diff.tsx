const kinds: Record<string, string> = { "+": "added", "-": "removed", "@": "place" };

/** A patch as Git writes it, file by file. */
export function Diff({ text }: { text: string }) {
  return (
    <div className="diff">
      {files(text).map((file) => (
        <details key={file.name} open>
          <summary>{file.name}</summary>
          <pre>
            {file.lines.map((line, at) => (
              // Lines have no name but their place.
              // oxlint-disable-next-line react/no-array-index-key
              <div key={at} className={kinds[line[0] ?? ""]}>
                {line || " "}
              </div>
            ))}
          </pre>
        </details>
      ))}
    </div>
  );
}

/** Splits a patch at its files; the lines that only name the file go. */
export function files(patch: string): { name: string; lines: string[] }[] {
  const found: { name: string; lines: string[] }[] = [];
  for (const line of patch.split("\n")) {
    const name = /^diff --git a\/.* b\/(.*)$/.exec(line)?.[1];
    if (name) {
      found.push({ name, lines: [] });
    } else if (!/^(index |--- |\+\+\+ )/.test(line)) {
      if (found.length === 0) {
        found.push({ name: "patch", lines: [] });
      }

      found.at(-1)?.lines.push(line);
    }
  }

  return found;
}
