namespace RouterGen.EndToEnd.Tests;

/// <summary>
/// What the tests call: declared as a user declares it, one router for each test. The cooldown of the pairs is long
/// enough to be looked at.
/// </summary>
[ModelGroup("openai-first", TimeoutSeconds = 30, CooldownSeconds = 20)]
[Deployment("openai/gpt-4o-mini", Order = 0)]
[Deployment("anthropic/claude-haiku-4-5", Order = 1)]
public sealed partial class Fleet;

[ModelGroup("anthropic-first", TimeoutSeconds = 30, CooldownSeconds = 20)]
[Deployment("anthropic/claude-haiku-4-5", Order = 0)]
[Deployment("openai/gpt-4o-mini", Order = 1)]
public sealed partial class Fleet;

[ModelGroup("gemini-first", TimeoutSeconds = 30, CooldownSeconds = 20)]
[Deployment("gemini/gemini-3.5-flash", EndpointEnv = "GEMINI_BASE_URL", Order = 0)]
[Deployment("openai/gpt-4o-mini", Order = 1)]
public sealed partial class Fleet;

[ModelGroup("openai-only", TimeoutSeconds = 30)]
[Deployment("openai/gpt-4o-mini")]
public sealed partial class Fleet;

[ModelGroup("anthropic-only", TimeoutSeconds = 30)]
[Deployment("anthropic/claude-haiku-4-5")]
public sealed partial class Fleet;

[ModelGroup("gemini-only", TimeoutSeconds = 30)]
[Deployment("gemini/gemini-3.5-flash", EndpointEnv = "GEMINI_BASE_URL")]
public sealed partial class Fleet;

