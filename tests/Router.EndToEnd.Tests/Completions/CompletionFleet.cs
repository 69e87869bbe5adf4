namespace RouterGen.EndToEnd.Tests.Completions;

/// <summary>Models that go on with a text, in each dialect, and groups whose first deployment can fail.</summary>
[ModelGroup("vllm", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("vllm/base", Kind = CallKind.Completion, EndpointEnv = "VLLM_BASE_URL", ApiKeyEnv = "VLLM_API_KEY")]
public sealed partial class CompletionFleet;

[ModelGroup("azure", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("azure/my-text", Kind = CallKind.Completion, InputPrice = 1, OutputPrice = 2)]
public sealed partial class CompletionFleet;

[ModelGroup("codestral", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("mistral/codestral-latest", Kind = CallKind.Completion, EndpointEnv = "MISTRAL_BASE_URL")]
public sealed partial class CompletionFleet;

[ModelGroup("ollama", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("ollama/qwen2.5-coder", Kind = CallKind.Completion, EndpointEnv = "OLLAMA_BASE_URL", ApiKeyEnv = "OLLAMA_API_KEY")]
public sealed partial class CompletionFleet;

[ModelGroup("pair", TimeoutSeconds = 30, CooldownSeconds = 20)]
[Deployment("mistral/codestral-latest", Kind = CallKind.Completion, EndpointEnv = "MISTRAL_BASE_URL", Order = 0)]
[Deployment("vllm/base", Kind = CallKind.Completion, EndpointEnv = "VLLM_BASE_URL", ApiKeyEnv = "VLLM_API_KEY", Order = 1)]
public sealed partial class CompletionFleet;

[ModelGroup("impatient", TimeoutSeconds = 30, AttemptTimeoutSeconds = 0.5, FirstTokenTimeoutSeconds = 0.5)]
[Deployment("mistral/codestral-latest", Kind = CallKind.Completion, EndpointEnv = "MISTRAL_BASE_URL", Order = 0)]
[Deployment("vllm/base", Kind = CallKind.Completion, EndpointEnv = "VLLM_BASE_URL", ApiKeyEnv = "VLLM_API_KEY", Order = 1)]
public sealed partial class CompletionFleet;

[ModelGroup("hedged", TimeoutSeconds = 30, Hedge = true, HedgeLimit = 1, HedgeDelaySeconds = 0.05)]
[Deployment("mistral/codestral-latest", Kind = CallKind.Completion, EndpointEnv = "MISTRAL_BASE_URL", Order = 0)]
[Deployment("vllm/base", Kind = CallKind.Completion, EndpointEnv = "VLLM_BASE_URL", ApiKeyEnv = "VLLM_API_KEY", Order = 1)]
public sealed partial class CompletionFleet;

[ModelGroup("mirrored", TimeoutSeconds = 30)]
[Deployment("mistral/codestral-latest", Kind = CallKind.Completion, EndpointEnv = "MISTRAL_BASE_URL")]
[Deployment("vllm/base", Kind = CallKind.Completion, EndpointEnv = "VLLM_BASE_URL", ApiKeyEnv = "VLLM_API_KEY", MirrorShare = 1)]
public sealed partial class CompletionFleet;
