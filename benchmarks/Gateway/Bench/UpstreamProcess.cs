using System.Diagnostics;

namespace RouterGen.Benchmarks.Gateway;

/// <summary>The upstream, in a process of its own, which ends with this one.</summary>
internal sealed class UpstreamProcess : IDisposable
{
    private readonly Process _process;

    private UpstreamProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static UpstreamProcess Start()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet") start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        start.ArgumentList.Add(Upstream.Argument);
        Process process = Process.Start(start)!;
        return new UpstreamProcess(process, new Uri($"http://127.0.0.1:{process.StandardOutput.ReadLine()}"));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
