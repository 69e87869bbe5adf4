using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Errors;
using RouterGen.Gateway.Limits;

namespace RouterGen.Gateway.Responses;

/// <summary>Reads the responses that a request goes on from: each names the one before it.</summary>
/// <param name="kept">Where they are kept.</param>
/// <param name="limits">What bounds the bytes that requests hold.</param>
internal sealed class ResponseChain(KeptResponses kept, RequestLimits limits)
{
    /// <summary>Returns whose the responses of a request are.</summary>
    public static string OwnerOf(GatewayCall call) => call.Caller?.Grant?.SpendId ?? "";

    /// <summary>Reads the responses up to one.</summary>
    /// <param name="context">The request, which holds what is read until it ends.</param>
    /// <param name="id">The id of the last.</param>
    /// <param name="parameter">The member of the request that names it.</param>
    /// <returns>The responses, the first of the conversation first; or why they cannot be read.</returns>
    public async ValueTask<(List<StoredResponse> Responses, GatewayError? Error)> ReadAsync(HttpContext context, string id, string parameter)
    {
        List<StoredResponse> responses = [];
        var call = GatewayCall.Of(context);
        string owner = OwnerOf(call);
        long bytes = 0;
        for (string? next = id; next is not null; next = responses[^1].PreviousId)
        {
            if (responses.Count == kept.Options.MaxChainLength) return ([], TooLong(FormattableString.Invariant($"goes on from more than {kept.Options.MaxChainLength} responses"), parameter));
            (StoredResponse? found, GatewayError? error) = await kept.FindAsync(owner, next, context.RequestAborted).ConfigureAwait(false);
            if (error is not null) return ([], error);
            if (found is null) return ([], NotFound(next, parameter));
            int size = found.Response.Length + found.Input.Length;
            if ((bytes += size) > kept.Options.MaxChainBytes) return ([], TooLong(FormattableString.Invariant($"goes on from more than {kept.Options.MaxChainBytes} bytes"), parameter));
            if (!TryHold(call, size)) return ([], Full());
            responses.Add(found);
        }

        responses.Reverse();
        return (responses, null);
    }

    /// <summary>Finds the items that an input refers to.</summary>
    /// <param name="context">The request, which holds what is read until it ends.</param>
    /// <param name="input">The input; undefined for none.</param>
    /// <returns>The items by their ids, each with the response that has it; or why they cannot be read.</returns>
    public async ValueTask<(Dictionary<string, ReferredItem> Found, GatewayError? Error)> FindReferredAsync(HttpContext context, JsonElement input)
    {
        Dictionary<string, ReferredItem> found = new(StringComparer.Ordinal);
        if (input.ValueKind is not JsonValueKind.Array) return (found, null);
        var call = GatewayCall.Of(context);
        string owner = OwnerOf(call);
        long bytes = 0;
        foreach (JsonElement item in input.EnumerateArray())
        {
            if (ReferredItem.IdOf(item) is not { } id) continue;
            if (!found.TryGetValue(id, out ReferredItem? referred))
            {
                (StoredResponse? response, GatewayError? error) = await kept.FindByItemAsync(owner, id, context.RequestAborted).ConfigureAwait(false);
                if (error is not null) return (found, error);
                referred = response is null ? null : ReferredItem.Of(response, id);
                if (referred is null) return (found, new GatewayError(404, ErrorReason.NotFound, $"Item with id '{id}' not found.") { Parameter = "input" });
                found[id] = referred;
            }

            // As often as it is referred to: each time it becomes a part of the conversation.
            if ((bytes += referred.Size) > kept.Options.MaxChainBytes) return (found, TooLong(FormattableString.Invariant($"refers to more than {kept.Options.MaxChainBytes} bytes"), "input"));
            if (!TryHold(call, referred.Size)) return (found, Full());
        }

        return (found, null);
    }

    private bool TryHold(GatewayCall call, long bytes)
    {
        if (!limits.TryHold(bytes)) return false;
        call.HeldBytes += bytes;
        return true;
    }

    private static GatewayError Full() => RequestLimits.Busy("The gateway holds as much of requests as it may.");

    // As OpenAI answers: 400, https://github.com/maximhq/bifrost/issues/2441.
    private static GatewayError NotFound(string id, string parameter) =>
        new(400, ErrorReason.InvalidRequest, $"Previous response with id '{id}' not found. It may have ended or been deleted, or was made without 'store' or with another key: send the whole conversation as input.") { Code = "previous_response_not_found", Parameter = parameter };

    private static GatewayError TooLong(string why, string parameter) =>
        new(400, ErrorReason.InvalidRequest, $"The request {why}, which is all that this gateway reads: send what matters of it as input.") { Code = "previous_response_too_long", Parameter = parameter };
}
