/** What the server refused, in its words, with the code that stays the same. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = "Refusal";
    this.status = status;
    this.code = code;
  }
}

/** Asks the server for JSON. Who is not signed in is sent to sign in, and comes back to this page. */
export function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  return call<T>(path, { signal });
}

/** Asks for a change; the body, if any, goes as JSON. */
export function send<T>(method: "POST" | "PUT" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<T> {
  return call<T>(path, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
}

/** A query string of what is not empty; a list becomes the name again and again. */
export function query(values: Record<string, string | number | boolean | readonly string[] | undefined>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== "") {
        params.append(name, String(one));
      }
    }
  }

  const text = params.toString();
  return text && `?${text}`;
}

async function call<T>(path: string, request: RequestInit): Promise<T> {
  const answer = await fetch(path, { ...request, headers: { accept: "application/json", ...request.headers } });
  if (answer.status === 401) {
    location.assign(`/login?to=${encodeURIComponent(location.pathname + location.search)}`);
  }

  if (!answer.headers.get("content-type")?.startsWith("application/json")) {
    throw new Refusal(answer.status, "web.no-json", `the server answered ${path} with ${answer.status} and no JSON`);
  }

  const body: unknown = await answer.json();
  if (!answer.ok) {
    const { code, message } = body as { code: string; message: string };
    throw new Refusal(answer.status, code, message);
  }

  return body as T;
}
