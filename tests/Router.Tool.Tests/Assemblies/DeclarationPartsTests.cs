using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.ModelsJson;
using RouterGen.Declarations.Specs;
using RouterGen.Generator.Symbols;

namespace RouterGen.Tool.Tests;

/// <summary>A deployment that names no group is of the one beside it, though an assembly does not know which attributes were together.</summary>
public sealed class DeclarationPartsTests
{
    private const string X = "Deployment(\"openai/gpt-6-luna\")";
    private const string Y = "Deployment(\"anthropic/claude-haiku-5-5\")";
    private const string Z = "Deployment(\"mistral/mistral-large-latest\")";

    [Theory]
    [InlineData("[ModelGroup(\"a\"), " + X + ", " + Y + "]", "[ModelGroup(\"b\"), " + X + "]")]
    [InlineData("[" + X + ", ModelGroup(\"a\")]", "[" + X + ", ModelGroup(\"b\")]")]
    [InlineData("[ModelGroup(\"a\"), " + X + "]", "[" + Y + ", ModelGroup(\"b\"), " + Z + "]")]
    [InlineData("[" + Y + ", " + X + ", ModelGroup(\"a\")]", "[" + Z + ", ModelGroup(\"b\"), " + Y + "]", "[ModelGroup(\"c\"), " + X + "]")]
    [InlineData("[ModelGroup(\"a\"), ModelGroup(\"b\"), Deployment(\"openai/gpt-6-luna\", Group = \"a\"), Deployment(\"openai/gpt-6-luna\", Group = \"b\", Name = \"z\")]", "[" + Y + ", ModelGroup(\"c\")]")]
    [InlineData("[ModelGroup(\"a\"), Deployment(\"openai/gpt-6-luna\", Name = \"main\")]", "[Deployment(\"openai/gpt-6-luna\", Name = \"other\"), ModelGroup(\"b\")]")]
    public void Groups_have_the_deployments_of_the_build(params string[] parts)
    {
        var built = new BuiltSource(string.Concat(parts.Select(attributes => attributes + " partial class Models;\n")), generates: true);
        ClassSpec expected = SymbolParser.Parse(built.Classes().Single(type => type.Name is "Models"), ModelCatalog.Default, CancellationToken.None).Spec!;
        ClassSpec read = Assert.Single(ModelsProject.Read([], [built.Read()], ModelCatalog.Default, null, CancellationToken.None).Classes);
        Assert.Equal(Shown(expected), Shown(read));
    }

    [Fact]
    public void Names_that_generated_members_have_are_not_taken()
    {
        var built = new BuiltSource("[ModelGroup(\"describe\"), " + X + "] partial class Models { public int Configure => 1; void Override() { } }", generates: true);
        ClassSpec expected = SymbolParser.Parse(built.Classes().Single(type => type.Name is "Models"), ModelCatalog.Default, CancellationToken.None).Spec!;
        ClassSpec read = Assert.Single(ModelsProject.Read([], [built.Read()], ModelCatalog.Default, null, CancellationToken.None).Classes);
        Assert.Equal((expected.Names, expected.Groups[0].MemberName), (read.Names, read.Groups[0].MemberName));
    }

    private static string Shown(ClassSpec spec) => string.Join("; ", spec.Groups.Select(group => $"{group.Name}: {string.Join(", ", group.Deployments.Select(deployment => deployment.Name))}"));
}
