using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Dialects.OpenAIResponses;
using RouterGen.Gateway.Dialects.Shared;

namespace RouterGen.Gateway.Responses;

/// <summary>Keeps the answer of one request, before the client has its end: a client that asks for it at once finds it.</summary>
/// <param name="kept">Where it is kept.</param>
/// <param name="owner">Whose it is.</param>
/// <param name="keeping">What it says of where it is kept.</param>
/// <param name="input">The items of the request's own input.</param>
internal sealed class ResponseRecorder(KeptResponses kept, string owner, ResponseKeeping keeping, ReadOnlyMemory<byte> input) : IAnswerKeeper
{
    public async ValueTask<ReadOnlyMemory<byte>> KeepAsync(ReadOnlyMemory<byte> body, string model)
    {
        byte[] marked = ResponseMarks.Mark(body.Span, keeping);
        await RecordAsync(marked, model).ConfigureAwait(false);
        return marked;
    }

    public ValueTask<ReadOnlyMemory<byte>> PassAsync(ReadOnlyMemory<byte> events, Deployment deployment)
    {
        ReadOnlyMemory<byte> marked = ResponseMarks.MarkEvents(events, keeping, out ReadOnlyMemory<byte> finished);
        return finished.IsEmpty ? new(marked) : PassAsync(marked, finished, deployment.Provider + "/" + deployment.Model);
    }

    private async ValueTask<ReadOnlyMemory<byte>> PassAsync(ReadOnlyMemory<byte> marked, ReadOnlyMemory<byte> finished, string model)
    {
        await RecordAsync(finished, model).ConfigureAwait(false);
        return marked;
    }

    private ValueTask RecordAsync(ReadOnlyMemory<byte> response, string model)
    {
        if (!keeping.IsKept || RequestJson.TryParse(response.Span) is not { } answer) return default;
        if (answer.Text("id"u8) is not { Length: > 0 } id || answer.Text("status"u8) is not (null or "completed" or "incomplete")) return default;
        string[] items = [.. answer.Items("output"u8).Select(static item => item.Text("id"u8)).OfType<string>().Where(static item => item.Length > 0).Distinct(StringComparer.Ordinal)];
        return kept.KeepAsync(new StoredResponse { Owner = owner, Id = id, PreviousId = keeping.PreviousId, Model = model, Response = response, Input = input }, items);
    }
}
