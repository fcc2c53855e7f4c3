import { useEffect, useRef } from "react";
import { put } from "./put.ts";

/** A slider whose value is in the address: the browser moves it at once, the address follows. */
export function Slider({ label, value, most, onChange }: { label: string; value: number; most: number; onChange: (value: number) => void }) {
  const slider = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (document.activeElement !== slider.current) {
      put(slider.current, String(value));
    }
  }, [value]);
  return (
    <label>
      {label}
      <input ref={slider} type="range" min="0" max={most} step="0.01" defaultValue={value} onChange={(event) => onChange(Number(event.target.value))} />
      <span className="mono">{value.toFixed(2)}</span>
    </label>
  );
}
