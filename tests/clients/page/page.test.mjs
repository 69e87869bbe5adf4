// The gateway's page in a real browser: by mouse, by keyboard, and as a screen reader is told of it.
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { freePort, startProvider } from "./provider.mjs";
import { ask, chat, startWorld, traffic } from "./world.mjs";

const views = ["live", "deployments", "plots", "requests", "access", "playground", "graph"];
const args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const hostile = `<img src=x onerror="window.hacked=1">'"><script>window.hacked=2</script>{{7*7}}\u202e`;
let world;
let open; // a gateway without a key
let closed; // one with a key
let browser;

before(async () => {
  world = await startWorld();
  [open, closed, browser] = await Promise.all([world.gateway(), world.gateway({ key: "sk-master" }), chromium.launch({ executablePath: process.env.BROWSER_PROGRAM ?? "/usr/bin/chromium", args })]);
  await traffic(world, open);
});
after(async () => {
  await browser?.close();
  world?.stop();
});

/** A page of its own, which fails the test where something goes wrong in it, or goes to another place than the gateway. */
async function visit(t, { gateway = open, view = "live", width = 1280, scheme = "light", isAttacked = false, ...more } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 860 }, colorScheme: scheme, ...more });
  context.setDefaultTimeout(15000);
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => { if (message.type() === "error" && !/Failed to load resource/.test(message.text())) problems.push(message.text()); });
  page.on("request", (request) => { if (!request.url().startsWith(gateway.page + "/")) problems.push(`asked ${request.url()}`); });
  t.after(async () => {
    await context.close();
    if (!isAttacked) assert.deepEqual(problems, []);
  });
  await page.goto(`${gateway.page}/ui/#/${view}`);
  await page.locator("h1").waitFor();
  return page;
}

/** What axe finds wrong, in words. */
async function violations(page) {
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return found.map((one) => `${one.id}: ${one.nodes.map((node) => `${node.target.join(" ")} ${node.failureSummary}`).slice(0, 3).join("; ")}`);
}

const filled = { live: "tbody tr", deployments: "tbody tr", plots: "svg path, svg circle", requests: "tbody tr", access: ".empty, tbody tr", playground: "main option", graph: "svg.graph .node" };
const go = async (page, view) => {
  await page.evaluate((hash) => { location.hash = hash; }, `#/${view}`);
  await page.locator(`.views a[aria-current][href="#/${view}"]`).waitFor();
  await page.locator(filled[view]).first().waitFor({ state: "attached" });
};
const focused = (page) => page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent.trim());
const cell = (page, group, deployment, label) => page.locator("section.card", { has: page.locator("h2", { hasText: new RegExp(`^${group}$`) }) }).locator("tr", { hasText: deployment }).locator(`td[data-label="${label}"]`);

for (const scheme of ["light", "dark"]) {
  test(`every view is there, and accessible, in the ${scheme} theme`, async (t) => {
    const page = await visit(t, { scheme });
    for (const view of views) {
      await go(page, view);
      assert.match(await page.title(), /RouterGen gateway$/);
      assert.deepEqual(await violations(page), [], view);
      if (process.env.SCREENSHOTS) await shoot(page, `${view}-${scheme}`);
    }
    await go(page, "requests");
    await page.locator("tbody a").first().click();
    await page.locator("ol.route").waitFor();
    assert.deepEqual(await violations(page), [], "a request");
    if (process.env.SCREENSHOTS) await shoot(page, `request-${scheme}`);
    await go(page, "deployments");
    await page.getByRole("button", { name: "Drain openai/gpt-6-luna" }).click();
    assert.deepEqual(await violations(page), [], "a dialog");
    await page.keyboard.press("Escape");
  });
}

async function shoot(page, name) {
  await mkdir(process.env.SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: path.join(process.env.SCREENSHOTS, `${name}.png`) });
}

