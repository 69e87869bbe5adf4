using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>
/// Writes an attempt as Helicone takes it: https://docs.helicone.ai/getting-started/integration-method/manual-logger-curl. Request and answer are in the form of OpenAI's chat, which it shows;
/// without what was said, unless content is captured.
/// </summary>
internal static class HeliconeRecord
{
    /// <summary>Returns the JSON of an attempt that has ended.</summary>
    public static byte[] Write(ObservedAttempt attempt)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("providerRequest");
            json.WriteString("url", "custom-model-nopath");
            WriteRequest(json, attempt);
            WriteMeta(json, attempt);
            json.WriteEndObject();
            json.WriteStartObject("providerResponse");
            json.WriteNumber("status", StatusOf(attempt));
            json.WriteStartObject("headers");
            json.WriteEndObject();
            WriteAnswer(json, attempt);
            json.WriteEndObject();
            json.WriteStartObject("timing");
            WriteTime(json, "startTime", attempt.StartedAt);
            WriteTime(json, "endTime", attempt.StartedAt + attempt.Duration);
            if (attempt.TimeToFirstToken is { } first) json.WriteNumber("timeToFirstToken", (long)first.TotalMilliseconds);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Returns the status of the attempt. Where there was no response, it is the one that a proxy would have given.</summary>
    public static int StatusOf(ObservedAttempt attempt) => attempt.StatusCode ?? attempt.Outcome switch
    {
        FailureKind.None => 200,
        FailureKind.Canceled or FailureKind.Superseded => 499,
        FailureKind.Timeout => 504,
        _ => 502,
    };

    private static void WriteRequest(Utf8JsonWriter json, ObservedAttempt attempt)
    {
        json.WriteStartObject("json");
        json.WriteString("model", attempt.Model);
        json.WriteStartArray("messages");
        if (attempt.CapturedRequest is ChatRequest chat)
        {
            if (chat.Options?.Instructions is { Length: > 0 } instructions) WriteMessage(json, "system", instructions);
            foreach (ChatMessage message in chat.Messages) WriteMessage(json, message);
        }

        json.WriteEndArray();
        if (attempt.CapturedRequest is ChatRequest { Options: { } options })
        {
            if (options.Temperature is { } temperature) json.WriteNumber("temperature", temperature);
            if (options.TopP is { } topP) json.WriteNumber("top_p", topP);
            if (options.MaxOutputTokens is { } most) json.WriteNumber("max_tokens", most);
        }

        json.WriteEndObject();
    }

    // What Helicone reads of requests through its proxy as headers. It makes headers of them, so they must be such as a header may be.
    private static void WriteMeta(Utf8JsonWriter json, ObservedAttempt attempt)
    {
        json.WriteStartObject("meta");
        json.WriteString("Helicone-Request-Id", Guid.ParseExact(attempt.Id, "N").ToString("D")); // A record that arrives twice is one.
        Property("Group", attempt.Group);
        Property("Deployment", attempt.Deployment);
        Property("Provider", attempt.Provider);
        Property("Purpose", attempt.Purpose.ToString());
        if (attempt.Outcome is not FailureKind.None) Property("Failure", attempt.Outcome.ToString());
        if (attempt.Cost is { } cost) Property("Cost-Usd", cost.ToString(CultureInfo.InvariantCulture));
        if (attempt.Call is { } call)
        {
            Property("Call", call.Id);
            Property("Attempt", attempt.Number.ToString(CultureInfo.InvariantCulture));
            if (call.Routing.Caller is { } caller) json.WriteString("Helicone-User-Id", Escape(caller));
            if (call.Routing.SessionKey is { } session)
            {
                json.WriteString("Helicone-Session-Id", Escape(session));
                json.WriteString("Helicone-Session-Path", "/" + Escape(call.Group));
            }

            string tags = string.Join(',', call.Routing.Tags.Concat(call.Routing.SpendTags));
            if (tags.Length > 0) Property("Tags", tags);
        }

        json.WriteEndObject();

        void Property(string name, string value) => json.WriteString("Helicone-Property-" + name, Escape(value));
    }

