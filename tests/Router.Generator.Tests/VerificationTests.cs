using RouterGen.Analyzers.Usage;
using RouterGen.CodeFixes;
using Xunit.Sdk;

namespace RouterGen.Generator.Tests;

/// <summary>The verifiers fail where they should.</summary>
public class VerificationTests
{
    private const string Misspelt = """[ModelGroup("a"), Deployment("antropic/claude-haiku-4-5")]""";
    private const string NotPartial = """using RouterGen; [ModelGroup("a"), Deployment("openai/gpt-4o")] class {|RG0001:Models|};""";

    [Fact]
    public void A_test_fails_that_does_not_assert_a_problem()
    {
        FoundProblem problem = ProblemFinder.Single(ProblemFinder.Class(Misspelt));
        string test = TestContext.Current.Test!.UniqueID;

        string message = Assert.Throws<FailException>(() => AssertsAllProblemsAttribute.AssertAll(test)).Message;

        Assert.Contains("""Assert.Equal(("RG0101", "\"antropic/claude-haiku-4-5\""), (problem.Id, problem.Text));""", message);
        UnassertedProblems.Add([problem]);
        Assert.Equal("RG0101", problem.Id);
        AssertsAllProblemsAttribute.AssertAll(test);
    }

    [Fact]
    public void A_run_fails_that_does_not_state_a_problem()
    {
        Assert.Contains("Problems = [\"RG0101\"]", Assert.Throws<TrueException>(() => Verifier.Verify(ProblemFinder.Class(Misspelt))).Message);
        Assert.Throws<TrueException>(() => Verifier.VerifyDespite(["RG0101"], ProblemFinder.Class("""[ModelGroup("a"), Deployment("openai/gpt-4o")]""")));
    }

    [Theory]
    [InlineData("\"antropic/claude-haiku-4-5\"")]
    [InlineData("{|RG0102:\"antropic/claude-haiku-4-5\"|}")]
    [InlineData("\"{|RG0101:antropic/claude-haiku-4-5|}\"")]
    [InlineData("\"{|RG0101:openai/gpt-4o|}\"")]
    public Task An_analyzer_fails_that_does_not_report_exactly_what_is_marked(string model) => FailsAsync(() =>
        AnalyzerVerifier.VerifyAnalyzerAsync(ProblemFinder.Class($"""[ModelGroup("a"), Deployment({model})]""")));

    [Fact]
    public Task An_analyzer_fails_with_another_message() => FailsAsync(() =>
        AnalyzerVerifier.VerifyAnalyzerAsync(NotPartial, "Class 'Models' must be partial"));

    [Fact]
    public Task An_analyzer_fails_with_an_unmarked_problem_in_json() => FailsAsync(() =>
        AnalyzerVerifier.VerifyJsonAsync("""{ "groups": { "a": { "deployments": ["antropic/claude-haiku-4-5"] } } }"""));

    [Fact]
    public Task An_analyzer_of_usage_fails_without_its_mark() => FailsAsync(() =>
        Usage.UsageVerifier<BlockingCallAnalyzer>.VerifyMembersAsync("""object Ask() => Models.Fast.CompleteAsync("Hello").Result;"""));

    [Fact]
    public Task Code_that_does_not_compile_fails() => FailsAsync(() =>
        Usage.UsageVerifier<BlockingCallAnalyzer>.VerifyMembersAsync("object Ask() => Missing;"));

    [Theory]
    [InlineData("class Models;", false)]
    [InlineData("class Models;", true)]
    [InlineData("partial class {|RG0001:Models|};", false)]
    public Task A_fix_fails_that_makes_something_else(string expected, bool isAll) => FailsAsync(() => isAll
        ? CodeFixVerifier<AddPartialFix>.VerifyFixAllAsync(NotPartial, Fixed(expected), "Make 'Models' partial")
        : CodeFixVerifier<AddPartialFix>.VerifyCodeFixAsync(NotPartial, Fixed(expected), "Make 'Models' partial"));

    [Fact]
    public Task A_fix_fails_that_is_not_offered() => Assert.ThrowsAsync<SingleException>(() =>
        CodeFixVerifier<AddPartialFix>.VerifyCodeFixAsync(NotPartial, Fixed("partial class Models;"), "Make 'Others' partial"));

    private static string Fixed(string declaration) => $"""using RouterGen; [ModelGroup("a"), Deployment("openai/gpt-4o")] {declaration}""";

    private static Task FailsAsync(Func<Task> verify) => Assert.ThrowsAsync<InvalidOperationException>(verify);
}
