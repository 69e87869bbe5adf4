using Microsoft.Extensions.AI;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>The loop in which a model calls tools, as a stream: what comes, in which order, and how it ends.</summary>
public class ToolLoopStreamTests
{
    private static readonly AIFunction Echo = AIFunctionFactory.Create(() => "result", "f");

    private readonly TestRouter _router = new();

    [Fact]
    public async Task A_run_streams_each_round_and_the_results_between_them()
    {
        List<ChatResponseUpdate> updates = await Group(["Let me ", "look. ", "@f", "[end]"], ["Here ", "it is.", "[end]"]).RunStreamAsync("Hi", [Echo]).ToListAsync();

        Assert.Equal(["Let me ", "look. ", "f()", "usage", "=result", "Here ", "it is.", "usage"], updates.SelectMany(update => update.Contents).Select(Describe));
        Assert.Equal(ChatRole.Tool, updates[4].Role);
        Assert.All(updates[..^1], update => Assert.IsNotType<RoutedResponseUpdate>(update, exactMatch: false));
        ToolRunUpdate last = Assert.IsType<ToolRunUpdate>(updates[^1]);
        Assert.Equal("Here it is.", last.Run.Text);
        Assert.Equal(2, last.Run.Rounds.Count);
        Assert.Equal("result", Assert.Single(last.Run.Rounds[0].Results).Result!.ToString());
        Assert.Equal(2, last.Attempts.Count);
        Assert.Equal(("plain/a", "a"), (last.ModelUsed, last.Deployment));
    }

    [Fact]
    public async Task Usage_and_cost_are_those_of_the_whole_run_however_they_are_read()
    {
        List<ChatResponseUpdate> updates = await Group(["@f", "[end]"], ["@f", "[end]"], ["done", "[end]"]).RunStreamAsync("Hi", [Echo]).ToListAsync();

        var last = (ToolRunUpdate)updates[^1];
        Assert.Equal(3 * 0.00002m, last.Cost);
        Assert.Equal(last.Cost, last.Run.Cost);
        Assert.Equal(45, last.Run.Usage.TotalTokenCount);
        ChatResponse joined = updates.ToChatResponse();
        Assert.Equal(45, joined.Usage!.TotalTokenCount);
        Assert.Equal(last.Cost, joined.Usage.GetCost());
        Assert.Equal(last.Run.Messages.Select(message => message.Role), joined.Messages.Select(message => message.Role));
        Assert.Equal("done", joined.Text);
    }

    [Fact]
    public async Task A_text_arrives_before_the_round_is_over()
    {
        var body = new PacedStream("early", "[end]");
        _router.Transport.On("a", FakeTransport.Stream(body));
        await using IAsyncEnumerator<ChatResponseUpdate> updates = _router.Group(1).RunStreamAsync("Hi", [Echo]).GetAsyncEnumerator();

        body.Send();
        Assert.True(await updates.MoveNextAsync());
        Assert.Equal("early", updates.Current.Text);

        body.Send();
        Assert.True(await updates.MoveNextAsync());
        Assert.IsType<ToolRunUpdate>(updates.Current);
        Assert.False(await updates.MoveNextAsync());
    }

    [Fact]
    public async Task A_loop_that_never_ends_is_ended_behind_its_last_results()
    {
        TestGroup group = Group([.. Enumerable.Repeat<string[]>(["@f", "[end]"], 5)]);
        (List<ChatResponseUpdate> updates, ToolLoopException stopped) = await ReadToFailureAsync(group.RunStreamAsync("Hi", [Echo], loop: new() { MaxRounds = 4 }));

        Assert.Equal(ToolLoopStop.MaxRounds, stopped.Reason);
        Assert.Equal(4, stopped.Rounds.Count);
        Assert.Equal(4 * 0.00002m, stopped.Cost);
        Assert.Equal(4, updates.Count(update => update.Role == ChatRole.Tool));
    }

    [Theory]
    [InlineData("!InvalidRequest no", false)]
    [InlineData("partial", true)]
    public async Task A_call_of_the_model_that_fails_keeps_what_was_done(string second, bool hasPartial)
    {
        (List<ChatResponseUpdate> updates, ToolLoopException stopped) = await ReadToFailureAsync(Group(["@f", "[end]"], [second]).RunStreamAsync("Hi", [Echo]));

        Assert.Equal(ToolLoopStop.ModelCall, stopped.Reason);
        var failure = Assert.IsType<RoutingException>(stopped.InnerException);
        Assert.Equal(hasPartial ? "partial" : null, failure.PartialResponse?.Text);
        Assert.StartsWith("The call of the model failed in round 2: ", stopped.Message);
        Assert.Single(stopped.Rounds);
        Assert.Contains(updates, update => update.Role == ChatRole.Tool);
    }

