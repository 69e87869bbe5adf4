using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Dialects.OpenAIChat;

/// <summary>
/// Reads a Chat Completions request (https://platform.openai.com/docs/api-reference/chat/create). What has a property in the framework's options goes
/// there; what has none goes among the additional properties, for dialects that have a meaning for it.
/// </summary>
internal static class OpenAIChatReader
{
    // What is read here, or says how the request is relayed.
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "model", "messages", "stream", "stream_options", "tools", "tool_choice", "functions", "function_call", "parallel_tool_calls", "response_format", "max_tokens", "max_completion_tokens",
        "temperature", "top_p", "top_k", "frequency_penalty", "presence_penalty", "seed", "stop", "reasoning_effort", "n",
    };

    /// <summary>Reads a request.</summary>
    /// <returns>Null, or what is wrong with it.</returns>
    public static AttemptFailure? Read(JsonElement body, out IReadOnlyList<ChatMessage> messages, out ChatOptions? options)
    {
        options = null;
        if (OpenAIChatMessageReader.Read(body, out messages) is { } failure) return failure;
        if (body.Integer("n"u8) is > 1) return new AttemptFailure(FailureKind.Unsupported, "n: only one choice can be asked for where the model speaks another dialect.");
        options = new ChatOptions
        {
            MaxOutputTokens = body.Limit("max_completion_tokens"u8) ?? body.Limit("max_tokens"u8),
            Temperature = body.Number("temperature"u8),
            TopP = body.Number("top_p"u8),
            TopK = (int?)body.Integer("top_k"u8),
            FrequencyPenalty = body.Number("frequency_penalty"u8),
            PresencePenalty = body.Number("presence_penalty"u8),
            Seed = body.Integer("seed"u8),
            StopSequences = body.Texts("stop"u8),
            AllowMultipleToolCalls = body.Flag("parallel_tool_calls"u8),
        };
        failure = ReadTools(body, options) ?? ReadChoice(body.Get("tool_choice"u8), options) ?? ReadFormat(body.Get("response_format"u8), options);
        if (failure is not null) return failure;
        if (body.Text("reasoning_effort"u8) is { } effort) (options.AdditionalProperties ??= [])["reasoning_effort"] = effort;
        foreach (JsonProperty member in body.EnumerateObject())
        {
            if (!Known.Contains(member.Name) && member.Value.ValueKind is not JsonValueKind.Null) (options.AdditionalProperties ??= [])[member.Name] = member.Value;
        }

        return null;
    }

    private static AttemptFailure? ReadTools(JsonElement body, ChatOptions options)
    {
        int place = 0;
        foreach (JsonElement tool in body.Items("tools"u8))
        {
            if (tool.Text("type"u8) is not "function")
                return new AttemptFailure(FailureKind.Unsupported, $"tools[{place}].type: only functions can be used where the model speaks another dialect.");
            if (AddFunction(tool.Get("function"u8), $"tools[{place}].function", options) is { } failure) return failure;
            place++;
        }

        place = 0;
        foreach (JsonElement function in body.Items("functions"u8))
        {
            if (AddFunction(function, $"functions[{place++}]", options) is { } failure) return failure;
        }

        return null;
    }

    private static AttemptFailure? AddFunction(JsonElement function, string place, ChatOptions options)
    {
        if (function.Text("name"u8) is not { Length: > 0 } name) return Fields.Invalid(place + ".name", "must be a text");
        (options.Tools ??= []).Add(new DeclaredTool(name, function.Text("description"u8) ?? "", function.Get("parameters"u8), function.Flag("strict"u8)));
        return null;
    }

    private static AttemptFailure? ReadChoice(JsonElement choice, ChatOptions options)
    {
        if (choice.ValueKind is JsonValueKind.Undefined) return null;
        options.ToolMode = choice.ValueKind is JsonValueKind.String
            ? choice.GetString() switch { "none" => ChatToolMode.None, "auto" => ChatToolMode.Auto, "required" => ChatToolMode.RequireAny, _ => null }
            : choice.Get("function"u8).Text("name"u8) is { } name ? ChatToolMode.RequireSpecific(name) : null;
        return options.ToolMode is null ? Fields.Invalid("tool_choice", "must be none, auto, required or a function") : null;
    }

    private static AttemptFailure? ReadFormat(JsonElement format, ChatOptions options)
    {
        switch (format.Text("type"u8))
        {
            case "json_object":
                options.ResponseFormat = ChatResponseFormat.Json;
                return null;
            case "json_schema":
                JsonElement named = format.Get("json_schema"u8);
                if (named.Get("schema"u8) is not { ValueKind: JsonValueKind.Object } schema) return Fields.Invalid("response_format.json_schema.schema", "must be an object");
                options.ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, named.Text("name"u8), named.Text("description"u8));
                if (named.Flag("strict"u8) is { } strict) (options.AdditionalProperties ??= [])["strict"] = strict;
                return null;
            default:
                return null;
        }
    }
}
