using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RouterGen.Generator.Symbols;
using static RouterGen.Generator.Tests.ProblemFinder;

namespace RouterGen.Generator.Tests;

/// <summary>Deployments that are asked through a client: what is emitted, RG0123, and RG0014 of what their clients do.</summary>
public class ClientEmissionTests
{
    private const string Make = "{ public Microsoft.Extensions.AI.IChatClient Create(RouterGen.ChatClientContext context) => throw new System.NotImplementedException(); }";
    private const string Factory = "namespace Shop { public class Luna : RouterGen.IChatClientFactory " + Make + " }";

    [Fact]
    public void A_client_stands_in_place_of_a_codec_and_none_is_delivered()
    {
        GeneratorRun run = Verifier.Verify(Class("""[ModelGroup("a"), Deployment("openai/gpt-4o", Client = typeof(Shop.Luna))]"""), Factory);

        string a = run.Files["Models.A.g.cs"];
        Assert.Contains("Codec = new global::RouterGen.Infrastructure.ClientCodec<global::RouterGen.Codecs.Constants.OpenaiGpt4o>(static () => new global::Shop.Luna()),", a);
        Assert.Contains("OtherKeyVariables = [\"OPENAI_API_KEY\"],", a);
        Assert.Contains("Prices = new", a);
        Assert.Contains("Shop.Luna", a[a.IndexOf("Description", StringComparison.Ordinal)..]);
        Assert.DoesNotContain("KeyVariable = \"", a.Replace("OtherKeyVariables", ""));
        Assert.DoesNotContain(run.Files.Keys, name => name.StartsWith("RouterGen.Codecs.", StringComparison.Ordinal) && !name.StartsWith("RouterGen.Codecs.Constants.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ApiKeyEnv = \"OWN\"", "KeyVariable = \"OWN\",")]
    [InlineData("ApiKeyEnv = \"\"", null)]
    public void A_key_that_is_stated_is_the_only_one(string key, string? expected)
    {
        string a = Verifier.Verify(Class($"""[ModelGroup("a"), Deployment("openai/gpt-4o", Client = typeof(Shop.Luna), {key})]"""), Factory).Files["Models.A.g.cs"];

        Assert.DoesNotContain("OtherKeyVariables", a);
        if (expected is null) Assert.DoesNotContain("KeyVariable", a);
        else Assert.Contains(expected, a);
    }

    [Fact]
    public void The_provider_need_be_none_that_is_known() =>
        Assert.Contains("Provider = \"my-own\",", Verifier.Verify(Class("""[ModelGroup("a"), Deployment("my-own/tiny", Client = typeof(Shop.Luna), Supports = ModelCapabilities.Tools, InputPrice = 0, OutputPrice = 0)]"""), Factory).Files["Models.A.g.cs"]);

    [Fact]
    public void A_class_that_is_made_disposes_its_clients_unless_it_has_a_Dispose_of_its_own()
    {
        const string Declared = """[RouterGen.ModelGroup("a"), RouterGen.Deployment("openai/gpt-4o", Client = typeof(Shop.Luna))] public partial class Models""";

        string disposes = Verifier.Verify(Declared + ";", Factory).Files["Models.g.cs"];
        string leaves = Verifier.Verify(Declared + " { public void Dispose() { } }", Factory).Files["Models.g.cs"];

        Assert.Contains("partial class Models : global::System.IDisposable", disposes);
        Assert.Contains("public void Dispose() => _routerGenContext.Dispose();", disposes);
        Assert.DoesNotContain("Dispose", leaves);
    }

    [Fact]
    public void JSON_names_the_factory_with_its_namespace() => Assert.Contains(
        "new global::Shop.Luna()",
        new Verifier { Sources = [Factory], Files = [new UserFile("""{ "groups": { "a": { "deployments": [{ "model": "openai/gpt-4o", "client": "Shop.Luna" }] } } }""")] }.Verify().Files["Models.A.g.cs"]);

    [Theory]
    [InlineData("openai/gpt-4o", "Dialect = Dialect.OpenAIResponses", "Dialect", "Dialect.OpenAIResponses")]
    [InlineData("openai/gpt-4o", "Endpoint = \"https://proxy.example/v1\"", "Endpoint", "\"https://proxy.example/v1\"")]
    [InlineData("openai/gpt-4o", "EndpointEnv = \"PROXY_URL\"", "EndpointEnv", "\"PROXY_URL\"")]
    [InlineData("openai/gpt-4o", "AllowInsecureHttp = true", "AllowInsecureHttp", "true")]
    [InlineData("openai/gpt-4o", "Headers = new[] { \"X-Team: a\" }", "Headers", "new[] { \"X-Team: a\" }")]
    [InlineData("vertex_ai/gemini-3.8-flash", "Project = \"p\"", "Project", "\"p\"")]
    [InlineData("azure/gpt-6-luna", "Resource = \"r\"", "Resource", "\"r\"")]
    [InlineData("azure/gpt-6-luna", "ApiVersion = \"v1\"", "ApiVersion", "\"v1\"")]
    public void RG0014_what_a_request_would_be_sent_by_has_no_effect_beside_a_client(string model, string setting, string name, string place)
    {
        FoundProblem problem = Single(Class($"""[ModelGroup("a"), Deployment("{model}", Client = typeof(Shop.Luna), {setting})]""") + Factory);

        Assert.Equal(("RG0014", place, $"'{name}' of deployment '{model}' has no effect: its client sends the requests"), (problem.Id, problem.Text, problem.Message));
    }

    [Theory]
    [InlineData("Region = \"eu\"")]
    [InlineData("ApiKeyEnv = \"OWN\"")]
    [InlineData("Rpm = 60, Weight = 2")]
    public void RG0014_is_silent_of_what_holds_for_a_client_too(string setting) =>
        Assert.Empty(Find(Class($"""[ModelGroup("a"), Deployment("openai/gpt-4o", Client = typeof(Shop.Luna), {setting})]""") + Factory));

    [Theory]
    [InlineData("int", "", "it must be a class that implements IChatClientFactory")]
    [InlineData("F", "class F { }", "it must be a class that implements IChatClientFactory")]
    [InlineData("F", "struct F : IChatClientFactory [M]", "it must be a class that implements IChatClientFactory")]
    [InlineData("F", "abstract class F : IChatClientFactory [M]", "it must not be abstract")]
    [InlineData("F<>", "class F<T> : IChatClientFactory [M]", "its type arguments must be given")]
    [InlineData("F", "class F(int n) : IChatClientFactory { int N => n; public Microsoft.Extensions.AI.IChatClient Create(ChatClientContext context) => throw new System.NotImplementedException(); }", "it must have a constructor without parameters")]
    public void RG0123_a_factory_cannot_be_made(string type, string source, string reason)
    {
        FoundProblem problem = Single(Class($"""[ModelGroup("a"), Deployment("openai/gpt-4o", Client = typeof({type}))]""") + source.Replace("[M]", Make));

        Assert.Equal(("RG0123", $"typeof({type})"), (problem.Id, problem.Text));
        Assert.EndsWith("': " + reason, problem.Message);
    }

    [Fact]
    public Task RG0123_a_factory_that_a_file_names_is_looked_at() => AnalyzerVerifier.VerifyJsonAsync(
        """{ "groups": { "a": { "deployments": [{ "model": "openai/gpt-4o", "client": {|RG0123:"Shop.Nowhere"|} }] } } }""",
        "",
        ["Deployment 'openai/gpt-4o' cannot get its client from 'Shop.Nowhere': no class of that name is found; write its full name, with its namespace"]);

    [Theory]
    [InlineData("Anthropic", "namespace Anthropic.Exceptions { public class AnthropicApiException : System.Exception; }", true)]
    [InlineData("Anthropic", "namespace Anthropic { public class Other : System.Exception; }", false)]
    [InlineData("Another", "namespace Anthropic.Exceptions { public class AnthropicApiException : System.Exception; }", false)]
    public void An_SDK_is_known_by_its_assembly_and_its_exception(string assembly, string source, bool isKnown)
    {
        CSharpCompilation user = new Verifier { Sources = [Class("""[ModelGroup("a"), Deployment("openai/gpt-4o")]""")] }.Compile();
        CSharpCompilation sdk = CSharpCompilation.Create(assembly, [CSharpSyntaxTree.ParseText(source, Verifier.ParseOptions)], Verifier.References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

        INamedTypeSymbol models = user.AddReferences(sdk.ToMetadataReference()).GetTypeByMetadataName("Models")!;

        Assert.Equal(isKnown, ClassReader.ReadFacts(models, CancellationToken.None).Packages!.Value.Contains("Anthropic"));
    }
}
