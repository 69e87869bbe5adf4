using RouterGen.FakeProviders;

namespace RouterGen.Dynamic.Tests.Files;

/// <summary>Texts that are read while the program runs, one after another: what is kept, what is made anew, and what is said of what is wrong.</summary>
public sealed class RouterModelsTests
{
    private const string Two = """
        { "groups": {
            "fast": { "fallbacks": ["slow"], "deployments": ["openai/gpt-6-luna"] },
            "slow": { "deployments": ["anthropic/claude-haiku-5-5"] }
        } }
        """;

    [Fact]
    public void Groups_are_found_by_their_names_in_the_order_of_the_file()
    {
        using RouterModels models = RouterModels.Parse(Two);

        Assert.Equal(["fast", "slow"], models.Groups.Select(group => group.Name));
        Assert.Same(models.Groups[1], models.Find("slow"));
        Assert.Null(models.Find("Slow"));
        Assert.Empty(models.Warnings);
    }

    [Fact]
    public void A_file_is_read()
    {
        string path = Path.Combine(Path.GetTempPath(), $"routergen-{Guid.NewGuid():N}.json");
        File.WriteAllText(path, Two);
        using (RouterModels models = RouterModels.Load(path)) Assert.Equal(2, models.Groups.Count);
        File.WriteAllText(path, "{ \"groups\": 3 }");
        Assert.StartsWith(path + "(1,13): error RG0203: ", Assert.Throws<ModelsFileException>(() => RouterModels.Load(path)).Message);
        File.Delete(path);
        Assert.Throws<FileNotFoundException>(() => RouterModels.Load(path));
    }

    [Fact]
    public void A_change_keeps_the_groups_that_are_declared_as_before()
    {
        using RouterModels models = RouterModels.Parse(Two);
        ModelGroup fast = models.Find("fast")!, slow = models.Find("slow")!;

        models.Change(Two.Replace("\"anthropic/claude-haiku-5-5\"", "\"anthropic/claude-haiku-5-5\", \"openai/gpt-6-sol\"", StringComparison.Ordinal));

        Assert.Same(fast, models.Find("fast"));
        Assert.NotSame(slow, models.Find("slow"));
        Assert.Equal(2, models.Find("slow")!.Deployments.Count);
        Assert.Single(slow.Deployments);

        models.Change("\n\n" + Two.Replace("\"slow\": {", "  \"slow\":{", StringComparison.Ordinal)); // Written otherwise, and the first state is made anew.
        Assert.Same(fast, models.Find("fast"));
        Assert.NotSame(slow, models.Find("slow"));
    }

    [Fact]
    public void A_group_that_is_no_longer_declared_is_gone_and_others_come()
    {
        using RouterModels models = RouterModels.Parse(Two);
        models.Change("""{ "groups": { "new": { "deployments": ["openai/gpt-6-sol"] } } }""");
        Assert.Equal("new", Assert.Single(models.Groups).Name);
        Assert.Null(models.Find("fast"));
    }

    [Fact]
    public async Task A_group_that_stays_turns_to_what_its_fallback_is_now()
    {
        await using FakeProviderServer server = await FakeProviderServer.StartAsync(new FakeProviderOptions(), TestContext.Current.CancellationToken);
        using RouterModels models = RouterModels.Parse(Text("anthropic/claude-haiku-5-5"));
        ModelGroup fast = models.Find("fast")!;
        server["openai/gpt-6-luna"].Always(Fault.Status(500));

        models.Change(Text("anthropic/claude-sonnet-5"));

        Assert.Same(fast, models.Find("fast"));
        Assert.Equal("anthropic/claude-sonnet-5", (await ((ChatGroup)fast).CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken)).ModelUsed);

