using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Page.Log;
using RouterGen.Gateway.Page.Record;

namespace RouterGen.Gateway.Page.Data;

/// <summary>The request log.</summary>
/// <param name="record">What is known of requests.</param>
internal sealed class RequestData(PageRecord record)
{
    private const int MostFound = 100;

    /// <summary>Answers with the latest requests that a query looks for.</summary>
    public Task ListAsync(HttpContext context)
    {
        RequestSearch search = RequestSearch.Of(context.Request.Query);
        RequestEntry[] all = record.Latest();
        RequestEntry[] found = [.. all.Where(search.Fits).Take(MostFound + 1)];
        return PageJson.SendAsync(context, json =>
        {
            json.WriteNumber("kept"u8, all.Length);
            json.WriteNumber("capacity"u8, record.Options.KeptRequests);
            json.WriteBoolean("keepsContent"u8, record.Options.KeepsContent);
            json.WriteBoolean("more"u8, found.Length > MostFound);
            WriteNames(json, "keys"u8, all.Select(static entry => entry.Key));
            WriteNames(json, "deployments"u8, all.SelectMany(static entry => entry.Attempts).Select(static attempt => attempt.Deployment));
            json.WriteStartArray("requests"u8);
            foreach (RequestEntry entry in found.Take(MostFound)) WriteSummary(json, entry);
            json.WriteEndArray();
        });
    }

    /// <summary>Answers with all that is known of one request.</summary>
    public Task ReadAsync(HttpContext context)
    {
        string? id = context.Request.RouteValues["id"] as string;
        RequestEntry? entry = Array.Find(record.Latest(), one => one.Id == id);
        return entry is null
            ? PageJson.SendErrorAsync(context, 404, "No request of that id is kept any more, or it has not ended.")
            : PageJson.SendAsync(context, json => WriteAll(json, entry));
    }

    /// <summary>Writes what a list shows of a request.</summary>
    public static void WriteSummary(Utf8JsonWriter json, RequestEntry entry)
    {
        json.WriteStartObject();
        WriteFacts(json, entry);
        json.WriteEndObject();
    }

    private static void WriteAll(Utf8JsonWriter json, RequestEntry entry)
    {
        WriteFacts(json, entry);
        json.WriteStartArray("fallbacks"u8);
        foreach (string group in entry.Fallbacks) json.WriteStringValue(group);
        json.WriteEndArray();
        json.WriteStartArray("attempts"u8);
        foreach (RequestAttempt attempt in entry.Attempts) WriteAttempt(json, attempt);
        json.WriteEndArray();
        if (entry.Content is not { } content) return;
        json.WriteStartObject("content"u8);
        json.WriteString("asked"u8, RequestContent.Text(content.Asked));
        json.WriteBoolean("isAskedCut"u8, content.IsAskedCut);
        json.WriteString("answered"u8, RequestContent.Text(content.Answered));
        json.WriteBoolean("isAnsweredCut"u8, content.IsAnsweredCut);
        json.WriteEndObject();
    }

    private static void WriteFacts(Utf8JsonWriter json, RequestEntry entry)
    {
        json.WriteNumber("number"u8, entry.Number);
        json.WriteString("id"u8, entry.Id);
        json.WriteString("startedAt"u8, entry.StartedAt);
        json.WriteMilliseconds("duration", entry.Duration);
        json.WriteMilliseconds("firstByte", entry.FirstByte);
        json.WriteString("endpoint"u8, entry.Endpoint);
        json.WriteNumber("status"u8, entry.Status);
        json.WriteBoolean("isError"u8, entry.IsError);
        json.WriteBoolean("isStreaming"u8, entry.IsStreaming);
        if (entry.LeftEarly) json.WriteBoolean("leftEarly"u8, true);
        json.WriteText("group", entry.Group);
        json.WriteText("askedModel", entry.AskedModel);
        json.WriteText("deployment", entry.Deployment);
        json.WriteText("model", entry.Model);
        json.WriteText("key", entry.Key);
        json.WriteText("error", entry.Error);
        json.WriteNumber("inputTokens"u8, entry.InputTokens);
        json.WriteNumber("outputTokens"u8, entry.OutputTokens);
        json.WriteKnown("cost", entry.Cost);
        json.WriteNumber("tries"u8, entry.Attempts.Count);
    }

    private static void WriteAttempt(Utf8JsonWriter json, RequestAttempt attempt)
    {
        json.WriteStartObject();
        json.WriteString("group"u8, attempt.Group);
        json.WriteString("deployment"u8, attempt.Deployment);
        json.WriteString("model"u8, attempt.Model);
        json.WriteText("outcome", attempt.Outcome);
        json.WriteKnown("status", attempt.Status);
        json.WriteText("errorCode", attempt.ErrorCode);
        json.WriteMilliseconds("duration", attempt.Duration);
        json.WriteMilliseconds("firstToken", attempt.FirstToken);
        json.WriteNumber("tokens"u8, attempt.Tokens);
        json.WriteKnown("cost", attempt.Cost);
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<string?> names)
    {
        json.WriteStartArray(name);
        foreach (string? one in names.Distinct().Order(StringComparer.Ordinal))
        {
            if (one is not null) json.WriteStringValue(one);
        }

        json.WriteEndArray();
    }
}
