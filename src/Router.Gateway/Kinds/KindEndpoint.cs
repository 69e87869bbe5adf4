using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Dialects;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Kinds;

/// <summary>Answers requests of another kind of call than chat: the body is read, a group is asked, its answer written. They are all in OpenAI's form, or near it.</summary>
/// <typeparam name="TGroup">The groups that serve the kind.</typeparam>
/// <param name="services">What endpoints share.</param>
internal abstract class KindEndpoint<TGroup>(KindServices services)
    where TGroup : ModelGroup
{
    private protected GatewayOptions Options => services.Options;

    private protected TimeProvider Time => services.Options.TimeProvider;

    /// <summary>Answers a request.</summary>
    public Task HandleAsync(HttpContext context) => RequestHandling.RunAsync(context, services.Errors, ReadAndAnswerAsync);

    /// <summary>Reads the request, which is JSON unless the kind says otherwise, and answers it.</summary>
    private protected virtual async Task<GatewayError?> ReadAndAnswerAsync(HttpContext context)
    {
        (ReadOnlyMemory<byte> body, GatewayError? error) = await RequestBody.ReadJsonAsync(context, services.Options).ConfigureAwait(false);
        if (error is not null) return error;
        JsonElement json;
        try
        {
            json = RequestJson.Parse(body.Span);
        }
        catch (JsonException exception)
        {
            return Invalid(RequestJson.Describe(exception));
        }

        if (json.ValueKind is not JsonValueKind.Object) return Invalid("The body must be a JSON object.");
        if (RequestJson.FindBadMember(json) is { } bad) return Invalid(bad);
        await GatewayCall.Of(context).FindCustomerAsync(json.Text("user"u8)).ConfigureAwait(false);
        return Find(context, json.Text("model"u8), out TGroup? group) ?? await AnswerAsync(context, group!, json).ConfigureAwait(false);
    }

    /// <summary>Answers a request that is JSON.</summary>
    private protected virtual Task<GatewayError?> AnswerAsync(HttpContext context, TGroup group, JsonElement request) => Task.FromResult<GatewayError?>(Invalid("The body must be a form with a file."));

    private protected GatewayError? Find(HttpContext context, string? model, out TGroup? group) => GroupFinder.Find(services.Models, GatewayCall.Of(context), model ?? "", out group);

    /// <summary>Returns how the router's calls for a request are routed.</summary>
    private protected static CallOptions Routing(HttpContext context) => GatewayCall.Of(context).Routing();

    /// <summary>Sends an answer that is JSON.</summary>
    private protected static async Task<GatewayError?> SendAsync(HttpContext context, TGroup group, RoutedAnswer answer, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(body, EventText.Json)) write(json);
        return await AnswerResponse.SendAsync(context, group, answer, "application/json", body.WrittenMemory).ConfigureAwait(false);
    }

    /// <summary>Sends a stream as events. A stream that breaks ends with the error as its last event.</summary>
    /// <param name="context">The request.</param>
    /// <param name="group">The group that was asked.</param>
    /// <param name="updates">The stream.</param>
    /// <param name="events">What its updates are to the client.</param>
    private protected async Task<GatewayError?> StreamAsync<TUpdate>(HttpContext context, TGroup group, IAsyncEnumerable<TUpdate> updates, KindEvents<TUpdate> events)
    {
        GatewayCall.Of(context).IsStreaming = true;
        var response = new StreamResponse(context, GatewayDialect.Comment, Options);
        await using (response.ConfigureAwait(false))
        {
            try
            {
                await response.SendAsync(updates, events, group.Name).ConfigureAwait(false);
                return null;
            }
            catch (RoutingException exception)
            {
                GatewayError error = services.Errors.ErrorOf(exception);
                return await response.TryFailAsync(error, (output, _) => KindEvents<TUpdate>.WriteError(error, output)).ConfigureAwait(false) ? null : error;
            }
        }
    }

    private protected static GatewayError Invalid(string message, string? parameter = null) => new(400, ErrorReason.InvalidRequest, message) { Parameter = parameter };
}

/// <summary>What endpoints of all kinds of calls share.</summary>
/// <param name="Models">The groups.</param>
/// <param name="Errors">How errors are told.</param>
/// <param name="Options">How the gateway serves.</param>
internal sealed record KindServices(IModelGroups Models, GatewayDialect Errors, GatewayOptions Options);
