using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RouterGen.Generator.Emit;

namespace RouterGen.Generator.Tests;

/// <summary>What is generated of how groups choose, from attributes and from JSON.</summary>
public class RoutingEmissionTests
{
    private const string Policy = "namespace Shop { public class ByTier : RouterGen.SelectionPolicy { public override int Pick(in RouterGen.SelectionContext context) => 0; } }";

    private const string Attributes = """
        [ModelGroup(
            "a", Strategy = RoutingStrategy.LowestLatency, Policy = typeof(Shop.ByTier), LatencyTtlSeconds = 30, LatencyTolerance = 0.1, LatencyProbes = true,
            Budget = 12.5, BudgetPeriod = BudgetPeriod.Month, Hedge = true, HedgeLimit = 0.1, PromptCacheAffinity = true, MaxQueueLength = 20000, MaxWaitSeconds = 2.5)]
        [Deployment("openai/gpt-4o", LimitGroup = "account", Rpm = 700, Region = "eu", Tags = ["paid", "say \"x\"", "PAID"], Budget = 3, BudgetPeriod = BudgetPeriod.Hour)]
        [Deployment("openai/gpt-4o-mini", LimitGroup = "account", MirrorShare = 0.25, Budget = 1)]
        """;

    // With one deployment beside its shadow, and with a policy, some of it has no effect.
    private static readonly string[] Problems = [.. Enumerable.Repeat("RG0014", 6)];

    private const string Json = """
        { "groups": { "a": {
            "strategy": "lowestLatency", "policy": "Shop.ByTier", "latencyTtlSeconds": 30, "latencyTolerance": 0.1, "latencyProbes": true,
            "budget": 12.5, "budgetPeriod": "month", "hedge": true, "hedgeLimit": 0.1, "promptCacheAffinity": true, "maxQueueLength": 20000, "maxWaitSeconds": 2.5,
            "deployments": [
                { "model": "openai/gpt-4o", "limitGroup": "account", "rpm": 700, "region": "eu", "tags": ["paid", "say \"x\"", "PAID"], "budget": 3, "budgetPeriod": "hour" },
                { "model": "openai/gpt-4o-mini", "limitGroup": "account", "mirrorShare": 0.25, "budget": 1 }
            ]
        } } }
        """;

    [Fact]
    public void All_that_is_stated_is_emitted()
    {
        string a = Verifier.VerifyDespite(Problems, ProblemFinder.Class(Attributes), Policy).Files["Models.A.g.cs"];

        string[] expected =
        [
            "protected override global::RouterGen.SelectionPolicy? CreatePolicy() => new global::Shop.ByTier();",
            "Strategy = global::RouterGen.RoutingStrategy.LowestLatency,",
            "LatencyTtl = global::System.TimeSpan.FromSeconds(30),",
            "LatencyTolerance = 0.1,",
            "LatencyProbes = true,",
            "Budget = 12.5m,",
            "BudgetPeriod = global::RouterGen.BudgetPeriod.Month,",
            "HedgeLimit = 0.1,",
            "PromptCacheAffinity = true,",
            "MaxQueueLength = 20_000,",
            "MaxWait = global::System.TimeSpan.FromSeconds(2.5),",
            "LimitGroup = \"account\",",
            "Region = \"eu\",",
            "Tags = [\"paid\", \"say \\\"x\\\"\"],",
            "Budget = 3m,",
            "BudgetPeriod = global::RouterGen.BudgetPeriod.Hour,",
            "MirrorShare = 0.25,",
            "Budget = 1m,",
        ];
        Assert.All(expected, line => Assert.Contains(" " + line + "\n", a));
    }

