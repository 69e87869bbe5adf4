using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Dialects;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Responses;

/// <summary>What clients do with a response that is kept: https://platform.openai.com/docs/api-reference/responses/get. One of another key is as if there were none.</summary>
/// <param name="dialect">How clients speak.</param>
/// <param name="options">How the gateway serves.</param>
/// <param name="kept">Where responses are kept; null for nowhere.</param>
internal sealed class ResponseEndpoints(GatewayDialect dialect, GatewayOptions options, KeptResponses? kept)
{
    private const int UsualLimit = 20;
    private const int LargestLimit = 100;

    /// <summary>Gets a response.</summary>
    public Task GetAsync(HttpContext context) => RequestHandling.RunAsync(context, dialect, async context =>
    {
        if (context.Request.Query["stream"] is ["true"]) return Invalid("stream: a response that is kept is sent whole.", "stream");
        (StoredResponse? found, GatewayError? error) = await FindAsync(context).ConfigureAwait(false);
        if (found is null) return error;
        await SendAsync(context, found.Response).ConfigureAwait(false);
        return null;
    });

    /// <summary>Deletes a response.</summary>
    public Task DeleteAsync(HttpContext context) => RequestHandling.RunAsync(context, dialect, async context =>
    {
        if (kept is null) return ResponsesPreparer.NotKept(null);
        string id = IdOf(context);
        (bool wasThere, GatewayError? error) = await kept.DeleteAsync(ResponseChain.OwnerOf(GatewayCall.Of(context)), id, context.RequestAborted).ConfigureAwait(false);
        if (error is not null || !wasThere) return error ?? NotFound(id);
        await SendAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("id"u8, id);
            json.WriteString("object"u8, "response"u8);
            json.WriteBoolean("deleted"u8, true);
            json.WriteEndObject();
        }).ConfigureAwait(false);
        return null;
    });

    /// <summary>Lists the items that a response answers: those of the conversation before it, then those of its own input.</summary>
    public Task ListInputAsync(HttpContext context) => RequestHandling.RunAsync(context, dialect, async context =>
    {
        IQueryCollection query = context.Request.Query;
        int limit = UsualLimit;
        if (query["limit"] is [{ } asked] && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > LargestLimit)) return Invalid("limit: must be a number from 1 to 100.", "limit");
        if (query["order"] is not ([] or ["asc" or "desc"])) return Invalid("order: must be asc or desc.", "order");
        (StoredResponse? found, GatewayError? error) = await FindAsync(context).ConfigureAwait(false);
        if (found is null || kept is null) return error;
        List<StoredResponse> earlier = [];
        if (found.PreviousId is { } previous) (earlier, error) = await new ResponseChain(kept, options.Limits).ReadAsync(context, previous, "response_id").ConfigureAwait(false);
        if (error is not null) return error;
        var items = new InputItemList([.. earlier, found]);
        if (!items.TryPage(query["order"] is ["asc"], query["after"] is [{ Length: > 0 } after] ? after : null, limit)) return Invalid("after: must be the id of an item of the list.", "after");
        await SendAsync(context, items.Write).ConfigureAwait(false);
        return null;
    });

    /// <summary>Refuses to cancel a response: each is complete before its id can be asked for.</summary>
    public Task RefuseCancelAsync(HttpContext context) =>
        ErrorResponse.WriteAsync(context, dialect, Invalid("Only a response that was asked for with 'background' can be cancelled, which this gateway does not take. Close the connection of a request to end it.", null));

    private async ValueTask<(StoredResponse? Found, GatewayError? Error)> FindAsync(HttpContext context)
    {
        if (kept is null) return (null, ResponsesPreparer.NotKept(null));
        string id = IdOf(context);
        (StoredResponse? found, GatewayError? error) = await kept.FindAsync(ResponseChain.OwnerOf(GatewayCall.Of(context)), id, context.RequestAborted).ConfigureAwait(false);
        return (found, found is null ? error ?? NotFound(id) : null);
    }

    private static string IdOf(HttpContext context) => context.Request.RouteValues["id"] as string ?? "";

    private static async Task SendAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var body = new System.Buffers.ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(body, EventText.Json)) write(json);
        await SendAsync(context, body.WrittenMemory).ConfigureAwait(false);
    }

    private static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        context.Response.Headers.CacheControl = "no-store"; // It is one key's, at an address that does not tell which.
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    private static GatewayError NotFound(string id) => new(404, ErrorReason.NotFound, $"Response with id '{id}' not found.") { Parameter = "response_id" };

    private static GatewayError Invalid(string message, string? parameter) => new(400, ErrorReason.InvalidRequest, message) { Parameter = parameter };
}
