/** `GET /api/runs/ID/plots` */
export interface PlotList {
  plots: PlotName[];
}

export interface PlotName {
  metric: string;
  variant: string;
  /** In rising order. */
  iterations: number[];
}

/** `GET /api/runs/ID/samples` */
export interface SampleList {
  samples: Sample[];
}

export interface Sample {
  metric: string;
  variant: string;
  /** The newest first. */
  shots: Shot[];
}

export interface Shot {
  iteration: number;
  time: number;
  uri: string;
}

/** Where the server has what an event of a run names by its address. */
export function storedAt(run: string, uri: string): string {
  return `/api/runs/${run}/stored?uri=${encodeURIComponent(uri)}`;
}
