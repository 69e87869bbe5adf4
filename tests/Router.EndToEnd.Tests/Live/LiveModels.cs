namespace RouterGen.EndToEnd.Tests.Live;

/// <summary>
/// A small model of each provider, for a call with a key of one's own. A group is the provider's name; what it needs besides a key (an
/// account, a resource) is read from the provider's own variables.
/// </summary>
[ModelGroup("anthropic")]
[Deployment("anthropic/claude-haiku-5-5")]
public sealed partial class LiveModels;

[ModelGroup("openai")]
[Deployment("openai/gpt-6-luna")]
public sealed partial class LiveModels;

[ModelGroup("gemini")]
[Deployment("gemini/gemini-2.5-flash-lite")]
public sealed partial class LiveModels;

[ModelGroup("mistral")]
[Deployment("mistral/ministral-3-3b-2512")]
public sealed partial class LiveModels;

[ModelGroup("deepseek")]
[Deployment("deepseek/deepseek-flash")]
public sealed partial class LiveModels;

[ModelGroup("xai")]
[Deployment("xai/grok-build-0.1")]
public sealed partial class LiveModels;

[ModelGroup("cohere")]
[Deployment("cohere/command-r7b-12-2024")]
public sealed partial class LiveModels;

[ModelGroup("perplexity")]
[Deployment("perplexity/sonar")]
public sealed partial class LiveModels;

[ModelGroup("moonshot")]
[Deployment("moonshot/kimi-k2.6")]
public sealed partial class LiveModels;

[ModelGroup("dashscope")]
[Deployment("dashscope/qwen3.5-plus")]
public sealed partial class LiveModels;

[ModelGroup("zai")]
[Deployment("zai/glm-5.3-flash")]
public sealed partial class LiveModels;

[ModelGroup("minimax")]
[Deployment("minimax/MiniMax-M2.7")]
public sealed partial class LiveModels;

[ModelGroup("ai21")]
[Deployment("ai21/jamba-mini")]
public sealed partial class LiveModels;

[ModelGroup("databricks")]
[Deployment("databricks/databricks-meta-llama-3-1-8b-instruct")]
public sealed partial class LiveModels;

[ModelGroup("watsonx")]
[Deployment("watsonx/ibm/granite-4-h-small", InputPrice = 0.06, OutputPrice = 0.25)]
public sealed partial class LiveModels;

[ModelGroup("groq")]
[Deployment("groq/llama-3.1-8b-instant")]
public sealed partial class LiveModels;

[ModelGroup("cerebras")]
[Deployment("cerebras/llama3.1-8b")]
public sealed partial class LiveModels;

[ModelGroup("together_ai")]
[Deployment("together_ai/meta-llama/Llama-3.3-70B-Instruct-Turbo")]
public sealed partial class LiveModels;

[ModelGroup("fireworks_ai")]
[Deployment("fireworks_ai/accounts/fireworks/models/gpt-oss-20b")]
public sealed partial class LiveModels;

[ModelGroup("openrouter")]
[Deployment("openrouter/anthropic/claude-haiku-5.5")]
public sealed partial class LiveModels;

[ModelGroup("deepinfra")]
[Deployment("deepinfra/meta-llama/Meta-Llama-3.1-8B-Instruct", InputPrice = 0.03, OutputPrice = 0.05)]
public sealed partial class LiveModels;

[ModelGroup("nvidia_nim")]
[Deployment("nvidia_nim/meta/llama-3.1-8b-instruct", InputPrice = 0, OutputPrice = 0)]
public sealed partial class LiveModels;

[ModelGroup("sambanova")]
[Deployment("sambanova/Meta-Llama-3.1-8B-Instruct")]
public sealed partial class LiveModels;

[ModelGroup("huggingface")]
[Deployment("huggingface/meta-llama/Llama-3.1-8B-Instruct", InputPrice = 0.05, OutputPrice = 0.1)]
public sealed partial class LiveModels;

[ModelGroup("baseten")]
[Deployment("baseten/openai/gpt-oss-120b", InputPrice = 0.1, OutputPrice = 0.5)]
public sealed partial class LiveModels;

[ModelGroup("cloudflare")]
[Deployment("cloudflare/@cf/meta/llama-3.1-8b-instruct", InputPrice = 0.3, OutputPrice = 0.9)]
public sealed partial class LiveModels;

[ModelGroup("vercel_ai_gateway")]
[Deployment("vercel_ai_gateway/openai/gpt-6-luna", InputPrice = 0.1, OutputPrice = 0.5)]
public sealed partial class LiveModels;

[ModelGroup("litellm_proxy")]
[Deployment("litellm_proxy/gpt-6-luna", InputPrice = 0.1, OutputPrice = 0.5)]
public sealed partial class LiveModels;

[ModelGroup("azure")]
[Deployment("azure/gpt-6-luna")]
public sealed partial class LiveModels;

[ModelGroup("azure_ai")]
[Deployment("azure_ai/claude-haiku-5-5")]
public sealed partial class LiveModels;

[ModelGroup("bedrock")]
[Deployment("bedrock/us.amazon.nova-micro-v1:0")]
public sealed partial class LiveModels;

[ModelGroup("voyage")]
[Deployment("voyage/voyage-3.5-lite")]
public sealed partial class LiveModels;

[ModelGroup("jina_ai")]
[Deployment("jina_ai/jina-embeddings-v3", InputPrice = 0.02, OutputPrice = 0)]
public sealed partial class LiveModels;