test("live traffic appears by itself", async (t) => {
  const page = await visit(t);
  const { id } = await ask(open, chat("chat", "Live?"));
  await page.locator(`tbody a[href="#/requests/${id.replace(":", "%3A")}"]`).waitFor({ timeout: 5000 });
  const tiles = Object.fromEntries(await page.locator(".tile").evaluateAll((all) => all.map((tile) => [tile.querySelector("dt").textContent, tile.querySelector("dd").firstChild.textContent])));
  assert.ok(Number(tiles["Errors / min"]) >= 0);
  assert.match(tiles["Spend / min"], /^\$0\.0/);
  assert.match(tiles["Median latency"], /m?s$/);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Resume" }).waitFor();
});

test("a keyboard is enough: from the skip link to a deployment that is drained, and back", async (t) => {
  const page = await visit(t);
  const tabTo = async (pattern) => {
    for (let presses = 0; presses < 60; presses++) {
      if (pattern.test(await focused(page))) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`${pattern} cannot be reached`);
  };
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Skip to content");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await page.evaluate(() => document.activeElement.blur());
  await tabTo(/^Deployments$/);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.textContent === "Deployments" && document.activeElement.tagName === "H1");
  await page.locator("tbody tr").first().waitFor();
  await tabTo(/^Drain mistral\/mistral-small-latest$/);
  assert.match(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), /solid/);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Drain mistral/mistral-small-latest?" }).waitFor();
  assert.equal(await focused(page), "Cancel");
  await page.keyboard.press("Escape");
  assert.equal(await focused(page), "Drain mistral/mistral-small-latest");
  await page.keyboard.press("Enter");
  await tabTo(/^Drain$/);
  await page.keyboard.press("Enter");
  const health = cell(page, "chat", "mistral/mistral-small-latest", "Health");
  await health.getByText("Drained").waitFor();
  await page.waitForFunction(() => /mistral\/mistral-small-latest in chat: Drained/.test(document.getElementById("said").textContent));
  assert.equal(await focused(page), "Enable mistral/mistral-small-latest");
  await tabTo(/^Undo$/);
  await page.keyboard.press("Enter");
  await health.getByText("Healthy").waitFor();
});

test("a weight is changed, and changed back", async (t) => {
  const page = await visit(t, { view: "deployments" });
  await page.getByRole("button", { name: "Weigh openai/gpt-6-luna" }).click();
  const weight = page.getByLabel("Weight");
  assert.equal(await weight.inputValue(), "3");
  await weight.fill("0.5");
  await page.getByRole("button", { name: "Set weight" }).click();
  await page.getByText("weight 0.5 · order 0").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("weight 3 · order 0").waitFor();
});

test("a deployment that fails is shown as it cools down", async (t) => {
  await world.script("mistral/mistral-small-latest", { steps: [{ fault: { kind: "Status", status: 503 }, times: 1 }] });
  assert.equal((await ask(open, chat("backup", "Hello"))).status, 200); // it is asked again
  const page = await visit(t, { view: "deployments" });
  assert.match(await cell(page, "backup", "mistral", "Success").textContent(), /50 %|\d %/);
});

test("requests are found by status and by words, and each tells its route", async (t) => {
  await world.script("openai/gpt-4.1", { steps: [{ fault: { kind: "Status", status: 500 } }] });
  const routed = await ask(open, chat("steps", "Which way?"));
  const page = await visit(t, { view: "requests" });
  await page.getByLabel("Status").selectOption("4xx");
  await page.waitForFunction(() => [...document.querySelectorAll('tbody td[data-label="Status"]')].every((one) => one.textContent.startsWith("4")));
  assert.match(page.url(), /status=4xx/);
  await page.getByLabel("Search").fill("nowhere no model");
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 2);
  await page.getByLabel("Search").fill("no such words at all");
  await page.getByText("Nothing was found").waitFor();
  await page.getByLabel("Search").fill(routed.id);
  await page.getByLabel("Status").selectOption("");
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 1);
  await page.locator("tbody a").click();
  const route = page.locator("ol.route li");
  await route.first().waitFor();
  assert.equal(await route.count(), 2);
  const first = await route.nth(0).textContent();
  assert.match(first, /ServerError/);
  assert.match(first, /status 500/);
  assert.match(await route.nth(1).textContent(), /Answered.*tokens · \$/);
  await page.reload();
  await route.first().waitFor();
  await page.goBack();
  await page.getByLabel("Search").waitFor();
});

