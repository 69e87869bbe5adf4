namespace RouterGen.Generator.Tests;

/// <summary>Source while it is being typed: the generator takes what is there, and never throws.</summary>
public class BrokenSourceTests
{
    [Fact]
    public void Cut_at_each_character_it_does_not_throw() => Assert.All(BrokenSources.Cut(), AssertSurvives);

    [Fact]
    public void Without_any_one_token_it_does_not_throw() => Assert.All(BrokenSources.WithoutOneToken(), AssertSurvives);

    [Fact]
    public void With_wrong_arguments_it_does_not_throw() => Assert.All(BrokenSources.WithWrongArguments(), AssertSurvives);

    [Fact]
    public void A_half_typed_group_leaves_the_others_as_they_were()
    {
        string good = ProblemFinder.Class("""[ModelGroup("good"), Deployment("openai/gpt-4o")]""");
        string expected = Verifier.Verify(good).Files["Models.Good.g.cs"];
        const string Typing = """using RouterGen; [ModelGroup("next", Fallbacks = ["good"]), Deployment("anthropic/claude-haiku-4-5", Rpm = 10)] static partial class Models;""";

        for (int length = 0; length < Typing.Length; length++)
        {
            Assert.Equal(expected, Verifier.RunOnBroken(good, Typing[..length]).Files["Models.Good.g.cs"]);
        }
    }

    private static void AssertSurvives(string source)
    {
        Verifier.RunOnBroken(source);
        ProblemFinder.RunOnBroken(source); // And the analyzer's half of the parser with it.
    }
}
