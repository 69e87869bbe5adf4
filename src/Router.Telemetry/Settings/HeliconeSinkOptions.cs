namespace RouterGen;

/// <summary>Where <c>UseHelicone</c> sends to. What is not set comes from the variables of Helicone.</summary>
public sealed class HeliconeSinkOptions : TelemetrySinkOptions
{
    /// <summary>Gets the address to which <c>/custom/v1/log</c> is added. Null: <c>HELICONE_BASE_URL</c>, else <c>https://eu.api.helicone.ai</c> for a key of the EU (<c>sk-helicone-eu-</c>, <c>pk-helicone-eu-</c>), else <c>https://api.worker.helicone.ai</c>.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>Gets the key. Null: <c>HELICONE_API_KEY</c>.</summary>
    public string? ApiKey { get; init; }
}
