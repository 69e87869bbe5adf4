// The clients of other languages, unchanged, against a gateway that is asked through GATEWAY_URL: each dialect, with a deployment
// that speaks it and one that does not. "call NAME {…}" makes the fake models call a tool.
import assert from "node:assert/strict";
import { test } from "node:test";
import Anthropic from "@anthropic-ai/sdk";
import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { ChatAnthropic } from "@langchain/anthropic";
import { tool as langChainTool } from "@langchain/core/tools";
import { ChatOpenAI } from "@langchain/openai";
import { generateText, stepCountIs, streamText, tool } from "ai";
import OpenAI, { toFile } from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import { z } from "zod";

const url = process.env.GATEWAY_URL;
const key = "sk-any";
const openai = new OpenAI({ baseURL: url + "/v1", apiKey: key });
const anthropic = new Anthropic({ baseURL: url, apiKey: key });
const groups = ["chat", "claude"]; // of OpenAI, and of Anthropic
const hello = [{ role: "user", content: "Hello" }];
const red = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
const parameters = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const askWeather = 'call weather {"city":"Oslo"}';

for (const model of groups) {
  test(`openai: a whole answer of ${model}`, async () => {
    const answer = await openai.chat.completions.create({ model, messages: hello });
    assert.match(answer.choices[0].message.content, /Hello from/);
    assert.equal(answer.choices[0].finish_reason, "stop");
    assert.ok(answer.usage.total_tokens > 0);
    assert.ok(answer._request_id);
  });

  test(`openai: a stream of ${model}, with and without usage`, async () => {
    for (const include_usage of [true, false]) {
      const stream = await openai.chat.completions.create({ model, messages: hello, stream: true, ...(include_usage && { stream_options: { include_usage } }) });
      let text = "";
      let usage = null;
      let finish = null;
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta.content ?? "";
        finish = chunk.choices[0]?.finish_reason ?? finish;
        usage = chunk.usage ?? usage;
        if (!include_usage) assert.equal(chunk.choices.length, 1);
      }
      assert.match(text, /Hello from/);
      assert.equal(finish, "stop");
      assert.equal(usage !== null, include_usage);
    }
  });

  test(`openai: tools of ${model}`, async () => {
    const asked = [];
    const runner = openai.chat.completions.runTools({
      model,
      messages: [{ role: "user", content: askWeather }],
      tools: [{ type: "function", function: { name: "weather", description: "The weather", parameters, parse: JSON.parse, function: ({ city }) => (asked.push(city), "sunny") } }],
    });
    assert.match(await runner.finalContent(), /The tool said: "sunny"/);
    assert.deepEqual(asked, ["Oslo"]);
  });

  test(`openai: a structured answer of ${model}`, async () => {
    const answer = await openai.chat.completions.parse({ model, messages: hello, response_format: zodResponseFormat(z.object({ title: z.string(), pages: z.number() }), "book") });
    assert.equal(typeof answer.choices[0].message.parsed.title, "string");
  });

  test(`openai: an image for ${model}`, async () => {
    const answer = await openai.chat.completions.create({ model, messages: [{ role: "user", content: [{ type: "text", text: "What is it?" }, { type: "image_url", image_url: { url: "data:image/png;base64," + red } }] }] });
    assert.match(answer.choices[0].message.content, /What is it\?/);
  });

  test(`openai: Responses of ${model}`, async () => {
    const answer = await openai.responses.create({ model, input: "Hello", instructions: "Be brief." });
    assert.match(answer.output_text, /Hello from/);
    assert.equal(answer.status, "completed");
    assert.ok(answer.usage.total_tokens > 0);
    const stream = openai.responses.stream({ model, input: "Hello" });
    const kinds = new Set();
    for await (const event of stream) kinds.add(event.type);
    const final = await stream.finalResponse();
    assert.match(final.output_text, /Hello from/);
    for (const kind of ["response.created", "response.output_text.delta", "response.completed"]) assert.ok(kinds.has(kind), kind);
  });

  test(`openai: tools by Responses of ${model}`, async () => {
    const tools = [{ type: "function", name: "weather", description: "The weather", parameters, strict: false }];
    const input = [{ role: "user", content: askWeather }];
    const first = await openai.responses.create({ model, input, tools, store: false });
    const call = first.output.find((item) => item.type === "function_call");
    assert.deepEqual(JSON.parse(call.arguments), { city: "Oslo" });
    const second = await openai.responses.create({ model, input: [...input, ...first.output, { type: "function_call_output", call_id: call.call_id, output: "sunny" }], tools, store: false });
    assert.match(second.output_text, /The tool said: "sunny"/);
  });

  test(`openai: Responses of ${model} that are kept`, async () => {
    const first = await openai.responses.create({ model, input: "One" });
    assert.equal((await openai.responses.retrieve(first.id)).output_text, first.output_text);
    const stream = openai.responses.stream({ model: "chat", input: "Two", previous_response_id: first.id });
    const second = await stream.finalResponse();
    assert.match(second.output_text, /You said: "Two"/);
    assert.equal(second.previous_response_id, first.id);
    assert.equal((await openai.responses.retrieve(second.id)).output_text, second.output_text);
    const texts = [];
    for await (const item of openai.responses.inputItems.list(second.id, { limit: 2, order: "asc" })) texts.push(item.content[0].text);
    assert.deepEqual(texts, ["One", first.output_text, "Two"]);
    assert.ok((await openai.responses.inputTokens.count({ model, input: "Three", previous_response_id: second.id })).input_tokens > 10);
    await openai.responses.delete(first.id);
    await assert.rejects(openai.responses.retrieve(first.id), OpenAI.NotFoundError);
    await assert.rejects(openai.responses.create({ model, input: "Three", previous_response_id: second.id }), (error) => error instanceof OpenAI.BadRequestError && error.code === "previous_response_not_found");
    const unkept = await openai.responses.create({ model, input: "One", store: false });
    await assert.rejects(openai.responses.retrieve(unkept.id), OpenAI.NotFoundError);
  });

  test(`anthropic: a whole answer of ${model}`, async () => {
    const answer = await anthropic.messages.create({ model, max_tokens: 100, system: "Be brief.", messages: hello });
    assert.match(answer.content[0].text, /Hello from/);
    assert.equal(answer.stop_reason, "end_turn");
    assert.ok(answer.usage.output_tokens > 0);
    assert.ok(answer._request_id);
  });

  test(`anthropic: a stream of ${model}`, async () => {
    const stream = anthropic.messages.stream({ model, max_tokens: 100, messages: hello });
    let text = "";
    stream.on("text", (delta) => (text += delta));
    const final = await stream.finalMessage();
    assert.match(text, /Hello from/);
    assert.equal(final.content[0].text, text);
    assert.ok(final.usage.output_tokens > 0);
  });

  test(`anthropic: tools of ${model}`, async () => {
    const tools = [{ name: "weather", description: "The weather", input_schema: parameters }];
    const messages = [{ role: "user", content: askWeather }];
    for (const streamed of [false, true]) {
      const first = streamed ? await anthropic.messages.stream({ model, max_tokens: 100, messages, tools }).finalMessage() : await anthropic.messages.create({ model, max_tokens: 100, messages, tools });
      assert.equal(first.stop_reason, "tool_use");
      const call = first.content.find((block) => block.type === "tool_use");
      assert.deepEqual(call.input, { city: "Oslo" });
      const second = await anthropic.messages.create({
        model,
        max_tokens: 100,
        tools,
        messages: [...messages, { role: "assistant", content: first.content }, { role: "user", content: [{ type: "tool_result", tool_use_id: call.id, content: "sunny" }] }],
      });
      assert.match(second.content[0].text, /The tool said: "sunny"/);
    }
  });

  test(`anthropic: an image, and tokens, of ${model}`, async () => {
    const messages = [{ role: "user", content: [{ type: "image", source: { type: "base64", media_type: "image/png", data: red } }, { type: "text", text: "What is it?" }] }];
    assert.match((await anthropic.messages.create({ model, max_tokens: 100, messages })).content[0].text, /What is it\?/);
    assert.ok((await anthropic.messages.countTokens({ model, messages: hello })).input_tokens > 0);
  });

  const aiProviders = {
    "openai (chat)": createOpenAI({ baseURL: url + "/v1", apiKey: key }).chat(model),
    "openai (responses)": createOpenAI({ baseURL: url + "/v1", apiKey: key })(model),
    anthropic: createAnthropic({ baseURL: url + "/v1", apiKey: key })(model),
    compatible: createOpenAICompatible({ name: "gateway", baseURL: url + "/v1", apiKey: key, includeUsage: true })(model),
  };
  for (const [name, languageModel] of Object.entries(aiProviders)) {
    test(`ai with ${name}: ${model}`, async () => {
      assert.match((await generateText({ model: languageModel, prompt: "Hello" })).text, /Hello from/);
      const weather = tool({ description: "The weather", inputSchema: z.object({ city: z.string() }), execute: async () => "sunny" });
      const run = streamText({ model: languageModel, prompt: askWeather, tools: { weather }, stopWhen: stepCountIs(3) });
      let text = "";
      for await (const delta of run.textStream) text += delta;
      assert.match(text, /The tool said:/);
      assert.ok((await run.totalUsage).totalTokens > 0);
    });
  }

  const langChainModels = {
    ChatOpenAI: new ChatOpenAI({ model, apiKey: key, configuration: { baseURL: url + "/v1" } }),
    ChatAnthropic: new ChatAnthropic({ model, apiKey: key, anthropicApiUrl: url, maxTokens: 100 }),
  };
  for (const [name, chat] of Object.entries(langChainModels)) {
    test(`LangChain's ${name}: ${model}`, async () => {
      assert.match((await chat.invoke("Hello")).text, /Hello from/);
      let text = "";
      for await (const chunk of await chat.stream("Hello")) text += chunk.text;
      assert.match(text, /Hello from/);
      const weather = langChainTool(async () => "sunny", { name: "weather", description: "The weather", schema: z.object({ city: z.string() }) });
      const answer = await chat.bindTools([weather]).invoke(askWeather);
      assert.deepEqual(answer.tool_calls.map(({ name, args }) => ({ name, args })), [{ name: "weather", args: { city: "Oslo" } }]);
    });
  }
}

