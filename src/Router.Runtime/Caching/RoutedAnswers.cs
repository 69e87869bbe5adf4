using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>How answers came about that other clients handed on.</summary>
public static class RoutedAnswers
{
    /// <summary>
    /// Returns the routed answer behind an answer that came through other clients around a group (function invocation, telemetry, a cache): itself, what it was made of, or, where a cache
    /// wrote it as JSON, what the group had noted in it; then <see cref="RoutedResponse.FromCache"/> says so.
    /// </summary>
    /// <param name="response">The answer.</param>
    /// <returns>Null where no group answered.</returns>
    public static RoutedResponse? AsRouted(this ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (response is RoutedResponse routed) return routed;
        if (response.RawRepresentation is RoutedResponse behind) return behind;
        if (response.RawRepresentation is RoutedResponseUpdate { Route: var route }) return Of(response, route);
        return Noted(response, out bool isText) is { } noted ? Of(response, isText ? noted : OutOfCache(noted)) : null; // JSON that was read is no text, but an element.
    }

    /// <summary>Returns an answer that a cache had, with what its group had noted in it; null where that is not there.</summary>
    internal static RoutedResponse? FromCache(ChatResponse response) => Noted(response, out _) is { } noted ? Of(response, OutOfCache(noted)) : null;

    private static RouteSummary? Noted(ChatResponse response, out bool isText)
    {
        object? noted = null;
        response.AdditionalProperties?.TryGetValue(RouteText.Property, out noted);
        isText = noted is string;
        return noted is null ? null : RouteText.Read(noted.ToString()!);
    }

    private static RouteSummary OutOfCache(RouteSummary route) => route with { FromCache = true, StatedCost = 0 };

    private static RoutedResponse Of(ChatResponse response, RouteSummary route)
    {
        RoutedResponse answer = RoutedResponse.Of(response);
        answer.Attach(route);
        return answer;
    }
}
