namespace RouterGen.EndToEnd.Tests.Images;

/// <summary>Image models in each dialect, and pairs in which the second takes over.</summary>
[ModelGroup("openai", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("openai/gpt-image-2.5-flare")]
public sealed partial class ImageFleet;

[ModelGroup("azure", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("azure/my-gpt-image-2", BaseModel = "gpt-image-2")]
public sealed partial class ImageFleet;

[ModelGroup("gemini", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("gemini/gemini-3.1-flash-image", EndpointEnv = "GEMINI_BASE_URL")]
public sealed partial class ImageFleet;

[ModelGroup("xai", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("xai/grok-imagine-image", EndpointEnv = "XAI_BASE_URL")]
public sealed partial class ImageFleet;

[ModelGroup("together", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("together_ai/black-forest-labs/FLUX.1-schnell", EndpointEnv = "TOGETHER_BASE_URL")]
public sealed partial class ImageFleet;

[ModelGroup("stability", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("bedrock/stability.sd3-5-large-v1:0", Region = "us-east-1")]
public sealed partial class ImageFleet;

[ModelGroup("editors", TimeoutSeconds = 30)]
[Deployment("bedrock/stability.stable-image-core-v1:1", Region = "us-east-1", Order = 0)]
[Deployment("openai/gpt-image-2.5-flare", Order = 1)]
public sealed partial class ImageFleet;

[ModelGroup("pair", TimeoutSeconds = 30, CooldownSeconds = 20)]
[Deployment("openai/gpt-image-2.5-flare", Order = 0)]
[Deployment("azure/my-gpt-image-2", BaseModel = "gpt-image-2", Order = 1)]
public sealed partial class ImageFleet;

[ModelGroup("impatient", TimeoutSeconds = 30, AttemptTimeoutSeconds = 0.5)]
[Deployment("openai/gpt-image-2.5-flare", Order = 0)]
[Deployment("azure/my-gpt-image-2", BaseModel = "gpt-image-2", Order = 1)]
public sealed partial class ImageFleet;

[ModelGroup("hedged", TimeoutSeconds = 30, Hedge = true, HedgeLimit = 1, HedgeDelaySeconds = 0.05)]
[Deployment("openai/gpt-image-2.5-flare", Order = 0)]
[Deployment("azure/my-gpt-image-2", BaseModel = "gpt-image-2", Order = 1)]
public sealed partial class ImageFleet;

[ModelGroup("mirrored", TimeoutSeconds = 30)]
[Deployment("openai/gpt-image-2.5-flare")]
[Deployment("azure/my-gpt-image-2", BaseModel = "gpt-image-2", MirrorShare = 1)]
public sealed partial class ImageFleet;
