import type { IconName } from "../ui/Icon.tsx";

/** A page that the side bar leads to: `g` and then its key opens it from the keyboard. */
export interface Place {
  path: string;
  title: string;
  key: string;
  icon: IconName;
}

/** In the order of the side bar. */
export const places: Place[] = [
  { path: "/", title: "Home", key: "h", icon: "home" },
  { path: "/runs", title: "Runs", key: "r", icon: "runs" },
  { path: "/data", title: "Data", key: "d", icon: "data" },
  { path: "/pipelines", title: "Pipelines", key: "p", icon: "graph" },
  { path: "/models", title: "Models", key: "m", icon: "models" },
  { path: "/queues", title: "Queues", key: "q", icon: "queues" },
  { path: "/storage", title: "Storage", key: "s", icon: "storage" },
  { path: "/admin", title: "Admin", key: "a", icon: "admin" },
];
