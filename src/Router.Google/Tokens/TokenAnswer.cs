using System.Globalization;
using System.Text.Json;
using RouterGen.Infrastructure;

namespace RouterGen.Google;

/// <summary>Reads what token endpoints answer.</summary>
internal static class TokenAnswer
{
    // Longer than any that Google issues; a number beyond it would be no date.
    private const double LongestLife = 7 * 24 * 60 * 60;

    // Of a token without a statement: Google's live for an hour, and one that has expired is renewed.
    private const double UsualLife = 300;

    /// <summary>Reads a token, or an error, in the form of RFC 6749.</summary>
    public static FetchedToken Read(TokenReply reply, TimeProvider time)
    {
        if (!reply.IsSuccess) return new(null, FailureOf(reply));
        if (reply.ReadObject() is not { } answer || answer.Text("access_token") is not { Length: > 0 } token) return Nothing(reply);
        return new(new AccessToken(token, time.GetUtcNow() + TimeSpan.FromSeconds(Life(answer))));
    }

    /// <summary>Reads a token as the API of service accounts hands it out.</summary>
    public static FetchedToken ReadImpersonated(TokenReply reply, TimeProvider time)
    {
        if (!reply.IsSuccess) return new(null, FailureOf(reply));
        if (reply.ReadObject() is not { } answer || answer.Text("accessToken") is not { Length: > 0 } token) return Nothing(reply);
        bool hasEnd = DateTimeOffset.TryParse(answer.Text("expireTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset end);
        return new(new AccessToken(token, hasEnd ? end : time.GetUtcNow() + TimeSpan.FromSeconds(UsualLife)));
    }

    /// <summary>Says why an answer is no success: what is refused, and what may work the next time.</summary>
    public static AttemptFailure FailureOf(TokenReply reply)
    {
        if (reply.Failure is { } failure) return failure;
        int status = (int)reply.Status;
        (string? code, string? message) = ErrorOf(reply.ReadObject());
        string why = $"{reply.Address.Host} answered with status {status}" + (message is null ? "." : ": " + TokenFailures.Shown(message));
        return status is >= 400 and < 500 and not (408 or 429) ? TokenFailures.Refused(why, code) : TokenFailures.Passing(why) with { ErrorCode = code };
    }

    private static FetchedToken Nothing(TokenReply reply) => new(null, TokenFailures.Passing($"{reply.Address.Host} answered with something other than a token."));

    private static double Life(JsonElement answer)
    {
        if (!answer.TryGetProperty("expires_in", out JsonElement stated)) return UsualLife;
        double seconds = stated.ValueKind switch
        {
            JsonValueKind.Number when stated.TryGetDouble(out double number) => number,
            JsonValueKind.String when double.TryParse(stated.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
            _ => UsualLife,
        };
        return double.IsNaN(seconds) ? UsualLife : Math.Clamp(seconds, 0, LongestLife);
    }

    // {"error":"invalid_grant","error_description":"…"}, or {"error":{"status":"PERMISSION_DENIED","message":"…"}} of Google's other APIs.
    private static (string? Code, string? Message) ErrorOf(JsonElement? body)
    {
        if (body is not { } answer || !answer.TryGetProperty("error", out JsonElement error)) return default;
        return error.ValueKind is JsonValueKind.Object ? (error.Text("status"), error.Text("message")) : (answer.Text("error"), answer.Text("error_description") ?? answer.Text("error"));
    }
}
