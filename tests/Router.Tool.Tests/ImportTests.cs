using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.ModelsJson;
using RouterGen.Declarations.Sources;
using RouterGen.Declarations.Specs;
using RouterGen.LiteLLM.Yaml;
using RouterGen.Tool.Commands;
using RouterGen.Tool.Import;

namespace RouterGen.Tool.Tests;

public sealed class ImportTests : IDisposable
{
    private const string Whole = """
        # The models of the shop.
        model_list:
          - model_name: claude-fast
            litellm_params: &claude
              model: anthropic/claude-haiku-5-5
              api_key: os.environ/ANTHROPIC_API_KEY
              rpm: 1000
          - model_name: claude-fast
            litellm_params:
              model: gpt-6-luna   # its provider is known
              api_key: os.environ/OPENAI_API_KEY
              timeout: 30
              input_cost_per_token: 1.5e-7
              output_cost_per_token: 0.0000006
              temperature: 0.2
              tags: ["fast", 'eu']
            model_info:
              id: luna
          - model_name: backup
            litellm_params:
              <<: *claude
              rpm: 5_000
              weight: 3
          - model_name: backup
            litellm_params:
              model: sagemaker/jumpstart
          - model_name: gateway
            litellm_params:
              model: mistral/mistral-large-latest
              api_base: os.environ/GATEWAY_BASE
              api_key: "none"
              max_budget: 12.5
              budget_duration: 1d
        router_settings:
          num_retries: 2
          routing_strategy: simple-shuffle
          cooldown_time: 30
          fallbacks: [{claude-fast: [backup]}]
          redis_host: localhost
        litellm_settings:
          drop_params: yes
        general_settings:
          master_key: sk-1234567890abcdef1234567890abcdefXY
        environment_variables:
          OPENAI_API_KEY: sk-proj-1234567890abcdef1234567890abcdefXY
        """;

