namespace RouterGen.EndToEnd.Tests.Embeddings;

/// <summary>Embedding models in each dialect, each behind OpenAI's so that failover can be seen where models may differ.</summary>
[ModelGroup("openai", TimeoutSeconds = 30, Dimensions = 256, MaxAttempts = 1)]
[Deployment("openai/text-embedding-3-small")]
public sealed partial class EmbeddingFleet;

[ModelGroup("azure", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("azure/my-text-embedding", BaseModel = "text-embedding-3-small")]
public sealed partial class EmbeddingFleet;

[ModelGroup("gemini", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("gemini/gemini-embedding-001", EndpointEnv = "GEMINI_BASE_URL")]
public sealed partial class EmbeddingFleet;

[ModelGroup("vertex", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("vertex_ai/text-embedding-005", EndpointEnv = "VERTEX_URL")]
public sealed partial class EmbeddingFleet;

[ModelGroup("vertex-gemini", TimeoutSeconds = 30, MaxAttempts = 1, Dimensions = 768)]
[Deployment("vertex_ai/gemini-embedding-2", EndpointEnv = "VERTEX_URL")]
public sealed partial class EmbeddingFleet;

[ModelGroup("cohere", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("cohere/embed-v4.0", EndpointEnv = "COHERE_BASE_URL")]
public sealed partial class EmbeddingFleet;

[ModelGroup("mistral", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("mistral/mistral-embed", EndpointEnv = "MISTRAL_BASE_URL")]
public sealed partial class EmbeddingFleet;

[ModelGroup("ollama", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("ollama/nomic-embed-text", EndpointEnv = "OLLAMA_BASE_URL", ApiKeyEnv = "OLLAMA_API_KEY")]
public sealed partial class EmbeddingFleet;

[ModelGroup("titan", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("bedrock/amazon.titan-embed-text-v2:0", Region = "us-east-1")]
public sealed partial class EmbeddingFleet;

[ModelGroup("bedrock-cohere", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("bedrock/cohere.embed-english-v3", Region = "us-east-1")]
public sealed partial class EmbeddingFleet;

[ModelGroup("pair", TimeoutSeconds = 30, CooldownSeconds = 20)]
[Deployment("openai/text-embedding-3-small", Order = 0)]
[Deployment("azure/my-text-embedding", BaseModel = "text-embedding-3-small", Order = 1)]
public sealed partial class EmbeddingFleet;

[ModelGroup("impatient", TimeoutSeconds = 30, AttemptTimeoutSeconds = 0.5)]
[Deployment("openai/text-embedding-3-small", Order = 0)]
[Deployment("azure/my-text-embedding", BaseModel = "text-embedding-3-small", Order = 1)]
public sealed partial class EmbeddingFleet;

[ModelGroup("hedged", TimeoutSeconds = 30, Hedge = true, HedgeLimit = 1, HedgeDelaySeconds = 0.05)]
[Deployment("openai/text-embedding-3-small", Order = 0)]
[Deployment("azure/my-text-embedding", BaseModel = "text-embedding-3-small", Order = 1)]
public sealed partial class EmbeddingFleet;

[ModelGroup("batches", TimeoutSeconds = 30)]
[Deployment("openai/text-embedding-3-small", MaxBatchTexts = 10, MaxConcurrency = 4)]
[Deployment("azure/my-text-embedding", BaseModel = "text-embedding-3-small", MaxBatchTexts = 10, MaxConcurrency = 4)]
public sealed partial class EmbeddingFleet;

[ModelGroup("mirrored", TimeoutSeconds = 30)]
[Deployment("openai/text-embedding-3-small")]
[Deployment("azure/my-text-embedding", BaseModel = "text-embedding-3-small", MirrorShare = 1)]
public sealed partial class EmbeddingFleet;
