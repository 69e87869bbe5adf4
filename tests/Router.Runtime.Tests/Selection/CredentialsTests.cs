using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

public class CredentialsTests
{
    [Fact]
    public void The_key_goes_into_its_header_with_its_prefix_and_without_white_space_around_it()
    {
        Credentials credentials = Resolve(key: "  sk-secret\r\n");
        Assert.Null(credentials.Problem);
        Assert.Equal("Bearer sk-secret", HeaderOf(credentials));
        Assert.Equal(new Uri("https://provider.example/v1/chat"), credentials.Address);
    }

    [Fact]
    public void A_provider_without_a_key_needs_none()
    {
        Credentials credentials = Credentials.Resolve(Subjects.Definition(), Platforms(static _ => throw new InvalidOperationException("No variable is to be read.")));
        Assert.Null(credentials.Problem);
        Assert.Null(HeaderOf(credentials));
        Assert.Equal("a text", credentials.Redact("a text"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\n")]
    public void A_missing_key_is_a_problem_that_names_its_variable(string? key)
    {
        Credentials credentials = Resolve(key);
        Assert.Equal("the environment variable THE_KEY is not set", credentials.Problem);
        Assert.Null(HeaderOf(credentials));
    }

    [Theory]
    [InlineData("sk-sec\nret")]
    [InlineData("sk-sec\r\nX-Evil: ret")]
    [InlineData("sk-sec ret")]
    [InlineData("sk-sec\0ret")]
    [InlineData("sk-sec\u007Fret")]
    [InlineData("sk-sécret")]
    public void A_key_with_a_character_that_no_key_has_is_a_problem_that_does_not_tell_it(string key)
    {
        Credentials credentials = Resolve(key);
        Assert.Contains("THE_KEY", credentials.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-", credentials.Problem, StringComparison.Ordinal);
        Assert.Null(HeaderOf(credentials));
    }

    [Theory]
    [InlineData("https://proxy.example/openai", "https://proxy.example/openai/chat")]
    [InlineData("https://proxy.example/openai///", "https://proxy.example/openai/chat")]
    [InlineData("  https://proxy.example  ", "https://proxy.example/chat")]
    [InlineData("http://localhost:8000/v1", "http://localhost:8000/v1/chat")]
    [InlineData("http://127.0.0.1:8000", "http://127.0.0.1:8000/chat")]
    [InlineData("http://127.9.9.9", "http://127.9.9.9/chat")]
    [InlineData("http://[::1]:8000", "http://[::1]:8000/chat")]
    [InlineData("", "https://provider.example/v1/chat")]
    [InlineData("  ", "https://provider.example/v1/chat")]
    [InlineData(null, "https://provider.example/v1/chat")]
    public void A_variable_overrides_the_endpoint_where_it_is_set(string? endpoint, string address)
    {
        Credentials credentials = Resolve("sk-secret", endpoint);
        Assert.Null(credentials.Problem);
        Assert.Equal(new Uri(address), credentials.Address);
    }

    [Theory]
    [InlineData("ftp://localhost")]
    [InlineData("file:///etc")]
    [InlineData("provider.example/v1")]
    [InlineData("/v1")]
    [InlineData("https://")]
    [InlineData("not a url")]
    public void What_is_no_URL_is_a_problem_that_names_the_variable_only(string endpoint)
    {
        Credentials credentials = Resolve("sk-secret", endpoint);
        Assert.Equal("the endpoint in the environment variable THE_ENDPOINT must be an absolute https URL (http on a loopback address, or for a server that takes no key)", credentials.Problem);
        Assert.Null(credentials.Address);
        Assert.Null(HeaderOf(credentials));
    }

    [Theory]
    [InlineData("http://provider.example")]
    [InlineData("http://localhost.provider.example")]
    [InlineData("http://127.0.0.1.provider.example")]
    [InlineData("http://10.0.0.1")]
    public void A_key_is_not_sent_in_clear_text(string endpoint)
    {
        Credentials credentials = Resolve("sk-secret", endpoint);
        Assert.Equal("the endpoint in the environment variable THE_ENDPOINT would send the key in clear text: use https", credentials.Problem);
        Assert.Null(credentials.Address);
        Assert.Null(HeaderOf(credentials));
    }

    [Fact]
    public void Nor_is_one_that_is_missing_asked_for_there() => Assert.Contains("clear text", Resolve(key: null, "http://provider.example").Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("http://vllm:8000/v1", "http://vllm:8000/v1/chat")]
    [InlineData("http://10.0.0.1", "http://10.0.0.1/chat")]
    public void A_server_that_takes_no_key_may_be_asked_over_http(string endpoint, string address)
    {
        Credentials credentials = Credentials.Resolve(Subjects.Definition(endpointVariable: "THE_ENDPOINT"), Platforms(_ => endpoint));
        Assert.Null(credentials.Problem);
        Assert.Equal(new Uri(address), credentials.Address);
        Assert.Null(HeaderOf(credentials));
    }

    [Fact]
    public void A_key_that_a_call_brings_is_not_sent_there()
    {
        DeploymentDefinition definition = Subjects.Definition(endpointVariable: "THE_ENDPOINT");
        PlatformContext platforms = Platforms(static _ => "http://vllm:8000/v1");
        Credentials configured = Credentials.Resolve(definition, platforms);
        Assert.False(configured.TakesKeys);

        Credentials brought = configured.WithKey("sk-of-the-caller", definition, platforms);
        Assert.Equal("its endpoint would send the key in clear text: use https", brought.Problem);
        Assert.Null(brought.Address);
        Assert.Null(HeaderOf(brought));
    }

    [Theory]
    [InlineData("http://localhost:11434", "http://localhost:11434/v1/chat")]
    [InlineData("http://localhost:11434/", "http://localhost:11434/v1/chat")]
    [InlineData("http://localhost:11434/v1", "http://localhost:11434/v1/chat")]
    [InlineData("http://localhost:11434/v1/chat/", "http://localhost:11434/v1/chat")]
    [InlineData(null, "https://provider.example/v1/chat")]
    public void What_a_variable_leaves_out_is_completed_once(string? endpoint, string address) =>
        Assert.Equal(new Uri(address), Credentials.Resolve(Definition("/v1"), Platforms(_ => endpoint)).Address);

    [Theory]
    [InlineData("https://proxy.example", "/v1/messages", "https://proxy.example/v1/messages")]
    [InlineData("https://proxy.example/v1", "/v1/messages", "https://proxy.example/v1/messages")]
    [InlineData("https://proxy.example/v1/messages", "/v1/messages", "https://proxy.example/v1/messages")]
    [InlineData("https://proxy.example/v10", "/v1/messages", "https://proxy.example/v10/v1/messages")]
    [InlineData("https://proxy.example/v1", "/chat/completions", "https://proxy.example/v1/chat/completions")]
    [InlineData("https://proxy.example/v1/chat/completions", "/chat/completions", "https://proxy.example/v1/chat/completions")]
    public void What_endpoint_and_dialect_both_state_is_there_once(string endpoint, string path, string address) =>
        Assert.Equal(address, KeyHeaderPlatform.Bearer.AddressOf(endpoint, new PlainCodec { Path = path }, streaming: false));

    [Fact]
    public void The_key_is_taken_out_of_what_others_say()
    {
        Credentials credentials = Resolve("sk-secret");
        Assert.Equal("Incorrect API key provided: ***. ***!", credentials.Redact("Incorrect API key provided: sk-secret. sk-secret!"));
        Assert.DoesNotContain("secret", credentials.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Incorrect API key provided: sk-sec…", "Incorrect API key provided: ***…")]
    [InlineData("Incorrect API key provided: sk-secre…", "Incorrect API key provided: ***…")]
    [InlineData("It begins with sk-…", "It begins with sk-…")] // Like all others.
    [InlineData("It begins with sk-sec", "It begins with sk-sec")] // Whoever said it meant to say no more.
    [InlineData("…", "…")]
    public void The_beginning_of_a_key_at_which_a_message_was_cut_is_taken_out(string said, string told)
    {
        Assert.Equal(told, Resolve("sk-secret").Redact(said));
    }

    private static DeploymentDefinition Definition(string? suffix = null, string? key = null) => new()
    {
        Name = "one",
        Provider = "provider",
        Model = "model",
        Endpoint = "https://provider.example/v1",
        Codec = Subjects.SilentCodec.Instance,
        KeyVariable = key,
        EndpointVariable = "THE_ENDPOINT",
        EndpointSuffix = suffix,
    };

    private static Credentials Resolve(string? key, string? endpoint = null)
    {
        return Credentials.Resolve(Definition(key: "THE_KEY"), Platforms(name => name switch
        {
            "THE_KEY" => key,
            "THE_ENDPOINT" => endpoint,
            _ => throw new InvalidOperationException($"Nobody declared {name}."),
        }));
    }

    private static PlatformContext Platforms(Func<string, string?> variables) => new(new VirtualTime(), variables);

    /// <summary>What a request gets in the header of the key; null where it gets none.</summary>
    private static string? HeaderOf(Credentials credentials)
    {
        using var message = new HttpRequestMessage();
        ValueTask<AttemptFailure?> authorized = credentials.Authorizer.AuthorizeAsync(new RequestToAuthorize(message, default, new VirtualTime(), isAsync: false, default));
        Assert.True(authorized.IsCompletedSuccessfully);
        return message.Headers.TryGetValues("Authorization", out IEnumerable<string>? values) ? values.Single() : null;
    }
}
