using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Counts the tokens of a request to InvokeModel, whose bytes go along in Base64. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelTokensRequest.html</summary>
/// <param name="chat">The dialect.</param>
[Embedded]
internal sealed class InvokeTokenCounter(ChatCodec chat) : TokenCountCodec(chat)
{
    public override string PathFor(bool streaming) => BedrockCounts.PathOf(Profile);

    public override AttemptFailure? ReadReply(ReadOnlySpan<byte> body, out long tokens) => BedrockCounts.Read(body, out tokens);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => BedrockCounts.ReadError(statusCode, body);

    protected override void Convert(RequestWriter body)
    {
        byte[] request = CodecCounts.Take(body);
        Utf8JsonWriter json = body.StartObject("{"u8);
        json.WriteStartObject("input"u8);
        json.WriteStartObject("invokeModel"u8);
        json.WriteBase64String("body"u8, request);
        json.WriteEndObject();
        json.WriteEndObject();
        body.EndObject();
    }
}
