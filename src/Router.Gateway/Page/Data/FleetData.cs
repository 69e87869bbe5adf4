using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Page.Figures;
using RouterGen.Gateway.Page.Record;

namespace RouterGen.Gateway.Page.Data;

/// <summary>All instances of the fleet: what each says of its last minute.</summary>
/// <param name="fleet">The fleet; null where the gateway is alone.</param>
/// <param name="record">What is known of requests here.</param>
internal sealed class FleetData(RouterFleet? fleet, PageRecord record)
{
    private static readonly string[] Figures = ["requests", "errors", "tokens", "spend", "inFlight", "p50", "p95"];

    /// <summary>Has the fleet told of this instance's figures with each report.</summary>
    public void TellOthers() => fleet?.Summary = Summary;

    /// <summary>Answers with the instances that have reported lately; with none where the gateway is alone, or its store cannot be reached.</summary>
    public async Task ReadAsync(HttpContext context)
    {
        IReadOnlyList<FleetInstance> instances = [];
        try
        {
            if (fleet is not null) instances = await fleet.InstancesAsync(context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // What is wrong with the store is told below, without what its library says of it.
        }

        await PageJson.SendAsync(context, json =>
        {
            json.WriteBoolean("isFleet"u8, fleet is not null);
            json.WriteBoolean("isReached"u8, fleet?.IsReached is true);
            json.WriteText("self", fleet?.Id);
            json.WriteStartArray("instances"u8);
            foreach (FleetInstance instance in instances) Write(json, instance);
            json.WriteEndArray();
        }).ConfigureAwait(false);
    }

    // What another instance wrote is read, and only what is known of it is handed on.
    private static void Write(Utf8JsonWriter json, FleetInstance instance)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, instance.Id);
        json.WriteString("lastSeen"u8, instance.LastSeen);
        try
        {
            using JsonDocument summary = JsonDocument.Parse(instance.Summary ?? "{}");
            if (summary.RootElement.ValueKind is JsonValueKind.Object)
            {
                if (summary.RootElement.TryGetProperty("host", out JsonElement host) && host.ValueKind is JsonValueKind.String) json.WriteString("host"u8, host.GetString());
                foreach (string figure in Figures)
                {
                    if (summary.RootElement.TryGetProperty(figure, out JsonElement value) && value.ValueKind is JsonValueKind.Number) json.WriteNumber(figure, value.GetDouble());
                }
            }
        }
        catch (JsonException)
        {
            // Another program may be an instance, too.
        }

        json.WriteEndObject();
    }

    private string Summary()
    {
        SecondFigures[] seconds = record.Seconds();
        (LatencyHistogram durations, _) = record.Latencies();
        var body = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteString("host"u8, Environment.MachineName);
        json.WriteNumber("requests"u8, seconds.Sum(static second => (long)second.Requests));
        json.WriteNumber("errors"u8, seconds.Sum(static second => (long)second.Errors));
        json.WriteNumber("tokens"u8, seconds.Sum(static second => second.Tokens));
        json.WriteNumber("spend"u8, seconds.Sum(static second => second.Spend));
        json.WriteNumber("inFlight"u8, record.InFlight);
        json.WriteMeasured("p50", durations.Quantile(0.5));
        json.WriteMeasured("p95", durations.Quantile(0.95));
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(body.WrittenSpan);
    }
}
