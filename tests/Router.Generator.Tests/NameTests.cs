using System.Text.RegularExpressions;
using RouterGen.Declarations.Names;

namespace RouterGen.Generator.Tests;

/// <summary>Names of groups, models and classes may be any text.</summary>
public class NameTests
{
    [Theory]
    [InlineData("claude-fast", "ClaudeFast")]
    [InlineData("gpt-4o", "Gpt4o")]
    [InlineData("anthropic/claude-haiku-4-5", "AnthropicClaudeHaiku45")]
    [InlineData("3d", "_3d")]
    [InlineData("class", "Class")]
    [InlineData("быстрый-ответ", "БыстрыйОтвет")]
    [InlineData("快速", "快速")]
    [InlineData("हिन्दी", "हिन्दी")]
    [InlineData("a b\tc", "ABC")]
    [InlineData("__x__", "X")]
    public void A_name_becomes_a_member(string text, string expected) => Assert.Equal(expected, Identifiers.Pascal(text, "Group"));

    [Theory]
    [InlineData("")]
    [InlineData("---")]
    [InlineData("\ud83d\ude80")]
    [InlineData("\u2026")]
    public void A_name_without_letters_gets_a_stable_one(string text)
    {
        string name = Identifiers.Pascal(text, "Group");

        Assert.Matches("^Group[0-9A-F]{8}$", name);
        Assert.Equal(name, Identifiers.Pascal(text, "Group"));
        Assert.NotEqual(name, Identifiers.Pascal(text + "-", "Group"));
    }

    [Fact]
    public void A_very_long_name_is_cut_and_stays_distinct()
    {
        string name = Identifiers.Pascal(new string('x', 5000), "Group");

        Assert.True(name.Length < 200);
        Assert.NotEqual(name, Identifiers.Pascal(new string('x', 5001), "Group"));
    }

    // Whatever the text, it compiles, and the group has this very name at run time.
    [Theory]
    [InlineData("quote\"s")]
    [InlineData("back\\slash")]
    [InlineData("line\nfeed\r\n\t\0\u0001\u007f\u0085")]
    [InlineData("line\u2028and\u2029paragraph")]
    [InlineData("{braces} {0} {{1}}")]
    [InlineData("*/ // <script>&amp;</summary>")]
    [InlineData(@"\ud800 lone \udc00")]
    [InlineData("\ud83d\ude80 pair")]
    [InlineData("\ufffe\uffff\ufeff")]
    [InlineData("Equals")]
    [InlineData("models")]
    [InlineData("Configure")]
    [InlineData("Ambient")]
    [InlineData("namespace")]
    public void Any_text_is_a_name(string text)
    {
        if (text.StartsWith(@"\u", StringComparison.Ordinal)) text = Regex.Unescape(text); // A lone surrogate does not survive the test runner.
        string literal = string.Concat(text.Select(c => $"\\u{(int)c:x4}"));
        GeneratorRun run = Verifier.VerifyDespite(["RG0102"], ProblemFinder.Class($"""
            [ModelGroup("{literal}")]
            [Deployment("openai/{literal}", Name = "{literal}", EndpointEnv = "{literal}")]
            """));

        var models = run.Load().GetType("Models")!;
        var group = (ChatGroup)models.GetProperties().Single().GetValue(null)!;
        Assert.Equal(text, group.Name);
        Assert.Equal(text, group.Deployments.Single().Name);
    }

    [Theory]
    [InlineData("group-a", "GroupAGroupGroup")]
    [InlineData("models", "ModelsGroup")]
    [InlineData("to-string", "ToStringGroup")]
    [InlineData("get-type", "GetTypeGroup")]
    [InlineData("configure", "ConfigureGroup")]
    [InlineData("override", "OverrideGroup")]
    [InlineData("taken", "TakenGroup")]
    public void A_member_that_the_class_has_already_gets_a_suffix(string name, string member)
    {
        GeneratorRun run = Verifier.Verify($$"""
            using RouterGen;
            [ModelGroup("{{name}}"), Deployment("openai/gpt-4o")]
            public partial class Models : Base { private class GroupAGroup; }
            public class Base { public int Taken; }
            """);

        Assert.Contains($"Models.{member}.g.cs", run.Files.Keys);
    }

    [Theory]
    [InlineData("Name")]
    [InlineData("deployments")]
    [InlineData("complete-async")]
    [InlineData("instance")]
    [InlineData("in")]
    [InlineData("create-definition")]
    [InlineData("a-group")]
    [InlineData("ambient")]
    [InlineData("get-type")]
    public void A_deployment_does_not_hide_what_its_group_has(string name)
    {
        GeneratorRun run = Verifier.Verify(ProblemFinder.Class($"""[ModelGroup("a"), Deployment("openai/gpt-4o", Name = "{name}")]"""));

        Assert.Contains($" {Identifiers.Pascal(name, "")}_ => Deployments[0];", run.Files["Models.A.g.cs"]);
    }

    [Fact]
    public void Deployments_of_nearly_one_name_are_told_apart() => Verifier.VerifyDespite(["RG0011", "RG0102", "RG0102"], ProblemFinder.Class("""
        [ModelGroup("a")]
        [Deployment("openai/gpt-4o")]
        [Deployment("openai/gpt.4o")]
        [Deployment("openai/gpt-4o-constants")]
        """));

    [Fact]
    public void Keywords_may_be_names_of_classes_and_namespaces() => Verifier.VerifyDespite(["RG0008"], """
        namespace @class.@record
        {
            [RouterGen.ModelGroup("a", Fallbacks = new[] { "b" }), RouterGen.Deployment("openai/gpt-4o", Group = "a")]
            [RouterGen.ModelGroup("b"), RouterGen.Deployment("openai/gpt-4o", Group = "b")]
            public static partial class @static { }
            [RouterGen.ModelGroup("a", ContextWindowFallbacks = new[] { "b" }), RouterGen.Deployment("openai/gpt-4o", Group = "a")]
            [RouterGen.ModelGroup("b"), RouterGen.Deployment("openai/gpt-4o", Group = "b")]
            public partial class @required { }
        }
        """);

    [Fact]
    public void Types_of_the_user_do_not_stand_in_for_ours() => Verifier.Verify("""
        namespace Shop
        {
            class RouterGen { }
            class System { }
            class Microsoft { }
            class ModelGroup { }
            class ChatGroup { }
            [global::RouterGen.ModelGroup("a"), global::RouterGen.Deployment("anthropic/claude-haiku-4-5")]
            public partial class Models { }
            [global::RouterGen.ModelGroup("a"), global::RouterGen.Deployment("openai/gpt-4o")]
            public static partial class StaticModels { }
        }
        """);
}
