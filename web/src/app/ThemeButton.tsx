import { useState } from "react";
import { Icon } from "../ui/Icon.tsx";
import { useShortcuts } from "./shortcuts.ts";
import { nextTheme, theme } from "./theme.ts";

const words = { system: "as the system", light: "light", dark: "dark" };

export function ThemeButton() {
  const [chosen, choose] = useState(theme);
  const next = () => choose(nextTheme());
  useShortcuts([{ keys: "t", label: "Light, dark, or as the system", group: "Anywhere", run: next }]);
  return (
    <button type="button" className="quiet" onClick={next} title={`Theme: ${words[chosen]} (t)`} aria-label={`Theme: ${words[chosen]}`}>
      <Icon name={chosen === "dark" ? "moon" : chosen === "light" ? "sun" : "contrast"} />
    </button>
  );
}
