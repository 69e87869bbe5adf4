using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Counts the tokens of a request, which stands as a whole in that of the counter and names its model again. https://ai.google.dev/api/tokens</summary>
/// <param name="chat">The dialect.</param>
[Embedded]
internal sealed class GeminiTokenCounter(ChatCodec chat) : TokenCountCodec(chat)
{
    public override string PathFor(bool streaming) => GeminiModel.PathOf(Profile, "countTokens");

    public override AttemptFailure? ReadReply(ReadOnlySpan<byte> body, out long tokens) => CodecCounts.Read(body, "totalTokens"u8, out tokens);

    protected override void Convert(RequestWriter body)
    {
        byte[] request = CodecCounts.Take(body);
        Utf8JsonWriter json = body.StartObject("{"u8);
        json.WriteStartObject("generateContentRequest"u8);
        json.WriteString("model"u8, GeminiModel.NameOf(Profile));
        CodecCounts.WriteMembers(json, request);
        json.WriteEndObject();
        body.EndObject();
    }
}
