import type { KeyboardEvent } from "react";
import { valueAt, type Axis } from "./axes.ts";

const keyStep = 0.02;

interface BrushHandlesProps {
  axis: Axis;
  x: number;
  top: number;
  height: number;
  /** All of the axis, where nothing is brushed. */
  range: [number, number];
  onChange: (range: [number, number] | undefined) => void;
}

/** The two ends of what an axis shows, to be moved by arrows; Delete shows all of it again. */
export function BrushHandles({ axis, x, top, height, range, onChange }: BrushHandlesProps) {
  const move = (end: 0 | 1, place: number) => {
    const at = Math.min(1, Math.max(0, place));
    onChange(end === 0 ? [Math.min(at, range[1]), range[1]] : [range[0], Math.max(at, range[0])]);
  };
  const onKey = (event: KeyboardEvent, end: 0 | 1) => {
    const step = axis.words.length > 1 ? 1 / (axis.words.length - 1) : keyStep;
    const to: Record<string, number> = { ArrowUp: range[end] + step, ArrowRight: range[end] + step, ArrowDown: range[end] - step, ArrowLeft: range[end] - step, Home: 0, End: 1 };
    const place = to[event.key];
    if (place !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      move(end, place);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      onChange(undefined);
    }
  };
  return (["low", "high"] as const).map((name, end) => (
    <span
      key={name}
      className={`handle ${name}`}
      role="slider"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={`${axis.title}, ${name} end`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round((range[end as 0 | 1] ?? 0) * 100)}
      aria-valuetext={valueAt(axis, range[end as 0 | 1] ?? 0)}
      style={{ left: x, top: top + (1 - (range[end as 0 | 1] ?? 0)) * height }}
      onKeyDown={(event) => onKey(event, end as 0 | 1)}
    />
  ));
}
