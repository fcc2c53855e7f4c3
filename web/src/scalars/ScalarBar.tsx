import type { ReactNode } from "react";
import type { Axis } from "../chart/plot.ts";
import { SearchField } from "../ui/SearchField.tsx";
import { Slider } from "../ui/Slider.tsx";
import type { ScalarView } from "./view.ts";

const axes: [Axis, string][] = [
  ["step", "Step"],
  ["relative", "Relative"],
  ["wall", "Wall"],
];

interface ScalarBarProps {
  view: ScalarView;
  onChange: (part: Partial<ScalarView>) => void;
  field: React.RefObject<HTMLInputElement | null>;
  children?: ReactNode;
}

/** How curves are drawn, and which. */
export function ScalarBar({ view, onChange, field, children }: ScalarBarProps) {
  return (
    <div className="bar">
      <SearchField
        field={field}
        label="Filter keys"
        title="Parts of a key, or a regular expression between slashes"
        placeholder="Filter keys, or /regex/  ( / )"
        value={view.filter}
        onChange={(filter) => onChange({ filter })}
      />
      <div className="segments" role="group" aria-label="Horizontal axis">
        {axes.map(([axis, title]) => (
          <button key={axis} type="button" aria-pressed={view.axis === axis} onClick={() => onChange({ axis, zoom: undefined })}>
            {title}
          </button>
        ))}
      </div>
      <button type="button" aria-pressed={view.isLog} onClick={() => onChange({ isLog: !view.isLog })}>
        Log
      </button>
      <Slider label="Smooth" value={view.smoothing} most={0.99} onChange={(smoothing) => onChange({ smoothing })} />
      {view.zoom && (
        <button type="button" onClick={() => onChange({ zoom: undefined })} title="Double click in a chart does it too">
          Show all of x
        </button>
      )}
      {children}
    </div>
  );
}
