using System.Diagnostics;
using System.Net.Http.Json;

namespace RouterGen.FakeProviders;

/// <summary>
/// The fake providers in a process of their own: what they cost is not counted, and faults cross a boundary as real ones
/// do. For programs that were built with this one; ended by <see cref="Dispose"/>.
/// </summary>
public sealed class FakeProviderProcess : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http = new();

    private FakeProviderProcess(Process process, Uri baseAddress)
    {
        _process = process;
        BaseAddress = baseAddress;
        _http.DefaultRequestHeaders.ConnectionClose = true; // Whoever counts connections counts those of the calls.
    }

    /// <summary>The server's root, with a slash at its end.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Starts the process.</summary>
    public static async Task<FakeProviderProcess> StartAsync()
    {
        string program = Path.Combine(AppContext.BaseDirectory, typeof(FakeProviderProcess).Assembly.GetName().Name + ".dll");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [program]) { RedirectStandardOutput = true };
        Process process = Process.Start(start) ?? throw new InvalidOperationException("The fake providers did not start.");

        const string Announcement = "listening on ";
        string? line = await process.StandardOutput.ReadLineAsync();
        if (line?.StartsWith(Announcement, StringComparison.Ordinal) is true) return new FakeProviderProcess(process, new Uri(line[Announcement.Length..]));
        process.Kill();
        throw new InvalidOperationException($"The fake providers said '{line}' instead of where they listen.");
    }

    /// <summary>Replaces a deployment's whole script.</summary>
    /// <param name="deployment">For example "openai/gpt-6-luna".</param>
    /// <param name="script">What its calls meet from now on.</param>
    public async Task LoadAsync(string deployment, ScriptDocument script)
    {
        using HttpResponseMessage response = await _http.PostAsJsonAsync(AddressOf(deployment), script, ScriptJson.Default.ScriptDocument);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>What became of a deployment's calls.</summary>
    public Task<ScriptCounters> CountersAsync(string deployment) => _http.GetFromJsonAsync(AddressOf(deployment), ScriptJson.Default.ScriptCounters);

    /// <summary>Ends the process.</summary>
    public void Dispose()
    {
        _http.Dispose();
        _process.Kill();
        _process.Dispose();
    }

    private Uri AddressOf(string deployment) => new(BaseAddress, "_script/" + deployment);
}
