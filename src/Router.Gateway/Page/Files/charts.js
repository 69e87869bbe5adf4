// Plots, drawn as SVG, each with a table that holds the same numbers.
import { el, newId, svg } from "./dom.js";

const space = { left: 58, right: 12, top: 10, bottom: 24 };

/**
 * Draws lines over time. `lines` are `{ name, values }`, with null where there is no value; `times` are dates, one for each value; `format` writes a value;
 * `text` says for people who do not see it what the plot shows.
 */
export function lineChart({ title, text, lines, times, format, label, tall = 220 }) {
  const wide = roomFor();
  const top = niceTop(Math.max(0, ...lines.flatMap((line) => line.values.map((value) => value ?? 0))));
  const x = (index) => space.left + (times.length < 2 ? 0 : index * (wide - space.left - space.right) / (times.length - 1));
  const y = (value) => tall - space.bottom - value / top * (tall - space.top - space.bottom);
  const titleId = newId("t");
  const drawing = svg("svg", { class: "chart", viewBox: `0 0 ${wide} ${tall}`, role: "img", "aria-labelledby": titleId }, svg("title", { id: titleId }, text));
  for (let part = 0; part <= 4; part++) {
    const value = top * part / 4;
    drawing.append(svg("line", { class: "grid", x1: space.left, x2: wide - space.right, y1: y(value), y2: y(value) }), svg("text", { x: space.left - 8, y: y(value) + 4, "text-anchor": "end" }, format(value)));
  }
  const every = Math.max(1, Math.ceil(times.length / Math.max(2, Math.floor(wide / 140))));
  for (let index = times.length - 1; index >= 0; index -= every) drawing.append(svg("text", { x: x(index), y: tall - 6, "text-anchor": index === times.length - 1 ? "end" : "middle" }, label(times[index])));
  lines.forEach((line, number) => drawing.append(...pathsOf(line.values, x, y, number)));

  const readout = el("p", { class: "readout", "aria-hidden": "true" });
  const cursor = svg("line", { class: "hover", y1: space.top, y2: tall - space.bottom, visibility: "hidden" });
  drawing.append(cursor);
  drawing.addEventListener("pointermove", (event) => {
    const box = drawing.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width * wide - space.left) / (wide - space.left - space.right) * (times.length - 1);
    const index = Math.min(times.length - 1, Math.max(0, Math.round(at)));
    cursor.setAttribute("x1", x(index));
    cursor.setAttribute("x2", x(index));
    cursor.setAttribute("visibility", "visible");
    readout.textContent = `${label(times[index])}: ${lines.map((line) => `${line.name} ${format(line.values[index])}`).join(" · ")}`;
  });
  drawing.addEventListener("pointerleave", () => { cursor.setAttribute("visibility", "hidden"); readout.textContent = ""; });
  return el("figure", { class: "stack" }, drawing, readout, legend(lines), tableOf(title, lines, times, format, label));
}

function legend(lines) {
  return el("ul", { class: "legend" }, lines.map((line, number) =>
    el("li", {}, svg("svg", { class: "chart", viewBox: "0 0 24 8", "aria-hidden": "true" }, svg("line", { class: `line s${number % 8}`, x1: 1, x2: 23, y1: 4, y2: 4 })), line.name)));
}

// A value alone between gaps is a dot, which a line would not show.
function pathsOf(values, x, y, number) {
  const paths = [];
  let run = [];
  const end = () => {
    if (run.length === 1) paths.push(svg("circle", { class: `dot s${number % 8}`, cx: x(run[0]), cy: y(values[run[0]]), r: 3 }));
    else if (run.length > 1) paths.push(svg("path", { class: `line s${number % 8}`, d: run.map((index, at) => `${at === 0 ? "M" : "L"}${x(index).toFixed(1)} ${y(values[index]).toFixed(1)}`).join("") }));
    run = [];
  };
  values.forEach((value, index) => value === null ? end() : run.push(index));
  end();
  return paths;
}

function tableOf(title, lines, times, format, label) {
  const details = el("details", {}, el("summary", {}, `${title} as a table`));
  details.addEventListener("toggle", () => {
    if (!details.open || details.childElementCount > 1) return;
    const rows = times.map((time, index) => ({ time, index })).filter(({ index }) => lines.some((line) => line.values[index])).reverse();
    details.append(el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": `${title} as a table` }, el("table", {},
      el("caption", { class: "hidden" }, title),
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Time"), lines.map((line) => el("th", { scope: "col", class: "num" }, line.name)))),
      el("tbody", {}, rows.map(({ time, index }) => el("tr", {}, el("th", { scope: "row" }, label(time)), lines.map((line) => el("td", { class: "num" }, format(line.values[index])))))))));
  });
  return details;
}

/** Draws two counts for each second as bars, one within the other. */
export function bars({ text, values, parts, tall = 96 }) {
  const wide = roomFor();
  const top = niceTop(Math.max(...values, 4));
  const left = 34;
  const step = (wide - left) / values.length;
  const titleId = newId("t");
  const heightOf = (value) => value / top * (tall - 22);
  return svg("svg", { class: "chart", viewBox: `0 0 ${wide} ${tall}`, role: "img", "aria-labelledby": titleId }, svg("title", { id: titleId }, text),
    [0, top].map((value) => [svg("line", { class: "grid", x1: left, x2: wide, y1: tall - 16 - heightOf(value), y2: tall - 16 - heightOf(value) }), svg("text", { x: left - 6, y: tall - 12 - heightOf(value), "text-anchor": "end" }, String(Math.round(value)))]),
    values.map((value, index) => value > 0 && svg("rect", { class: "bar", x: left + index * step + 1, width: step - 2, y: tall - 16 - heightOf(value), height: heightOf(value), rx: 1 })),
    parts.map((value, index) => value > 0 && svg("rect", { class: "bar err", x: left + index * step + 1, width: step - 2, y: tall - 16 - heightOf(value), height: heightOf(value), rx: 1 })),
    svg("text", { x: left, y: tall - 2 }, `${values.length} s ago`), svg("text", { x: wide, y: tall - 2, "text-anchor": "end" }, "now"));
}

// As wide as there is room, so that its texts are as large as all others.
const roomFor = () => Math.max(300, document.getElementById("main").clientWidth - 80);

// The next number above of which a quarter is round.
function niceTop(value) {
  if (!(value > 0)) return 1;
  const unit = 10 ** Math.floor(Math.log10(value));
  return unit * [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].find((step) => unit * step >= value * 0.999);
}
