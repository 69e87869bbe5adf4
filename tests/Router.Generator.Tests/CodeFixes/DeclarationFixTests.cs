using RouterGen.CodeFixes;

namespace RouterGen.Generator.Tests.CodeFixes;

/// <summary>What is offered for RG00xx.</summary>
public class DeclarationFixTests
{
    private const string Served = """[ModelGroup("a"), Deployment("openai/gpt-4o")]""";

    [Theory]
    [InlineData("public static class {0};", "public static partial class {0};")]
    [InlineData("class {0};", "partial class {0};")]
    [InlineData("sealed record {0};", "sealed partial record {0};")]
    [InlineData("/* here */ record class {0};", "/* here */ partial record class {0};")]
    [InlineData("internal // why\n    class {0};", "internal // why\n    partial class {0};")]
    public Task RG0001_adds_partial(string declaration, string expected) => CodeFixVerifier<AddPartialFix>.VerifyCodeFixAsync(
        $"using RouterGen;\n{Served}\n" + string.Format(declaration, "{|RG0001:Models|}"),
        $"using RouterGen;\n{Served}\n" + string.Format(expected, "Models"),
        "Make 'Models' partial");

    [Fact]
    public async Task RG0001_offers_nothing_where_partial_is_not_enough() => Assert.Empty(await CodeFixVerifier<AddPartialFix>.TitlesAsync(
        $$"""using RouterGen; class Outer { {{Served}} class {|RG0001:Models|} { } }"""));

    [Fact]
    public Task RG0001_adds_partial_to_all() => CodeFixVerifier<AddPartialFix>.VerifyFixAllAsync(
        $$"""
        using RouterGen;
        {{Served}} class {|RG0001:One|} { }
        {{Served}} static class {|RG0001:Two|} { }
        {{Served}} public sealed class {|RG0001:Three|} { }
        """,
        $$"""
        using RouterGen;
        {{Served}} partial class One { }
        {{Served}} static partial class Two { }
        {{Served}} public sealed partial class Three { }
        """,
        "Make 'One' partial");

    [Fact]
    public async Task RG0005_offers_each_group_that_could_be_meant() => Assert.Equal(
        ["Set Group = \"a\"", "Set Group = \"say \\\"b\\\"\""],
        await CodeFixVerifier<SetGroupFix>.TitlesAsync("""
            using RouterGen;
            [ModelGroup("a"), ModelGroup("say \"b\""), Deployment({|RG0005:"openai/gpt-4o"|})]
            static partial class Models;
            """));

    [Fact]
    public Task RG0005_sets_the_group() => CodeFixVerifier<SetGroupFix>.VerifyCodeFixAsync(
        """
        using RouterGen;
        [ModelGroup("a"), Deployment("openai/o3", Group = "a")]
        [ModelGroup("b"), Deployment({|RG0005:"openai/gpt-4o"|}, Rpm = 3)] // both
        static partial class Models;
        """,
        """
        using RouterGen;
        [ModelGroup("a"), Deployment("openai/o3", Group = "a")]
        [ModelGroup("b"), Deployment("openai/gpt-4o", Rpm = 3, Group = "b")] // both
        static partial class Models;
        """,
        "Set Group = \"b\"");

    [Fact]
    public Task RG0005_replaces_a_misspelt_group() => CodeFixVerifier<SetGroupFix>.VerifyCodeFixAsync(
        """
        using RouterGen;
        [ModelGroup("claude"), Deployment("openai/o3")]
        [Deployment("anthropic/claude-haiku-4-5", Group = /* it */ {|RG0005:"cluade"|}, Rpm = 3)]
        static partial class Models;
        """,
        """
        using RouterGen;
        [ModelGroup("claude"), Deployment("openai/o3")]
        [Deployment("anthropic/claude-haiku-4-5", Group = /* it */ "claude", Rpm = 3)]
        static partial class Models;
        """,
        "Set Group = \"claude\"");

    [Fact]
    public Task RG0005_sets_all() => CodeFixVerifier<SetGroupFix>.VerifyFixAllAsync(
        """
        using RouterGen;
        [ModelGroup("a"), ModelGroup("b"), Deployment("openai/o3", Group = "a")]
        [Deployment({|RG0005:"openai/gpt-4o"|})]
        [Deployment({|RG0005:"openai/gpt-4o-mini"|}, Rpm = 3)]
        [Deployment({|RG0005:"anthropic/claude-haiku-4-5"|})]
        static partial class Models;
        """,
        """
        using RouterGen;
        [ModelGroup("a"), ModelGroup("b"), Deployment("openai/o3", Group = "a")]
        [Deployment("openai/gpt-4o", Group = "b")]
        [Deployment("openai/gpt-4o-mini", Rpm = 3, Group = "b")]
        [Deployment("anthropic/claude-haiku-4-5", Group = "b")]
        static partial class Models;
        """,
        "Set Group = \"b\"");

    [Fact]
    public Task RG0006_replaces_a_misspelt_fallback() => CodeFixVerifier<ReplaceBySuggestionFix>.VerifyCodeFixAsync(
        """
        using RouterGen;
        [ModelGroup("a", Fallbacks = [ {|RG0006:"bakcup"|} ]), Deployment("openai/o3")]
        static partial class Models;
        [ModelGroup("backup"), Deployment("openai/o3")]
        static partial class Models;
        """,
        """
        using RouterGen;
        [ModelGroup("a", Fallbacks = [ "backup" ]), Deployment("openai/o3")]
        static partial class Models;
        [ModelGroup("backup"), Deployment("openai/o3")]
        static partial class Models;
        """,
        "Replace by \"backup\"");

    [Fact]
    public async Task RG0006_takes_two_swapped_letters_for_one_slip() => Assert.Equal(["Replace by \"lan\""], await CodeFixVerifier<ReplaceBySuggestionFix>.TitlesAsync("""
        using RouterGen;
        [ModelGroup("a", Fallbacks = [{|RG0006:"aln"|}]), Deployment("openai/o3")]
        static partial class Models;
        [ModelGroup("lan"), Deployment("openai/o3")]
        static partial class Models;
        """));

    [Fact]
    public Task RG0006_replaces_all() => CodeFixVerifier<ReplaceBySuggestionFix>.VerifyFixAllAsync(
        """
        using RouterGen;
        [ModelGroup("a", Fallbacks = [{|RG0006:"bakcup"|}, {|RG0006:"larg"|}], ContextWindowFallbacks = new[] { {|RG0006:"Large"|} }), Deployment("openai/o3")]
        static partial class Models;
        [ModelGroup("backup"), Deployment("openai/o3")]
        static partial class Models;
        [ModelGroup("large"), Deployment("openai/gpt-4.1")]
        static partial class Models;
        """,
        """
        using RouterGen;
        [ModelGroup("a", Fallbacks = ["backup", "large"], ContextWindowFallbacks = new[] { "large" }), Deployment("openai/o3")]
        static partial class Models;
        [ModelGroup("backup"), Deployment("openai/o3")]
        static partial class Models;
        [ModelGroup("large"), Deployment("openai/gpt-4.1")]
        static partial class Models;
        """,
        "Replace by \"backup\"");
}
