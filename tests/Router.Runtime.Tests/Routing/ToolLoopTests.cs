using Microsoft.Extensions.AI;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>The loop in which a model calls tools: bounded, and nothing of it lost.</summary>
public class ToolLoopTests
{
    private static readonly AIFunction Echo = AIFunctionFactory.Create(() => "result", "f");

    private readonly TestRouter _router = new();

    [Fact]
    public async Task A_run_calls_tools_until_the_model_answers()
    {
        ToolRun run = await Group("@f", "@f", "done").RunAsync("Hi", [Echo]);

        Assert.Equal("done", run.Text);
        Assert.Equal(3, run.Rounds.Count);
        Assert.Equal([ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant], run.Messages.Select(message => message.Role));
        Assert.Equal("result", Assert.Single(run.Rounds[0].Results).Result!.ToString());
        Assert.Equal(45, run.Usage.TotalTokenCount);
        Assert.Equal(3 * 0.00002m, run.Cost);
        Assert.Equal(run.Cost, run.Usage.GetCost());
        Assert.All(run.Rounds, round => Assert.Equal("plain/a", round.Response.ModelUsed));
        Assert.Empty(run.PendingCalls);
    }

    [Fact]
    public async Task A_loop_that_never_ends_is_ended_and_keeps_what_was_done()
    {
        ToolLoopException stopped = await Assert.ThrowsAsync<ToolLoopException>(() => Group("@f").RunAsync("Hi", [Echo], loop: new() { MaxRounds = 4 }));

        Assert.Equal(ToolLoopStop.MaxRounds, stopped.Reason);
        Assert.Equal("The model still called tools in round 4, the last one that ToolLoopOptions.MaxRounds allows.", stopped.Message);
        Assert.Equal(4, stopped.Rounds.Count);
        Assert.Equal(8, stopped.Messages.Count);
        Assert.Equal(60, stopped.Usage.TotalTokenCount);
        Assert.Equal(4 * 0.00002m, stopped.Cost);
    }

    [Fact]
    public async Task A_call_of_the_model_that_fails_keeps_what_was_done()
    {
        ToolLoopException stopped = await Assert.ThrowsAsync<ToolLoopException>(() => Group("@f", "!InvalidRequest no").RunAsync("Hi", [Echo]));

        Assert.Equal(ToolLoopStop.ModelCall, stopped.Reason);
        Assert.Equal(FailureKind.InvalidRequest, Assert.IsType<RoutingException>(stopped.InnerException).Kind);
        Assert.StartsWith("The call of the model failed in round 2: ", stopped.Message);
        Assert.Single(stopped.Rounds);
    }

    [Fact]
    public async Task A_tool_that_throws_is_told_to_the_model()
    {
        ToolRun run = await Group("@f", "done").RunAsync("Hi", [Throwing]);

        FunctionResultContent result = Assert.Single(run.Rounds[0].Results);
        Assert.Equal("Error: No such city.", result.Result);
        Assert.IsType<TimeoutException>(result.Exception);
    }

    [Fact]
    public async Task What_is_told_of_an_exception_can_be_chosen()
    {
        ToolRun run = await Group("@f", "done").RunAsync("Hi", [Throwing], loop: new() { DescribeError = (call, error) => $"{call.Name}: {error.GetType().Name}" });

        Assert.Equal("Error: f: TimeoutException", Assert.Single(run.Rounds[0].Results).Result);
    }

    [Fact]
    public async Task A_tool_that_throws_may_end_the_run()
    {
        ToolLoopException stopped = await Assert.ThrowsAsync<ToolLoopException>(() => Group("@f").RunAsync("Hi", [Throwing], loop: new() { ThrowsToolErrors = true }));

        Assert.Equal(ToolLoopStop.ToolError, stopped.Reason);
        Assert.IsType<TimeoutException>(stopped.InnerException);
        Assert.Equal("The tool 'f' failed in round 1: No such city.", stopped.Message);
        Assert.Single(stopped.Rounds);
    }

    [Fact]
    public async Task Failures_in_a_row_end_the_run()
    {
        ToolLoopException stopped = await Assert.ThrowsAsync<ToolLoopException>(() => Group("@f").RunAsync("Hi", [Throwing], loop: new() { MaxFailedRounds = 2 }));

        Assert.Equal(ToolLoopStop.MaxFailedRounds, stopped.Reason);
        Assert.Equal(3, stopped.Rounds.Count);
    }

    [Fact]
    public async Task A_name_that_no_tool_has_is_told_to_the_model()
    {
        ToolRun run = await Group("@g", "done").RunAsync("Hi", [Echo], loop: new() { ThrowsToolErrors = true });

        FunctionResultContent result = Assert.Single(run.Rounds[0].Results);
        Assert.Equal("Error: There is no tool 'g'. The tools are: f.", result.Result);
        Assert.Equal("g", Assert.IsType<ToolCallException>(result.Exception).Tool);
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

        ToolRun run = await Group("@f", "done").RunAsync("Hi", [new ApprovalRequiredAIFunction(Echo)], loop: loop);

        Assert.Equal(["f"], asked);
        Assert.Equal(isApproved ? "result" : "Error: This call of 'f' was not approved.", Assert.Single(run.Rounds[0].Results).Result!.ToString());
    }

