namespace RouterGen.Testing.Tests;

/// <summary>Groups of each kind of call, as a user declares them.</summary>
[ModelGroup("claude-fast", Fallbacks = ["backup"], ContextWindowFallbacks = ["long"], ContentPolicyFallbacks = ["backup"])]
[Deployment(Fake.Haiku, Group = "claude-fast", Order = 0)]
[Deployment(Fake.Luna, Group = "claude-fast", Order = 1)]
[ModelGroup("backup")]
[Deployment(Fake.Gemini, Group = "backup")]
[ModelGroup("long")]
[Deployment(Fake.Gemini, Group = "long")]
[ModelGroup("single")]
[Deployment(Fake.Luna, Group = "single")]
[ModelGroup("limited")]
[Deployment(Fake.Luna, Group = "limited", Rpm = 1)]
[ModelGroup("pair")]
[Deployment(Fake.Haiku, Group = "pair")]
[Deployment(Fake.Luna, Group = "pair")]
[ModelGroup("sdk")]
[Deployment(Fake.Luna, Group = "sdk", Client = typeof(UnusableSdk))]
[ModelGroup("vectors")]
[Deployment(Fake.Embedding, Group = "vectors")]
[ModelGroup("ranking")]
[Deployment(Fake.Rerank, Group = "ranking")]
[ModelGroup("guard")]
[Deployment(Fake.Moderation, Group = "guard")]
[ModelGroup("text")]
[Deployment(Fake.Completion, Group = "text", Kind = CallKind.Completion, EndpointEnv = "VLLM_BASE_URL")]
[ModelGroup("pictures")]
[Deployment(Fake.Image, Group = "pictures")]
[ModelGroup("ears")]
[Deployment(Fake.Transcription, Group = "ears")]
[ModelGroup("voice")]
[Deployment(Fake.Speech, Group = "voice")]
public sealed partial class Models;

/// <summary>A static class, whose groups are overridden.</summary>
[ModelGroup("fast", Fallbacks = ["spare"])]
[Deployment(Fake.Luna, Group = "fast")]
[ModelGroup("spare")]
[Deployment(Fake.Gemini, Group = "spare")]
[ModelGroup("vectors")]
[Deployment(Fake.Embedding, Group = "vectors")]
public static partial class StaticModels;

/// <summary>A static class with members that bear the names of generated ones.</summary>
[ModelGroup("override")]
[Deployment(Fake.Luna, Name = "in")]
public static partial class AwkwardModels;

/// <summary>The names of deployments.</summary>
internal static class Fake
{
    public const string Haiku = "anthropic/claude-haiku-5-5";
    public const string Luna = "openai/gpt-6-luna";
    public const string Gemini = "gemini/gemini-3.5-flash";
    public const string Embedding = "openai/text-embedding-3-small";
    public const string Rerank = "cohere/rerank-v4.0-pro";
    public const string Moderation = "openai/omni-moderation-latest";
    public const string Completion = "vllm/base";
    public const string Image = "openai/gpt-image-2";
    public const string Transcription = "openai/gpt-4o-transcribe";
    public const string Speech = "openai/gpt-4o-mini-tts";
}

/// <summary>A factory of a client that no test may come to.</summary>
public sealed class UnusableSdk : IChatClientFactory
{
    public Microsoft.Extensions.AI.IChatClient Create(ChatClientContext context) => throw new InvalidOperationException("A fake answers in place of the client.");
}

/// <summary>A structured answer.</summary>
/// <param name="City">The city.</param>
/// <param name="Celsius">The temperature.</param>
[StructuredAnswer]
public sealed partial record Forecast(string City, double Celsius);

/// <summary>Tools that models call.</summary>
public static partial class WeatherTools
{
    /// <summary>Tells the weather.</summary>
    /// <param name="city">The city.</param>
    [RouterTool]
    public static string Weather(string city) => $"Rain in {city}";
}
