using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RouterGen.Generator.Tests;

/// <summary>The registrations of a library and of the program that uses it do not meet.</summary>
public class RegistrationTests
{
    private const string Library = """
        using RouterGen;
        namespace Lib
        {
            [ModelGroup("lib"), Deployment("openai/gpt-6-luna")]
            public partial class Models;
        }
        """;

    [Theory]
    [InlineData("using Lib; using Microsoft.Extensions.DependencyInjection; namespace App { static class Start { internal static IServiceCollection Add(IServiceCollection services) => services.AddModels(); } }")]
    [InlineData("using Microsoft.Extensions.DependencyInjection; namespace App.Web { static class Start { internal static IServiceCollection Add(IServiceCollection services) => services.AddModels(); } }")]
    [InlineData("using App; using Microsoft.Extensions.DependencyInjection; static class Start { internal static IServiceCollection Add(IServiceCollection services) => services.AddModels(); }")]
    [InlineData("using Lib; using Microsoft.Extensions.DependencyInjection; static class Start { internal static IServiceCollection Add(IServiceCollection services) => App.ModelsServiceCollectionExtensions.AddModels(services.AddModels()); }")]
    public void Each_program_finds_its_own(string start)
    {
        using var image = new MemoryStream();
        Assert.True(Verifier.Verify(Library).Compilation.WithAssemblyName("Lib").Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        CSharpCompilation app = new Verifier
        {
            Sources = ["using RouterGen; namespace App { [ModelGroup(\"app\"), Deployment(\"openai/gpt-6-luna\")] internal partial class Models; }", start],
            AssemblyName = "App",
        }.Compile().AddReferences(MetadataReference.CreateFromImage(image.ToArray()));

        CSharpGeneratorDriver.Create([new RouterGenerator().AsSourceGenerator()], parseOptions: Verifier.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(app, out Compilation updated, out _, TestContext.Current.CancellationToken);

        Assert.Empty(updated.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.ToString()));
    }
}
