namespace RouterGen.EndToEnd.Tests.Recipes;

#pragma warning disable RG0011 // Some recipes are about one provider.

// What docs/recipes.md shows, with variables for the addresses, so that the tests can answer.

[ModelGroup("flex-first")]
[Deployment("openai/gpt-6-luna", Name = "flex", ServiceTier = ServiceTier.Flex, EndpointEnv = "RECIPE_URL")]
[Deployment("openai/gpt-6-luna", Name = "standard", Order = 1, EndpointEnv = "RECIPE_URL")]
public sealed partial class RecipeModels;

[ModelGroup("two-keys")]
[Deployment("openai/gpt-6-luna", Name = "first", ApiKeyEnv = "FIRST_KEY", EndpointEnv = "RECIPE_URL")]
[Deployment("openai/gpt-6-luna", Name = "second", ApiKeyEnv = "SECOND_KEY", EndpointEnv = "RECIPE_URL")]
public sealed partial class RecipeModels;

[ModelGroup("eu")]
[Deployment("mistral/mistral-small-latest", Region = "eu", EndpointEnv = "RECIPE_URL")]
[Deployment("openai/gpt-6-luna", Region = "us", EndpointEnv = "RECIPE_URL")]
public sealed partial class RecipeModels;

[ModelGroup("cheapest", Strategy = RoutingStrategy.LowestCost)]
[Deployment("groq/llama-3.1-8b-instant", EndpointEnv = "RECIPE_URL")]
[Deployment("openai/gpt-6-sol", EndpointEnv = "RECIPE_URL")]
public sealed partial class RecipeModels;

[ModelGroup("local-first")]
[Deployment("vllm/llama", MaxConcurrency = 1, EndpointEnv = "RECIPE_URL")]
[Deployment("openai/gpt-6-luna", Order = 1, EndpointEnv = "RECIPE_URL")]
public sealed partial class RecipeModels;

[ModelGroup("no-tiers")]
[Deployment("cohere/command-a-03-2025", EndpointEnv = "RECIPE_URL")]
public sealed partial class RecipeModels;

[ModelGroup("large-media")]
[Deployment("anthropic/claude-haiku-5-5", EndpointEnv = "RECIPE_URL")]
[Deployment("openai/gpt-6-luna", Order = 1, EndpointEnv = "RECIPE_URL")]
public sealed partial class RecipeModels;

[ModelGroup("own-server")]
[Deployment("ollama/qwen3")]
public sealed partial class RecipeModels;

[ModelGroup("own-server-compatible")]
[Deployment("ollama/qwen3", Dialect = Dialect.OpenAIChat)]
public sealed partial class RecipeModels;
