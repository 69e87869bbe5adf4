using static RouterGen.Generator.Tests.AnalyzerVerifier;

namespace RouterGen.Generator.Tests.Analyzers;

/// <summary>RG00xx, where the user sees them.</summary>
public class DeclarationAnalyzerTests
{
    [Fact]
    public Task A_sound_class_is_left_alone() => VerifyAnalyzerAsync("""
        using RouterGen;
        [ModelGroup("claude-fast", Fallbacks = ["backup"])]
        [Deployment("anthropic/claude-haiku-4-5", Rpm = 1000, Group = "claude-fast")]
        [Deployment("openai/gpt-4o-mini", Weight = 0.5, Group = "claude-fast")]
        [ModelGroup("backup")]
        [Deployment("openai/gpt-4o", Group = "backup")]
        public static partial class Models { }
        """);

    [Fact]
    public Task RG0003_has_the_same_member_beside_the_generated_code() => VerifyAnalyzerAsync(
        """
        using RouterGen;
        [ModelGroup("fast-one"), Deployment("openai/gpt-4o")]
        static partial class Models { }
        [ModelGroup({|RG0003:"fast_one"|}), Deployment("openai/gpt-4o")]
        static partial class Models { }
        """,
        "Model groups 'fast-one' and 'fast_one' both generate the member 'FastOne': give one of them another name");
}
