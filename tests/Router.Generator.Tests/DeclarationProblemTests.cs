using static RouterGen.Generator.Tests.ProblemFinder;

namespace RouterGen.Generator.Tests;

/// <summary>RG00xx: what is wrong with groups. Each fires where it should, points at the least, and is silent otherwise.</summary>
public class DeclarationProblemTests
{
    private const string Served = """[ModelGroup("a"), Deployment("openai/gpt-4o")]""";

    [Theory]
    [InlineData("static partial class Models { }")]
    [InlineData("partial class Models { }")]
    [InlineData("partial record Models { }")]
    [InlineData("internal sealed partial class Models { }")]
    public void A_sound_class_has_no_problem(string declaration) => Assert.Empty(Find($"using RouterGen; {Served} {declaration}"));

    [Fact]
    public void RG0001_a_class_must_be_partial()
    {
        FoundProblem problem = Single($$"""using RouterGen; {{Served}} static class Models { }""");

        Assert.Equal(("RG0001", "Models", "partial"), (problem.Id, problem.Text, problem.Fix));
        Assert.Equal("Class 'Models' declares model groups and must be partial", problem.Message);
    }

    [Theory]
    [InlineData("class Outer { [G] static partial class Models { } }", "not be nested in another type")]
    [InlineData("[G] partial class Models<T> { }", "not be generic")]
    [InlineData("[G] file partial class Models { }", "not be local to its file")]
    [InlineData("class Outer { [G] class Models<T> { } }", "be partial and not be nested in another type and not be generic")]
    public void RG0001_a_class_must_be_extensible(string source, string demand)
    {
        FoundProblem problem = Single("using RouterGen; " + source.Replace("[G]", Served));

        Assert.Equal(("RG0001", "Models", null), (problem.Id, problem.Text, problem.Fix));
        Assert.EndsWith("must " + demand, problem.Message);
    }

    [Fact]
    public void RG0002_a_group_needs_a_deployment()
    {
        FoundProblem problem = Single(Class("""[ModelGroup("a")]"""));

        Assert.Equal(("RG0002", "\"a\""), (problem.Id, problem.Text));
        Assert.Equal("Model group 'a' has no deployments: add [Deployment(\"provider/model\")] to the same declaration, or name the group with Group = \"a\"", problem.Message);
    }

    [Fact]
    public void RG0002_is_silent_where_the_deployment_is_wrong() =>
        Assert.Equal("RG0101", Single(Class("""[ModelGroup("a"), Deployment("nobody/knows")]""")).Id);

    [Theory]
    [InlineData("fast-one", "fast_one", "FastOne")]
    [InlineData("x", "x-group", "XGroup")]
    [InlineData("x-group", "x", "XGroup")]
    public void RG0003_two_groups_generate_the_same_member(string first, string second, string member)
    {
        FoundProblem problem = Single(
            Class($"""[ModelGroup("{first}"), Deployment("openai/gpt-4o")]"""),
            Class($"""[ModelGroup("{second}"), Deployment("openai/gpt-4o")]"""));

        Assert.Equal(("RG0003", $"\"{second}\""), (problem.Id, problem.Text));
        Assert.Equal($"Model groups '{first}' and '{second}' both generate the member '{member}': give one of them another name", problem.Message);
    }

    [Fact]
    public void RG0004_a_group_is_declared_once()
    {
        FoundProblem problem = Single(Class(Served), Class("""[ModelGroup("a"), Deployment("anthropic/claude-haiku-4-5")]"""));

        Assert.Equal(("RG0004", "\"a\""), (problem.Id, problem.Text));
        Assert.Equal("Model group 'a' is declared more than once in 'Models': remove one declaration or rename it", problem.Message);
    }

    [Fact]
    public void RG0005_several_groups_could_be_meant()
    {
        FoundProblem problem = Single(Class("""[ModelGroup("a"), ModelGroup("b"), Deployment("openai/gpt-4o")]"""));

        Assert.Equal(("RG0005", "\"openai/gpt-4o\"", "a\nb"), (problem.Id, problem.Text, problem.Fix));
        Assert.Equal("Deployment 'openai/gpt-4o' belongs to no model group: this declaration has 2 groups; say which with Group = \"a\"", problem.Message);
    }

