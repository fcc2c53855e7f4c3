/** A file is read by so many bytes at a time. */
export const rangeBytes = 256 * 1024;

export interface Range {
  bytes: ArrayBuffer;
  /** How long the file is. */
  total: number;
}

/** The bytes of a file between two places, the second one excluded. */
export async function readRange(address: string, from: number, to: number, signal?: AbortSignal): Promise<Range> {
  const answer = await fetch(address, { headers: { range: `bytes=${from}-${to - 1}` }, signal });
  // An empty file has no first byte to ask for.
  if (answer.status === 416) {
    return { bytes: new ArrayBuffer(0), total: from };
  }

  if (!answer.ok) {
    throw new Error(`${address}: ${answer.status}`);
  }

  const bytes = await answer.arrayBuffer();
  return { bytes, total: totalOf(answer.headers.get("content-range")) ?? bytes.byteLength };
}

/** All of a file, as text. */
export async function readText(address: string, signal?: AbortSignal): Promise<string> {
  const answer = await fetch(address, { signal });
  if (!answer.ok) {
    throw new Error(`${address}: ${answer.status}`);
  }

  return answer.text();
}

/** How long it is that a part comes of: `bytes 0-99/1234`. */
export function totalOf(contentRange: string | null): number | undefined {
  const total = /\/(\d+)$/.exec(contentRange ?? "")?.[1];
  return total === undefined ? undefined : Number(total);
}

/** The text of ranges that follow each other; a sign that is cut between two is put together. */
export function textOf(ranges: Range[]): string {
  const decoder = new TextDecoder();
  return ranges.map((range) => decoder.decode(range.bytes, { stream: true })).join("") + decoder.decode();
}
