using RouterGen;

namespace Quickstart;

[ModelGroup("claude-fast")]
[Deployment("anthropic/claude-haiku-4-5", Rpm = 1000)]
[Deployment("openai/gpt-4o-mini", Rpm = 5000)]
public static partial class Models;
