// The state of each deployment, and what can be done to it.
import { call, poll, session } from "./api.js";
import { confirm, formDialog, notify } from "./ask.js";
import { badge, el, empty, field, head, meter, say } from "./dom.js";
import { count, dollars, duration, none, percent } from "./format.js";
import { table } from "./table.js";

const healths = {
  Healthy: ["Healthy", "good"], Probing: ["Probing", "warn"], CoolingDown: ["Cooling down", "bad"], NotConfigured: ["Not configured", "bad"],
  Draining: ["Draining", "warn"], Drained: ["Drained", ""], Disabled: ["Disabled", ""], OutOfBudget: ["Out of budget", "bad"],
};

/** The badge of a deployment's health. */
export const healthBadge = (health) => badge(...(healths[health] ?? [health]));

/** How the health of a deployment is to be coloured: good, warn, bad or none. */
export const toneOf = (health) => healths[health]?.[1] || "none";

const isOut = (row) => ["Draining", "Drained", "Disabled"].includes(row.health);

export function show(main, { signal }) {
  const groups = new Map();
  const list = el("div", { class: "stack" });
  const healthOf = new Map();
  main.append(head("Deployments", "What each group's router knows of its deployments. Changes hold until the gateway ends, or its file changes."), list);

  const refresh = async () => {
    const data = await call("api/deployments", { signal });
    if (signal.aborted) return;
    if (data.groups.length === 0) list.replaceChildren(empty("No groups", "The gateway serves no model groups."));
    for (const group of data.groups) {
      if (!groups.has(group.name)) groups.set(group.name, addGroup(group));
      groups.get(group.name)(group);
      for (const one of group.deployments) announce(group.name, one);
    }
  };

  function announce(group, { name, health }) {
    const id = JSON.stringify([group, name]);
    if (healthOf.has(id) && healthOf.get(id) !== health) say(`${name} in ${group}: ${healths[health]?.[0] ?? health}`);
    healthOf.set(id, health);
  }

  function addGroup({ name, kind }) {
    const facts = el("span", { class: "muted small" });
    const problems = el("ul", { class: "error", hidden: true });
    const id = `group-${groups.size}`;
    const rows = table({ caption: `Deployments of ${name}`, key: (row) => row.name, columns: columnsOf(name), placeholder: empty("No deployments", "This group has none.") });
    list.append(el("section", { class: "card stack", "aria-labelledby": id }, el("div", { class: "row between" }, el("div", { class: "row" }, el("h2", { id }, name), badge(kind, "plain")), facts), problems, rows.bare));
    return (group) => {
      facts.textContent = spendOf(group.spend);
      problems.hidden = group.problems.length === 0;
      problems.replaceChildren(...group.problems.map((problem) => el("li", {}, problem)));
      rows.show(group.deployments);
    };
  }

  function columnsOf(group) {
    return [
      { label: "Deployment", class: "wrap", cell: (row) => el("span", {}, row.name, el("span", { class: "sub" }, [row.name !== `${row.provider}/${row.model}` && `${row.provider}/${row.model}`, `weight ${row.weight}`, `order ${row.order}`, row.region, row.isShadow && "shadow: gets copies", row.problem].filter(Boolean).join(" · "))) },
      { label: "Health", cell: (row) => el("span", {}, healthBadge(row.health), el("span", { class: "sub" }, row.cooldown ? `for another ${duration(row.cooldown)}` : "", row.lastFailure && ["CoolingDown", "Probing"].includes(row.health) ? ` after ${row.lastFailure}` : "")) },
      { label: "In flight", num: true, cell: (row) => count(row.inFlight) + (row.maxConcurrency ? ` of ${count(row.maxConcurrency)}` : "") },
      { label: "Success", num: true, cell: (row) => el("span", {}, row.calls ? percent(1 - row.failures / row.calls) : none, el("span", { class: "sub" }, `${count(row.calls)} asked`)) },
      { label: "Latency", num: true, cell: (row) => el("span", {}, duration(row.latencyP50), row.latencyP95 !== undefined && el("span", { class: "sub" }, `p95 ${duration(row.latencyP95)}`)) },
      { label: "First token", num: true, cell: (row) => el("span", {}, duration(row.firstTokenP50), row.firstTokenP95 !== undefined && el("span", { class: "sub" }, `p95 ${duration(row.firstTokenP95)}`)) },
      { label: "Limits", num: true, cell: limitsOf },
      { label: "Spend", num: true, cell: (row) => el("span", {}, dollars(row.spend.spent), row.spend.limit !== undefined && el("span", { class: "sub" }, `of ${dollars(row.spend.limit)}`)) },
      !session.isViewer && { label: "Actions", class: "actions-cell", mark: (row) => `${isOut(row)} ${row.weight}`, cell: (row) => el("div", { class: "actions" },
        isOut(row)
          ? el("button", { type: "button", class: "small", "aria-label": `Enable ${row.name}`, onclick: () => enable(group, row) }, "Enable")
          : el("button", { type: "button", class: "small", "aria-label": `Drain ${row.name}`, onclick: () => drain(group, row) }, "Drain"),
        el("button", { type: "button", class: "small", "aria-label": `Weigh ${row.name}`, onclick: () => weigh(group, row) }, "Weigh")) },
    ].filter(Boolean);
  }

  const act = async (group, row, action, weight) => {
    await call("api/deployments", { method: "POST", body: { group, deployment: row.name, action, weight } });
    await refresh();
    focusActions(group, row.name);
  };

  // What was pressed may have become another button.
  function focusActions(group, name) {
    if (document.activeElement !== document.body) return;
    const section = [...list.children][[...groups.keys()].indexOf(group)];
    [...section?.querySelectorAll("button") ?? []].find((button) => button.getAttribute("aria-label").endsWith(` ${name}`))?.focus();
  }

  const attempt = (work) => work.catch((error) => notify(error.message));

  async function drain(group, row) {
    if (!await confirm(`Drain ${row.name}?`, `It takes no new calls of the group ${group}; ${row.inFlight === 1 ? "the one" : `those ${count(row.inFlight)}`} in flight go on. Calls go to the group's other deployments, or to its fallbacks.`, "Drain", { danger: true })) return;
    await attempt(act(group, row, "drain").then(() => notify(`${row.name} is being drained.`, () => attempt(act(group, row, "enable")))));
  }

  async function enable(group, row) {
    const back = row.health === "Disabled" ? "disable" : "drain";
    await attempt(act(group, row, "enable").then(() => notify(`${row.name} takes calls again.`, () => attempt(act(group, row, back)))));
  }

  async function weigh(group, row) {
    const input = el("input", { type: "number", min: 0.000001, max: 1000000, step: "any", required: true, value: row.weight });
    const done = await formDialog(`Weigh ${row.name}`, [field("Weight", input, { hint: "Its share of calls, relative to the weights of the group's other deployments. Strategies other than by weight do not look at it.", wide: true })], "Set weight",
      () => act(group, row, "weigh", Number(input.value)));
    if (done) notify(`${row.name} has weight ${input.value} now.`, () => attempt(act(group, row, "weigh", row.weight)));
  }

  poll(2000, signal, refresh);
}

function limitsOf(row) {
  const limits = [row.rpm && `${count(row.rpm)} req`, row.tpm && `${count(row.tpm)} tokens`].filter(Boolean);
  if (limits.length === 0) return el("span", { class: "muted" }, "none");
  return el("div", {}, limits.map((limit) => el("div", {}, `${limit} / min`)), el("span", { class: "sub" }, `${percent(row.headroom)} left`), meter(1 - row.headroom));
}

function spendOf({ spent, limit, period, resetsIn }) {
  const of = limit === undefined ? "" : ` of ${dollars(limit)}`;
  return `${dollars(spent)}${of} spent, period: ${period.toLowerCase()}, resets in ${duration(resetsIn * 1000)}`;
}
