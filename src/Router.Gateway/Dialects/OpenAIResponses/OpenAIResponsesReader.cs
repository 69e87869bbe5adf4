using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Dialects.OpenAIResponses;

/// <summary>
/// Reads a Responses request (https://platform.openai.com/docs/api-reference/responses/create). What other dialects have no word for is left out, and
/// noted; what would make another conversation of it, is refused.
/// </summary>
internal static class OpenAIResponsesReader
{
    // What is read here or before, says how the request is relayed, or holds in any case: thoughts come encrypted.
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "model", "input", "instructions", "stream", "stream_options", "tools", "tool_choice", "parallel_tool_calls", "text", "reasoning", "max_output_tokens", "temperature", "top_p",
        "store", "include", "previous_response_id", "conversation", "prompt", "background", "metadata",
    };

    /// <summary>Reads a request.</summary>
    /// <returns>Null, or what is wrong with it.</returns>
    public static AttemptFailure? Read(RelayedRequest request, JsonElement body, out IReadOnlyList<ChatMessage> messages, out ChatOptions? options)
    {
        options = null;
        messages = [];
        if (WhyKept(body) is { } kept) return kept;
        if (new OpenAIResponsesInputReader(request).Read(body.Get("input"u8), out messages) is { } failure) return failure;
        options = new ChatOptions
        {
            Instructions = body.Text("instructions"u8) is { Length: > 0 } instructions ? instructions : null,
            MaxOutputTokens = body.Limit("max_output_tokens"u8),
            Temperature = body.Number("temperature"u8),
            TopP = body.Number("top_p"u8),
            AllowMultipleToolCalls = body.Flag("parallel_tool_calls"u8),
        };
        failure = OpenAIResponsesToolReader.Read(request, body, options) ?? ReadText(body.Get("text"u8), options);
        if (failure is not null) return failure;
        ReadReasoning(body.Get("reasoning"u8), options);
        foreach (JsonProperty member in body.EnumerateObject())
        {
            if (!Known.Contains(member.Name) && member.Value.ValueKind is not JsonValueKind.Null) request.NoteLeftOut(member.Name + ": left out");
        }

        return null;
    }

    /// <summary>Returns why a request needs what is kept elsewhere; null where it does not. A deployment that speaks the dialect gets it as it is.</summary>
    private static AttemptFailure? WhyKept(JsonElement body) => body.Get("prompt"u8).ValueKind is JsonValueKind.Undefined
        ? null
        : new AttemptFailure(FailureKind.Unsupported, "prompt: is kept at OpenAI, and can be used only where the model speaks this dialect.");

    private static AttemptFailure? ReadText(JsonElement text, ChatOptions options)
    {
        if (text.Text("verbosity"u8) is { } verbosity) (options.AdditionalProperties ??= [])["verbosity"] = verbosity;
        JsonElement format = text.Get("format"u8);
        switch (format.Text("type"u8))
        {
            case "json_object":
                options.ResponseFormat = ChatResponseFormat.Json;
                return null;
            case "json_schema":
                if (format.Get("schema"u8) is not { ValueKind: JsonValueKind.Object } schema) return Fields.Invalid("text.format.schema", "must be an object");
                options.ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, format.Text("name"u8), format.Text("description"u8));
                if (format.Flag("strict"u8) is { } strict) (options.AdditionalProperties ??= [])["strict"] = strict;
                return null;
            default:
                return null;
        }
    }

    private static void ReadReasoning(JsonElement reasoning, ChatOptions options)
    {
        if (reasoning.Text("effort"u8) is { } effort) (options.AdditionalProperties ??= [])["reasoning_effort"] = effort;
        if (reasoning.Text("summary"u8) is { } summary) options.Reasoning = new ReasoningOptions { Output = summary is "detailed" ? ReasoningOutput.Full : ReasoningOutput.Summary };
    }
}
