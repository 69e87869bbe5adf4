using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Vertex AI: tokens of a Google Cloud identity, or a key. The endpoint is that of a project in a location; what is behind it depends on who made
/// the model, which the dialect's own path tells.
/// </summary>
/// <param name="credentials">What authorises requests without a key; null where nothing does.</param>
[Embedded]
internal sealed class VertexPlatform(CredentialSource? credentials = null) : Infrastructure.Platform // A project that refers to Roslyn knows another Platform.
{
    // Keys of Google's APIs begin so; what else is given for a key is an access token. https://cloud.google.com/docs/authentication/api-keys
    private static readonly string[] KeyPrefixes = ["AIza", "AQ."];

    private readonly KeyHeaderPlatform _withKey = new("x-goog-api-key", credentials: credentials);

    /// <inheritdoc/>
    public override bool HasCredentials => _withKey.HasCredentials;

    /// <inheritdoc/>
    public override string AddressOf(string endpoint, Codec codec, bool streaming) =>
        VertexAddress.HostOf(endpoint) + VertexAddress.PathOf(codec.PathFor(streaming), codec.Profile.Model, streaming);

    /// <inheritdoc/>
    public override Authorizer CreateAuthorizer(string? key, PlatformContext context) =>
        (key is null || IsKey(key) ? _withKey : KeyHeaderPlatform.Bearer).CreateAuthorizer(key, context);

    private static bool IsKey(string key) => Array.Exists(KeyPrefixes, prefix => key.StartsWith(prefix, StringComparison.Ordinal));
}
