using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RouterGen.Gateway.Access;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Dialects;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Management;

/// <summary>What each request to manage goes through: its key is the master key, or a person with the role for it has signed in, its body an object, and its answer JSON. What decides is the endpoint that was mapped, and nothing of the request but its key.</summary>
/// <param name="keys">Checks keys.</param>
/// <param name="people">Finds those who have signed in to the page.</param>
/// <param name="options">The gateway's options.</param>
/// <param name="dialect">How errors are told.</param>
/// <param name="logger">Where failures of the store are logged.</param>
internal sealed partial class ManagementPipeline(KeyServices keys, PersonFilter people, GatewayOptions options, GatewayDialect dialect, ILogger logger)
{
    /// <summary>Returns an endpoint with what is around it.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="handle">Serves it, and returns what writes the answer.</param>
    /// <param name="form">What is special about its requests.</param>
    public RequestDelegate Around(string path, Func<ManagementRequest, Task<Action<Utf8JsonWriter>>> handle, ManagementForm form = default) => async context =>
    {
        var call = GatewayCall.Begin(context, path, [], options.TimeProvider);
        context.Response.Headers[dialect.RequestIdHeader] = call.Id;
        context.Response.Headers.CacheControl = "no-store"; // Answers may have a key.
        try
        {
            GatewayError? error = await TryAsync(context, call, handle, form).ConfigureAwait(false);
            if (error is not null) await ErrorResponse.WriteAsync(context, dialect, error).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: there is no one to answer.
        }
        finally
        {
            options.Limits.Release(call.HeldBytes);
        }
    };

    private async Task<GatewayError?> TryAsync(HttpContext context, GatewayCall call, Func<ManagementRequest, Task<Action<Utf8JsonWriter>>> handle, ManagementForm form)
    {
        if (!keys.Master.IsSet) return new GatewayError(403, ErrorReason.Forbidden, "Management is off, because the gateway has no master key. Set GatewayOptions.MasterKey; the program reads it from ROUTERGEN_MASTER_KEY.");
        if ((await people.CheckAsync(context).ConfigureAwait(false) ?? await keys.Filter.CheckAsync(context, call, isForAllKeys: true).ConfigureAwait(false)) is { } refused) return refused;
        if (call.Caller!.Grant is not null && form is not ManagementForm.ForOwnKey) return KeyFilter.MasterOnly();
        (JsonElement[] values, GatewayError? error) = await ReadAsync(context, form is ManagementForm.Values).ConfigureAwait(false);
        if (error is not null) return error;
        Action<Utf8JsonWriter> write;
        try
        {
            write = await handle(new ManagementRequest(context, form is ManagementForm.Values || values.Length == 0 ? default : values[0], values, call.Caller)).ConfigureAwait(false);
        }
        catch (ManagementError exception)
        {
            return exception.Error;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // What the store says is for those who run it, not for those who ask.
            LogFailed(logger, call.Endpoint, exception.GetType().Name, exception.Message);
            return new GatewayError(503, ErrorReason.Overloaded, "The store of keys cannot be reached.") { RetryAfter = TimeSpan.FromSeconds(5), Code = "key_store_unavailable" };
        }

        context.Response.ContentType = "application/json";
        using (var json = new Utf8JsonWriter(context.Response.BodyWriter, EventText.Json)) write(json);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        return null;
    }

    private async ValueTask<(JsonElement[] Values, GatewayError? Error)> ReadAsync(HttpContext context, bool isMany)
    {
        if (HttpMethods.IsGet(context.Request.Method)) return ([], null);
        (byte[] bytes, GatewayError? error) = await RequestBody.ReadAsync(context, options).ConfigureAwait(false);
        if (error is not null || bytes.Length == 0) return ([], error);
        if (RequestJson.FindBadText(bytes) is { } bad) return ([], new GatewayError(400, ErrorReason.InvalidRequest, bad));
        try
        {
            if (isMany) return (ReadMany(bytes), null);
            JsonElement body = JsonElement.Parse(bytes);
            return body.ValueKind is JsonValueKind.Object ? ([body], null) : ([], new GatewayError(400, ErrorReason.InvalidRequest, "The body must be a JSON object."));
        }
        catch (JsonException exception)
        {
            return ([], new GatewayError(400, ErrorReason.InvalidRequest, RequestJson.Describe(exception)));
        }
    }

    private static JsonElement[] ReadMany(byte[] bytes)
    {
        var values = new List<JsonElement>();
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read()) values.Add(JsonElement.ParseValue(ref reader));
        return [.. values];
    }

    [LoggerMessage(136, LogLevel.Error, "The store failed for {Path}: {Exception}: {Message}")]
    private static partial void LogFailed(ILogger logger, string path, string exception, string message);
}

/// <summary>What is special about the requests of an endpoint that manages.</summary>
internal enum ManagementForm
{
    /// <summary>Nothing: the body is an object, and the key the master key.</summary>
    Usual,

    /// <summary>A virtual key may use it, for itself.</summary>
    ForOwnKey,

    /// <summary>The body is values, one after the other.</summary>
    Values,
}
