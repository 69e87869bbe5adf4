using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.ModelsJson;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;
using RouterGen.Generator.Symbols;
using RouterGen.Tool.Check;

namespace RouterGen.Tool.Tests;

/// <summary>What is wrong with the declarations of an assembly is what the generator's parser finds in the same source.</summary>
public sealed class ProblemTests
{
    private const string Day = "2026-11-01";

    public static TheoryData<string, string> Declarations => new()
    {
        { "", Class("""[ModelGroup("a"), Deployment("openai/gpt-6-luna"), Deployment("anthropic/claude-haiku-5-5")]""") },
        { "", "namespace Shop { [ModelGroup(\"a\", Fallbacks = [\"b\"])][Deployment(\"openai/gpt-6-luna\")] public partial class Models; [ModelGroup(\"b\")][Deployment(\"anthropic/claude-haiku-5-5\")] partial class Models; }" },
        { "", Class("""[ModelGroup("a"), ModelGroup("b"), Deployment("openai/gpt-6-luna", Group = "a"), Deployment("anthropic/claude-haiku-5-5", Group = "b"), Deployment("mistral/mistral-large-latest", Group = "a"), Deployment("openai/gpt-6-sol", Group = "b")]""") },
        { "", Class("""[Provider("my-vllm", Dialect.OpenAIChat, Endpoint = "http://localhost:8000/v1")][ModelGroup("a"), Deployment("my-vllm/llama")]""") },
        { "", "[assembly: Provider(\"my-vllm\", Dialect.OpenAIChat, Endpoint = \"http://localhost:8000/v1\")]\n" + Class("""[ModelGroup("a"), Deployment("my-vllm/llama")]""") },
        { "RG0114", "[assembly: Provider(\"my-vllm\", Dialect.OpenAIChat, Endpoint = \"nowhere\")]\n" + Class("""[ModelGroup("a"), Deployment("openai/gpt-6-luna"), Deployment("anthropic/claude-haiku-5-5")]""") },
        { "RG0001", "class Outer { [ModelGroup(\"a\"), Deployment(\"openai/gpt-6-luna\"), Deployment(\"anthropic/claude-haiku-5-5\")] partial class Models; }" },
        { "RG0001", "[ModelGroup(\"a\"), Deployment(\"openai/gpt-6-luna\"), Deployment(\"anthropic/claude-haiku-5-5\")] partial class Models<T>;" },
        { "RG0001", "class Outer<T> { [ModelGroup(\"a\"), Deployment(\"openai/gpt-6-luna\"), Deployment(\"anthropic/claude-haiku-5-5\")] partial class Models<U>; }" },
        { "RG0001", "[ModelGroup(\"a\"), Deployment(\"openai/gpt-6-luna\"), Deployment(\"anthropic/claude-haiku-5-5\")] file partial class Models;" },
        { "RG0002", Class("""[ModelGroup("a")]""") },
        { "RG0003", Class("""[ModelGroup("a-b"), ModelGroup("a_b"), Deployment("openai/gpt-6-luna", Group = "a-b"), Deployment("anthropic/claude-haiku-5-5", Group = "a-b"), Deployment("openai/gpt-6-luna", Group = "a_b")]""") },
        { "RG0004", Class("""[ModelGroup("a"), ModelGroup("a"), Deployment("openai/gpt-6-luna"), Deployment("anthropic/claude-haiku-5-5")]""") },
        { "RG0005", Class("""[ModelGroup("claude-fast"), Deployment("openai/gpt-6-luna"), Deployment("anthropic/claude-haiku-5-5"), Deployment("openai/gpt-6-luna", Group = "claude-fats")]""") },
        { "RG0005", Class("""[Deployment("openai/gpt-6-luna")]""") },
        { "RG0006,RG0007", Class("""[ModelGroup("a", Fallbacks = ["bakcup", "a"]), Deployment("openai/gpt-6-luna"), Deployment("anthropic/claude-haiku-5-5")]""") },
        { "RG0011", Class("""[ModelGroup("a"), Deployment("openai/gpt-6-luna"), Deployment("openai/gpt-6-sol")]""") },
        { "RG0016", Class("""[ModelGroup(" "), Deployment("openai/gpt-6-luna")]""") },
        { "RG0101", Class("""[ModelGroup("a"), Deployment("antropic/claude-haiku-5-5"), Deployment("openai/gpt-6-luna")]""") },
        { "RG0102", Class("""[ModelGroup("a"), Deployment("openai/gpt-9-nova"), Deployment("anthropic/claude-haiku-5-5")]""") },
        { "RG0105", Class("""[ModelGroup("a"), Deployment("openai/gpt-6-luna", Weight = double.NaN), Deployment("anthropic/claude-haiku-5-5", Weight = 1)]""") },
        { "RG0108", Class("""[ModelGroup("a"), Deployment("openai/gpt-6-luna", Rpm = -1), Deployment("anthropic/claude-haiku-5-5")]""") },
        { "RG0110", Class("""[ModelGroup("a"), Deployment("openai/gpt-6-luna"), Deployment("openai/gpt-6-luna"), Deployment("anthropic/claude-haiku-5-5")]""") },
        { "RG0111", Class("""[ModelGroup("a"), Deployment("openai/gpt-6-luna", ApiKeyEnv = "sk-proj-a1b2c3d4e5f6a7b8c9d0e1f2a3b4"), Deployment("anthropic/claude-haiku-5-5")]""") },
        { "RG0114", Class("""[ModelGroup("a"), Deployment("openai/gpt-6-luna", Endpoint = "http://example.com/v1", ApiKeyEnv = "A"), Deployment("anthropic/claude-haiku-5-5")]""") },
        { "RG0119", Class("""[ModelGroup("a"), Deployment("openai/gpt-6-luna", LimitGroup = "x", Rpm = 5), Deployment("anthropic/claude-haiku-5-5", LimitGroup = "x", Rpm = 6)]""") },
        { "RG0120", Class("""[ModelGroup("a"), Deployment("openai/gpt-6-luna", Headers = ["none"]), Deployment("anthropic/claude-haiku-5-5")]""") },
        { "RG0121", Class("""[ModelGroup("a"), Deployment("openai/gpt-6-luna", Dialect = Dialect.AnthropicMessages), Deployment("anthropic/claude-haiku-5-5")]""") },
    };

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Problems_are_those_of_the_build(string ids, string source)
    {
        var built = new BuiltSource(source);
        DeclarationProblem[] ofBuild =
        [
            .. SymbolParser.CheckAssembly(built.Symbols, CancellationToken.None).ToImmutable(),
            .. built.Classes().Where(SymbolParser.DeclaresAnything).SelectMany(type => SymbolParser.Parse(type, [], ModelCatalog.Default, Day, CancellationToken.None).Problems),
        ];
        ReadModels read = ModelsProject.Read([], [built.Read()], ModelCatalog.Default, Day, CancellationToken.None);
        Assert.Equal(ofBuild.Select(Shown), read.Problems.Select(Shown));
        Assert.Equal(ids, string.Join(",", read.Problems.Select(problem => problem.Kind.Id)));
        Assert.All(read.Problems.Select(CheckedProblem.Of), problem => Assert.Equal(("Shop.dll", (int?)null), (problem.File, problem.Line)));
        Assert.All(read.Problems.Select(CheckedProblem.Of), problem => Assert.NotEmpty(problem.Where));
    }

