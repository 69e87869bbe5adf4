using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Azure OpenAI and Microsoft Foundry: a key in a header, or a token of Entra ID, which may also stand in the place of a key.</summary>
/// <param name="apiVersion">The version of the API whose addresses name the deployment; null for the v1 API, which has none.</param>
/// <param name="keyHeader">The header with the key.</param>
/// <param name="credentials">What authorises requests without a key; null where nothing does.</param>
[Embedded]
internal sealed class AzurePlatform(string? apiVersion = null, string keyHeader = "api-key", CredentialSource? credentials = null) : KeyHeaderPlatform(keyHeader, credentials: credentials)
{
    public override string AddressOf(string endpoint, Codec codec, bool streaming) => AzureAddress.Of(endpoint, codec.PathFor(streaming), codec.Profile.Model, apiVersion);

    public override Authorizer CreateAuthorizer(string? key, PlatformContext context) =>
        key is not null && IsToken(key) ? Bearer.CreateAuthorizer(key, context) : base.CreateAuthorizer(key, context);

    // A signed token of Entra ID: the header's first letters in Base64, and two dots. No key of Azure holds a dot.
    private static bool IsToken(string key)
    {
        if (!key.StartsWith("eyJ", StringComparison.Ordinal)) return false;
        ReadOnlySpan<char> rest = key.AsSpan(key.IndexOf('.', StringComparison.Ordinal) + 1);
        return rest.Length < key.Length && rest.Contains('.');
    }
}
