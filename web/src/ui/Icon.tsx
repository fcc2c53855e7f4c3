const paths = {
  home: "M3 8.5 8 4l5 4.5V13H9.8V9.8H6.2V13H3z",
  runs: "M2 4h8M2 8h12M2 12h5M13 3l2 1.5-2 1.5",
  data: "M2.5 4c0-2.7 11-2.7 11 0s-11 2.7-11 0M2.5 4v8c0 2.7 11 2.7 11 0V4M2.5 8c0 2.7 11 2.7 11 0",
  queues: "M2 3h12v2.5H2zM2 7h8v2.5H2zM2 11h5v2.5H2z",
  models: "M8 1.8 14 5v6l-6 3.2L2 11V5zM2 5l6 3.2L14 5M8 8.2v6",
  storage: "M2 3h12v3H2zM3 6v7h10V6M6.5 9h3",
  admin: "M8 1.8 13.5 4v4c0 3.2-2.3 5.4-5.5 6.4C4.8 13.4 2.5 11.2 2.5 8V4zM5.5 8l1.8 1.8L10.8 6",
  up: "M4 9.5 8 5.5l4 4",
  top: "M3.5 3h9M4 10.5 8 6.5l4 4",
  bottom: "M3.5 13h9M4 5.5 8 9.5l4-4",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  play: "M5 3.5v9l7.5-4.5z",
  edit: "M3 13l.7-2.8L10.8 3l2.2 2.2-7.2 7.1zM9.4 4.4l2.2 2.2",
  plus: "M8 3v10M3 8h10",
  grip: "M6 4h.5M6 8h.5M6 12h.5M10 4h.5M10 8h.5M10 12h.5",
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.8 10.8 14 14",
  keyboard: "M1.5 4h13v8h-13zM4 6.5h.5M6.5 6.5H7M9 6.5h.5M11.5 6.5h.5M5 9.5h6",
  key: "M5.5 12a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM7.8 7 13.5 2.5M11.5 4l1.8 2",
  sun: "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1",
  moon: "M13 10A5.5 5.5 0 0 1 6 3a5.5 5.5 0 1 0 7 7z",
  contrast: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 2v12M8 5l3.6-1M8 8h6M8 11l3.6 1",
  close: "M4 4l8 8M12 4l-8 8",
  copy: "M5.5 5.5h8v8h-8zM3 10.5H2.5v-8h8V3",
  columns: "M2 3h12v10H2zM6 3v10M10 3v10",
  compare: "M3 13V6M7 13V3M11 13V8M14 13V5",
  explore: "M2.5 2v12M8 2v12M13.5 2v12M2.5 11 8 4l5.5 7M2.5 5 8 10l5.5-6",
  down: "M4 6.5 8 10.5 12 6.5",
  link: "M6.5 9.5 9.5 6.5M7 4.5l1.5-1.5a3 3 0 0 1 4.5 4.5L11.5 9M9 11.5 7.5 13A3 3 0 0 1 3 8.5L4.5 7",
  download: "M8 2v8M4.5 7 8 10.5 11.5 7M3 13.5h10",
  folder: "M2 4h4l1.5 1.5H14V13H2z",
  image: "M2 3h12v10H2zM2 11l4-4 3 3 2-2 3 3",
  drawing: "M2.5 13.5C4 6 9 13 13.5 3M1.5 12.5h2v2h-2zM12.5 2h2v2h-2z",
  file: "M4 2h5l3 3v9H4zM9 2v3h3",
  graph: "M1.5 6h4v4h-4zM10.5 2h4v4h-4zM10.5 10h4v4h-4zM5.5 8h2.5M8 8V4h2.5M8 8v4h2.5",
  list: "M5.5 4H14M5.5 8H14M5.5 12H14M2 4h.5M2 8h.5M2 12h.5",
} as const;

export type IconName = keyof typeof paths;

/** Drawn in the colour of the text beside it; says nothing to who cannot see it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
