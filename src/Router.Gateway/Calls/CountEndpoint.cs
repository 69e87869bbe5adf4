using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Gateway.Errors;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Calls;

/// <summary>Counts the tokens of a conversation, in the shape of Anthropic's <c>count_tokens</c>: by a provider that counts, else by an estimate.</summary>
/// <param name="models">The groups.</param>
/// <param name="dialect">How clients speak.</param>
/// <param name="options">How the gateway serves.</param>
internal sealed class CountEndpoint(IModelGroups models, GatewayDialect dialect, GatewayOptions options)
{
    /// <summary>Answers a request.</summary>
    public Task HandleAsync(HttpContext context) => RequestHandling.RunAsync(context, dialect, AnswerAsync);

    private async Task<GatewayError?> AnswerAsync(HttpContext context)
    {
        (ReadOnlyMemory<byte> body, GatewayError? error) = await RequestBody.ReadJsonAsync(context, options).ConfigureAwait(false);
        if (error is not null) return error;
        AttemptFailure? failure = RelayedRequest.TryRead(dialect, body, [], out RelayedRequest request);
        if (failure is not null) return RoutingErrors.Of(failure.Kind, failure.Message);
        var call = GatewayCall.Of(context);
        await call.FindCustomerAsync(dialect.EndUserOf(request)).ConfigureAwait(false);
        if (GroupFinder.Find<ChatGroup>(models, call, request.Model, out ChatGroup? group) is { } unknown) return unknown;
        failure = dialect.Read(request, out IReadOnlyList<ChatMessage> messages, out ChatOptions? asked);
        if (failure is not null) return RoutingErrors.Of(failure.Kind, failure.Message);
        TokenCount count = await group!.CountTokensAsync(messages, asked, context.RequestAborted).ConfigureAwait(false);
        context.Response.ContentType = "application/json";
        using (var json = new Utf8JsonWriter(context.Response.BodyWriter, EventText.Json))
        {
            json.WriteStartObject();
            json.WriteNumber("input_tokens"u8, count.Tokens);
            json.WriteEndObject();
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        return null;
    }
}
