using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Amazon Bedrock: an API key as a bearer token, or signatures where there is none. OpenAI's protocol has a path of its own there.</summary>
[Embedded]
internal sealed class BedrockPlatform(CredentialSource? credentials = null) : KeyHeaderPlatform("Authorization", "Bearer ", credentials)
{
    private const string OpenAIBase = "/openai/v1";
    private const string OpenAIPath = "/chat/completions";

    public override string AddressOf(string endpoint, Codec codec, bool streaming)
    {
        bool isBaseMissing = codec.PathFor(streaming) is OpenAIPath && !endpoint.EndsWith(OpenAIBase, StringComparison.Ordinal) && !endpoint.EndsWith(OpenAIPath, StringComparison.Ordinal);
        return base.AddressOf(isBaseMissing ? endpoint + OpenAIBase : endpoint, codec, streaming);
    }
}
