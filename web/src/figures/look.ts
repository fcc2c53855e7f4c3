import type { Figure } from "./messages.ts";

const colours = {
  light: { ink: "#1a1f26", line: "#dde2e7", ways: ["#0b62a8", "#c2410c", "#0f7b5f", "#a3246f", "#8a6d00", "#5b4bb7", "#4d5763", "#b3261e"] },
  dark: { ink: "#e4e7eb", line: "#2a323c", ways: ["#6db3f2", "#f59e5c", "#4fc9a4", "#e58ac0", "#e3c34d", "#a89bf0", "#b4bec9", "#ff9187"] },
};

/** What was drawn for another page's size and paper fits into a card of this one. */
export function layoutOf(figure: Figure, title: string, isDark: boolean): Record<string, unknown> {
  const { width: _, height: __, template: ___, paper_bgcolor: ____, plot_bgcolor: _____, ...own } = objectOf(figure.layout);
  return {
    margin: { t: 30, r: 20, b: 45, l: 55 },
    ...Object.fromEntries(Object.entries(own).map(([name, value]) => [name, /axis\d*$/.test(name) ? withTitle(value) : value])),
    title: isSaidAlready(own.title, title) ? undefined : titleOf(own.title),
    autosize: true,
    template: templateOf(isDark),
  };
}

export function dataOf(figure: Figure): unknown[] {
  return Array.isArray(figure.data) ? figure.data : [];
}

function withTitle(axis: unknown): Record<string, unknown> {
  const own = objectOf(axis);
  return "title" in own ? { ...own, title: titleOf(own.title) } : own;
}

/** Older clients write a title as a text, which the library takes no more. */
function titleOf(title: unknown): unknown {
  return typeof title === "string" ? { text: title } : title;
}

function isSaidAlready(title: unknown, said: string): boolean {
  const text = typeof title === "string" ? title : objectOf(title).text;
  return typeof text === "string" && said.includes(text.trim());
}

function templateOf(isDark: boolean): object {
  const { ink, line, ways } = isDark ? colours.dark : colours.light;
  const axis = { gridcolor: line, linecolor: line, zerolinecolor: line, automargin: true };
  return {
    layout: {
      colorway: ways,
      font: { color: ink, size: 11, family: "system-ui, sans-serif" },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      xaxis: axis,
      yaxis: axis,
      legend: { orientation: "h" },
      hoverlabel: { namelength: -1 },
    },
    data: {
      table: [
        {
          header: { fill: { color: isDark ? "#222933" : "#eaeef2" }, line: { color: line }, align: "left" },
          cells: { fill: { color: isDark ? "#12161b" : "#ffffff" }, line: { color: line }, align: "left" },
        },
      ],
    },
  };
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
