using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>Authorises requests: with a key, with a token that is fetched and renewed, or with a signature. Thread-safe.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Authorizer
{
    /// <summary>
    /// Gets what tells one identity from another, for example the key: deployments whose authorisers have the same are refused and served
    /// together. It is compared and never shown. Null where requests are not authorised.
    /// </summary>
    public abstract string? Identity { get; }

    /// <summary>Gets the texts that no message may show, should the provider or the transport quote them.</summary>
    public abstract IReadOnlyList<string> SecretTexts { get; }

    /// <summary>Adds to a request what authorises it. The request is complete otherwise, headers and address included.</summary>
    /// <returns>Null, or why it cannot be authorised; then it is not sent.</returns>
    /// <exception cref="OperationCanceledException">The request was canceled.</exception>
    public abstract ValueTask<AttemptFailure?> AuthorizeAsync(RequestToAuthorize request);

    /// <summary>Asks, after a refusal (401 or 403), whether another request may be authorised with something newer.</summary>
    /// <param name="refused">The request that was refused, as it was sent.</param>
    /// <param name="refusal">The answer: its status and headers, for example the server's time. Its body has not been read.</param>
    /// <returns>Whether it is worth sending the request again; it is asked once an attempt.</returns>
    public virtual bool TryRenew(HttpRequestMessage refused, HttpResponseMessage refusal) => false;
}

/// <summary>A request that is to be authorised.</summary>
/// <param name="message">The request; headers may be added to it.</param>
/// <param name="body">Its body.</param>
/// <param name="time">The time, for signatures and the lifetime of tokens.</param>
/// <param name="isAsync">Whether it may leave its thread.</param>
/// <param name="cancellation">Cancels the wait for a token.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RequestToAuthorize(HttpRequestMessage message, ReadOnlyMemory<byte> body, TimeProvider time, bool isAsync, CancellationToken cancellation)
{
    /// <summary>Gets the request; headers may be added to it.</summary>
    public HttpRequestMessage Message { get; } = message;

    /// <summary>Gets its body.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <summary>Gets the time, for signatures and the lifetime of tokens.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>Gets whether it may leave its thread.</summary>
    public bool IsAsync { get; } = isAsync;

    /// <summary>Gets what cancels the wait for a token.</summary>
    public CancellationToken Cancellation { get; } = cancellation;
}