    [Fact]
    public void A_limit_of_a_limit_group_that_one_deployment_states_is_emitted_for_all_in_whichever_groups_they_are()
    {
        IReadOnlyDictionary<string, string> files = Verifier.Verify(ProblemFinder.Class("""
            [ModelGroup("a"), ModelGroup("b")]
            [Deployment("openai/gpt-4o", Group = "a", LimitGroup = "account", MaxConcurrency = 7)]
            [Deployment("openai/gpt-4o-mini", Group = "b", LimitGroup = "account", Rpm = 700, Tpm = 50_000)]
            [Deployment("anthropic/claude-haiku-4-5", Group = "b", Rpm = 3)]
            """)).Files;

        foreach (string file in new[] { files["Models.A.g.cs"], files["Models.B.g.cs"] })
        {
            Assert.Contains("Rpm = 700,", file);
            Assert.Contains("Tpm = 50_000,", file);
            Assert.Contains("MaxConcurrency = 7,", file);
        }

        Assert.Contains("Rpm = 3,", files["Models.B.g.cs"]);
    }

    [Fact]
    public void JSON_and_attributes_come_to_the_same_files() => Assert.Equal(
        Verifier.VerifyDespite(Problems, ProblemFinder.Class(Attributes), Policy).Files,
        Run("public static partial class Models;" + Policy, Json, Problems).Files);

    [Fact]
    public void A_class_that_only_a_file_names_has_its_policy() =>
        Assert.Contains("new global::Shop.ByTier();", Run(Policy, Json, Problems).Files["Models.A.g.cs"]);

    [Fact]
    public Task Code_and_file_may_name_the_same_policy() => AnalyzerVerifier.VerifyJsonAsync(
        """{ "groups": { "a": { "policy": "Shop.ByTier", "maxAttempts": 2 } } }""",
        ProblemFinder.Class("""[ModelGroup("a", Policy = typeof(Shop.ByTier), MaxAttempts = 2), Deployment("openai/gpt-4o")]""") + Policy);

    [Theory]
    [InlineData("""[ModelGroup("a"), Deployment("openai/gpt-4o", Weight = 1)]""", "Weighted")]
    [InlineData("""[ModelGroup("a", Strategy = RoutingStrategy.Default), Deployment("openai/gpt-4o"), Deployment("openai/o3", Weight = 2)]""", "Weighted", "RG0011")]
    [InlineData("""[ModelGroup("a", Strategy = RoutingStrategy.Adaptive), Deployment("openai/gpt-4o", Weight = 1)]""", "Adaptive")]
    [InlineData("""[ModelGroup("a", Strategy = RoutingStrategy.Default), Deployment("openai/gpt-4o")]""", null)]
    [InlineData("""[ModelGroup("a"), Deployment("openai/gpt-4o"), Deployment("openai/o3", Weight = 2, MirrorShare = 0.1)]""", null)]
    [InlineData("""[ModelGroup("a", Strategy = (RoutingStrategy)99), Deployment("openai/gpt-4o")]""", null, "RG0108")]
    public void A_weight_makes_the_group_weighted_unless_a_strategy_is_stated(string attributes, string? strategy, params string[] problems)
    {
        string a = Verifier.VerifyDespite(problems, ProblemFinder.Class(attributes)).Files["Models.A.g.cs"];

        if (strategy is null) Assert.DoesNotContain("Strategy =", a);
        else Assert.Contains($"Strategy = global::RouterGen.RoutingStrategy.{strategy},", a);
    }

    [Theory]
    [InlineData("Hedge = true", "HedgeLimit = 0.05,", "RG0014")]
    [InlineData("Hedge = false, HedgeLimit = 0.5", null, "RG0014")]
    [InlineData("HedgeLimit = 0.5, LatencyProbes = false, PromptCacheAffinity = false, BudgetPeriod = BudgetPeriod.Hour", null, "RG0014", "RG0014")]
    public void What_is_off_is_not_emitted(string settings, string? expected, params string[] problems)
    {
        string a = Verifier.VerifyDespite(problems, ProblemFinder.Class($"""[ModelGroup("a", {settings}), Deployment("openai/gpt-4o")]""")).Files["Models.A.g.cs"];

        if (expected is not null) Assert.Contains(expected, a);
        else Assert.DoesNotMatch("HedgeLimit|LatencyProbes|PromptCacheAffinity|BudgetPeriod", a);
    }

