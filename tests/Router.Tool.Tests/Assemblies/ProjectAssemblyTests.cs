using System.Text.Json;
using RouterGen.FakeProviders;
using RouterGen.Tool.Commands;

namespace RouterGen.Tool.Tests;

/// <summary>Commands that are given a project whose code declares groups, or its assembly.</summary>
public sealed class ProjectAssemblyTests : IDisposable
{
    private const string Project = "<Project Sdk=\"Microsoft.NET.Sdk\" />";
    private const string Output = "bin/Debug/net10.0/Shop.dll";

    private static readonly byte[] Sound = Built("[ModelGroup(\"fast\"), Deployment(\"openai/gpt-6-luna\"), Deployment(\"anthropic/claude-haiku-5-5\")] public static partial class Models;");
    private static readonly byte[] Wrong = Built("[ModelGroup(\"fast\"), Deployment(\"openai/gpt-9-nova\", Group = \"fast\"), Deployment(\"anthropic/claude-haiku-5-5\", Weight = -1)] public static partial class Models;");
    private static readonly DateTime Then = new(2026, 10, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly ToolRun _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_project_has_the_groups_of_its_assembly()
    {
        _tool.Write("Shop.csproj", Project).Write(Output, Wrong, Then);
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("check"));
        Assert.Contains("Shop.Models [Deployment(\"openai/gpt-9-nova\", Group = \"fast\")]: warning RG0102: Deployment 'openai/gpt-9-nova' names a model that is not in the catalog", _tool.Out);
        Assert.Contains("Shop.Models [Deployment(\"anthropic/claude-haiku-5-5\")]: error RG0105: Weight must be", _tool.Out);
        Assert.Contains("1 file, 1 group, ", _tool.Out);
        Assert.Empty(_tool.Error);
    }

    [Fact]
    public async Task JSON_has_class_attribute_and_property_in_place_of_lines()
    {
        _tool.Write(Output, Wrong, Then);
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("check", "--json", Output));
        JsonElement problem = _tool.Json.GetProperty("problems").EnumerateArray().Single(problem => problem.GetProperty("id").GetString() is "RG0105");
        Assert.Equal(
            (Output, "Shop.Models", "[Deployment(\"anthropic/claude-haiku-5-5\")]", "Weight", "error"),
            (Text("file"), Text("class"), Text("attribute"), Text("property"), Text("severity")));
        Assert.False(problem.TryGetProperty("line", out _));
        Assert.Equal([Output], _tool.Json.GetProperty("files").EnumerateArray().Select(file => file.GetString()!));

