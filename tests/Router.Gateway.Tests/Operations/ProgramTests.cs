using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Operations;

/// <summary>The ready program, as a process: how it ends, TLS and HTTP/2, and what it logs.</summary>
public sealed class ProgramTests : IDisposable
{
    private const string Stream = """{"model":"chat","stream":true,"messages":[{"role":"user","content":"secret-prompt"}]}""";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("routergen-gateway-");
    private readonly PacedProvider _provider = new();

    public void Dispose()
    {
        _provider.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Asked_to_end_it_lets_streams_end_and_tells_that_it_is_not_ready()
    {
        using GatewayProcess gateway = await GatewayProcess.StartAsync(Write("models.json", _provider.Models), "--drain-seconds", "60", "--drain-delay-seconds", "5", "--log", "json");
        using var http = new HttpClient { BaseAddress = gateway.Address };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/readiness")).StatusCode);
        (PacedProvider.PacedStream stream, StreamReader reader) = await BeginAsync(http);

        gateway.Terminate();
        HttpResponseMessage ready = await http.GetAsync("/health/readiness");
        while (ready.StatusCode == HttpStatusCode.OK) ready = await http.GetAsync("/health/readiness");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("stopping", await ready.Content.ReadAsStringAsync());

        // Calls are still answered, and told to go elsewhere with the next.
        using HttpResponseMessage models = await http.GetAsync("/v1/models");
        Assert.Equal((HttpStatusCode.OK, true), (models.StatusCode, models.Headers.ConnectionClose));
        await Assert.ThrowsAsync<HttpRequestException>(async () =>
        {
            while (true)
            {
                using var later = new HttpClient { BaseAddress = gateway.Address };
                await later.GetAsync("/health/liveness"); // until it listens no more
            }
        });

        await stream.SayAsync("lo");
        await stream.EndAsync();
        string rest = await reader.ReadToEndAsync();
        Assert.Contains("lo", rest);
        Assert.EndsWith("data: [DONE]\n\n", rest);
        Assert.Equal(0, await gateway.EndAsync());
        JsonNode entry = gateway.Output.Where(static line => line.StartsWith('{')).Select(static line => JsonNode.Parse(line)!).Single(static line => (int)line["EventId"]! == 121 && (string)line["State"]!["Endpoint"]! == "/chat/completions");
        Assert.Equal((200, "chat", "local/paced"), ((int)entry["State"]!["Status"]!, (string)entry["State"]!["Group"]!, (string)entry["State"]!["Deployment"]!));
        Assert.DoesNotContain(gateway.Output, static line => line.Contains("secret-prompt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stream_that_goes_on_for_too_long_is_cut_and_does_not_look_complete()
    {
        using GatewayProcess gateway = await GatewayProcess.StartAsync(Write("models.json", _provider.Models), "--drain-seconds", "1");
        using var http = new HttpClient { BaseAddress = gateway.Address };
        (PacedProvider.PacedStream stream, StreamReader reader) = await BeginAsync(http);
        gateway.Terminate();
        await Assert.ThrowsAnyAsync<IOException>(() => reader.ReadToEndAsync());
        await gateway.EndAsync();
    }

    [Fact]
    public async Task Tls_has_http_2()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using GatewayProcess gateway = await GatewayProcess.StartAsync(
            Write("models.json", _provider.Models), "--tls-certificate", Write("tls.crt", certificate.ExportCertificatePem()), "--tls-key", Write("tls.key", key.ExportPkcs8PrivateKeyPem()));
        Assert.Equal("https", gateway.Address.Scheme);
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, seen, _, _) => seen is X509Certificate2 other && other.Thumbprint == certificate.Thumbprint;
        using var http = new HttpClient(handler) { BaseAddress = gateway.Address, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        Task<HttpResponseMessage> call = http.SendAsync(Post(HttpVersion.Version20), HttpCompletionOption.ResponseHeadersRead);
        using PacedProvider.PacedStream stream = await _provider.AcceptAsync();
        await stream.SayAsync("Hello");
        await stream.EndAsync();
        using HttpResponseMessage response = await call;
        Assert.Equal(HttpVersion.Version20, response.Version);
        Assert.EndsWith("data: [DONE]\n\n", await response.Content.ReadAsStringAsync());
        using HttpResponseMessage refused = await http.GetAsync("/v1/chat/completions");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, refused.StatusCode);
    }

    [Fact]
    public async Task What_is_wrong_with_how_it_is_started_is_said()
    {
        string models = Write("models.json", _provider.Models);
        Assert.Equal(2, (await GatewayProcess.FailAsync("--config", models, "--tls-certificate", "x")).Code);
        Assert.Contains("Usage: gateway", (await GatewayProcess.FailAsync("--drain-seconds", "-1")).Errors);
        (int code, string errors) = await GatewayProcess.FailAsync("--config", models, "--tls-certificate", Write("tls.crt", "no certificate"), "--tls-key", Write("tls.key", "no key"));
        Assert.Equal(1, code);
        Assert.Contains("tls.crt: ", errors);
    }

    /// <summary>Asks for a stream, and reads its beginning.</summary>
    private async Task<(PacedProvider.PacedStream Stream, StreamReader Reader)> BeginAsync(HttpClient http)
    {
        Task<HttpResponseMessage> call = http.SendAsync(Post(), HttpCompletionOption.ResponseHeadersRead);
        PacedProvider.PacedStream stream = await _provider.AcceptAsync();
        await stream.SayAsync("Hel");
        var reader = new StreamReader(await (await call).Content.ReadAsStreamAsync());
        Assert.Contains("Hel", await reader.ReadLineAsync());
        return (stream, reader);
    }

    private static HttpRequestMessage Post(Version? version = null) => new(HttpMethod.Post, "/v1/chat/completions")
    {
        Content = new StringContent(Stream, Encoding.UTF8, "application/json"),
        Version = version ?? HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private string Write(string name, string text)
    {
        string path = Path.Combine(_directory.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
