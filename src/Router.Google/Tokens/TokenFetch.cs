using RouterGen.Infrastructure;

namespace RouterGen.Google;

/// <summary>What a fetch of a token has at hand.</summary>
/// <param name="Requests">Sends requests.</param>
/// <param name="Time">The time.</param>
/// <param name="Cancellation">Ends the fetch.</param>
internal readonly record struct TokenFetch(TokenRequests Requests, TimeProvider Time, CancellationToken Cancellation)
{
    /// <summary>Sends a form, and reads a token (RFC 6749).</summary>
    /// <param name="address">The token endpoint.</param>
    /// <param name="form">What is asked.</param>
    public async ValueTask<FetchedToken> PostFormAsync(Uri address, IEnumerable<KeyValuePair<string, string>> form) =>
        TokenAnswer.Read(await Requests.PostFormAsync(address, form, Cancellation).ConfigureAwait(false), Time);
}
