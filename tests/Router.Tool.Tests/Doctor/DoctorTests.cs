using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using RouterGen.FakeProviders;
using RouterGen.Tool.Commands;

namespace RouterGen.Tool.Tests.Doctor;

public sealed class DoctorTests : DoctorRun
{
    [Fact]
    public async Task All_is_well()
    {
        Declare(Deployment("openai/gpt-6-luna"), Deployment("anthropic/claude-haiku-5-5"));
        List("openai", "gpt-6-luna", "gpt-6-sol");
        List("anthropic", "claude-haiku-5-5");
        Server["openai/gpt-6-luna"].Always(Fault.WithHeaders(new Dictionary<string, string> { ["x-ratelimit-remaining-requests"] = "4999", ["x-ratelimit-remaining-tokens"] = "39000" }));
        Assert.Equal(ExitCodes.Ok, await Tool.RunAsync("doctor"));
        Assert.Contains("4999 requests, 39000 tokens", Tool.Out);
        Assert.EndsWith("All is well.\n", Tool.Out);
        RecordedRequest asked = Assert.Single(Server["openai/gpt-6-luna"].Requests);
        Assert.Equal("Bearer " + Key, asked.Headers["Authorization"]);
        Assert.Contains("\"max_completion_tokens\":1", asked.Body);
    }

    public static TheoryData<string, string> Dialects => new()
    {
        { "openai/gpt-6-luna", "/v1" }, { "anthropic/claude-haiku-5-5", "" }, { "gemini/gemini-3.5-flash", "/v1beta" }, { "cohere/command-a-03-2025", "/v2" }, { "mistral/mistral-large-latest", "/v1" }, { "ollama/llama3.2", "" },
    };

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Each_wire_format_is_asked_for_its_list_and_one_token(string model, string path)
    {
        string[] parts = model.Split('/');
        Tool.Write("models.json", $$"""{ "groups": { "shop": { "deployments": [{ "model": "{{model}}", "apiKeyEnv": "SHOP_KEY", "allowInsecureHttp": true, "endpoint": "{{Server.BaseAddress}}{{parts[0]}}{{path}}" }] } } }""");
        bool isNamed = parts[0] is "gemini" or "cohere" or "ollama";
        Server.Models.Set(parts[0], new FakeModelList(parts[0] is "gemini" ? "models/" + parts[1] : parts[0] is "ollama" ? parts[1] + ":latest" : parts[1]) { Key = Key, IsNamed = isNamed });
        await Tool.RunAsync("doctor", "--json");
        JsonElement deployment = Tool.Json.GetProperty("deployments")[0];
        Assert.True(deployment.GetProperty("listed").GetBoolean(), Tool.Out);
        Assert.Equal(1, Server[model].Calls);
        Assert.True(deployment.TryGetProperty("latencyMilliseconds", out _), Tool.Out);
    }

    [Fact]
    public async Task No_spend_asks_for_no_token()
    {
        Declare(Deployment("openai/gpt-6-luna"));
        List("openai", "gpt-6-luna");
        Assert.Equal(ExitCodes.Ok, await Tool.RunAsync("doctor", "--no-spend"));
        Assert.Equal(0, Server["openai/gpt-6-luna"].Calls);
    }

    [Fact]
    public async Task A_key_that_is_not_set_names_its_variable()
    {
        Tool.Variables.Clear();
        Declare(Deployment("openai/gpt-6-luna"));
        Assert.Equal(ExitCodes.Problems, await Tool.RunAsync("doctor"));
        Assert.Contains("x openai: SHOP_KEY is not set\n    -> set it to a key of openai\n", Tool.Out);
        Assert.Equal(0, Server["openai/gpt-6-luna"].Calls);
    }

    [Fact]
    public async Task A_key_that_is_refused_is_never_printed()
    {
        Declare(Deployment("openai/gpt-6-luna"));
        Server.Models.Set("openai", new FakeModelList("gpt-6-luna") { Key = "another" });
        Server["openai/gpt-6-luna"].Always(Fault.Status(401, $$$"""{"error":{"message":"Incorrect API key provided: {{{Key}}}"}}"""));
        Assert.Equal(ExitCodes.Problems, await Tool.RunAsync("doctor"));
        Assert.Contains("x openai: the key is not accepted, 401: Incorrect API key provided: Bearer ***\n    -> put a valid key into SHOP_KEY, and look at what it is allowed\n", Tool.Out);
        Assert.DoesNotContain("a1b2c3d4", Tool.Out);
        await Tool.RunAsync("doctor", "--json");
        Assert.DoesNotContain("a1b2c3d4", Tool.Out);
    }

