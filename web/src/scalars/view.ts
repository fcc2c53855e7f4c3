import { useSearchParams } from "react-router";
import type { Axis } from "../chart/plot.ts";

/** How curves are looked at; all of it is in the address. */
export interface ScalarView {
  /** A part of a key, or a regular expression between slashes. */
  filter: string;
  axis: Axis;
  isLog: boolean;
  /** 0 to 0.99. */
  smoothing: number;
  /** From where to where, as x is; undefined for all. */
  zoom: [number, number] | undefined;
}

/** @param usual The axis of an address that names none. */
export function readScalarView(params: URLSearchParams, usual: Axis = "step"): ScalarView {
  const axis = params.get("axis");
  const smoothing = Number(params.get("smooth") ?? 0);
  const zoom = params.get("x")?.split("..").map(Number);
  return {
    filter: params.get("key") ?? "",
    axis: axis === "relative" || axis === "wall" || axis === "step" ? axis : usual,
    isLog: params.has("log"),
    smoothing: smoothing > 0 && smoothing < 1 ? smoothing : 0,
    zoom: zoom?.length === 2 && zoom.every(Number.isFinite) ? (zoom as [number, number]) : undefined,
  };
}

/** Changes what the view says in an address, and leaves the rest of it. */
export function writeScalarView(params: URLSearchParams, view: ScalarView, usual: Axis = "step"): URLSearchParams {
  const changed = new URLSearchParams(params);
  const put = (name: string, value: string) => (value ? changed.set(name, value) : changed.delete(name));
  put("key", view.filter);
  put("axis", view.axis === usual ? "" : view.axis);
  put("smooth", view.smoothing ? String(view.smoothing) : "");
  put("x", view.zoom ? view.zoom.map((one) => Number(one.toPrecision(12))).join("..") : "");
  if (view.isLog) {
    changed.set("log", "");
  } else {
    changed.delete("log");
  }

  return changed;
}

export function useScalarView(usual: Axis = "step"): [ScalarView, (part: Partial<ScalarView>) => void] {
  const [params, setParams] = useSearchParams();
  const view = readScalarView(params, usual);
  return [
    view,
    (part) => setParams((now) => writeScalarView(now, { ...readScalarView(now, usual), ...part }, usual), { replace: !("zoom" in part) }),
  ];
}

/** Whether a key is of what a machine did, not of what was learnt: ClearML's and MLflow's clients measure that by themselves. */
export function isOfMachine(key: string): boolean {
  return /^(:monitor:|system\/)/.test(key);
}

/** Whether a key is shown; a pattern that is none yet shows what contains it as a text. */
export function matcher(filter: string): (key: string) => boolean {
  const pattern = /^\/(.+)\/$/.exec(filter)?.[1];
  if (pattern) {
    try {
      const compiled = new RegExp(pattern, "i");
      return (key) => compiled.test(key);
    } catch {
      // While it is being typed.
    }
  }

  const parts = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return (key) => parts.every((part) => key.toLowerCase().includes(part));
}

/** Keys by their first part. Those that share theirs with no other are one group, without a name, which comes first. */
export function groups(keys: string[]): { name: string; keys: string[] }[] {
  const found = new Map<string, string[]>();
  for (const key of keys) {
    const name = key.slice(0, Math.max(0, key.indexOf("/")));
    const list = found.get(name);
    if (list) {
      list.push(key);
    } else {
      found.set(name, [key]);
    }
  }

  const isShared = (name: string, list: string[]) => name !== "" && list.length > 1;
  const shared = [...found].filter(([name, list]) => isShared(name, list)).map(([name, list]) => ({ name, keys: list }));
  const alone = [...found].filter(([name, list]) => !isShared(name, list)).flatMap(([, list]) => list);
  return [...(alone.length > 0 ? [{ name: "", keys: alone }] : []), ...shared.toSorted((a, b) => a.name.localeCompare(b.name))];
}
