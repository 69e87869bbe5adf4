using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Counts the tokens of a request at Vertex AI, which takes its members. https://cloud.google.com/vertex-ai/generative-ai/docs/reference/rest/v1/projects.locations.publishers.models/countTokens</summary>
/// <param name="chat">The dialect.</param>
[Embedded]
internal sealed class VertexTokenCounter(ChatCodec chat) : TokenCountCodec(chat)
{
    public override string PathFor(bool streaming) => GeminiModel.PathOf(Profile, "countTokens");

    public override AttemptFailure? ReadReply(ReadOnlySpan<byte> body, out long tokens) => CodecCounts.Read(body, "totalTokens"u8, out tokens);

    protected override void Convert(RequestWriter body)
    {
        byte[] request = CodecCounts.Take(body);
        Utf8JsonWriter json = body.StartObject("{"u8);
        CodecCounts.WriteMembers(json, request, "contents", "systemInstruction", "tools", "generationConfig");
        body.EndObject();
    }
}
