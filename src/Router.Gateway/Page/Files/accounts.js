// What the gateway's management endpoints take and answer, for each kind of account: LiteLLM's names and fields.
import { call } from "./api.js";

const post = (path, body) => call(`../${path}`, { method: "POST", body });
const limits = [
  { name: "max_budget", label: "Budget in USD", type: "number", placeholder: "none" },
  { name: "budget_duration", label: "Period of the budget", placeholder: "30d", hint: "Such as 1h, 7d, 30d or 1mo; empty is for ever." },
  { name: "rpm_limit", label: "Requests a minute", type: "whole", placeholder: "unlimited" },
  { name: "tpm_limit", label: "Tokens a minute", type: "whole", placeholder: "unlimited" },
];
const parallel = { name: "max_parallel_requests", label: "Requests at once", type: "whole", placeholder: "unlimited" };
const shared = { name: "budget_id", label: "Shared budget", from: "budgets", hint: "Its limits hold where none is set here." };
const models = { name: "models", label: "Groups", type: "list", hint: "Names with commas between them; empty for all.", wide: true };
const named = (kind, all, id) => kinds[kind].nameOf(all.find((one) => kinds[kind].id(one) === id) ?? { team_id: id, user_id: id });
const short = (id) => id && id.length > 20 ? `${id.slice(0, 12)}…` : id;

