using static RouterGen.Generator.Tests.AnalyzerVerifier;

namespace RouterGen.Generator.Tests.Analyzers;

/// <summary>Groups of the kinds of calls that are neither chat nor embeddings: which deployments they can have, and what is said of those that they cannot.</summary>
public class KindProblemTests
{
    public static TheoryData<string, string, string> Mistakes { get; } = new()
    {
        {
            """[ModelGroup("a"), Deployment({|RG0124:"anthropic/my-reranker"|}, Kind = CallKind.Rerank)] partial class Models;""",
            "Deployment 'anthropic/my-reranker' cannot be asked for rerank: the wire format AnthropicMessages has none",
            """[ModelGroup("a"), Deployment("vllm/my-reranker", Kind = CallKind.Rerank)] partial class Models;"""
        },
        {
            """[ModelGroup("a"), Deployment({|RG0124:"azure/mine"|}, Kind = CallKind.Rerank, Resource = "r", InputPrice = 1, OutputPrice = 0)] partial class Models;""",
            "Deployment 'azure/mine' cannot be asked for rerank: at azure there is none yet; use another provider of the model",
            """[ModelGroup("a"), Deployment("cohere/rerank-v3.5")] partial class Models;"""
        },
        {
            """[ModelGroup({|RG0009:"a"|}), Deployment("cohere/rerank-v3.5"), Deployment("voyage/voyage-4")] partial class Models;""",
            "Model group 'a' is for rerank, as 'rerank-v3.5' is, but 'voyage-4' is for embeddings: make a group of each kind",
            """[ModelGroup("a"), Deployment("cohere/rerank-v3.5"), Deployment("voyage/rerank-2.5")] partial class Models;"""
        },
        {
            """[ModelGroup("a"), Deployment({|RG0124:"cohere/my-moderation"|}, InputPrice = 1, OutputPrice = 0, Kind = CallKind.Moderation)] partial class Models;""",
            "Deployment 'cohere/my-moderation' cannot be asked for moderation: the wire format CohereChat has none",
            """[ModelGroup("a"), Deployment("openai/omni-moderation-latest"), Deployment("mistral/mistral-moderation-latest")] partial class Models;"""
        },
        {
            """[ModelGroup("a", StreamIdleTimeoutSeconds = {|RG0014:2|}), Deployment("cohere/rerank-v3.5")] partial class Models;""",
            "'StreamIdleTimeoutSeconds' of model group 'a' has no effect: calls for rerank have no streams",
            """[ModelGroup("a", AttemptTimeoutSeconds = 2), Deployment("cohere/rerank-v3.5")] partial class Models;"""
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
    [InlineData("""Deployment("vllm/BAAI/bge-reranker-v2-m3"), Deployment("jina_ai/jina-reranker-v9", InputPrice = 1, OutputPrice = 0)""")] // By their names.
    [InlineData("""Deployment("bedrock/amazon.rerank-v1:0", Region = "us-west-2", ApiKeyEnv = "BEDROCK_KEY"), Deployment("bedrock/cohere.rerank-v3-5:0", Region = "us-east-1", ApiKeyEnv = "BEDROCK_KEY")""")]
    [InlineData("""Deployment("voyage/rerank-2.5-lite", MaxBatchTexts = 100)""")]
    [InlineData("""Deployment("voyage/voyage-4-lite"), Deployment("vllm/voyage-4", Kind = CallKind.Embeddings)""")] // One space.
    public Task A_sound_group_is_left_alone(string deployments) => VerifyAnalyzerAsync($"using RouterGen; [ModelGroup(\"a\"), {deployments}] partial class Models;");
}
