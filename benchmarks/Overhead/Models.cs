namespace RouterGen.Benchmarks.Overhead;

/// <summary>Two deployments of one model, so that each call selects, and both send the same bytes.</summary>
[ModelGroup("chat")]
[Deployment("openai/gpt-4o-mini", Name = "east", EndpointEnv = "EAST")]
[Deployment("openai/gpt-4o-mini", Name = "west", EndpointEnv = "WEST")]
public sealed partial class Models;
