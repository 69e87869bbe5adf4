using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Counts the tokens of a request to Responses. https://platform.openai.com/docs/api-reference/responses/input-tokens</summary>
/// <param name="chat">The dialect.</param>
[Embedded]
internal sealed class OpenAITokenCounter(ChatCodec chat) : TokenCountCodec(chat)
{
    public override string PathFor(bool streaming) => "/responses/input_tokens";

    public override AttemptFailure? ReadReply(ReadOnlySpan<byte> body, out long tokens) => CodecCounts.Read(body, "input_tokens"u8, out tokens);

    protected override void Convert(RequestWriter body)
    {
        byte[] request = CodecCounts.Take(body);
        Utf8JsonWriter json = body.StartObject("{"u8);
        CodecCounts.WriteMembers(
            json, request, "model", "instructions", "input", "tools", "tool_choice", "parallel_tool_calls", "reasoning", "text", "conversation", "previous_response_id", "truncation");
        body.EndObject();
    }
}
