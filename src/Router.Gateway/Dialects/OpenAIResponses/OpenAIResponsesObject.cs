using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Dialects.OpenAIResponses;

/// <summary>
/// Writes the object of a response: https://platform.openai.com/docs/api-reference/responses/object. What was asked for is repeated as it came.
/// </summary>
internal sealed class OpenAIResponsesObject
{
    private const string Prefix = "resp_";

    private readonly RelayedRequest _request;
    private readonly DateTimeOffset _created;
    private readonly ResponseKeeping? _keeping;

    /// <summary>Makes the object of a request.</summary>
    public OpenAIResponsesObject(RelayedRequest request, DateTimeOffset created, ResponseKeeping? keeping)
    {
        _request = request;
        _created = created;
        _keeping = keeping;
        SetId(null);
    }

    /// <summary>Gets the id.</summary>
    public string Id { get; private set; } = "";

    /// <summary>Gets or sets the model that answers; null where that is not known.</summary>
    public string? Model { get; set; }

    /// <summary>Sets the id: the provider's, or where it gave none or the answer is kept here, one of the request's.</summary>
    public void SetId(string? answer)
    {
        string id = (_keeping is { IsKept: true } ? _request.Id : answer ?? _request.Id).Replace(':', '_');
        Id = id.StartsWith(Prefix, StringComparison.Ordinal) ? id : Prefix + id;
    }

    /// <summary>Writes the object of a response that is complete.</summary>
    public void Write(Utf8JsonWriter json, IReadOnlyList<OpenAIResponsesItem> items, ChatFinishReason? reason, UsageDetails? usage)
    {
        string? incomplete = IncompleteBecause(reason);
        Start(json, incomplete is null ? "completed" : "incomplete");
        json.WriteNull("error"u8);
        WriteIncomplete(json, incomplete);
        json.WriteStartArray("output"u8);
        foreach (OpenAIResponsesItem item in items) item.Write(json, isWhole: true);
        json.WriteEndArray();
        WriteUsage(json, usage);
        json.WriteEndObject();
    }

    /// <summary>Writes the object of a response that has begun.</summary>
    public void WriteBegun(Utf8JsonWriter json)
    {
        Start(json, "in_progress");
        json.WriteNull("error"u8);
        WriteIncomplete(json, null);
        json.WriteStartArray("output"u8);
        json.WriteEndArray();
        json.WriteNull("usage"u8);
        json.WriteEndObject();
    }

    /// <summary>Writes the object of a response that broke.</summary>
    public void WriteFailed(Utf8JsonWriter json, string code, string message)
    {
        Start(json, "failed");
        json.WriteStartObject("error"u8);
        json.WriteString("code"u8, code);
        json.WriteString("message"u8, message);
        json.WriteEndObject();
        WriteIncomplete(json, null);
        json.WriteStartArray("output"u8);
        json.WriteEndArray();
        json.WriteNull("usage"u8);
        json.WriteEndObject();
    }

    /// <summary>Returns why an answer ends before its end, as clients know it; null where it does not.</summary>
    public static string? IncompleteBecause(ChatFinishReason? reason) =>
        reason == ChatFinishReason.Length ? "max_output_tokens" : reason == ChatFinishReason.ContentFilter ? "content_filter" : null;

    private void Start(Utf8JsonWriter json, string status)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, Id);
        json.WriteString("object"u8, "response"u8);
        json.WriteNumber("created_at"u8, _created.ToUnixTimeSeconds());
        json.WriteString("status"u8, status);
        json.WriteBoolean("background"u8, false);
        json.WriteString("model"u8, Model ?? _request.Model);
        json.WriteBoolean("store"u8, _keeping is { IsKept: true });
        json.WriteString("previous_response_id"u8, _keeping?.PreviousId);
        json.WriteString("service_tier"u8, "default"u8);
        json.WriteString("truncation"u8, "disabled"u8);
        Repeat(json, "instructions"u8, "null"u8);
        Repeat(json, "max_output_tokens"u8, "null"u8);
        Repeat(json, "metadata"u8, "{}"u8);
        Repeat(json, "parallel_tool_calls"u8, "true"u8);
        Repeat(json, "reasoning"u8, "{\"effort\":null,\"summary\":null}"u8);
        Repeat(json, "temperature"u8, "1.0"u8);
        Repeat(json, "text"u8, "{\"format\":{\"type\":\"text\"}}"u8);
        Repeat(json, "tool_choice"u8, "\"auto\""u8);
        Repeat(json, "tools"u8, "[]"u8);
        Repeat(json, "top_p"u8, "1.0"u8);
    }

    private void Repeat(Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> otherwise)
    {
        ReadOnlySpan<byte> said = _request.Find(name);
        json.WritePropertyName(name);
        if (said.IsEmpty || said.SequenceEqual("null"u8)) said = otherwise;

        // An event's data is one line.
        if (said.IndexOfAny((byte)'\n', (byte)'\r') >= 0) RequestJson.Parse(said).WriteTo(json);
        else json.WriteRawValue(said, skipInputValidation: true);
    }

    private static void WriteIncomplete(Utf8JsonWriter json, string? reason)
    {
        if (reason is null)
        {
            json.WriteNull("incomplete_details"u8);
            return;
        }

        json.WriteStartObject("incomplete_details"u8);
        json.WriteString("reason"u8, reason);
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, UsageDetails? usage)
    {
        if (usage is null)
        {
            json.WriteNull("usage"u8);
            return;
        }

        long input = usage.InputTokenCount ?? 0;
        long output = usage.OutputTokenCount ?? 0;
        json.WriteStartObject("usage"u8);
        json.WriteNumber("input_tokens"u8, input);
        json.WriteStartObject("input_tokens_details"u8);
        json.WriteNumber("cached_tokens"u8, usage.CachedInputTokenCount ?? 0);
        json.WriteEndObject();
        json.WriteNumber("output_tokens"u8, output);
        json.WriteStartObject("output_tokens_details"u8);
        json.WriteNumber("reasoning_tokens"u8, usage.ReasoningTokenCount ?? 0);
        json.WriteEndObject();
        json.WriteNumber("total_tokens"u8, TokenTotals.Of(usage));
        json.WriteEndObject();
    }
}
