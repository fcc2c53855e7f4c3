import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { ask, query } from "../api/ask.ts";
import type { PlotName } from "../api/plots.ts";
import { useDark } from "../chart/useDark.ts";
import type { Figure, FromFrame, ToFrame } from "../figures/messages.ts";
import { withImages } from "./images.ts";

const idOf = (plot: PlotName) => JSON.stringify([plot.metric, plot.variant]);

/** A frame without origin or network, in which figures that somebody logged are drawn; it asks for those that come into view. */
export function FigureFrame({ run, plots }: { run: string; plots: PlotName[] }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [isReady, setReady] = useState(false);
  const [height, setHeight] = useState(400);
  const isDark = useDark();
  const figureOf = useFigures(run, plots);
  const tell = useCallback((message: ToFrame) => frame.current?.contentWindow?.postMessage(message, "*"), []);
  useEffect(() => {
    const listen = (event: MessageEvent<FromFrame>) => {
      if (event.source !== frame.current?.contentWindow) {
        return;
      }

      const message = event.data;
      if (message.kind === "ready") {
        setReady(true);
      } else if (message.kind === "height") {
        setHeight(Math.min(200_000, Math.max(100, Number(message.height) || 0)));
      } else {
        void figureOf(message.id, message.iteration).then(tell);
      }
    };
    window.addEventListener("message", listen);
    return () => window.removeEventListener("message", listen);
  }, [figureOf, tell]);
  useEffect(() => {
    if (isReady) {
      tell({
        kind: "show",
        isDark,
        plots: plots.map((plot) => ({ id: idOf(plot), title: plot.metric === plot.variant ? plot.metric : `${plot.metric} / ${plot.variant}`, iterations: plot.iterations })),
      });
    }
  }, [isReady, isDark, plots, tell]);
  return <iframe ref={frame} title="Plots" src="/figures.html" sandbox="allow-scripts allow-downloads" style={{ height }} />;
}

/** Asks the server for a figure that the frame wants; only for those that it was told of. */
function useFigures(run: string, plots: PlotName[]): (id: string, iteration: number) => Promise<ToFrame> {
  const cache = useQueryClient();
  const byId = useMemo(() => new Map(plots.map((plot) => [idOf(plot), plot])), [plots]);
  return useCallback(
    async (id, iteration) => {
      const plot = byId.get(id);
      if (!plot?.iterations.includes(iteration)) {
        return { kind: "figure", id, iteration, figure: null };
      }

      const path = `/api/runs/${run}/plots/figure${query({ metric: plot.metric, variant: plot.variant, iteration })}`;
      try {
        const figure = await cache.fetchQuery({
          queryKey: ["figure", path],
          queryFn: async ({ signal }) => withImages(run, (await ask<{ figure: Figure | null }>(path, signal)).figure),
          staleTime: 30_000,
        });
        return { kind: "figure", id, iteration, figure };
      } catch (error) {
        return { kind: "figure", id, iteration, figure: null, problem: error instanceof Error ? error.message : String(error) };
      }
    },
    [byId, cache, run],
  );
}
