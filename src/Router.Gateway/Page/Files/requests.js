// The request log: a list with search, and the route that one request took.
import { call } from "./api.js";
import { badge, el, empty, field, head, select, setOptions } from "./dom.js";
import { count, dollars, duration, moment, none, plural, time } from "./format.js";
import { table } from "./table.js";

const statuses = [["", "All"], ["ok", "Answered"], ["error", "Failed"], ["4xx", "4xx"], ["429", "429"], ["499", "499 (client left)"], ["5xx", "5xx"]];

/** The badge of a status: green where it was answered, red for errors. */
export const statusBadge = (request) => badge(String(request.status), request.status === 499 ? "warn" : request.isError ? "bad" : "good");

/** What lists show of a request. */
export const requestColumns = [
  { label: "Time", class: "nowrap", mark: (row) => row.number, cell: (row) => el("a", { href: `#/requests/${encodeURIComponent(row.id)}` }, time(row.startedAt)) },
  { label: "Status", mark: (row) => row.status, cell: statusBadge },
  { label: "Request", class: "wrap wide", mark: (row) => row.number, cell: (row) => el("span", {}, row.group ?? row.askedModel ?? none, el("span", { class: "sub" }, row.endpoint), row.isStreaming && el("span", { class: "sub" }, "streamed")) },
  { label: "Answered by", class: "wrap", mark: (row) => row.number, cell: (row) => row.deployment ? el("span", {}, row.deployment, row.tries > 1 && el("span", { class: "sub" }, `after ${plural(row.tries, "attempt")}`)) : el("span", { class: "muted" }, row.error ?? none) },
  { label: "Duration", num: true, mark: (row) => row.number, cell: (row) => el("span", {}, duration(row.duration), row.isStreaming && row.firstByte !== undefined && el("span", { class: "sub" }, `first ${duration(row.firstByte)}`)) },
  { label: "Tokens", num: true, mark: (row) => row.number, cell: (row) => row.inputTokens + row.outputTokens > 0 ? `${count(row.inputTokens)} + ${count(row.outputTokens)}` : none },
  { label: "Cost", num: true, mark: (row) => row.number, cell: (row) => dollars(row.cost) },
  { label: "Key", class: "wrap", mark: (row) => row.number, cell: (row) => row.key ?? none },
];

export function show(main, context) {
  if (context.rest[0]) showOne(main, context);
  else showList(main, context);
}

function showList(main, { signal, query }) {
  const text = el("input", { type: "search", value: query.get("q") ?? "", placeholder: "id, group, model, key, text of an error" });
  const group = select([["", "All"]], "");
  const deployment = select([["", "All"]], "");
  const key = select([["", "All"]], "");
  const status = select(statuses, query.get("status") ?? "");
  const filters = { q: text, group, deployment, status, key };
  for (const [name, control] of Object.entries(filters)) {
    if (control.tagName === "SELECT" && query.get(name) && !statuses.some(([value]) => name === "status" && value === query.get(name))) setOptions(control, [["", "All"], [query.get(name), query.get(name)]], query.get(name));
  }
  const found = el("p", { class: "muted", role: "status" });
  const requests = table({ caption: "Requests that were found", columns: requestColumns, key: (row) => row.number, placeholder: empty("Nothing was found", "No request that is kept fits. Requests are listed when they have ended.") });
  const older = el("button", { type: "button", hidden: true }, "Older requests");
  let rows = [];
  let latest = null; // what ends the search that is under way: an answer to an earlier one must not replace that to a later one

  const search = async ({ before } = {}) => {
    const asked = new URLSearchParams();
    for (const [name, control] of Object.entries(filters)) if (control.value) asked.set(name, control.value);
    history.replaceState(null, "", `#/requests${asked.size > 0 ? `?${asked}` : ""}`);
    if (before) asked.set("before", before);
    latest?.abort();
    const mine = latest = new AbortController();
    const either = AbortSignal.any([signal, mine.signal]);
    const data = await call(`api/requests?${asked}`, { signal: either }).catch((error) => { if (!either.aborted) found.textContent = error.message; });
    if (!data || either.aborted) return;
    rows = before ? [...rows, ...data.requests] : data.requests;
    requests.show(rows);
    older.hidden = !data.more;
    found.textContent = `${plural(rows.length, "request")}${data.more ? " shown" : ""} of the latest ${count(data.kept)} (${count(data.capacity)} are kept).`;
    setOptions(deployment, [["", "All"], ...data.deployments.map((name) => [name, name])]);
    setOptions(key, [["", "All"], ...data.keys.map((name) => [name, name])]);
  };
  let pause;
  text.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(search, 250); });
  for (const control of [group, deployment, status, key]) control.addEventListener("change", () => search());
  older.addEventListener("click", () => search({ before: rows.at(-1)?.number }));
  main.append(head("Requests", "The latest requests, with the route that each took.", el("button", { type: "button", onclick: () => search() }, "Refresh")),
    el("form", { class: "card fields", role: "search", "aria-label": "Requests", onsubmit: (event) => { event.preventDefault(); search(); } },
      field("Search", text, { wide: true }), field("Group", group), field("Deployment", deployment), field("Status", status), field("Key", key)),
    found, requests.element, el("div", {}, older));
  call("api/deployments", { signal }).then((data) => setOptions(group, [["", "All"], ...data.groups.map((one) => [one.name, one.name])])).catch(() => {});
  search();
}

