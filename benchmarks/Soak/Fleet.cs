namespace RouterGen.Benchmarks.Soak;

/// <summary>Recovers at once, so that every call meets the faults.</summary>
[ModelGroup("storm", TimeoutSeconds = 15, AttemptTimeoutSeconds = 0.5, FirstTokenTimeoutSeconds = 0.5, StreamIdleTimeoutSeconds = 0.5, CooldownSeconds = 0.001)]
[Deployment("openai/gpt-4o-mini")]
[Deployment("anthropic/claude-haiku-4-5")]
[Deployment("openai/gpt-4.1-mini")]
public sealed partial class Fleet;

/// <summary>Takes few at once: calls wait in its queue.</summary>
[ModelGroup("narrow", TimeoutSeconds = 5, AttemptTimeoutSeconds = 0.5, FirstTokenTimeoutSeconds = 0.5, StreamIdleTimeoutSeconds = 0.5, CooldownSeconds = 0.005)]
[Deployment("openai/gpt-4.1", MaxConcurrency = 4)]
public sealed partial class Fleet;

/// <summary>Takes few a minute, and falls back to one that takes few at once: calls wait in two queues.</summary>
[ModelGroup("scarce", TimeoutSeconds = 1, AttemptTimeoutSeconds = 0.5, FirstTokenTimeoutSeconds = 0.5, StreamIdleTimeoutSeconds = 0.5, CooldownSeconds = 0.05, Fallbacks = ["reserve"])]
[Deployment("anthropic/claude-sonnet-4-5", Rpm = 3000)]
public sealed partial class Fleet;

[ModelGroup("reserve", TimeoutSeconds = 1, AttemptTimeoutSeconds = 0.5, FirstTokenTimeoutSeconds = 0.5, StreamIdleTimeoutSeconds = 0.5, CooldownSeconds = 0.05)]
[Deployment("openai/gpt-4.1-nano", MaxConcurrency = 2)]
public sealed partial class Fleet;
