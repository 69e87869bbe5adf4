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
/// <param name="preparer">Makes of requests what groups are asked; null where they are asked as clients ask.</param>
internal sealed class ChatEndpoint(IModelGroups models, GatewayDialect dialect, GatewayOptions options, IRequestPreparer? preparer = null)
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
        var prepared = new PreparedRequest(request, dialect);
        if (preparer is not null)
        {
            prepared = await preparer.PrepareAsync(context, request).ConfigureAwait(false);
            if (prepared.Error is { } refused) return refused;
            request = prepared.Request;
        }

        call.EstimatedInputTokens = request.InputTokens;
        call.OutputTokenLimit = request.OutputTokens;
        await call.FindCustomerAsync(dialect.EndUserOf(request)).ConfigureAwait(false);
        if (GroupFinder.Find<ChatGroup>(models, call, request.Model, out ChatGroup? group) is { } unknown) return unknown;
        CallOptions routing = call.Routing(dialect.SessionOf(request, context.Request.Headers));
        call.IsStreaming = request.IsStreaming;
        return request.IsStreaming
            ? await StreamAsync(context, group!, prepared, routing).ConfigureAwait(false)
            : await AskAsync(context, group!, prepared, routing).ConfigureAwait(false);
    }

    private static async Task<GatewayError?> AskAsync(HttpContext context, ChatGroup group, PreparedRequest prepared, CallOptions routing)
    {
        RelayedAnswer answer = await ChatRelay.AskAsync(group, prepared.Request, routing, context.RequestAborted).ConfigureAwait(false);
        ReadOnlyMemory<byte> body = prepared.Keeper is { } keeper ? await keeper.KeepAsync(answer.Body, answer.ModelUsed).ConfigureAwait(false) : answer.Body;
        return await AnswerResponse.SendAsync(context, group, answer, "application/json", body).ConfigureAwait(false);
    }

    private async Task<GatewayError?> StreamAsync(HttpContext context, ChatGroup group, PreparedRequest prepared, CallOptions routing)
    {
        var response = new StreamResponse(context, prepared.Dialect.Ping, options);
        await using (response.ConfigureAwait(false))
        {
            try
            {
                await response.SendAsync(ChatRelay.StreamAsync(group, prepared.Request, routing, context.RequestAborted), new RelayEvents(prepared.Keeper), group.Name).ConfigureAwait(false);
                return null;
            }
            catch (RoutingException exception)
            {
                GatewayError error = prepared.Dialect.ErrorOf(exception);
                return await response.TryFailAsync(error, (output, sent) => prepared.Dialect.WriteStreamError(prepared.Request, error, sent, output)).ConfigureAwait(false) ? null : error;
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
