using Microsoft.Extensions.Time.Testing;

namespace RouterGen.Dynamic.Tests.Files;

/// <summary>A LiteLLM config.yaml that is read while the program runs.</summary>
public sealed class LiteLLMYamlTests : IDisposable
{
    private const string Whole = """
        # the proxy's file
        model_list:
          - model_name: fast
            litellm_params: {model: openai/gpt-4o-mini, api_key: os.environ/OPENAI_API_KEY, rpm: 100}
          - model_name: fast
            litellm_params:
              model: anthropic/claude-haiku-4-5
          - model_name: backup
            litellm_params: &params
              model: gpt-4o
        router_settings:
          fallbacks: [{fast: [backup]}]
        general_settings:
          master_key: os.environ/LITELLM_MASTER_KEY
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("routergen-").FullName;

    private string File => Path.Combine(_folder, "config.yaml");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Its_groups_are_there()
    {
        Write(Whole);
        using var models = RouterModels.LoadAs(File, LiteLLMYaml.Format);
        Assert.Equal(["fast", "backup"], models.Groups.Select(group => group.Name));
        Assert.Equal(["openai/gpt-4o-mini", "anthropic/claude-haiku-4-5"], models.Find("fast")!.Deployments.Select(deployment => deployment.Provider + "/" + deployment.Model));

        // What has no effect is said, at its line.
        Assert.Contains(models.Warnings, warning => warning is { Id: "RG0204", IsError: false, Line: 13 } && warning.Path == File && warning.Message.Contains("general_settings", StringComparison.Ordinal));
    }

    [Fact]
    public void An_error_has_the_line_of_the_YAML()
    {
        Write("model_list:\n  - model_name: fast\n    litellm_params:\n      model: opnai/gpt-4o-mini\n");
        ModelsFileProblem problem = Assert.Throws<ModelsFileException>(() => RouterModels.LoadAs(File, LiteLLMYaml.Format)).Problems.First(problem => problem.IsError);
        Assert.Equal((File, 4), (problem.Path, problem.Line));
    }

    [Fact]
    public void An_error_of_an_included_file_names_that_file()
    {
        Write("include: [more.yaml]\nmodel_list: []\n");
        string more = Path.Combine(_folder, "more.yaml");
        System.IO.File.WriteAllText(more, "model_list:\n  - model_name: fast\n    litellm_params: {model: opnai/x}\n");
        ModelsFileProblem problem = Assert.Throws<ModelsFileException>(() => RouterModels.LoadAs(File, LiteLLMYaml.Format)).Problems.First(problem => problem.IsError);
        Assert.Equal((more, 3), (problem.Path, problem.Line));
    }

    [Theory]
    [InlineData("model_list: [", 2)]
    [InlineData("a: 1\na: 2\n", 2)]
    [InlineData("", 1)]
    public void What_is_no_YAML_is_an_error_with_its_line(string text, int line)
    {
        Write(text);
        ModelsFileProblem problem = Assert.Throws<ModelsFileException>(() => RouterModels.LoadAs(File, LiteLLMYaml.Format)).Problems.Single();
        Assert.Equal(("RG0201", true, line), (problem.Id, problem.IsError, problem.Line));
    }

    [Fact]
    public void The_master_key_is_that_of_the_variable()
    {
        Write(Whole);
        Assert.Equal("sk-1234", LiteLLMYaml.MasterKeyOf(File, static name => name is "LITELLM_MASTER_KEY" ? "sk-1234" : null));
        Write("model_list: []\ngeneral_settings: {master_key: sk-stated}\n");
        Assert.Equal("sk-stated", LiteLLMYaml.MasterKeyOf(File, static _ => null));
        Write("model_list: []\n");
        Assert.Null(LiteLLMYaml.MasterKeyOf(File, static _ => null));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void A_master_key_whose_variable_is_not_set_opens_nothing(string? value)
    {
        Write(Whole);
        ModelsFileProblem problem = Assert.Throws<ModelsFileException>(() => LiteLLMYaml.MasterKeyOf(File, _ => value)).Problems.Single();
        Assert.Equal((true, 14), (problem.IsError, problem.Line));
    }

    [Fact]
    public void A_change_is_in_use_and_what_cannot_be_read_is_logged_once()
    {
        Write(Whole);
        var time = new FakeTimeProvider();
        var log = new ModelsFileWatchTests.Log();
        using var models = RouterModels.LoadAs(File, LiteLLMYaml.Format);
        using var watch = new ModelsFileWatch(models, File, log, time, TimeSpan.FromSeconds(1), LiteLLMYaml.Format);
        Write(Whole.Replace("backup", "other", StringComparison.Ordinal));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(models.Find("other"));
        Assert.Equal(110, log.Entries[0].Id);

        log.Entries.Clear();
        Write("model_list: [");
        time.Advance(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(111, Assert.Single(log.Entries).Id);
        Assert.NotNull(models.Find("other"));
        Write(Whole);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(models.Find("backup"));
    }

    private void Write(string text) => System.IO.File.WriteAllText(File, text);
}
