using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>Whose fault a refusal is, from a real answer on a real socket: what is asked next, and what becomes of the deployment.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private World _world = null!;

    /// <summary>Refusals of this request by this model: the status, the body, and what kind of body it is.</summary>
    private static readonly Dictionary<string, (Dialect Dialect, int Status, string Body, string Type)> AtModel = new()
    {
        ["a parameter"] = (Dialect.OpenAIChat, 400, """{"error":{"message":"Unsupported parameter: 'temperature' is not supported with this model.","type":"invalid_request_error","param":"temperature","code":"unsupported_parameter"}}""", "application/json"),
        ["a value, in words"] = (Dialect.OpenAIChat, 400, """{"code":"Client specified an invalid argument","error":"Argument not supported on this model: presencePenalty"}""", "application/json"),
        ["no endpoints"] = (Dialect.OpenAIChat, 404, """{"error":{"message":"No endpoints found that support tool use. To learn more, visit the documentation","code":404}}""", "application/json"),
        ["too large for the tier"] = (Dialect.OpenAIChat, 413, """{"error":{"message":"Request too large for model `m` on tokens per minute (TPM): Limit 8000, Requested 8590","type":"tokens","code":"rate_limit_exceeded"}}""", "application/json"),
        ["a call's id"] = (Dialect.OpenAIChat, 400, """{"object":"error","message":"Tool call id was call_1 but must be a-z, A-Z, 0-9, with a length of 9.","type":"invalid_function_call","param":null,"code":"3280"}""", "application/json"),
        ["a firewall"] = (Dialect.OpenAIChat, 403, "<!DOCTYPE html><html><body>Sorry, you have been blocked</body></html>", "text/html"),
        ["a proxy's limit"] = (Dialect.OpenAIChat, 413, "<html>413 Request Entity Too Large</html>", "text/html"),
        ["another model's thoughts"] = (Dialect.AnthropicMessages, 400, """{"type":"error","error":{"type":"invalid_request_error","message":"messages.1.content.0: Invalid `signature` in `thinking` block"}}""", "application/json"),
        ["a deprecated option"] = (Dialect.AnthropicMessages, 400, """{"type":"error","error":{"type":"invalid_request_error","message":"`temperature` is deprecated for this model."}}""", "application/json"),
        ["too many bytes"] = (Dialect.AnthropicMessages, 413, """{"type":"error","error":{"type":"request_too_large","message":"Request exceeds the maximum size"}}""", "application/json"),
        ["a firewall in front of Claude"] = (Dialect.AnthropicMessages, 403, "<html>Access denied</html>", "text/html"),
    };

    public static MatrixTheoryData<string, Way> AtModelRows => new(AtModel.Keys, Enum.GetValues<Way>());

    public static MatrixTheoryData<Dialect, Way> DialectsAndWays => new([Dialect.OpenAIChat, Dialect.AnthropicMessages], Enum.GetValues<Way>());

    public async ValueTask InitializeAsync() => _world = await World.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [MemberData(nameof(AtModelRows))]
    public async Task What_one_model_refuses_goes_to_another_and_the_first_goes_on(string row, Way way)
    {
        (Dialect dialect, int status, string body, string type) = AtModel[row];
        _world.Script(dialect).Next(Fault.Status(status, body, type));
        ChatGroup group = _world.Pair(dialect);

        Got got = await group.AskAsync(way);

        Assert.Equal(World.RescuerOf(dialect), got.Deployment);
        Assert.Equal((FailureKind.Unsupported, FailureScope.RequestAtModel, status), (got.Attempts[0].Outcome, got.Attempts[0].Scope, got.Attempts[0].StatusCode));
        Assert.False(got.Attempts[0].IsUnrecognized);
        Assert.Equal((DeploymentHealth.Healthy, 0), (group.Status[0].Health, group.Status[0].FailuresInARow));
        Assert.Equal(World.NameOf(dialect), (await group.AskAsync(way)).Deployment); // Other requests go there.
    }

    [Theory]
    [MemberData(nameof(DialectsAndWays))]
    public async Task A_redirect_is_not_asked_for_again(Dialect dialect, Way way)
    {
        foreach (Fault fault in (Fault[])[Fault.Redirect("https://elsewhere.invalid/"), Fault.Status(301, "", "text/plain")])
        {
            await using World world = await World.StartAsync();
            world.Script(dialect).Always(fault);

            RoutingException failure = await world.Only(dialect).FailAsync(way);

            Assert.Equal((FailureKind.Redirected, FailureScope.Provider), (failure.Kind, failure.Scope));
            Assert.Single(failure.Attempts);
            Assert.Equal(1, world.Script(dialect).Calls);
            Assert.Equal(DeploymentHealth.CoolingDown, world.Only(dialect).Status[0].Health);
            Assert.Contains("endpoint", failure.Message);
        }
    }

    [Theory]
    [MemberData(nameof(DialectsAndWays))]
    public async Task The_providers_code_is_told(Dialect dialect, Way way)
    {
        _world.Script(dialect).Always(Fault.Status(400, """{"type":"error","error":{"type":"invalid_request_error","message":"Something new.","code":"invalid_request_error"}}"""));

        RoutingException failure = await _world.Pair(dialect).FailAsync(way);

        Assert.Equal(("invalid_request_error", "invalid_request_error"), (failure.ErrorCode, failure.Attempts[0].ErrorCode));
        Assert.True(failure.Attempts[0].IsUnrecognized);
        DeploymentStatus status = _world.Pair(dialect).Status[0];
        Assert.Equal(1, status.UnrecognizedRefusals);
        Assert.Contains("1 with a refusal that is not recognized", status.ToString());
    }

    [Theory]
    [MemberData(nameof(DialectsAndWays))]
    public async Task Logs_leave_out_what_the_provider_quotes(Dialect dialect, Way way)
    {
        const string Said = "the patient's name is Ada";
        foreach (int status in (int[])[400, 401, 403, 404, 429, 500])
        {
            _world.Script(dialect).Next(Fault.Status(status, $$$"""{"type":"error","error":{"type":"some_error","message":"Cannot read: {{{Said}}}"}}"""));
            try
            {
                await _world.Once(dialect).AskAsync(way);
            }
            catch (RoutingException failure)
            {
                if (failure.Attempts.Count > 0) Assert.Contains(Said, failure.Message); // Whoever catches it is the caller.
            }
        }

        Assert.All(_world.Log.Entries.Where(static entry => entry.Level > Microsoft.Extensions.Logging.LogLevel.Debug), entry => Assert.DoesNotContain(Said, entry.Text));
    }
}
