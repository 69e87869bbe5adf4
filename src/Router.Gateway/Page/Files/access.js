// Keys, teams, users, budgets, customers and organizations, by the gateway's management endpoints.
import { session } from "./api.js";
import { confirm, dialog, formDialog, notify } from "./ask.js";
import { badge, el, empty, field, head, meter, select } from "./dom.js";
import { count, date, dollars, none } from "./format.js";
import { kinds, readForm } from "./accounts.js";
import { table } from "./table.js";

export function show(main, { signal, rest }) {
  const name = Object.hasOwn(kinds, rest[0]) ? rest[0] : "keys";
  const kind = kinds[name];
  const create = el("button", { type: "button", class: "main", hidden: true, onclick: () => edit(null) }, `New ${kind.one}`);
  const status = el("p", { class: "muted", role: "status" }, "Reading …");
  const body = el("div");
  const rows = table({ caption: kind.title, key: kind.id, columns: columns(), placeholder: empty(`No ${kind.many}`, kind.about) });
  const others = { teams: [], users: [], budgets: [], organizations: [] };

  main.append(head("Keys", "Who may ask what, how often, and for how much."), el("nav", { "aria-label": "Accounts" }, el("ul", { class: "tabs" }, Object.entries(kinds).map(([id, one]) => el("li", {}, el("a", { href: `#/access/${id}`, "aria-current": id === name ? "page" : null }, one.title))))),
    el("div", { class: "row between" }, status, create), body);

  const refresh = async () => {
    let found;
    try {
      found = await kind.list(signal);
    } catch (error) {
      if (signal.aborted) return;
      status.textContent = "";
      create.hidden = true;
      body.replaceChildren(el("div", { class: "card" }, [403, 404, 405].includes(error.status) ? off(error) : empty("No answer", error.message)));
      return;
    }
    if (signal.aborted) return;
    create.hidden = session.isViewer;
    status.textContent = found.length === 1 ? `One ${kind.one}` : `${count(found.length)} ${kind.many}`;
    if (body.firstChild !== rows.element) body.replaceChildren(rows.element);
    rows.show(found);
  };
  const needed = [...new Set(kind.fields.map((one) => one.from).filter(Boolean))];
  Promise.all(needed.map((other) => kinds[other].list(signal).catch(() => []))).then((found) => {
    needed.forEach((other, index) => { others[other] = found[index]; });
    return refresh();
  });

  function columns() {
    const limits = (row) => limitsOf({ ...row.litellm_budget_table, ...Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) });
    const limitsOf = (row) => [row.rpm_limit && `${count(row.rpm_limit)} requests / min`, row.tpm_limit && `${count(row.tpm_limit)} tokens / min`, row.max_parallel_requests && `${count(row.max_parallel_requests)} at once`].filter(Boolean);
    const all = [
      { label: kind.label, class: "wrap", cell: (row) => el("span", {}, kind.nameOf(row), el("span", { class: "sub" }, kind.detail(row, others))) },
      kind.has.state && { label: "State", cell: (row) => el("div", {}, row.blocked ? badge("Blocked", "bad") : row.expires && new Date(row.expires) < new Date() ? badge("Expired", "warn") : badge("Active", "good"), row.expires && el("span", { class: "sub" }, `ends ${date(row.expires)}`)) },
      kind.has.models && { label: "Groups", class: "wrap", cell: (row) => row.models?.length ? row.models.join(", ") : "all" },
      { label: "Limits", class: "wrap", cell: (row) => limits(row).length ? el("span", {}, limits(row).map((text) => el("span", { class: "sub" }, text))) : el("span", { class: "muted" }, "none") },
      { label: name === "budgets" ? "Budget" : "Spend", num: true, cell: spend },
      !session.isViewer && { label: "Actions", class: "actions-cell", mark: (row) => JSON.stringify(row), cell: actions },
    ];
    return all.filter(Boolean);
  }

  function spend(row) {
    const limit = row.max_budget ?? row.litellm_budget_table?.max_budget;
    const length = row.budget_duration ?? row.litellm_budget_table?.budget_duration;
    const period = length ? ` every ${length}` : "";
    if (name === "budgets") return el("span", {}, limit === null || limit === undefined ? none : dollars(limit), el("span", { class: "sub" }, period));
    if (limit === null || limit === undefined) return el("span", {}, dollars(row.spend ?? 0), el("span", { class: "sub" }, "no budget"));
    const left = Math.max(0, limit - (row.spend ?? 0));
    return el("div", {}, dollars(row.spend ?? 0), el("span", { class: "sub" }, `${dollars(left)} left of ${dollars(limit)}${period}`), meter(limit > 0 ? (row.spend ?? 0) / limit : 1), row.budget_reset_at && el("span", { class: "sub" }, `resets ${date(row.budget_reset_at)}`));
  }

  function actions(row) {
    const button = (text, work, attributes = {}) => el("button", { type: "button", class: "small", "aria-label": `${text} ${kind.nameOf(row)}`, onclick: () => work(row), ...attributes }, text);
    return el("div", { class: "actions" }, button("Edit", edit), kind.has.rotate && button("Rotate", rotate), kind.block && (row.blocked ? button("Unblock", (one) => block(one, false)) : button("Block", (one) => block(one, true))), button("Delete", remove, { class: "small danger" }));
  }

  const attempt = async (work) => {
    try {
      await work();
    } catch (error) {
      notify(error.message);
    }
  };

  async function edit(row) {
    const controls = kind.fields.filter((one) => !row || !one.onlyNew).map((one) => ({ ...one, control: controlOf(one, row) }));
    const made = await formDialog(row ? `Edit ${kind.nameOf(row)}` : `New ${kind.one}`, controls.map((one) => field(one.label, one.control, { hint: one.hint, wide: one.wide })), row ? "Save" : "Create", async () => {
      const values = readForm(controls, row);
      return row ? kind.update(row, values) : kind.create(values);
    }, { note: row ? null : kind.about });
    if (!made) return;
    if (made.key && !row) await showSecret(made.key, "Key");
    else notify(row ? `${kind.nameOf(row)} was changed.` : `The ${kind.one} was made.`, undefined, { passes: true });
    await refresh();
  }

  function controlOf({ name: member, type, from, placeholder }, row) {
    const value = row?.[member];
    if (from) return select([["", "none"], ...others[from].map((one) => [kinds[from].id(one), kinds[from].nameOf(one)])], value ?? "");
    if (type === "number") return el("input", { type: "number", min: 0, step: "any", value: value ?? "", placeholder });
    if (type === "whole") return el("input", { type: "number", min: 1, step: 1, value: value ?? "", placeholder });
    return el("input", { type: "text", autocomplete: "off", value: Array.isArray(value) ? value.join(", ") : value ?? "", placeholder });
  }

  async function rotate(row) {
    if (!await confirm(`Rotate ${kind.nameOf(row)}?`, "It gets a new secret. What uses the old one is refused from then on. Its limits and its spend stay.", "Rotate", { danger: true })) return;
    await attempt(async () => {
      const made = await kind.rotate(row);
      await showSecret(made.key, "New key");
      await refresh();
    });
  }

  async function block(row, isBlocked) {
    if (isBlocked && !await confirm(`Block ${kind.nameOf(row)}?`, `Requests with it are refused until it is unblocked.`, "Block", { danger: true })) return;
    await attempt(async () => {
      await kind.block(row, isBlocked);
      notify(`${kind.nameOf(row)} is ${isBlocked ? "blocked" : "active again"}.`, isBlocked ? () => block(row, false) : undefined);
      await refresh();
    });
  }

  async function remove(row) {
    if (!await confirm(`Delete ${kind.nameOf(row)}?`, kind.removal ?? "This cannot be undone.", "Delete", { danger: true })) return;
    await attempt(async () => {
      await kind.remove(row);
      notify(`${kind.nameOf(row)} was deleted.`, undefined, { passes: true });
      await refresh();
    });
  }
}

// The one time at which a key is shown: the gateway keeps a hash of it alone.
function showSecret(secret, title) {
  return dialog(title, (close) => {
    const input = el("input", { type: "text", class: "mono", readonly: true, value: secret, onfocus: () => input.select() });
    const copied = el("p", { class: "muted", role: "status" });
    const copy = el("button", { type: "button", autofocus: true, onclick: async () => {
      try {
        await navigator.clipboard.writeText(secret);
        copied.textContent = "Copied.";
      } catch {
        input.focus();
        copied.textContent = "The browser does not let the page copy: press Ctrl+C.";
      }
    } }, "Copy");
    return el("form", { method: "dialog", onsubmit: (event) => { event.preventDefault(); close(true); } }, el("p", {}, "Copy it now: it is shown this once. The gateway keeps a hash of it."),
      el("div", { class: "secret" }, field("Key", input), copy), copied, el("div", { class: "row end" }, el("button", { class: "main" }, "Done")));
  });
}

function off({ status, message }) {
  return el("div", { class: "empty" }, el("b", {}, "Keys are not managed here"), status === 403
    ? message
    : ["There are no management endpoints at this address: the gateway's program must map them on the same port as this page (", el("code", {}, "MapRouterGenManagement"), "), and have a master key."]);
}
