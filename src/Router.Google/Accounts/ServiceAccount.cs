using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RouterGen.Infrastructure;

namespace RouterGen.Google.Accounts;

/// <summary>
/// A service account with its private key: a statement that it signs (RS256) is exchanged for a token (RFC 7523).
/// https://developers.google.com/identity/protocols/oauth2/service-account#httprest
/// </summary>
/// <param name="email">Its name.</param>
/// <param name="key">The private key, as PEM.</param>
/// <param name="keyId">Which of its keys that is; null where it is not said.</param>
/// <param name="tokenEndpoint">Where the statement is exchanged.</param>
internal sealed class ServiceAccount(string email, string key, string? keyId, Uri tokenEndpoint) : GoogleAccount
{
    private const string Grant = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private static readonly TimeSpan Life = TimeSpan.FromHours(1); // The longest that is accepted.

    public override ValueTask<FetchedToken> FetchAsync(TokenFetch fetch)
    {
        string assertion;
        try
        {
            assertion = Sign(fetch.Time.GetUtcNow());
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return new(new FetchedToken(null, TokenFailures.Refused("The private key of the service account is none, or is damaged.")));
        }

        return fetch.PostFormAsync(tokenEndpoint, [new("grant_type", Grant), new("assertion", assertion)]);
    }

    private string Sign(DateTimeOffset now)
    {
        using RSA rsa = RSA.Create();
        rsa.ImportFromPem(key);
        string signed = Part(WriteHeader) + "." + Part(json => WriteClaims(json, now));
        return signed + "." + Base64Url.EncodeToString(rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private void WriteHeader(Utf8JsonWriter json)
    {
        json.WriteString("alg"u8, "RS256"u8);
        json.WriteString("typ"u8, "JWT"u8);
        if (keyId is not null) json.WriteString("kid"u8, keyId);
    }

    private void WriteClaims(Utf8JsonWriter json, DateTimeOffset now)
    {
        json.WriteString("iss"u8, email);
        json.WriteString("scope"u8, Scope);
        json.WriteString("aud"u8, tokenEndpoint.AbsoluteUri);
        json.WriteNumber("iat"u8, now.ToUnixTimeSeconds());
        json.WriteNumber("exp"u8, (now + Life).ToUnixTimeSeconds());
    }

    private static string Part(Action<Utf8JsonWriter> write)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }
}
