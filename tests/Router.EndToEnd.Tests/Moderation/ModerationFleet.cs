namespace RouterGen.EndToEnd.Tests.Moderation;

/// <summary>Moderation models, alone and together.</summary>
[ModelGroup("openai", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("openai/omni-moderation-latest")]
public sealed partial class ModerationFleet;

[ModelGroup("mistral", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("mistral/mistral-moderation-latest", EndpointEnv = "MISTRAL_BASE_URL")]
public sealed partial class ModerationFleet;

[ModelGroup("proxy", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("litellm_proxy/my-omni-moderation", EndpointEnv = "PROXY_BASE_URL", InputPrice = 1, OutputPrice = 0)]
public sealed partial class ModerationFleet;

[ModelGroup("pair", TimeoutSeconds = 30, CooldownSeconds = 20)]
[Deployment("openai/omni-moderation-latest", Order = 0)]
[Deployment("mistral/mistral-moderation-latest", EndpointEnv = "MISTRAL_BASE_URL", Order = 1)]
public sealed partial class ModerationFleet;

[ModelGroup("reversed", TimeoutSeconds = 30)]
[Deployment("mistral/mistral-moderation-latest", EndpointEnv = "MISTRAL_BASE_URL", Order = 0)]
[Deployment("openai/omni-moderation-latest", Order = 1)]
public sealed partial class ModerationFleet;

[ModelGroup("impatient", TimeoutSeconds = 30, AttemptTimeoutSeconds = 0.5)]
[Deployment("openai/omni-moderation-latest", Order = 0)]
[Deployment("mistral/mistral-moderation-latest", EndpointEnv = "MISTRAL_BASE_URL", Order = 1)]
public sealed partial class ModerationFleet;

[ModelGroup("hedged", TimeoutSeconds = 30, Hedge = true, HedgeLimit = 1, HedgeDelaySeconds = 0.05)]
[Deployment("openai/omni-moderation-latest", Order = 0)]
[Deployment("mistral/mistral-moderation-latest", EndpointEnv = "MISTRAL_BASE_URL", Order = 1)]
public sealed partial class ModerationFleet;

[ModelGroup("mirrored", TimeoutSeconds = 30)]
[Deployment("openai/omni-moderation-latest")]
[Deployment("mistral/mistral-moderation-latest", EndpointEnv = "MISTRAL_BASE_URL", MirrorShare = 1)]
public sealed partial class ModerationFleet;

[ModelGroup("limited", TimeoutSeconds = 30)]
[Deployment("openai/omni-moderation-latest", Rpm = 1, Order = 0)]
[Deployment("mistral/mistral-moderation-latest", EndpointEnv = "MISTRAL_BASE_URL", Order = 1)]
public sealed partial class ModerationFleet;
