using System.Text.Json.Serialization;

namespace RouterGen.FakeProviders;

/// <summary>What one call meets. Factories name the usual ones; <c>with</c> adds headers and delays to any of them.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="StatusCode">The status code of <see cref="FaultKind.Status"/>.</param>
/// <param name="Body">The body of <see cref="FaultKind.Status"/>; null for the provider's own error object.</param>
/// <param name="ContentType">The content type of <paramref name="Body"/>.</param>
/// <param name="Headers">Headers to add to whatever is answered, such as <c>x-ratelimit-remaining-requests</c>.</param>
/// <param name="RetryAfter">How long the client is told to wait; null says nothing.</param>
/// <param name="RetryAfterForm">How <paramref name="RetryAfter"/> is told.</param>
/// <param name="Delay">The wait before the headers, and before a reset.</param>
/// <param name="FirstTokenDelay">The wait between a stream's opening events and its first delta.</param>
/// <param name="After">How many deltas come through before the fault.</param>
/// <param name="Megabytes">The size of <see cref="FaultKind.Gigantic"/>.</param>
/// <param name="Location">Where <see cref="FaultKind.Redirect"/> leads.</param>
/// <param name="Stage">Where in a stream <see cref="FaultKind.Cut"/>, <see cref="FaultKind.EndEarly"/>, <see cref="FaultKind.Stall"/>,
/// <see cref="FaultKind.StreamError"/> and <see cref="FaultKind.GarbageEvent"/> happen.</param>
public sealed record Fault(
    FaultKind Kind = FaultKind.None,
    [property: JsonPropertyName("status")] int StatusCode = 500,
    string? Body = null,
    string ContentType = "application/json",
    IReadOnlyDictionary<string, string>? Headers = null,
    [property: JsonPropertyName("retryAfterMs"), JsonConverter(typeof(MillisecondsConverter))] TimeSpan? RetryAfter = null,
    RetryAfterForm RetryAfterForm = RetryAfterForm.Seconds,
    [property: JsonPropertyName("delayMs"), JsonConverter(typeof(MillisecondsConverter))] TimeSpan? Delay = null,
    [property: JsonPropertyName("firstTokenDelayMs"), JsonConverter(typeof(MillisecondsConverter))] TimeSpan? FirstTokenDelay = null,
    int After = 0,
    int Megabytes = 64,
    string Location = "http://elsewhere.invalid/",
    FaultStage Stage = FaultStage.Delta)
{
    /// <summary>A good answer at once.</summary>
    public static Fault None { get; } = new();

    /// <summary>A status code, with the provider's error object or a body of one's own.</summary>
    public static Fault Status(int statusCode, string? body = null, string contentType = "application/json") =>
        new(FaultKind.Status, StatusCode: statusCode, Body: body, ContentType: contentType);

    /// <summary>A 429, perhaps with the time to wait.</summary>
    public static Fault RateLimited(TimeSpan? retryAfter = null, RetryAfterForm form = RetryAfterForm.Seconds) =>
        Status(429) with { RetryAfter = retryAfter, RetryAfterForm = form };

    /// <summary>A good answer with headers of one's own.</summary>
    public static Fault WithHeaders(IReadOnlyDictionary<string, string> headers) => new(Headers: headers);

    /// <summary>A good answer that is late as a whole.</summary>
    public static Fault Slow(TimeSpan delay) => new(Delay: delay);

    /// <summary>A good stream whose first delta is late.</summary>
    public static Fault SlowFirstToken(TimeSpan delay) => new(FirstTokenDelay: delay);

    /// <inheritdoc cref="FaultKind.Redirect"/>
    public static Fault Redirect(string location) => new(FaultKind.Redirect, Location: location);

    /// <inheritdoc cref="FaultKind.Quota"/>
    public static Fault Quota { get; } = Of(FaultKind.Quota);

    /// <inheritdoc cref="FaultKind.ContextWindow"/>
    public static Fault ContextWindow { get; } = Of(FaultKind.ContextWindow);

    /// <inheritdoc cref="FaultKind.ContentFiltered"/>
    public static Fault ContentFiltered { get; } = Of(FaultKind.ContentFiltered);

    /// <inheritdoc cref="FaultKind.PromptFiltered"/>
    public static Fault PromptFiltered { get; } = Of(FaultKind.PromptFiltered);

    /// <inheritdoc cref="FaultKind.BlackHole"/>
    public static Fault BlackHole { get; } = Of(FaultKind.BlackHole);

    /// <inheritdoc cref="FaultKind.Reset"/>
    public static Fault Reset { get; } = Of(FaultKind.Reset);

    /// <inheritdoc cref="FaultKind.ResetAfterHeaders"/>
    public static Fault ResetAfterHeaders { get; } = Of(FaultKind.ResetAfterHeaders);

    /// <inheritdoc cref="FaultKind.Cut"/>
    public static Fault CutAfter(int deltas) => new(FaultKind.Cut, After: deltas);

    /// <inheritdoc cref="FaultKind.EndEarly"/>
    public static Fault EndAfter(int deltas) => new(FaultKind.EndEarly, After: deltas);

    /// <inheritdoc cref="FaultKind.Stall"/>
    public static Fault StallAfter(int deltas) => new(FaultKind.Stall, After: deltas);

    /// <inheritdoc cref="FaultKind.StreamError"/>
    public static Fault StreamErrorAfter(int deltas) => new(FaultKind.StreamError, After: deltas);

    /// <inheritdoc cref="FaultKind.GarbageEvent"/>
    public static Fault GarbageAfter(int deltas) => new(FaultKind.GarbageEvent, After: deltas);

    /// <inheritdoc cref="FaultKind.Gigantic"/>
    public static Fault Gigantic(int megabytes) => new(FaultKind.Gigantic, Megabytes: megabytes);

    /// <summary>A fault that needs no more than its kind.</summary>
    public static Fault Of(FaultKind kind) => new(kind);
}
