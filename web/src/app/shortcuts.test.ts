import { expect, test } from "vitest";
import { match, type Shortcut } from "./shortcuts.ts";

const nothing = () => undefined;
const list: Shortcut[] = [
  { keys: "g r", label: "Runs", group: "Go", run: nothing },
  { keys: "r", label: "Refresh", group: "Here", run: nothing },
  { keys: "Mod+k", label: "Find", group: "Anywhere", run: nothing },
];

function key(name: string, more: Partial<KeyboardEvent> = {}): KeyboardEvent {
  return { key: name, ctrlKey: false, metaKey: false, altKey: false, target: null, ...more } as KeyboardEvent;
}

test("a pair of keys wins over its second key alone, while it is young", () => {
  expect(match(key("g"), list, 0)).toBeUndefined();
  expect(match(key("r"), list, 100)?.label).toBe("Runs");
  expect(match(key("g"), list, 5000)).toBeUndefined();
  expect(match(key("r"), list, 9000)?.label).toBe("Refresh");
});

test("arrows move the slider that has the focus, not the list beside it", () => {
  const end: Shortcut = { keys: "End", label: "Last file", group: "Files", run: nothing };
  const slider = { tagName: "INPUT", type: "range" } as unknown as EventTarget;
  expect(match(key("End", { target: slider }), [end], 0)).toBeUndefined();
  expect(match(key("End"), [end], 0)?.label).toBe("Last file");
});

test("what is typed into a field is text, but for Ctrl and Cmd", () => {
  const field = { tagName: "INPUT", type: "search" } as unknown as EventTarget;
  expect(match(key("r", { target: field }), list, 0)).toBeUndefined();
  expect(match(key("k", { target: field, ctrlKey: true }), list, 0)?.label).toBe("Find");
});
