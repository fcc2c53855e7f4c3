import { lazy, Suspense } from "react";
import { kindOf } from "../preview/kinds.ts";
import { Preview } from "../preview/Preview.tsx";
import { ImageDiff } from "./ImageDiff.tsx";

const TextDiff = lazy(() => import("./TextDiff.tsx"));

const kindsOfText = new Set(["text", "json", "table", "notebook", "page"]);

interface FileDiffProps {
  name: string;
  /** Where the bytes were; none: it was not there. */
  before: string | undefined;
  after: string | undefined;
}

/** Two versions of a file: images one over the other, texts line by line, what is only in one as it is. */
export function FileDiff({ name, before, after }: FileDiffProps) {
  const kind = kindOf(name);
  if (before && after && kind === "image") {
    return <ImageDiff name={name} before={before} after={after} />;
  }

  if (before && after && kindsOfText.has(kind)) {
    return (
      <Suspense>
        <TextDiff before={before} after={after} />
      </Suspense>
    );
  }

  const only = after ?? before;
  return (
    <>
      {before && after && <p className="hint">Files of this kind are not compared; this is the newer one.</p>}
      {only && <Preview name={name.slice(name.lastIndexOf("/") + 1)} address={only} />}
    </>
  );
}
