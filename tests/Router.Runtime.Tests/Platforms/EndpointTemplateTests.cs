using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Platforms;

/// <summary>Base URLs with parts that variables hold, and keys that several variables may hold.</summary>
public class EndpointTemplateTests
{
    private const string Regional = "https://models.{REGION|DEFAULT_REGION}.example/projects/{PROJECT|=none}";

    [Theory]
    [InlineData("eu-1", null, null, "https://models.eu-1.example/projects/none/chat")]
    [InlineData("eu-1", "us-2", "my_Project9", "https://models.eu-1.example/projects/my_Project9/chat")]
    [InlineData(" ", " us-2\n", "", "https://models.us-2.example/projects/none/chat")]
    public void The_first_variable_that_is_set_fills_a_part(string? region, string? otherRegion, string? project, string expected)
    {
        Credentials credentials = Resolve(new() { ["REGION"] = region, ["DEFAULT_REGION"] = otherRegion, ["PROJECT"] = project });

        Assert.Null(credentials.Problem);
        Assert.Equal(new Uri(expected), credentials.Address);
    }

    [Fact]
    public void A_part_that_no_variable_holds_is_a_problem_that_names_them() =>
        Assert.Equal("REGION or DEFAULT_REGION is not set, which is a part of its endpoint", Resolve([]).Problem);

    [Theory]
    [InlineData("evil.example/")]
    [InlineData("evil.example#")]
    [InlineData("a.b")]
    [InlineData("a:80@evil")]
    [InlineData("{PROJECT}")]
    [InlineData("eü")]
    public void A_value_that_would_lead_elsewhere_is_refused_and_not_shown(string value)
    {
        Credentials credentials = Resolve(new() { ["REGION"] = value });

        Assert.Null(credentials.Address);
        Assert.Equal("REGION may hold only letters, digits, '-' and '_', since it is a part of the endpoint", credentials.Problem);
    }

    [Fact]
    public void The_variable_of_the_whole_endpoint_leaves_parts_alone() =>
        Assert.Equal(new Uri("https://proxy.example/chat"), Resolve(new() { ["ENDPOINT"] = "https://proxy.example" }).Address);

    [Theory]
    [InlineData("first", "second", "Bearer first")]
    [InlineData(null, "second", "Bearer second")]
    public async Task The_first_variable_that_is_set_holds_the_key(string? first, string second, string expected)
    {
        var router = new TestRouter(new() { ["FIRST"] = first ?? "", ["SECOND"] = second });
        TestGroup group = router.Group(WithKeys(KeyHeaderPlatform.Bearer));
        router.Transport.On("a", FakeTransport.Text("Hello"));

        await group.CompleteAsync("Hi");

        Assert.Equal([expected], router.Transport.Keys);
    }

    [Fact]
    public async Task Where_none_is_set_credentials_authorise_requests()
    {
        var router = new TestRouter([]);
        TestGroup group = router.Group(WithKeys(new KeyHeaderPlatform("api-key", credentials: new TokenCredentials(new ScriptedTokens(router.Time)))));
        router.Transport.On("a", FakeTransport.Text("Hello"));

        await group.CompleteAsync("Hi");

        Assert.StartsWith("Bearer token-", router.Transport.Keys.Single());
    }

    private static DeploymentDefinition WithKeys(Platform platform) => new()
    {
        Name = "a",
        Provider = "plain",
        Model = "a",
        Endpoint = "https://a",
        Codec = new PlainCodec(),
        KeyVariable = "FIRST",
        OtherKeyVariables = ["SECOND"],
        Platform = platform,
    };

    private static Credentials Resolve(Dictionary<string, string?> variables) => Credentials.Resolve(
        new DeploymentDefinition
        {
            Name = "one",
            Provider = "provider",
            Model = "model",
            Endpoint = Regional,
            EndpointVariable = "ENDPOINT",
            Codec = Subjects.SilentCodec.Instance,
        },
        new PlatformContext(new VirtualTime(), name => variables.GetValueOrDefault(name)));
}
