/** A query with one value put in place; without it, where that is empty. */
export function withParam(params: URLSearchParams, name: string, value: string): URLSearchParams {
  const after = new URLSearchParams(params);
  if (value) {
    after.set(name, value);
  } else {
    after.delete(name);
  }

  return after;
}
