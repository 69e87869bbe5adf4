namespace RouterGen.Azure.Tests;

/// <summary>As a user declares them, without a key: with the package referenced, the generator emits its credentials.</summary>
[ModelGroup("gpt", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("azure/my-gpt", BaseModel = "gpt-6-luna", Resource = "r", ApiKeyEnv = "")]
public sealed partial class Models;

[ModelGroup("claude", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("azure_ai/claude-haiku-5-5", Resource = "r")]
public sealed partial class Models;
