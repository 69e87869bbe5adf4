using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Counts the tokens of a request. https://platform.claude.com/docs/en/api/messages/count_tokens: limits and sampling are refused there. At
/// Vertex AI the model is in the body, since the address names the counter: https://cloud.google.com/vertex-ai/generative-ai/docs/partner-models/claude/count-tokens.
/// </summary>
/// <param name="chat">The dialect.</param>
[Embedded]
internal sealed class AnthropicTokenCounter(ChatCodec chat) : TokenCountCodec(chat)
{
    public override string PathFor(bool streaming) => "/v1/messages/count_tokens";

    public override AttemptFailure? ReadReply(ReadOnlySpan<byte> body, out long tokens) => CodecCounts.Read(body, "input_tokens"u8, out tokens);

    protected override void Convert(RequestWriter body)
    {
        byte[] request = CodecCounts.Take(body);
        Utf8JsonWriter json = body.StartObject("{"u8);
        if (CodecErrors.ReadMember(request, "model"u8) is null) json.WriteString("model"u8, Profile.Model);
        CodecCounts.WriteMembers(
            json, request, "anthropic_version", "model", "system", "messages", "tools", "tool_choice", "thinking", "output_config", "cache_control", "mcp_servers", "context_management", "speed");
        body.EndObject();
    }
}
