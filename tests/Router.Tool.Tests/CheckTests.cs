using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.ModelsJson;
using RouterGen.Declarations.Sources;
using RouterGen.Tool.Check;
using RouterGen.Tool.Commands;

namespace RouterGen.Tool.Tests;

public sealed class CheckTests : IDisposable
{
    private const string Wrong = "{\n  \"groups\": {\n    \"a\": { \"timeoutSecond\": 3, \"deployments\": [\"openai/gpt-6-lunar\"] }\n  }\n}\n";
    private const string Good = """{ "groups": { "b": { "deployments": ["openai/gpt-6-luna"] } } }""";

    private readonly ToolRun _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Problems_are_those_of_the_build_at_the_same_places()
    {
        _tool.Write("models.json", Wrong);
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("check"));
        ReadModels read = ModelsProject.Read([new SourceFile("models.json", Wrong)], ModelCatalog.Default, null, CancellationToken.None);
        Assert.NotEmpty(read.Problems);
        Assert.All(read.Problems.Select(CheckedProblem.Of), problem => Assert.Contains($"models.json({problem.Line},{problem.Column}): {problem.Severity.ToString().ToLowerInvariant()} {problem.Id}: ", _tool.Out));
        Assert.Contains("models.json(3,12): error RG0202: ", _tool.Out);
        Assert.Contains("did you mean 'timeoutSeconds'?", _tool.Out);
    }

    [Fact]
    public async Task JSON_has_the_same()
    {
        _tool.Write("models.json", Wrong);
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("check", "--json"));
        var first = _tool.Json.GetProperty("problems")[0];
        Assert.Equal(("RG0202", 3, 12, 27, "error"), (first.GetProperty("id").GetString(), first.GetProperty("line").GetInt32(), first.GetProperty("column").GetInt32(), first.GetProperty("endColumn").GetInt32(), first.GetProperty("severity").GetString()));
    }

    [Fact]
    public async Task Warnings_fail_unless_ignored()
    {
        _tool.Write("models.json", """{ "groups": { "b": { "deployments": ["openai/gpt-9-nova"] } } }""");
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("check"));
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("check", "--warnings=ignore"));
        Assert.Contains("warning", _tool.Out);
    }

    [Fact]
    public async Task A_project_has_the_files_that_it_names()
    {
        _tool.Write("app.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup>
                <AdditionalFiles Include="models/*.json" RouterModels="true" />
                <AdditionalFiles Include="prices.json" RouterPrices="true" />
                <AdditionalFiles Include="other.json" />
              </ItemGroup>
            </Project>
            """);
        _tool.Write("models.json", Good).Write("models/europe.json", Good.Replace("\"b\"", "\"c\"")).Write("prices.json", "{ 3").Write("other.json", "{ nonsense");
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("check", "--json"));
        Assert.Equal(["models.json", "models/europe.json", "prices.json"], _tool.Json.GetProperty("files").EnumerateArray().Select(file => file.GetString()!));
        Assert.All(_tool.Json.GetProperty("problems").EnumerateArray(), problem => Assert.Equal("prices.json", problem.GetProperty("file").GetString()));
        Assert.Equal(2, _tool.Json.GetProperty("groups").GetInt32());
    }

    [Fact]
    public async Task A_project_that_leaves_its_file_alone_has_none()
    {
        _tool.Write("app.csproj", "<Project><PropertyGroup><RouterGenModelsJson>false</RouterGenModelsJson></PropertyGroup></Project>").Write("models.json", Good);
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("check"));
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("check", "models.json"));
    }

    [Fact]
    public async Task A_project_that_is_no_XML_is_reported_with_its_place()
    {
        _tool.Write("app.csproj", "<Project>\n<").Write("models.json", Good);
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("check"));
        Assert.Contains("app.csproj(2,", _tool.Error);
    }
}
