using static RouterGen.Generator.Tests.AnalyzerVerifier;

namespace RouterGen.Generator.Tests.Analyzers;

/// <summary>What can be wrong with groups of embedding models, besides what <see cref="DeclarationAnalyzerTests"/> has of each diagnostic.</summary>
public class EmbeddingProblemTests
{
    public static TheoryData<string, string, string> Mistakes { get; } = new()
    {
        {
            """[ModelGroup({|RG0010:"a"|}), Deployment("cohere/embed-english-v3.0"), Deployment("mistral/mistral-embed")] partial class Models;""",
            "The vectors of model group 'a' cannot be compared with each other: 'cohere/embed-english-v3.0' and 'mistral/mistral-embed' are different models; after a failover an index would hold both. Keep to one model, at as many providers as serve it, or state AllowDifferentModels = true",
            """[ModelGroup("a"), Deployment("cohere/embed-english-v3.0"), Deployment("bedrock/cohere.embed-english-v3", Region = "us-east-1", ApiKeyEnv = "BEDROCK_KEY")] partial class Models;"""
        },
        {
            """[ModelGroup("a", Fallbacks = [{|RG0010:"b"|}]), Deployment("openai/text-embedding-3-large")] partial class Models; [ModelGroup("b"), Deployment("mistral/mistral-embed")] partial class Models;""",
            "The vectors of model group 'a' cannot be compared with each other: those of 'openai/text-embedding-3-large' have 3,072 numbers, those of 'mistral/mistral-embed' 1,024; after a failover an index would hold both. Keep to one model, at as many providers as serve it, or state Dimensions where the models take them",
            """[ModelGroup("a", Dimensions = 1024, AllowDifferentModels = true, Fallbacks = ["b"]), Deployment("openai/text-embedding-3-large")] partial class Models; [ModelGroup("b"), Deployment("mistral/mistral-embed")] partial class Models;"""
        },
        {
            """[ModelGroup("a", Dimensions = {|RG0014:256|}), Deployment("openai/o3")] partial class Models;""",
            "'Dimensions' of model group 'a' has no effect: it is for groups of embedding models",
            """[ModelGroup("a", Dimensions = 256), Deployment("openai/text-embedding-3-small")] partial class Models;"""
        },
        {
            """[ModelGroup("a", FirstTokenTimeoutSeconds = {|RG0014:2|}), Deployment("openai/text-embedding-3-small")] partial class Models;""",
            "'FirstTokenTimeoutSeconds' of model group 'a' has no effect: calls for embeddings have no streams",
            """[ModelGroup("a", AttemptTimeoutSeconds = 2), Deployment("openai/text-embedding-3-small")] partial class Models;"""
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
    [InlineData("""Deployment("ollama/nomic-embed-text"), Deployment("fireworks_ai/nomic-ai/nomic-embed-text-v1.5")""")] // One model by two names.
    [InlineData("""Deployment("azure/mine", BaseModel = "text-embedding-3-small", Resource = "r"), Deployment("openai/text-embedding-3-small")""")]
    [InlineData("""Deployment("vllm/my-vectors", Kind = CallKind.Embeddings), Deployment("vllm/my-vectors", Endpoint = "http://localhost:8001/v1")""")] // One says it for both.
    [InlineData("""Deployment("openai/text-embedding-3-large", MirrorShare = 0.5), Deployment("mistral/mistral-embed")""")] // A shadow answers no caller.
    public Task A_sound_group_is_left_alone(string deployments) => VerifyAnalyzerAsync($"using RouterGen; [ModelGroup(\"a\"), {deployments}] partial class Models;");
}
