using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace RouterGen.Benchmarks.Overhead;

/// <summary>What stands for a collector of OpenTelemetry: another process, so that its work is none of the client's. It takes whatever it is sent, and ends with its parent.</summary>
internal sealed class CollectorProcess : IDisposable
{
    /// <summary>The argument that makes this program the collector.</summary>
    public const string Argument = "--collector";

    private readonly Process _process;

    private CollectorProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<CollectorProcess> StartAsync()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet") start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        start.ArgumentList.Add(Argument);
        Process process = Process.Start(start)!;
        string port = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The collector did not start.");
        return new CollectorProcess(process, new Uri($"http://127.0.0.1:{port}"));
    }

    /// <summary>Is the collector, until the parent ends.</summary>
    public static async Task RunAsync()
    {
        // The listener takes no port but a stated one.
        int port;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        using var listener = new HttpListener { Prefixes = { $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/" } };
        listener.Start();
        Console.WriteLine(port.ToString(CultureInfo.InvariantCulture));
        _ = AnswerAsync(listener);
        while (await Console.In.ReadLineAsync() is not null)
        {
            // Nothing is said on it; it ends with the parent.
        }
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task AnswerAsync(HttpListener listener)
    {
        while (true)
        {
            HttpListenerContext context = await listener.GetContextAsync();
            await context.Request.InputStream.CopyToAsync(Stream.Null);
            context.Response.Close();
        }
    }
}
