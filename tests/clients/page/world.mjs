// Fake providers, gateways in front of them, and traffic: what the page is tried with.
import { spawn } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

const models = {
  groups: {
    chat: {
      timeoutSeconds: 30, fallbacks: ["backup"], contextWindowFallbacks: ["long"], contentPolicyFallbacks: ["claude"],
      deployments: [{ model: "openai/gpt-6-luna", weight: 3, rpm: 5000 }, { model: "anthropic/claude-haiku-5-5", rpm: 1000, tpm: 2000000 }, { model: "mistral/mistral-small-latest", order: 1, maxConcurrency: 40 }],
    },
    claude: { timeoutSeconds: 30, fallbacks: ["backup"], deployments: ["anthropic/claude-haiku-5-5"] },
    long: { timeoutSeconds: 30, deployments: [{ model: "anthropic/claude-haiku-5-5", budget: 5 }] },
    backup: { timeoutSeconds: 30, deployments: ["mistral/mistral-small-latest"] },
    broken: { timeoutSeconds: 30, maxAttempts: 1, deployments: ["openai/gpt-5-mini"] },
    steps: { timeoutSeconds: 30, deployments: ["openai/gpt-4.1", { model: "mistral/mistral-small-latest", order: 1 }] },
    vectors: { deployments: ["openai/text-embedding-3-small"] },
  },
};

/** Starts a program and waits for the line that says where it listens. */
function start(command, env, pattern) {
  return new Promise((resolve, reject) => {
    const [program, ...args] = command;
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    const lines = [];
    const note = (line) => {
      lines.push(line);
      const found = pattern.exec(line);
      if (found) resolve({ url: found[1], child, lines });
    };
    createInterface({ input: child.stdout }).on("line", note);
    createInterface({ input: child.stderr }).on("line", note);
    child.on("exit", (code) => reject(new Error(`${command.join(" ")} ended with ${code}:\n${lines.join("\n")}`)));
  });
}

export async function startWorld() {
  const gateway = (process.env.GATEWAY_PROGRAM ?? "").split(" ");
  const fakes = (process.env.FAKES_PROGRAM ?? "").split(" ");
  const work = await mkdtemp(path.join(tmpdir(), "page-"));
  const config = path.join(work, "models.json");
  await writeFile(config, JSON.stringify(models));
  const providers = await start([...fakes, "--port", "0"], {}, /^listening on (\S+)/);
  const started = [providers];
  const env = {
    OPENAI_BASE_URL: `${providers.url}/openai/v1`, OPENAI_API_KEY: "sk-of-openai", ANTHROPIC_BASE_URL: `${providers.url}/anthropic`, ANTHROPIC_API_KEY: "sk-of-anthropic",
    MISTRAL_API_BASE: `${providers.url}/mistral/v1`, MISTRAL_API_KEY: "sk-of-mistral",
  };
  return {
    /** Starts a gateway; with a key where one is given, whose page is on another port then. */
    async gateway({ key, port = 0, args = [], env: more = {} } = {}) {
      const one = await start([...gateway, "--config", config, "--port", String(port), ...args], { ...env, ...more, ROUTERGEN_MASTER_KEY: key ?? "", ...(key ? {} : { ROUTERGEN_MASTER_KEY: undefined }) }, /^A page for people: (\S+)\/ui$/);
      started.push(one);
      const url = one.lines.map((line) => /^Listening on (\S+): /.exec(line)?.[1]).find(Boolean);
      return { url, page: one.url, key, stop: () => new Promise((resolve) => { one.child.on("exit", resolve); one.child.kill("SIGTERM"); }) };
    },
    /** Says what a deployment does from now on. */
    async script(deployment, script) {
      const response = await fetch(`${providers.url}/_script/${deployment}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(script) });
      if (!response.ok) throw new Error(`${deployment}: ${response.status} ${await response.text()}`);
    },
    stop() {
      for (const { child } of started) child.kill("SIGKILL");
    },
  };
}

/** Asks a gateway as a client would, and reads the whole answer. */
export async function ask({ url, key }, body, path = "/v1/chat/completions") {
  const response = await fetch(url + path, { method: "POST", headers: { "content-type": "application/json", ...(key && { authorization: `Bearer ${key}` }) }, body: JSON.stringify(body) });
  const text = await response.text();
  return { status: response.status, id: response.headers.get("x-request-id"), text };
}

export const chat = (model, content, more) => ({ model, messages: [{ role: "user", content }], ...more });

/** Some minutes' worth of requests of all kinds, at once: whole and streamed, answered at the first attempt and later, refused and failed. */
export async function traffic(world, gateway) {
  await world.script("openai/gpt-5-mini", { steps: [{ fault: { kind: "Status", status: 503 } }] });
  await world.script("openai/gpt-6-luna", { reply: { deltas: 24, deltaDelayMs: 3 }, steps: [{ fault: { kind: "Status", status: 500, delayMs: 20 }, times: 1 }] });
  await world.script("anthropic/claude-haiku-5-5", { reply: { deltas: 40, deltaDelayMs: 4 }, steps: [{ fault: { kind: "None", delayMs: 30 }, times: 4 }] });
  for (let index = 0; index < 24; index++) {
    const asked = [
      ask(gateway, chat(index % 4 === 1 ? "claude" : "chat", `Question ${index}`, { stream: index % 2 === 0 })),
      index % 6 === 2 && ask(gateway, { model: "vectors", input: ["one", "two"] }, "/v1/embeddings"),
      index % 12 === 5 && ask(gateway, chat("gpt-nowhere", "Hello")),
      index % 18 === 7 && ask(gateway, chat("broken", "Hello")),
      index % 5 === 3 && ask(gateway, { model: "claude", max_tokens: 50, messages: [{ role: "user", content: "Hello" }] }, "/v1/messages"),
    ];
    await Promise.all(asked);
  }
}
