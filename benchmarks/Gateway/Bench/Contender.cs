using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace RouterGen.Benchmarks.Gateway;

/// <summary>A process under load.</summary>
internal sealed class Contender : IDisposable
{
    // The unit of /proc/PID/stat, on each Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    private readonly Process _process;

    private Contender(string name, string key, string headers, Process process, IPEndPoint address, TimeSpan start)
    {
        Name = name;
        Key = key;
        Headers = headers;
        _process = process;
        Address = address;
        Start = start;
    }

    public string Name { get; }

    /// <summary>Gets the key that its clients have.</summary>
    public string Key { get; }

    /// <summary>Gets further headers that its clients send, each with its line's end.</summary>
    public string Headers { get; }

    public IPEndPoint Address { get; }

    /// <summary>Gets how long it took from its start to its first answer.</summary>
    public TimeSpan Start { get; }

    /// <summary>Gets its processor time, in seconds.</summary>
    public double Cpu
    {
        get
        {
            string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/stat"));
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
    }

    /// <summary>Gets its memory, in bytes.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts a contender, and waits until it answers.</summary>
    /// <param name="name">What the table calls it.</param>
    /// <param name="key">The key that its clients have.</param>
    /// <param name="headers">Further headers that its clients send.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments; <c>PORT</c> stands for the port.</param>
    /// <param name="environment">Its variables; <c>PORT</c> stands for the port.</param>
    public static async Task<Contender> StartAsync(string name, string key, string headers, string program, string[] arguments, Dictionary<string, string> environment)
    {
        string port = FreePort().ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(program, arguments.Select(argument => argument.Replace("PORT", port, StringComparison.Ordinal))) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string variable, string value) in environment) start.Environment[variable] = value.Replace("PORT", port, StringComparison.Ordinal);
        var address = new IPEndPoint(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture));
        var clock = Stopwatch.StartNew();
        Process process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += (_, line) => { if (line.Data is { } text) Console.Error.WriteLine($"{name}: {text}"); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Work first = Work.All[0];
        while (true)
        {
            if (process.HasExited) throw new InvalidOperationException($"{name} ended with {process.ExitCode}.");
            if (clock.Elapsed > TimeSpan.FromSeconds(30)) throw new InvalidOperationException($"{name} did not answer within 30 seconds.");
            try
            {
                await new LoadGenerator(address, first, key, headers).RunAsync(1, TimeSpan.Zero);
                break;
            }
            catch (SocketException)
            {
                await Task.Delay(1);
            }
        }

        return new Contender(name, key, headers, process, address, clock.Elapsed);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}