    [Theory]
    [InlineData("RG0001", "[ModelGroup(\"a\"), Deployment(\"openai/gpt-6-luna\"), Deployment(\"anthropic/claude-haiku-5-5\")] class Models;")]
    [InlineData("RG0012", "[ModelGroup(\"a\", Policy = typeof(string)), Deployment(\"openai/gpt-6-luna\"), Deployment(\"anthropic/claude-haiku-5-5\")] static partial class Models;")]
    [InlineData("RG0015", "[ModelGroup(\"a\"), Deployment(\"openai/gpt-6-luna\"), Deployment(\"anthropic/claude-haiku-5-5\")] partial class Models(int x) { int X => x; }")]
    [InlineData("RG0123", "[ModelGroup(\"a\"), Deployment(\"openai/gpt-6-luna\", Client = typeof(string)), Deployment(\"anthropic/claude-haiku-5-5\")] static partial class Models;")]
    public void What_the_compiler_alone_knows_is_not_judged(string id, string source)
    {
        var built = new BuiltSource(source);
        Assert.Equal(id, Assert.Single(SymbolParser.Parse(built.Classes().First(), [], ModelCatalog.Default, Day, CancellationToken.None).Problems).Kind.Id);
        Assert.Empty(ModelsProject.Read([], [built.Read()], ModelCatalog.Default, Day, CancellationToken.None).Problems);
    }

