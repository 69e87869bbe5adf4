namespace RouterGen.EndToEnd.Tests;

/// <summary>Amazon Bedrock, with whatever authorises its requests: an API key, or keys of AWS by the package RouterGen.Aws.</summary>
[ModelGroup("converse", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0", Region = "us-east-1")]
public sealed partial class BedrockFleet;

/// <summary>Claude in Anthropic's own format.</summary>
[ModelGroup("invoke", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0", Region = "us-east-1", Dialect = Dialect.AnthropicMessages, Headers = ["anthropic-beta: context-1m-2025-08-07, other-beta"])]
public sealed partial class BedrockFleet;

/// <summary>gpt-oss in OpenAI's.</summary>
[ModelGroup("open-weights", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("bedrock/openai.gpt-oss-120b-1:0", Region = "us-east-1", Dialect = Dialect.OpenAIChat)]
public sealed partial class BedrockFleet;

/// <summary>An inference profile by its ARN, with the prices of its model.</summary>
[ModelGroup("profile", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("bedrock/arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-lite-v1:0", Region = "us-east-1")]
public sealed partial class BedrockFleet;
