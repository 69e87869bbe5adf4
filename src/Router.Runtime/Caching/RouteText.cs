using System.Buffers;
using System.Text;
using System.Text.Json;

namespace RouterGen;

/// <summary>How an answer came about, as a text that goes where only texts go: through a cache of someone else's that writes answers as JSON.</summary>
internal static class RouteText
{
    /// <summary>The additional property of an answer that has it.</summary>
    public const string Property = "routergen.route";

    public static string Write(RouteSummary route, decimal? cost)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("model", route.ModelUsed);
            json.WriteString("deployment", route.Deployment);
            if (cost is { } known) json.WriteNumber("cost", known);
            json.WriteNumber("ticks", route.Duration.Ticks);
            if (route.TimeToFirstToken is { } first) json.WriteNumber("first", first.Ticks);
            json.WriteStartArray("attempts");
            foreach (Attempt attempt in route.Attempts) Write(json, attempt);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads what <see cref="Write(RouteSummary, decimal?)"/> wrote.</summary>
    /// <returns>Null where the text is something else.</returns>
    public static RouteSummary? Read(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement route = document.RootElement;
            JsonElement made = route.GetProperty("attempts");
            var attempts = new Attempt[made.GetArrayLength()];
            for (int i = 0; i < attempts.Length; i++) attempts[i] = Read(made[i]);
            return new RouteSummary(
                route.GetProperty("model").GetString()!, route.GetProperty("deployment").GetString()!, null, default, new TimeSpan(route.GetProperty("ticks").GetInt64()),
                route.TryGetProperty("first", out JsonElement first) ? new TimeSpan(first.GetInt64()) : null, attempts)
            {
                StatedCost = route.TryGetProperty("cost", out JsonElement cost) ? cost.GetDecimal() : null,
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, Attempt attempt)
    {
        json.WriteStartObject();
        json.WriteString("group", attempt.Group);
        json.WriteString("deployment", attempt.Deployment);
        json.WriteString("model", attempt.Model);
        json.WriteNumber("outcome", (int)attempt.Outcome);
        if (attempt.StatusCode is { } status) json.WriteNumber("status", status);
        if (attempt.ErrorCode is { } code) json.WriteString("code", code);
        json.WriteNumber("ticks", attempt.Duration.Ticks);
        json.WriteEndObject();
    }

    private static Attempt Read(JsonElement attempt) => new()
    {
        Group = attempt.GetProperty("group").GetString()!,
        Deployment = attempt.GetProperty("deployment").GetString()!,
        Model = attempt.GetProperty("model").GetString()!,
        Outcome = (FailureKind)attempt.GetProperty("outcome").GetInt32(),
        StatusCode = attempt.TryGetProperty("status", out JsonElement status) ? status.GetInt32() : null,
        ErrorCode = attempt.TryGetProperty("code", out JsonElement code) ? code.GetString() : null,
        Duration = new TimeSpan(attempt.GetProperty("ticks").GetInt64()),
    };
}
