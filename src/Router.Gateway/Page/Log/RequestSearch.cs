using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace RouterGen.Gateway.Page.Log;

/// <summary>What a person looks for in the request log. A request must fit all that is given.</summary>
internal sealed record RequestSearch
{
    private const int MostText = 200;

    /// <summary>Gets the words that must be in one of its texts: id, endpoint, group, deployments, models, key, error; upper and lower case are alike.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    public string? Group { get; private init; }

    /// <summary>Gets the deployment that was asked, in any attempt.</summary>
    public string? Deployment { get; private init; }

    public string? Key { get; private init; }

    /// <summary>Gets the status: <c>ok</c>, <c>error</c>, a class such as <c>4xx</c>, or a number.</summary>
    public string? Status { get; private init; }

    /// <summary>Gets the number before which it must have ended; <see cref="long.MaxValue"/> for any.</summary>
    public long Before { get; private init; } = long.MaxValue;

    /// <summary>Reads what a query asks for. What makes no sense is ignored.</summary>
    public static RequestSearch Of(IQueryCollection query) => new()
    {
        Words = Text(query, "q")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
        Group = Text(query, "group"),
        Deployment = Text(query, "deployment"),
        Key = Text(query, "key"),
        Status = Text(query, "status"),
        Before = long.TryParse(query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out long before) ? before : long.MaxValue,
    };

    /// <summary>Whether a request is one of those that are looked for.</summary>
    public bool Fits(RequestEntry entry) =>
        entry.Number < Before
        && (Group is null || entry.Group == Group || entry.Attempts.Any(attempt => attempt.Group == Group))
        && (Deployment is null || entry.Deployment == Deployment || entry.Attempts.Any(attempt => attempt.Deployment == Deployment))
        && (Key is null || entry.Key == Key)
        && FitsStatus(entry)
        && Words.All(word => TextsOf(entry).Any(text => text?.Contains(word, StringComparison.OrdinalIgnoreCase) is true));

    private bool FitsStatus(RequestEntry entry) => Status switch
    {
        null => true,
        "ok" => !entry.IsError,
        "error" => entry.IsError,
        [>= '1' and <= '5', 'x', 'x'] => entry.Status / 100 == Status[0] - '0',
        _ => entry.Status.ToString(CultureInfo.InvariantCulture) == Status,
    };

    private static IEnumerable<string?> TextsOf(RequestEntry entry)
    {
        yield return entry.Id;
        yield return entry.Endpoint;
        yield return entry.Group ?? entry.AskedModel;
        yield return entry.Model;
        yield return entry.Key;
        yield return entry.Error;
        foreach (RequestAttempt attempt in entry.Attempts)
        {
            yield return attempt.Deployment;
            yield return attempt.Model;
            yield return attempt.Outcome;
            yield return attempt.ErrorCode;
        }
    }

    private static string? Text(IQueryCollection query, string name) => query[name].ToString().Trim() is { Length: > 0 } text ? text[..Math.Min(text.Length, MostText)] : null;
}
