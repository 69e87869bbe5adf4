namespace RouterGen.EndToEnd.Tests.Counts;

/// <summary>Models of each API that counts tokens, and of one that does not.</summary>
[Provider("responses", Dialect.OpenAIResponses, Endpoint = "https://responses.example/v1", EndpointEnv = "RESPONSES_BASE_URL", ApiKeyEnv = "RESPONSES_API_KEY")]
[ModelGroup("anthropic", TimeoutSeconds = 30)]
[Deployment("anthropic/claude-haiku-4-5")]
public sealed partial class CountFleet;

[ModelGroup("responses", TimeoutSeconds = 30)]
[Deployment("responses/gpt-5-mini", InputPrice = 0.25, OutputPrice = 2)]
public sealed partial class CountFleet;

[ModelGroup("gemini", TimeoutSeconds = 30)]
[Deployment("gemini/gemini-3.8-flash", EndpointEnv = "GEMINI_BASE_URL")]
public sealed partial class CountFleet;

[ModelGroup("converse", TimeoutSeconds = 30)]
[Deployment("bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0", Region = "us-east-1")]
public sealed partial class CountFleet;

[ModelGroup("invoke", TimeoutSeconds = 30)]
[Deployment("bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0", Region = "us-east-1", Dialect = Dialect.AnthropicMessages)]
public sealed partial class CountFleet;

[ModelGroup("vertex-claude", TimeoutSeconds = 30)]
[Deployment("vertex_ai/claude-haiku-4-5@20251001", EndpointEnv = "VERTEX_URL")]
public sealed partial class CountFleet;

[ModelGroup("vertex-gemini", TimeoutSeconds = 30)]
[Deployment("vertex_ai/gemini-3.8-flash", EndpointEnv = "VERTEX_URL")]
public sealed partial class CountFleet;

[ModelGroup("openai", TimeoutSeconds = 30)]
[Deployment("openai/gpt-4o-mini")]
public sealed partial class CountFleet;

/// <summary>The last in the order is declared first; one between cannot count.</summary>
[ModelGroup("mixed", TimeoutSeconds = 30, CooldownSeconds = 20)]
[Deployment("gemini/gemini-3.8-flash", EndpointEnv = "GEMINI_BASE_URL", Order = 2, Rpm = 1)]
[Deployment("openai/gpt-4o-mini", Order = 1)]
[Deployment("anthropic/claude-haiku-4-5", Order = 0, Rpm = 1)]
public sealed partial class CountFleet;

[ModelGroup("impatient", TimeoutSeconds = 30, AttemptTimeoutSeconds = 0.3)]
[Deployment("anthropic/claude-haiku-4-5")]
public sealed partial class CountFleet;
