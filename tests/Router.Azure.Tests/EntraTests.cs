using System.Net;
using System.Text;
using Azure.Core.Pipeline;
using Azure.Identity;
using RouterGen.Infrastructure;

namespace RouterGen.Azure.Tests;

/// <summary>Entra ID as the library meets it: what it answers, and what comes of it.</summary>
public sealed class EntraTests
{
    private const string Tenant = "11111111-2222-3333-4444-555555555555";
    private const string Secret = "client-secret-of-the-app";

    [Fact]
    public async Task A_token_is_the_answer()
    {
        using var entra = new FakeEntra(static () => (HttpStatusCode.OK, """{"token_type":"Bearer","expires_in":3599,"access_token":"the-token"}"""));

        FetchedToken fetched = await Source(entra).FetchAsync(CancellationToken.None);

        Assert.Null(fetched.Failure);
        Assert.Equal("the-token", fetched.Token!.Value);
        Assert.Contains("scope=https%3A%2F%2Fcognitiveservices.azure.com%2F.default", entra.Asked.Single());
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, """{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided."}""", FailureKind.AuthenticationFailed)]
    [InlineData(HttpStatusCode.BadRequest, """{"error":"unauthorized_client","error_description":"AADSTS700016: Application was not found in the directory."}""", FailureKind.AuthenticationFailed)]
    [InlineData(HttpStatusCode.InternalServerError, "oops", FailureKind.ConnectionFailed)]
    [InlineData(HttpStatusCode.ServiceUnavailable, """{"error":"temporarily_unavailable"}""", FailureKind.ConnectionFailed)]
    [InlineData(HttpStatusCode.TooManyRequests, "", FailureKind.ConnectionFailed)]
    public async Task A_failure_is_the_identitys_or_passes(HttpStatusCode status, string body, FailureKind kind)
    {
        using var entra = new FakeEntra(() => (status, body));

        FetchedToken fetched = await Source(entra).FetchAsync(CancellationToken.None);

        Assert.Null(fetched.Token);
        Assert.Equal((kind, FailureScope.Key), (fetched.Failure!.Kind, fetched.Failure.Scope));
        Assert.DoesNotContain(Secret, fetched.Failure.Message);
        Assert.InRange(fetched.Failure.Message.Length, 1, 800);
    }

    [Fact]
    public async Task A_page_in_place_of_an_answer_is_a_failure()
    {
        using var entra = new FakeEntra(static () => (HttpStatusCode.OK, "<html><body>Sign in to the hotel's network</body></html>"));

        Assert.NotNull((await Source(entra).FetchAsync(CancellationToken.None)).Failure);
    }

    [Fact]
    public async Task No_connection_passes()
    {
        using var entra = new FakeEntra(static () => throw new HttpRequestException("No such host is known."));

        Assert.Equal(FailureKind.ConnectionFailed, (await Source(entra).FetchAsync(CancellationToken.None)).Failure!.Kind);
    }

    [Fact]
    public async Task No_identity_at_all_does_not_pass()
    {
        var tokens = new EntraTokens("a", "s", static () => throw new CredentialUnavailableException("DefaultAzureCredential failed to retrieve a token."));

        Assert.Equal(FailureKind.AuthenticationFailed, (await tokens.FetchAsync(CancellationToken.None)).Failure!.Kind);
    }

    // A chain of identities, of which one failed because the endpoint of managed identities does not answer on this machine.
    [Fact]
    public async Task No_identity_does_not_pass_because_the_network_is_among_the_reasons()
    {
        var chain = new AggregateException(
            new CredentialUnavailableException("Environment variables are not fully configured."),
            new CredentialUnavailableException("No response received from the managed identity endpoint.", new HttpRequestException("Connection refused (169.254.169.254:80)")));
        var tokens = new EntraTokens("a", "s", () => throw new CredentialUnavailableException("DefaultAzureCredential failed to retrieve a token.", chain));

        AttemptFailure failure = (await tokens.FetchAsync(CancellationToken.None)).Failure!;

        Assert.Equal((FailureKind.AuthenticationFailed, FailureScope.Key), (failure.Kind, failure.Scope));
        Assert.Contains("az login", failure.Message);
        Assert.Contains("AZURE_CLIENT_SECRET", failure.Message);
        Assert.EndsWith("DefaultAzureCredential failed to retrieve a token.", failure.Message);
    }

    [Fact]
    public async Task The_identities_of_this_program_are_looked_for_and_none_is_found()
    {
        var options = new DefaultAzureCredentialOptions
        {
            ExcludeVisualStudioCredential = true, ExcludeVisualStudioCodeCredential = true, ExcludeAzureCliCredential = true, ExcludeAzurePowerShellCredential = true,
            ExcludeAzureDeveloperCliCredential = true, ExcludeInteractiveBrowserCredential = true, ExcludeWorkloadIdentityCredential = true, ExcludeEnvironmentCredential = true,
            Transport = new HttpClientTransport(new HttpClient(new FakeEntra(static () => throw new HttpRequestException("No route to host")))),
        };
        options.Retry.MaxRetries = 0;
        var tokens = new EntraTokens("a", "s", () => new DefaultAzureCredential(options));

        Assert.Equal(FailureKind.AuthenticationFailed, (await tokens.FetchAsync(CancellationToken.None)).Failure!.Kind);
    }

    private static EntraTokens Source(FakeEntra entra)
    {
        var options = new ClientSecretCredentialOptions { Transport = new HttpClientTransport(new HttpClient(entra)), DisableInstanceDiscovery = true };
        options.Retry.MaxRetries = 0;
        var credential = new ClientSecretCredential(Tenant, "66666666-7777-8888-9999-000000000000", Secret, options);
        return new EntraTokens("test", "https://cognitiveservices.azure.com/.default", () => credential);
    }

    /// <summary>The endpoints of one tenant.</summary>
    private sealed class FakeEntra(Func<(HttpStatusCode Status, string Body)> answer) : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string root = "https://login.microsoftonline.com/" + Tenant;
            if (!request.RequestUri!.AbsolutePath.EndsWith("/token", StringComparison.Ordinal))
                return Json(HttpStatusCode.OK, $$"""{"token_endpoint":"{{root}}/oauth2/v2.0/token","authorization_endpoint":"{{root}}/oauth2/v2.0/authorize","issuer":"{{root}}/v2.0"}""");
            Asked.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
            (HttpStatusCode status, string body) = answer();
            return Json(status, body);
        }

        private static HttpResponseMessage Json(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }
}
