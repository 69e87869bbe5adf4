namespace RouterGen.EndToEnd.Tests.Audio;

/// <summary>Models that transcribe, and models that speak.</summary>
[ModelGroup("whisper", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("openai/whisper-1")]
public sealed partial class AudioFleet;

[ModelGroup("gpt", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("openai/gpt-4o-transcribe")]
public sealed partial class AudioFleet;

[ModelGroup("diarize", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("openai/gpt-4o-transcribe-diarize")]
public sealed partial class AudioFleet;

[ModelGroup("azure-ears", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("azure/my-whisper", BaseModel = "whisper-1")]
public sealed partial class AudioFleet;

[ModelGroup("groq-ears", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("groq/whisper-large-v3-turbo", EndpointEnv = "GROQ_BASE_URL")]
public sealed partial class AudioFleet;

[ModelGroup("pair", TimeoutSeconds = 30, CooldownSeconds = 20)]
[Deployment("openai/gpt-4o-transcribe", Order = 0)]
[Deployment("groq/whisper-large-v3", EndpointEnv = "GROQ_BASE_URL", Order = 1)]
public sealed partial class AudioFleet;

[ModelGroup("small", TimeoutSeconds = 30)]
[Deployment("openai/whisper-1", Order = 0, MaxFileMegabytes = 1)]
[Deployment("azure/my-whisper", BaseModel = "whisper-1", Order = 1, MaxFileMegabytes = 2)]
public sealed partial class AudioFleet;

[ModelGroup("hedged-ears", TimeoutSeconds = 30, Hedge = true, HedgeLimit = 1, HedgeDelaySeconds = 0.05)]
[Deployment("openai/whisper-1", Order = 0)]
[Deployment("azure/my-whisper", BaseModel = "whisper-1", Order = 1)]
public sealed partial class AudioFleet;

[ModelGroup("mirrored-ears", TimeoutSeconds = 30)]
[Deployment("openai/whisper-1")]
[Deployment("azure/my-whisper", BaseModel = "whisper-1", MirrorShare = 1)]
public sealed partial class AudioFleet;

[ModelGroup("tts", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("openai/tts-1")]
public sealed partial class AudioFleet;

[ModelGroup("mini-tts", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("openai/gpt-4o-mini-tts")]
public sealed partial class AudioFleet;

[ModelGroup("azure-voice", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("azure/my-tts", BaseModel = "tts-1-hd")]
public sealed partial class AudioFleet;

[ModelGroup("groq-voice", TimeoutSeconds = 30, MaxAttempts = 1)]
[Deployment("groq/canopylabs/orpheus-v1-english", EndpointEnv = "GROQ_BASE_URL")]
public sealed partial class AudioFleet;

[ModelGroup("voices", TimeoutSeconds = 30, CooldownSeconds = 20)]
[Deployment("groq/canopylabs/orpheus-v1-english", EndpointEnv = "GROQ_BASE_URL", Order = 0)]
[Deployment("openai/tts-1", Order = 1)]
public sealed partial class AudioFleet;

[ModelGroup("event-voices", TimeoutSeconds = 30, CooldownSeconds = 20)]
[Deployment("openai/gpt-4o-mini-tts", Order = 0)]
[Deployment("azure/my-tts", BaseModel = "tts-1-hd", Order = 1)]
public sealed partial class AudioFleet;

[ModelGroup("hedged-voices", TimeoutSeconds = 30, Hedge = true, HedgeLimit = 1, HedgeDelaySeconds = 0.05)]
[Deployment("openai/tts-1", Order = 0)]
[Deployment("azure/my-tts", BaseModel = "tts-1-hd", Order = 1)]
public sealed partial class AudioFleet;

[ModelGroup("mirrored-voices", TimeoutSeconds = 30)]
[Deployment("openai/tts-1")]
[Deployment("azure/my-tts", BaseModel = "tts-1-hd", MirrorShare = 1)]
public sealed partial class AudioFleet;
