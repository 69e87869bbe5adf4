using static RouterGen.Generator.Tests.ProblemFinder;

namespace RouterGen.Generator.Tests;

/// <summary>What is wrong with how groups choose: RG0002 of shadows, RG0012, RG0014, RG0107, RG0108 and RG0116.</summary>
public class RoutingProblemTests
{
    private const string Body = "{ public override int Pick(in SelectionContext context) => 0; }";

    [Theory]
    [InlineData("int", "", "it must derive from SelectionPolicy")]
    [InlineData("int[]", "", "it must derive from SelectionPolicy")]
    [InlineData("P", "struct P { }", "it must derive from SelectionPolicy")]
    [InlineData("P", "class P { }", "it must derive from SelectionPolicy")]
    [InlineData("SelectionPolicy", "", "it must not be abstract")]
    [InlineData("P", "abstract class P : SelectionPolicy { }", "it must not be abstract")]
    [InlineData("P<>", "class P<T> : SelectionPolicy [B]", "its type arguments must be given")]
    [InlineData("P<>.Q", "class P<T> { public class Q : SelectionPolicy [B] }", "its type arguments must be given")]
    [InlineData("P", "file class P : SelectionPolicy [B]", "it must not be local to its file")]
    [InlineData("P", "class P : SelectionPolicy { public P(int a = 0) { } public override int Pick(in SelectionContext context) => 0; }", "it must have a constructor without parameters")]
    [InlineData("P", "class P : SelectionPolicy { private P() { } public override int Pick(in SelectionContext context) => 0; }", "its constructor without parameters must be accessible to the class with the group")]
    [InlineData("P", "class P : SelectionPolicy { protected P() { } public override int Pick(in SelectionContext context) => 0; }", "its constructor without parameters must be accessible to the class with the group")]
    [InlineData("P", "class P : SelectionPolicy { public required int Tiers { get; init; } public override int Pick(in SelectionContext context) => 0; }", "it must not have required members")]
    public void RG0012_a_policy_cannot_be_made(string type, string source, string reason)
    {
        FoundProblem problem = Single(Class($"""[ModelGroup("a", Policy = typeof({type})), Deployment("openai/gpt-4o")]""") + source.Replace("[B]", Body));

        Assert.Equal(("RG0012", $"typeof({type})"), (problem.Id, problem.Text));
        Assert.StartsWith("Model group 'a' cannot choose by '", problem.Message);
        Assert.EndsWith("': " + reason, problem.Message);
    }

    [Theory]
    [InlineData("P", "class P : SelectionPolicy [B]")]
    [InlineData("P", "class P : Base; abstract class Base : SelectionPolicy [B]")]
    [InlineData("P<O>", "class P<T> : SelectionPolicy [B] class O;")]
    [InlineData("O.P", "class O { internal class P : SelectionPolicy [B] }")]
    [InlineData("Models.P", "partial class Models { private class P : SelectionPolicy [B] }")]
    [InlineData("P", "class P : SelectionPolicy { [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public P() { } public required int Tiers { get; init; } public override int Pick(in SelectionContext context) => 0; }")]
    public void RG0012_is_silent_for_a_policy_that_can_be_made(string type, string source) =>
        Assert.Empty(Find(Class($"""[ModelGroup("a", Policy = typeof({type})), Deployment("openai/gpt-4o")]""") + source.Replace("[B]", Body)));

    [Theory]
    [InlineData("typeof(Missing)")]
    [InlineData("typeof(System.Collections.Generic.List<Missing>)")]
    [InlineData("typeof(Other.Hidden)")]
    [InlineData("null")]
    public void RG0012_leaves_to_the_compiler_what_is_its(string policy) =>
        Assert.Empty(Find(Class($"""[ModelGroup("a", Policy = {policy}), Deployment("openai/gpt-4o")]""") + " class Other { private class Hidden { } }"));

