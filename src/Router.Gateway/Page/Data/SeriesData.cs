using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Page.Figures;
using RouterGen.Gateway.Page.Record;

namespace RouterGen.Gateway.Page.Data;

/// <summary>The figures of a day for plots.</summary>
/// <param name="record">What is known of requests.</param>
internal sealed class SeriesData(PageRecord record)
{
    private const int Steps = 60;
    private const int MostLines = 8; // more than can be told apart

    /// <summary>Answers with the figures of an hour, a quarter of a day or a day, by group, deployment, model or key.</summary>
    public Task ReadAsync(HttpContext context)
    {
        int hours = int.TryParse(context.Request.Query["hours"], NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? Math.Clamp(asked, 1, 24) : 1;
        string by = context.Request.Query["by"].ToString();
        DateTimeOffset now = record.Now;
        if (record.Series(by.Length == 0 ? "group" : by, Steps, hours) is not { } lines) return PageJson.SendErrorAsync(context, 400, "by: one of group, deployment, model, key.");
        return PageJson.SendAsync(context, json =>
        {
            json.WriteString("now"u8, now);
            json.WriteNumber("stepMinutes"u8, hours);
            json.WriteNumber("names"u8, lines.Count);
            json.WriteStartArray("series"u8);
            foreach ((string name, StepFigures[] steps) in lines.Take(MostLines)) Write(json, name, steps);
            json.WriteEndArray();
        });
    }

    private static void Write(Utf8JsonWriter json, string name, StepFigures[] steps)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, name);
        Write(json, "requests"u8, steps, static step => step.Requests);
        Write(json, "errors"u8, steps, static step => step.Errors);
        Write(json, "tokens"u8, steps, static step => step.Tokens);
        Write(json, "spend"u8, steps, static step => step.Spend);
        Write(json, "p50"u8, steps, static step => step.P50);
        Write(json, "p95"u8, steps, static step => step.P95);
        Write(json, "firstToken"u8, steps, static step => step.FirstToken);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, StepFigures[] steps, Func<StepFigures, double?> figure)
    {
        json.WriteStartArray(name);
        foreach (StepFigures step in steps) json.WriteMeasuredValue(figure(step));
        json.WriteEndArray();
    }
}
