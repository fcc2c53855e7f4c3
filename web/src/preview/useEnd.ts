import { useEffect, useEffectEvent } from "react";

/** How many rows before the end more is asked for. */
const ahead = 40;

/** Asks for more when the last row that is shown comes near the end of those that are here. */
export function useEnd(last: number | undefined, count: number, more: () => void): void {
  const ask = useEffectEvent(more);
  useEffect(() => {
    if (last !== undefined && count > 0 && last >= count - ahead) {
      ask();
    }
  }, [last, count]);
}