    [Theory]
    [InlineData("HedgeLimit = 0.1", "0.1", "'HedgeLimit' of model group 'a' has no effect: calls are hedged only where Hedge is true")]
    [InlineData("Hedge = false, HedgeLimit = 0.1", "0.1", "'HedgeLimit' of model group 'a' has no effect: calls are hedged only where Hedge is true")]
    [InlineData("LatencyTtlSeconds = 5", "5", "'LatencyTtlSeconds' of model group 'a' has no effect: it is for the strategy LowestLatency")]
    [InlineData("LatencyTolerance = 0.1, Strategy = RoutingStrategy.LowestCost", "0.1", "'LatencyTolerance' of model group 'a' has no effect: it is for the strategy LowestLatency")]
    [InlineData("LatencyProbes = true, Policy = typeof(P)", "true", "'LatencyProbes' of model group 'a' has no effect: it is for the strategy LowestLatency")]
    [InlineData("Strategy = RoutingStrategy.LowestCost, Policy = typeof(P)", "RoutingStrategy.LowestCost", "'Strategy' of model group 'a' has no effect: the policy chooses instead")]
    [InlineData("BudgetPeriod = BudgetPeriod.Hour", "BudgetPeriod.Hour", "'BudgetPeriod' of model group 'a' has no effect: there is no Budget")]
    [InlineData("TimeoutSeconds = 10, MaxWaitSeconds = 11", "11", "'MaxWaitSeconds' of model group 'a' has no effect: the deadline of a call, 10 s, comes first")]
    public void RG0014_a_setting_has_no_effect(string settings, string place, string message)
    {
        FoundProblem problem = Single(Class($"""[ModelGroup("a", {settings}), Deployment("openai/gpt-4o"), Deployment("anthropic/claude-haiku-4-5")]""") + "class P : SelectionPolicy " + Body);

        Assert.Equal(("RG0014", place, message), (problem.Id, problem.Text, problem.Message));
    }

    [Theory]
    [InlineData("Hedge = true, HedgeLimit = 0.1", "", "'Hedge' of model group 'a' has no effect: there is no second deployment that could answer")]
    [InlineData("PromptCacheAffinity = true", ", Deployment(\"anthropic/claude-haiku-4-5\", MirrorShare = 0.1)", "'PromptCacheAffinity' of model group 'a' has no effect: there is no second deployment that could answer")]
    [InlineData("Strategy = RoutingStrategy.LowestLatency, LatencyProbes = true", "", "'LatencyProbes' of model group 'a' has no effect: there is no second deployment that could answer")]
    [InlineData("MaxAttempts = 2", ", Deployment(\"anthropic/claude-haiku-4-5\", BudgetPeriod = BudgetPeriod.Hour)", "'BudgetPeriod' of deployment 'anthropic/claude-haiku-4-5' has no effect: there is no Budget")]
    [InlineData("MaxAttempts = 2", ", Deployment(\"anthropic/claude-haiku-4-5\", LimitGroup = \"x\")", "'LimitGroup' of deployment 'anthropic/claude-haiku-4-5' has no effect: no other deployment names this limit group")]
    public void RG0014_a_setting_has_no_effect_on_these_deployments(string settings, string more, string message)
    {
        FoundProblem problem = Single(Class($"""[ModelGroup("a", {settings}), Deployment("openai/gpt-4o"){more}]"""));

        Assert.Equal(("RG0014", message), (problem.Id, problem.Message));
    }

    [Theory]
    [InlineData("Strategy = RoutingStrategy.LowestLatency, LatencyTtlSeconds = 5, LatencyTolerance = 0.1, LatencyProbes = true")]
    [InlineData("Hedge = true, HedgeLimit = 0.1, PromptCacheAffinity = true, Budget = 1, BudgetPeriod = BudgetPeriod.Hour")]
    [InlineData("TimeoutSeconds = 10, MaxWaitSeconds = 10")]
    [InlineData("Hedge = false, PromptCacheAffinity = false, LatencyProbes = false")]
    [InlineData("Strategy = RoutingStrategy.Default, Policy = typeof(P), Hedge = true, PromptCacheAffinity = true")]
    public void RG0014_is_silent_of_what_has_an_effect_or_is_as_if_not_stated(string settings) => Assert.Empty(Find(
        Class($"""[ModelGroup("a", {settings}), Deployment("openai/gpt-4o"), Deployment("anthropic/claude-haiku-4-5")]""") + "class P : SelectionPolicy " + Body));

    [Theory]
    [InlineData("HedgeLimit = 0.1", "Deployment(\"opnai/gpt-4o\")", "RG0101")]
    [InlineData("LatencyTtlSeconds = 5, LatencyTolerance = -1", "Deployment(\"openai/gpt-4o\")", "RG0108")]
    public void RG0014_leaves_a_group_alone_with_which_something_is_wrong(string settings, string deployment, string id) =>
        Assert.Equal(id, Single(Class($"""[ModelGroup("a", {settings}), {deployment}, Deployment("anthropic/claude-haiku-4-5")]""")).Id);