test("the playground streams, stops, and says what it cost", async (t) => {
  await world.script("openai/gpt-6-luna", { reply: { deltas: 12, deltaDelayMs: 5 } });
  const page = await visit(t, { view: "playground" });
  await page.locator("main option").first().waitFor({ state: "attached" });
  await page.getByLabel("System prompt").fill("Be brief.");
  await page.getByLabel("Message").fill("Hello");
  await page.keyboard.press("Control+Enter");
  const facts = page.locator("section", { hasText: "How it came about" }).last();
  await facts.getByText("This request in the log").waitFor();
  const text = await facts.textContent();
  assert.match(text, /Deployment(openai|anthropic)\//);
  assert.match(text, /Cost\$0\.0/);
  assert.match(text, /Attempts1/);
  assert.ok((await page.locator(".turn.answer").textContent()).length > 20);
  if (process.env.SCREENSHOTS) await shoot(page, "playground-answer");

  for (const deployment of ["openai/gpt-6-luna", "anthropic/claude-haiku-5-5"]) await world.script(deployment, { reply: { deltas: 400, deltaDelayMs: 30 } });
  await page.getByLabel("Message").fill("Go on and on");
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForFunction(() => document.querySelectorAll(".turn.answer")[1]?.querySelector("span").textContent.length > 10);
  await page.getByRole("button", { name: "Stop" }).click();
  await page.locator("p.error", { hasText: "Stopped." }).waitFor();
  await page.getByRole("button", { name: "Send" }).waitFor();
  await go(page, "requests");
  await page.getByLabel("Status").selectOption("499");
  await page.locator("tbody tr", { hasText: "/playground" }).first().waitFor();
  for (const deployment of ["openai/gpt-6-luna", "anthropic/claude-haiku-5-5"]) await world.script(deployment, {});
});

test("plots have tables, and are chosen by keyboard", async (t) => {
  const page = await visit(t, { view: "plots" });
  await page.locator("svg.chart[role=img]").first().waitFor();
  await page.getByText("Latency as a table", { exact: true }).click();
  assert.match(await page.locator("details[open] tbody").textContent(), /\d m?s/);
  await page.getByRole("radio", { name: "Group" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => /chat \/ openai\/gpt-6-luna/.test(document.querySelector(".legend")?.textContent));
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => /^openai\/gpt-6-luna|anthropic/.test(document.querySelector(".legend")?.textContent));
  await page.getByRole("radio", { name: "24 hours" }).check({ force: true });
  await page.waitForURL(/by=model&hours=24/);
});

test("the graph shows all three kinds of fallbacks, and its list says the same", async (t) => {
  const page = await visit(t, { view: "graph" });
  await page.locator("svg .node").first().waitFor();
  assert.equal(await page.locator("svg .node").count(), 7);
  assert.deepEqual(await Promise.all([0, 1, 2].map((kind) => page.locator(`path.edge.k${kind}`).count())), [2, 1, 1]);
  const list = await page.locator("section", { hasText: "List" }).last().textContent();
  for (const text of ["When no deployment can answer: backup", "When the prompt is too long: long", "When a content filter refuses: claude", "openai/gpt-6-luna, weight 3, order 0"]) assert.ok(list.includes(text), text);
});

test("what requests bring is text, never HTML", async (t) => {
  await ask(open, chat(hostile, hostile));
  await ask(open, { model: "chat", messages: [{ role: hostile, content: "x" }] });
  await world.script("openai/gpt-5-mini", { steps: [{ fault: { kind: "Status", status: 400, body: JSON.stringify({ error: { message: hostile, type: hostile, code: hostile } }) } }] });
  const failed = await ask(open, chat("broken", hostile));
  await world.script("openai/gpt-6-luna", { reply: { text: hostile } });
  await world.script("anthropic/claude-haiku-5-5", { reply: { text: hostile } });
  const page = await visit(t);
  await page.getByText("<img src=x onerror=").first().waitFor();
  for (const view of ["requests", `requests?q=${encodeURIComponent(hostile)}`, `requests/${encodeURIComponent(failed.id)}`, `requests/${encodeURIComponent(hostile)}`]) {
    await page.evaluate((hash) => { location.hash = hash; }, `#/${view}`);
    await page.waitForTimeout(300);
  }
  await go(page, "playground");
  await page.getByLabel("Message").fill(hostile);
  await page.keyboard.press("Control+Enter");
  await page.locator(".turn.answer", { hasText: "<img src=x" }).waitFor();
  assert.equal(await page.locator("main img, main script, body > script").count(), 0);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  for (const deployment of ["openai/gpt-6-luna", "anthropic/claude-haiku-5-5"]) await world.script(deployment, {});
});

test("content is shown as text, where it is kept", async (t) => {
  const page = await visit(t, { view: "requests" });
  await page.locator("tbody a").first().waitFor();
  await page.route(/\/ui\/api\/requests\/./, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...await response.json(), content: { asked: JSON.stringify({ prompt: hostile }), isAskedCut: false, answered: hostile, isAnsweredCut: true } } });
  });
  await page.locator("tbody a").first().click();
  await page.getByRole("heading", { name: "Answered (cut)" }).waitFor();
  assert.match(await page.locator("pre").first().textContent(), /"prompt": "<img/);
  assert.equal(await page.locator("pre").nth(1).textContent(), hostile);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.deepEqual(await violations(page), []);
});

