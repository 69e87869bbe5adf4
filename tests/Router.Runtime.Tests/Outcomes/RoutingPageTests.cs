namespace RouterGen.Runtime.Tests;

/// <summary>docs/routing.md shows the table of failures as it is.</summary>
public class RoutingPageTests
{
    [Fact]
    public void The_table_of_failures_is_the_one_that_decides()
    {
        string[] rows = [.. File.ReadLines(Page())
            .SkipWhile(static line => line != "## What a failure leads to").Skip(1)
            .TakeWhile(static line => !line.StartsWith('#'))
            .Where(static line => line.StartsWith("| `", StringComparison.Ordinal))];
        string[] expected = [.. Enum.GetValues<FailureKind>().Where(static kind => kind is not FailureKind.None).Select(Row)];
        Assert.Equal(expected, rows);
    }

    private static string Row(FailureKind kind)
    {
        FailureRule rule = FailureRule.For(kind);
        string fallback = rule.Fallback switch
        {
            FallbackList.None => "none",
            FallbackList.General => "`Fallbacks`",
            _ => $"`{rule.Fallback}Fallbacks`",
        };
        string effect = rule.Effect switch
        {
            HealthEffect.None => "nothing",
            HealthEffect.NotAsked => "nothing, it was not asked",
            HealthEffect.CoolAsAsked => "cools as long as it was asked",
            HealthEffect.Count => "counts toward the breaker",
            _ => "cools for minutes",
        };
        string about = rule.Scope switch
        {
            FailureScope.None => "none",
            FailureScope.RequestAtModel => "this request at this model",
            _ => "the " + rule.Scope.ToString().ToLowerInvariant(),
        };
        return $"| `{kind}` | {about} | {YesNo(rule.TryAnother)} | {YesNo(rule.RetrySame)} | {fallback} | {effect} |";
    }

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static string Page()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RouterGen.sln"))) folder = folder.Parent;
        return Path.Combine(folder!.FullName, "docs", "routing.md");
    }
}
