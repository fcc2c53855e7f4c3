/** What the page tells the frame that draws figures. */
export type ToFrame =
  | { kind: "show"; plots: ShownPlot[]; isDark: boolean }
  | { kind: "figure"; id: string; iteration: number; figure: Figure | null; problem?: string };

/** What the frame tells the page. */
export type FromFrame = { kind: "ready" } | { kind: "height"; height: number } | { kind: "wanted"; id: string; iteration: number };

export interface ShownPlot {
  id: string;
  title: string;
  /** In rising order. */
  iterations: number[];
}

/** A figure of Plotly's, as somebody logged it: nothing is known of it. */
export interface Figure {
  data?: unknown;
  layout?: unknown;
}
