namespace RouterGen.EndToEnd.Tests;

/// <summary>The Responses API, behind a provider of its own.</summary>
[Provider("responses", Dialect.OpenAIResponses, Endpoint = "https://responses.example/v1", EndpointEnv = "RESPONSES_BASE_URL", ApiKeyEnv = "RESPONSES_API_KEY")]
[ModelGroup("responses-first", TimeoutSeconds = 30, CooldownSeconds = 20)]
[Deployment("responses/gpt-5-mini", Order = 0, InputPrice = 0.25, OutputPrice = 2)]
[Deployment("openai/gpt-4o-mini", Order = 1)]
public sealed partial class Fleet;

[ModelGroup("responses-only", TimeoutSeconds = 30)]
[Deployment("responses/gpt-5-mini", InputPrice = 0.25, OutputPrice = 2)]
public sealed partial class Fleet;

[ModelGroup("responses-once", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("responses/gpt-5-mini", InputPrice = 0.25, OutputPrice = 2)]
public sealed partial class Fleet;

[ModelGroup("responses-impatient", TimeoutSeconds = 30, AttemptTimeoutSeconds = 0.3, FirstTokenTimeoutSeconds = 0.3, Fallbacks = ["rescue"])]
[Deployment("responses/gpt-5-mini", InputPrice = 0.25, OutputPrice = 2)]
public sealed partial class Fleet;

[ModelGroup("responses-restless", TimeoutSeconds = 30, StreamIdleTimeoutSeconds = 0.5, MaxAttempts = 1)]
[Deployment("responses/gpt-5-mini", InputPrice = 0.25, OutputPrice = 2)]
public sealed partial class Fleet;

[ModelGroup("responses-hasty", TimeoutSeconds = 1.5)]
[Deployment("responses/gpt-5-mini", InputPrice = 0.25, OutputPrice = 2)]
public sealed partial class Fleet;
