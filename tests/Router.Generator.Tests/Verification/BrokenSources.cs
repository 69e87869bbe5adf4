using System.Text.RegularExpressions;

namespace RouterGen.Generator.Tests;

/// <summary>Source while it is being typed.</summary>
internal static class BrokenSources
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

    private static readonly string[] WrongArguments =
    [
        "ModelGroup",
        "ModelGroup()",
        "ModelGroup(null)",
        "ModelGroup(1)",
        "ModelGroup(\"a\", \"b\")",
        "ModelGroup(nameof(Nothing))",
        "ModelGroup(name: \"a\"), Deployment(model: \"openai/gpt-4o\")",
        "ModelGroup(\"a\", Fallbacks = null)",
        "ModelGroup(\"a\", Fallbacks = [null, 1, \"a\", Missing])",
        "ModelGroup(\"a\", Fallbacks = \"a\")",
        "ModelGroup(\"a\", TimeoutSeconds = \"x\", MaxAttempts = 1.5, Missing = 3)",
        "ModelGroup(\"a\", MaxAttempts = 1, MaxAttempts = 2)",
        "ModelGroup(\"a\", Policy = typeof(), Strategy = \"x\", Hedge = 1, BudgetPeriod = null), Deployment(\"openai/gpt-4o\", Tags = [null, 1, Missing])",
        "ModelGroup(\"a\", Policy = typeof(Missing<int>[]), Strategy = Missing, Budget = double.NaN), Deployment(\"openai/gpt-4o\", Tags = null, MirrorShare = \"x\")",
        "ModelGroup(\"a\", Policy = typeof(System.Collections.Generic.Dictionary<,>), Strategy = (RoutingStrategy)(-1)), Deployment(\"openai/gpt-4o\")",
        "ModelGroup(\"a\", Policy = typeof(void)), ModelGroup(\"b\", Policy = typeof(int*)), ModelGroup(\"c\", Policy = typeof(Models)), Deployment(\"openai/gpt-4o\", Group = \"c\")",
        "ModelGroup(\"a\"), Deployment(null)",
        "ModelGroup(\"a\"), Deployment(\"\")",
        "ModelGroup(\"a\"), Deployment(typeof(int))",
        "ModelGroup(\"a\"), Deployment(\"openai/gpt-4o\", Group = null, Name = null, ApiKeyEnv = \"\", Endpoint = \"\")",
        "ModelGroup(\"a\"), Deployment(\"openai/gpt-4o\", Rpm = int.MinValue, Weight = double.NaN, InputPrice = double.MaxValue)",
        "ModelGroup(\"a\"), Deployment(\"openai/gpt-4o\", Endpoint = \"https://[\")",
        "ModelGroup(\"a\"), Provider(null, (Dialect)99), Provider(\"p\", 0), Provider(\"p\", Missing), Deployment(\"p/m\")",
        "ModelGroup(\"a\"), ModelGroup(\"a\"), ModelGroup(\"A\"), Deployment(\"openai/gpt-4o\", Group = \"A\")",
    ];

    /// <summary>A whole file, cut at each character.</summary>
    public static IEnumerable<string> Cut() => Enumerable.Range(0, Whole.Length).Select(length => Whole[..length]);

    /// <summary>A whole file, each time without one of its tokens.</summary>
    public static IEnumerable<string> WithoutOneToken()
    {
        string[] tokens = Regex.Split(Whole, @"(\b|\s)");
        return tokens.Select((_, i) => string.Concat(tokens.Where((_, j) => j != i)));
    }

    /// <summary>Attributes with arguments that they do not take, in places where they do not belong.</summary>
    public static IEnumerable<string> WithWrongArguments() => WrongArguments.SelectMany(attributes => new[]
    {
        $"using RouterGen; [{attributes}] static partial class Models;",
        $"using RouterGen; [{attributes}] partial class Models {{ }} partial struct Models {{ }}",
        $"using RouterGen; [{attributes}] enum Models {{ }}",
        $"using RouterGen; class Models {{ [{attributes}] void M() {{ }} }}",
    });
}
