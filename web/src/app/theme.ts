/** Light, dark, or what the system says; kept in this browser. */
export type Theme = "system" | "light" | "dark";

const key = "braid.theme";
const order: Theme[] = ["system", "light", "dark"];

export function theme(): Theme {
  const kept = localStorage.getItem(key);
  return order.find((one) => one === kept) ?? "system";
}

export function applyTheme(): void {
  const chosen = theme();
  document.documentElement.dataset.theme = chosen;
  window.dispatchEvent(new Event("braid:theme"));
}

export function nextTheme(): Theme {
  const next = order[(order.indexOf(theme()) + 1) % order.length] ?? "system";
  localStorage.setItem(key, next);
  applyTheme();
  return next;
}
