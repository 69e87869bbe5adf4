using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using RouterGen.Tool.Commands;
using RouterGen.Tool.Top;

namespace RouterGen.Tool.Tests;

/// <summary>Runs the tool in this process, in a directory of its own, with variables and a clock of its own.</summary>
internal sealed class ToolRun : IDisposable
{
    public ToolRun() => System.IO.Directory.CreateDirectory(Directory);

    public string Directory { get; } = Path.Combine(Path.GetTempPath(), "routergen-tool-" + Guid.NewGuid().ToString("N"));

    public Dictionary<string, string> Variables { get; } = [];

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

    public IRouterProcesses Processes { get; set; } = new RecordedProcesses();

    public string Out { get; private set; } = "";

    public string Error { get; private set; } = "";

    /// <summary>The output as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    public string PathOf(string file) => Path.Combine(Directory, file);

    public ToolRun Write(string file, string text)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
        return this;
    }

    /// <summary>Writes a file of a certain age.</summary>
    public ToolRun Write(string file, byte[] bytes, DateTime written)
    {
        Write(file, "");
        File.WriteAllBytes(PathOf(file), bytes);
        File.SetLastWriteTimeUtc(PathOf(file), written);
        return this;
    }

    public ToolRun Write(string file, string text, DateTime written) => Write(file, System.Text.Encoding.UTF8.GetBytes(text), written);

    public string Read(string file) => File.ReadAllText(PathOf(file));

    public async Task<int> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = new ToolEnvironment
        {
            Out = output,
            Error = error,
            Directory = Directory,
            Variable = name => Variables.GetValueOrDefault(name),
            Time = Time,
            Handler = static () => new SocketsHttpHandler { UseProxy = false },
            Processes = Processes,
            Width = 1000,
        };
        int exitCode = await ToolHost.RunAsync(arguments, environment, TestContext.Current.CancellationToken);
        Out = string.Join('\n', output.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()));
        Error = error.ToString();
        return exitCode;
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);

    /// <summary>The root of the repository.</summary>
    public static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", ".."));
}

/// <summary>A process whose events were recorded.</summary>
internal sealed class RecordedProcesses(params MetricEvent[] events) : IRouterProcesses
{
    public List<RouterProcess> Known { get; } = [];

    public Task<IReadOnlyList<RouterProcess>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<RouterProcess>>(Known);

    public IReadOnlyList<RouterProcess> Named(string name) => [.. Known.Where(process => process.Name == name)];

    public string NameOf(int processId) => Known.Find(process => process.Id == processId)?.Name ?? "";

    public async IAsyncEnumerable<MetricEvent> WatchAsync(int processId, double intervalSeconds, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (MetricEvent happened in events) yield return happened;
    }
}