function showOne(main, { signal, rest: [id] }) {
  const body = el("div", { class: "stack" });
  main.append(head("Request", null, el("a", { href: "#/requests" }, "All requests")), body);
  call(`api/requests/${encodeURIComponent(id)}`, { signal }).then((request) => body.append(...partsOf(request))).catch((error) => {
    if (!signal.aborted) body.append(el("div", { class: "card" }, empty("It is not there", error.message)));
  });
}

function partsOf(request) {
  const facts = [
    ["Id", el("span", { class: "mono" }, request.id)], ["Began", moment(request.startedAt)], ["Asked", request.endpoint + (request.isStreaming ? ", streamed" : "")],
    ["Group", request.group ?? (request.askedModel ? `no such group: ${request.askedModel}` : none)], ["Answered by", request.deployment ?? none], ["Model", request.model ?? none],
    ["Duration", duration(request.duration)], ["First byte", duration(request.firstByte)], ["Tokens", `${count(request.inputTokens)} read, ${count(request.outputTokens)} written`],
    ["Cost", dollars(request.cost)], ["Key", request.key ?? none], ["Fallback groups", request.fallbacks.join(", ") || none],
  ];
  const head = el("section", { class: "card stack", "aria-label": "Facts" }, el("div", { class: "row" }, statusBadge(request), request.leftEarly && el("span", { class: "muted" }, "The client left before the end.")),
    request.error && el("p", { class: "error" }, request.error), el("dl", { class: "facts" }, facts.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))));
  const route = el("section", { class: "card stack", "aria-labelledby": "route" }, el("h2", { id: "route" }, "Route"), request.attempts.length === 0
    ? el("p", { class: "muted" }, "No deployment was asked.")
    : el("ol", { class: "route" }, request.attempts.map((attempt) => attemptOf(attempt, request))));
  return [head, route, request.content && contentOf(request.content)].filter(Boolean);
}

/** The badge of what became of an attempt. One that lost a race has not failed. */
export const outcomeBadge = ({ outcome }) => !outcome ? badge("Answered", "good") : outcome === "UnderWay" ? badge("Still under way", "warn") : badge(outcome, outcome === "Canceled" ? "warn" : "bad");

function attemptOf(attempt, request) {
  const details = [
    attempt.group !== request.group && `group ${attempt.group}`, attempt.status && `status ${attempt.status}`, attempt.errorCode, duration(attempt.duration),
    attempt.firstToken !== undefined && `first token after ${duration(attempt.firstToken)}`, attempt.tokens > 0 && `${count(attempt.tokens)} tokens`, attempt.cost !== undefined && dollars(attempt.cost),
  ].filter(Boolean);
  return el("li", { class: attempt.outcome ? "failed" : null }, el("div", { class: "row" }, el("strong", {}, attempt.deployment), outcomeBadge(attempt)),
    el("span", { class: "sub" }, attempt.model === attempt.deployment ? "" : `${attempt.model} · `, details.join(" · ")));
}

function contentOf(content) {
  const part = (title, text, isCut) => el("div", { class: "stack" }, el("h3", {}, title + (isCut ? " (cut)" : "")), text ? el("pre", { tabindex: 0, role: "group", "aria-label": title }, pretty(text)) : el("p", { class: "muted" }, "Nothing that is text."));
  return el("section", { class: "card stack", "aria-labelledby": "content" }, el("h2", { id: "content" }, "Content"), part("Asked", content.asked, content.isAskedCut), part("Answered", content.answered, content.isAnsweredCut));
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
