import * as Plotly from "plotly.js-strict-dist-min";
import { dataOf, layoutOf } from "./look.ts";
import type { FromFrame, ShownPlot, ToFrame } from "./messages.ts";
import "./figures.css";

/*
 * The page of the frame that draws figures. It has no origin and no network: the page around it hands it each figure that comes into
 * view, and it draws what it is given.
 */

interface Card {
  plot: ShownPlot;
  section: HTMLElement;
  place: HTMLElement;
  hint: HTMLElement;
  /** The iteration that was asked for last. */
  wanted: number | undefined;
}

const config = { responsive: true, displaylogo: false, showSendToCloud: false, plotlyServerURL: "", modeBarButtonsToRemove: ["select2d", "lasso2d"] };
const cards = new Map<string, Card>();
let isDark = false;

const tell = (message: FromFrame) => parent.postMessage(message, "*");

const seen = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      const card = cards.get((entry.target as HTMLElement).dataset.id ?? "");
      if (entry.isIntersecting && card && card.wanted === undefined) {
        want(card, card.plot.iterations.at(-1) ?? 0);
      }
    }
  },
  { rootMargin: "300px" },
);

window.addEventListener("message", (event: MessageEvent<ToFrame>) => {
  if (event.source !== parent) {
    return;
  }

  const message = event.data;
  if (message.kind === "show") {
    show(message.plots, message.isDark);
  } else {
    void draw(message);
  }
});
new ResizeObserver(() => tell({ kind: "height", height: document.documentElement.offsetHeight })).observe(document.documentElement);
tell({ kind: "ready" });

function show(plots: ShownPlot[], dark: boolean): void {
  const isRepainted = dark !== isDark;
  isDark = dark;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  const kept = new Set(plots.map((plot) => plot.id));
  for (const [id, card] of cards) {
    if (!kept.has(id) || isRepainted || card.plot.iterations.length !== plots.find((plot) => plot.id === id)?.iterations.length) {
      seen.unobserve(card.section);
      Plotly.purge(card.place);
      card.section.remove();
      cards.delete(id);
    }
  }

  for (const plot of plots) {
    const card = cards.get(plot.id) ?? make(plot);
    document.body.append(card.section);
  }
}

function make(plot: ShownPlot): Card {
  const section = document.createElement("section");
  section.dataset.id = plot.id;
  const head = section.appendChild(document.createElement("header"));
  const title = head.appendChild(document.createElement("h3"));
  title.textContent = plot.title;
  title.title = plot.title;
  const hint = document.createElement("span");
  const card: Card = { plot, section, place: document.createElement("div"), hint, wanted: undefined };
  if (plot.iterations.length > 1) {
    head.append(sliderOf(card));
  }

  head.append(hint);
  section.append(card.place);
  cards.set(plot.id, card);
  seen.observe(section);
  return card;
}

function sliderOf(card: Card): HTMLElement {
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = "0";
  slider.max = String(card.plot.iterations.length - 1);
  slider.value = slider.max;
  slider.setAttribute("aria-label", `Iteration of ${card.plot.title}`);
  slider.addEventListener("input", () => want(card, card.plot.iterations[Number(slider.value)] ?? 0));
  return slider;
}

function want(card: Card, iteration: number): void {
  card.wanted = iteration;
  card.hint.textContent = card.plot.iterations.length > 1 ? `iteration ${iteration}` : "";
  tell({ kind: "wanted", id: card.plot.id, iteration });
}

async function draw(message: ToFrame & { kind: "figure" }): Promise<void> {
  const card = cards.get(message.id);
  // The slider may have moved on.
  if (!card || card.wanted !== message.iteration) {
    return;
  }

  if (!message.figure) {
    say(card, message.problem ?? "This is no figure of Plotly's.");
    return;
  }

  try {
    await Plotly.react(card.place, dataOf(message.figure), layoutOf(message.figure, card.plot.title, isDark), config);
  } catch (error) {
    say(card, `This figure cannot be drawn: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function say(card: Card, text: string): void {
  Plotly.purge(card.place);
  card.place.replaceChildren();
  card.place.textContent = text;
}
