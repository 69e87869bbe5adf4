using System.Net;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RouterGen.Infrastructure;
using RouterGen.Runtime.Tests;

namespace RouterGen.Caching.Tests;

/// <summary>What is answered out of a cache, what is not kept, and what a cache that fails does to calls: nothing.</summary>
public class AnswerCacheTests
{
    private static readonly CancellationToken Test = TestContext.Current.CancellationToken;

    private readonly TestCache _bytes = new();
    private readonly RecordedLogs _logs = new();
    private readonly FakeTimeProvider _time = new();
    private readonly FakeTransport _transport = new();

    public static TheoryData<bool> Stores() => [true, false];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task The_same_question_is_asked_once(bool hybrid)
    {
        TestGroup group = Group(hybrid ? new AnswerCache(Hybrid()) : Cache());
        _transport.On("a", FakeTransport.Text("first"), FakeTransport.Text("second"));
        RoutedResponse asked = await group.CompleteAsync("Hello", cancellationToken: Test);
        RoutedResponse kept = await group.CompleteAsync("Hello", cancellationToken: Test);

        Assert.False(asked.FromCache);
        Assert.True(kept.FromCache);
        Assert.Equal("first", kept.Text);
        Assert.Equal((asked.ModelUsed, asked.Deployment, asked.Duration), (kept.ModelUsed, kept.Deployment, kept.Duration));
        Assert.Equal(asked.Attempts, kept.Attempts);
        Assert.Equal(asked.Usage?.InputTokenCount, kept.Usage?.InputTokenCount);
        Assert.Equal(0, kept.Cost);
        Assert.Null(kept.AdditionalProperties);
        Assert.Single(_transport.Asked);
        Assert.Equal("second", (await group.CompleteAsync("Hello!", cancellationToken: Test)).Text);
    }

    [Fact]
    public async Task A_stream_is_played_again()
    {
        TestGroup group = Group(Cache());
        _transport.On("a", FakeTransport.Events("one", " two", "[end]"));
        List<ChatResponseUpdate> first = await PlayAsync(group.StreamAsync("Hello", cancellationToken: Test));
        List<ChatResponseUpdate> again = await PlayAsync(group.StreamAsync("Hello", cancellationToken: Test));
        Assert.Equal("one two", string.Concat(again.Select(static update => update.Text)));
        RoutedResponseUpdate last = Assert.IsType<RoutedResponseUpdate>(again[^1]);
        Assert.True(last.FromCache);
        Assert.Equal(0, last.Cost);
        Assert.Equal(((RoutedResponseUpdate)first[^1]).ModelUsed, last.ModelUsed);
        Assert.Single(_transport.Asked);

        // What a stream brought answers a call for a whole answer, and the reverse.
        Assert.True((await group.CompleteAsync("Hello", cancellationToken: Test)).FromCache);
    }

    [Fact]
    public async Task A_stream_that_is_left_is_not_kept()
    {
        TestGroup group = Group(Cache());
        _transport.On("a", FakeTransport.Events("one", " two", "[end]"), FakeTransport.Events("one", " two", "[end]"));
        await foreach (ChatResponseUpdate _ in group.StreamAsync("Hello", cancellationToken: Test)) break;
        Assert.Equal("one two", string.Concat((await PlayAsync(group.StreamAsync("Hello", cancellationToken: Test))).Select(static update => update.Text)));
        Assert.Equal(2, _transport.Asked.Count);
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        TestGroup group = Group(Cache());
        _transport.On("a", FakeTransport.Respond(HttpStatusCode.BadRequest, "no"), FakeTransport.Text("yes"));
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hello", cancellationToken: Test));
        Assert.Equal("yes", (await group.CompleteAsync("Hello", cancellationToken: Test)).Text);
        Assert.True((await group.CompleteAsync("Hello", cancellationToken: Test)).FromCache);
    }