test("ai with openai (responses): an answer that is kept is referred to", async () => {
  const bodies = [];
  const model = createOpenAI({ baseURL: url + "/v1", apiKey: key, fetch: (address, init) => (bodies.push(init.body), fetch(address, init)) })("chat");
  const first = await generateText({ model, prompt: "One" });
  const second = await generateText({ model, messages: [{ role: "user", content: "One" }, ...first.response.messages, { role: "user", content: "Two" }] });
  assert.match(second.text, /You said: "Two"/);
  assert.match(bodies[1], /item_reference/);
  const third = await generateText({ model, prompt: "Three", providerOptions: { openai: { previousResponseId: second.providerMetadata.openai.responseId } } });
  assert.match(third.text, /You said: "Three"/);
});

test("openai: vectors, in both encodings", async () => {
  const answer = await openai.embeddings.create({ model: "vectors", input: ["one", "two"] });
  assert.equal(answer.data.length, 2);
  assert.equal(answer.data[0].embedding.length, 1536);
  const floats = await openai.embeddings.create({ model: "vectors", input: "one", encoding_format: "float" });
  assert.deepEqual(floats.data[0].embedding.map((x) => x.toFixed(5)), answer.data[0].embedding.map((x) => x.toFixed(5)));
});

test("openai: images, whole and as a stream", async () => {
  const whole = await openai.images.generate({ model: "pictures", prompt: "A sail" });
  assert.ok(whole.data[0].b64_json);
  const kinds = [];
  for await (const event of await openai.images.generate({ model: "pictures", prompt: "A sail", stream: true, partial_images: 1 })) kinds.push(event.type), assert.ok(event.b64_json);
  assert.deepEqual(kinds, ["image_generation.partial_image", "image_generation.completed"]);
  kinds.length = 0;
  for await (const event of await openai.images.edit({ model: "pictures", prompt: "Blue", image: await toFile(Buffer.from(red, "base64"), "a.png", { type: "image/png" }), stream: true })) kinds.push(event.type);
  assert.deepEqual(kinds, ["image_edit.completed"]);
});