test("the browser refuses code and markup that is not the page's own", async (t) => {
  const page = await visit(t, { isAttacked: true });
  assert.match(await page.evaluate(() => { try { document.body.innerHTML = "<b>x</b>"; return "made"; } catch (error) { return error.message; } }), /TrustedHTML/);
  const ran = await page.evaluate(() => new Promise((resolve) => {
    document.addEventListener("securitypolicyviolation", () => resolve("refused"), { once: true });
    const image = new Image();
    image.src = "https://elsewhere.invalid/x.png";
  }));
  assert.equal(ran, "refused");
});

test("a key is asked for, kept in the tab alone, and forgotten", async (t) => {
  const page = await visit(t, { gateway: closed });
  assert.equal(await page.locator("h1").textContent(), "Sign in");
  assert.deepEqual(await violations(page), []);
  await page.keyboard.type("sk-wrong");
  await page.keyboard.press("Enter");
  await page.getByText("That is not the master key of this gateway.").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "INPUT");
  await page.keyboard.type("sk-master");
  await page.keyboard.press("Enter");
  await page.locator("h1", { hasText: "Live" }).waitFor();
  await page.reload();
  await page.locator("h1", { hasText: "Live" }).waitFor();
  assert.deepEqual(await page.context().cookies(), []);
  assert.ok(!(await page.evaluate(() => JSON.stringify(localStorage) + location.href + document.documentElement.outerHTML)).includes("sk-master"));
  const other = await page.context().newPage();
  await other.goto(`${closed.page}/ui/`);
  await other.locator("h1", { hasText: "Sign in" }).waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.locator("h1", { hasText: "Sign in" }).waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
});

