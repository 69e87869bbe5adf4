using System.Text.Json;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>Bedrock over a real socket: Converse and InvokeModel, signed with keys of AWS, by a server that checks signatures itself.</summary>
public sealed class BedrockTests
{
    private const string Id = "AKIAFAKE";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private const string Claude = "bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0";
    private const string Nova = "bedrock/arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-lite-v1:0";

    private static readonly Dictionary<string, string> Keys = new() { ["AWS_ACCESS_KEY_ID"] = Id, ["AWS_SECRET_ACCESS_KEY"] = Secret };

    public static TheoryData<string, Way> Everything { get; } = new MatrixTheoryData<string, Way>(["converse", "invoke", "profile"], Enum.GetValues<Way>());

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Signed_requests_are_answered(string group, Way way)
    {
        await using FakeProviderServer server = await StartAsync(new FakeAwsKey(Secret));

        Got got = await Groups(Fleet(server, Keys))[group].AskAsync(way);

        Assert.EndsWith("You said: \"Hi\"", got.Text);
        Assert.NotNull(got.Usage);
        Assert.True(got.Cost > 0);
        Assert.StartsWith($"AWS4-HMAC-SHA256 Credential={Id}/", Request(server, group is "profile" ? Nova : Claude).Headers["Authorization"]);
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task A_bearer_key_goes_before_keys_that_sign(string group, Way way)
    {
        await using FakeProviderServer server = await StartAsync();

        await Groups(Fleet(server, new(Keys) { ["AWS_BEARER_TOKEN_BEDROCK"] = "ABSKfake" }))[group].AskAsync(way);

        Assert.Equal("Bearer ABSKfake", Request(server, group is "profile" ? Nova : Claude).Headers["Authorization"]);
    }

    [Fact]
    public async Task Claude_is_asked_by_InvokeModel_with_betas_in_the_body()
    {
        await using FakeProviderServer server = await StartAsync(new FakeAwsKey(Secret));

        await Fleet(server, Keys).Invoke.AskAsync(Way.Whole);

        RecordedRequest request = Request(server, Claude);
        JsonElement body = JsonDocument.Parse(request.Body).RootElement;
        Assert.Equal("/bedrock/model/us.anthropic.claude-haiku-4-5-20251001-v1:0/invoke", request.Path);
        Assert.Equal("bedrock-2023-05-31", body.GetProperty("anthropic_version").GetString());
        Assert.Equal(["context-1m-2025-08-07", "other-beta"], body.GetProperty("anthropic_beta").EnumerateArray().Select(static beta => beta.GetString()));
        Assert.False(body.TryGetProperty("model", out _));
        Assert.False(request.Headers.ContainsKey("anthropic-beta"));
    }

    [Theory]
    [InlineData(Way.Whole)]
    [InlineData(Way.Streamed)]
    public async Task Open_weights_are_asked_in_OpenAIs_format(Way way)
    {
        await using FakeProviderServer server = await StartAsync();

        Got got = await Fleet(server, new() { ["AWS_BEARER_TOKEN_BEDROCK"] = "ABSKfake" }).OpenWeights.AskAsync(way);

        Assert.EndsWith("You said: \"Hi\"", got.Text);
        Assert.Equal("/bedrock/openai/v1/chat/completions", Request(server, "bedrock/openai.gpt-oss-120b-1:0").Path);
    }

    [Theory]
    [InlineData("converse", 40)]
    [InlineData("invoke", -40)]
    [InlineData("converse", -1500)]
    public async Task A_clock_that_is_wrong_costs_one_request_and_no_attempt(string group, int minutes)
    {
        await using FakeProviderServer server = await StartAsync(new FakeAwsKey(Secret));
        BedrockFleet fleet = Fleet(server, Keys, new SkewedTime(TimeSpan.FromMinutes(minutes)));

        Got first = await Groups(fleet)[group].AskAsync(Way.Whole);
        await fleet.Converse.AskAsync(Way.Streamed);

        Assert.Single(first.Attempts);
        Assert.Equal(3, server[Claude].Calls);
    }

    [Fact]
    public async Task Keys_that_have_expired_are_fetched_anew_within_the_attempt()
    {
        await using FakeProviderServer server = await FakeProviderServer.StartAsync(new FakeProviderOptions
        {
            AwsKeys = new Dictionary<string, FakeAwsKey> { ["ASIA1"] = new(Secret, "token-1", DateTimeOffset.UnixEpoch), ["ASIA2"] = new(Secret, "token-2") },
        });
        int fetches = 0;
        await using ByteServer container = ByteServer.Answering(_ => ByteServer.Head() +
            $$"""{"AccessKeyId":"ASIA{{++fetches}}","SecretAccessKey":"{{Secret}}","Token":"token-{{fetches}}","Expiration":"2099-01-01T00:00:00Z"}""");

        Got got = await Fleet(server, new() { ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = container.Address }).Converse.AskAsync(Way.Whole);

        Assert.Single(got.Attempts);
        Assert.Equal(2, fetches);
        Assert.Equal(["token-1", "token-2"], server[Claude].Requests.Select(static request => request.Headers["X-Amz-Security-Token"]));
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task A_wrong_secret_is_a_failure_of_the_key_and_no_message_shows_one(string group, Way way)
    {
        await using FakeProviderServer server = await StartAsync(new FakeAwsKey("another-secret"));

        RoutingException failure = await Groups(Fleet(server, Keys))[group].FailAsync(way);

        Assert.Equal(FailureKind.AuthenticationFailed, failure.Kind);
        Assert.Contains("does not match the signature you provided", failure.Message);
        Assert.DoesNotContain(Secret, failure.ToString());
    }

    [Fact]
    public async Task Without_any_keys_the_deployment_says_where_they_could_be()
    {
        await using FakeProviderServer server = await StartAsync();

        RoutingException failure = await Fleet(server, []).Converse.FailAsync(Way.Whole);

        Assert.Contains("AWS_ACCESS_KEY_ID", failure.Message);
        Assert.Equal(0, server[Claude].Calls);
    }

    [Theory]
    [InlineData("converse", FaultKind.StreamError)]
    [InlineData("invoke", FaultKind.StreamError)]
    [InlineData("invoke", FaultKind.TruncatedJson)]
    [InlineData("invoke", FaultKind.EndEarly)]
    public async Task A_stream_that_breaks_is_a_failure(string group, FaultKind kind)
    {
        await using FakeProviderServer server = await StartAsync(new FakeAwsKey(Secret));
        server[Claude].Always(new Fault { Kind = kind });

        await Assert.ThrowsAnyAsync<RoutingException>(() => Groups(Fleet(server, Keys))[group].AskAsync(Way.Streamed));
    }

    private static Task<FakeProviderServer> StartAsync(FakeAwsKey? key = null) =>
        FakeProviderServer.StartAsync(new FakeProviderOptions { AwsKeys = key is null ? [] : new Dictionary<string, FakeAwsKey> { [Id] = key } });

    private static BedrockFleet Fleet(FakeProviderServer server, Dictionary<string, string> variables, TimeProvider? time = null)
    {
        Dictionary<string, string> all = new(variables) { ["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"] = new Uri(server.BaseAddress, "bedrock").ToString(), ["AWS_EC2_METADATA_DISABLED"] = "true" };
        return new BedrockFleet(new RouterOptions { Seed = 1, Variables = all.GetValueOrDefault, TimeProvider = time ?? TimeProvider.System });
    }

    private static Dictionary<string, ChatGroup> Groups(BedrockFleet fleet) => new() { ["converse"] = fleet.Converse, ["invoke"] = fleet.Invoke, ["profile"] = fleet.Profile };

    private static RecordedRequest Request(FakeProviderServer server, string deployment) => Assert.Single(server[deployment].Requests);

    /// <summary>The clock of a machine that is wrong.</summary>
    private sealed class SkewedTime(TimeSpan skew) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + skew;
    }
}
