namespace RouterGen.EndToEnd.Tests;

/// <summary>Deployments in Azure, as a user declares them: each resource by a variable with its address and one with its key.</summary>
[ModelGroup("v1", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("azure/my-gpt", BaseModel = "gpt-4o-mini", EndpointEnv = "EAST", ApiKeyEnv = "EAST_KEY")]
public sealed partial class AzureFleet;

[ModelGroup("classic", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("azure/my-gpt", BaseModel = "gpt-4o-mini", EndpointEnv = "EAST", ApiKeyEnv = "EAST_KEY", ApiVersion = "2024-10-21")]
public sealed partial class AzureFleet;

/// <summary>Throughput that is paid for anyway comes first.</summary>
[ModelGroup("provisioned-first", TimeoutSeconds = 30, CooldownSeconds = 20)]
[Deployment("azure/ptu", Name = "ptu", BaseModel = "gpt-4o-mini", EndpointEnv = "EAST", ApiKeyEnv = "EAST_KEY", Order = 0)]
[Deployment("azure/paygo", Name = "paygo", BaseModel = "gpt-4o-mini", EndpointEnv = "WEST", ApiKeyEnv = "WEST_KEY", Order = 1)]
public sealed partial class AzureFleet;

/// <summary>Resources in several regions, each with its own quota.</summary>
[ModelGroup("regions", TimeoutSeconds = 30, CooldownSeconds = 20)]
[Deployment("azure/my-gpt", Name = "east", BaseModel = "gpt-4o-mini", EndpointEnv = "EAST", ApiKeyEnv = "EAST_KEY", Rpm = 60)]
[Deployment("azure/my-gpt", Name = "west", BaseModel = "gpt-4o-mini", EndpointEnv = "WEST", ApiKeyEnv = "WEST_KEY", Rpm = 60)]
public sealed partial class AzureFleet;

[ModelGroup("claude", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("azure_ai/claude-haiku-5-5", EndpointEnv = "EAST", ApiKeyEnv = "EAST_KEY")]
public sealed partial class AzureFleet;
