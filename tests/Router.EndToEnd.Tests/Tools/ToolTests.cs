using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests.Tools;

/// <summary>Tools that the compiler wrote, called by models over the wire.</summary>
public sealed class ToolTests : IAsyncLifetime
{
    private const string Ask = "call GetForecast {\"place\":{\"city\":\"Bern\"},\"days\":2}";
    private const string Result = """{"place":{"city":"Bern","country":null},"temperatures":[21,21],"unit":"Celsius"}""";

    private World _world = null!;

    public static TheoryData<Dialect> Dialects => new(Enum.GetValues<Dialect>());

    public async ValueTask InitializeAsync() => _world = await World.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_run_calls_a_tool_and_answers(Dialect dialect)
    {
        ToolRun run = await _world.Only(dialect).RunAsync(Ask, WeatherTools.Tools);

        if (dialect is Dialect.Gemini) Assert.Contains($"\"response\":{Result}", _world.Script(dialect).Requests[^1].Body); // An object of its own there.
        else Assert.EndsWith($"The tool said: \"{Result}\"", run.Text);
        Assert.Equal(2, run.Rounds.Count);
        Assert.Equal(run.Rounds.Sum(round => round.Response.Cost), run.Cost);
        Assert.True(run.Cost > 0);
        Assert.All(_world.Script(dialect).Requests, request => Assert.Contains("The place, in English.", request.Body));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_run_can_be_streamed(Dialect dialect)
    {
        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in _world.Only(dialect).RunStreamAsync(Ask, WeatherTools.Tools)) updates.Add(update);

        var last = Assert.IsType<ToolRunUpdate>(updates[^1]);
        Assert.Equal(2, last.Run.Rounds.Count);
        Assert.True(last.Cost > 0);
        Assert.Equal(last.Run.Cost, last.Cost);
        Assert.Equal(Result, Assert.Single(updates.SelectMany(update => update.Contents).OfType<FunctionResultContent>()).Result!.ToString());
        ChatResponse joined = updates.ToChatResponse();
        Assert.Equal([ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant], joined.Messages.Select(message => message.Role));
        Assert.Equal(last.Run.Text, joined.Text);
        Assert.Equal(last.Run.Usage.TotalTokenCount, joined.Usage!.TotalTokenCount);
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat)]
    [InlineData(Dialect.AnthropicMessages)]
    public async Task A_round_fails_over_to_another_provider(Dialect dialect)
    {
        _world.Script(dialect).Next(Fault.Status(503));

        ToolRun run = await _world.Pair(dialect).RunAsync(Ask, WeatherTools.Tools);

        Assert.EndsWith($"The tool said: \"{Result}\"", run.Text);
        Assert.Equal(World.RescuerOf(dialect), run.Rounds[0].Response.Deployment);
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat)]
    [InlineData(Dialect.AnthropicMessages)]
    public async Task Wrong_arguments_are_told_to_the_model(Dialect dialect)
    {
        ToolRun run = await _world.Only(dialect).RunAsync("call GetForecast {\"days\":\"two\"}", WeatherTools.Tools);

        Assert.IsType<ToolArgumentException>(Assert.Single(run.Rounds[0].Results).Exception);
        Assert.Contains("'place' is required, but is missing. 'days' must be an integer from -2147483648 to 2147483647, but is \"two\".", run.Text.Replace("\\\"", "\""));
        if (dialect is Dialect.AnthropicMessages) Assert.Contains("\"is_error\":true", _world.Script(dialect).Requests[^1].Body);
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat, false)]
    [InlineData(Dialect.AnthropicMessages, false)]
    [InlineData(Dialect.OpenAIChat, true)]
    [InlineData(Dialect.AnthropicMessages, true)]
    public async Task The_frameworks_own_invocation_calls_them_too(Dialect dialect, bool isWrong)
    {
        IChatClient client = ((IChatClient)_world.Only(dialect)).AsBuilder().UseFunctionInvocation().Build();

        ChatResponse response = await client.GetResponseAsync(isWrong ? "call GetForecast {}" : Ask, new ChatOptions { Tools = [.. WeatherTools.Tools] });

        Assert.EndsWith(isWrong ? "'place' is required, but is missing.\"" : $"The tool said: \"{Result}\"", response.Text);
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat)]
    [InlineData(Dialect.AnthropicMessages)]
    public async Task Strict_schemas_are_taken(Dialect dialect)
    {
        var options = new ChatOptions { AdditionalProperties = new() { ["strict"] = true } };

        ToolRun run = await _world.Only(dialect).RunAsync(Ask, WeatherTools.Tools, options);

        Assert.Equal(2, run.Rounds.Count);
        Assert.Contains("\"strict\":true", _world.Script(dialect).Requests[0].Body);
    }

    [Fact]
    public void The_page_shows_this_code()
    {
        string code = File.ReadAllText(Path.Combine(Here, "WeatherTools.cs")).ReplaceLineEndings("\n");
        string page = File.ReadAllText(Path.Combine(Here, "..", "..", "..", "docs", "tools.md")).ReplaceLineEndings("\n");

        Assert.Contains(code[(code.IndexOf("follows.", StringComparison.Ordinal) + 9)..], page);
    }

    private static string Here { get; } = Path.GetDirectoryName(ThisFile())!;

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
