import { useMemo, useRef } from "react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ask, query } from "../api/ask.ts";
import type { Curve } from "../api/run.ts";
import { Chart } from "../chart/Chart.tsx";
import { imageOf } from "../chart/image.ts";
import type { Line } from "../chart/plot.ts";
import { svgOf } from "../chart/svg.ts";
import { Icon } from "../ui/Icon.tsx";
import { Problem } from "../ui/Problem.tsx";
import { fileNameOf, save } from "../ui/save.ts";
import { csvOf, linesOf, requestOf } from "./curves.ts";
import type { ScalarView } from "./view.ts";

const shownSamples = 500;
const exportedSamples = 6000;

/** A run whose curves are drawn. */
export interface Curved {
  id: string;
  name: string;
  started: string | null;
  /** Where the cache keeps its curves: below the run, so that they are asked for again when it changes. */
  cacheKey: string[];
}

interface ScalarCardProps {
  name: string;
  runs: Curved[];
  view: ScalarView;
  onZoom: (zoom: [number, number] | undefined) => void;
}

/** One key's curves, of each run one. */
export function ScalarCard({ name, runs, view, onZoom }: ScalarCardProps) {
  const card = useRef<HTMLElement>(null);
  const asked = requestOf(name, runs, view, shownSamples);
  const curves = useQuery({
    queryKey: [...(runs[0]?.cacheKey ?? []), "curves", asked],
    queryFn: async ({ signal }) => (await ask<{ curves: Curve[] }>(`/api/curves${query(asked)}`, signal)).curves,
    placeholderData: keepPreviousData,
  });
  const lines = useMemo((): Line[] => linesOf(curves.data ?? [], runs, view.axis), [curves.data, runs, view.axis]);
  const download = async () => {
    const answer = await ask<{ curves: Curve[] }>(`/api/curves${query(requestOf(name, runs, view, exportedSamples))}`);
    save(fileNameOf(name, "csv"), new Blob([csvOf(answer.curves, view.axis)], { type: "text/csv" }));
  };
  const picture = async () => {
    const canvas = card.current?.querySelector("canvas");
    const image = canvas && (await imageOf(canvas, name));
    if (image) {
      save(fileNameOf(name, "png"), image);
    }
  };
  const drawing = () => save(fileNameOf(name, "svg"), new Blob([svgOf(lines, { title: name, ...view })], { type: "image/svg+xml" }));
  return (
    <section className="card" aria-label={name} ref={card}>
      <div className="spread">
        <h3 className="cut" title={name}>
          {name}
        </h3>
        <button type="button" className="quiet" onClick={() => void picture()} title="Keep as PNG" aria-label={`Keep ${name} as PNG`}>
          <Icon name="image" />
        </button>
        <button type="button" className="quiet" onClick={drawing} title="Keep as SVG" aria-label={`Keep ${name} as SVG`}>
          <Icon name="drawing" />
        </button>
        <button type="button" className="quiet" onClick={() => void download()} title="Keep as CSV" aria-label={`Keep ${name} as CSV`}>
          <Icon name="download" />
        </button>
      </div>
      <Problem error={curves.error} />
      {curves.data?.length === 0 ? (
        <p className="hint">Nothing was logged here.</p>
      ) : (
        <Chart title={name} lines={lines} look={{ axis: view.axis, isLog: view.isLog, smoothing: view.smoothing }} onZoom={onZoom} />
      )}
    </section>
  );
}
