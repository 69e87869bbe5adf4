using Microsoft.CodeAnalysis;
using RouterGen.Generator.Diagnostics;
using static RouterGen.Generator.Tests.AnalyzerVerifier;

namespace RouterGen.Generator.Tests.Analyzers;

/// <summary>Each diagnostic as a build shows it: once, at its place, in its words, and not where all is well.</summary>
public class DeclarationAnalyzerTests
{
    /// <summary>A marked class, the message, and the class as it should be.</summary>
    public static TheoryData<string, string, string> Mistakes { get; } = new()
    {
        {
            """[ModelGroup("a"), Deployment("openai/o3")] class {|RG0001:Models|};""",
            "Class 'Models' declares model groups and must be partial",
            """[ModelGroup("a"), Deployment("openai/o3")] partial class Models;"""
        },
        {
            """[ModelGroup({|RG0002:"a"|})] partial class Models;""",
            "Model group 'a' has no deployments: add [Deployment(\"provider/model\")] to the same declaration, or name the group with Group = \"a\"",
            """[ModelGroup("a")] partial class Models; [Deployment("openai/o3", Group = "a")] partial class Models;"""
        },
        {
            """[ModelGroup("b-a"), Deployment("openai/o3")] partial class Models; [ModelGroup({|RG0003:"b_a"|}), Deployment("openai/o3")] partial class Models;""",
            "Model groups 'b-a' and 'b_a' both generate the member 'BA': give one of them another name",
            """[ModelGroup("b-a"), Deployment("openai/o3")] partial class Models; [ModelGroup("ba"), Deployment("openai/o3")] partial class Models;"""
        },
        {
            """[ModelGroup("a"), Deployment("openai/o3")] partial class Models; [ModelGroup({|RG0004:"a"|}), Deployment("anthropic/claude-haiku-4-5")] partial class Models;""",
            "Model group 'a' is declared more than once in 'Models': remove one declaration or rename it",
            """[ModelGroup("a"), Deployment("openai/o3")] partial class Models; [ModelGroup("a"), Deployment("openai/o3")] partial class Others;"""
        },
        {
            """[ModelGroup("a"), Deployment("openai/o3", Group = {|RG0005:"b"|}), Deployment("openai/gpt-4o")] partial class Models;""",
            "Deployment 'openai/o3' belongs to no model group: 'Models' has no group 'b'; did you mean 'a'?",
            """[ModelGroup("a"), Deployment("openai/o3", Group = "a"), Deployment("anthropic/claude-haiku-4-5")] partial class Models;"""
        },
        {
            """[ModelGroup("a", ContentPolicyFallbacks = [{|RG0006:"none"|}]), Deployment("openai/o3")] partial class Models;""",
            "Model group 'a' falls back to 'none', which is no model group of 'Models': declare it with [ModelGroup(\"none\")], or name another",
            """[ModelGroup("a", ContentPolicyFallbacks = []), Deployment("openai/o3")] partial class Models;"""
        },
        {
            """[ModelGroup("a", Fallbacks = [{|RG0007:"a"|}]), Deployment("openai/o3")] partial class Models;""",
            "Model group 'a' falls back to itself, but a call visits each group once: remove it from its fallbacks, or name another group",
            """[ModelGroup("a", Fallbacks = []), Deployment("openai/o3")] partial class Models;"""
        },
        {
            """[ModelGroup("a", ContextWindowFallbacks = [{|RG0008:"b"|}]), Deployment("openai/gpt-4o")] partial class Models; [ModelGroup("b"), Deployment("openai/gpt-4o-mini"), Deployment("mistral/mistral-small-latest", ContextWindow = 32_000)] partial class Models;""",
            "A request that is too long for model group 'a', which takes prompts of 128,000 tokens, falls back to 'b', which takes no longer ones: 128,000 tokens",
            """[ModelGroup("a", ContextWindowFallbacks = ["b"]), Deployment("openai/gpt-4o")] partial class Models; [ModelGroup("b"), Deployment("openai/gpt-4o-mini"), Deployment("anthropic/claude-haiku-4-5")] partial class Models;"""
        },
        {
            """[ModelGroup({|RG0009:"a"|}), Deployment("openai/o3"), Deployment("openai/text-embedding-3-small")] partial class Models;""",
            "Model group 'a' is for chat, as 'o3' is, but 'text-embedding-3-small' is for embeddings: make a group of each kind",
            """[ModelGroup("a"), Deployment("openai/text-embedding-3-small"), Deployment("openai/text-embedding-3-small", Endpoint = "https://gateway.dev", ApiKeyEnv = "GATEWAY_KEY")] partial class Models;"""
        },
        {
            """[ModelGroup({|RG0010:"a"|}), Deployment("openai/text-embedding-3-small"), Deployment("huggingface/org/embed", InputPrice = 1, OutputPrice = 0), Deployment("mistral/mistral-embed")] partial class Models;""",
            "The vectors of model group 'a' cannot be compared with each other: those of 'openai/text-embedding-3-small' have 1,536 numbers, those of 'mistral/mistral-embed' 1,024; after a failover an index would hold both. Keep to one model, at as many providers as serve it, or state Dimensions where the models take them",
            """[ModelGroup("a", AllowDifferentModels = true), Deployment("cohere/embed-english-v3.0"), Deployment("huggingface/org/embed", InputPrice = 1, OutputPrice = 0), Deployment("mistral/mistral-embed")] partial class Models;"""
        },
        {
            """[ModelGroup({|RG0011:"a"|}), Deployment("openai/o3"), Deployment("openai/gpt-4o")] partial class Models;""",
            "All deployments of model group 'a' are at provider 'openai', so that none answers while it is down: add a deployment of another provider, or a fallback group that has one",
            """[ModelGroup("a"), Deployment("openai/o3"), Deployment("openai/gpt-4o"), Deployment("anthropic/claude-haiku-4-5")] partial class Models;"""
        },
        {
            """[ModelGroup("a", Policy = {|RG0012:typeof(object)|}), Deployment("openai/o3")] partial class Models;""",
            "Model group 'a' cannot choose by 'object': it must derive from SelectionPolicy",
            """[ModelGroup("a", Policy = typeof(First)), Deployment("openai/o3")] partial class Models; class First : SelectionPolicy { public override int Pick(in SelectionContext context) => 0; }"""
        },
        {
            """[ModelGroup("a", MaxAttempts = 3, AttemptTimeoutSeconds = {|RG0013:20.5|}, TimeoutSeconds = 60), Deployment("openai/o3")] partial class Models;""",
            "3 attempts of 20.5 s each take up to 61.5 s, but the deadline of a call is 60 s: the last attempts would be cut short or never made",
            """[ModelGroup("a", MaxAttempts = 3, AttemptTimeoutSeconds = 20, TimeoutSeconds = 60), Deployment("openai/o3")] partial class Models;"""
        },
        {
            """[ModelGroup("a", Hedge = {|RG0014:true|}), Deployment("openai/o3")] partial class Models;""",
            "'Hedge' of model group 'a' has no effect: there is no second deployment that could answer",
            """[ModelGroup("a", Hedge = true), Deployment("openai/o3"), Deployment("anthropic/claude-haiku-4-5")] partial class Models;"""
        },
        {
            """[ModelGroup("a"), Deployment("openai/o3")] partial class Models { public {|RG0015:Models|}(int x) { } }""",
            "Class 'Models' has a constructor that leaves its groups null: let it begin with ': this(options)'",
            """[ModelGroup("a"), Deployment("openai/o3")] partial class Models { static Models() { } }"""
        },
        {
            """[ModelGroup({|RG0016:" "|}), Deployment("openai/o3")] partial class Models;""",
            "A model group needs a name, by which it is called in code, logs and fallbacks: name it",
            """[ModelGroup("a"), Deployment("openai/o3")] partial class Models;"""
        },
        {
            """[ModelGroup("a", Fallbacks = [{|RG0017:"b"|}]), Deployment("openai/o3")] partial class Models; [ModelGroup("b"), Deployment("mistral/mistral-embed")] partial class Models;""",
            "Model group 'a' is for chat and falls back to 'b', which is for embeddings: name a group of the same kind",
            """[ModelGroup("a", Fallbacks = ["b"]), Deployment("mistral/mistral-embed")] partial class Models; [ModelGroup("b"), Deployment("mistral/mistral-embed", ApiKeyEnv = "OTHER_KEY")] partial class Models;"""
        },
        {
            """[ModelGroup("a"), Deployment({|RG0101:"antropic/x"|})] partial class Models;""",
            "Deployment 'antropic/x' names the unknown provider 'antropic'; did you mean 'anthropic/x'?",
            """[ModelGroup("a"), Deployment({|RG0102:"anthropic/x"|})] partial class Models;"""
        },
        {
            """[ModelGroup("a"), Deployment({|RG0102:"openai/o33"|})] partial class Models;""",
            "Deployment 'openai/o33' names a model that is not in the catalog of provider 'openai'; did you mean 'openai/o3'?",
            """[ModelGroup("a"), Deployment("openai/o3")] partial class Models;"""
        },
        {
            """/*// Built on 2026-10-22 */ [ModelGroup("a"), Deployment({|RG0103:"openai/gpt-4-0613"|})] partial class Models;""",
            "The model of deployment 'openai/gpt-4-0613' retires on 2026-10-23: use 'openai/gpt-5.6-sol'",
            """/*// Built on 2026-10-22 */ [ModelGroup("a"), Deployment("openai/gpt-5.6-sol")] partial class Models;"""
        },
        {
            """/*// Built on 2026-10-23 */ [ModelGroup("a"), Deployment({|RG0104:"openai/gpt-4-0613"|})] partial class Models;""",
            "The model of deployment 'openai/gpt-4-0613' was retired on 2026-10-23, so that each call fails over past it: use 'openai/gpt-5.6-sol'",
            """/*// Built on 2026-10-23 */ [ModelGroup("a"), Deployment("openai/gpt-5.6-sol")] partial class Models;"""
        },
        {
            """[ModelGroup("a"), Deployment("openai/o3", Weight = {|RG0105:-0.5|})] partial class Models;""",
            "Weight must be between 0.000001 and 1000000, but is -0.5",
            """[ModelGroup("a"), Deployment("openai/o3", Weight = 0.5)] partial class Models;"""
        },
        {
            """[ModelGroup({|RG0106:"a"|}), Deployment("openai/o3", Weight = 60), Deployment("anthropic/claude-haiku-4-5", Weight = 30.5)] partial class Models;""",
            "The weights of model group 'a' sum to 90.5, not 1 or 100: each deployment gets its part of that sum",
            """[ModelGroup("a"), Deployment("openai/o3", Weight = 60), Deployment("anthropic/claude-haiku-4-5", Weight = 40)] partial class Models;"""
        },
        {
            """[ModelGroup("a", Strategy = {|RG0107:RoutingStrategy.LowestCost|}), Deployment("openai/o3", Weight = 2)] partial class Models;""",
            "The strategy LowestCost of model group 'a' ignores the weights of its deployments: make it Weighted, or remove the weights",
            """[ModelGroup("a", Strategy = RoutingStrategy.Adaptive), Deployment("openai/o3", Weight = 2)] partial class Models;"""
        },
        {
            """[ModelGroup("a", TimeoutSeconds = {|RG0108:0|}), Deployment("openai/o3")] partial class Models;""",
            "TimeoutSeconds must be greater than 0 and at most 2147483, but is 0",
            """[ModelGroup("a", TimeoutSeconds = 0.1), Deployment("openai/o3")] partial class Models;"""
        },
        {
            """[ModelGroup("a"), Deployment("anthropic/claude-haiku-4-5", Tpm = {|RG0109:10_000|})] partial class Models;""",
            "A Tpm of 10,000 is less than one request to 'anthropic/claude-haiku-4-5' may use, whose answer alone may have 16,384 tokens: each would wait until a minute's tokens are there",
            """[ModelGroup("a"), Deployment("anthropic/claude-haiku-4-5", Tpm = 16_384), Deployment("openai/o3", Tpm = 1)] partial class Models;"""
        },
        {
            """[ModelGroup("a"), Deployment("openai/o3"), Deployment({|RG0110:"openai/o3"|}, Rpm = 1)] partial class Models;""",
            "Model group 'a' has the deployment 'openai/o3' twice, with the same endpoint and key: a failure of one is a failure of both; remove one, or give it a key or endpoint of its own",
            """[ModelGroup("a"), Deployment("openai/o3"), Deployment("openai/o3", ApiKeyEnv = "OTHER", EndpointEnv = "OTHER_URL")] partial class Models;"""
        },
        {
            """[ModelGroup("a"), Deployment("openai/o3", ApiKeyEnv = {|RG0111:"sk-abc"|})] partial class Models;""",
            "The value of ApiKeyEnv looks like an API key: keep it out of the source, put it into an environment variable and name that with ApiKeyEnv",
            """[ModelGroup("a"), Deployment("openai/o3", ApiKeyEnv = "SK_ABC")] partial class Models;"""
        },
        {
            """[Provider("p", Dialect.OpenAIChat, Endpoint = "https://p.dev"), ModelGroup("a"), Deployment({|RG0112:"p/m"|})] partial class Models;""",
            "Deployment 'p/m' has no key: provider 'p' has no conventional variable for it; name one with ApiKeyEnv",
            """[Provider("p", Dialect.OpenAIChat, Endpoint = "https://p.dev", ApiKeyEnv = "P"), ModelGroup("a"), Deployment("p/m", InputPrice = 1, OutputPrice = 1)] partial class Models;"""
        },
        {
            """[Provider("p", Dialect.OpenAIChat, ApiKeyEnv = "P"), ModelGroup("a"), Deployment({|RG0113:"p/m"|})] partial class Models;""",
            "Deployment 'p/m' has no endpoint: state Endpoint on it or on [Provider(\"p\")]",
            """[Provider("p", Dialect.OpenAIChat, ApiKeyEnv = "P"), ModelGroup("a"), Deployment("p/m", Endpoint = "https://p.dev", InputPrice = 1, OutputPrice = 1)] partial class Models;"""
        },
        {
            """[Provider("p", Dialect.OpenAIChat, Endpoint = {|RG0114:"p.dev"|})] partial class Models;""",
            "Endpoint 'p.dev' is not an absolute URL: it must start with https://, or with http:// for a loopback address or a server that takes no key",
            """[Provider("p", Dialect.OpenAIChat, Endpoint = "https://p.dev")] partial class Models;"""
        },
        {
            """[ModelGroup("a"), Deployment({|RG0115:"huggingface/org/m"|}, InputPrice = 1)] partial class Models;""",
            "No price is known of deployment 'huggingface/org/m', so that the cost of its calls is null: state InputPrice and OutputPrice",
            """[ModelGroup("a"), Deployment("huggingface/org/m", InputPrice = 1, OutputPrice = 0)] partial class Models;"""
        },
        {
            """[ModelGroup("a", Strategy = RoutingStrategy.LowestCost), Deployment({|RG0116:"huggingface/org/m"|})] partial class Models;""",
            "No price is known of deployment 'huggingface/org/m', but the strategy LowestCost of model group 'a' needs one: state InputPrice and OutputPrice",
            """[ModelGroup("a", Strategy = RoutingStrategy.LowestCost), Deployment("huggingface/org/m", InputPrice = 1, OutputPrice = 0)] partial class Models;"""
        },
        {
            """[ModelGroup("a"), Deployment("anthropic/claude-haiku-5-5", Supports = {|RG0118:ModelCapabilities.Audio|})] partial class Models;""",
            "Deployment 'anthropic/claude-haiku-5-5' cannot support audio: the wire format AnthropicMessages cannot carry it",
            """[ModelGroup("a"), Deployment("anthropic/claude-haiku-5-5", Supports = ModelCapabilities.Documents)] partial class Models;"""
        },
        {
            """[ModelGroup("a"), Deployment("openai/o3", LimitGroup = "x", Rpm = 5), Deployment("anthropic/claude-haiku-4-5", LimitGroup = "x", Rpm = {|RG0119:6|})] partial class Models;""",
            "The limit group 'x' has Rpm 5 at 'openai/o3' and 6 at 'anthropic/claude-haiku-4-5': state it once, or the same",
            """[ModelGroup("a"), Deployment("openai/o3", LimitGroup = "x", Rpm = 5), Deployment("anthropic/claude-haiku-4-5", LimitGroup = "x", Rpm = 5, Tpm = 20_000)] partial class Models;"""
        },
        {
            """[ModelGroup("a"), Deployment("openai/o3", Headers = ["X-Team: blue", {|RG0120:"Host: example.com"|}])] partial class Models;""",
            "Header 'Host' of deployment 'openai/o3' is set by the router or its transport",
            """[ModelGroup("a"), Deployment("openai/o3", Headers = ["X-Team: blue", "X-Host: $HOST"])] partial class Models;"""
        },
        {
            """[ModelGroup("a"), Deployment("openai/o3", Dialect = {|RG0121:Dialect.AnthropicMessages|})] partial class Models;""",
            "Deployment 'openai/o3' is to be asked in AnthropicMessages, which provider 'openai' does not speak: state OpenAIChat or OpenAIResponses, or leave Dialect out",
            """[ModelGroup("a"), Deployment("openai/o3", Dialect = Dialect.OpenAIChat)] partial class Models;"""
        },
        {
            """[ModelGroup("a"), Deployment("azure/d", ApiKeyEnv = {|RG0122:""|}, InputPrice = 1, OutputPrice = 2)] partial class Models;""",
            "Deployment 'azure/d' needs credentials of the package RouterGen.Azure, which is not referenced: add it (dotnet add package RouterGen.Azure), or name a key, such as AZURE_OPENAI_API_KEY, with ApiKeyEnv",
            """[ModelGroup("a"), Deployment("azure/d", InputPrice = 1, OutputPrice = 2)] partial class Models;"""
        },
        {
            """[ModelGroup("a"), Deployment("openai/gpt-4o", Client = {|RG0123:typeof(string)|})] partial class Models;""",
            "Deployment 'openai/gpt-4o' cannot get its client from 'string': it must be a class that implements IChatClientFactory",
            """[ModelGroup("a"), Deployment("openai/gpt-4o", Client = typeof(F))] partial class Models; class F : IChatClientFactory { public Microsoft.Extensions.AI.IChatClient Create(ChatClientContext context) => null!; }"""
        },
        {
            """[ModelGroup("a"), Deployment({|RG0124:"anthropic/my-embedder"|}, Kind = CallKind.Embeddings)] partial class Models;""",
            "Deployment 'anthropic/my-embedder' cannot be asked for embeddings: the wire format AnthropicMessages has none",
            """[ModelGroup("a"), Deployment("vllm/my-embedder", Kind = CallKind.Embeddings)] partial class Models;"""
        },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_shown_and_its_mending_is_not(string wrong, string message, string right)
    {
        await VerifyAnalyzerAsync("using RouterGen; " + wrong, message);
        await VerifyAnalyzerAsync("using RouterGen; " + right);
    }

    [Theory]
    [InlineData("")]
    [InlineData("// Built on today")]
    [InlineData("// Built on 2026-13-01")]
    [InlineData("// Built on 01.12.2026")]
    public Task RG0103_and_RG0104_are_silent_without_a_day(string comment) => VerifyAnalyzerAsync(
        comment + "\nusing RouterGen; [ModelGroup(\"a\"), Deployment(\"anthropic/claude-3-haiku-20240307\")] static partial class Models;");

    [Fact]
    public Task RG0103_and_RG0104_are_silent_for_models_that_stay_or_are_served_elsewhere() => VerifyAnalyzerAsync("""
        // Built on 2026-07-01
        using RouterGen;
        [ModelGroup("a")]
        [Deployment("openai/gpt-6-luna")]
        [Deployment("anthropic/claude-3-haiku-20240307", Endpoint = "https://museum.example.com")]
        static partial class Models;
        """);

    // Those of models.json are in ModelsJsonProblemTests, and what a call must state before it can be dropped is in ParameterTests.
    [Fact]
    public async Task A_cloud_that_has_no_key_by_convention_needs_its_package_or_a_key_that_is_named()
    {
        await VerifyAnalyzerAsync(
            """using RouterGen; [ModelGroup("a"), Deployment({|RG0122:"vertex_ai/gemini-3.8-flash"|}, Project = "p")] partial class Models;""",
            "Deployment 'vertex_ai/gemini-3.8-flash' needs credentials of the package RouterGen.Google, which is not referenced: add it (dotnet add package RouterGen.Google)");
        await VerifyAnalyzerAsync("""using RouterGen; [ModelGroup("a"), Deployment("vertex_ai/gemini-3.8-flash", Project = "p", ApiKeyEnv = "VERTEX_API_KEY")] partial class Models;""");
    }

    [Fact]
    public void Each_diagnostic_is_among_the_mistakes() => Assert.Equal(
        DiagnosticDescriptors.OfDeclarations.Where(descriptor => descriptor is not { Category: "RouterGen.ModelsJson" } and not { Id: "RG0117" }).Select(descriptor => descriptor.Id),
        Mistakes.Select(mistake => Assert.Single(Markup.Parse(mistake.Data.Item1).Expected).Id));

    [Fact]
    public Task Several_mistakes_of_one_group_are_shown_once_each_and_another_group_is_left_alone() => VerifyAnalyzerAsync("""
        using RouterGen;
        [ModelGroup("a", Fallbacks = [{|RG0006:"backpu"|}], MaxAttempts = {|RG0108:0|})]
        [Deployment({|RG0101:"antropic/x"|}, Weight = {|RG0105:0|})]
        [Deployment("openai/o3", ApiKeyEnv = {|RG0111:"sk-abc"|}, Endpoint = {|RG0114:"http://example.com"|})]
        [Deployment("openai/o3")]
        [Deployment({|RG0110:"openai/o3"|})]
        static partial class Models;

        [ModelGroup("backup")]
        [Deployment("anthropic/claude-haiku-4-5")]
        static partial class Models;
        """);

    [Fact]
    public Task A_class_in_several_files_is_read_once() => VerifyAnalyzerAsync([
        """using RouterGen; [ModelGroup("a"), Deployment({|RG0101:"antropic/x"|})] static partial class Models;""",
        """using RouterGen; [ModelGroup("b"), Deployment({|RG0101:"opnai/x"|})] static partial class Models;""",
        "static partial class Models { static int Count => 1; }",
    ]);

    [Fact]
    public Task Providers_of_the_assembly_are_checked_once_wherever_they_are() => VerifyAnalyzerAsync([
        """using RouterGen; [assembly: Provider("p", Dialect.OpenAIChat, Endpoint = {|RG0114:"http://p.dev"|}, ApiKeyEnv = "P_KEY")] [ModelGroup("a"), Deployment("openai/o3")] partial class One;""",
        """using RouterGen; [assembly: System.CLSCompliant(false)] [ModelGroup("a"), Deployment("openai/o3")] partial class Two;""",
        """using RouterGen; [assembly: Provider("q", Dialect.OpenAIChat, ApiKeyEnv = {|RG0111:"sk-abc"|})]""",
    ]);

    [Fact]
    public Task Generated_code_is_left_alone() => VerifyAnalyzerAsync(
        """
        // <auto-generated/>
        using RouterGen;
        [assembly: Provider("p", Dialect.OpenAIChat, Endpoint = "http://p.dev")]
        [ModelGroup("a"), Deployment("antropic/x")] static partial class Models;
        """);

    [Theory]
    [InlineData("fast-one", "x", "x-group-group")]
    [InlineData("Models", "configure", "ambient")]
    [InlineData("fast-one-group-group", "fast-one", "get-fast-one")]
    public Task The_generated_members_are_not_taken_for_the_users(string first, string second, string third) => VerifyAnalyzerAsync($$"""
        using RouterGen;
        [ModelGroup("{{first}}"), Deployment("openai/gpt-4o")] static partial class Models { }
        [ModelGroup("{{second}}"), Deployment("openai/gpt-4o")] static partial class Models { }
        [ModelGroup("{{third}}"), Deployment("openai/gpt-4o")] static partial class Models { }
        """);

    [Fact]
    public async Task It_never_throws()
    {
        // The parser alone is tried on all; beside the compiler each takes its time.
        IEnumerable<string> some = BrokenSources.Cut().Concat(BrokenSources.WithoutOneToken()).Where((_, i) => i % 12 == 0);
        foreach (string source in some.Concat(BrokenSources.WithWrongArguments()))
        {
            await AnalyzeAsync(new Verifier { Sources = [source] }.Compile()); // Which fails if the compiler had to catch anything.
        }
    }
}
