using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Dialects.OpenAIResponses;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Gateway.Errors;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Responses;

/// <summary>
/// Makes of a Responses request one that any provider can answer: what it goes on from is put in front of its input, and the provider is told to keep nothing, because the gateway does. Where
/// nothing is kept, requests stay as they are, and those that go on from something are refused.
/// </summary>
/// <param name="models">The groups.</param>
/// <param name="dialect">How clients speak.</param>
/// <param name="options">How the gateway serves.</param>
/// <param name="kept">Where responses are kept; null for nowhere.</param>
internal sealed class ResponsesPreparer(IModelGroups models, OpenAIResponsesDialect dialect, GatewayOptions options, KeptResponses? kept) : IRequestPreparer
{
    private readonly ResponseChain? _chain = kept is null ? null : new ResponseChain(kept, options.Limits);

    public ValueTask<PreparedRequest> PrepareAsync(HttpContext context, RelayedRequest request)
    {
        if (WhyRefused(request) is { } refused) return new(Failed(refused));
        ReadOnlySpan<byte> value = request.Find("previous_response_id"u8);
        string? previous = null;
        if (!value.IsEmpty && value[0] is not (byte)'n')
        {
            if (value[0] is not (byte)'"') return new(Failed(Invalid("previous_response_id: must be a text.", "previous_response_id")));
            previous = RequestJson.Parse(value).GetString();
        }

        if (kept is null || _chain is null) return new(previous is null ? new PreparedRequest(request, dialect) : Failed(NotKept("previous_response_id")));
        bool isKept = !request.Find("store"u8).SequenceEqual("false"u8);
        bool mayRefer = request.Find("input"u8).IndexOf("\"item_reference\""u8) >= 0;
        return isKept || previous is not null || mayRefer ? ExpandAsync(context, request, new ResponseKeeping(isKept, previous), kept, _chain) : new(new PreparedRequest(request, dialect));
    }

    /// <summary>Returns the error of a request for what is kept where nothing is.</summary>
    public static GatewayError NotKept(string? parameter) =>
        new(parameter is null ? 404 : 400, parameter is null ? ErrorReason.NotFound : ErrorReason.InvalidRequest, "This gateway keeps no responses: its operator can give it a store (GatewayOptions.Responses.Store). Send the whole conversation as input.")
        {
            Code = parameter is null ? "response_store_not_configured" : "previous_response_not_found",
            Parameter = parameter,
        };

    private async ValueTask<PreparedRequest> ExpandAsync(HttpContext context, RelayedRequest request, ResponseKeeping keeping, KeptResponses responses, ResponseChain chain)
    {
        List<StoredResponse> earlier = [];
        GatewayError? error = null;
        if (keeping.PreviousId is { } previous) (earlier, error) = await chain.ReadAsync(context, previous, "previous_response_id").ConfigureAwait(false);
        if (error is not null) return Failed(error);
        if (InputOf(request) is not { } input) return Failed(Invalid("input: must be a text or an array.", "input"));
        (Dictionary<string, ReferredItem> referred, error) = await chain.FindReferredAsync(context, input).ConfigureAwait(false);
        if (error is not null) return Failed(error);

        var makers = new ThoughtMakers(models.Find(request.Model) as ChatGroup, dialect);
        var conversation = new ConversationItems();
        foreach (StoredResponse response in earlier)
        {
            bool returns = makers.IsOnly(response.Model);
            conversation.AddAll(RequestJson.Parse(response.Input.Span), returns);
            conversation.AddAll(RequestJson.Parse(response.Response.Span).Get("output"u8), returns);
        }

        var own = new ArrayBufferWriter<byte>(1024);
        AddOwn(input, referred, makers, conversation, own);
        ReadOnlyMemory<byte> body = BodyOf(request, IsList(input) || earlier.Count > 0 ? conversation.End() : default);
        var keptDialect = new OpenAIResponsesDialect(options.TimeProvider, keeping);
        if (RelayedRequest.TryRead(keptDialect, body, [.. request.Headers], out RelayedRequest expanded) is { } failure) return Failed(Invalid(failure.Message, null));
        expanded.Id = keeping.IsKept ? NewId() : request.Id;
        if (keeping.IsKept) expanded.Members.StateInclude = ThoughtMakers.Include(request);
        return new PreparedRequest(expanded, keptDialect, new ResponseRecorder(responses, ResponseChain.OwnerOf(GatewayCall.Of(context)), keeping, own.WrittenMemory));
    }

