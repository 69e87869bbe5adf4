// Makes the schemas that the tests hold requests to: npm install --ignore-scripts && npm run generate
import { readFileSync, writeFileSync } from "node:fs";
import { createGenerator } from "ts-json-schema-generator";

const sources = {
    OpenAIChat: "openai",
    OpenAIResponses: "openai",
    AnthropicMessages: "@anthropic-ai/sdk",
    AnthropicBeta: "@anthropic-ai/sdk",
    BedrockConverse: "@aws-sdk/client-bedrock-runtime",
    GeminiContent: "@google/genai",
    CohereChat: "cohere-ai",
    OllamaChat: "ollama",
    OpenAIEmbeddings: "openai",
    GeminiEmbeddings: "@google/genai",
    VertexPredictions: "@google/genai",
    VertexContents: "@google/genai",
    CohereEmbeddings: "cohere-ai",
    OllamaEmbeddings: "ollama",
};

/** Leaves out what cannot be sent: members and choices that no value fits. */
function simplify(value) {
    if (Array.isArray(value)) return value.map(simplify);
    if (value === null || typeof value !== "object") return value;
    const result = {};
    for (const [name, member] of Object.entries(value)) {
        if (name === "properties") {
            const possible = Object.entries(member).filter(([, schema]) => !isNever(schema));
            if (possible.length > 0) result.properties = Object.fromEntries(possible.map(([key, schema]) => [key, simplify(schema)]));
        } else if (name === "anyOf") {
            result.anyOf = withoutNames(member.filter(choice => !isNever(choice) && !choice.required?.includes("$unknown")).map(simplify));
        } else if (name !== "description" && name !== "deprecated" && name !== "default") {
            result[name] = simplify(member);
        }
    }
    return result;
}

/** Names of models and voices beside any string: they only help an editor. */
const withoutNames = choices => (choices.some(isAnyString) ? choices.filter(choice => isAnyString(choice) || (choice.type !== "string" && !/Model$/.test(choice.$ref))) : choices);

const isAnyString = schema => JSON.stringify(schema) === '{"type":"string"}';

const isNever = schema => JSON.stringify(schema) === '{"not":{}}';

/** The definitions that a schema reaches, by name. */
function reached(schema, definitions, found = new Map()) {
    for (const [, name] of JSON.stringify(schema).matchAll(/"\$ref":"#\/definitions\/([^"]+)"/g)) {
        const key = decodeURIComponent(name);
        if (found.has(key)) continue;
        found.set(key, definitions[key]);
        reached(definitions[key], definitions, found);
    }
    return found;
}

const generator = createGenerator({ path: "requests.ts", tsconfig: "tsconfig.json", skipTypeCheck: true, additionalProperties: false, topRef: true, expose: "all" });
for (const [type, source] of Object.entries(sources)) {
    const whole = generator.createSchema(type);

    // Bytes are Base64 in JSON.
    for (const bytes of Object.keys(whole.definitions).filter(name => /^Uint8Array/.test(name))) whole.definitions[bytes] = { type: "string" };
    const definitions = simplify(whole.definitions);
    const { name, version, license } = JSON.parse(readFileSync(`node_modules/${source}/package.json`));
    const used = reached({ $ref: whole.$ref }, definitions);

    // A definition is a line, so that a new version shows what it changes.
    const lines = [...used].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, schema]) => `    ${JSON.stringify(key)}: ${JSON.stringify(schema)}`);
    const head = `  "$comment": ${JSON.stringify(`${name} ${version}, ${license ?? "MIT"}`)},\n  "$ref": ${JSON.stringify(whole.$ref)},`;
    writeFileSync(`${process.argv[2]}/${type}.json`, `{\n${head}\n  "definitions": {\n${lines.join(",\n")}\n  }\n}\n`);
}
