namespace RouterGen;

/// <summary>The sinks of an application, which all routers that take their options from its services share.</summary>
public sealed class RouterTelemetryBuilder
{
    private readonly List<Func<RouterOptions, RouterTelemetrySink>> _sinks = [];

    internal RouterTelemetryBuilder()
    {
    }

    /// <summary>Adds a sink, for example <c>telemetry.Use(options => options.UseOtlp())</c>.</summary>
    /// <param name="use">Makes it. Called once, when a router is made or the application starts.</param>
    /// <returns>The builder.</returns>
    public RouterTelemetryBuilder Use(Func<RouterOptions, RouterTelemetrySink> use)
    {
        ArgumentNullException.ThrowIfNull(use);
        _sinks.Add(use);
        return this;
    }

    /// <summary>Sends spans and metrics by OTLP; see <see cref="RouterTelemetryExtensions.UseOtlp"/>.</summary>
    /// <param name="settings">What is not to come from variables.</param>
    /// <returns>The builder.</returns>
    public RouterTelemetryBuilder UseOtlp(OtlpSinkOptions? settings = null) => Use(options => options.UseOtlp(settings));

    /// <summary>Sends spans to Langfuse; see <see cref="RouterTelemetryExtensions.UseLangfuse"/>.</summary>
    /// <param name="settings">What is not to come from variables.</param>
    /// <returns>The builder.</returns>
    public RouterTelemetryBuilder UseLangfuse(LangfuseSinkOptions? settings = null) => Use(options => options.UseLangfuse(settings));

    /// <summary>Sends attempts to Helicone; see <see cref="RouterTelemetryExtensions.UseHelicone"/>.</summary>
    /// <param name="settings">What is not to come from variables.</param>
    /// <returns>The builder.</returns>
    public RouterTelemetryBuilder UseHelicone(HeliconeSinkOptions? settings = null) => Use(options => options.UseHelicone(settings));

    /// <summary>Makes the sinks, and adds them to the options. Those that are made already end where one cannot be made.</summary>
    internal List<RouterTelemetrySink> Build(RouterOptions options)
    {
        var made = new List<RouterTelemetrySink>();
        try
        {
            foreach (Func<RouterOptions, RouterTelemetrySink> use in _sinks) made.Add(use(options));
            return made;
        }
        catch (Exception)
        {
            foreach (RouterTelemetrySink sink in made) sink.DisposeAsync().AsTask().GetAwaiter().GetResult(); // It has sent nothing yet.
            throw;
        }
    }
}
