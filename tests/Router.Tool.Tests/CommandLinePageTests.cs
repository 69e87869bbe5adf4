using System.Text.RegularExpressions;
using RouterGen.FakeProviders;
using RouterGen.Tool.Commands;

namespace RouterGen.Tool.Tests;

/// <summary>
/// Runs what docs/command-line.md shows, and compares. With ROUTERGEN_WRITE_BASELINES=1 it writes the page's outputs, and the images of
/// doctor and top.
/// </summary>
public sealed partial class CommandLinePageTests : IAsyncLifetime
{
    private static readonly bool Writes = Environment.GetEnvironmentVariable("ROUTERGEN_WRITE_BASELINES") == "1";
    private static readonly string PagePath = Path.Combine(ToolRun.Root(), "docs", "command-line.md");

    private readonly ToolRun _tool = new();
    private FakeProviderServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeProviderServer.StartAsync(new FakeProviderOptions { TimeProvider = _tool.Time }, TestContext.Current.CancellationToken);
        string page = File.ReadAllText(PagePath).ReplaceLineEndings("\n");
        foreach (Match file in NamedBlock().Matches(page)) _tool.Write(file.Groups[1].Value, file.Groups[2].Value.Replace("http://127.0.0.1:50000/", _server.BaseAddress.ToString(), StringComparison.Ordinal));
        _tool.Variables["SHOP_KEY"] = "sk-proj-a1b2c3d4e5f6a7b8c9d0e1f2a3b4";
        _server.Models.Set("openai", new FakeModelList("gpt-6-luna", "gpt-6-sol") { ShutdownDates = new Dictionary<string, string> { ["gpt-6-luna"] = "2026-12-24" } });
        _server.Models.Set("anthropic", new FakeModelList("claude-haiku-5-5"));
        _server["openai/gpt-6-luna"].Always(Fault.WithHeaders(new Dictionary<string, string> { ["x-ratelimit-remaining-requests"] = "4999", ["x-ratelimit-remaining-tokens"] = "39000" }));
        _tool.Processes = new RecordedProcesses([new(Top.MetricKind.IntervalEnd, ""), .. TopTests.Interval]) { Known = { new(4711, "Shop") } };
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _tool.Dispose();
    }

    [Fact]
    public async Task Each_command_prints_what_the_page_shows()
    {
        string page = (await File.ReadAllTextAsync(PagePath, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        string real = page;
        int shown = 0;
        foreach (Match block in ConsoleBlock().Matches(page))
        {
            shown++;
            string command = block.Groups[1].Value;
            await _tool.RunAsync(command.Split(' '));
            string output = Milliseconds().Replace((_tool.Out + _tool.Error).Replace(_server.BaseAddress.Authority, "127.0.0.1:50000", StringComparison.Ordinal), "    123 ms").TrimEnd();
            real = real.Replace(block.Value, $"```console\n$ routergen {command}\n{output}\n```", StringComparison.Ordinal);
        }

        if (Writes) await File.WriteAllTextAsync(PagePath, real, TestContext.Current.CancellationToken);
        else Assert.Equal(page, real);
        Assert.All(ToolHost.All, command => Assert.Contains("$ routergen " + command.Name, page));
        Assert.True(shown >= ToolHost.All.Length);
    }

    [Theory]
    [InlineData("doctor.svg", "doctor shop.json")]
    [InlineData("top.svg", "top --name Shop --interval 2 --once")]
    public async Task The_images_are_what_the_commands_print(string image, string command)
    {
        string path = Path.Combine(ToolRun.Root(), "docs", "images", image);
        await _tool.RunAsync([.. command.Split(' '), "--svg", "new.svg"]);
        string drawn = Milliseconds().Replace(_tool.Read("new.svg").Replace(_server.BaseAddress.Authority, "127.0.0.1:50000", StringComparison.Ordinal), "    123 ms");
        if (Writes) await File.WriteAllTextAsync(path, drawn, TestContext.Current.CancellationToken);
        Assert.Equal(Words(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)), Words(drawn));

        // Not where they are: a port and a latency have one digit more or less.
        static string[] Words(string svg) => [.. Text().Matches(svg).Select(match => match.Groups[1].Value.Trim('─', '┬', '┴', '┼', ' '))];
    }

    [GeneratedRegex("<!-- file: (\\S+) -->\n```\\w+\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex NamedBlock();

    [GeneratedRegex("```console\n\\$ routergen ([^\n]*)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ConsoleBlock();

    // With the spaces before it, so that the width of a column is the same.
    [GeneratedRegex(@" *\d+ ms")]
    private static partial Regex Milliseconds();

    [GeneratedRegex("<text[^>]*>([^<]*)</text>")]
    private static partial Regex Text();
}
