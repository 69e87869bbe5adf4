namespace RouterGen.EndToEnd.Tests.Rerank;

/// <summary>Models that rank, in each dialect, and pairs of them.</summary>
[ModelGroup("cohere", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("cohere/rerank-v4.0-pro", EndpointEnv = "COHERE_BASE_URL")]
public sealed partial class RerankFleet;

[ModelGroup("jina", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("jina_ai/jina-reranker-v3", InputPrice = 0.05, OutputPrice = 0, EndpointEnv = "JINA_BASE_URL")]
public sealed partial class RerankFleet;

[ModelGroup("voyage", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("voyage/rerank-2.5", EndpointEnv = "VOYAGE_BASE_URL")]
public sealed partial class RerankFleet;

[ModelGroup("vllm", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("vllm/BAAI/bge-reranker-v2-m3", EndpointEnv = "VLLM_BASE_URL", ApiKeyEnv = "VLLM_API_KEY")]
public sealed partial class RerankFleet;

[ModelGroup("amazon", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("bedrock/amazon.rerank-v1:0", Region = "us-west-2")]
public sealed partial class RerankFleet;

[ModelGroup("bedrock-cohere", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("bedrock/cohere.rerank-v3-5:0", Region = "us-east-1")]
public sealed partial class RerankFleet;

[ModelGroup("pair", TimeoutSeconds = 30, CooldownSeconds = 20)]
[Deployment("jina_ai/jina-reranker-v3", InputPrice = 0.05, OutputPrice = 0, EndpointEnv = "JINA_BASE_URL", Order = 0)]
[Deployment("cohere/rerank-v3.5", EndpointEnv = "COHERE_BASE_URL", Order = 1)]
public sealed partial class RerankFleet;

[ModelGroup("impatient", TimeoutSeconds = 30, AttemptTimeoutSeconds = 0.5)]
[Deployment("jina_ai/jina-reranker-v3", InputPrice = 0.05, OutputPrice = 0, EndpointEnv = "JINA_BASE_URL", Order = 0)]
[Deployment("cohere/rerank-v3.5", EndpointEnv = "COHERE_BASE_URL", Order = 1)]
public sealed partial class RerankFleet;

[ModelGroup("brief", TimeoutSeconds = 0.5)]
[Deployment("jina_ai/jina-reranker-v3", InputPrice = 0.05, OutputPrice = 0, EndpointEnv = "JINA_BASE_URL")]
public sealed partial class RerankFleet;

[ModelGroup("hedged", TimeoutSeconds = 30, Hedge = true, HedgeLimit = 1, HedgeDelaySeconds = 0.05)]
[Deployment("jina_ai/jina-reranker-v3", InputPrice = 0.05, OutputPrice = 0, EndpointEnv = "JINA_BASE_URL", Order = 0)]
[Deployment("cohere/rerank-v3.5", EndpointEnv = "COHERE_BASE_URL", Order = 1)]
public sealed partial class RerankFleet;

[ModelGroup("mirrored", TimeoutSeconds = 30)]
[Deployment("jina_ai/jina-reranker-v3", InputPrice = 0.05, OutputPrice = 0, EndpointEnv = "JINA_BASE_URL")]
[Deployment("cohere/rerank-v3.5", EndpointEnv = "COHERE_BASE_URL", MirrorShare = 1)]
public sealed partial class RerankFleet;

[ModelGroup("limited", TimeoutSeconds = 30)]
[Deployment("jina_ai/jina-reranker-v3", InputPrice = 0.05, OutputPrice = 0, EndpointEnv = "JINA_BASE_URL", MaxBatchTexts = 2, Order = 0)]
[Deployment("cohere/rerank-v3.5", EndpointEnv = "COHERE_BASE_URL", Rpm = 1, Order = 1)]
[Deployment("voyage/rerank-2.5", EndpointEnv = "VOYAGE_BASE_URL", Order = 2)]
public sealed partial class RerankFleet;
