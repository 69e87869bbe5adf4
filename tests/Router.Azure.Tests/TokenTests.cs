using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Time.Testing;

namespace RouterGen.Azure.Tests;

/// <summary>Calls that are authorised as an identity: one fetch for many calls, ahead of expiry, again after a refusal.</summary>
public sealed class TokenTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));
    private readonly FakeAzure _azure = new();
    private readonly ScriptedCredential _identity;
    private readonly Dictionary<string, string> _variables = [];

    public TokenTests() => _identity = new ScriptedCredential(_time);

    private Models With(string? scope = null, string name = "azure") => new(new RouterOptions
    {
        TimeProvider = _time,
        Transport = new HttpMessageInvoker(_azure),
        Variables = _variables.GetValueOrDefault,
        Credentials = { [name] = AzureCredentials.From(_identity, scope) },
    });

    [Fact]
    public async Task A_call_without_a_key_has_a_token()
    {
        await With().Gpt.CompleteAsync("Hi");

        Assert.Equal((new Uri("https://r.openai.azure.com/openai/v1/chat/completions"), "Bearer token-1"), _azure.Asked.Single());
        Assert.Equal(["https://cognitiveservices.azure.com/.default"], _identity.Scopes);
    }

    [Fact]
    public void A_synchronous_call_has_one_too()
    {
        With().Gpt.Complete("Hi");

        Assert.Equal("Bearer token-1", _azure.Asked.Single().Token);
    }

    [Fact]
    public async Task An_identity_can_be_a_deployments_own()
    {
        await With(name: "azure/my-gpt").Gpt.CompleteAsync("Hi");

        Assert.Equal(1, _identity.Fetches);
    }

    [Theory]
    [InlineData("https://login.microsoftonline.us/", null, null, "https://cognitiveservices.azure.us/.default")]
    [InlineData("https://login.chinacloudapi.cn/", null, null, "https://cognitiveservices.azure.cn/.default")]
    [InlineData("https://login.microsoftonline.us/", "api://gateway/.default", null, "api://gateway/.default")]
    [InlineData(null, "api://gateway/.default", "https://own.example/.default", "https://own.example/.default")]
    public async Task A_token_is_for_the_cloud_that_variables_name(string? authority, string? scope, string? stated, string expected)
    {
        if (authority is not null) _variables["AZURE_AUTHORITY_HOST"] = authority;
        if (scope is not null) _variables["AZURE_SCOPE"] = scope;

        await With(stated).Gpt.CompleteAsync("Hi");

        Assert.Equal([expected], _identity.Scopes);
    }

    [Fact]
    public async Task A_thousand_calls_wait_for_one_fetch()
    {
        var fetched = new TaskCompletionSource<AccessToken>(TaskCreationOptions.RunContinuationsAsynchronously);
        _identity.Answer = _ => new(fetched.Task);
        Models models = With();

        Task<RoutedResponse>[] calls = [.. Enumerable.Range(0, 1000).Select(_ => models.Gpt.CompleteAsync("Hi"))];
        Assert.Empty(_azure.Asked);
        fetched.SetResult(_identity.Next());
        await Task.WhenAll(calls);

        Assert.Equal(1, _identity.Fetches);
        Assert.All(_azure.Asked, static asked => Assert.Equal("Bearer token-1", asked.Token));
    }

    [Fact]
    public async Task A_token_is_fetched_anew_before_it_expires()
    {
        Models models = With();
        await models.Gpt.CompleteAsync("Hi");
        _time.Advance(TimeSpan.FromMinutes(58));
        await models.Gpt.CompleteAsync("Hi");
        await models.Gpt.CompleteAsync("Hi");

        Assert.Equal(2, _identity.Fetches);
        Assert.Equal("Bearer token-2", _azure.Asked[^1].Token);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_replaced_once()
    {
        _azure.Takes = static token => token == "Bearer token-2";

        await With().Gpt.CompleteAsync("Hi");

        Assert.Equal(["Bearer token-1", "Bearer token-2"], _azure.Asked.Select(static asked => asked.Token));
    }

    [Fact]
    public async Task An_identity_that_is_refused_fails_the_call_and_rests_with_its_deployment()
    {
        _identity.Answer = static _ => throw new AuthenticationFailedException("AADSTS7000215: Invalid client secret provided.");
        Models models = With();

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => models.Gpt.CompleteAsync("Hi"));

        Assert.Equal(FailureKind.AuthenticationFailed, failure.Kind);
        Assert.Contains("AADSTS7000215", failure.Message);
        Assert.Empty(_azure.Asked);
    }

    [Fact]
    public async Task An_identity_that_hangs_is_given_up()
    {
        _identity.Answer = static async cancellation =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            return default;
        };
        Models models = new(new RouterOptions
        {
            TimeProvider = _time,
            Transport = new HttpMessageInvoker(_azure),
            Variables = _variables.GetValueOrDefault,
            Credentials = { ["azure"] = AzureCredentials.From(_identity) },
        });

        Task<RoutedResponse> call = models.Gpt.CompleteAsync("Hi");
        _time.Advance(TimeSpan.FromSeconds(31));

        await Assert.ThrowsAnyAsync<Exception>(() => call);
        Assert.Empty(_azure.Asked);
    }

    [Fact]
    public async Task A_key_that_is_set_is_used_in_its_place()
    {
        _variables["AZURE_AI_API_KEY"] = "0123456789abcdef";

        await With(name: "azure_ai").Claude.CompleteAsync("Hi");

        Assert.Equal(0, _identity.Fetches);
        Assert.Equal((new Uri("https://r.services.ai.azure.com/anthropic/v1/messages"), null), _azure.Asked.Single());
    }

    [Fact]
    public async Task Claude_takes_a_token_too()
    {
        await With(name: "azure_ai").Claude.CompleteAsync("Hi");

        Assert.Equal("Bearer token-1", _azure.Asked.Single().Token);
    }
}
