using static RouterGen.Generator.Tests.AnalyzerVerifier;

namespace RouterGen.Generator.Tests.Analyzers;

/// <summary>What can be wrong with groups of image models, and what is not.</summary>
public class ImageProblemTests
{
    public static TheoryData<string, string> Mistakes { get; } = new()
    {
        {
            """[ModelGroup("a"), Deployment({|RG0124:"anthropic/my-painter"|}, Kind = CallKind.Images)] partial class Models;""",
            "Deployment 'anthropic/my-painter' cannot be asked for images: the wire format AnthropicMessages has none"
        },
        {
            """[ModelGroup({|RG0009:"a"|}), Deployment("openai/gpt-image-2"), Deployment("openai/o3")] partial class Models;""",
            "Model group 'a' is for images, as 'gpt-image-2' is, but 'o3' is for chat: make a group of each kind"
        },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public Task A_mistake_is_shown(string wrong, string message) => VerifyAnalyzerAsync("using RouterGen; " + wrong, message);

    [Theory]
    [InlineData("""Deployment("openai/gpt-image-2"), Deployment("azure/mine", BaseModel = "gpt-image-2", Resource = "r")""")]
    [InlineData("""Deployment("gemini/gemini-3.1-flash-image"), Deployment("xai/grok-imagine-image"), Deployment("together_ai/black-forest-labs/FLUX.1-schnell")""")]
    [InlineData("""Deployment("bedrock/stability.sd3-5-large-v1:0", Region = "us-east-1", ApiKeyEnv = "BEDROCK_KEY")""")]
    [InlineData("""Deployment("vllm/my-painter", Kind = CallKind.Images, Endpoint = "http://localhost:8000/v1")""")]
    [InlineData("""Deployment("vllm/stable-diffusion-9", Endpoint = "http://localhost:8000/v1")""")] // Its name says what it is for.
    public Task A_sound_group_is_left_alone(string deployments) => VerifyAnalyzerAsync($"using RouterGen; [ModelGroup(\"a\", FirstTokenTimeoutSeconds = 5), {deployments}] partial class Models;");
}
