using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace RouterGen.Gateway.Tests.Support;

/// <summary>The sample, as a process of its own.</summary>
internal sealed class GatewayProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly List<string> _output;

    private GatewayProcess(Process process, List<string> output, Uri address)
    {
        _process = process;
        _output = output;
        Address = address;
    }

    /// <summary>Gets where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Gets the lines that it wrote.</summary>
    public string[] Output
    {
        get
        {
            lock (_output) return [.. _output];
        }
    }

    /// <summary>Starts it.</summary>
    public static async Task<GatewayProcess> StartAsync(string config, params string[] arguments)
    {
        Process process = Start(["--config", config, "--port", "0", .. arguments]);
        List<string> output = [];
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Read(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is null) return;
            lock (output) output.Add(line.Data);
            if (line.Data.StartsWith("Listening on ", StringComparison.Ordinal)) listening.TrySetResult(new Uri(line.Data.Split(' ')[2].TrimEnd(':')));
        }

        process.OutputDataReceived += Read;
        process.ErrorDataReceived += Read;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new GatewayProcess(process, output, await listening.Task.WaitAsync(Patience));
    }

    /// <summary>Runs it where it does not start.</summary>
    /// <returns>Its exit code, and what it wrote of errors.</returns>
    public static async Task<(int Code, string Errors)> FailAsync(params string[] arguments)
    {
        using Process process = Start(arguments);
        string errors = await process.StandardError.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, errors);
    }

    /// <summary>Asks it to end, as a container's engine does.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private static Process Start(string[] arguments)
    {
        string directory = Path.Combine(Root(), "samples/Gateway/bin", Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/'))!), "net10.0");
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(directory, "gateway.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("ROUTERGEN_MASTER_KEY");
        return Process.Start(start)!;
    }

    private static string Root([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "../../..");
}
