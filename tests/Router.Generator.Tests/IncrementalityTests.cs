using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RouterGen.Generator.Emit;

namespace RouterGen.Generator.Tests;

/// <summary>An edit writes again what it concerns, and nothing else.</summary>
public class IncrementalityTests
{
    private const string First = """[ModelGroup("first"), Deployment("openai/gpt-4o", Rpm = 1)]""";
    private const string Second = """[ModelGroup("second"), Deployment("anthropic/claude-haiku-4-5", Rpm = 1)]""";

    [Fact]
    public void An_edit_of_one_group_writes_only_that_group_again()
    {
        GeneratorRunResult result = Edit("Rpm = 1", "Rpm = 2", First, Second);

        GroupFile file = Assert.Single(Incrementality.Changed<GroupFile>(result, TrackingNames.GroupFiles));
        Assert.Equal("first", file.Group.Name);
        Assert.Empty(Incrementality.Changed<ClassFile>(result, TrackingNames.ClassFiles));
        Assert.Empty(Incrementality.Changed<string>(result, TrackingNames.CodecFiles));
    }

    [Fact]
    public void An_edit_elsewhere_parses_nothing_again()
    {
        UserFile[] files =
        [
            new("""{ "groups": { "third": { "deployments": ["openai/gpt-4o-mini"] } } }"""),
            new("""{ "gpt-4o-mini": { "litellm_provider": "openai", "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06 } }""", "prices.json") { RouterPrices = "true" },
        ];
        var verifier = new Verifier { Sources = [ProblemFinder.Class(First), ProblemFinder.Class(Second), "class Elsewhere;"], Files = files };
        verifier.Run(out GeneratorDriver driver);
        int[] reads = [.. files.Select(file => file.Reads)];

        CSharpCompilation compilation = verifier.Compile();
        SyntaxTree tree = compilation.SyntaxTrees.Last();
        SyntaxTree changed = tree.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From("class Elsewhere { int x; }"));
        GeneratorRunResult edited = driver.RunGenerators(compilation.ReplaceSyntaxTree(tree, changed)).GetRunResult().Results.Single();

        Assert.Equal(reads, files.Select(file => file.Reads));
        foreach (string step in new[] { TrackingNames.ModelsFiles, TrackingNames.PriceMaps, TrackingNames.Classes, TrackingNames.Plan })
        {
            Assert.NotEmpty(Incrementality.Reasons(edited, step));
            Assert.All(Incrementality.Reasons(edited, step), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        }

        // An edit anywhere may change what an attribute or a name means: the compiler has them bound anew, and they say the same.
        Assert.All(
            new[] { TrackingNames.Declarations, TrackingNames.NamedClasses }.SelectMany(step => Incrementality.Reasons(edited, step)),
            reason => Assert.Contains(reason, new[] { IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Cached }));
    }

    [Fact]
    public void A_shift_of_the_declaration_writes_nothing_again() =>
        Incrementality.AssertNothingRanAgain(Edit("[ModelGroup", "/* a comment */\n\n[ModelGroup", First, Second));

    [Fact]
    public void A_method_in_the_class_writes_nothing_again() =>
        Incrementality.AssertNothingWasWrittenAgain(Edit("class Models {", "class Models { private static int Count() => 1;", First, Second));

    [Fact]
    public void A_new_group_writes_itself_and_what_all_groups_share()
    {
        GeneratorRunResult result = Edit("""[ModelGroup("second")""", """[ModelGroup("second"), ModelGroup("third")""", First + "\n", Second.Replace("Rpm", "Group = \"second\", Rpm"));

        Assert.Equal("third", Assert.Single(Incrementality.Changed<GroupFile>(result, TrackingNames.GroupFiles)).Group.Name);
        Assert.Single(Incrementality.Changed<ClassFile>(result, TrackingNames.ClassFiles));
    }

    [Fact]
    public void A_second_dialect_delivers_its_codecs_and_leaves_those_of_the_first()
    {
        GeneratorRunResult result = Edit("openai/gpt-4o\"", "anthropic/claude-haiku-4-5\"", First, Second.Replace("anthropic/claude-haiku-4-5", "openai/gpt-4o-mini"));

        string[] changed = [.. Incrementality.Changed<string>(result, TrackingNames.CodecFiles)];
        Assert.NotEmpty(changed);
        Assert.Empty(changed.Intersect(CodecSources.FilesOf([(Declarations.Model.Dialect.OpenAIChat, null, Declarations.Model.CallKind.Chat)])));
        Assert.Empty(changed.Except(CodecSources.FilesOf([(Declarations.Model.Dialect.AnthropicMessages, null, Declarations.Model.CallKind.Chat)])));
    }

    private static GeneratorRunResult Edit(string old, string @new, params string[] attributes) =>
        Incrementality.Edit(old, @new, [.. attributes.Select(ProblemFinder.Class)]);
}
