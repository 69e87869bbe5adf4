using System.Text.Json.Serialization;

namespace RouterGen.FakeProviders;

/// <summary>What goes wrong with a call.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultKind>))]
public enum FaultKind
{
    /// <summary>Nothing: a good answer, perhaps late or with extra headers.</summary>
    None,

    /// <summary>A status code, with the provider's error object or the stated body.</summary>
    Status,

    /// <summary>A 307 to <see cref="Fault.Location"/>.</summary>
    Redirect,

    /// <summary>No credit left, as the provider says it.</summary>
    Quota,

    /// <summary>The prompt is longer than the model's context window, as the provider says it.</summary>
    ContextWindow,

    /// <summary>The answer is withheld: a 200 that ends with content_filter (OpenAI), refusal (Anthropic) or content_filtered (Bedrock).</summary>
    ContentFiltered,

    /// <summary>The prompt is refused: a 400, in OpenAI's dialect with Azure's inner error.</summary>
    PromptFiltered,

    /// <summary>Accepts the request and never answers.</summary>
    BlackHole,

    /// <summary>Resets the connection before a byte of the answer.</summary>
    Reset,

    /// <summary>Resets the connection after the headers.</summary>
    ResetAfterHeaders,

    /// <summary>Resets the connection after <see cref="Fault.After"/> deltas, or after half of a plain body.</summary>
    Cut,

    /// <summary>Ends in good HTTP order after <see cref="Fault.After"/> deltas without finish or terminator, or after half of a plain body.</summary>
    EndEarly,

    /// <summary>Says nothing more after <see cref="Fault.After"/> deltas, or after half of a plain body.</summary>
    Stall,

    /// <summary>An error event after <see cref="Fault.After"/> deltas; for a plain call an error object with status 200.</summary>
    StreamError,

    /// <summary>The stream is whole but for its terminator (<c>[DONE]</c>, <c>message_stop</c>, <c>metadata</c>).</summary>
    MissingTerminator,

    /// <summary>JSON that stops in the middle: the body, or the first delta's data.</summary>
    TruncatedJson,

    /// <summary>A page of HTML with status 200.</summary>
    Html,

    /// <summary>An error object with status 200 in place of the answer, streamed or not.</summary>
    ErrorObject,

    /// <summary>Status 200 without a body.</summary>
    Empty,

    /// <summary>A good answer that says it is text/plain.</summary>
    WrongContentType,

    /// <summary>A body, or one line of a stream, of <see cref="Fault.Megabytes"/>.</summary>
    Gigantic,

    /// <summary>A byte that UTF-8 does not have, inside the text.</summary>
    InvalidUtf8,

    /// <summary>An event that is no JSON, after <see cref="Fault.After"/> deltas; the rest follows as if nothing had happened.</summary>
    GarbageEvent,

    /// <summary>Lines that end with <c>\r\n</c>, where the format has lines. Legal.</summary>
    CrLf,

    /// <summary>A comment before every event. Legal.</summary>
    Comments,

    /// <summary>Each byte is sent for itself. Legal.</summary>
    SingleBytes,
}

/// <summary>How a wait is stated to the client.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RetryAfterForm>))]
public enum RetryAfterForm
{
    /// <summary><c>Retry-After: 2</c>; a fraction is rounded up.</summary>
    Seconds,

    /// <summary><c>Retry-After</c> with an HTTP date.</summary>
    Date,

    /// <summary><c>retry-after-ms: 1500</c></summary>
    Milliseconds,
}
