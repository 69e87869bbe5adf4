using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace RouterGen.FakeProviders;

/// <summary>An access key that the server knows.</summary>
/// <param name="Secret">Its secret.</param>
/// <param name="SessionToken">The token that has to come with it; null for none.</param>
/// <param name="ExpiresAt">When it expires.</param>
public sealed record FakeAwsKey(string Secret, string? SessionToken = null, DateTimeOffset? ExpiresAt = null);

/// <summary>
/// Checks signatures of AWS (Signature Version 4) as a server does: of what came over the wire, with the rules alone, and no code of the one who signs.
/// </summary>
internal static class AwsSignature
{
    private const string Scheme = "AWS4-HMAC-SHA256";
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Whether a request is signed, well or not.</summary>
    public static bool Is(IHeaderDictionary headers) => headers.Authorization.ToString().StartsWith(Scheme, StringComparison.Ordinal);

    /// <summary>What is wrong with a signature: the type of the error and its words; null for nothing.</summary>
    public static (string Type, string Message)? Check(HttpContext context, byte[] body, IReadOnlyDictionary<string, FakeAwsKey> keys, DateTimeOffset now)
    {
        IHeaderDictionary headers = context.Request.Headers;
        Dictionary<string, string> parts = headers.Authorization.ToString()[Scheme.Length..].Split(',').Select(static part => part.Trim().Split('=', 2)).ToDictionary(static part => part[0], static part => part[1]);
        string[] scope = parts["Credential"].Split('/');
        if (scope is not [var id, var day, var region, "bedrock", "aws4_request"]) return ("IncompleteSignatureException", "Credential should be scoped to a valid region and service.");
        if (!keys.TryGetValue(id, out FakeAwsKey? key)) return ("UnrecognizedClientException", "The security token included in the request is invalid.");
        if (headers["X-Amz-Security-Token"].ToString() != (key.SessionToken ?? "")) return ("UnrecognizedClientException", "The security token included in the request is invalid.");
        if (key.ExpiresAt <= now) return ("ExpiredTokenException", "The security token included in the request is expired");

        string stated = headers["X-Amz-Date"].ToString();
        DateTimeOffset time = DateTimeOffset.ParseExact(stated, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        if (time < now - Tolerance) return ("InvalidSignatureException", $"Signature expired: {stated} is now earlier than {now - Tolerance:yyyyMMdd'T'HHmmss'Z'}");
        if (time > now + Tolerance) return ("InvalidSignatureException", $"Signature not yet current: {stated} is still later than {now + Tolerance:yyyyMMdd'T'HHmmss'Z'}");
        if (!stated.StartsWith(day, StringComparison.Ordinal)) return ("InvalidSignatureException", "Date in Credential scope does not match the date of the request.");

        string[] signed = parts["SignedHeaders"].Split(';');
        if (!new[] { "content-type", "host", "x-amz-date" }.All(signed.Contains) || (key.SessionToken is not null && !signed.Contains("x-amz-security-token"))) return ("InvalidSignatureException", "A header that has to be signed is not.");
        string target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        string path = string.Concat(Encoding.UTF8.GetBytes(target.Split('?')[0]).Select(static b => (char)b is '/' or '-' or '_' or '.' or '~' || char.IsAsciiLetterOrDigit((char)b) ? ((char)b).ToString() : $"%{b:X2}"));
        string canonical = string.Join('\n', [
            context.Request.Method,
            path,
            "",
            .. signed.Select(name => $"{name}:{headers[name].ToString().Trim()}"),
            "",
            string.Join(';', signed),
            Hex(SHA256.HashData(body)),
        ]);
        string toSign = string.Join('\n', Scheme, stated, string.Join('/', scope[1..]), Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        byte[] derived = scope[1..].Aggregate(Encoding.UTF8.GetBytes("AWS4" + key.Secret), static (of, part) => HMACSHA256.HashData(of, Encoding.UTF8.GetBytes(part)));
        bool isRight = parts["Signature"] == Hex(HMACSHA256.HashData(derived, Encoding.UTF8.GetBytes(toSign)));
        return isRight ? null : ("InvalidSignatureException", "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.");
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