    [Fact]
    public void RG0005_no_group_is_on_the_declaration()
    {
        FoundProblem problem = Single(Class(Served), Class("""[Deployment("openai/o3")]"""));

        Assert.Equal(("RG0005", "\"openai/o3\"", "a"), (problem.Id, problem.Text, problem.Fix));
        Assert.EndsWith("this declaration has no [ModelGroup]; add one, or name a group of another with Group = \"a\"", problem.Message);
    }

    [Fact]
    public void RG0005_no_group_is_in_the_class() =>
        Assert.EndsWith("add [ModelGroup(\"name\")] to this declaration", Single(Class("""[Deployment("openai/o3")]""")).Message);

    [Fact]
    public void RG0005_the_group_does_not_exist()
    {
        FoundProblem problem = Single(Class("""[ModelGroup("claude-fast"), Deployment("openai/o3", Group = "claude-fats"), Deployment("openai/o3")]"""));

        Assert.Equal(("RG0005", "\"claude-fats\"", "claude-fast"), (problem.Id, problem.Text, problem.Fix));
        Assert.EndsWith("'Models' has no group 'claude-fats'; did you mean 'claude-fast'?", problem.Message);
    }

    [Fact]
    public void RG0005_the_group_does_not_exist_and_none_is_near() => Assert.EndsWith(
        "'Models' has no group 'smart'; declare it with [ModelGroup(\"smart\")], or name one of 'a', 'b'",
        Single(Class(Served), Class("""[ModelGroup("b"), Deployment("openai/o3"), Deployment("openai/o3", Group = "smart")]""")).Message);

    [Theory]
    [InlineData("[\"b\", \"bakcup\"]")]
    [InlineData("new[] { \"b\", \"bakcup\" }")]
    [InlineData("new string[] { \"b\", \"bakcup\" }")]
    public void RG0006_a_fallback_group_does_not_exist(string fallbacks)
    {
        FoundProblem problem = Single(Class($"""
            [ModelGroup("a", Fallbacks = {fallbacks}), Deployment("openai/gpt-4o", Group = "a")]
            [ModelGroup("b"), Deployment("openai/gpt-4o", Group = "b")]
            [ModelGroup("backup"), Deployment("openai/gpt-4o", Group = "backup")]
            """));

        Assert.Equal(("RG0006", "\"bakcup\"", "backup"), (problem.Id, problem.Text, problem.Fix));
        Assert.Equal("Model group 'a' falls back to 'bakcup', which is no model group of 'Models'; did you mean 'backup'?", problem.Message);
    }

    [Theory]
    [InlineData("Fallbacks")]
    [InlineData("ContextWindowFallbacks")]
    [InlineData("ContentPolicyFallbacks")]
    public void RG0007_a_group_names_itself(string occasion)
    {
        FoundProblem problem = Single(Class($"""
            [ModelGroup("a", {occasion} = ["b", "a"]), Deployment("openai/gpt-4o", Group = "a")]
            [ModelGroup("b"), Deployment("openai/gpt-4.1", Group = "b")]
            """));

        Assert.Equal(("RG0007", "\"a\""), (problem.Id, problem.Text));
        Assert.Equal("Model group 'a' falls back to itself, but a call visits each group once: remove it from its fallbacks, or name another group", problem.Message);
    }

    [Theory]
    [InlineData("b", "a", "a")]
    [InlineData("b", "c", "a")]
    [InlineData("b\", \"c", "a\", \"c", "a\", \"b")]
    public void RG0007_is_silent_where_groups_lead_back_to_each_other(string ofA, string ofB, string ofC) => Assert.Empty(Find(Class($"""
        [ModelGroup("a", Fallbacks = ["{ofA}"], ContentPolicyFallbacks = ["{ofA}"]), Deployment("openai/gpt-4o", Group = "a")]
        [ModelGroup("b", Fallbacks = ["{ofB}"], ContentPolicyFallbacks = ["{ofB}"]), Deployment("openai/gpt-4o", Group = "b")]
        [ModelGroup("c", Fallbacks = ["{ofC}"], ContentPolicyFallbacks = ["{ofC}"]), Deployment("openai/gpt-4o", Group = "c")]
        """)));
}