test("people sign in with their account: what they see and may do is their role's", async (t) => {
  const provider = await startProvider({ clientId: "gateway", secret: "secret-of-the-gateway" });
  t.after(() => provider.stop());
  const gateway = await world.gateway({
    key: "sk-master", env: { ROUTERGEN_OIDC_SECRET: "secret-of-the-gateway" },
    args: ["--admin-port", String(await freePort()), "--oidc-authority", provider.url, "--oidc-client-id", "gateway", "--oidc-name", "Example ID", "--oidc-admin", "gateway-admins", "--oidc-viewer", "gateway-viewers"],
  });
  const page = await visit(t, { gateway, isAttacked: true }); // It goes to the provider.
  const button = page.getByRole("link", { name: "Sign in with Example ID" });
  await button.waitFor();
  assert.equal(await focused(page), "Sign in with Example ID");
  assert.ok(await page.getByLabel("Master key").isVisible());
  assert.deepEqual(await violations(page), []);
  if (process.env.SCREENSHOTS) await shoot(page, "sign-in-light");
  const signIn = async (name) => {
    await button.click();
    await page.getByRole("link", { name }).click();
  };

  await signIn("Some Stranger");
  await page.getByText("Your account has no role for this gateway.").waitFor();
  assert.ok(!page.url().includes("sign-in"));

  await signIn("Vera Viewer");
  await page.getByText("Vera Viewer (viewer)").waitFor();
  assert.deepEqual(await violations(page), []);
  await go(page, "deployments");
  assert.equal(await page.getByRole("button", { name: /^Drain/ }).count(), 0);
  assert.ok(!await page.getByRole("link", { name: "Playground" }).isVisible());
  await go(page, "access");
  assert.ok(!await page.getByRole("button", { name: "New key" }).isVisible());
  const [session] = await page.context().cookies();
  assert.deepEqual([session.name, session.httpOnly, session.sameSite, session.expires], ["routergen", true, "Strict", -1]);
  await page.getByRole("button", { name: "Sign out" }).click();
  await button.waitFor();
  assert.deepEqual(await page.context().cookies(), []);

  await signIn("Ada Admin");
  await page.getByText("Ada Admin", { exact: true }).waitFor();
  await page.reload();
  await page.getByText("Ada Admin", { exact: true }).waitFor();
  await go(page, "deployments");
  await page.getByRole("button", { name: "Drain openai/gpt-6-luna" }).waitFor();
  await go(page, "access");
  await page.getByRole("button", { name: "New key" }).click();
  await page.getByRole("button", { name: "Create" }).click();
  await page.getByText("Copy it now").waitFor();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await button.waitFor();

  provider.stop();
  await page.getByLabel("Master key").fill("sk-master");
  await page.getByRole("button", { name: "Use the key" }).click();
  await page.locator("h1", { hasText: "Keys" }).waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await button.waitFor();
});

