using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RouterGen.Hosting.Tests;

/// <summary>What is wrong in the configuration is told when the application starts: all of it, with its place.</summary>
public sealed class StartupTests
{
    private const string Chat = "RouterGen:Groups:chat";

    private readonly RecordedLog _log = new();

    [Fact]
    public async Task All_mistakes_are_told_at_once_each_with_its_path_and_none_with_its_value()
    {
        (string Key, string Value, string Path, string Reason)[] mistakes =
        [
            ("RouterGen:Gruops", "sk-misplaced-1", "RouterGen:Gruops", "there is no such setting; there are Groups"),
            ("RouterGen:Groups:chatt:TimeoutSeconds", "5", "RouterGen:Groups:chatt", "there is no such group; there are chat, lone"),
            (Chat + ":TimeoutSeconds", "soon-misplaced", Chat + ":TimeoutSeconds", "it must be a number"),
            (Chat + ":Timeout", "5", Chat + ":Timeout", "there is no such setting of a group"),
            (Chat + ":Deployments:openai/gpt-5-nano:Weight", "1", Chat + ":Deployments:openai/gpt-5-nano", "there is no such deployment"),
            (Chat + ":Deployments:openai/gpt-4o-mini:Weight", "-1.75", Chat + ":Deployments:openai/gpt-4o-mini:Weight", "it must be a number"),
            (Chat + ":Deployments:openai/gpt-4o-mini:Wieght", "1", Chat + ":Deployments:openai/gpt-4o-mini:Wieght", "there is no such setting of a deployment"),
            (Chat + ":Deployments:anthropic/claude-haiku-4-5:State:Now", "misplaced", Chat + ":Deployments:anthropic/claude-haiku-4-5:State", "not a section"),
            ("RouterGen:Groups:lone:Deployments", "none-misplaced", "RouterGen:Groups:lone:Deployments", "it must be a section"),
        ];
        HostApplicationBuilder builder = TestHost.Create(
            _log, [("OPENAI_API_KEY", "not a \u0001 key"), ("ANTHROPIC_BASE_URL", "claude.local-misplaced"), ("ANTHROPIC_API_KEY", "k"), .. mistakes.Select(static one => (one.Key, (string?)one.Value))]);
        builder.Services.AddModels().AddOtherModels().AddRouterGenHosting();

        RouterConfigurationException exception = await TestHost.FailToStartAsync(builder);

        foreach ((_, _, string path, string reason) in mistakes)
        {
            ConfigurationProblem problem = Assert.Single(exception.Problems, problem => problem.Path == path);
            Assert.Contains(reason, problem.Reason);
            Assert.Contains("\n  " + problem, exception.Message);
        }

        Assert.Contains(exception.Problems, static problem => problem == new ConfigurationProblem(Chat + ":Deployments:openai/gpt-4o-mini", "the environment variable OPENAI_API_KEY holds a character that no key has"));
        Assert.Contains(exception.Problems, static problem => problem.Path == Chat + ":Deployments:anthropic/claude-haiku-4-5" && problem.Reason.StartsWith("the endpoint in the environment variable ANTHROPIC_BASE_URL must be an absolute https URL", StringComparison.Ordinal));
        Assert.Contains(exception.Problems, static problem => problem.Path == Chat && problem.Reason.StartsWith("no deployment of the group can be used: openai/gpt-4o-mini: the environment", StringComparison.Ordinal));
        Assert.Contains(exception.Problems, static problem => problem.Path == "RouterGen:Groups:lone");
        Assert.Equal(mistakes.Length + 5, exception.Problems.Count); // The key is that of two groups' deployments.
        Assert.DoesNotContain("misplaced", exception.Message);
        Assert.DoesNotContain("1.75", exception.Message);
        Assert.StartsWith("The configuration of the model groups has 14 mistakes; mend it", exception.Message);
    }

