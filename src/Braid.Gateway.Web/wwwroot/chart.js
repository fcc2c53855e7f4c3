// A line chart as SVG: one line for each variant, told apart by colour and dash, with the value under the pointer.

const width = 480;
const height = 220;
const pad = { left: 52, right: 10, top: 10, bottom: 24 };
const styles = [
  ["#0072b2", ""],
  ["#d55e00", "6 3"],
  ["#009e73", "2 3"],
  ["#cc79a7", "8 3 2 3"],
  ["#e69f00", ""],
  ["#56b4e9", "6 3"],
];

const short = (value) => (value === 0 ? "0" : Math.abs(value) >= 1e5 || Math.abs(value) < 1e-3 ? value.toExponential(1) : +value.toPrecision(4));

function element(name, attributes, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.textContent = text ?? "";
  return made;
}

function scale(values, from, to) {
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  return { low, high: low + span, at: (value) => from + ((value - low) / span) * (to - from) };
}

function nearest(xs, x) {
  let best = 0;
  for (let i = 1; i < xs.length; i++) {
    if (Math.abs(xs[i] - x) < Math.abs(xs[best] - x)) {
      best = i;
    }
  }
  return best;
}

/** A figure for one metric; lines: [{variant, x: [step...], y: [value...]}]. */
export function chart(metric, lines) {
  const x = scale(lines.flatMap((line) => line.x), pad.left, width - pad.right);
  const y = scale(lines.flatMap((line) => line.y), height - pad.bottom, pad.top);
  const svg = element("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${metric} by step` });
  svg.append(
    element("path", { class: "axis", fill: "none", d: `M${pad.left} ${pad.top}V${height - pad.bottom}H${width - pad.right}` }),
    element("text", { class: "tick", x: pad.left - 6, y: pad.top + 8, "text-anchor": "end" }, short(y.high)),
    element("text", { class: "tick", x: pad.left - 6, y: height - pad.bottom, "text-anchor": "end" }, short(y.low)),
    element("text", { class: "tick", x: pad.left, y: height - 6 }, short(x.low)),
    element("text", { class: "tick", x: width - pad.right, y: height - 6, "text-anchor": "end" }, short(x.high)),
  );
  lines.forEach((line, at) => {
    const [stroke, dash] = styles[at % styles.length];
    const points = line.x.map((step, i) => `${x.at(step).toFixed(1)},${y.at(line.y[i]).toFixed(1)}`).join(" ");
    svg.append(element("polyline", { points, fill: "none", stroke, "stroke-width": 1.6, "stroke-dasharray": dash }));
  });

  const figure = document.createElement("figure");
  const caption = document.createElement("figcaption");
  const readout = document.createElement("span");
  readout.className = "readout";
  caption.append(metric, readout);
  figure.append(caption, svg);

  const say = (step) => {
    const values = lines.map((line) => {
      const i = nearest(line.x, step);
      return `${line.variant === metric ? "" : line.variant + " "}${short(line.y[i])} @ ${line.x[i]}`;
    });
    readout.textContent = values.join("   ");
  };
  svg.addEventListener("pointermove", (event) => {
    const box = svg.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width) * width;
    say(x.low + ((at - pad.left) / (width - pad.left - pad.right)) * (x.high - x.low));
  });
  say(x.high);
  return figure;
}
