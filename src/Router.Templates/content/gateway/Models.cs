using RouterGen;

/// <summary>A group of two deployments: if one provider is down or at its limit, the other one answers. One key is enough to begin.</summary>
[ModelGroup("chat")]
[Deployment("anthropic/claude-haiku-5-5")]
[Deployment("openai/gpt-6-luna")]
public sealed partial class Models;
