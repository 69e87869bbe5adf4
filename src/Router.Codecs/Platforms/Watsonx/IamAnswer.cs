using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Reads what IBM Cloud answers to a key.</summary>
[Embedded]
internal static class IamAnswer
{
    // Of a token without a statement; one that has expired is renewed.
    private const int UsualLife = 300;

    // Longer than any that is issued; a number beyond it would be no date.
    private const int LongestLife = 7 * 24 * 60 * 60;

    /// <summary>Reads a token, or why there is none.</summary>
    /// <param name="host">The server that answered, for messages.</param>
    /// <param name="status">The status.</param>
    /// <param name="body">The body, which may be anything.</param>
    /// <param name="now">The time.</param>
    public static FetchedToken Read(string host, int status, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (status is < 200 or >= 300) return new(null, FailureOf(host, status, body));
        string? token = null;
        long life = UsualLife;
        try
        {
            var reader = new Utf8JsonReader(body);
            if (reader.Read() && reader.TokenType is JsonTokenType.StartObject)
            {
                while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
                {
                    if (reader.ValueTextEquals("access_token"u8)) token = CodecReader.ReadString(ref reader);
                    else if (reader.ValueTextEquals("expires_in"u8)) life = CodecReader.ReadCount(ref reader) ?? UsualLife;
                    else CodecReader.SkipValue(ref reader);
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            token = null; // No JSON, or cut off. InvalidOperationException: invalid UTF-8 inside a string.
        }

        return token is { Length: > 0 }
            ? new(new AccessToken(token, now + TimeSpan.FromSeconds(Math.Clamp(life, 0, LongestLife))))
            : new(null, Passing($"{host} answered with something other than a token."));
    }

    /// <summary>Returns the failure of a key that is refused, which does not change soon.</summary>
    public static AttemptFailure Refused(string why, string? code = null) => Failed(FailureKind.AuthenticationFailed, why, code);

    // {"errorCode":"BXNIM0415E","errorMessage":"Provided API key could not be found."}
    private static AttemptFailure FailureOf(string host, int status, ReadOnlySpan<byte> body)
    {
        string? message = CodecErrors.ReadMember(body, "errorMessage"u8);
        string why = $"{host} answered with status {status}" + (message is null ? "." : ": " + CodecErrors.Trim(message));
        return status is >= 400 and < 500 and not (408 or 429) ? Refused(why, CodecErrors.ReadMember(body, "errorCode"u8)) : Passing(why);
    }

    private static AttemptFailure Passing(string why) => Failed(FailureKind.ConnectionFailed, why, null);

    private static AttemptFailure Failed(FailureKind kind, string why, string? code) => new(kind, "No token of IBM Cloud could be fetched. " + why) { Scope = FailureScope.Key, ErrorCode = code };
}
