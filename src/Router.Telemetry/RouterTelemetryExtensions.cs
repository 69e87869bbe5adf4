namespace RouterGen;

/// <summary>Sends what a router does to a service for observability, with one line each.</summary>
/// <remarks>Variables are found by <see cref="RouterOptions.Variables"/>, which is read at once: set it, or <see cref="RouterOptions.Configuration"/>, before.</remarks>
public static class RouterTelemetryExtensions
{
    /// <summary>Sends spans and metrics to a collector of OpenTelemetry, or to a backend that takes OTLP.</summary>
    /// <param name="options">The router's options.</param>
    /// <param name="settings">What is not to come from the variables of OpenTelemetry (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c> …); null for nothing.</param>
    /// <returns>The sink, to be disposed after the router.</returns>
    /// <exception cref="InvalidOperationException">A variable has a value that cannot be meant; the message names each one.</exception>
    public static RouterTelemetrySink UseOtlp(this RouterOptions options, OtlpSinkOptions? settings = null) => Add(options, OtlpDestination.ForOtlp(Checked(options), settings ?? new OtlpSinkOptions()));

    /// <summary>Sends spans to Langfuse: a trace for each call, with a generation for each attempt, its tokens and its cost.</summary>
    /// <param name="options">The router's options.</param>
    /// <param name="settings">What is not to come from the variables of Langfuse (<c>LANGFUSE_PUBLIC_KEY</c>, <c>LANGFUSE_SECRET_KEY</c>, <c>LANGFUSE_BASE_URL</c> …); null for nothing.</param>
    /// <returns>The sink, to be disposed after the router.</returns>
    /// <exception cref="InvalidOperationException">A key is missing, or a variable has a value that cannot be meant; the message names each one.</exception>
    public static RouterTelemetrySink UseLangfuse(this RouterOptions options, LangfuseSinkOptions? settings = null) => Add(options, OtlpDestination.ForLangfuse(Checked(options), settings ?? new LangfuseSinkOptions()));

    /// <summary>Sends each attempt to Helicone, by its interface for requests that did not go through its proxy. Messages are sent only where <see cref="RouterOptions.CaptureMessageContent"/> asks for it.</summary>
    /// <param name="options">The router's options.</param>
    /// <param name="settings">What is not to come from the variables of Helicone (<c>HELICONE_API_KEY</c>, <c>HELICONE_BASE_URL</c>); null for nothing.</param>
    /// <returns>The sink, to be disposed after the router.</returns>
    /// <exception cref="InvalidOperationException">The key is missing, or a variable has a value that cannot be meant; the message names each one.</exception>
    public static RouterTelemetrySink UseHelicone(this RouterOptions options, HeliconeSinkOptions? settings = null)
    {
        var sink = HeliconeSink.Create(Checked(options), settings ?? new HeliconeSinkOptions());
        sink.AddTo(options);
        return sink;
    }

    private static OtlpSink Add(RouterOptions options, OtlpDestination destination)
    {
        var sink = new OtlpSink(options, destination);
        sink.AddTo(options);
        return sink;
    }

    private static RouterOptions Checked(RouterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options;
    }
}
