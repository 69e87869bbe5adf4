// What happens now.
import { call, poll } from "./api.js";
import { bars } from "./charts.js";
import { empty, el, head } from "./dom.js";
import { count, dollars, duration, percent, rate, time } from "./format.js";
import { requestColumns } from "./requests.js";
import { table } from "./table.js";

const mostShown = 40;

const instanceColumns = [
  { label: "Instance", cell: (row) => `${row.host ?? ""} ${row.id.slice(0, 8)}${row.isSelf ? " (this one)" : ""}`.trim() },
  { label: "Requests / min", num: true, cell: (row) => count(row.requests ?? 0) },
  { label: "Errors / min", num: true, cell: (row) => count(row.errors ?? 0) },
  { label: "Tokens / min", num: true, cell: (row) => count(row.tokens ?? 0) },
  { label: "Spend / min", num: true, cell: (row) => dollars(row.spend ?? 0) },
  { label: "In flight", num: true, cell: (row) => count(row.inFlight ?? 0) },
  { label: "Median latency", num: true, cell: (row) => el("span", {}, duration(row.p50), row.p95 !== undefined && el("span", { class: "sub" }, `p95 ${duration(row.p95)}`)) },
  { label: "Last seen", cell: (row) => time(row.lastSeen) },
];

export function show(main, { signal }) {
  let latest = [];
  let last = 0;
  let isPaused = false;
  const pause = el("button", { type: "button", "aria-pressed": "false", onclick: () => {
    isPaused = !isPaused;
    pause.setAttribute("aria-pressed", String(isPaused));
    pause.textContent = isPaused ? "Resume" : "Pause";
  } }, "Pause");
  const tiles = el("dl", { class: "tiles" });
  const plot = el("div");
  const requests = table({ caption: "Latest requests", columns: requestColumns, key: (row) => row.number, placeholder: empty("No requests yet", "What clients ask appears here as it ends.") });
  const instances = table({ caption: "Instances", columns: instanceColumns, key: (row) => row.id, placeholder: empty("No instance is known", "The store that instances share cannot be reached.") });
  const fleet = el("section", { class: "card stack", "aria-labelledby": "live-fleet", hidden: true }, el("h2", { id: "live-fleet" }, "Instances"), instances.bare);
  main.append(head("Live", "The last minute, and requests as they end.", pause), tiles, fleet,
    el("section", { class: "card stack", "aria-labelledby": "live-rate" }, el("h2", { id: "live-rate" }, "Requests per second"), plot),
    el("section", { class: "card stack", "aria-labelledby": "live-latest" }, el("h2", { id: "live-latest" }, "Latest requests"), requests.bare));

  poll(1000, signal, async () => {
    if (isPaused) return;
    const data = await call(`api/live?after=${last}`, { signal });
    if (signal.aborted || isPaused) return;
    const newest = data.latest[0]?.number ?? last;
    if (newest < last) latest = []; // the gateway has begun anew
    last = newest;
    latest = [...data.latest, ...latest].slice(0, mostShown);
    requests.show(latest);
    showFigures(data);
  });

  poll(2000, signal, async () => {
    if (isPaused) return;
    const data = await call("api/fleet", { signal });
    if (signal.aborted || isPaused || !data.isFleet) return;
    fleet.hidden = false;
    instances.show(data.instances.map((instance) => ({ ...instance, isSelf: instance.id === data.self })));
  });

  const cells = new Map();

  // Each figure keeps its place, so that a screen reader does not lose its own.
  function tile(label, value, note, tone) {
    let cell = cells.get(label);
    if (!cell) {
      cell = el("dd");
      cells.set(label, cell);
      tiles.append(el("div", { class: "tile" }, el("dt", {}, label), cell));
    }
    cell.className = tone ?? "";
    cell.replaceChildren(value, el("small", { class: "sub" }, note));
  }

  function showFigures({ seconds, inFlight, durations, firstTokens }) {
    const sum = (part, from = 0) => seconds.slice(from).reduce((total, second) => total + second[part], 0);
    const requestCount = sum(0);
    const errors = sum(1);
    const recent = sum(0, -5) / 5;
    tile("Requests / s", rate(recent), `${count(requestCount)} in the last minute`);
    tile("In flight", count(inFlight), "under way now");
    tile("Errors / min", count(errors), requestCount ? `${percent(errors / requestCount)} of requests` : "of no requests", errors > 0 ? "bad" : "");
    tile("Tokens / min", count(sum(2)), "read and written");
    tile("Spend / min", dollars(sum(3)), "where prices are known");
    tile("Median latency", duration(durations.p50), durations.count ? `p95 ${duration(durations.p95)} · p99 ${duration(durations.p99)}` : "of the last 5 minutes");
    tile("First byte, streams", duration(firstTokens.p50), firstTokens.count ? `p95 ${duration(firstTokens.p95)} · p99 ${duration(firstTokens.p99)}` : "of the last 5 minutes");
    plot.replaceChildren(bars({ text: `Requests in each of the last ${seconds.length} seconds: ${requestCount} in all, ${errors} of them errors, at most ${Math.max(...seconds.map((second) => second[0]))} in a second.`, values: seconds.map((second) => second[0]), parts: seconds.map((second) => second[1]) }));
  }
}

