import { useState } from "react";
import { bytes } from "../ui/number.ts";
import type { Use } from "./uses.ts";

const fewest = 15;

/** Names with bars as long as what they store, the greatest first. */
export function ByteBars({ of, none }: { of: readonly Use[]; none: string }) {
  const [isWhole, setWhole] = useState(false);
  const most = Math.max(1, ...of.map((one) => one.bytes));
  const shown = isWhole ? of : of.slice(0, fewest);
  return (
    <>
      {of.length === 0 && <p className="hint">{none}</p>}
      <ul className="bytebars">
        {shown.map((one) => (
          <li key={one.name}>
            <span className="cut" title={one.name}>
              {one.name}
            </span>
            <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect className="room" width="100" height="10" />
              <rect className="own" width={(one.bytes / most) * 100} height="10" />
            </svg>
            <span className="number">{bytes(one.bytes)}</span>
            <span className="hint cut">{one.hint}</span>
          </li>
        ))}
      </ul>
      {of.length > shown.length && (
        <button type="button" className="link" onClick={() => setWhole(true)}>
          and {of.length - shown.length} more
        </button>
      )}
    </>
  );
}
