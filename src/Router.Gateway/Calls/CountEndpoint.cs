using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Gateway.Errors;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Calls;

/// <summary>Counts the tokens of a conversation, in the shape of Anthropic's <c>count_tokens</c> or OpenAI's <c>input_tokens</c>: by a provider that counts, else by an estimate.</summary>
/// <param name="models">The groups.</param>
/// <param name="dialect">How clients speak.</param>
/// <param name="options">How the gateway serves.</param>
/// <param name="type">What the answer calls itself (<c>object</c>); null for nothing.</param>
/// <param name="preparer">Makes of requests what is counted; null where that is what clients send.</param>
internal sealed class CountEndpoint(IModelGroups models, GatewayDialect dialect, GatewayOptions options, string? type = null, IRequestPreparer? preparer = null)
{
    /// <summary>Answers a request.</summary>
    public Task HandleAsync(HttpContext context) => RequestHandling.RunAsync(context, dialect, AnswerAsync);

    private async Task<GatewayError?> AnswerAsync(HttpContext context)
    {
        (ReadOnlyMemory<byte> body, GatewayError? error) = await RequestBody.ReadJsonAsync(context, options).ConfigureAwait(false);
        if (error is not null) return error;
        AttemptFailure? failure = RelayedRequest.TryRead(dialect, body, [], out RelayedRequest request);
        if (failure is not null) return RoutingErrors.Of(failure.Kind, failure.Message);
        if (preparer is not null)
        {
            PreparedRequest prepared = await preparer.PrepareAsync(context, request).ConfigureAwait(false);
            if (prepared.Error is { } refused) return refused;
            request = prepared.Request;
        }

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
            if (type is not null) json.WriteString("object"u8, type);
            json.WriteNumber("input_tokens"u8, count.Tokens);
            json.WriteEndObject();
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        return null;
    }
}