test("keys, teams, users and budgets are made, changed, rotated, blocked and deleted", async (t) => {
  const page = await visit(t, { gateway: closed });
  await page.keyboard.type("sk-master");
  await page.keyboard.press("Enter");
  await page.locator("h1", { hasText: "Live" }).waitFor();
  const tab = async (name) => {
    await page.evaluate((hash) => { location.hash = hash; }, `#/access/${name}`);
    await page.locator(`.tabs a[aria-current][href="#/access/${name}"]`).waitFor();
    await page.getByRole("status").filter({ hasText: /\d|One/ }).first().waitFor();
  };
  const make = async (kind, values) => {
    await page.getByRole("button", { name: `New ${kind}` }).click();
    const box = page.getByRole("dialog");
    for (const [label, value] of Object.entries(values)) {
      const control = box.getByLabel(label, { exact: true });
      if (await control.evaluate((one) => one.tagName) === "SELECT") await control.selectOption({ label: value });
      else await control.fill(value);
    }
    if (kind === "key") assert.deepEqual(await violations(page), [], "the form of a key");
    await box.getByRole("button", { name: "Create" }).click();
  };
  const row = (text) => page.locator("tbody tr", { hasText: text });

  await tab("budgets");
  await page.getByText("No budgets").waitFor();
  await make("budget", { Name: "small", "Budget in USD": "5", "Period of the budget": "30d" });
  await row("small").getByText("$5.00").waitFor();
  await tab("organizations");
  await make("organization", { Name: "Acme", "Budget in USD": "50" });
  await row("Acme").getByText("$50.00 left of $50.00").waitFor();
  await tab("customers");
  await make("customer", { Id: "shop-7", Name: "Corner shop", "Budget in USD": "5", "Period of the budget": "1d" });
  await row("Corner shop").getByText("left of $5.00 every 1d").waitFor();
  await row("Corner shop").getByRole("button", { name: /^Block/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Block" }).click();
  await row("Corner shop").getByText("Blocked").waitFor();
  assert.deepEqual(await violations(page), [], "the list of customers");
  await tab("teams");
  await make("team", { Name: "Research", Groups: "chat, claude", "Shared budget": "small", Organization: "Acme" });
  await row("Research").getByText("$5.00 left of $5.00 every 30d").waitFor();
  await tab("users");
  await make("user", { Id: "ada", "E-mail": "ada@example.com", "Requests a minute": "60" });
  await row("ada@example.com").getByText("60 requests / min").waitFor();
  await tab("keys");
  await make("key", { Name: hostile.slice(0, 60), "Valid for": "30d", Team: "Research", Groups: "chat", "Budget in USD": "0.5" });
  const secret = page.getByRole("dialog", { name: "Key" });
  await secret.waitFor();
  assert.deepEqual(await violations(page), [], "a key that is shown");
  const key = await secret.getByRole("textbox").inputValue();
  assert.match(key, /^sk-.{20,}/);
  await secret.getByRole("button", { name: "Done" }).click();
  const own = row("<img src=x");
  await own.getByText("Active").waitFor();
  await own.getByText("$0.50 left of $0.50").waitFor();
  assert.ok(!(await page.evaluate(() => document.documentElement.outerHTML)).includes(key));
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.deepEqual(await violations(page), [], "the list of keys");
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));

  assert.equal((await ask({ url: closed.url, key }, chat("chat", "Hello"))).status, 200);
  assert.equal((await ask({ url: closed.url, key }, chat("chat", "Hello", { user: "shop-7" }))).status, 403);
  const refused = await fetch(`${closed.page}/ui/api/live`, { headers: { authorization: `Bearer ${key}` } });
  assert.equal(refused.status, 403);
  await own.getByRole("button", { name: /^Block/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Block" }).click();
  await own.getByText("Blocked").waitFor();
  assert.equal((await ask({ url: closed.url, key }, chat("chat", "Hello"))).status, 403);
  await page.getByRole("button", { name: "Undo" }).click();
  await own.getByText("Active").waitFor();
  await own.getByRole("button", { name: /^Edit/ }).click();
  await page.getByRole("dialog").getByLabel("Requests a minute").fill("7");
  await page.getByRole("dialog").getByLabel("Budget in USD").fill("");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await own.getByText("7 requests / min").waitFor();
  await own.getByText("no budget").waitFor();
  await own.getByRole("button", { name: /^Rotate/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Rotate" }).click();
  const next = await page.getByRole("dialog", { name: "New key" }).getByRole("textbox").inputValue();
  assert.notEqual(next, key);
  await page.getByRole("button", { name: "Done" }).click();
  assert.equal((await ask({ url: closed.url, key }, chat("chat", "Hello"))).status, 401);
  assert.equal((await ask({ url: closed.url, key: next }, chat("chat", "Hello"))).status, 200);
  await go(page, "requests");
  await page.locator('tbody td[data-label="Key"]', { hasText: "<img src=x" }).first().waitFor();
  await tab("keys");
  await own.getByRole("button", { name: /^Delete/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.getByText("No keys").waitFor();
  await tab("budgets");
  await row("small").getByRole("button", { name: /^Delete/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.locator(".toast", { hasText: "refers to the budget" }).waitFor();
});

test("a gateway that cannot be reached is said to be, and found again", async (t) => {
  const first = await world.gateway();
  const page = await visit(t, { gateway: first });
  await first.stop();
  await page.getByText("The gateway cannot be reached. Trying again …").waitFor({ timeout: 5000 });
  await world.gateway({ port: Number(new URL(first.url).port) });
  await page.waitForFunction(() => document.getElementById("connection").textContent === "", null, { timeout: 9000 });
  assert.equal(await page.locator("h1").textContent(), "Live");
});

test("the theme is chosen, and kept", async (t) => {
  const page = await visit(t);
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByLabel("Theme").selectOption("dark");
  const dark = await background();
  assert.notEqual(dark, light);
  await page.reload();
  assert.equal(await background(), dark);
});

for (const width of [400, 320]) {
  test(`nothing is wider than a screen of ${width} pixels`, async (t) => {
    const page = await visit(t, { width, scheme: "dark", reducedMotion: "reduce" });
    for (const view of views) {
      await go(page, view);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), view);
      if (process.env.SCREENSHOTS && width === 400) await shoot(page, `${view}-narrow`);
    }
    assert.deepEqual(await violations(page), []);
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector(".views a")).transitionDuration), "0s");
  });
}
