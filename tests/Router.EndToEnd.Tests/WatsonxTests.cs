using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>watsonx over real sockets: a key is exchanged for tokens at a server of its own.</summary>
public sealed class WatsonxTests
{
    private const string Key = "ibm-cloud-key-that-is-exchanged-4711";
    private const string Model = "watsonx/ibm/granite-4-h-small";

    [Theory]
    [InlineData(Way.Whole)]
    [InlineData(Way.Streamed)]
    [InlineData(Way.Synchronous)]
    public async Task A_model_of_the_gateway_answers_to_a_token_that_the_key_was_exchanged_for(Way way)
    {
        await using ByteServer iam = Iam(request => Token(1));
        await using FakeProviderServer server = await FakeProviderServer.StartAsync();

        Got got = await FleetOf(server, iam).Granite.AskAsync(way);

        Assert.Equal("Hello from ibm/granite-4-h-small. You said: \"Hi\"", got.Text);
        RecordedRequest request = Assert.Single(server[Model].Requests);
        Assert.Equal("/watsonx/ml/gateway/v1/chat/completions", request.Path);
        Assert.Equal("Bearer token-1", request.Headers["Authorization"]);
        string exchange = Assert.Single(iam.Requests);
        Assert.StartsWith("POST /identity/token HTTP/1.1", exchange);
        Assert.EndsWith("grant_type=urn%3Aibm%3Aparams%3Aoauth%3Agrant-type%3Aapikey&apikey=" + Key, exchange);
    }

    [Fact]
    public async Task Deployments_with_one_key_share_a_token()
    {
        await using ByteServer iam = Iam(request => Token(1));
        await using FakeProviderServer server = await FakeProviderServer.StartAsync();
        WorkspaceFleet fleet = FleetOf(server, iam);

        await fleet.Granite.AskAsync(Way.Whole);
        await fleet.TinyGranite.AskAsync(Way.Whole);

        Assert.Equal("Bearer token-1", Assert.Single(server["watsonx/ibm/granite-4-h-tiny"].Requests).Headers["Authorization"]);
        Assert.Single(iam.Requests);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_fetched_anew_and_the_request_is_sent_again()
    {
        int tokens = 0;
        await using ByteServer iam = Iam(request => Token(Interlocked.Increment(ref tokens)));
        await using FakeProviderServer server = await FakeProviderServer.StartAsync();
        server[Model].Next(Fault.Status(401));

        Got got = await FleetOf(server, iam).Granite.AskAsync(Way.Whole);

        Assert.Single(got.Attempts);
        Assert.Equal(["Bearer token-1", "Bearer token-2"], server[Model].Requests.Select(request => request.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_token_in_the_place_of_a_key_is_sent_as_it_is()
    {
        const string token = "eyJraWQiOiIyMDI2In0.eyJpYW1faWQiOiJJQk1pZCJ9.c2lnbmF0dXJl";
        await using ByteServer iam = Iam(request => Token(1));
        await using FakeProviderServer server = await FakeProviderServer.StartAsync();

        await FleetOf(server, iam, token).Granite.AskAsync(Way.Whole);

        Assert.Equal("Bearer " + token, Assert.Single(server[Model].Requests).Headers["Authorization"]);
        Assert.Empty(iam.Requests);
    }

    [Theory]
    [InlineData("400 Bad Request", """{"errorCode":"BXNIM0415E","errorMessage":"Provided API key ibm-cloud-key-that-is-exchanged-4711 could not be found."}""", FailureKind.AuthenticationFailed, "status 400: Provided API key *** could not be found.")]
    [InlineData("403 Forbidden", "<html>", FailureKind.AuthenticationFailed, "status 403.")]
    [InlineData("500 Oh", "", FailureKind.ConnectionFailed, "status 500.")]
    [InlineData("429 Slow", """{"errorMessage":"Slow down."}""", FailureKind.ConnectionFailed, "status 429: Slow down.")]
    [InlineData("200 OK", """{"refresh_token":"not_supported"}""", FailureKind.ConnectionFailed, "something other than a token")]
    [InlineData("200 OK", """{"access_token":"to""", FailureKind.ConnectionFailed, "something other than a token")]
    [InlineData("200 OK", "[]", FailureKind.ConnectionFailed, "something other than a token")]
    public async Task Without_a_token_nothing_is_sent_and_no_message_shows_the_key(string status, string body, FailureKind kind, string message)
    {
        await using ByteServer iam = Iam(request => ByteServer.Head(status: status) + body);
        await using FakeProviderServer server = await FakeProviderServer.StartAsync();

        RoutingException failure = await FleetOf(server, iam).Granite.FailAsync(Way.Whole);

        Assert.Equal(kind, failure.Attempts[0].Outcome);
        Assert.Contains(message, failure.ToString());
        Assert.DoesNotContain(Key, failure.ToString());
        Assert.Empty(server[Model].Requests);
    }

    [Fact]
    public async Task A_key_is_exchanged_over_TLS_alone()
    {
        await using FakeProviderServer server = await FakeProviderServer.StartAsync();
        var fleet = new WorkspaceFleet(new RouterOptions { Variables = name => name is "WATSONX_IAM_URL" ? "http://iam.example.com/identity/token" : name is "WATSONX_APIKEY" ? Key : null });

        RoutingException failure = await fleet.Granite.FailAsync(Way.Whole);

        Assert.Contains("WATSONX_IAM_URL must be an absolute https URL.", failure.ToString());
    }

    private static string Token(int number) => ByteServer.Head() + $$"""{"access_token":"token-{{number}}","refresh_token":"not_supported","token_type":"Bearer","expires_in":3600,"scope":"ibm openid"}""";

    private static ByteServer Iam(Func<string, string> answer) => ByteServer.Answering(answer);

    private static WorkspaceFleet FleetOf(FakeProviderServer server, ByteServer iam, string key = Key)
    {
        var variables = new Dictionary<string, string>
        {
            ["WATSONX_URL"] = new Uri(server.BaseAddress, "watsonx").ToString(),
            ["WATSONX_IAM_URL"] = iam.Address + "/identity/token",
            ["WATSONX_APIKEY"] = key,
        };
        return new WorkspaceFleet(new RouterOptions { Seed = 1, Variables = variables.GetValueOrDefault });
    }
}
