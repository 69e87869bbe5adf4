namespace RouterGen.Generator.Tests;

/// <summary>Source while it is being typed: the generator takes what is there, and never throws.</summary>
public class BrokenSourceTests
{
    private const string Whole = """
        using RouterGen;
        [assembly: Provider("lan", Dialect.OpenAIChat, Endpoint = "http://localhost:8000/v1")]
        [Provider("proxy", Dialect.AnthropicMessages, Endpoint = "https://example.com", ApiKeyEnv = "PROXY_KEY")]
        [ModelGroup("claude-fast", Fallbacks = ["backup"], TimeoutSeconds = 30, MaxAttempts = 3)]
        [Deployment("anthropic/claude-haiku-4-5", Rpm = 1000, Weight = 0.5, Group = "claude-fast")]
        [Deployment("lan/llama", InputPrice = 0, OutputPrice = 0.1, Name = "here", Group = "backup")]
        [ModelGroup("backup")]
        public static partial class Models { public static int Count => 1; }
        """;

    [Fact]
    public void Cut_at_each_character_it_does_not_throw()
    {
        for (int length = 0; length < Whole.Length; length++) AssertSurvives(Whole[..length]);
    }

    [Fact]
    public void Without_any_one_token_it_does_not_throw()
    {
        string[] tokens = System.Text.RegularExpressions.Regex.Split(Whole, @"(\b|\s)");
        for (int i = 0; i < tokens.Length; i++) AssertSurvives(string.Concat(tokens.Where((_, j) => j != i)));
    }

    [Theory]
    [InlineData("ModelGroup")]
    [InlineData("ModelGroup()")]
    [InlineData("ModelGroup(null)")]
    [InlineData("ModelGroup(1)")]
    [InlineData("ModelGroup(\"a\", \"b\")")]
    [InlineData("ModelGroup(nameof(Nothing))")]
    [InlineData("ModelGroup(name: \"a\"), Deployment(model: \"openai/gpt-4o\")")]
    [InlineData("ModelGroup(\"a\", Fallbacks = null)")]
    [InlineData("ModelGroup(\"a\", Fallbacks = [null, 1, \"a\", Missing])")]
    [InlineData("ModelGroup(\"a\", Fallbacks = \"a\")")]
    [InlineData("ModelGroup(\"a\", TimeoutSeconds = \"x\", MaxAttempts = 1.5, Missing = 3)")]
    [InlineData("ModelGroup(\"a\", MaxAttempts = 1, MaxAttempts = 2)")]
    [InlineData("ModelGroup(\"a\"), Deployment(null)")]
    [InlineData("ModelGroup(\"a\"), Deployment(\"\")")]
    [InlineData("ModelGroup(\"a\"), Deployment(typeof(int))")]
    [InlineData("ModelGroup(\"a\"), Deployment(\"openai/gpt-4o\", Group = null, Name = null, ApiKeyEnv = \"\", Endpoint = \"\")")]
    [InlineData("ModelGroup(\"a\"), Deployment(\"openai/gpt-4o\", Rpm = int.MinValue, Weight = double.NaN, InputPrice = double.MaxValue)")]
    [InlineData("ModelGroup(\"a\"), Deployment(\"openai/gpt-4o\", Endpoint = \"https://[\")")]
    [InlineData("ModelGroup(\"a\"), Provider(null, (Dialect)99), Provider(\"p\", 0), Provider(\"p\", Missing), Deployment(\"p/m\")")]
    [InlineData("ModelGroup(\"a\"), ModelGroup(\"a\"), ModelGroup(\"A\"), Deployment(\"openai/gpt-4o\", Group = \"A\")")]
    public void With_wrong_arguments_it_does_not_throw(string attributes)
    {
        AssertSurvives($"using RouterGen; [{attributes}] static partial class Models;");
        AssertSurvives($"using RouterGen; [{attributes}] partial class Models {{ }} partial struct Models {{ }}");
        AssertSurvives($"using RouterGen; [{attributes}] enum Models {{ }}");
        AssertSurvives($"using RouterGen; class Models {{ [{attributes}] void M() {{ }} }}");
    }

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
        ProblemFinder.Find(source); // And the analyzer's half of the parser with it.
    }
}
