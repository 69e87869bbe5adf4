namespace RouterGen.Fuzzing;

/// <summary>A store of responses that has two of them, whatever was kept: what a request does depends on no earlier one.</summary>
internal sealed class FuzzedResponses : IResponseStore
{
    private static readonly StoredResponse First = Response("resp_1", null, """[{"role":"user","content":"Hello"}]""", """[{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"AAAA"},{"type":"message","id":"msg_1","role":"assistant","content":[{"type":"output_text","text":"Hi \ud83d\ude00","annotations":[]}]}]""");
    private static readonly StoredResponse Second = Response("resp_2", "resp_1", """[{"type":"message","id":"msg_in","role":"user","content":[{"type":"input_text","text":"Weather?"}]}]""", """[{"type":"reasoning","id":"rs_2","summary":[{"type":"summary_text","text":"Hm."}]},{"type":"function_call","id":"fc_1","call_id":"call_1","name":"weather","arguments":"{}"}]""");

    public ValueTask KeepAsync(StoredResponse response, IReadOnlyList<string> items, CancellationToken cancellationToken) => default;

    public ValueTask<StoredResponse?> FindAsync(string owner, string id, CancellationToken cancellationToken) => new(id is "resp_1" ? First : id is "resp_2" ? Second : null);

    public ValueTask<StoredResponse?> FindByItemAsync(string owner, string item, CancellationToken cancellationToken) => new(item is "rs_1" or "msg_1" ? First : item is "fc_1" ? Second : null);

    public ValueTask<bool> DeleteAsync(string owner, string id, CancellationToken cancellationToken) => new(id is "resp_1");

    public ValueTask<long> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken) => new(0);

    private static StoredResponse Response(string id, string? previous, string input, string output) => new()
    {
        Owner = "",
        Id = id,
        PreviousId = previous,
        Model = "responses/gpt-5-mini",
        Expires = DateTimeOffset.MaxValue,
        Input = System.Text.Encoding.UTF8.GetBytes(input),
        Response = System.Text.Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","object":"response","status":"completed","output":{{output}}}"""),
    };
}
