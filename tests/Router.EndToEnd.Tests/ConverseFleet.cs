namespace RouterGen.EndToEnd.Tests;

/// <summary>The groups of <see cref="Fleet"/> with a deployment that speaks Bedrock's Converse, declared as a provider of one's own.</summary>
[Provider("converse", Dialect.BedrockConverse, Endpoint = "https://bedrock-runtime.us-east-1.amazonaws.com", EndpointEnv = "CONVERSE_BASE_URL", ApiKeyEnv = "CONVERSE_API_KEY")]
[ModelGroup("converse-first", TimeoutSeconds = 30, CooldownSeconds = 20)]
[Deployment("converse/anthropic.claude-haiku-4-5-20251001-v1:0", Order = 0, InputPrice = 1, OutputPrice = 5)]
[Deployment("openai/gpt-4o-mini", Order = 1)]
public sealed partial class Fleet;

[ModelGroup("converse-only", TimeoutSeconds = 30)]
[Deployment("converse/anthropic.claude-haiku-4-5-20251001-v1:0", InputPrice = 1, OutputPrice = 5)]
public sealed partial class Fleet;

[ModelGroup("converse-once", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("converse/anthropic.claude-haiku-4-5-20251001-v1:0", InputPrice = 1, OutputPrice = 5)]
public sealed partial class Fleet;

[ModelGroup("converse-impatient", TimeoutSeconds = 30, AttemptTimeoutSeconds = 0.3, FirstTokenTimeoutSeconds = 0.3, Fallbacks = ["rescue"])]
[Deployment("converse/anthropic.claude-haiku-4-5-20251001-v1:0", InputPrice = 1, OutputPrice = 5)]
public sealed partial class Fleet;

[ModelGroup("converse-restless", TimeoutSeconds = 30, StreamIdleTimeoutSeconds = 0.5, MaxAttempts = 1)]
[Deployment("converse/anthropic.claude-haiku-4-5-20251001-v1:0", InputPrice = 1, OutputPrice = 5)]
public sealed partial class Fleet;

[ModelGroup("converse-hasty", TimeoutSeconds = 1.5)]
[Deployment("converse/anthropic.claude-haiku-4-5-20251001-v1:0", InputPrice = 1, OutputPrice = 5)]
public sealed partial class Fleet;

/// <summary>An inference profile by its ARN, whose colons and slashes are one segment of the path.</summary>
[ModelGroup("converse-profile", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("converse/arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-haiku-4-5-20251001-v1:0", InputPrice = 1, OutputPrice = 5)]
public sealed partial class Fleet;