    [Theory]
    [InlineData("LeastBusy")]
    [InlineData("LowestLatency")]
    [InlineData("LowestUsage")]
    [InlineData("LowestCost")]
    public void RG0107_the_strategy_ignores_weights(string strategy)
    {
        FoundProblem problem = Single(Class($"""[ModelGroup("a", Strategy = RoutingStrategy.{strategy}), Deployment("openai/gpt-4o", Weight = 7), Deployment("anthropic/claude-haiku-4-5", Weight = 2)]"""));

        Assert.Equal(("RG0107", $"RoutingStrategy.{strategy}", strategy), (problem.Id, problem.Text, problem.Fix));
    }

    [Theory]
    [InlineData("Strategy = RoutingStrategy.Default", "Weight = 1")]
    [InlineData("Strategy = RoutingStrategy.Weighted", "Weight = 1")]
    [InlineData("Strategy = RoutingStrategy.Adaptive", "Weight = 1")]
    [InlineData("Strategy = RoutingStrategy.LeastBusy", "Rpm = 1")]
    [InlineData("Strategy = RoutingStrategy.LeastBusy", "Weight = 1, MirrorShare = 1")]
    [InlineData("Strategy = RoutingStrategy.LeastBusy, Policy = typeof(P)", "Weight = 1")]
    public void RG0107_is_silent_where_weights_count_or_there_are_none(string group, string deployment) => Assert.DoesNotContain(
        Find(Class($"""[ModelGroup("a", {group}), Deployment("openai/gpt-4o", {deployment}), Deployment("anthropic/claude-haiku-4-5")]""") + "class P : SelectionPolicy " + Body),
        static problem => problem.Id is not "RG0014");

    [Fact]
    public void RG0106_leaves_shadows_out() => Assert.Empty(Find(Class(
        """[ModelGroup("a"), Deployment("openai/gpt-4o", Weight = 70), Deployment("anthropic/claude-haiku-4-5", Weight = 30), Deployment("openai/gpt-4o-mini", Weight = 5, MirrorShare = 0.1)]""")));

    [Theory]
    [InlineData("Strategy", "(RoutingStrategy)99", "Strategy must be a value of RoutingStrategy, but is 99")]
    [InlineData("BudgetPeriod", "(BudgetPeriod)(-1)", "BudgetPeriod must be a value of BudgetPeriod, but is -1")]
    [InlineData("LatencyTtlSeconds", "0", "LatencyTtlSeconds must be greater than 0 and at most 2147483, but is 0")]
    [InlineData("LatencyTolerance", "-0.1", "LatencyTolerance must be 0 or greater, but is -0.1")]
    [InlineData("LatencyTolerance", "double.PositiveInfinity", "LatencyTolerance must be 0 or greater, but is Infinity")]
    [InlineData("Budget", "0", "Budget must be greater than 0 and at most 1000000000, in USD, but is 0")]
    [InlineData("Budget", "1e-300", "Budget must be greater than 0 and at most 1000000000, in USD, but is 1E-300")]
    [InlineData("Budget", "double.NaN", "Budget must be greater than 0 and at most 1000000000, in USD, but is NaN")]
    [InlineData("HedgeLimit", "0", "HedgeLimit must be greater than 0 and at most 1, but is 0")]
    [InlineData("HedgeLimit", "1.01", "HedgeLimit must be greater than 0 and at most 1, but is 1.01")]
    [InlineData("MaxWaitSeconds", "-1", "MaxWaitSeconds must be 0 or greater and at most 2147483, but is -1")]
    [InlineData("MaxWaitSeconds", "double.NaN", "MaxWaitSeconds must be 0 or greater and at most 2147483, but is NaN")]
    [InlineData("MaxQueueLength", "0", "MaxQueueLength must be greater than 0, but is 0")]
    public void RG0108_a_setting_of_a_group_is_within_bounds(string property, string value, string message)
    {
        FoundProblem problem = Single(Class($"""[ModelGroup("a", {property} = {value}), Deployment("openai/gpt-4o")]"""));

        Assert.Equal(("RG0108", value, message), (problem.Id, problem.Text, problem.Message));
    }

    [Theory]
    [InlineData("Budget", "-1")]
    [InlineData("BudgetPeriod", "(BudgetPeriod)4")]
    [InlineData("MirrorShare", "0")]
    [InlineData("MirrorShare", "1.5")]
    [InlineData("InputPrice", "1000001")]
    public void RG0108_a_setting_of_a_deployment_is_within_bounds(string property, string value)
    {
        FoundProblem problem = Single(Class($"""[ModelGroup("a"), Deployment("openai/o3"), Deployment("openai/gpt-4o", {property} = {value})]"""));

        Assert.Equal(("RG0108", value), (problem.Id, problem.Text));
    }