    [Fact]
    public async Task A_missing_key_is_a_warning_while_another_deployment_can_be_used()
    {
        HostApplicationBuilder builder = TestHost.Create(_log, TestHost.Keys[0]);
        builder.Services.AddModels().AddRouterGenHosting();
        using IHost host = builder.Build();

        await host.StartAsync();

        RecordedLog.Entry warning = Assert.Single(_log.Of(103));
        Assert.Equal((LogLevel.Warning, Chat + ":Deployments:anthropic/claude-haiku-4-5: the environment variable ANTHROPIC_API_KEY is not set"), (warning.Level, warning.Text));
        Assert.DoesNotContain(_log.Entries, static entry => entry.Text.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_key_stops_the_application_where_all_are_required_or_none_is_there()
    {
        HostApplicationBuilder strict = TestHost.Create(_log, TestHost.Keys[0]);
        strict.Services.AddModels().AddRouterGenHosting(options => options.RequireAllKeys = true);
        HostApplicationBuilder none = TestHost.Create(_log, TestHost.Keys[1]);
        none.Services.AddOtherModels().AddRouterGenHosting();

        Assert.Equal(["RouterGen:Groups:chat:Deployments:anthropic/claude-haiku-4-5: the environment variable ANTHROPIC_API_KEY is not set"], (await TestHost.FailToStartAsync(strict)).Problems.Select(static problem => problem.ToString()));
        Assert.Equal("RouterGen:Groups:lone: no deployment of the group can be used: openai/gpt-4o-mini: the environment variable OPENAI_API_KEY is not set", Assert.Single((await TestHost.FailToStartAsync(none)).Problems).ToString());
    }

    [Fact]
    public async Task A_deployment_that_is_disabled_needs_no_key_and_a_group_of_such_ones_is_a_mistake()
    {
        HostApplicationBuilder one = TestHost.Create(_log, TestHost.Keys[0], (Chat + ":Deployments:anthropic/claude-haiku-4-5:State", "Disabled"));
        one.Services.AddModels().AddRouterGenHosting(options => options.RequireAllKeys = true);
        using IHost host = one.Build();
        await host.StartAsync();
        HostApplicationBuilder all = TestHost.Create(_log, TestHost.Keys[0], ("RouterGen:Groups:lone:Deployments:openai/gpt-4o-mini:State", "Draining"));
        all.Services.AddOtherModels().AddRouterGenHosting();

        Assert.Equal("no deployment of the group can be used: openai/gpt-4o-mini: it is taken out of service", Assert.Single((await TestHost.FailToStartAsync(all)).Problems).Reason);
    }

    [Fact]
    public async Task Mistakes_are_logged_where_they_are_not_to_stop_the_application()
    {
        HostApplicationBuilder builder = TestHost.Create(_log, [.. TestHost.Keys, (Chat + ":MaxAttempts", "many"), ("RouterGen:Groups:cat:MaxAttempts", "2")]);
        builder.Services.AddModels().AddRouterGenHosting(options => options.FailOnStart = false);
        using IHost host = builder.Build();

        await host.StartAsync();

        Assert.Equal(["RouterGen:Groups:cat", Chat + ":MaxAttempts"], _log.Of(104).Select(static entry => entry.Text.Split(": ")[0]));
        Assert.All(_log.Of(104), static entry => Assert.Equal(LogLevel.Error, entry.Level));
    }

    [Fact]
    public async Task Nothing_is_checked_where_that_is_not_wanted()
    {
        HostApplicationBuilder builder = TestHost.Create(_log, ("RouterGen:Groups:cat:MaxAttempts", "2"));
        builder.Services.AddModels().AddRouterGenHosting(options => options.CheckOnStart = false);
        using IHost host = builder.Build();

        await host.StartAsync();

        Assert.DoesNotContain(_log.Entries, static entry => entry.Category.StartsWith("RouterGen", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_without_groups_is_told_what_it_forgot()
    {
        HostApplicationBuilder builder = TestHost.Create(_log);
        builder.Services.AddRouterGenHosting();
        using IHost host = builder.Build();

        await host.StartAsync();

        Assert.Contains("call AddModels()", Assert.Single(_log.Of(106)).Text);
    }

    [Fact]
    public async Task The_check_precedes_the_applications_own_services()
    {
        List<string> started = [];
        HostApplicationBuilder builder = TestHost.Create(_log);
        builder.Services.AddHostedService(_ => new Worker(started)).AddModels().AddRouterGenHosting();

        await TestHost.FailToStartAsync(builder);

        Assert.Empty(started);
    }

    private sealed class Worker(List<string> started) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken)
        {
            started.Add("worker");
            return Task.CompletedTask;
        }
    }
}