    private static void WriteAnswer(Utf8JsonWriter json, ObservedAttempt attempt)
    {
        json.WriteStartObject("json");
        if (attempt.Outcome is not FailureKind.None)
        {
            json.WriteStartObject("error");
            json.WriteString("type", attempt.Outcome.ToString());
            json.WriteString("code", attempt.ErrorCode);
            json.WriteEndObject();
        }

        json.WriteString("model", attempt.CapturedAnswer?.ModelId ?? attempt.Model);
        if (attempt.CapturedAnswer is { } answer)
        {
            json.WriteString("id", answer.ResponseId);
            json.WriteStartArray("choices");
            for (int i = 0; i < answer.Messages.Count; i++)
            {
                json.WriteStartObject();
                json.WriteNumber("index", i);
                json.WritePropertyName("message");
                WriteMessage(json, answer.Messages[i]);
                json.WriteString("finish_reason", answer.FinishReason?.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (attempt.Usage is { } usage)
        {
            json.WriteStartObject("usage");
            json.WriteNumber("prompt_tokens", usage.InputTokenCount ?? 0);
            json.WriteNumber("completion_tokens", usage.OutputTokenCount ?? 0);
            json.WriteNumber("total_tokens", usage.TotalTokenCount ?? (usage.InputTokenCount ?? 0) + (usage.OutputTokenCount ?? 0));
            WriteDetail(json, "prompt_tokens_details", "cached_tokens", usage.CachedInputTokenCount);
            WriteDetail(json, "completion_tokens_details", "reasoning_tokens", usage.ReasoningTokenCount);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteDetail(Utf8JsonWriter json, string details, string name, long? count)
    {
        if (count is not { } known) return;
        json.WriteStartObject(details);
        json.WriteNumber(name, known);
        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, ChatMessage message)
    {
        FunctionResultContent[] results = [.. message.Contents.OfType<FunctionResultContent>()];
        foreach (FunctionResultContent result in results[..Math.Max(0, results.Length - 1)]) WriteResult(json, result);
        if (results is [.., { } last])
        {
            WriteResult(json, last);
            return;
        }

        json.WriteStartObject();
        json.WriteString("role", message.Role.Value);
        json.WriteString("content", TextOf(message));
        FunctionCallContent[] calls = [.. message.Contents.OfType<FunctionCallContent>()];
        if (calls.Length > 0)
        {
            json.WriteStartArray("tool_calls");
            foreach (FunctionCallContent call in calls)
            {
                json.WriteStartObject();
                json.WriteString("id", call.CallId);
                json.WriteString("type", "function");
                json.WriteStartObject("function");
                json.WriteString("name", call.Name);
                json.WriteString("arguments", ArgumentsOf(call));
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, string role, string content)
    {
        json.WriteStartObject();
        json.WriteString("role", role);
        json.WriteString("content", content);
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, FunctionResultContent result)
    {
        json.WriteStartObject();
        json.WriteString("role", "tool");
        json.WriteString("tool_call_id", result.CallId);
        json.WriteString("content", Convert.ToString(result.Result, CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    // Images and files are named, not sent: Helicone shows text, and they are large.
    private static string TextOf(ChatMessage message) => string.Join('\n', message.Contents.Select(static content => content switch
    {
        TextContent text => text.Text,
        DataContent data => $"[{data.MediaType}, {data.Data.Length.ToString(CultureInfo.InvariantCulture)} bytes]",
        UriContent uri => $"[{uri.MediaType}]",
        HostedFileContent file => $"[file {file.FileId}]",
        _ => null,
    }).OfType<string>());

    private static string ArgumentsOf(FunctionCallContent call)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach ((string name, object? value) in call.Arguments ?? new Dictionary<string, object?>())
            {
                json.WritePropertyName(name);
                if (value is JsonElement { ValueKind: not JsonValueKind.Undefined } element) element.WriteTo(json);
                else json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset time)
    {
        json.WriteStartObject(name);
        json.WriteNumber("seconds", time.ToUnixTimeSeconds());
        json.WriteNumber("milliseconds", time.Millisecond);
        json.WriteEndObject();
    }

    private static string Escape(string value) => value.All(static c => c is >= ' ' and <= '~') ? value : Uri.EscapeDataString(value);
}
