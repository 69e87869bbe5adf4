using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Gateway.Errors;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Dialects.Anthropic;

/// <summary>Clients that speak Anthropic's Messages API.</summary>
internal sealed class AnthropicDialect : GatewayDialect
{
    public override Dialect Dialect => Dialect.AnthropicMessages;

    public override ReadOnlyMemory<byte> Ping { get; } = "event: ping\ndata: {\"type\":\"ping\"}\n\n"u8.ToArray();

    public override string RequestIdHeader => "request-id";

    public override string[] ForwardedHeaders { get; } = ["anthropic-beta", "anthropic-version"];

    public override AttemptFailure? Read(RelayedRequest request, out IReadOnlyList<ChatMessage> messages, out ChatOptions? options) =>
        AnthropicReader.Read(request, RequestJson.Parse(request.Body.Span), out messages, out options);

    public override void WriteAnswer(RelayedRequest request, RoutedResponse answer, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, EventText.Json);
        AnthropicAnswer.Write(json, request, answer);
    }

    public override ClientStreamWriter StartStream(RelayedRequest request) => new AnthropicStreamWriter(request);

    // What Anthropic has a status of its own for.
    public override int StatusOf(GatewayError error) => error.Reason is ErrorReason.Overloaded ? 529 : error.Status;

    public override void WriteError(GatewayError error, string requestId, IBufferWriter<byte> output) => AnthropicErrorWriter.Write(error, requestId, output);

    public override void WriteStreamError(RelayedRequest request, GatewayError error, int sent, IBufferWriter<byte> output)
    {
        EventText.Start(output, "error"u8);
        AnthropicErrorWriter.Write(error, request.Id, output);
        EventText.End(output);
    }

    public override string? EndUserOf(RelayedRequest request) => AnthropicSession.EndUserOf(request);

    public override string? SessionOf(RelayedRequest request, IHeaderDictionary headers) => AnthropicSession.Of(request, headers);
}
