using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using RouterGen.Gateway.Dialects;
using RouterGen.Gateway.Errors;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Calls;

/// <summary>Answers conversations in one dialect.</summary>
/// <param name="models">The groups.</param>
/// <param name="dialect">How clients speak.</param>
/// <param name="options">How the gateway serves.</param>
internal sealed class ChatEndpoint(IModelGroups models, GatewayDialect dialect, GatewayOptions options)
{
    /// <summary>Answers a request.</summary>
    public Task HandleAsync(HttpContext context) => RequestHandling.RunAsync(context, dialect, AnswerAsync);

    private async Task<GatewayError?> AnswerAsync(HttpContext context)
    {
        var call = GatewayCall.Of(context);
        (ReadOnlyMemory<byte> body, GatewayError? error) = await RequestBody.ReadJsonAsync(context, options).ConfigureAwait(false);
        if (error is not null) return error;
        if (RelayedRequest.TryRead(dialect, body, HeadersOf(context.Request.Headers), out RelayedRequest request) is { } failure) return RoutingErrors.Of(failure.Kind, failure.Message);
        request.Id = context.TraceIdentifier;
        call.EstimatedInputTokens = request.InputTokens;
        call.OutputTokenLimit = request.OutputTokens;
        await call.FindCustomerAsync(dialect.EndUserOf(request)).ConfigureAwait(false);
        if (GroupFinder.Find<ChatGroup>(models, call, request.Model, out ChatGroup? group) is { } unknown) return unknown;
        CallOptions routing = call.Routing(dialect.SessionOf(request, context.Request.Headers));
        call.IsStreaming = request.IsStreaming;
        return request.IsStreaming
            ? await StreamAsync(context, group!, request, routing).ConfigureAwait(false)
            : await AskAsync(context, group!, request, routing).ConfigureAwait(false);
    }

    private static async Task<GatewayError?> AskAsync(HttpContext context, ChatGroup group, RelayedRequest request, CallOptions routing)
    {
        RelayedAnswer answer = await ChatRelay.AskAsync(group, request, routing, context.RequestAborted).ConfigureAwait(false);
        return await AnswerResponse.SendAsync(context, group, answer, "application/json", answer.Body).ConfigureAwait(false);
    }

    private async Task<GatewayError?> StreamAsync(HttpContext context, ChatGroup group, RelayedRequest request, CallOptions routing)
    {
        var response = new StreamResponse(context, dialect, options);
        await using (response.ConfigureAwait(false))
        {
            try
            {
                await response.SendAsync(ChatRelay.StreamAsync(group, request, routing, context.RequestAborted), group.Name).ConfigureAwait(false);
                return null;
            }
            catch (RoutingException exception)
            {
                GatewayError error = dialect.ErrorOf(exception);
                return await response.TryFailAsync(request, error).ConfigureAwait(false) ? null : error;
            }
        }
    }

    private KeyValuePair<string, string>[] HeadersOf(IHeaderDictionary headers)
    {
        string[] forwarded = dialect.ForwardedHeaders;
        if (forwarded.Length == 0) return [];
        List<KeyValuePair<string, string>> found = [];
        foreach (string name in forwarded)
        {
            if (headers.TryGetValue(name, out StringValues value) && value.Count > 0) found.Add(new(name, value.ToString()));
        }

        return [.. found];
    }
}
