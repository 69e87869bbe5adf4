using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>
/// A call failed on every deployment that could be tried. The message names each attempt and what to do; it never
/// contains a key.
/// </summary>
public sealed class RoutingException : Exception
{
    /// <summary>Makes an exception; in programs for tests of code that catches one.</summary>
    public RoutingException(string message, FailureKind kind, IReadOnlyList<Attempt>? attempts = null, Exception? innerException = null) : base(message, innerException)
    {
        Kind = kind;
        Scope = FailureRule.For(kind).Scope;
        Attempts = attempts ?? [];
    }

    /// <summary>Gets why the call failed: the outcome of its last attempt, or why none could be made.</summary>
    public FailureKind Kind { get; }

    /// <summary>Gets what the failure is about: the request, the model, the key, the provider.</summary>
    public FailureScope Scope { get; init; }

    /// <summary>Gets all attempts of the call, in order; empty where none could be made.</summary>
    public IReadOnlyList<Attempt> Attempts { get; }

    /// <summary>Gets when a new call may succeed: the earliest time that a deployment comes back; null where no wait helps, and where it is not known when.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets the HTTP status code of the last attempt, where there was a response.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Gets the provider's own code or type of the last attempt's error; null where it gave none. Never contains a key.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Gets the provider's message of the last attempt. It may quote what users wrote; the router's logs leave it out.</summary>
    public string? ProviderMessage { get; init; }

    /// <summary>Gets what had arrived of a stream before it failed; null where nothing reached the caller.</summary>
    public ChatResponse? PartialResponse { get; init; }

    /// <summary>
    /// Gets what had arrived of an embedding call that was divided into batches: an entry for each text, in order, null for those without a
    /// vector. Null where the call was one batch.
    /// </summary>
    public IReadOnlyList<Embedding<float>?>? PartialEmbeddings { get; init; }
}