export const kinds = {
  keys: {
    title: "Keys", one: "key", many: "keys", label: "Key", about: "A key opens some groups to a program or a person, within limits.",
    has: { state: true, models: true, rotate: true },
    id: (row) => row.token,
    nameOf: (row) => row.key_alias || row.key_name || short(row.token),
    detail: (row, { teams, users }) => [row.key_alias && row.key_name, row.team_id && `team ${named("teams", teams, row.team_id)}`, row.user_id && `user ${named("users", users, row.user_id)}`].filter(Boolean).join(" · "),
    fields: [
      { name: "key_alias", label: "Name" }, { name: "duration", label: "Valid for", hint: "From now on, such as 12h or 30d." },
      { name: "team_id", label: "Team", from: "teams" }, { name: "user_id", label: "User", from: "users" }, models, ...limits, parallel, shared, { name: "tags", label: "Tags", type: "list", hint: "Names with commas between them." },
    ],
    list: (signal) => pages("key/list?return_full_object=true&include_team_keys=true&size=100", "keys", signal),
    create: (values) => post("key/generate", values),
    update: (row, values) => post("key/update", { key: row.token, ...values }),
    rotate: (row) => post("key/regenerate", { key: row.token }),
    block: (row, isBlocked) => post(isBlocked ? "key/block" : "key/unblock", { key: row.token }),
    remove: (row) => post("key/delete", { keys: [row.token] }),
  },
  teams: {
    title: "Teams", one: "team", many: "teams", label: "Team", about: "The keys of a team share its limits and its budget.",
    has: { state: true, models: true },
    id: (row) => row.team_id,
    nameOf: (row) => row.team_alias || short(row.team_id),
    detail: (row) => row.team_alias ? row.team_id : "",
    fields: [{ name: "team_alias", label: "Name" }, { name: "organization_id", label: "Organization", from: "organizations" }, models, ...limits, parallel, shared],
    list: (signal) => call("../team/list", { signal }).then((data) => data.teams ?? data),
    create: (values) => post("team/new", values),
    update: (row, values) => post("team/update", { team_id: row.team_id, ...values }),
    block: (row, isBlocked) => post(isBlocked ? "team/block" : "team/unblock", { team_id: row.team_id }),
    removal: "Its keys are deleted with it. This cannot be undone.",
    remove: (row) => post("team/delete", { team_ids: [row.team_id] }),
  },
  users: {
    title: "Users", one: "user", many: "users", label: "User", about: "The keys of a user share its limits and its budget.",
    has: { models: true },
    id: (row) => row.user_id,
    nameOf: (row) => row.user_email || short(row.user_id),
    detail: (row) => row.user_email ? row.user_id : "",
    fields: [{ name: "user_id", label: "Id", placeholder: "made by the gateway", onlyNew: true }, { name: "user_email", label: "E-mail" }, models, ...limits, parallel, shared],
    list: (signal) => pages("user/list?page_size=100", "users", signal),
    create: (values) => post("user/new", { auto_create_key: false, ...values }),
    update: (row, values) => post("user/update", { user_id: row.user_id, ...values }),
    removal: "Its keys are deleted with it. This cannot be undone.",
    remove: (row) => post("user/delete", { user_ids: [row.user_id] }),
  },
  customers: {
    title: "Customers", one: "customer", many: "customers", label: "Customer", about: "An end user that requests name, with a budget of its own over all keys. Others need not be made.",
    has: { state: true },
    id: (row) => row.user_id,
    nameOf: (row) => row.alias || short(row.user_id),
    detail: (row) => row.alias ? row.user_id : "",
    fields: [{ name: "user_id", label: "Id", hint: "As requests name it.", onlyNew: true }, { name: "alias", label: "Name" }, ...limits, parallel, shared],
    list: (signal) => call("../customer/list", { signal }).then(withLimits),
    create: (values) => post("customer/new", values),
    update: (row, values) => post("customer/update", { user_id: row.user_id, ...values }),
    block: (row, isBlocked) => post(isBlocked ? "customer/block" : "customer/unblock", { user_ids: [row.user_id] }),
    remove: (row) => post("customer/delete", { user_ids: [row.user_id] }),
  },
  organizations: {
    title: "Organizations", one: "organization", many: "organizations", label: "Organization", about: "The teams of an organization share its limits and its budget.",
    has: { state: true, models: true },
    id: (row) => row.organization_id,
    nameOf: (row) => row.organization_alias || short(row.organization_id),
    detail: (row) => row.teams?.length === 1 ? "1 team" : `${row.teams?.length ?? 0} teams`,
    fields: [{ name: "organization_alias", label: "Name", wide: true }, models, ...limits, parallel, shared],
    list: (signal) => call("../organization/list", { signal }).then(withLimits),
    create: (values) => post("organization/new", values),
    update: (row, values) => post("organization/update", { organization_id: row.organization_id, ...values }),
    block: (row, isBlocked) => post("organization/update", { organization_id: row.organization_id, blocked: isBlocked }),
    removal: "Its teams and all of their keys are deleted with it. This cannot be undone.",
    remove: (row) => post("organization/delete", { organization_ids: [row.organization_id] }),
  },
  budgets: {
    title: "Budgets", one: "budget", many: "budgets", label: "Budget", about: "Limits with a name, which keys and teams can be given.",
    has: {},
    id: (row) => row.budget_id,
    nameOf: (row) => row.budget_id,
    detail: () => "",
    fields: [{ name: "budget_id", label: "Name", placeholder: "made by the gateway", onlyNew: true }, ...limits, parallel],
    list: (signal) => call("../budget/list", { signal }).then((data) => data.budgets ?? data),
    create: (values) => post("budget/new", values),
    update: (row, values) => post("budget/update", { budget_id: row.budget_id, ...values }),
    remove: (row) => post("budget/delete", { id: row.budget_id }),
  },
};

// Their limits stand where those of a budget would.
const withLimits = (rows) => rows.map((row) => ({ ...row.litellm_budget_table, ...row, litellm_budget_table: null }));

async function pages(path, member, signal) {
  const all = [];
  for (let page = 1; ; page++) {
    const data = await call(`../${path}&page=${page}`, { signal });
    all.push(...data[member]);
    if (page >= (data.total_pages ?? 1) || data[member].length === 0) return all;
  }
}

/** What a form's controls say, as the endpoints take it. In a new account what is empty is left out; in one that is there, what was emptied becomes null. */
export function readForm(controls, row) {
  const values = {};
  for (const { name, type, control } of controls) {
    const text = control.value.trim();
    const value = text === "" ? (type === "list" ? [] : null) : type === "list" ? text.split(",").map((part) => part.trim()).filter(Boolean) : type === "number" || type === "whole" ? Number(text) : text;
    const isEmpty = value === null || value.length === 0;
    if (row ? JSON.stringify(value) !== JSON.stringify(row[name] ?? (type === "list" ? [] : null)) : !isEmpty) values[name] = value;
  }
  return values;
}
