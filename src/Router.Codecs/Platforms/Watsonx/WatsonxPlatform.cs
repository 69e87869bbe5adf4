using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>watsonx.ai: a key of IBM Cloud, which is exchanged for tokens, or a token in its place.</summary>
[Embedded]
internal sealed class WatsonxPlatform : Infrastructure.Platform // A project that refers to Roslyn knows another Platform.
{
    private const string TokenVariable = "WATSONX_IAM_URL";
    private const string TokenAddress = "https://iam.cloud.ibm.com/identity/token";

    /// <inheritdoc/>
    public override Authorizer CreateAuthorizer(string? key, PlatformContext context)
    {
        if (key is null || IsToken(key)) return KeyHeaderPlatform.Bearer.CreateAuthorizer(key, context);
        string address = context.Variables(TokenVariable)?.Trim() is { Length: > 0 } stated ? stated : TokenAddress;
        return new WithTokens(key, new TokenCredentials(new IamTokens(key, address, context.Time)).CreateAuthorizer(context));
    }

    // A JSON web token: the header's first letters in Base64, and dots, which no key holds.
    private static bool IsToken(string key) => key.StartsWith("eyJ", StringComparison.Ordinal) && key.Contains('.', StringComparison.Ordinal);

    /// <summary>Tokens that a key was exchanged for: no message may show the key either.</summary>
    private sealed class WithTokens(string key, Authorizer tokens) : Authorizer
    {
        public override string? Identity => tokens.Identity;

        public override IReadOnlyList<string> SecretTexts => [key, .. tokens.SecretTexts];

        public override ValueTask<AttemptFailure?> AuthorizeAsync(RequestToAuthorize request) => tokens.AuthorizeAsync(request);

        public override bool TryRenew(HttpRequestMessage refused, HttpResponseMessage refusal) => tokens.TryRenew(refused, refusal);
    }
}
