import { useEffect, useRef } from "react";

/** Something that a key, or two keys one after the other ("g r"), does. */
export interface Shortcut {
  /** As KeyboardEvent.key says them, with "Mod+" for Ctrl or Cmd. */
  keys: string;
  label: string;
  /** Where the list of shortcuts shows it. */
  group: string;
  run: () => void;
}

/** How long the second key of a pair may take. */
const pairMs = 1200;

const active = new Set<() => Shortcut[]>();
let first: { key: string; at: number } | undefined;

/** The shortcuts that work now; the last page to come is asked first. */
export function activeShortcuts(): Shortcut[] {
  return [...active].toReversed().flatMap((list) => list());
}

/** These shortcuts work as long as the component is there. */
export function useShortcuts(shortcuts: Shortcut[]): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const list = () => latest.current;
    active.add(list);
    return () => {
      active.delete(list);
    };
  }, []);
}

/** Finds what a key means, given the key before it; keys typed into a field mean nothing but with Ctrl or Cmd. */
export function match(event: KeyboardEvent, shortcuts: Shortcut[], now: number): Shortcut | undefined {
  const mod = event.ctrlKey || event.metaKey;
  const isForTarget =
    (isTyping(event.target) && !mod) ||
    (event.key === "Enter" && isControl(event.target)) ||
    (/^(Arrow|Home$|End$)/.test(event.key) && isMoved(event.target));
  if (event.altKey || isForTarget) {
    return undefined;
  }

  const name = mod ? `Mod+${event.key.toLowerCase()}` : event.key;
  const pair = first && now - first.at < pairMs ? `${first.key} ${name}` : undefined;
  const found = shortcuts.find((one) => one.keys === pair) ?? shortcuts.find((one) => one.keys === name);
  first = found || mod ? undefined : { key: name, at: now };
  return found;
}

/** The one listener of the application. */
export function useShortcutKeys(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const found = document.querySelector("dialog[open]") ? undefined : match(event, activeShortcuts(), event.timeStamp);
      if (found) {
        event.preventDefault();
        found.run();
      }
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

/** Enter is for what has the focus, where that does something. */
function isControl(target: EventTarget | null): boolean {
  return ["A", "BUTTON", "INPUT", "SUMMARY"].includes((target as HTMLElement | null)?.tagName ?? "");
}

/** Arrows are for what has the focus, where they move it: sliders, and what scrolls by itself. */
function isMoved(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  return (element as HTMLInputElement | null)?.type === "range" || element?.role === "region";
}

function isTyping(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  return (
    !!element &&
    (element.isContentEditable || ["TEXTAREA", "SELECT"].includes(element.tagName) || isTextInput(element))
  );
}

function isTextInput(element: HTMLElement): boolean {
  return element.tagName === "INPUT" && !["checkbox", "radio", "button", "range"].includes((element as HTMLInputElement).type);
}
