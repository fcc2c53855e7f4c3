/** A movable name of a version. */
export function Alias({ of, version }: { of: string; version?: number }) {
  return (
    <span className="tag alias" title="An alias: it is moved from version to version">
      @{of}
      {version !== undefined && ` → v${version}`}
    </span>
  );
}

const signs: Record<string, string> = { production: "●", staging: "◐", archived: "○" };

/** MLflow's stage, as a word with a sign; nothing for none. */
export function Stage({ of, version }: { of: string; version?: number | null }) {
  return of ? (
    <span className={`stage ${of}`}>
      <span aria-hidden="true">{signs[of] ?? "○"}</span> {of}
      {version ? ` v${version}` : ""}
    </span>
  ) : null;
}