    [Fact]
    public async Task A_tool_that_throws_is_told_or_ends_the_run()
    {
        AIFunction throwing = AIFunctionFactory.Create(() => { throw new TimeoutException("No such city."); }, "f");
        List<ChatResponseUpdate> told = await Group(["@f", "[end]"], ["done", "[end]"]).RunStreamAsync("Hi", [throwing]).ToListAsync();
        Assert.Contains(told.SelectMany(update => update.Contents), content => content is FunctionResultContent { Result: "Error: No such city.", Exception: TimeoutException });

        (_, ToolLoopException stopped) = await ReadToFailureAsync(Group(["@f", "[end]"]).RunStreamAsync("Hi", [throwing], loop: new() { ThrowsToolErrors = true }));
        Assert.Equal(ToolLoopStop.ToolError, stopped.Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_tool_that_requires_approval_is_asked_about(bool isApproved)
    {
        List<string> asked = [];
        var loop = new ToolLoopOptions
        {
            Approve = (call, _) =>
            {
                asked.Add(call.Name);
                return new(isApproved);
            },
        };

        List<ChatResponseUpdate> updates = await Group(["@f", "[end]"], ["done", "[end]"]).RunStreamAsync("Hi", [new ApprovalRequiredAIFunction(Echo)], loop: loop).ToListAsync();

        Assert.Equal(["f"], asked);
        Assert.Equal(isApproved ? "result" : "Error: This call of 'f' was not approved.", updates.SelectMany(update => update.Contents).OfType<FunctionResultContent>().Single().Result!.ToString());
    }

    [Fact]
    public void What_is_wrong_with_the_tools_is_said_before_anything_is_sent()
    {
        Assert.Throws<ArgumentException>(() => Group(["done", "[end]"]).RunStreamAsync("Hi", [new ApprovalRequiredAIFunction(Echo)]));
        Assert.Throws<ArgumentException>(() => Group(["done", "[end]"]).RunStreamAsync("Hi", [Echo, AIFunctionFactory.Create(() => 1, "f")]));
        Assert.Empty(_router.Transport.Asked);
    }

    [Fact]
    public async Task A_tool_that_only_the_caller_can_run_is_left_to_the_caller()
    {
        List<ChatResponseUpdate> updates = await Group(["@f", "[end]"]).RunStreamAsync("Hi", [Echo.AsDeclarationOnly()]).ToListAsync();
        Assert.Equal("f", Assert.Single(((ToolRunUpdate)updates[^1]).Run.PendingCalls).Name);
    }

    [Fact]
    public async Task Each_enumeration_is_a_run_of_its_own()
    {
        IAsyncEnumerable<ChatResponseUpdate> run = Group(["@f", "[end]"], ["one", "[end]"], ["two", "[end]"]).RunStreamAsync("Hi", [Echo]);
        Assert.Equal(2, ((ToolRunUpdate)(await run.ToListAsync())[^1]).Run.Rounds.Count);
        Assert.Single(((ToolRunUpdate)(await run.ToListAsync())[^1]).Run.Rounds);
    }

    [Fact]
    public async Task An_enumeration_that_stops_early_gives_the_deployment_back()
    {
        TestGroup group = Group(["one", "two", "[end]"]);
        await foreach (ChatResponseUpdate update in group.RunStreamAsync("Hi", [Echo]))
        {
            Assert.Equal("one", update.Text);
            break;
        }

        Assert.Equal(0, group.Status[0].InFlight);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        AIFunction cancelling = AIFunctionFactory.Create((CancellationToken token) =>
        {
            source.Cancel();
            token.ThrowIfCancellationRequested();
        }, "f");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Group(["@f", "[end]"], ["done", "[end]"]).RunStreamAsync("Hi", [cancelling], cancellationToken: source.Token).ToListAsync());
    }

    [Fact]
    public async Task A_round_fails_over_before_its_first_content()
    {
        _router.Transport.On("a", FakeTransport.Events("!Overloaded busy"));
        _router.Transport.On("b", FakeTransport.Events("@f", "[end]"), FakeTransport.Events("done", "[end]"));

        List<ChatResponseUpdate> updates = await _router.Group(2).RunStreamAsync("Hi", [Echo]).ToListAsync();

        var last = (ToolRunUpdate)updates[^1];
        Assert.Equal("done", last.Run.Text);
        Assert.Single(last.Attempts, attempt => attempt.Outcome is FailureKind.Overloaded);
        Assert.All(last.Run.Rounds, round => Assert.Equal("b", round.Response.Deployment));
    }

    private static string Describe(AIContent content) => content switch
    {
        TextContent text => text.Text,
        FunctionCallContent call => call.Name + "()",
        FunctionResultContent result => "=" + result.Result,
        UsageContent => "usage",
        _ => content.GetType().Name,
    };

    private static async Task<(List<ChatResponseUpdate> Updates, ToolLoopException Stopped)> ReadToFailureAsync(IAsyncEnumerable<ChatResponseUpdate> run)
    {
        List<ChatResponseUpdate> updates = [];
        ToolLoopException stopped = await Assert.ThrowsAsync<ToolLoopException>(async () =>
        {
            await foreach (ChatResponseUpdate update in run) updates.Add(update);
        });
        return (updates, stopped);
    }

    private TestGroup Group(params string[][] rounds)
    {
        _router.Transport.On("a", [.. rounds.Select(events => FakeTransport.Events(events))]);
        return _router.Group(1);
    }
}
