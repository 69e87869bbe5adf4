using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Page.Figures;
using RouterGen.Gateway.Page.Log;
using RouterGen.Gateway.Page.Record;

namespace RouterGen.Gateway.Page.Data;

/// <summary>What happens now.</summary>
/// <param name="record">What is known of requests.</param>
internal sealed class LiveData(PageRecord record)
{
    private const int MostLatest = 30;

    /// <summary>Answers with the last minute, second by second, and with the requests that ended after the one of which the page knows.</summary>
    public Task ReadAsync(HttpContext context)
    {
        long after = long.TryParse(context.Request.Query["after"], NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;
        SecondFigures[] seconds = record.Seconds();
        (LatencyHistogram durations, LatencyHistogram firstTokens) = record.Latencies();
        RequestEntry[] latest = record.Latest(after, MostLatest);
        return PageJson.SendAsync(context, json =>
        {
            json.WriteString("now"u8, record.Now);
            json.WriteString("startedAt"u8, record.StartedAt);
            json.WriteNumber("inFlight"u8, record.InFlight);
            json.WriteStartArray("seconds"u8);
            foreach (SecondFigures second in seconds) Write(json, second);
            json.WriteEndArray();
            Write(json, "durations"u8, durations);
            Write(json, "firstTokens"u8, firstTokens);
            json.WriteStartArray("latest"u8);
            foreach (RequestEntry entry in latest) RequestData.WriteSummary(json, entry);
            json.WriteEndArray();
        });
    }

    private static void Write(Utf8JsonWriter json, SecondFigures second)
    {
        json.WriteStartArray();
        json.WriteNumberValue(second.Requests);
        json.WriteNumberValue(second.Errors);
        json.WriteNumberValue(second.Tokens);
        json.WriteNumberValue(second.Spend);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, LatencyHistogram times)
    {
        json.WriteStartObject(name);
        json.WriteNumber("count"u8, times.Count);
        json.WriteMeasured("p50", times.Quantile(0.5));
        json.WriteMeasured("p95", times.Quantile(0.95));
        json.WriteMeasured("p99", times.Quantile(0.99));
        json.WriteEndObject();
    }
}