        string Text(string second) => $$"""
            { "groups": {
                "fast": { "fallbacks": ["slow"], "deployments": [{ "model": "openai/gpt-6-luna", "endpoint": "{{server.BaseAddress}}openai/v1", "apiKeyEnv": "" }] },
                "slow": { "deployments": [{ "model": "{{second}}", "endpoint": "{{server.BaseAddress}}anthropic", "apiKeyEnv": "PATH" }] }
            } }
            """;
    }

    [Theory]
    [InlineData("""{ "groups": { "fast": { "deployments": ["opnai/gpt-6-luna"] } } }""", "RG0101", 41)]
    [InlineData("""{ "groups": { "fast": { "timeoutSeconds": -1, "deployments": ["openai/gpt-6-luna"] } } }""", "RG0108", 43)]
    [InlineData("""{ "groups": { "fast": { "policy": "Shop.ByTier", "deployments": ["openai/gpt-6-luna"] } } }""", "RG0012", 35)]
    [InlineData("""{ "groups": { "fast": { "deployments": [{ "model": "openai/gpt-6-luna", "client": "Shop.Luna" }] } } }""", "RG0123", 83)]
    [InlineData("""{ "models": [], "version": 3 }""", "RG0207", 1)]
    [InlineData("""{ "groups": { """, "RG0201", 14)]
    public void A_text_with_an_error_is_not_used_and_the_one_before_is(string text, string id, int column)
    {
        using RouterModels models = RouterModels.Parse(Two);
        ModelGroup fast = models.Find("fast")!;

        ModelsFileException exception = Assert.Throws<ModelsFileException>(() => models.Change(text, "next.json"));

        Assert.Same(fast, models.Find("fast"));
        ModelsFileProblem problem = Assert.Single(exception.Problems, problem => problem.IsError);
        Assert.Equal((id, "next.json", 1, column), (problem.Id, problem.Path, problem.Line, problem.Column));
        Assert.StartsWith($"next.json(1,{column}): error {id}: ", exception.Message);
    }

    [Fact]
    public void A_type_of_csharp_is_refused_with_what_stands_against_it()
    {
        ModelsFileException exception = Assert.Throws<ModelsFileException>(() => RouterModels.Parse("""{ "groups": { "fast": { "policy": "Shop.ByTier", "deployments": ["openai/gpt-6-luna"] } } }"""));
        Assert.EndsWith("Model group 'fast' cannot choose by 'Shop.ByTier': a file that is read while the program runs cannot name a type of C#", exception.Message);
    }

    [Fact]
    public void All_errors_are_told_at_once_with_lines_from_one()
    {
        ModelsFileException exception = Assert.Throws<ModelsFileException>(() => RouterModels.Parse("{\n  \"groups\": {\n    \"a\": { \"deployments\": [\"opnai/x\"] },\n    \"b\": { \"fallbacks\": [\"c\"], \"deployments\": [\"openai/gpt-6-sol\"] }\n  }\n}"));
        Assert.Equal([("RG0101", 3), ("RG0006", 4)], exception.Problems.Where(problem => problem.IsError).Select(problem => (problem.Id, problem.Line)));
    }

    [Fact]
    public void Warnings_are_kept_and_go_with_the_next_text()
    {
        using RouterModels models = RouterModels.Parse("""{ "groups": { "fast": { "deployments": ["openai/gpt-9-nova"] } } }""");
        ModelsFileProblem warning = models.Warnings.First(problem => problem.Id is "RG0102");
        Assert.False(warning.IsError);
        Assert.StartsWith("models.json(1,41): warning RG0102: ", warning.ToString());
        models.Change(Two);
        Assert.Empty(models.Warnings);
    }

    [Fact]
    public void A_model_list_of_LiteLLM_is_read()
    {
        using RouterModels models = RouterModels.Parse("""
            {
              "model_list": [
                { "model_name": "fast", "litellm_params": { "model": "anthropic/claude-haiku-5-5", "api_key": "os.environ/ANTHROPIC_API_KEY", "rpm": 1000 } },
                { "model_name": "fast", "litellm_params": { "model": "gpt-6-luna" } }
              ],
              "router_settings": { "num_retries": 2 }
            }
            """);
        Assert.Equal(["anthropic/claude-haiku-5-5", "openai/gpt-6-luna"], Assert.Single(models.Groups).Deployments.Select(deployment => deployment.Name));
    }

    [Fact]
    public void A_key_in_the_text_is_in_no_message()
    {
        const string Key = "sk-proj-a1b2c3d4e5f6a7b8c9d0e1f2a3b4";
        ModelsFileException exception = Assert.Throws<ModelsFileException>(() => RouterModels.Parse($$"""{ "groups": { "fast": { "deployments": [{ "model": "openai/gpt-6-luna", "apiKeyEnv": "{{Key}}" }] } } }"""));
        Assert.Contains("RG0111", exception.Message);
        Assert.DoesNotContain("a1b2c3d4", exception.ToString());
    }

    [Fact]
    public void The_time_of_the_options_is_the_day_of_the_catalog()
    {
        const string Text = """{ "groups": { "fast": { "deployments": ["openai/gpt-4o"] } } }""";
        using RouterModels early = RouterModels.Parse(Text, options: new() { TimeProvider = new Day(2025) }), late = RouterModels.Parse(Text, options: new() { TimeProvider = new Day(2030) });
        Assert.Equal(["RG0103"], early.Warnings.Select(problem => problem.Id));
        Assert.Equal(["RG0104"], late.Warnings.Select(problem => problem.Id));
    }

    private sealed class Day(int year) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
