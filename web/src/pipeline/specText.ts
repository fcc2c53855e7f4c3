import { Refusal } from "../api/ask.ts";

/** The spec that a text says, in JSON or in YAML, of which JSON is a part. */
export function readSpec(text: string, parse: (text: string) => unknown): unknown {
  let spec: unknown;
  try {
    spec = parse(text);
  } catch (error) {
    throw malformed(error instanceof Error ? error.message : String(error));
  }

  if (typeof spec !== "object" || spec === null || Array.isArray(spec)) {
    throw malformed("a spec is one object, as in: pipeline: {name: edges}");
  }

  return spec;
}

function malformed(why: string): Refusal {
  return new Refusal(400, "web.malformed-spec", why);
}

/** What a new pipeline begins with. */
export const example = `pipeline:
  name: edges
description: Finds the edges of each image
transform:
  image: python:3.12
  cmd: [python3, /code/edges.py]
input:
  pfs:
    repo: images
    glob: /*
`;
