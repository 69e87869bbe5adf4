using System.Net;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>Headers that a deployment adds to its requests, and http to another machine.</summary>
public sealed class DeploymentHeaderTests
{
    private readonly RecordedLogs _logs = new();

    [Fact]
    public async Task Values_come_from_the_declaration_and_from_variables()
    {
        TestRouter router = Router(("ORG", " org-123456789 "));
        Dictionary<string, string> sent = [];
        router.Transport.On("a", Capture(sent, FakeTransport.Text("hello")));

        await router.Group(Headed("one")).CompleteAsync("Hi");

        Assert.Equal(("blue", "org-123456789"), (sent["X-Team"], sent["X-Organization"]));
        Assert.Equal("Bearer sk-key", sent["Authorization"]);
    }

    [Fact]
    public async Task A_request_with_a_key_of_the_callers_has_them_too()
    {
        TestRouter router = Router(("ORG", "org-123456789"));
        Dictionary<string, string> sent = [];
        router.Transport.On("a", Capture(sent, FakeTransport.Text("hello")));

        await router.Group(Headed("one")).CompleteAsync("Hi", new CallOptions { ApiKeys = new Dictionary<string, string> { ["plain"] = "sk-own" } });

        Assert.Equal(("org-123456789", "Bearer sk-own"), (sent["X-Organization"], sent["Authorization"]));
    }

    [Theory]
    [InlineData("", "the environment variable ORG is not set")]
    [InlineData("org\nX-Evil: 1", "the environment variable ORG holds a character that no header has")]
    [InlineData("orgé", "the environment variable ORG holds a character that no header has")]
    public async Task Without_a_value_the_deployment_is_not_used_whatever_key_a_call_brings(string value, string problem)
    {
        TestRouter router = Router(("ORG", value));
        TestGroup group = router.Group(Headed("one"));

        Assert.Equal((DeploymentHealth.NotConfigured, problem), (group.Status[0].Health, group.Status[0].Problem));
        foreach (CallOptions routing in new[] { new CallOptions(), new CallOptions { ApiKeys = new Dictionary<string, string> { ["plain"] = "sk-own" } } })
        {
            Assert.Equal(FailureKind.NotConfigured, (await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", routing))).Kind);
        }

        Assert.Empty(router.Transport.Asked);
    }

    [Fact]
    public async Task No_value_of_a_variable_is_seen_also_when_a_provider_echoes_it()
    {
        const string value = "org-very-secret-123";
        TestRouter router = Router(("ORG", value));
        TestGroup group = router.Group(Headed("one"));
        router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.Unauthorized, $"No such organization: {value}."));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));

        string all = string.Join("\n", [failure.ToString(), failure.ProviderMessage, .. _logs.Lines, .. group.Status.Select(static status => status.ToString())]);
        Assert.DoesNotContain(value, all);
        Assert.Contains("***", failure.Message);
    }

    [Theory]
    [InlineData("org-two-2", "blue")]
    [InlineData("org-one-1", "green")]
    public async Task Two_organizations_at_one_key_are_two_accounts(string other, string team)
    {
        TestRouter router = Router(("ORG", "org-one-1"), ("OTHER", other));
        TestGroup group = router.Group(Headed("one"), Headed("two", "OTHER", team));
        router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.TooManyRequests, "!QuotaExhausted no credit"), FakeTransport.Text("hello"));

        Assert.Equal("hello", (await group.CompleteAsync("Hi")).Text);
        Assert.Equal(1, group.Status.Count(static status => status.Health is DeploymentHealth.CoolingDown));
    }

    [Theory]
    [InlineData(false, null, "http://a", false)]
    [InlineData(true, null, "http://a", true)]
    [InlineData(false, "http://a", "https://b", false)]
    [InlineData(true, "http://a", "https://b", true)]
    [InlineData(true, "ftp://a", "https://b", false)]
    public async Task Http_to_another_machine_is_used_where_the_deployment_allows_it(bool allows, string? overriding, string endpoint, bool isUsed)
    {
        TestRouter router = Router(("URL", overriding ?? ""));
        TestGroup group = router.Group(new DeploymentDefinition
        {
            Name = "one", Provider = "plain", Model = "one", Endpoint = endpoint, EndpointVariable = "URL", KeyVariable = "KEY", Codec = new PlainCodec(), AllowInsecureHttp = allows,
        });
        router.Transport.On("a", FakeTransport.Text("hello"));

        if (isUsed) Assert.Equal("hello", (await group.CompleteAsync("Hi")).Text);
        else Assert.Contains("https", group.Status[0].Problem, StringComparison.Ordinal); // "would send the key in clear text", or no such URL
    }

    private static DeploymentDefinition Headed(string name, string variable = "ORG", string team = "blue") => new()
    {
        Name = name,
        Provider = "plain",
        Model = "same",
        Endpoint = "https://a",
        KeyVariable = "KEY",
        Codec = new PlainCodec(),
        Headers = [new("X-Team", team)],
        HeaderVariables = [new("X-Organization", variable)],
    };

    private static FakeTransport.Reply Capture(Dictionary<string, string> sent, FakeTransport.Reply reply) => (request, cancellationToken) =>
    {
        foreach ((string name, IEnumerable<string> values) in request.Headers) sent[name] = string.Join(", ", values);
        return reply(request, cancellationToken);
    };

    private TestRouter Router(params (string Name, string Value)[] variables) => new(new(variables.Select(static one => KeyValuePair.Create(one.Name, one.Value))) { ["KEY"] = "sk-key" }, _logs);
}