test("openai: sound, as bytes and events, and what is said in it", async () => {
  const speech = await openai.audio.speech.create({ model: "voice", input: "Hello", voice: "alloy", response_format: "wav" });
  const sound = Buffer.from(await speech.arrayBuffer());
  assert.equal(sound.subarray(0, 4).toString(), "RIFF");
  const events = await (await openai.audio.speech.create({ model: "voice", input: "Hello", voice: "alloy", stream_format: "sse" })).text();
  assert.match(events, /speech\.audio\.delta[^]*speech\.audio\.done/);
  const file = () => toFile(sound, "what is said.wav", { type: "audio/wav" });
  const whole = await openai.audio.transcriptions.create({ model: "ear", file: await file() });
  let text = "";
  let done = null;
  for await (const event of await openai.audio.transcriptions.create({ model: "ear", file: await file(), stream: true })) {
    if (event.type === "transcript.text.delta") text += event.delta;
    else done = event;
  }
  assert.equal(done.type, "transcript.text.done");
  assert.deepEqual([text, done.text], [whole.text, whole.text]);
});

test("lists of models", async () => {
  const ids = [];
  for await (const model of openai.models.list()) ids.push(model.id);
  assert.ok(ids.includes("chat"));
  for await (const model of anthropic.models.list()) assert.ok(ids.includes(model.id));
});

test("an unknown model is an error that names those that are there", async () => {
  await assert.rejects(openai.chat.completions.create({ model: "nope", messages: hello }), (error) => error instanceof OpenAI.NotFoundError && error.code === "model_not_found" && /chat/.test(error.message));
  await assert.rejects(anthropic.messages.create({ model: "nope", max_tokens: 1, messages: hello }), (error) => error instanceof Anthropic.NotFoundError && /chat/.test(error.message));
});

test("a broken request is not tried again", async () => {
  await assert.rejects(openai.chat.completions.create({ model: "claude", messages: [{ role: "pirate", content: "Arr" }] }), OpenAI.BadRequestError);
  await assert.rejects(anthropic.messages.create({ model: "chat", max_tokens: 1, messages: [{ role: "pirate", content: "Arr" }] }), Anthropic.BadRequestError);
});
