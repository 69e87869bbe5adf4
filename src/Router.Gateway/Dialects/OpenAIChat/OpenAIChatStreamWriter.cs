using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Dialects.OpenAIChat;

/// <summary>
/// Writes a stream as chunks: https://platform.openai.com/docs/api-reference/chat-streaming. The first has the role, the last but one why the model
/// stopped; usage comes behind it where it was asked for, then <c>[DONE]</c>.
/// </summary>
internal sealed class OpenAIChatStreamWriter(RelayedRequest request, DateTimeOffset started) : ClientStreamWriter
{
    private readonly StringBuilder _thoughts = new();
    private string? _id;
    private string? _model;
    private ChatFinishReason? _reason;
    private int _calls;
    private bool _hasBegun;

    public override void Write(ChatResponseUpdate update, IBufferWriter<byte> output)
    {
        _id ??= update.ResponseId;
        _model ??= update.ModelId;
        _reason = update.FinishReason ?? _reason;
        if (!update.Contents.Any(IsTold) && _hasBegun) return;
        EventText.Start(output);
        using (var json = new Utf8JsonWriter(output, EventText.Json)) WriteChunk(json, update.Contents);
        EventText.End(output);
        _hasBegun = true;
    }

    public override void End(ChatResponseUpdate? last, UsageDetails? usage, IBufferWriter<byte> output)
    {
        if (last is not null || !_hasBegun) Write(last ?? new ChatResponseUpdate(), output);
        EventText.Start(output);
        using (var json = new Utf8JsonWriter(output, EventText.Json))
        {
            StartChunk(json);
            json.WriteStartArray("choices"u8);
            json.WriteStartObject();
            json.WriteNumber("index"u8, 0);
            json.WriteStartObject("delta"u8);
            json.WriteEndObject();
            json.WriteString("finish_reason"u8, OpenAIChatAnswer.ReasonOf(_reason, _calls > 0));
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        if (request.WantsUsage) WriteUsage(usage ?? new UsageDetails(), output);
        EventText.End(output);
        output.Write("data: [DONE]\n\n"u8);
    }

    private void WriteUsage(UsageDetails usage, IBufferWriter<byte> output)
    {
        EventText.End(output);
        EventText.Start(output);
        using var json = new Utf8JsonWriter(output, EventText.Json);
        StartChunk(json);
        json.WriteStartArray("choices"u8);
        json.WriteEndArray();
        json.WritePropertyName("usage"u8);
        OpenAIChatAnswer.WriteUsage(json, usage);
        json.WriteEndObject();
    }

    private void WriteChunk(Utf8JsonWriter json, IList<AIContent> contents)
    {
        StartChunk(json);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
        json.WriteStartObject("delta"u8);
        if (!_hasBegun) json.WriteString("role"u8, "assistant"u8);
        WriteContents(json, contents);
        json.WriteEndObject();
        json.WriteNull("finish_reason"u8);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteContents(Utf8JsonWriter json, IList<AIContent> contents)
    {
        string text = string.Concat(contents.OfType<TextContent>().Select(static content => content.Text));
        string thoughts = string.Concat(contents.OfType<TextReasoningContent>().Select(static thought => thought.Text));
        string refusal = string.Concat(contents.OfType<ErrorContent>().Where(static error => error.ErrorCode is "Refusal").Select(static error => error.Message));
        DataContent[] images = [.. contents.OfType<DataContent>().Where(static data => data.HasTopLevelMediaType("image"))];
        FunctionCallContent[] calls = [.. contents.OfType<FunctionCallContent>()];
        if (text.Length > 0 || !_hasBegun) json.WriteString("content"u8, text);
        if (thoughts.Length > 0) json.WriteString("reasoning_content"u8, thoughts);
        OpenAIChatStates.Write(json, _thoughts, contents);
        if (refusal.Length > 0) json.WriteString("refusal"u8, refusal);
        if (images.Length > 0) OpenAIChatAnswer.WriteImages(json, images);
        if (calls.Length == 0) return;
        json.WriteStartArray("tool_calls"u8);
        foreach (FunctionCallContent call in calls) OpenAIChatAnswer.WriteCall(json, call, _calls++);
        json.WriteEndArray();
    }

    private void StartChunk(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        OpenAIChatAnswer.WriteHead(json, "chat.completion.chunk"u8, _id, started, _model ?? request.Model);
    }

    private static bool IsTold(AIContent content) => content switch
    {
        TextContent text => text.Text.Length > 0,
        TextReasoningContent thought => thought.Text.Length > 0 || thought.ProtectedData is not null,
        ErrorContent error => error.ErrorCode is "Refusal",
        DataContent data => data.HasTopLevelMediaType("image"),
        FunctionCallContent => true,
        _ => false,
    };
}
