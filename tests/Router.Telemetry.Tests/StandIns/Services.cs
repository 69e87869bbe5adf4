using System.Text;
using System.Text.Json;

namespace RouterGen.Telemetry.Tests;

/// <summary>What the real services refuse.</summary>
internal static class Services
{
    public const string PublicKey = "pk-lf-1";
    public const string SecretKey = "sk-lf-2";
    public const string HeliconeKey = "sk-helicone-abc";

    /// <summary>A collector of OpenTelemetry: https://opentelemetry.io/docs/specs/otlp/#otlphttp.</summary>
    public static int Collector(Arrival arrival)
    {
        if (arrival.Path is not ("/v1/traces" or "/v1/metrics")) return 404;
        return TakeOtlp(arrival);
    }

    /// <summary>Langfuse: OTLP over HTTP alone, with user and password, and no path but its own. Metrics are taken and thrown away.</summary>
    public static int Langfuse(Arrival arrival)
    {
        if (arrival.Path is not ("/api/public/otel/v1/traces" or "/api/public/otel/v1/metrics")) return 404;
        string expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(PublicKey + ":" + SecretKey));
        return arrival.Header("Authorization") == expected ? TakeOtlp(arrival) : 401;
    }

    /// <summary>Helicone's interface for requests that it did not see: https://docs.helicone.ai/getting-started/integration-method/manual-logger-curl.</summary>
    public static int Helicone(Arrival arrival)
    {
        if (arrival.Path != "/custom/v1/log") return 404;
        if (arrival.Method != "POST") return 405;
        if (arrival.Header("Authorization") != "Bearer " + HeliconeKey) return 401;
        if (arrival.ContentType != "application/json") return 415;
        try
        {
            using var json = JsonDocument.Parse(arrival.Body);
            JsonElement request = json.RootElement.GetProperty("providerRequest"), response = json.RootElement.GetProperty("providerResponse"), timing = json.RootElement.GetProperty("timing");
            bool isValid = request.GetProperty("url").GetString() == "custom-model-nopath"
                && request.GetProperty("json").ValueKind is JsonValueKind.Object
                && request.GetProperty("meta").EnumerateObject().All(static meta => meta.Value.GetString()!.All(static c => c is >= ' ' and <= '~'))
                && response.GetProperty("headers").ValueKind is JsonValueKind.Object
                && response.GetProperty("status").GetInt32() is >= 100 and < 600
                && response.GetProperty("json").ValueKind is JsonValueKind.Object
                && Moment(timing.GetProperty("endTime")) >= Moment(timing.GetProperty("startTime"));
            return isValid ? 200 : 400;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return 400;
        }
    }

    public static long Moment(JsonElement time) => (time.GetProperty("seconds").GetInt64() * 1000) + time.GetProperty("milliseconds").GetInt32();

    private static int TakeOtlp(Arrival arrival)
    {
        if (arrival.Method != "POST") return 405;
        if (arrival.ContentType != "application/x-protobuf") return 415;
        try
        {
            if (arrival.Path.EndsWith("/v1/traces", StringComparison.Ordinal)) _ = Otlp.SpansOf(arrival).Count;
            else _ = Otlp.MetricsOf(arrival).Count;
            return 200;
        }
        catch (FormatException)
        {
            return 400;
        }
    }
}
