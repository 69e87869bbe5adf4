namespace RouterGen.EndToEnd.Tests;

/// <summary>Models of the catalog, one for each thing that prices depend on. Where they are is a variable, so that the tests can answer.</summary>
[ModelGroup("gpt-6-sol")]
[Deployment("openai/gpt-6-sol")]
public sealed partial class PricedModels;

[ModelGroup("gpt-5-mini")]
[Deployment("openai/gpt-5-mini")]
public sealed partial class PricedModels;

[ModelGroup("audio")]
[Deployment("openai/gpt-4o-audio-preview")]
public sealed partial class PricedModels;

[ModelGroup("grok")]
[Deployment("xai/grok-4.7", EndpointEnv = "PRICED_URL")]
public sealed partial class PricedModels;

[ModelGroup("haiku")]
[Deployment("anthropic/claude-haiku-5-5")]
public sealed partial class PricedModels;

[ModelGroup("opus")]
[Deployment("anthropic/claude-opus-5-5")]
public sealed partial class PricedModels;

[ModelGroup("gemini-4")]
[Deployment("gemini/gemini-4-argon", EndpointEnv = "PRICED_URL")]
public sealed partial class PricedModels;

[ModelGroup("gemini-pro")]
[Deployment("gemini/gemini-2.5-pro", EndpointEnv = "PRICED_URL")]
public sealed partial class PricedModels;

[ModelGroup("gemini-flash")]
[Deployment("gemini/gemini-2.5-flash", EndpointEnv = "PRICED_URL")]
public sealed partial class PricedModels;

[ModelGroup("deepseek")]
[Deployment("deepseek/deepseek-flash", EndpointEnv = "PRICED_URL")]
public sealed partial class PricedModels;

[ModelGroup("sonar")]
[Deployment("perplexity/sonar", EndpointEnv = "PRICED_URL")]
public sealed partial class PricedModels;

[ModelGroup("research")]
[Deployment("perplexity/sonar-deep-research", EndpointEnv = "PRICED_URL")]
public sealed partial class PricedModels;

[ModelGroup("own")]
[Deployment("openai/gpt-6-sol", InputPrice = 3)]
public sealed partial class PricedModels;

[ModelGroup("cheapest", Strategy = RoutingStrategy.LowestCost)]
[Deployment("deepseek/deepseek-v4-pro", EndpointEnv = "PRICED_URL")]
[Deployment("openai/gpt-6.1-terra", Dialect = Dialect.OpenAIChat)]
public sealed partial class PricedModels;
