// Figures of a day as plots.
import { call, poll } from "./api.js";
import { lineChart } from "./charts.js";
import { el, empty, head, segments } from "./dom.js";
import { count, dollars, duration, hour } from "./format.js";

const dimensions = [["group", "Group"], ["deployment", "Deployment"], ["model", "Model"], ["key", "Key"]];
const spans = [["1", "1 hour"], ["6", "6 hours"], ["24", "24 hours"]];
const plots = [
  { title: "Latency", hint: "p95 of each minute", figure: "p95", format: duration },
  { title: "Spend", hint: "USD", figure: "spend", format: dollars, sum: true },
  { title: "Requests", hint: "", figure: "requests", format: count, sum: true },
  { title: "Errors", hint: "", figure: "errors", format: count, sum: true },
  { title: "Median latency", hint: "p50 of each minute", figure: "p50", format: duration },
  { title: "First token of streams", hint: "p50 of each minute", figure: "firstToken", format: duration },
  { title: "Tokens", hint: "read and written", figure: "tokens", format: count, sum: true },
];

export function show(main, { signal, query }) {
  let by = dimensions.some(([name]) => name === query.get("by")) ? query.get("by") : "group";
  let hours = spans.some(([span]) => span === query.get("hours")) ? query.get("hours") : "1";
  const sections = plots.map((plot, index) => {
    const body = el("div");
    return { plot, body, element: el("section", { class: "card stack", "aria-labelledby": `plot-${index}` }, el("h2", { id: `plot-${index}` }, plot.title, plot.hint && el("span", { class: "muted small" }, ` ${plot.hint}`)), body) };
  });
  const more = el("p", { class: "muted", role: "status" });
  const refresh = async ({ force = true } = {}) => {
    const asked = `by=${by}&hours=${hours}`;
    const data = await call(`api/series?${asked}`, { signal });
    if (signal.aborted || asked !== `by=${by}&hours=${hours}`) return; // something else was chosen meanwhile
    const names = data.series.map((line) => line.name);
    more.textContent = data.names > names.length ? `The ${names.length} with most requests, of ${data.names}.` : "";
    const now = new Date(data.now);
    const steps = data.series[0]?.requests.length ?? 0;
    const times = Array.from({ length: steps }, (_, index) => new Date(now - (steps - 1 - index) * data.stepMinutes * 60000));
    // A table that is open stays so, and no plot is replaced under the pointer or the focus.
    for (const section of sections) {
      if (!force && (section.body.querySelector("details[open]") || section.body.matches(":hover") || section.body.contains(document.activeElement))) continue;
      section.body.replaceChildren(drawn(section.plot, data, times, names));
    }
  };
  const choose = (name) => (value) => {
    if (name === "by") by = value;
    else hours = value;
    history.replaceState(null, "", `#/plots?by=${by}&hours=${hours}`);
    refresh().catch(() => {});
  };
  main.append(head("Plots", "Minutes of the last day, kept in the gateway's memory: they begin anew when it does.", segments("By", "by", dimensions, by, choose("by")), segments("Span", "hours", spans, hours, choose("hours"))),
    more, ...sections.map((section) => section.element));
  let first = true;
  poll(15000, signal, () => refresh({ force: first }).then(() => { first = false; }));
}

function drawn(plot, data, times, names) {
  const lines = data.series.map((line) => ({ name: line.name, values: line[plot.figure] }));
  if (!lines.some((line) => line.values.some((value) => value))) return empty("Nothing to draw", data.series.length ? "No figure of this kind in the span." : "No requests in the span.");
  const totals = lines.map((line) => line.values.filter((value) => value !== null)).map((values) => plot.sum ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values));
  const text = `${plot.title}, ${plot.sum ? "in all" : "at most"}: ${names.map((name, index) => `${name} ${Number.isFinite(totals[index]) ? plot.format(totals[index]) : "none"}`).join(", ")}.`;
  return lineChart({ title: plot.title, text, lines, times, format: plot.format, label: hour });
}
