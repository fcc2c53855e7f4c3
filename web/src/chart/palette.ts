/** Colours that people who see few of them can tell apart (after Okabe and Ito), dark enough or light enough for their paper. */
const light = ["#0b62a8", "#c2410c", "#0f7b5f", "#a3246f", "#8a6d00", "#5b4bb7", "#4d5763", "#b3261e"];
const dark = ["#6db3f2", "#f59e5c", "#4fc9a4", "#e58ac0", "#e3c34d", "#a89bf0", "#b4bec9", "#ff9187"];

/** After eight lines colours come again, with another dash. */
const dashes: number[][] = [[], [6, 4], [2, 3], [9, 3, 2, 3]];

export interface Style {
  colour: string;
  dash: number[];
}

export function isDark(): boolean {
  const theme = document.documentElement.dataset.theme;
  return theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
}

/** How the line of this number is drawn. */
export function style(at: number, onDark: boolean): Style {
  const colours = onDark ? dark : light;
  return {
    colour: colours[at % colours.length] ?? "#888888",
    dash: dashes[Math.floor(at / colours.length) % dashes.length] ?? [],
  };
}
