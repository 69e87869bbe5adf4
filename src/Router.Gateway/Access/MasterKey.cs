using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Access;

/// <summary>Tells whether a request has the gateway's key. Hashes of both are compared, whole and in constant time, so that the time taken tells nothing of the key.</summary>
internal sealed class MasterKey
{
    private const string Bearer = "Bearer ";

    // Beside Authorization, where the clients of OpenAI and most others put keys: those of Anthropic, Azure and Google.
    private static readonly string[] KeyHeaders = ["x-api-key", "api-key", "x-goog-api-key"];

    private readonly byte[]? _hash;

    /// <summary>Keeps the hash of a key.</summary>
    /// <param name="key">The key; null where none is asked for.</param>
    public MasterKey(string? key) => _hash = key is null ? null : Hash(key);

    /// <summary>Returns why a request may not go on; null where it may.</summary>
    public GatewayError? Check(IHeaderDictionary headers)
    {
        if (_hash is null) return null;
        if (KeyOf(headers) is not { } key) return new GatewayError(401, ErrorReason.Unauthorized, "This gateway asks for a key: send it as 'Authorization: Bearer …' or 'x-api-key: …'.") { Code = "missing_api_key" };
        return CryptographicOperations.FixedTimeEquals(Hash(key), _hash) ? null : new GatewayError(401, ErrorReason.Unauthorized, "The key is not one of this gateway's.") { Code = "invalid_api_key" };
    }

    private static string? KeyOf(IHeaderDictionary headers)
    {
        string authorization = headers.Authorization.ToString();
        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return authorization[Bearer.Length..].Trim();
        foreach (string name in KeyHeaders)
        {
            if (headers[name].ToString() is { Length: > 0 } key) return key;
        }

        return null;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
