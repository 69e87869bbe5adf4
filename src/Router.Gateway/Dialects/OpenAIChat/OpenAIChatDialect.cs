using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Primitives;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Gateway.Errors;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Dialects.OpenAIChat;

/// <summary>Clients that speak Chat Completions.</summary>
/// <param name="time">For answers of providers that do not say when they were made.</param>
internal sealed class OpenAIChatDialect(TimeProvider time) : GatewayDialect
{
    public override Dialect Dialect => Dialect.OpenAIChat;

    public override AttemptFailure? Read(RelayedRequest request, out IReadOnlyList<ChatMessage> messages, out ChatOptions? options) =>
        OpenAIChatReader.Read(RequestJson.Parse(request.Body.Span), out messages, out options);

    public override void WriteAnswer(RelayedRequest request, RoutedResponse answer, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, EventText.Json);
        OpenAIChatAnswer.Write(json, request, answer, time.GetUtcNow());
    }

    public override ClientStreamWriter StartStream(RelayedRequest request) => new OpenAIChatStreamWriter(request, time.GetUtcNow());

    // The usage of a stream is asked for in each case; a client that did not ask need not know chunks without a choice.
    public override bool Shows(RelayedRequest request, ReadOnlySpan<byte> data) => request.WantsUsage || data.IndexOf("\"choices\":[]"u8) < 0;

    public override void WriteError(GatewayError error, string requestId, IBufferWriter<byte> output) => OpenAIErrorWriter.Write(error, output);

    public override void WriteStreamError(RelayedRequest request, GatewayError error, int sent, IBufferWriter<byte> output)
    {
        EventText.Start(output);
        OpenAIErrorWriter.Write(error, output);
        EventText.End(output);
        output.Write("data: [DONE]\n\n"u8);
    }

    public override string? SessionOf(RelayedRequest request, IHeaderDictionary headers) => headers.TryGetValue("x-session-id", out StringValues session) ? session.ToString() : null;
}
