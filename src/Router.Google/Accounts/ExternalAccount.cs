using System.Text.Json;
using RouterGen.Infrastructure;

namespace RouterGen.Google.Accounts;

/// <summary>
/// An identity of another provider (workload identity federation): the token that a file or a server beside the program holds is exchanged for one
/// of Google's. https://google.aip.dev/auth/4117
/// </summary>
/// <param name="audience">The pool that knows the other provider.</param>
/// <param name="tokenType">What kind of token the other provider's is.</param>
/// <param name="tokenEndpoint">Where it is exchanged.</param>
/// <param name="source">Where the other provider's token is.</param>
internal sealed class ExternalAccount(string audience, string tokenType, Uri tokenEndpoint, SubjectToken source) : GoogleAccount
{
    public override async ValueTask<FetchedToken> FetchAsync(TokenFetch fetch)
    {
        (string? subject, AttemptFailure? failure) = await source.ReadAsync(fetch).ConfigureAwait(false);
        if (subject is null) return new(null, failure);
        return await fetch.PostFormAsync(
            tokenEndpoint,
            [
                new("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
                new("requested_token_type", "urn:ietf:params:oauth:token-type:access_token"),
                new("audience", audience),
                new("scope", Scope),
                new("subject_token_type", tokenType),
                new("subject_token", subject),
            ]).ConfigureAwait(false);
    }
}

/// <summary>Where a token of another provider is: in a file, or at an address. It is read for each exchange, since it is replaced there.</summary>
/// <param name="file">The file; null for an address.</param>
/// <param name="address">The address; null for a file.</param>
/// <param name="headers">The headers with which the address is asked.</param>
/// <param name="member">The member of a JSON object that holds the token; null where it is all of the text.</param>
internal sealed class SubjectToken(string? file, Uri? address, KeyValuePair<string, string>[] headers, string? member)
{
    public async ValueTask<(string? Token, AttemptFailure? Failure)> ReadAsync(TokenFetch fetch)
    {
        byte[] content;
        if (address is not null)
        {
            TokenReply reply = await fetch.Requests.GetAsync(address, headers, fetch.Cancellation).ConfigureAwait(false);
            if (!reply.IsSuccess) return (null, TokenAnswer.FailureOf(reply));
            content = reply.Body;
        }
        else
        {
            try
            {
                content = await File.ReadAllBytesAsync(file!, fetch.Cancellation).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                return (null, TokenFailures.Refused($"The file with the other provider's token cannot be read: {exception.GetType().Name}."));
            }
        }

        return TokenIn(content) is { Length: > 0 } token ? (token, null) : (null, TokenFailures.Refused("Where the other provider's token is to be, there is none."));
    }

    private string? TokenIn(byte[] content)
    {
        if (member is null) return System.Text.Encoding.UTF8.GetString(content).Trim();
        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            return document.RootElement.Text(member);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