        string? Text(string name) => problem.GetProperty(name).GetString();
    }

    [Fact]
    public async Task A_class_of_the_project_s_namespace_is_one_with_its_file()
    {
        _tool.Write("app.csproj", "<Project><PropertyGroup><AssemblyName>Shop</AssemblyName><RootNamespace>Shop</RootNamespace></PropertyGroup></Project>");
        _tool.Write(Output, Sound, Then).Write("models.json", """{ "groups": { "fast": { "maxAttempts": 3, "deployments": [{ "model": "openai/gpt-6-luna", "rpm": 60 }] }, "slow": { "deployments": ["mistral/mistral-large-latest", "openai/gpt-6-sol"] } } }""");
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("check", "--json"));
        Assert.Equal((2, 2), (_tool.Json.GetProperty("groups").GetInt32(), _tool.Json.GetProperty("files").GetArrayLength()));
    }

    [Fact]
    public async Task What_two_projects_declare_stays_apart()
    {
        foreach (string project in new[] { "a", "b" })
        {
            _tool.Write($"{project}/Shop.csproj", Project).Write($"{project}/{Output}", Sound, Then);
            _tool.Write($"{project}/models.json", $$"""{ "groups": { "{{project}}": { "deployments": ["mistral/mistral-large-latest", "openai/gpt-6-sol"] } } }""");
        }

        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("check", "--json", "a", "b"));
        Assert.Equal(4, _tool.Json.GetProperty("groups").GetInt32());
    }

    [Theory]
    [InlineData("bin/Release/net9.0/Shop.dll")]
    [InlineData("bin/Release/net10.0/linux-x64/Shop.dll")]
    public async Task The_newest_assembly_counts(string newest)
    {
        _tool.Write("Shop.csproj", Project).Write(Output, Wrong, Then).Write(newest, Sound, Then.AddHours(1));
        _tool.Write("bin/Release/net10.0/publish/Shop.dll", Wrong, Then.AddHours(2)).Write("bin/Release/net10.0/Other.dll", Wrong, Then.AddHours(2));
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("check", "--json"));
        Assert.Equal(newest, _tool.Json.GetProperty("files")[0].GetString());
    }

    [Fact]
    public async Task Code_that_is_newer_than_the_assembly_is_to_be_built_first()
    {
        _tool.Write("Shop.csproj", Project).Write(Output, Sound, Then).Write("Old.cs", "[ModelGroup(", Then.AddHours(-1)).Write("obj/New.cs", "", Then.AddHours(1));
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("check"));
        Assert.Empty(_tool.Error);
        _tool.Write("inner/New.cs", "class New;", Then.AddHours(1));
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("check", "--json"));
        const string Notice = "inner/New.cs is newer than bin/Debug/net10.0/Shop.dll, from which the groups in code are read: build Shop.csproj first.";
        Assert.Equal("routergen: " + Notice, _tool.Error.TrimEnd());
        Assert.Equal([Notice], _tool.Json.GetProperty("notices").EnumerateArray().Select(notice => notice.GetString()!));
    }

    [Fact]
    public async Task Newer_code_is_no_news_where_no_groups_are_in_code()
    {
        _tool.Write("Shop.csproj", Project).Write(Output, Built("public class Empty;"), Then).Write("models.json", """{ "groups": {} }""");
        _tool.Write("New.cs", "class New;", Then.AddHours(1));
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("check"));
        Assert.Empty(_tool.Error);
        _tool.Write("New.cs", "[Foo, RouterGen.ModelGroup(\"a\")]", Then.AddHours(1));
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("check"));
        Assert.Contains("New.cs is newer", _tool.Error);
    }

    [Fact]
    public async Task Code_that_was_not_built_is_an_error_where_there_is_nothing_else()
    {
        _tool.Write("Shop.csproj", Project).Write("Models.cs", "[\n    ModelGroup(\"a\"),\n    Deployment(\"openai/gpt-6-luna\")]\npartial class Models;");
        const string Message = "routergen: Models.cs seems to declare model groups, which are read from Shop.dll, and there is none in bin/Debug or bin/Release: build Shop.csproj first, or state the path of the .dll.";
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("check"));
        Assert.Equal(Message, _tool.Error.TrimEnd());
        Assert.Empty(_tool.Out);
        _tool.Write("models.json", """{ "groups": { "b": { "deployments": ["openai/gpt-6-luna", "anthropic/claude-haiku-5-5"] } } }""");
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("check"));
        Assert.Equal(Message, _tool.Error.TrimEnd());
        Assert.Contains("1 file, 1 group, 0 problems", _tool.Out);
    }

    [Theory]
    [InlineData("new Deployment(\"x\");")]
    [InlineData("var x = new[] { 1 };\nDeployment(x);")]
    [InlineData("[Fact] void ModelGroups() {}")]
    public async Task Other_code_is_not_asked_for(string code)
    {
        _tool.Write("Shop.csproj", Project).Write("Code.cs", code);
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("check"));
        Assert.StartsWith("routergen: This directory has no models.json", _tool.Error);
    }

    [Fact]
    public async Task An_assembly_without_groups_is_a_problem()
    {
        _tool.Write("Empty.dll", Built("public class Empty;"), Then);
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("check", "Empty.dll"));
        Assert.Equal("routergen: Empty.dll declares no model groups: no class of it has [ModelGroup] or [Deployment].", _tool.Error.TrimEnd());
    }

    [Fact]
    public async Task A_key_in_a_place_is_not_shown()
    {
        _tool.Write("Shop.dll", Built("[ModelGroup(\"a\"), Deployment(\"openai/sk-proj-a1b2c3d4e5f6a7b8c9d0e1f2a3b4\")] public static partial class Models;"), Then);
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("check", "Shop.dll"));
        Assert.Contains("Shop.Models [Deployment(\"openai/***\")]: error RG0111", _tool.Out);
        Assert.DoesNotContain("a1b2c3d4", _tool.Out);
    }

    [Fact]
    public async Task The_lab_takes_an_assembly()
    {
        _tool.Write("Shop.csproj", Project).Write(Output, Sound, Then).Write("New.cs", "class New;", Then.AddHours(1));
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("lab", "--json", "--minutes", "1"));
        Assert.Equal("fast", _tool.Json.GetProperty("group").GetString());
        Assert.Contains("New.cs is newer", _tool.Error);
    }

    [Fact]
    public async Task The_doctor_asks_for_the_groups_of_an_assembly()
    {
        await using FakeProviderServer server = await FakeProviderServer.StartAsync(new FakeProviderOptions { TimeProvider = _tool.Time }, TestContext.Current.CancellationToken);
        server.Models.Set("openai", new FakeModelList("gpt-6-luna"));
        _tool.Variables["SHOP_KEY"] = "sk-proj-a1b2c3d4e5f6a7b8c9d0e1f2a3b4";
        _tool.Write("Shop.csproj", Project).Write(Output, Built($"[ModelGroup(\"fast\"), Deployment(\"openai/gpt-6-luna\", ApiKeyEnv = \"SHOP_KEY\", Endpoint = \"{server.BaseAddress}openai/v1\", AllowInsecureHttp = true)] public static partial class Models;"), Then);
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("doctor", "--json"));
        JsonElement deployment = Assert.Single(_tool.Json.GetProperty("deployments").EnumerateArray());
        Assert.Equal(("fast", "openai/gpt-6-luna", true), (deployment.GetProperty("group").GetString(), deployment.GetProperty("deployment").GetString(), deployment.GetProperty("listed").GetBoolean()));
        Assert.Single(server["openai/gpt-6-luna"].Requests);
    }

    [Fact]
    public async Task The_lab_says_where_an_error_is()
    {
        _tool.Write("Shop.dll", Wrong, Then);
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("lab", "Shop.dll"));
        Assert.StartsWith("routergen: Shop.Models [Deployment(\"anthropic/claude-haiku-5-5\")]: error RG0105: Weight must be", _tool.Error);
    }

    [Fact]
    public async Task Prices_are_those_of_models_in_code_too()
    {
        _tool.Write("Shop.csproj", "<Project><ItemGroup><AdditionalFiles Include=\"prices.json\" RouterPrices=\"true\" /></ItemGroup></Project>").Write(Output, Sound, Then);
        _tool.Write("prices.json", "{}").Write("new.json", """{ "openai/gpt-6-luna": { "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 3e-7, "output_cost_per_token": 6e-7 } }""");
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("prices", "diff", "--from", "new.json"));
        Assert.Contains("1 of 2 models in use change their prices.", _tool.Out);
    }

    private static byte[] Built(string source) => new BuiltSource($"namespace Shop {{ {source} }}").Image;
}
