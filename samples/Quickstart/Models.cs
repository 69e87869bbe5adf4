using RouterGen;

namespace Quickstart;

/// <summary>Two providers behind one name: when the first is down, the other answers. Without Order the faster one is asked.</summary>
[ModelGroup("claude-fast")]
[Deployment("anthropic/claude-haiku-5-5", Rpm = 10_000)]
[Deployment("openai/gpt-6-luna", Rpm = 50_000, Order = 1)]
public static partial class Models;

/// <summary>One deployment alone: a rate limit can only be waited for.</summary>
[ModelGroup("claude-only", TimeoutSeconds = 30)]
[Deployment("anthropic/claude-haiku-5-5")]
public static partial class Models;

/// <summary>An A/B test: every tenth call goes to the newer model. Both are one provider's, so another group stands by.</summary>
[ModelGroup("assistant", Fallbacks = ["claude-fast"])]
[Deployment("openai/gpt-6-luna", Name = "newer", Weight = 0.1)]
[Deployment("openai/gpt-5.6-luna", Name = "proven", Weight = 0.9)]
public static partial class Models;

/// <summary>What a model is asked to answer with: the build makes a JSON schema of it, and a reader.</summary>
/// <param name="City">The city's name, in English.</param>
/// <param name="Celsius">The temperature at noon.</param>
/// <param name="Sky">What the sky looks like.</param>
[StructuredAnswer]
public sealed partial record Forecast(string City, double Celsius, Sky Sky);

public enum Sky
{
    Clear,
    Cloudy,
    Rainy,
}

/// <summary>Four providers, each asked in its own wire format.</summary>
[ModelGroup("anywhere")]
[Deployment("anthropic/claude-haiku-5-5")]
[Deployment("openai/gpt-6-luna", Order = 1)]
[Deployment("gemini/gemini-3.5-flash-lite", Order = 2, EndpointEnv = "GEMINI_BASE_URL")]
[Deployment("bedrock/amazon.nova-lite-v1:0", Order = 3, Region = "us-east-1")]
public static partial class Models;

/// <summary>Vectors of one model at two providers: an index that was made with one can be searched with the other.</summary>
[ModelGroup("texts")]
[Deployment("openai/text-embedding-3-small")]
[Deployment("azure/text-embedding-3-small", Order = 1, Resource = "my-resource")]
public static partial class Models;
