using System.Diagnostics;
using System.Globalization;

namespace FleetSample;

/// <summary>A Redis for this run, from the system's package (Debian: <c>redis-server</c>), that keeps nothing.</summary>
internal sealed class LocalRedis : IDisposable
{
    private readonly int _port = Ports.Free();
    private Process? _server;

    /// <summary>Gets whether this machine has one.</summary>
    public static bool IsThere => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(static folder => File.Exists(Path.Combine(folder, "redis-server")));

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");

    public static async Task<LocalRedis> StartAsync()
    {
        var redis = new LocalRedis();
        await redis.StartServerAsync();
        return redis;
    }

    /// <summary>Starts the server, or starts it again, with nothing in it.</summary>
    public async Task StartServerAsync()
    {
        _server = Process.Start(new ProcessStartInfo("redis-server", ["--port", _port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]) { RedirectStandardOutput = true })!;
        _server.OutputDataReceived += static (_, _) => { };
        _server.BeginOutputReadLine();
        while (!await Ports.IsOpenAsync(_port)) await Task.Delay(50);
    }

    /// <summary>Ends the server at once.</summary>
    public void Kill()
    {
        _server!.Kill();
        _server.WaitForExit();
        _server.Dispose();
        _server = null;
    }

    public void Dispose()
    {
        if (_server is not null) Kill();
    }
}
