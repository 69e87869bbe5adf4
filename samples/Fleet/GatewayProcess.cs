using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace FleetSample;

/// <summary>One gateway: the program of samples/Gateway.</summary>
internal sealed class GatewayProcess(string name, string folder, string provider, string database, string? redis) : IDisposable
{
    public const string MasterKey = "sk-fleet-of-this-run";

    private readonly ConcurrentQueue<string> _lines = new();
    private Process? _process;

    public string Name => name;

    public int Port { get; } = Ports.Free();

    public int AdminPort { get; } = Ports.Free();

    /// <summary>Gets what it wrote.</summary>
    public IEnumerable<string> Lines => _lines;

    /// <summary>Starts it, or starts it again, and waits until it answers.</summary>
    public async Task StartAsync()
    {
        string config = Path.Combine(folder, name + ".json");
        await File.WriteAllTextAsync(config, $$"""
            { "groups": { "chat": { "timeoutSeconds": 5, "maxAttempts": 1, "maxQueueLength": 2, "deployments": [{ "model": "openai/gpt-6-luna", "endpoint": "{{provider}}/{{name}}/v1", "rpm": {{Run.PerMinute}} }] } } }
            """);
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory.Replace($"{Path.DirectorySeparatorChar}Fleet{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}Gateway{Path.DirectorySeparatorChar}", StringComparison.Ordinal), "gateway.dll"),
            "--config", config, "--port", Text(Port), "--admin-port", Text(AdminPort), "--spool", Path.Combine(folder, name + ".spool"), "--drain-delay-seconds", "0",
        ];
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ROUTERGEN_DATABASE"] = database; // not an argument, which all users of a machine can read
        if (redis is not null) start.Environment["ROUTERGEN_REDIS"] = redis;
        start.Environment["ROUTERGEN_MASTER_KEY"] = MasterKey;
        start.Environment["OPENAI_API_KEY"] = "sk-provider-of-this-run";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        while (!await Ports.IsOpenAsync(Port) || !await Ports.IsOpenAsync(AdminPort))
        {
            if (_process.HasExited) throw new InvalidOperationException($"{name} ended with {_process.ExitCode}:\n{string.Join('\n', Lines)}");
            await Task.Delay(50);
        }
    }

    /// <summary>Asks it to end (SIGTERM): what is under way ends first, and what waits is written.</summary>
    public async Task StopAsync()
    {
        using Process signal = Process.Start("kill", ["-TERM", Text(_process!.Id)]);
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends it at once (SIGKILL).</summary>
    public void Kill() => _process!.Kill();

    public void Dispose()
    {
        if (_process is { HasExited: false }) _process.Kill();
        _process?.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Keep(string? line)
    {
        if (line is not null) _lines.Enqueue(line);
    }
}
