using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Primitives;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Gateway.Errors;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Dialects.OpenAIResponses;

/// <summary>Clients that speak OpenAI's Responses API.</summary>
/// <param name="time">For answers of providers that do not say when they were made.</param>
/// <param name="keeping">What an answer says of where it is kept; null for nowhere.</param>
internal sealed class OpenAIResponsesDialect(TimeProvider time, ResponseKeeping? keeping = null) : GatewayDialect
{
    private static readonly string[] SessionHeaders = ["session_id", "session-id", "x-session-id", "conversation_id"];

    public override Dialect Dialect => Dialect.OpenAIResponses;

    public override AttemptFailure? Read(RelayedRequest request, out IReadOnlyList<ChatMessage> messages, out ChatOptions? options) =>
        OpenAIResponsesReader.Read(request, RequestJson.Parse(request.Body.Span), out messages, out options);

    public override void WriteAnswer(RelayedRequest request, RoutedResponse answer, IBufferWriter<byte> output)
    {
        var response = new OpenAIResponsesObject(request, answer.CreatedAt ?? time.GetUtcNow(), keeping) { Model = answer.ModelId };
        response.SetId(answer.ResponseId);
        var items = new OpenAIResponsesOutput(response.Id, CalledTools.Of(request));
        foreach (AIContent content in answer.Messages.SelectMany(static message => message.Contents)) items.Add(content);
        items.End();
        using var json = new Utf8JsonWriter(output, EventText.Json);
        response.Write(json, items.All, answer.FinishReason, answer.Usage);
    }

    public override ClientStreamWriter StartStream(RelayedRequest request) => new OpenAIResponsesStreamWriter(request, time.GetUtcNow(), keeping);

    public override void WriteError(GatewayError error, string requestId, IBufferWriter<byte> output) => OpenAIErrorWriter.Write(error, output);

    public override void WriteStreamError(RelayedRequest request, GatewayError error, int sent, IBufferWriter<byte> output)
    {
        string code = error.Code ?? CodeOf(error.Reason);
        EventText.Start(output, "response.failed"u8);
        using (var json = new Utf8JsonWriter(output, EventText.Json))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "response.failed"u8);
            json.WriteNumber("sequence_number"u8, sent);
            json.WritePropertyName("response"u8);
            new OpenAIResponsesObject(request, time.GetUtcNow(), keeping).WriteFailed(json, code, error.Message);
            json.WriteEndObject();
        }

        EventText.End(output);
        EventText.Start(output, "error"u8);
        using (var json = new Utf8JsonWriter(output, EventText.Json))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "error"u8);
            json.WriteNumber("sequence_number"u8, sent + 1);
            json.WriteString("code"u8, code);
            json.WriteString("message"u8, error.Message);
            json.WriteString("param"u8, error.Parameter);
            json.WriteEndObject();
        }

        EventText.End(output);
    }

    public override string? SessionOf(RelayedRequest request, IHeaderDictionary headers)
    {
        foreach (string name in SessionHeaders)
        {
            if (headers.TryGetValue(name, out StringValues session) && session.ToString() is { Length: > 0 } said) return said;
        }

        return RequestJson.TextOf(request.Find("prompt_cache_key"u8));
    }

    private static string CodeOf(ErrorReason reason) => reason switch
    {
        ErrorReason.Overloaded => "server_is_overloaded",
        ErrorReason.InvalidRequest => "invalid_prompt",
        _ => "server_error",
    };
}
