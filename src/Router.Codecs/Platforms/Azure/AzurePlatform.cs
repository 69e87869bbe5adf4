using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Azure OpenAI and AI Foundry: a key in the header <c>api-key</c>, or a token of Entra ID where there is none.</summary>
[Embedded]
internal sealed class AzurePlatform(CredentialSource? credentials = null) : KeyHeaderPlatform("api-key", credentials: credentials);
