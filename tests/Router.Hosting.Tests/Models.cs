namespace RouterGen.Hosting.Tests;

/// <summary>What an application declares.</summary>
[ModelGroup("chat")]
[Deployment("openai/gpt-4o-mini")]
[Deployment("anthropic/claude-haiku-4-5")]
public partial class Models;

/// <summary>A group that has but one deployment.</summary>
[ModelGroup("lone")]
[Deployment("openai/gpt-4o-mini")]
public partial class OtherModels;