    private readonly ToolRun _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_configuration_is_written_in_our_words()
    {
        _tool.Write("config.yaml", Whole);
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("import", "config.yaml"));
        string models = _tool.Read("models.json");
        Assert.Contains("\"attemptTimeoutSeconds\": 30", models);
        Assert.Contains("\"inputPrice\": 0.15, \"outputPrice\": 0.6", models);
        Assert.DoesNotContain("litellm", models);
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("check"));
        Assert.Empty(ProblemsOf(models));
    }

    [Fact]
    public async Task It_means_the_same_as_the_configuration_in_JSON()
    {
        _tool.Write("config.yaml", Whole);
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("import", "config.yaml"));
        GroupSpec[] imported = GroupsOf(_tool.Read("models.json"));
        GroupSpec[] asJson = GroupsOf(YamlJson.Write(YamlReader.Read("config.yaml", Whole)).Text);
        Assert.Equal(3, imported.Length);
        Assert.Equal(asJson.Select(WithWholeVariable), imported);

        // What LiteLLM adds to the variable's value is noted, and the value must have it.
        static GroupSpec WithWholeVariable(GroupSpec group) => group with
        {
            Deployments = new([.. group.Deployments.Select(deployment => deployment with { Connection = deployment.Connection with { EndpointSuffix = null } })]),
        };
    }

    [Fact]
    public async Task The_report_says_what_was_not_taken_and_where()
    {
        _tool.Write("config.yaml", Whole);
        await _tool.RunAsync("import", "config.yaml", "--json");
        string[] notes = [.. _tool.Json.GetProperty("notes").EnumerateArray().Select(note => $"{note.GetProperty("kind")} {note.GetProperty("line")} {note.GetProperty("message")}")];
        Assert.Contains("changed 30 GATEWAY_BASE must hold the whole base URL, which ends in /v1: LiteLLM adds that", notes);
        Assert.Contains("notTaken 1 2 comments, the first of them here", notes);
        Assert.Contains(notes, note => note.StartsWith("notTaken 15 ", StringComparison.Ordinal) && note.Contains("'temperature'"));
        Assert.Contains(notes, note => note.StartsWith("notTaken 26 ", StringComparison.Ordinal) && note.Contains("sagemaker/jumpstart"));
        Assert.Contains(notes, note => note.StartsWith("notTaken 39 ", StringComparison.Ordinal) && note.Contains("'redis_host'"));
        Assert.Contains(notes, note => note.Contains("'environment_variables'"));
        Assert.DoesNotContain("1234567890abcdef", _tool.Out);
    }

    [Theory]
    [InlineData("config.yaml", "model_list: [{model_name: a, litellm_params: {model: gpt-6-luna}}]\ngeneral_settings:\n  master_key: os.environ/LITELLM_MASTER_KEY\n  database_url: os.environ/DATABASE_URL\n  alerting: [slack]\n  not_known_yet: true\n")]
    [InlineData("config.json", """
        {"model_list":[{"model_name":"a","litellm_params":{"model":"gpt-6-luna"}}],
        "general_settings":{
          "master_key": "os.environ/LITELLM_MASTER_KEY",
          "database_url": "os.environ/DATABASE_URL",
          "alerting": ["slack"],
          "not_known_yet": true}}
        """)]
    public async Task Each_setting_of_the_proxy_is_told_at_its_line(string file, string text)
    {
        _tool.Write(file, text);
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("import", file, "--json"));
        string[] notes = [.. _tool.Json.GetProperty("notes").EnumerateArray().Select(note => $"{note.GetProperty("kind")} {note.GetProperty("line")},{note.GetProperty("column")} {note.GetProperty("message")}").Where(note => note.Contains("general_settings.", StringComparison.Ordinal))];
        Assert.Equal(
        [
            "changed 3,3 general_settings.master_key: set ROUTERGEN_MASTER_KEY for the gateway: no key is written",
            "changed 4,3 general_settings.database_url: --database of the gateway keeps keys and spend; POST /import/litellm takes LiteLLM's keys over, with their secrets",
            "notTaken 5,3 general_settings.alerting: deploy/prometheus has alerts over the gateway's metrics",
            "notTaken 6,3 general_settings.not_known_yet: the gateway has nothing of the kind",
        ], notes);
    }

    [Fact]
    public void The_documentation_has_each_setting_of_the_proxy()
    {
        string page = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "migrating-from-litellm.md"));
        Assert.All(ProxySettings.All.Keys, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    private static string RepositoryRoot([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", ".."));

    [Fact]
    public async Task Strict_fails_where_anything_is_not_taken()
    {
        _tool.Write("config.yaml", Whole);
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("import", "config.yaml", "--strict"));
    }

    [Fact]
    public async Task A_file_that_is_there_stays()
    {
        _tool.Write("config.yaml", Whole).Write("models.json", "{}");
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("import", "config.yaml"));
        Assert.Equal("{}", _tool.Read("models.json"));
        Assert.Contains("models.json exists", _tool.Error);
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("import", "config.yaml", "--force"));
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("import", "config.yaml", "-o", "other.json"));
        Assert.Equal(_tool.Read("models.json"), _tool.Read("other.json"));
        Assert.Equal(3, Directory.GetFiles(_tool.Directory).Length);
    }

    [Fact]
    public async Task JSON_is_imported_too()
    {
        _tool.Write("config.json", """{ "model_list": [{ "model_name": "a", "litellm_params": { "model": "gpt-6-luna", "rpm": 7 } }] }""");
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("import", "config.json"));
        Assert.Contains("{ \"model\": \"openai/gpt-6-luna\", \"rpm\": 7 }", _tool.Read("models.json"));
    }

    [Fact]
    public async Task Included_files_are_read()
    {
        _tool.Write("config.yaml", "include:\n  - models/more.yaml\nmodel_list:\n  - {model_name: a, litellm_params: {model: gpt-6-luna}}\n");
        _tool.Write("models/more.yaml", "model_list:\n  - {model_name: b, litellm_params: {model: gpt-6-sol, banana: 1}}\n");
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("import", "config.yaml", "--json"));
        Assert.Equal(["a", "b"], GroupsOf(_tool.Read("models.json")).Select(group => group.Name));
        Assert.Contains(_tool.Json.GetProperty("notes").EnumerateArray(), note => note.GetProperty("file").GetString() == "models/more.yaml" && note.GetProperty("line").GetInt32() == 2);
    }

    [Theory]
    [InlineData(2, 1, "'model_list' is stated twice, first in line 1", "model_list: []\nmodel_list: []\n")]
    [InlineData(3, 1, "a second document begins here", "model_list: []\n\n---\nmodel_list: []\n")]
    [InlineData(2, 1, "a tab indents this line", "model_list:\n\t- model_name: a\n")]
    [InlineData(2, 4, "'*a' stands for an anchor that is not there", "model_list:\n - *a\n")]
    [InlineData(1, 17, "'*a' stands inside the value that it names", "model_list: &a [*a]\n")]
    [InlineData(2, 5, "'<<' merges mappings only", "a:\n<<: 1\n")]
    [InlineData(2, 1, "this is no YAML", "model_list: [\n")]
    [InlineData(1, 1, "the file is empty", "")]
    [InlineData(1, 1, "this is no LiteLLM configuration", "services:\n  web: {}\n")]
    [InlineData(1, 10, "'include' must be a list of files", "include: more.yaml\n")]
    [InlineData(2, 3, "the included file 'more.yaml' does not exist", "include:\n- more.yaml\n")]
    [InlineData(2, 3, "'config.yaml' includes itself", "include:\n- config.yaml\n")]
    [InlineData(3, 13, "an array", "# list\n\nmodel_list: 3\n")]
    public async Task What_cannot_be_read_is_an_error_with_its_place(int line, int column, string message, string yaml)
    {
        _tool.Write("config.yaml", yaml);
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("import", "config.yaml", "--json"));
        var error = _tool.Json.GetProperty("notes").EnumerateArray().First(note => note.GetProperty("kind").GetString() == "error");
        Assert.Contains(message, error.GetProperty("message").GetString());
        Assert.Equal((line, column), (error.GetProperty("line").GetInt32(), error.GetProperty("column").GetInt32()));
        Assert.False(File.Exists(_tool.PathOf("models.json")));
    }

    [Fact]
    public async Task Many_aliases_are_bounded()
    {
        string yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 9).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat("*a" + (i - 1), 10))}]\n")) + "model_list: []\n";
        _tool.Write("config.yaml", yaml);
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("import", "config.yaml"));
        Assert.Contains("with all its aliases written out", _tool.Out);
    }

    [Fact]
    public async Task Nesting_is_bounded()
    {
        _tool.Write("config.yaml", "model_list: " + new string('[', 5000));
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("import", "config.yaml"));
        Assert.Contains("nested more than 100 deep", _tool.Out);
    }

    [Fact]
    public async Task A_key_in_the_configuration_is_an_error_that_does_not_show_it()
    {
        _tool.Write("config.yaml", "model_list:\n  - model_name: a\n    litellm_params: {model: gpt-6-luna, api_key: sk-proj-1234567890abcdef1234567890abcdefXY}\n");
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("import", "config.yaml"));
        Assert.Contains("config.yaml(3,", _tool.Out);
        Assert.Contains("RG0111", _tool.Out);
        Assert.DoesNotContain("1234567890", _tool.Out + _tool.Error);
    }

    [Theory]
    [InlineData("5_000", "5000")]
    [InlineData("1e-7", "1E-07")]
    [InlineData(".5", "0.5")]
    [InlineData("on", "true")]
    [InlineData("No", "false")]
    [InlineData("~", "null")]
    [InlineData("2024-08-01", "\"2024-08-01\"")]
    [InlineData("2024-08-01-preview", "\"2024-08-01-preview\"")]
    [InlineData("'5'", "\"5\"")]
    [InlineData("!!str 5", "\"5\"")]
    [InlineData("1.2.3", "\"1.2.3\"")]
    [InlineData("0777", "\"0777\"")]
    public void Scalars_are_what_their_form_says(string yaml, string json) => Assert.Equal($"{{\"a\":{json}}}", YamlJson.Write(YamlReader.Read("f", "a: " + yaml)).Text);

    private static GroupSpec[] GroupsOf(string json) => [.. ModelsProject.Read([new SourceFile("models.json", json)], ModelCatalog.Default, null, CancellationToken.None).Classes.SelectMany(@class => @class.Groups)];

    private static IEnumerable<string> ProblemsOf(string json) => ModelsProject.Read([new SourceFile("models.json", json)], ModelCatalog.Default, null, CancellationToken.None).Problems.Select(problem => problem.Message);
}
