using System.Diagnostics;
using System.Net.Http.Json;
using RouterGen.FakeProviders;

namespace RouterGen.Benchmarks.Overhead;

/// <summary>FakeProviders in a process of its own, so that what it costs is not counted.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly Process _process;
    private readonly Uri _root;

    private LoopbackServer(Process process, Uri root)
    {
        _process = process;
        _root = root;
    }

    /// <summary>What stands for <c>https://api.openai.com/v1</c>.</summary>
    public Uri OpenAIEndpoint => new(_root, "openai/v1");

    public static async Task<LoopbackServer> StartAsync()
    {
        string program = typeof(FakeProviderServer).Assembly.Location;
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [program]) { RedirectStandardOutput = true };
        Process process = Process.Start(start) ?? throw new InvalidOperationException("The loopback server did not start.");

        const string Announcement = "listening on ";
        string? line = await process.StandardOutput.ReadLineAsync();
        if (line?.StartsWith(Announcement, StringComparison.Ordinal) is true) return new LoopbackServer(process, new Uri(line[Announcement.Length..]));
        process.Kill();
        throw new InvalidOperationException($"The loopback server said '{line}' instead of where it listens.");
    }

    /// <summary>Sets what the model answers.</summary>
    public async Task ReplyWithAsync(HttpMessageInvoker transport, Reply reply)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_root, "_script/openai/" + Contenders.Model));
        request.Content = JsonContent.Create(new ScriptDocument(reply), ScriptJson.Default.ScriptDocument);
        using HttpResponseMessage response = await transport.SendAsync(request, CancellationToken.None);
        response.EnsureSuccessStatusCode();
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
