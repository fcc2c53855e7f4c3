/** `GET /api/find?q=` */
export interface FindingList {
  found: Finding[];
}

export interface Finding {
  /** A word for people: run, pipeline, project, model. */
  kind: string;
  /** The page that shows it. */
  path: string;
  title: string;
  hint: string;
}
