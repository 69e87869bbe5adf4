using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>When an answer is complete, and when it is none.</summary>
public sealed class AnswerEndTests
{
    private readonly TestRouter _router = new();

    private FakeTransport Transport => _router.Transport;

    [Fact]
    public async Task A_stream_that_has_said_why_it_stopped_is_complete_when_it_ends()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Events("Hello", "[finish]"));
        List<ChatResponseUpdate> updates = await ReadAsync(group.StreamAsync("Hi"));
        AssertWhole(group, updates);
    }

    [Fact]
    public async Task Or_when_it_is_silent_for_two_seconds()
    {
        TestGroup group = _router.Group(1);
        var silent = new StallingStream("data: Hello\n\ndata: [finish]\n\n: keep-alive\n\n");
        Transport.On("a", FakeTransport.Stream(silent));

        Task<List<ChatResponseUpdate>> stream = ReadAsync(group.StreamAsync("Hi"));
        await silent.Stalled;
        _router.Time.Advance(ProviderStream.SilenceAfterFinish - TimeSpan.FromMilliseconds(1));
        Assert.False(stream.IsCompleted);
        _router.Time.Advance(TimeSpan.FromMilliseconds(2));
        AssertWhole(group, await stream);
        Assert.True(silent.IsDisposed);
    }

    [Fact]
    public async Task Or_when_its_connection_breaks()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Stream(Breaking("data: Hello\n\ndata: [finish]\n\n")));
        AssertWhole(group, await ReadAsync(group.StreamAsync("Hi")));
    }

    [Fact]
    public async Task Or_when_its_caller_has_no_more_time()
    {
        TestGroup group = _router.Group(1);
        var silent = new StallingStream("data: Hello\n\ndata: [finish]\n\n");
        Transport.On("a", FakeTransport.Stream(silent));
        Task<List<ChatResponseUpdate>> stream = ReadAsync(group.StreamAsync("Hi", new CallOptions { Timeout = TimeSpan.FromSeconds(1) }));
        await silent.Stalled;
        _router.Time.Advance(TimeSpan.FromSeconds(1.1));
        AssertWhole(group, await stream);
    }

    [Fact]
    public async Task But_a_caller_who_cancels_has_cancelled()
    {
        TestGroup group = _router.Group(1);
        var silent = new StallingStream("data: Hello\n\ndata: [finish]\n\n");
        Transport.On("a", FakeTransport.Stream(silent));
        using var caller = new CancellationTokenSource();
        Task<List<ChatResponseUpdate>> stream = ReadAsync(group.StreamAsync("Hi", cancellationToken: caller.Token));
        await silent.Stalled;
        caller.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stream);
    }

    [Fact]
    public async Task Before_that_silence_is_silence_and_an_end_is_a_cut()
    {
        TestGroup group = _router.Group(1);
        var silent = new StallingStream("data: Hello\n\n");
        Transport.On("a", FakeTransport.Stream(silent), FakeTransport.Events("Hello"));
        Task<List<ChatResponseUpdate>> stream = ReadAsync(group.StreamAsync("Hi"));
        await silent.Stalled;
        _router.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.False(stream.IsCompleted);
        _router.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Hello", (await Assert.ThrowsAsync<RoutingException>(() => stream)).PartialResponse!.Text);
        _router.Time.Advance(TimeSpan.FromMinutes(5));
        RoutingException cut = await Assert.ThrowsAsync<RoutingException>(() => ReadAsync(group.StreamAsync("Hi")));
        Assert.Equal((FailureKind.InvalidResponse, "Hello"), (cut.Kind, cut.PartialResponse!.Text));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_with_nothing_in_it_is_passed_over(bool stream)
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1));
        Empty("a", stream);
        Full("b", stream);

        (string text, IReadOnlyList<Attempt> attempts, _) = await AskAsync(group, stream);

        Assert.Equal("hello", text);
        Assert.Equal([FailureKind.EmptyResponse, FailureKind.None], attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(200, attempts[0].StatusCode);
        Assert.Equal(DeploymentHealth.Healthy, group.Status[0].Health);
        Assert.Equal(0.00002m, group.Status[0].Spend.Spent);
        Assert.All(group.Status, status => Assert.Equal(0, status.InFlight));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Also_for_a_fallback_group(bool stream)
    {
        TestGroup group = _router.Group(1);
        group.General = [_router.Group(TestRouter.Deployment("z"))];
        Empty("a", stream);
        Full("z", stream);
        Assert.Equal("hello", (await AskAsync(group, stream)).Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_none_is_left_it_is_handed_on(bool stream)
    {
        TestGroup group = _router.Group(1);
        Empty("a", stream);
        (string text, IReadOnlyList<Attempt> attempts, decimal? cost) = await AskAsync(group, stream);
        Assert.Equal("", text);
        Assert.Equal([FailureKind.None], attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(0.00002m, cost);
        Assert.Equal(["a"], Transport.Asked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_no_other_answers_it_is_handed_on_after_all(bool stream)
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1), TestRouter.Deployment("c", order: 2));
        Empty("a", stream);
        Transport.On("b", FakeTransport.Respond(System.Net.HttpStatusCode.NotFound, "no such model"));
        Empty("c", stream);

        (string text, IReadOnlyList<Attempt> attempts, decimal? cost) = await AskAsync(group, stream);

        Assert.Equal("", text);
        Assert.Equal([FailureKind.EmptyResponse, FailureKind.ModelNotFound, FailureKind.None], attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(0.00002m, cost);

        Empty("a", stream);
        Transport.On("c", FakeTransport.Respond(System.Net.HttpStatusCode.NotFound, "no such model"));
        (text, attempts, cost) = await AskAsync(group, stream);
        Assert.Equal("", text);
        Assert.Equal([FailureKind.EmptyResponse, FailureKind.ModelNotFound], attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(0.00002m, cost);
        Assert.All(group.Status, status => Assert.Equal(0, status.InFlight));
    }

    [Fact]
    public async Task The_fastest_response_holds_something()
    {
        TestGroup empty = _router.Group(TestRouter.Deployment("a")), full = _router.Group(TestRouter.Deployment("b"));
        var paced = new PacedStream("hello", "[end]");
        Transport.On("a", FakeTransport.Events("[role]", "[finish]", "[end]")).On("b", FakeTransport.Stream(paced));
        Task<List<ChatResponseUpdate>> race = ReadAsync(FastestResponse.StreamAsync([empty, full], "Hi"));
        await paced.WaitingAsync(0);
        paced.Send();
        paced.Send();
        Assert.Equal("hello", (await race).ToChatResponse().Text);

        Transport.On("a", FakeTransport.Text("[empty]")).On("b", FakeTransport.Text("hello"));
        Assert.Equal("hello", (await FastestResponse.CompleteAsync([empty, full], "Hi")).Text);
        Assert.Equal("", (await FastestResponse.CompleteAsync([empty], "Hi")).Text);
    }

    [Theory]
    [InlineData("data: Hel\n\ndata: lo\n\ndata: [end]\n\n")]
    [InlineData("\uFEFF\n\nevent: x\ndata: Hel\n\ndata: lo\n\ndata: [finish]")]
    [InlineData(": comment\r\n\r\ndata:Hel\r\n\r\ndata:lo\r\n\r\ndata:[finish]\r\n\r\n")]
    [InlineData("id: 1\ndata: Hel\n\nretry: 5\ndata: lo\n\ndata: [end]\n\n")]
    public async Task Events_are_read_as_the_whole_answer_that_was_asked_for(string body)
    {
        TestGroup group = _router.Group(1);
        foreach (string mediaType in (string[])["text/event-stream", "application/json", "text/plain"])
        {
            Transport.On("a", FakeTransport.Respond(System.Net.HttpStatusCode.OK, body, mediaType: mediaType));
            RoutedResponse reply = await group.CompleteAsync("Hi");
            Assert.Equal(("Hello", ChatFinishReason.Stop, 15), (reply.Text, reply.FinishReason, reply.Usage?.TotalTokenCount));
            Assert.Equal(0.00002m, reply.Cost);
            Assert.Equal("Hello", group.Complete("Hi").Text);
            Assert.Equal("Hello", (await ReadAsync(group.StreamAsync("Hi"))).ToChatResponse().Text);
        }

        Assert.Equal(0, group.Status[0].Failures);
    }

    [Fact]
    public async Task Events_in_whatever_pieces()
    {
        byte[] body = "\n: x\n\ndata: Hel\n\ndata: lo\n\ndata: [finish]\n\n"u8.ToArray();
        TestGroup group = _router.Group(1);
        for (int size = 1; size <= body.Length; size++)
        {
            Transport.On("a", FakeTransport.Stream(ChunkedStream.InPiecesOf(size, body)));
            Assert.Equal("Hello", (await group.CompleteAsync("Hi")).Text);
        }
    }

    [Fact]
    public async Task Events_that_break_off_are_no_whole_answer()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1));
        Transport.On("a", FakeTransport.Events("Hel")).On("b", FakeTransport.Text("hello"));
        RoutedResponse reply = await group.CompleteAsync("Hi");
        Assert.Equal([FailureKind.InvalidResponse, FailureKind.None], reply.Attempts.Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task Events_that_do_not_end_are_a_whole_answer_after_a_silence()
    {
        TestGroup group = _router.Group(1);
        var silent = new StallingStream("data: Hello\n\ndata: [finish]\n\n");
        Transport.On("a", FakeTransport.Stream(silent));
        Task<RoutedResponse> call = group.CompleteAsync("Hi");
        await silent.Stalled;
        _router.Time.Advance(ProviderStream.SilenceAfterFinish);
        Assert.Equal("Hello", (await call).Text);
    }

    [Fact]
    public async Task A_reply_is_its_own_raw_representation_and_is_serialized_without_it()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Text("hello"));
        RoutedResponse reply = await group.CompleteAsync("Hi");
        Assert.Same(reply, reply.RawRepresentation);
        Assert.Same(reply, new ChatResponse<int>(reply, AIJsonUtilities.DefaultOptions).RawRepresentation);
        string json = JsonSerializer.Serialize<ChatResponse>(reply, AIJsonUtilities.DefaultOptions);
        Assert.Equal("hello", JsonSerializer.Deserialize<ChatResponse>(json, AIJsonUtilities.DefaultOptions)!.Text);
        Assert.Contains("\"Cost\"", JsonSerializer.Serialize(reply));

        Transport.On("a", FakeTransport.Events("hello", "[end]"));
        ChatResponseUpdate last = (await ReadAsync(group.StreamAsync("Hi")))[^1];
        Assert.Same(last, last.RawRepresentation);
        Assert.DoesNotContain("rawRepresentation", JsonSerializer.Serialize(last, AIJsonUtilities.DefaultOptions), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_the_provider_sent_is_there_for_who_asks()
    {
        TestGroup group = _router.Group(1);
        var raw = new CallOptions { IncludeRawRepresentation = true };
        Transport.On("a", FakeTransport.Text("\"hello\""));
        Assert.Equal("\"hello\"", ((JsonElement)(await group.CompleteAsync("Hi", raw)).Messages[0].RawRepresentation!).GetRawText());
        Assert.Null((await group.CompleteAsync("Hi")).Messages[0].RawRepresentation);

        Transport.On("a", FakeTransport.Events("{\"a\":1}", "[end]"), FakeTransport.Events("{\"a\":1}", "[end]"));
        Assert.Equal("{\"a\":1}", ((JsonElement)(await ReadAsync(group.StreamAsync("Hi", raw)))[0].RawRepresentation!).GetRawText());
        Assert.Null((await ReadAsync(group.StreamAsync("Hi")))[0].RawRepresentation);
    }

    [Fact]
    public void Costs_of_several_calls_add_up_with_their_usage()
    {
        UsageDetails Usage() => new() { InputTokenCount = 10, OutputTokenCount = 5, TotalTokenCount = 15 };
        UsageDetails first = Usage(), second = Usage(), third = Usage();
        CallCost.Note(first, new ModelPrices(1m, 2m), default);
        CallCost.Note(second, new ModelPrices(0.0375m, 0.15m), default);
        first.Add(second);
        Assert.Equal(0.00002m + 0.000001125m, first.GetCost());
        CallCost.Note(third, null, default);
        first.Add(third);
        Assert.Null(first.GetCost());
        Assert.Null(Usage().GetCost());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_with_tools_notes_its_cost(bool stream)
    {
        TestGroup group = _router.Group(1);
        Full("a", stream);
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create(() => "", "f")] };
        ChatResponse reply = stream ? await group.StreamAsync("Hi", options).ToChatResponseAsync() : await group.CompleteAsync("Hi", options);
        Assert.Equal(0.00002m, reply.Usage!.GetCost());
        Assert.Null((await AskUsageAsync(group, stream)).AdditionalCounts);

        // What function invocation does: the last reply gets the usage of all.
        if (reply is not RoutedResponse routed) return;
        var all = new UsageDetails();
        all.Add(reply.Usage!);
        all.Add(reply.Usage!);
        routed.Usage = all;
        Assert.Equal(0.00004m, routed.Cost);
    }

    private static void AssertWhole(TestGroup group, List<ChatResponseUpdate> updates)
    {
        ChatResponse response = updates.ToChatResponse();
        Assert.Equal(("Hello", ChatFinishReason.Stop, 15), (response.Text, response.FinishReason, response.Usage?.TotalTokenCount));
        Assert.Equal(0.00002m, Assert.IsType<RoutedResponseUpdate>(updates[^1]).Cost);
        Assert.Equal((DeploymentHealth.Healthy, 0, 0), (group.Status[0].Health, group.Status[0].Failures, group.Status[0].InFlight));
    }

    private static ChunkedStream Breaking(string text)
    {
        return new ChunkedStream(Chunks());

        IEnumerable<ReadOnlyMemory<byte>> Chunks()
        {
            yield return Encoding.UTF8.GetBytes(text);
            throw new IOException("The connection was reset.");
        }
    }

    private void Empty(string host, bool stream) => Transport.On(host, stream ? FakeTransport.Events("[role]", "[finish]", "[end]") : FakeTransport.Text("[empty]"));

    private void Full(string host, bool stream) =>
        Transport.On(host, (request, token) => (stream ? FakeTransport.Events("hello", "[end]") : FakeTransport.Text("hello"))(request, token));

    private static async Task<UsageDetails> AskUsageAsync(TestGroup group, bool stream) =>
        (stream ? await group.StreamAsync("Hi").ToChatResponseAsync() : await group.CompleteAsync("Hi")).Usage!;

    private static async Task<(string Text, IReadOnlyList<Attempt> Attempts, decimal? Cost)> AskAsync(TestGroup group, bool stream)
    {
        if (!stream)
        {
            RoutedResponse reply = await group.CompleteAsync("Hi");
            return (reply.Text, reply.Attempts, reply.Cost);
        }

        List<ChatResponseUpdate> updates = await ReadAsync(group.StreamAsync("Hi"));
        var last = (RoutedResponseUpdate)updates[^1];
        return (updates.ToChatResponse().Text, last.Attempts, last.Cost);
    }

    private static async Task<List<ChatResponseUpdate>> ReadAsync(IAsyncEnumerable<ChatResponseUpdate> stream)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (ChatResponseUpdate update in stream) updates.Add(update);
        return updates;
    }
}
