using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Platforms;

/// <summary>Which of a router's credentials authorise a deployment's requests.</summary>
public sealed class CredentialChoiceTests
{
    private static readonly VirtualTime Time = new();

    private static CredentialSource Emitted { get; } = Identity("emitted");

    [Theory]
    [InlineData("emitted")]
    [InlineData("by-provider", "provider")]
    [InlineData("by-deployment", "provider", "deployment")]
    [InlineData("emitted", "another")]
    public void The_nearest_choice_counts(string expected, params string[] chosen) => Assert.Equal(expected, Resolve(key: null, chosen).Authorizer.Identity);

    [Fact]
    public void A_key_that_is_set_comes_first() => Assert.Equal("the-key", Resolve("the-key", "provider", "deployment").Authorizer.Identity);

    [Fact]
    public void A_choice_is_enough_where_a_key_alone_would_do()
    {
        Credentials credentials = Resolve(key: null, new KeyHeaderPlatform("api-key"), "provider");

        Assert.Null(credentials.Problem);
        Assert.Equal("by-provider", credentials.Authorizer.Identity);
    }

    [Fact]
    public void Without_any_the_variable_is_missing() => Assert.EndsWith(" is not set", Resolve(key: null, new KeyHeaderPlatform("api-key")).Problem);

    [Fact]
    public void Options_are_read_once()
    {
        var options = new RouterOptions { TimeProvider = Time, Variables = static _ => null };
        var context = new RouterContext(options);
        options.Credentials["provider"] = Identity("late");

        Assert.Null(context.Platforms.CredentialsOf("deployment", "provider"));
    }

    private static Credentials Resolve(string? key, params string[] chosen) => Resolve(key, new KeyHeaderPlatform("api-key", credentials: Emitted), chosen);

    private static Credentials Resolve(string? key, Platform platform, params string[] chosen) => Credentials.Resolve(
        new DeploymentDefinition
        {
            Name = "deployment",
            Provider = "provider",
            Model = "model",
            Endpoint = "https://a",
            Codec = new PlainCodec(),
            KeyVariable = "THE_KEY",
            Platform = platform,
        },
        new PlatformContext(Time, _ => key, chosen.Select(static name => KeyValuePair.Create(name, Identity("by-" + name)))));

    private static CredentialSource Identity(string name) => new TokenCredentials(new ScriptedTokens(Time, name));
}
