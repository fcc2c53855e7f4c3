import { useMemo } from "react";

type Language = "json" | "yaml";

const patterns: Record<Language, RegExp> = {
  json: /(?<key>"(?:[^"\\]|\\.)*")(?=\s*:)|(?<text>"(?:[^"\\]|\\.)*")|(?<value>\b(?:true|false|null|-?\d[\d.eE+-]*)\b)/g,
  yaml: /(?<comment>(?<=^|\s)#.*$)|(?<key>(?<=^[ -]*)(?:"(?:[^"\\]|\\.)*"|[\w./$-]+)(?=:(?:\s|$)))|(?<text>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|(?<value>(?<=[:-] )(?:true|false|null|-?\d[\d.eE+-]*)$)/gm,
};

/** A text in its language's colours; it stays text. */
export function Highlight({ text, language }: { text: string; language: Language }) {
  const parts = useMemo(() => partsOf(text, language), [text, language]);
  return (
    <pre className="block code">
      {parts.map((part) => (part.kind ? <span key={part.at} className={`code-${part.kind}`}>{part.text}</span> : part.text))}
    </pre>
  );
}

interface Part {
  at: number;
  text: string;
  kind?: string;
}

/** The text in pieces, which together are the text. */
export function partsOf(text: string, language: Language): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const found of text.matchAll(patterns[language])) {
    const kind = Object.entries(found.groups ?? {}).find(([, group]) => group !== undefined)?.[0];
    if (found.index > end) {
      parts.push({ at: end, text: text.slice(end, found.index) });
    }

    parts.push({ at: found.index, text: found[0], kind });
    end = found.index + found[0].length;
  }

  return end < text.length ? [...parts, { at: end, text: text.slice(end) }] : parts;
}
