using RouterGen;

namespace Interop;

[ModelGroup("chat")]
[Deployment("anthropic/claude-haiku-5-5")]
[Deployment("openai/gpt-6-luna", Order = 1)]
internal sealed partial class Models;