/// <summary>One attempt, so that a failure is the call's at once.</summary>
[ModelGroup("openai-once", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("openai/gpt-4o-mini")]
public sealed partial class Fleet;

[ModelGroup("anthropic-once", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("anthropic/claude-haiku-4-5")]
public sealed partial class Fleet;

[ModelGroup("gemini-once", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("gemini/gemini-3.5-flash", EndpointEnv = "GEMINI_BASE_URL")]
public sealed partial class Fleet;

/// <summary>With headers of its own.</summary>
[ModelGroup("anthropic-headed", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("anthropic/claude-haiku-4-5", Headers = ["anthropic-beta: context-1m-2025-08-07", "X-Team: $TEAM"])]
public sealed partial class Fleet;

/// <summary>Impatient with connections alone.</summary>
[ModelGroup("openai-eager", TimeoutSeconds = 30, MaxAttempts = 1, ConnectTimeoutSeconds = 0.2)]
[Deployment("openai/gpt-4o-mini")]
public sealed partial class Fleet;

/// <summary>Impatient with the provider that hangs; the group behind it has all the time, so that a slow machine changes nothing.</summary>
[ModelGroup("openai-impatient", TimeoutSeconds = 30, AttemptTimeoutSeconds = 0.3, FirstTokenTimeoutSeconds = 0.3, Fallbacks = ["rescue"])]
[Deployment("openai/gpt-4o-mini")]
public sealed partial class Fleet;

[ModelGroup("anthropic-impatient", TimeoutSeconds = 30, AttemptTimeoutSeconds = 0.3, FirstTokenTimeoutSeconds = 0.3, Fallbacks = ["rescue"])]
[Deployment("anthropic/claude-haiku-4-5")]
public sealed partial class Fleet;

[ModelGroup("gemini-impatient", TimeoutSeconds = 30, AttemptTimeoutSeconds = 0.3, FirstTokenTimeoutSeconds = 0.3, Fallbacks = ["rescue"])]
[Deployment("gemini/gemini-3.5-flash", EndpointEnv = "GEMINI_BASE_URL")]
public sealed partial class Fleet;

/// <summary>The first hangs, and may cost a call two seconds.</summary>
[ModelGroup("hanging", TimeoutSeconds = 30, AttemptTimeoutSeconds = 2, FirstTokenTimeoutSeconds = 2)]
[Deployment("openai/gpt-4o-mini", Order = 0)]
[Deployment("anthropic/claude-haiku-4-5", Order = 1)]
public sealed partial class Fleet;

/// <summary>Impatient with silence within a stream.</summary>
[ModelGroup("openai-restless", TimeoutSeconds = 30, StreamIdleTimeoutSeconds = 0.5, MaxAttempts = 1)]
[Deployment("openai/gpt-4o-mini")]
public sealed partial class Fleet;

[ModelGroup("anthropic-restless", TimeoutSeconds = 30, StreamIdleTimeoutSeconds = 0.5, MaxAttempts = 1)]
[Deployment("anthropic/claude-haiku-4-5")]
public sealed partial class Fleet;

[ModelGroup("gemini-restless", TimeoutSeconds = 30, StreamIdleTimeoutSeconds = 0.5, MaxAttempts = 1)]
[Deployment("gemini/gemini-3.5-flash", EndpointEnv = "GEMINI_BASE_URL")]
public sealed partial class Fleet;

/// <summary>In a hurry as a whole.</summary>
[ModelGroup("openai-hasty", TimeoutSeconds = 1.5)]
[Deployment("openai/gpt-4o-mini")]
public sealed partial class Fleet;

[ModelGroup("anthropic-hasty", TimeoutSeconds = 1.5)]
[Deployment("anthropic/claude-haiku-4-5")]
public sealed partial class Fleet;

[ModelGroup("gemini-hasty", TimeoutSeconds = 1.5)]
[Deployment("gemini/gemini-3.5-flash", EndpointEnv = "GEMINI_BASE_URL")]
public sealed partial class Fleet;

[ModelGroup("narrow-hasty", TimeoutSeconds = 1.5)]
[Deployment("openai/gpt-4.1-mini", MaxConcurrency = 1)]
public sealed partial class Fleet;

/// <summary>Asks a second deployment beside the first where that takes unusually long.</summary>
[ModelGroup("hedged", TimeoutSeconds = 30, Hedge = true, HedgeLimit = 1)]
[Deployment("openai/gpt-4o-mini", Order = 0)]
[Deployment("anthropic/claude-haiku-4-5", Order = 1)]
public sealed partial class Fleet;

/// <summary>Copies every call to a shadow.</summary>
[ModelGroup("mirrored", TimeoutSeconds = 30)]
[Deployment("openai/gpt-4o-mini")]
[Deployment("anthropic/claude-haiku-4-5", MirrorShare = 1)]
public sealed partial class Fleet;

/// <summary>Two deployments, and groups behind them for each kind of failure.</summary>
[ModelGroup("guarded", TimeoutSeconds = 30, Fallbacks = ["rescue"], ContextWindowFallbacks = ["large"], ContentPolicyFallbacks = ["lenient"])]
[Deployment("openai/gpt-4o-mini")]
[Deployment("anthropic/claude-haiku-4-5")]
public sealed partial class Fleet;

[ModelGroup("rescue", TimeoutSeconds = 30)]
[Deployment("openai/gpt-4.1-nano")]
public sealed partial class Fleet;

[ModelGroup("large", TimeoutSeconds = 30)]
[Deployment("openai/gpt-4.1")]
public sealed partial class Fleet;

[ModelGroup("lenient", TimeoutSeconds = 30)]
[Deployment("anthropic/claude-opus-4-6")]
public sealed partial class Fleet;

/// <summary>Recovers at once, so that every call of a storm meets the faults.</summary>
[ModelGroup("storm", TimeoutSeconds = 15, AttemptTimeoutSeconds = 0.3, FirstTokenTimeoutSeconds = 0.3, StreamIdleTimeoutSeconds = 0.3, CooldownSeconds = 0.001)]
[Deployment("openai/gpt-4o-mini")]
[Deployment("anthropic/claude-haiku-4-5")]
[Deployment("openai/gpt-4.1-mini")]
public sealed partial class Fleet;

/// <summary>One call at a time.</summary>
[ModelGroup("narrow", TimeoutSeconds = 30)]
[Deployment("openai/gpt-4.1-mini", MaxConcurrency = 1)]
public sealed partial class Fleet;

/// <summary>Static, as in the README.</summary>
[ModelGroup("claude-fast", TimeoutSeconds = 30)]
[Deployment("anthropic/claude-haiku-4-5", Rpm = 1000)]
[Deployment("openai/gpt-4o-mini", Rpm = 5000)]
public static partial class Models;
