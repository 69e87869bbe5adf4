using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FleetSample;

/// <summary>A PostgreSQL for this run, from the system's package (Debian: <c>postgresql</c>), with its data in a temporary folder.</summary>
internal sealed class LocalPostgres : IDisposable
{
    private readonly string _folder;
    private readonly string _programs;
    private Process? _server;

    private LocalPostgres(string folder, string programs, int port)
    {
        _folder = folder;
        _programs = programs;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Returns its address, seen through a port of this machine.</summary>
    public string AddressAt(int port) => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=router;Database=postgres");

    /// <summary>Starts one; null where this machine has none.</summary>
    public static async Task<LocalPostgres?> StartAsync()
    {
        if (Programs() is not { } programs) return null;
        string folder = Directory.CreateTempSubdirectory("fleet").FullName;
        var postgres = new LocalPostgres(folder, programs, Ports.Free());
        if (Environment.UserName == "root") await RunAsync("chown", "postgres:", folder);
        await RunAsync([.. As(), Path.Combine(programs, "initdb"), "-D", Path.Combine(folder, "data"), "-U", "router", "-A", "trust", "--no-locale", "-E", "UTF8"]);
        await postgres.StartServerAsync();
        return postgres;
    }

    /// <summary>Starts the server, or starts it again.</summary>
    public async Task StartServerAsync()
    {
        _server = Start([.. As(), Path.Combine(_programs, "postgres"), "-D", Path.Combine(_folder, "data"), "-p", Port.ToString(CultureInfo.InvariantCulture), "-h", "127.0.0.1", "-k", ""]);
        while (!await Ports.IsOpenAsync(Port))
        {
            if (_server.HasExited) throw new InvalidOperationException($"PostgreSQL ended with {_server.ExitCode}.");
            await Task.Delay(50);
        }
    }

    /// <summary>Ends the server at once, as a crash would.</summary>
    public async Task CrashAsync()
    {
        await RunAsync([.. As(), Path.Combine(_programs, "pg_ctl"), "stop", "-D", Path.Combine(_folder, "data"), "-m", "immediate", "-w"]);
        _server?.Dispose();
    }

    public void Dispose()
    {
        _server?.Kill(entireProcessTree: true);
        _server?.WaitForExit();
        _server?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // It refuses to run as root.
    private static string[] As() => Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--"] : [];

    private static string? Programs() =>
        Environment.GetEnvironmentVariable("ROUTERGEN_POSTGRES") ?? (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(static version => Path.Combine(version, "bin")).LastOrDefault(static bin => File.Exists(Path.Combine(bin, "initdb"))) : null);

    private static Process Start(string[] command) => Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;

    private static async Task RunAsync(params string[] command)
    {
        using Process process = Start(command);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)}: {errors}{await output}");
    }
}

/// <summary>Ports of the loopback.</summary>
internal static class Ports
{
    /// <summary>Returns a free one.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Tells whether a server listens.</summary>
    public static async Task<bool> IsOpenAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
