using static RouterGen.Generator.Tests.AnalyzerVerifier;

namespace RouterGen.Generator.Tests.Analyzers;

/// <summary>What can be wrong with groups of models that transcribe or speak.</summary>
public class AudioProblemTests
{
    public static TheoryData<string, string, string> Mistakes { get; } = new()
    {
        {
            """[ModelGroup("a"), Deployment({|RG0124:"anthropic/my-ears"|}, Kind = CallKind.Transcription)] partial class Models;""",
            "Deployment 'anthropic/my-ears' cannot be asked for transcription: the wire format AnthropicMessages has none",
            """[ModelGroup("a"), Deployment("vllm/my-ears", Kind = CallKind.Transcription)] partial class Models;"""
        },
        {
            """[ModelGroup("a"), Deployment({|RG0124:"gemini/gemini-tts-preview"|}, Kind = CallKind.Speech)] partial class Models;""",
            "Deployment 'gemini/gemini-tts-preview' cannot be asked for speech: the wire format Gemini has none",
            """[ModelGroup("a"), Deployment("openai/tts-1")] partial class Models;"""
        },
        {
            """[ModelGroup("a"), Deployment("openai/whisper-1", MaxFileMegabytes = {|RG0108:0|})] partial class Models;""",
            "MaxFileMegabytes must be greater than 0, but is 0",
            """[ModelGroup("a"), Deployment("openai/whisper-1", MaxFileMegabytes = 20)] partial class Models;"""
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
    [InlineData("""Deployment("openai/gpt-4o-transcribe"), Deployment("groq/whisper-large-v3"), Deployment("mistral/voxtral-small-transcribe-3")""")]
    [InlineData("""Deployment("azure/my-whisper", BaseModel = "whisper-1", Resource = "r"), Deployment("openai/whisper-1")""")]
    [InlineData("""Deployment("vllm/openai/whisper-large-v3"), Deployment("vllm/mine", Kind = CallKind.Transcription, Endpoint = "http://localhost:8001/v1")""")] // One is told by its name.
    [InlineData("""Deployment("openai/gpt-4o-mini-tts"), Deployment("groq/canopylabs/orpheus-v1-english")""")]
    public Task A_sound_group_is_left_alone(string deployments) => VerifyAnalyzerAsync($"using RouterGen; [ModelGroup(\"a\"), {deployments}] partial class Models;");
}
