// The body of each dialect's request, as the provider's own library declares it. generate.mjs makes one schema of each type.
import type { MessageCreateParamsNonStreaming as BetaParams } from "@anthropic-ai/sdk/resources/beta/messages/messages";
import type { MessageCreateParamsNonStreaming } from "@anthropic-ai/sdk/resources/messages/messages";
import type { ConverseRequest } from "@aws-sdk/client-bedrock-runtime";
import type { Content, EmbedContentConfig, GenerationConfig, SafetySetting, ServiceTier, Tool, ToolConfig } from "@google/genai";
import type { V2ChatRequest } from "./node_modules/cohere-ai/dist/serialization/resources/v2/client/requests/V2ChatRequest.js";
import type { V2EmbedRequest } from "./node_modules/cohere-ai/dist/serialization/resources/v2/client/requests/V2EmbedRequest.js";
import type { ChatRequest, EmbedRequest } from "ollama";
import type { ChatCompletionCreateParamsNonStreaming } from "openai/resources/chat/completions/completions";
import type { EmbeddingCreateParams } from "openai/resources/embeddings";
import type { ResponseCreateParamsNonStreaming } from "openai/resources/responses/responses";

// The libraries have a type for streams and one for whole answers, which differ in one member.
type Either<T> = Omit<T, "stream"> & { stream?: boolean };

export type OpenAIChat = Either<ChatCompletionCreateParamsNonStreaming>;
export type OpenAIResponses = Either<ResponseCreateParamsNonStreaming>;
export type AnthropicMessages = Either<MessageCreateParamsNonStreaming>;

// With a header that asks for what is not released.
export type AnthropicBeta = Either<Omit<BetaParams, "betas">>;

// The model is in the path.
export type BedrockConverse = Omit<ConverseRequest, "modelId">;

// The library joins the request from settings of its own, with these parts.
export interface GeminiContent {
    contents: Content[];
    systemInstruction?: Content;
    tools?: Tool[];
    toolConfig?: ToolConfig;
    generationConfig?: GenerationConfig;
    safetySettings?: SafetySetting[];
    cachedContent?: string;
    serviceTier?: ServiceTier;
}

// The library adds the member that asks for a stream.
export type CohereChat = V2ChatRequest.Raw & { stream?: boolean };

export type OllamaChat = ChatRequest;

export type OpenAIEmbeddings = EmbeddingCreateParams;

// The library makes a request of each content, with these of its settings.
export interface GeminiEmbeddings {
    requests: (Pick<EmbedContentConfig, "taskType" | "title" | "outputDimensionality"> & { model: string; content: Content })[];
}

// At Vertex AI likewise: an instance of each text, and parameters for all.
export interface VertexPredictions {
    instances: (Pick<EmbedContentConfig, "title"> & { content: string; task_type?: EmbedContentConfig["taskType"] })[];
    parameters?: Pick<EmbedContentConfig, "outputDimensionality" | "autoTruncate">;
}

export interface VertexContents {
    content: Content;
    embedContentConfig?: Pick<EmbedContentConfig, "taskType" | "title" | "outputDimensionality" | "autoTruncate">;
}

export type CohereEmbeddings = V2EmbedRequest.Raw;

export type OllamaEmbeddings = EmbedRequest;
