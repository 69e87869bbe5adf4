using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RouterGen.Generator.Tests;

/// <summary>Packages with credentials: a reference is enough.</summary>
public class PackageTests
{
    private const string Deployments = """
        [ModelGroup("a"), Deployment("azure/d", BaseModel = "gpt-6-luna", ApiKeyEnv = "")]
        [ModelGroup("b"), Deployment("azure_ai/claude-haiku-5-5", Resource = "r")]
        [ModelGroup("c"), Deployment("azure/d", BaseModel = "gpt-6-luna", ApiVersion = "2024-10-21")]
        """;

    private static readonly MetadataReference Azure = Package(
        "RouterGen.Azure",
        "public static class AzureCredentials { public static Infrastructure.CredentialSource Default => null!; public static Infrastructure.CredentialSource Foundry => null!; }");

    [Fact]
    public void The_credentials_of_a_referenced_package_are_emitted()
    {
        GeneratorRun run = new Verifier { Sources = Sources(Deployments), Packages = [Azure] }.Verify();

        Assert.Contains("Platform = new global::RouterGen.Codecs.AzurePlatform(credentials: global::RouterGen.AzureCredentials.Default),", run.Files["Models.A.g.cs"]);
        Assert.Contains("Platform = new global::RouterGen.Codecs.AzurePlatform(keyHeader: \"x-api-key\", credentials: global::RouterGen.AzureCredentials.Foundry),", run.Files["Models.B.g.cs"]);
        Assert.Contains("Platform = new global::RouterGen.Codecs.AzurePlatform(apiVersion: \"2024-10-21\", credentials: global::RouterGen.AzureCredentials.Default),", run.Files["Models.C.g.cs"]);
    }

    [Fact]
    public void Without_it_a_key_is_needed()
    {
        GeneratorRun run = new Verifier { Sources = Sources(Deployments), Problems = ["RG0122"] }.Verify();

        Assert.Contains("Platform = new global::RouterGen.Codecs.AzurePlatform(),", run.Files["Models.A.g.cs"]);
        Assert.Contains("Platform = new global::RouterGen.Codecs.AzurePlatform(keyHeader: \"x-api-key\"),", run.Files["Models.B.g.cs"]);
        Assert.DoesNotContain("AzureCredentials", string.Concat(run.Files.Values));
    }

    [Fact]
    public void Another_package_changes_nothing()
    {
        MetadataReference other = Package("RouterGen.Azure.Extras", "public static class Extras;");

        Assert.DoesNotContain("AzureCredentials", string.Concat(new Verifier { Sources = Sources(Deployments), Packages = [other], Problems = ["RG0122"] }.Verify().Files.Values));
    }

    // Each group is on a declaration of its own.
    private static string[] Sources(string deployments) =>
        ["using RouterGen;\n" + string.Join("\n", deployments.Split('\n').Where(static line => line.Trim().Length > 0).Select(static line => line + " public static partial class Models { }"))];

    private static MetadataReference Package(string name, string code)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText("#nullable enable\nnamespace RouterGen;\n" + code, Verifier.ParseOptions)], Verifier.References, Verifier.CompilationOptions);
        using var assembly = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = compilation.Emit(assembly);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        return MetadataReference.CreateFromImage(assembly.ToArray());
    }
}