    [Fact]
    public async Task What_fails_beside_the_tools_keeps_what_was_done()
    {
        ToolLoopException stopped = await Assert.ThrowsAsync<ToolLoopException>(() =>
            Group("@f").RunAsync("Hi", [new ApprovalRequiredAIFunction(Echo)], loop: new() { Approve = static (_, _) => throw new FormatException("No console.") }));

        Assert.Equal("Approve or DescribeError failed in round 1: No console.", stopped.Message);
        Assert.IsType<FormatException>(stopped.InnerException);
        Assert.Equal(15, stopped.Usage.TotalTokenCount);
    }

    [Fact]
    public async Task A_tool_that_requires_approval_needs_something_that_approves()
    {
        ArgumentException wrong = await Assert.ThrowsAsync<ArgumentException>(() => Group("done").RunAsync("Hi", [new ApprovalRequiredAIFunction(Echo)]));

        Assert.Contains("The tool 'f' requires approval: set ToolLoopOptions.Approve.", wrong.Message);
    }

    [Fact]
    public async Task Two_tools_of_one_name_are_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Group("done").RunAsync("Hi", [Echo, AIFunctionFactory.Create(() => 1, "f")]));

    [Fact]
    public async Task A_tool_that_only_the_caller_can_run_is_left_to_the_caller()
    {
        ToolRun run = await Group("@f").RunAsync("Hi", [Echo.AsDeclarationOnly()]);

        Assert.Equal("f", Assert.Single(run.PendingCalls).Name);
        Assert.Empty(Assert.Single(run.Rounds).Results);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Calls_of_one_round_run_side_by_side_and_keep_their_order(bool isParallel)
    {
        var client = new ScriptedClient();
        int running = 0, most = 0, asked = 0;
        var all = new TaskCompletionSource();
        AIFunction slow = AIFunctionFactory.Create(async (int number) =>
        {
            most = Math.Max(most, ++running);
            if (running == 3) all.SetResult();
            if (isParallel) await all.Task;
            running--;
            return number;
        }, "f");
        client.Whole = (_, _) => Task.FromResult(asked++ > 0 ? ScriptedClient.Says("done") : new ChatResponse(new ChatMessage(ChatRole.Assistant, [Call("c1", 1), Call("c2", 2), Call("c3", 3)])));

        ToolRun run = await _router.Group(client.Deployment("a")).RunAsync("Hi", [slow], loop: new() { RunsInParallel = isParallel });

        Assert.Equal(["c1", "c2", "c3"], run.Rounds[0].Results.Select(result => result.CallId));
        Assert.Equal(["1", "2", "3"], run.Rounds[0].Results.Select(result => result.Result!.ToString()));
        Assert.Equal(isParallel ? 3 : 1, most);
    }

    [Fact]
    public async Task A_model_that_is_made_to_call_a_tool_is_free_to_answer_then()
    {
        var client = new ScriptedClient();
        client.Whole = (_, _) => Task.FromResult(client.Asked.Count > 1 ? ScriptedClient.Says("done") : new ChatResponse(new ChatMessage(ChatRole.Assistant, [Call("c1", 1)])));
        var options = new ChatOptions { ToolMode = ChatToolMode.RequireAny, Tools = [Echo] };

        await _router.Group(client.Deployment("a")).RunAsync("Hi", [AIFunctionFactory.Create(() => 1, "g")], options);

        Assert.Equal(ChatToolMode.RequireAny, client.Asked[0]!.ToolMode);
        Assert.Null(client.Asked[1]!.ToolMode);
        Assert.All(client.Asked, asked => Assert.Equal(["f", "g"], asked!.Tools!.Select(tool => tool.Name)));
        Assert.Single(options.Tools);
    }

    [Fact]
    public async Task Arguments_that_are_no_json_are_told_to_the_model()
    {
        var client = new ScriptedClient();
        client.Whole = (_, _) => Task.FromResult(client.Asked.Count > 1 ? ScriptedClient.Says("done") : new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c1", "f") { Exception = new FormatException() }])));

        ToolRun run = await _router.Group(client.Deployment("a")).RunAsync("Hi", [Echo]);

        Assert.Equal("Error: The arguments of 'f' are not valid JSON.", Assert.Single(run.Rounds[0].Results).Result);
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

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Group("@f").RunAsync("Hi", [cancelling], cancellationToken: source.Token));
    }

    [Fact]
    public async Task A_run_says_how_its_calls_are_routed()
    {
        _router.Transport.On("a", FakeTransport.Text("a"));
        _router.Transport.On("b", FakeTransport.Text("b"));

        ToolRun run = await _router.Group(2).RunAsync([new(ChatRole.User, "Hi")], [], loop: new() { Routing = new() { Deployment = "b" } });

        Assert.Equal("b", run.Text);
    }

    [Fact]
    public void Options_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ToolLoopOptions { MaxRounds = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ToolLoopOptions { MaxFailedRounds = 0 });
        Assert.Throws<ArgumentException>(() => new ToolRun([]));
    }

    private static AIFunction Throwing => AIFunctionFactory.Create(() => { throw new TimeoutException("No such city."); }, "f");

    private static FunctionCallContent Call(string id, int number) => new(id, "f", new Dictionary<string, object?> { ["number"] = number });

    private TestGroup Group(params string[] answers)
    {
        _router.Transport.On("a", [.. answers.Select(text => FakeTransport.Text(text))]);
        return _router.Group(1);
    }
}