    [Fact]
    public void RG0108_is_silent_at_the_bounds() => Assert.Empty(Find(Class("""
        [ModelGroup("a", Strategy = RoutingStrategy.LowestLatency, LatencyTtlSeconds = 0.5, LatencyTolerance = 0, Budget = 0.01, BudgetPeriod = BudgetPeriod.Minute, Hedge = true, HedgeLimit = 1, MaxQueueLength = 1, MaxWaitSeconds = 0)]
        [Deployment("openai/gpt-4o", Budget = 1000000000, Region = "eu", Tags = ["paid", null, ""])]
        [Deployment("anthropic/claude-haiku-4-5", InputPrice = 1000000, OutputPrice = 0)]
        [Deployment("openai/o3", MirrorShare = 1)]
        """)));

    [Theory]
    [InlineData("Strategy = RoutingStrategy.LowestCost", "", "the strategy LowestCost of model group 'a'")]
    [InlineData("Budget = 5", "", "the budget of model group 'a'")]
    [InlineData("Budget = 5", ", MirrorShare = 0.5", "the budget of model group 'a'")]
    [InlineData("MaxAttempts = 2", ", Budget = 5", "its budget")]
    public void RG0116_a_price_is_needed(string group, string deployment, string user)
    {
        FoundProblem problem = Single(Class($"""[ModelGroup("a", {group}), Deployment("openai/o3"), Deployment("huggingface/org/m"{deployment})]"""));

        Assert.Equal(("RG0116", "\"huggingface/org/m\""), (problem.Id, problem.Text));
        Assert.Equal($"No price is known of deployment 'huggingface/org/m', but {user} needs one: state InputPrice and OutputPrice", problem.Message);
    }

    [Fact]
    public void RG0116_a_price_is_needed_on_this_machine_too() => Assert.Equal("RG0116", Single(Class(
        """[Provider("lan", Dialect.OpenAIChat, Endpoint = "http://localhost:1"), ModelGroup("a", Budget = 1), Deployment("openai/o3"), Deployment("lan/m")]""")).Id);

    [Theory]
    [InlineData("Strategy = RoutingStrategy.LowestCost", "Deployment(\"huggingface/org/m\", InputPrice = 0, OutputPrice = 0)")]
    [InlineData("Strategy = RoutingStrategy.LowestCost", "Deployment(\"ollama/my-own\", InputPrice = 0, OutputPrice = 0, MirrorShare = 0.5)")]
    [InlineData("Budget = 1", "Deployment(\"anthropic/claude-haiku-4-5\", Budget = 1)")]
    public void RG0116_is_silent_where_prices_are_known(string group, string deployment) =>
        Assert.Empty(Find(Class($"""[ModelGroup("a", {group}), Deployment("openai/o3"), {deployment}]""")));

    [Theory]
    [InlineData("Strategy = RoutingStrategy.LowestCost", ", MirrorShare = 0.5")]
    [InlineData("Strategy = RoutingStrategy.LowestCost, Policy = typeof(P)", "")]
    [InlineData("Strategy = RoutingStrategy.LeastBusy", "")]
    public void RG0116_is_silent_where_nothing_needs_the_price(string group, string deployment) => Assert.Single(
        Find(Class($"""[ModelGroup("a", {group}), Deployment("openai/o3"), Deployment("huggingface/org/m"{deployment})]""") + "class P : SelectionPolicy " + Body),
        static problem => problem.Id is "RG0115");

    [Fact]
    public void RG0002_shadows_alone_answer_nobody()
    {
        FoundProblem problem = Single(Class("""[ModelGroup("a"), Deployment("openai/gpt-4o", MirrorShare = 0.1)]"""));

        Assert.Equal(("RG0002", "\"a\""), (problem.Id, problem.Text));
        Assert.Equal("Model group 'a' has no deployments: all that it has are shadows (MirrorShare), which answer no caller", problem.Message);
    }

    [Fact]
    public void RG0111_a_key_is_among_tags()
    {
        FoundProblem problem = Single(Class("""[ModelGroup("a"), Deployment("openai/gpt-4o", Tags = ["eu", "sk-proj-0123456789abcdef"])]"""));

        Assert.Equal(("RG0111", "\"sk-proj-0123456789abcdef\""), (problem.Id, problem.Text));
    }
}