    [Theory]
    [InlineData("@class.@event.P<int>", "new global::@class.@event.P<int>();")]
    [InlineData("Models.Own", "new global::Models.Own();")]
    public void A_policy_is_named_wherever_it_is(string type, string expected)
    {
        const string Types = """
            namespace @class { class @event { public class P<T> : RouterGen.SelectionPolicy { public override int Pick(in RouterGen.SelectionContext context) => 0; } } }
            partial class Models { private class Own : RouterGen.SelectionPolicy { public override int Pick(in RouterGen.SelectionContext context) => 0; } }
            """;

        Assert.Contains(expected, Verifier.Verify(ProblemFinder.Class($"""[ModelGroup("a", Policy = typeof({type})), Deployment("openai/gpt-4o")]"""), Types).Files["Models.A.g.cs"]);
    }

    [Theory]
    [InlineData("@class.@event.Q", "new global::@class.@event.Q();")]
    [InlineData("class.event.Q", null)]
    public void A_file_names_a_nested_policy_with_dots(string type, string? expected)
    {
        const string Types = "namespace @class { class @event { public class Q : RouterGen.SelectionPolicy { public override int Pick(in RouterGen.SelectionContext context) => 0; } } }";

        string a = Run(Types, $$"""{ "groups": { "a": { "policy": "{{type.Replace("@", "")}}", "deployments": ["openai/gpt-4o"] } } }""").Files["Models.A.g.cs"];

        Assert.Contains(expected ?? "CreatePolicy", a);
    }

    [Theory]
    [InlineData("typeof(Shop.ByTier)", "class ByTier", "abstract class ByTier")]
    [InlineData("typeof(Shop.ByTier)", "ByTier : RouterGen.SelectionPolicy", "ByTier : System.Exception")]
    public void A_policy_that_cannot_be_made_is_left_out_and_comes_back(string policy, string sound, string unsound)
    {
        string declared = ProblemFinder.Class($"""[ModelGroup("a", Policy = {policy}), Deployment("openai/gpt-4o")]""");
        var verifier = new Verifier { Sources = [declared, Policy.Replace(sound, unsound).Replace("override", "virtual")] };
        GeneratorRun run = verifier.Run(out GeneratorDriver driver);
        Assert.DoesNotContain("CreatePolicy", run.Files["Models.A.g.cs"]);

        driver = driver.RunGenerators(new Verifier { Sources = [declared, Policy] }.Compile());

        Assert.Contains("CreatePolicy", Text(driver, "Models.A.g.cs"));
    }

    [Fact]
    public void A_policy_of_a_file_appears_with_its_class()
    {
        var verifier = new Verifier { Sources = [""], Files = [new UserFile(Json)] };
        Assert.DoesNotContain("CreatePolicy", verifier.Run(out GeneratorDriver driver).Files["Models.A.g.cs"]);

        driver = driver.RunGenerators(new Verifier { Sources = [Policy] }.Compile());

        Assert.Contains("CreatePolicy", Text(driver, "Models.A.g.cs"));
        Assert.Equal("a", Assert.Single(Incrementality.Changed<GroupFile>(driver.GetRunResult().Results.Single(), TrackingNames.GroupFiles)).Group.Name);
    }

    [Fact]
    public void An_edit_within_a_policy_writes_nothing_again()
    {
        string declared = ProblemFinder.Class("""[ModelGroup("a", Policy = typeof(Shop.ByTier)), Deployment("openai/gpt-4o")]""");
        new Verifier { Sources = [declared, Policy] }.Run(out GeneratorDriver driver);

        CSharpCompilation edited = new Verifier { Sources = [declared, Policy.Replace("=> 0", "=> 1 - 1")] }.Compile();

        Incrementality.AssertNothingWasWrittenAgain(driver.RunGenerators(edited).GetRunResult().Results.Single());
    }

    private static string Text(GeneratorDriver driver, string hintName) =>
        driver.GetRunResult().Results.Single().GeneratedSources.Single(source => source.HintName == hintName).SourceText.ToString();

    private static GeneratorRun Run(string source, string json, params string[] problems) =>
        new Verifier { Sources = [source], Files = [new UserFile(json)], Problems = problems }.Verify();
}