    private static bool IsList(JsonElement input) => input.ValueKind is JsonValueKind.Array;

    /// <summary>Returns the items of a request's input, of which a text is one; undefined where it has none, and null where it is neither.</summary>
    private static JsonElement? InputOf(RelayedRequest request)
    {
        ReadOnlySpan<byte> input = request.Find("input"u8);
        if (input.IsEmpty || input.SequenceEqual("null"u8)) return default(JsonElement);
        return input[0] switch
        {
            (byte)'[' => RequestJson.Parse(input),
            (byte)'"' => RequestJson.Parse([.. """[{"type":"message","role":"user","content":[{"type":"input_text","text":"""u8, .. input, .. "}]}]"u8]),
            _ => null,
        };
    }

    // What is kept is the input as it came, but for what it refers to: that may be gone by the time that it is needed.
    private static void AddOwn(JsonElement input, Dictionary<string, ReferredItem> referred, ThoughtMakers makers, ConversationItems conversation, ArrayBufferWriter<byte> own)
    {
        own.Write("["u8);
        bool isFirst = true;
        foreach (JsonElement item in IsList(input) ? input.EnumerateArray() : default)
        {
            ReferredItem? found = ReferredItem.IdOf(item) is { } id ? referred[id] : null;
            JsonElement whole = found?.Item ?? item;
            conversation.Add(whole, found is null || makers.IsOnly(found.Model));
            if (!isFirst) own.Write(","u8);
            isFirst = false;
            own.Write(JsonMarshal.GetRawUtf8Value(whole));
        }

        own.Write("]"u8);
    }

    private static ReadOnlyMemory<byte> BodyOf(RelayedRequest request, ReadOnlyMemory<byte> input)
    {
        var body = new ArrayBufferWriter<byte>(request.Body.Length + input.Length + 64);
        body.Write("{\"store\":false"u8);
        foreach (PassedMember member in request.Members.All)
        {
            ReadOnlySpan<byte> name = request.Members.NameOf(member);
            if (name.SequenceEqual("store"u8) || name.SequenceEqual("previous_response_id"u8) || (!input.IsEmpty && name.SequenceEqual("input"u8))) continue;
            body.Write(","u8);
            body.Write(request.Members.TextOf(member));
        }

        if (!input.IsEmpty)
        {
            body.Write(",\"input\":"u8);
            body.Write(input.Span);
        }

        body.Write("}"u8);
        return body.WrittenMemory;
    }

    private string NewId()
    {
        byte[] id = new byte[24];
        options.Keys.Chance(id);
        return Convert.ToHexStringLower(id);
    }

    private static GatewayError? WhyRefused(RelayedRequest request)
    {
        if (request.Find("background"u8).SequenceEqual("true"u8)) return Invalid("background: this gateway answers while the request waits. Leave it out, or ask for a stream.", "background");
        ReadOnlySpan<byte> conversation = request.Find("conversation"u8);
        return conversation.IsEmpty || conversation.SequenceEqual("null"u8) ? null : Invalid("conversation: this gateway has no conversations. Go on with previous_response_id, or send the whole conversation as input.", "conversation");
    }

    private static PreparedRequest Failed(GatewayError error) => new(null!, null!, null, error);

    private static GatewayError Invalid(string message, string? parameter) => new(400, ErrorReason.InvalidRequest, message) { Parameter = parameter };
}
