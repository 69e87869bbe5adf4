using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace RouterGen.PostgreSql.Tests.Server;

/// <summary>
/// A PostgreSQL of its own, from the system's package: its data in a temporary folder, on a free port of the loopback, with fsync. It runs as a user without rights where the tests run as root, and ends,
/// and deletes its data, when the process of the tests ends, however that happens: a shell beside it waits for the end of a pipe.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    public const string User = "router";

    /// <summary>A password that has to be quoted wherever it is written.</summary>
    public const string Password = "p@ss:w/rd?&#;'\"%";

    private const string Script = """
        "$1/postgres" -D "$2/data" -p "$3" -h 127.0.0.1 -k '' -c shared_buffers=64MB -c fsync=on > "$2/log" 2>&1 < /dev/null &
        server=$!
        cat > /dev/null
        [ -e "$2/keep" ] && exit
        kill -QUIT $server 2> /dev/null
        wait $server
        rm -rf "$2"/*
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly string _bin;
    private Process? _shell;
    private int _databases;

    private PostgresServer(string folder, string bin, int port)
    {
        _folder = folder;
        _bin = bin;
        Port = port;
    }

    /// <summary>Gets its port.</summary>
    public int Port { get; }

    /// <summary>Gets its log.</summary>
    public string Log => File.ReadAllText(Path.Combine(_folder, "log"));

    /// <summary>Skips a test where there is no PostgreSQL on this machine; where the environment says that there must be one, the test fails.</summary>
    public static void Require()
    {
        if (Bin() is not null) return;
        const string Missing = "There is no PostgreSQL on this machine: install Debian's package 'postgresql', or set ROUTERGEN_POSTGRES to the folder of its programs.";
        Assert.False(Environment.GetEnvironmentVariable("ROUTERGEN_SERVERS") == "required", Missing);
        Assert.Skip(Missing);
    }

    /// <summary>Starts one.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        Require();
        string folder = Directory.CreateTempSubdirectory("postgres").FullName;
        var server = new PostgresServer(folder, Bin()!, FreePort());
        if (IsRoot)
        {
            await RunAsync("chmod", "755", folder);
            string own = Path.Combine(folder, "own");
            Directory.CreateDirectory(own);
            await RunAsync("chown", $"{Unprivileged()}:", own);
            server = new PostgresServer(own, server._bin, server.Port);
        }

        string passwords = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(passwords, Password);
        await RunAsync([.. server.As(), Path.Combine(server._bin, "initdb"), "-D", Path.Combine(server._folder, "data"), "-U", User, "-A", "scram-sha-256", "--pwfile", passwords, "--no-sync", "--no-locale", "-E", "UTF8"]);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Returns the address of a new database.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        string name = $"test{Interlocked.Increment(ref _databases)}";
        await RunAsync($"CREATE DATABASE {name}");
        return Address(name);
    }

    /// <summary>Returns the address of a database, by way of a port.</summary>
    public string Address(string database = "postgres", int? port = null) => new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port ?? Port, Username = User, Password = Password, Database = database }.ConnectionString;

    /// <summary>Runs statements on a connection of its own.</summary>
    public async Task RunAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(Address(database) + ";Pooling=false;Timeout=60;Command Timeout=120");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Returns the first value of a query's first row.</summary>
    public async Task<T> ReadAsync<T>(string sql, string database)
    {
        await using var connection = new NpgsqlConnection(Address(database) + ";Pooling=false;Timeout=60;Command Timeout=120");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Runs a program of the server's package, such as <c>pg_dump</c>, against a database.</summary>
    public Task<string> RunProgramAsync(string program, string database, params string[] arguments) =>
        RunAsync(["env", $"PGPASSWORD={Password}", Path.Combine(_bin, program), "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", User, "-d", database, .. arguments]);

    /// <summary>Ends it at once, as after a loss of power: connections break, and the next start recovers from the log.</summary>
    public async Task KillAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "keep"), "");
        string pid = (await File.ReadAllLinesAsync(Path.Combine(_folder, "data", "postmaster.pid")))[0];
        await RunAsync("kill", "-QUIT", pid);
        using (var late = new CancellationTokenSource(Patience))
        {
            while (IsRunning(pid)) await Task.Delay(5, late.Token);
        }

        await EndShellAsync();
        File.Delete(Path.Combine(_folder, "keep"));
    }

    /// <summary>Starts it again, on the same port with the same data.</summary>
    public async Task StartAgainAsync()
    {
        string[] command = [.. As(), "sh", "-c", Script, "sh", _bin, _folder, Port.ToString(CultureInfo.InvariantCulture)];
        _shell = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, WorkingDirectory = "/" })!;
        using var late = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                await RunAsync("SELECT 1");
                return;
            }
            catch (NpgsqlException) when (!late.IsCancellationRequested)
            {
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndShellAsync();
        try
        {
            Directory.Delete(IsRoot ? Path.GetDirectoryName(_folder)! : _folder, recursive: true);
        }
        catch (IOException)
        {
            // What is left of it is in the folder for temporary files.
        }
    }

    // A process that has ended may still wait for its shell.
    private static bool IsRunning(string pid)
    {
        try
        {
            return !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool IsRoot => Environment.UserName == "root";

    private async Task EndShellAsync()
    {
        if (_shell is not { } shell) return;
        shell.StandardInput.Close();
        await shell.WaitForExitAsync();
        shell.Dispose();
        _shell = null;
    }

    private static string? Bin()
    {
        if (Environment.GetEnvironmentVariable("ROUTERGEN_POSTGRES") is { Length: > 0 } stated) return stated;
        string[] folders = Directory.Exists("/usr/lib/postgresql") ? [.. Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(static folder => int.TryParse(Path.GetFileName(folder), out int version) ? version : 0).Select(static folder => Path.Combine(folder, "bin"))] : [];
        return folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')).FirstOrDefault(static folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }

    private static string Unprivileged() => File.ReadLines("/etc/passwd").Any(static line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    private string[] As() => IsRoot ? ["setpriv", $"--reuid={Unprivileged()}", $"--regid={Unprivileged().Replace("nobody", "nogroup", StringComparison.Ordinal)}", "--clear-groups", "--no-new-privs"] : ["env"];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<string> RunAsync(params string[] command)
    {
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{command[0]} {string.Join(' ', command[1..])}: {errors}");
        return await output;
    }
}
