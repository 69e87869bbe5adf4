using RouterGen.Tool.Commands;

namespace RouterGen.Tool.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly ToolRun _tool = new();

    public void Dispose() => _tool.Dispose();

    public static TheoryData<string> Names => [.. ToolHost.All.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_command_says_its_options_and_exit_codes(string name)
    {
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync([.. name.Split(' '), "--help"]));
        Assert.StartsWith("Usage: routergen " + name, _tool.Out);
        Assert.Contains("--json", _tool.Out);
        Assert.Contains("Exit codes: 0", _tool.Out);
        Assert.DoesNotContain("--svg", _tool.Out);
        Assert.All(ToolHost.All.Single(command => command.Name == name).Options, option => Assert.Contains(option.Name, _tool.Out));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_unknown_option_is_wrong_usage(string name)
    {
        Assert.Equal(ExitCodes.Usage, await _tool.RunAsync([.. name.Split(' '), "--colour"]));
        Assert.Equal($"routergen: --colour is no option of '{name}'. See: routergen {name} --help\n", _tool.Error.ReplaceLineEndings("\n"));
        Assert.Empty(_tool.Out);
    }

    [Fact]
    public async Task The_help_lists_all_commands()
    {
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("--help"));
        Assert.All(ToolHost.All, command => Assert.Contains(command.Name + " ", _tool.Out));
        Assert.Equal(ExitCodes.Usage, await _tool.RunAsync());
    }

    [Fact]
    public async Task The_version_is_that_of_the_package()
    {
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("--version"));
        Assert.Matches(@"^\d+\.\d+\.\d+", _tool.Out);
    }

    [Theory]
    [InlineData("There is no command 'docter'.", "docter")]
    [InlineData("'prices' is 'prices update' or 'prices diff'.", "prices")]
    [InlineData("FILE is missing.", "import")]
    [InlineData("'b.yaml' is one argument too many.", "import", "a.yaml", "b.yaml")]
    [InlineData("--output needs a value", "import", "a.yaml", "--output")]
    [InlineData("--output is stated twice.", "import", "a.yaml", "-o", "x", "--output=y")]
    [InlineData("--force takes no value.", "import", "a.yaml", "--force=yes")]
    [InlineData("a.yaml does not exist.", "import", "a.yaml")]
    [InlineData("elsewhere does not exist.", "check", "elsewhere")]
    [InlineData("--warnings must be IGNORE or FAIL.", "check", "--warnings", "maybe")]
    [InlineData("--interval must be a number from 0.1 to 3600, and is 'often'.", "top", "-p", "1", "--interval", "often")]
    public async Task Wrong_usage_says_what_is_wrong(string message, params string[] arguments)
    {
        Assert.Equal(ExitCodes.Usage, await _tool.RunAsync(arguments));
        Assert.Contains(message, _tool.Error);
    }

    [Fact]
    public async Task A_directory_without_declarations_is_a_problem()
    {
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("check"));
        Assert.Contains("This directory has no models.json", _tool.Error);
    }
}
