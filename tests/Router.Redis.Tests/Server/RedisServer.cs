using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RouterGen.Redis.Tests.Server;

/// <summary>
/// A server of its own, from the system's package or a .NET tool: on a free port of the loopback, with nothing on disk. It ends when the process of the tests ends, however that happens: a shell beside it waits for
/// the end of a pipe.
/// </summary>
public sealed class RedisServer : IAsyncDisposable
{
    public const string Password = "p@ss:w/rd?&#;'\"%";

    private const string Script = """
        log=$1; shift
        "$@" > "$log" 2>&1 < /dev/null &
        server=$!
        cat > /dev/null
        kill -KILL $server 2> /dev/null
        wait $server 2> /dev/null
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("redis").FullName;
    private readonly string[] _command;
    private Process? _shell;

    private RedisServer(ServerKind kind, string[] settings)
    {
        string port = Port.ToString(CultureInfo.InvariantCulture);
        _command = kind is ServerKind.Garnet
            ? [kind.Program()!, "--port", port, "--bind", "127.0.0.1", "--lua", "--lua-transaction-mode", "--memory", "64m", "--index", "4m", .. settings]
            : [kind.Program()!, "--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder, .. settings];
    }

    /// <summary>Gets its port.</summary>
    public int Port { get; } = FreePort();

    /// <summary>Starts one.</summary>
    /// <param name="kind">Which; a test is skipped where it is not on this machine, or fails where there must be one.</param>
    /// <param name="settings">Further arguments.</param>
    public static async Task<RedisServer> StartAsync(ServerKind kind = ServerKind.Redis, params string[] settings)
    {
        kind.Require();
        var server = new RedisServer(kind, settings);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Returns its address, by way of a port.</summary>
    public string Address(int? port = null, string more = "") => $"127.0.0.1:{port ?? Port}{more}";

    /// <summary>Ends it at once: connections break, and all data is gone.</summary>
    public async Task KillAsync()
    {
        if (_shell is not { } shell) return;
        shell.StandardInput.Close();
        await shell.WaitForExitAsync();
        shell.Dispose();
        _shell = null;
    }

    /// <summary>Starts it again, on the same port.</summary>
    public async Task StartAgainAsync()
    {
        string log = Path.Combine(_folder, "log");
        _shell = Process.Start(new ProcessStartInfo("sh", ["-c", Script, "sh", log, .. _command]) { RedirectStandardInput = true, WorkingDirectory = _folder })!;
        using var late = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                if (await RunAsync("PING") is ['+' or '-', ..]) return;
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                if (late.IsCancellationRequested) Assert.Fail("The server does not start: " + await File.ReadAllTextAsync(log, CancellationToken.None));
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }

    /// <summary>Runs a command on a connection of its own.</summary>
    /// <returns>What the server replies, as it stands in the protocol.</returns>
    public async Task<string> RunAsync(params string[] command)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var late = new CancellationTokenSource(Patience);
        await socket.ConnectAsync(IPAddress.Loopback, Port, late.Token);
        await using var stream = new NetworkStream(socket);
        string text = command.Aggregate($"*{command.Length}\r\n", static (all, part) => $"{all}${Encoding.UTF8.GetByteCount(part)}\r\n{part}\r\n");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), late.Token);
        byte[] buffer = new byte[256 * 1024];
        int count = await stream.ReadAsync(buffer, late.Token);
        return count == 0 ? throw new EndOfStreamException() : Encoding.UTF8.GetString(buffer, 0, count);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