    [Theory]
    [InlineData("", """{ "groups": { "a": { "timeoutSeconds": 20, "deployments": ["anthropic/claude-haiku-5-5"] } } }""")]
    [InlineData("", """{ "class": "Shop.Models", "groups": { "a": { "deployments": [{ "model": "openai/gpt-6-luna", "rpm": 5 }, "anthropic/claude-haiku-5-5"] } } }""")]
    [InlineData("RG0205", """{ "groups": { "a": { "maxAttempts": 4, "deployments": ["anthropic/claude-haiku-5-5"] } } }""")]
    [InlineData("RG0205,RG0106", """{ "groups": { "a": { "deployments": [{ "model": "openai/gpt-6-luna", "weight": 2 }, { "model": "anthropic/claude-haiku-5-5", "weight": 3 }] } } }""")]
    [InlineData("RG0101", """{ "groups": { "a": { "deployments": ["antropic/x"] } } }""")]
    public void A_class_in_code_and_in_a_file_is_one(string ids, string json)
    {
        var built = new BuiltSource("namespace Shop { [ModelGroup(\"a\", MaxAttempts = 3), Deployment(\"openai/gpt-6-luna\", Weight = 1)] static partial class Models; }");
        var file = new SourceFile("models.json", json);
        var ofBuild = SymbolParser.Parse(built.Classes().First(), [ModelsReader.Read(file).Declarations], ModelCatalog.Default, Day, CancellationToken.None);
        ReadModels read = ModelsProject.Read([file], [built.Read()], ModelCatalog.Default, Day, CancellationToken.None);
        Assert.Equal(ofBuild.Problems.Select(problem => Shown(problem).Replace("Shop.cs", "Shop.dll", StringComparison.Ordinal)), read.Problems.Select(Shown));
        Assert.Equal(ids, string.Join(",", read.Problems.Where(problem => problem.Kind.Id is not "RG0011").Select(problem => problem.Kind.Id)));
        var group = Assert.Single(Assert.Single(read.Classes).Groups);
        Assert.Equal(Assert.Single(ofBuild.Spec!.Groups), group);
    }

    [Fact]
    public void A_class_of_another_name_stays_its_own()
    {
        var built = new BuiltSource("[assembly: Provider(\"ours\", Dialect.OpenAIChat, Endpoint = \"https://example.com/v1\", ApiKeyEnv = \"\")] namespace Shop.Inner { [ModelGroup(\"a\"), Deployment(\"ours/x\")] static partial class Models; }");
        ReadModels read = ModelsProject.Read([new SourceFile("models.json", """{ "groups": { "a": { "deployments": ["ours/y"] } } }""")], [built.Read()], ModelCatalog.Default, null, CancellationToken.None);
        Assert.Empty(read.Problems);
        Assert.Equal(["Shop.Inner.Models: ours/x", "Shop.Models: ours/y"], read.Classes.Select(one => $"{one.Header.Namespace}.{one.Header.Name}: {one.Groups.Single().Deployments.Single().Name}"));
    }

    private static string Class(string attributes) => attributes + "\npublic static partial class Models;";

    private static string Shown(DeclarationProblem problem) => $"{problem.Severity} {problem.Kind.Id}: {problem.Message}";
}