    [Theory]
    [InlineData("length")]
    [InlineData("content_filter")]
    [InlineData("refusal")]
    [InlineData("empty")]
    public async Task What_is_not_whole_is_not_kept(string what)
    {
        ChatFinishReason finish = what is "length" or "content_filter" ? new(what) : ChatFinishReason.Stop;
        AIContent[] contents = what switch { "refusal" => [new ErrorContent("I cannot.") { ErrorCode = "Refusal" }], "empty" => [], _ => [new TextContent("Half")] };
        var client = new ScriptedClient { Whole = (_, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, contents)) { FinishReason = finish }) };
        TestGroup group = Group(Cache(), client);
        for (int i = 0; i < 2; i++)
        {
            try
            {
                Assert.False((await group.CompleteAsync("Hello", cancellationToken: Test)).FromCache);
            }
            catch (RoutingException)
            {
                // A filter.
            }
        }

        Assert.Empty(_bytes.Keys);
    }

    [Fact]
    public async Task The_same_question_in_flight_is_asked_once()
    {
        TestGroup group = Group(Cache());
        var gate = new TaskCompletionSource();
        _transport.On("a", async (request, token) =>
        {
            await gate.Task;
            return await FakeTransport.Text("hi")(request, token);
        });
        Task<RoutedResponse>[] calls = [.. Enumerable.Range(0, 10).Select(_ => group.CompleteAsync("Hello", cancellationToken: Test))];
        gate.SetResult();
        RoutedResponse[] answers = await Task.WhenAll(calls);
        Assert.Single(_transport.Asked);
        Assert.Equal(9, answers.Count(static answer => answer.FromCache));
        Assert.NotSame(answers[1].Messages[0], answers[2].Messages[0]); // A caller may change its own.
    }

    [Fact]
    public async Task Where_the_first_fails_the_next_asks()
    {
        TestGroup group = Group(Cache());
        var gate = new TaskCompletionSource();
        _transport.On("a", async (request, token) =>
        {
            await gate.Task;
            return await FakeTransport.Respond(HttpStatusCode.BadRequest, "no")(request, token);
        }, FakeTransport.Text("yes"));
        Task<RoutedResponse> first = group.CompleteAsync("Hello", cancellationToken: Test);
        Task<RoutedResponse> second = group.CompleteAsync("Hello", cancellationToken: Test);
        gate.SetResult();
        await Assert.ThrowsAsync<RoutingException>(() => first);
        Assert.Equal("yes", (await second).Text);
    }

    [Fact]
    public async Task A_caller_that_cancels_leaves_the_others_their_answer()
    {
        TestGroup group = Group(Cache());
        var gate = new TaskCompletionSource();
        _transport.On("a", async (request, token) =>
        {
            await gate.Task;
            return await FakeTransport.Text("hi")(request, token);
        });
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Test);
        Task<RoutedResponse> first = group.CompleteAsync("Hello", cancellationToken: Test);
        Task<RoutedResponse> second = group.CompleteAsync("Hello", cancellationToken: cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        gate.SetResult();
        Assert.Equal("hi", (await first).Text);
    }

    [Fact]
    public async Task What_may_change_the_answer_is_part_of_the_question()
    {
        TestGroup group = Group(Cache());
        _transport.On("a", FakeTransport.Text("hi"));
        (string Text, ChatOptions? Options, CallOptions Routing)[] questions =
        [
            ("Hello", null, new()),
            ("Hello ", null, new()),
            ("Hello", new() { Temperature = 0 }, new()),
            ("Hello", new() { Temperature = 1 }, new()),
            ("Hello", new() { Instructions = "Be brief." }, new()),
            ("Hello", new() { MaxOutputTokens = 5 }, new()),
            ("Hello", new() { Seed = 5 }, new()),
            ("Hello", new() { StopSequences = ["a"] }, new()),
            ("Hello", new() { StopSequences = ["a", "b"] }, new()),
            ("Hello", new() { ResponseFormat = ChatResponseFormat.Json }, new()),
            ("Hello", new() { AdditionalProperties = new() { ["x"] = 1 } }, new()),
            ("Hello", new() { AdditionalProperties = new() { ["x"] = 2 } }, new()),
            ("Hello", new() { Reasoning = new() { Effort = ReasoningEffort.Low } }, new()),
            ("Hello", null, new() { Deployment = "a" }),
        ];
        for (int round = 0; round < 2; round++)
        {
            foreach ((string text, ChatOptions? options, CallOptions routing) in questions) Assert.Equal(round == 1, (await group.CompleteAsync(text, routing, options, Test)).FromCache);
        }
    }

    [Fact]
    public void Media_tool_calls_and_tools_are_part_of_the_question()
    {
        AIContent[] contents =
        [
            new TextContent("x"), new TextReasoningContent("x"), new DataContent(new byte[] { 1 }, "image/png"), new DataContent(new byte[] { 2 }, "image/png"), new UriContent("https://a/b.png", "image/png"),
            new HostedFileContent("f1"), new HostedFileContent("f2"),
            new FunctionCallContent("1", "f", new Dictionary<string, object?> { ["a"] = 1 }), new FunctionCallContent("1", "f", new Dictionary<string, object?> { ["a"] = 2 }), new FunctionCallContent("2", "f"),
            new FunctionResultContent("1", "r"), new FunctionResultContent("1", 5L),
        ];
        string?[] keys = [.. contents.Select(static content => CacheKey.Of(new ChatCacheCall("test", [new ChatMessage(ChatRole.User, [content])], null, new CallOptions(), null), new AnswerCacheOptions()))];
        Assert.All(keys, Assert.NotNull);
        Assert.Equal(keys.Length, keys.Distinct().Count());

        AITool[][] tools = [[], [AIFunctionFactory.Create(static (int a) => a, "f")], [AIFunctionFactory.Create(static (string a) => a, "f")], [AIFunctionFactory.Create(static (int a) => a, "g")], [new HostedWebSearchTool()]];
        string?[] withTools = [.. tools.Select(static tools => CacheKey.Of(new ChatCacheCall("test", [new ChatMessage(ChatRole.User, "x")], new ChatOptions { Tools = tools }, new CallOptions(), null), new AnswerCacheOptions()))];
        Assert.Equal(tools.Length, withTools.Distinct().Count());
        Assert.Null(CacheKey.Of(new ChatCacheCall("test", [new ChatMessage(ChatRole.User, [new FunctionResultContent("1", new object())])], null, new CallOptions(), null), new AnswerCacheOptions()));
    }

    [Fact]
    public async Task Calls_that_must_not_share_do_not()
    {
        TestGroup group = Group(new AnswerCache(_bytes, new AnswerCacheOptions { Scope = static routing => routing.Caller }));
        _transport.On("a", FakeTransport.Text("hi"));
        Assert.False((await group.CompleteAsync("Hello", new CallOptions { Caller = "u1" }, cancellationToken: Test)).FromCache);
        Assert.False((await group.CompleteAsync("Hello", new CallOptions { Caller = "u2" }, cancellationToken: Test)).FromCache);
        Assert.True((await group.CompleteAsync("Hello", new CallOptions { Caller = "u1" }, cancellationToken: Test)).FromCache);
    }

    [Fact]
    public async Task Calls_that_go_past_it_are_asked_and_not_kept()
    {
        TestGroup group = Group(Cache());
        _transport.On("a", FakeTransport.Text("hi"));
        CallOptions[] routings = [new() { SkipCache = true }, new() { ApiKeys = new Dictionary<string, string> { ["plain"] = "own-key" } }];
        foreach (CallOptions routing in routings)
        {
            for (int i = 0; i < 2; i++) Assert.False((await group.CompleteAsync("Hello", routing, cancellationToken: Test)).FromCache);
        }

        for (int i = 0; i < 2; i++) Assert.False(group.Complete("Hello", cancellationToken: Test).FromCache);
        for (int i = 0; i < 2; i++) Assert.False((await group.CompleteAsync("Hello", new ChatOptions { AdditionalProperties = new() { ["x"] = new object() } }, Test)).FromCache);
        for (int i = 0; i < 2; i++) Assert.False((await group.CompleteAsync("Hello", new ChatOptions { RawRepresentationFactory = static _ => null }, Test)).FromCache);
        Assert.Empty(_bytes.Keys);
    }

    [Fact]
    public async Task A_cache_that_throws_is_logged_once_and_calls_go_on()
    {
        _bytes.Fails = true;
        TestGroup group = Group(Cache());
        _transport.On("a", FakeTransport.Text("hi"));
        for (int i = 0; i < 3; i++) Assert.Equal("hi", (await group.CompleteAsync("Hello", cancellationToken: Test)).Text);
        _bytes.Fails = false;
        await group.CompleteAsync("Hello", cancellationToken: Test);
        Assert.True((await group.CompleteAsync("Hello", cancellationToken: Test)).FromCache);
        Assert.Equal(["The cache of answers fails on read, and calls go on without it: IOException", "The cache of answers works again"], _logs.Lines);
    }

    [Fact]
    public async Task A_cache_that_hangs_is_waited_for_a_second()
    {
        _bytes.Hangs = true;
        TestGroup group = Group(Cache());
        _transport.On("a", FakeTransport.Text("hi"));
        Task<RoutedResponse> call = group.CompleteAsync("Hello", cancellationToken: Test);
        Assert.False(call.IsCompleted);
        while (!call.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
        }

        Assert.Equal("hi", (await call).Text);
    }

    [Fact]
    public async Task What_is_no_answer_is_as_if_it_were_not_there()
    {
        TestGroup group = Group(Cache());
        _transport.On("a", FakeTransport.Text("hi"));
        await group.CompleteAsync("Hello", cancellationToken: Test);
        foreach (string damaged in (string[])["", "{", "null", "{\"messages\":[]}", "[1]"])
        {
            string key = Assert.Single(_bytes.Keys);
            _bytes.Set(key, System.Text.Encoding.UTF8.GetBytes(damaged), new());
            Assert.False((await group.CompleteAsync("Hello", cancellationToken: Test)).FromCache);
        }
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_not_kept()
    {
        TestGroup group = Group(new AnswerCache(_bytes, new AnswerCacheOptions { MaxAnswerBytes = 100 }));
        _transport.On("a", FakeTransport.Text(new string('x', 200)));
        for (int i = 0; i < 2; i++) Assert.False((await group.CompleteAsync("Hello", cancellationToken: Test)).FromCache);
    }

    [Fact]
    public async Task No_prompt_is_in_a_key()
    {
        TestGroup group = Group(Cache());
        _transport.On("a", FakeTransport.Text("hi"));
        await group.CompleteAsync("secret words", cancellationToken: Test);
        Assert.Matches("^routergen:[0-9a-f]{64}$", Assert.Single(_bytes.Keys));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Routing_facts_survive_the_frameworks_cache(bool streams)
    {
        TestGroup group = Group(cache: null);
        _transport.On("a", streams ? FakeTransport.Events("hi", "[end]") : FakeTransport.Text("hi"));
        using IChatClient client = ((IChatClient)group).AsBuilder().UseDistributedCache(_bytes).Build();
        var answers = new List<RoutedResponse>();
        for (int i = 0; i < 2; i++)
        {
            ChatResponse answer = streams ? await client.GetStreamingResponseAsync("Hello", cancellationToken: Test).ToChatResponseAsync(Test) : await client.GetResponseAsync("Hello", cancellationToken: Test);
            answers.Add(Assert.IsType<RoutedResponse>(answer.AsRouted()));
        }

        Assert.Single(_transport.Asked);
        Assert.Equal([false, true], answers.Select(static answer => answer.FromCache));
        Assert.Equal("plain/a", answers[1].ModelUsed);
        Assert.Equal("a", Assert.Single(answers[1].Attempts).Deployment);
        Assert.Equal(0, answers[1].Cost);
    }

    private AnswerCache Cache() => new(_bytes, new AnswerCacheOptions { LoggerFactory = _logs, TimeProvider = _time });

    private static HybridCache Hybrid()
    {
        var services = new ServiceCollection();
        services.AddHybridCache();
        return services.BuildServiceProvider().GetRequiredService<HybridCache>();
    }

    private TestGroup Group(IChatCache? cache, ScriptedClient? client = null)
    {
        var context = new RouterContext(new RouterOptions { Transport = new HttpMessageInvoker(_transport), Variables = static _ => "sk-test", Seed = 1, Cache = cache, ClientFor = _ => client });
        return new TestGroup(context, new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a")] });
    }

    private static async Task<List<ChatResponseUpdate>> PlayAsync(IAsyncEnumerable<ChatResponseUpdate> stream)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (ChatResponseUpdate update in stream) updates.Add(update);
        return updates;
    }

    /// <summary>A distributed cache in memory that fails or hangs for as long as it is told to.</summary>
    private sealed class TestCache : IDistributedCache
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, byte[]> _kept = new();

        public bool Fails { get; set; }

        public bool Hangs { get; set; }

        public ICollection<string> Keys => _kept.Keys;

        public byte[]? Get(string key) => _kept.GetValueOrDefault(key);

        public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
        {
            if (Fails) throw new IOException("The cache is down.");
            if (Hangs) await Task.Delay(Timeout.Infinite, CancellationToken.None);
            return Get(key);
        }

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => _kept[key] = value;

        public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
        {
            if (Fails) throw new IOException("The cache is down.");
            if (Hangs) await Task.Delay(Timeout.Infinite, CancellationToken.None);
            Set(key, value, options);
        }

        public void Refresh(string key)
        {
        }

        public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

        public void Remove(string key) => _kept.TryRemove(key, out _);

        public Task RemoveAsync(string key, CancellationToken token = default)
        {
            Remove(key);
            return Task.CompletedTask;
        }
    }
}
