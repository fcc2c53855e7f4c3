import type { Machine, Parts, ResourceTerms, Share, ShareTerms } from "../api/shares.ts";
import { bytes, short } from "../ui/number.ts";

/** What machines have that is shared. */
export type Resource = "gpu" | "cpu" | "memory";

export const resources: readonly { value: Resource; title: string }[] = [
  { value: "gpu", title: "GPU" },
  { value: "cpu", title: "CPU" },
  { value: "memory", title: "Memory" },
];

export function resourceOf(text: string | null): Resource {
  return text === "cpu" || text === "memory" ? text : "gpu";
}

/** In devices, thousandths of processors, bytes. */
export function amountOf(parts: Parts, of: Resource): number {
  return of === "gpu" ? parts.gpus : of === "cpu" ? parts.cpu_millicores : parts.memory_bytes;
}

export function termsOf(terms: ShareTerms, of: Resource): ResourceTerms {
  return terms[of];
}

/** As people read it: 2.5, 16 cores' worth as 16, 64 GiB. */
export function shown(amount: number, of: Resource): string {
  return of === "memory" ? bytes(amount) : short(of === "cpu" ? amount / 1000 : Math.round(amount * 1000) / 1000);
}

/** Of terms, where -1 is any amount. */
export function shownTerm(amount: number, of: Resource): string {
  return amount < 0 ? "any" : shown(amount, of);
}

/** What there is of everything that is there. */
export function total(machines: readonly Machine[], of: Resource, part: "has" | "held"): number {
  return machines.filter((one) => one.is_alive).reduce((sum, one) => sum + amountOf(one[part], of), 0);
}

/** A share's place in the tree. */
export interface Branch {
  share: Share;
  depth: number;
}

/** Departments above their projects, by name. */
export function treeOf(shares: readonly Share[]): Branch[] {
  const below = (parent: string, depth: number): Branch[] =>
    shares
      .filter((share) => (share.parent ?? "") === parent)
      .toSorted((one, other) => one.name.localeCompare(other.name))
      .flatMap((share) => [{ share, depth }, ...below(share.name, depth + 1)]);
  return below("", 0);
}

/** What of what a share holds is above its quota: others may take it back. */
export function borrowed(share: Share, of: Resource): number {
  const { quota } = termsOf(share.terms, of);
  return quota < 0 ? 0 : Math.max(0, amountOf(share.held, of) - quota);
}

const unitBytes: Record<string, number> = { "": 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };

/** What was typed into a field of terms; undefined for what is no amount. */
export function readTerm(text: string, of: Resource): number | undefined {
  const word = text.trim().toLowerCase();
  if (["", "any", "-1", "none"].includes(word)) {
    return -1;
  }

  const found = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?$/.exec(word);
  if (!found || (of !== "memory" && found[2])) {
    return undefined;
  }

  const value = Number(found[1]);
  return of === "memory" ? Math.round(value * (unitBytes[found[2] ?? ""] ?? 1)) : of === "cpu" ? Math.round(value * 1000) : value;
}

/** The text of a term for a field to begin with. */
export function fieldText(amount: number, of: Resource): string {
  return amount < 0 ? "any" : of === "memory" ? bytes(amount) : String(of === "cpu" ? amount / 1000 : amount);
}
