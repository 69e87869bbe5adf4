namespace RouterGen.Google;

/// <summary>What a fetch of a token has at hand.</summary>
/// <param name="Requests">Sends requests.</param>
/// <param name="Time">The time.</param>
/// <param name="Cancellation">Ends the fetch.</param>
internal readonly record struct TokenFetch(TokenRequests Requests, TimeProvider Time, CancellationToken Cancellation);