    [Fact]
    public async Task A_model_that_is_not_listed_is_an_error()
    {
        Declare(Deployment("openai/gpt-6-luna"));
        List("openai", "gpt-6-sol");
        Assert.Equal(ExitCodes.Problems, await Tool.RunAsync("doctor", "--no-spend"));
        Assert.Contains("gpt-6-luna is not in the provider's list", Tool.Out);
    }

    [Fact]
    public async Task A_snapshot_in_the_list_is_the_model()
    {
        Declare(Deployment("openai/gpt-6-luna"));
        List("openai", "gpt-6-luna-2026-03-05");
        Assert.Equal(ExitCodes.Ok, await Tool.RunAsync("doctor", "--no-spend"));
    }

    [Fact]
    public async Task A_provider_without_a_list_is_said_to_have_none()
    {
        Declare(Deployment("openai/gpt-6-luna"));
        Assert.Equal(ExitCodes.Ok, await Tool.RunAsync("doctor"));
        Assert.Contains("- openai: not listed at this endpoint", Tool.Out);
    }

    [Theory]
    [InlineData("2026-12-24", "! shop, openai/gpt-6-luna: the model is switched off on 2026-12-24")]
    [InlineData("2026-10-31", "x shop, openai/gpt-6-luna: the model's last day was 2026-10-31")]
    public async Task A_shutdown_date_of_the_list_is_reported(string date, string message)
    {
        Declare(Deployment("openai/gpt-6-luna"));
        Server.Models.Set("openai", new FakeModelList("gpt-6-luna") { ShutdownDates = new Dictionary<string, string> { ["gpt-6-luna"] = date } });
        Assert.Equal(ExitCodes.Problems, await Tool.RunAsync("doctor", "--no-spend"));
        Assert.Contains(message, Tool.Out);
    }

