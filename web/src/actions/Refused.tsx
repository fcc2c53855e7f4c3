import type { Done } from "../api/changes.ts";

/** Which runs an action was refused for, and why. */
export function Refused({ of, nameOf }: { of: Done | undefined; nameOf: (run: string) => string }) {
  if (!of || of.refused.length === 0) {
    return null;
  }

  return (
    <div className="problem" role="alert">
      <ul>
        {of.refused.map((one) => (
          <li key={one.run}>
            {nameOf(one.run)}: {one.message} <code>{one.code}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