    [Fact]
    public async Task A_clock_that_is_wrong_is_reported()
    {
        Declare(Deployment("openai/gpt-6-luna"));
        List("openai", "gpt-6-luna");
        await Server.DisposeAsync();
        var ahead = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Tool.Time.GetUtcNow().AddMinutes(7));
        Server = await FakeProviderServer.StartAsync(new FakeProviderOptions { TimeProvider = ahead }, TestContext.Current.CancellationToken);
        Declare(Deployment("openai/gpt-6-luna"));
        List("openai", "gpt-6-luna");
        Assert.Equal(ExitCodes.Problems, await Tool.RunAsync("doctor", "--no-spend"));
        Assert.Contains("this machine's clock is 420 s behind the provider's", Tool.Out);
    }

    public static TheoryData<int, string> Refusals => new()
    {
        { 404, "gpt-6-luna is not served, 404" }, { 402, "no credit is left, 402" }, { 429, "the rate limit or the quota is used up, 429" }, { 503, "the provider is overloaded, 503" }, { 500, "the provider has a fault, 500" }, { 403, "the key may not ask for gpt-6-luna, 403" }, { 401, "the key is not accepted, 401" }, { 307, "the endpoint redirects, 307" }, { 400, "the request is not taken, 400" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Each_refusal_says_what_to_do(int status, string message)
    {
        Declare(Deployment("openai/gpt-6-luna"));
        List("openai", "gpt-6-luna");
        Server["openai/gpt-6-luna"].Always(Fault.Status(status));
        Assert.Equal(ExitCodes.Problems, await Tool.RunAsync("doctor", "--json"));
        JsonElement finding = Tool.Json.GetProperty("deployments")[0].GetProperty("findings")[0];
        Assert.StartsWith(message, finding.GetProperty("message").GetString());
        Assert.NotEmpty(finding.GetProperty("advice").GetString()!);
    }

    [Fact]
    public async Task A_hang_of_one_holds_no_other_and_ends_after_ten_seconds()
    {
        using var closed = new SemaphoreSlim(0);
        await Server.DisposeAsync();
        Server = await FakeProviderServer.StartAsync(
            new FakeProviderOptions
            {
                TimeProvider = Tool.Time,
                Listen = listen =>
                {
                    listen.Protocols = HttpProtocols.Http1;
                    listen.Use(next => async connection =>
                    {
                        await next(connection);
                        closed.Release();
                    });
                },
            },
            TestContext.Current.CancellationToken);
        Declare(Deployment("openai/gpt-6-luna"), Deployment("openai/gpt-6-sol"));
        List("openai", "gpt-6-luna", "gpt-6-sol");
        Server["openai/gpt-6-luna"].Always(Fault.Of(FaultKind.BlackHole));

        Task<int> running = Tool.RunAsync("doctor");
        await Server["openai/gpt-6-luna"].WaitUntilAsync(script => script.Calls == 1, TestContext.Current.CancellationToken);

        // The list and the other call are done with: each has a connection of its own, which it closes.
        for (int i = 0; i < 2; i++) await closed.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, Server["openai/gpt-6-sol"].Calls);
        Assert.False(running.IsCompleted);
        Tool.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(ExitCodes.Problems, await running);
        Assert.Contains("x shop, openai/gpt-6-luna: no answer within 10 s", Tool.Out);
        Assert.DoesNotContain("shop, openai/gpt-6-sol: no answer", Tool.Out);
    }

    [Fact]
    public async Task AServer_that_is_not_there_is_reported()
    {
        Declare(Deployment("openai/gpt-6-luna"));
        await Server.DisposeAsync();
        Assert.Equal(ExitCodes.Problems, await Tool.RunAsync("doctor"));
        Assert.Contains("accepts no connection", Tool.Out);
        Server = await FakeProviderServer.StartAsync(new FakeProviderOptions(), TestContext.Current.CancellationToken); // which is stopped after the test
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_reported_with_its_days()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 made = request.CreateSelfSigned(Tool.Time.GetUtcNow().AddDays(-1), Tool.Time.GetUtcNow().AddDays(9.5));
        using X509Certificate2 certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
        await Server.DisposeAsync();
        Server = await FakeProviderServer.StartAsync(
            new FakeProviderOptions
            {
                TimeProvider = Tool.Time,
                Listen = listen =>
                {
                    listen.Protocols = HttpProtocols.Http1;
                    listen.UseHttps(certificate, https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13);
                },
            },
            TestContext.Current.CancellationToken);
        Declare(Deployment("openai/gpt-6-luna"));
        Assert.Equal(ExitCodes.Problems, await Tool.RunAsync("doctor", "--no-spend", "--json"));
        JsonElement connection = Tool.Json.GetProperty("connections")[0];
        Assert.Contains("is not trusted", connection.GetProperty("findings")[0].GetProperty("message").GetString());
        Assert.Equal(9, connection.GetProperty("certificateDays").GetInt32());
        Assert.StartsWith("TLS 1.", connection.GetProperty("tls").GetString());
        Assert.Contains(connection.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("message").GetString() == "the certificate is valid for 9 more days");
    }

    [Fact]
    public async Task One_group_can_be_checked_alone()
    {
        Tool.Write("models.json", $$"""{ "groups": { "shop": { "deployments": [{{Deployment("openai/gpt-6-luna")}}] }, "other": { "deployments": ["openai/gpt-6-sol"] } } }""");
        List("openai", "gpt-6-luna");
        Assert.Equal(ExitCodes.Ok, await Tool.RunAsync("doctor", "--group", "shop"));
        Assert.Equal(ExitCodes.Usage, await Tool.RunAsync("doctor", "--group", "shops"));
        Assert.Contains("There are: shop, other.", Tool.Error);
    }

    [Fact]
    public async Task Files_with_an_error_are_not_checked()
    {
        Tool.Write("models.json", "{ \"groups\": 3 }");
        Assert.Equal(ExitCodes.Problems, await Tool.RunAsync("doctor"));
        Assert.Contains("models.json(1,13): error RG0203", Tool.Error);
    }

    [Fact]
    public async Task A_part_of_an_address_that_is_not_set_is_named()
    {
        Tool.Write("models.json", """{ "groups": { "shop": { "deployments": ["bedrock/anthropic.claude-haiku-4-5-20251001-v1:0"] } } }""");
        Assert.Equal(ExitCodes.Problems, await Tool.RunAsync("doctor", "--no-spend"));
        Assert.Contains("AWS_REGION or AWS_DEFAULT_REGION or AWS_REGION_NAME is not set", Tool.Out);
    }

    private void Declare(params string[] deployments) => Tool.Write("models.json", $$"""{ "groups": { "shop": { "deployments": [{{string.Join(", ", deployments)}}] } } }""");

    private string Deployment(string model) =>
        $$"""{ "model": "{{model}}", "apiKeyEnv": "SHOP_KEY", "allowInsecureHttp": true, "endpoint": "{{Server.BaseAddress}}{{model.Split('/')[0]}}{{(model.StartsWith("openai", StringComparison.Ordinal) ? "/v1" : "")}}" }""";

    private void List(string provider, params string[] models) => Server.Models.Set(provider, new FakeModelList(models) { Key = Key });
}
