using RouterGen.Codecs.Tests.Support;

namespace RouterGen.Codecs.Tests.OllamaChat;

public class OllamaRobustnessTests : DialectRobustness
{
    private protected override DialectWire Wire => OllamaWire.Wire;

    protected override string Golden => OllamaReplyTests.Golden;

    protected override string Tilde => """{"message":{"content":"a~b"},"done":true}""";

    protected override string[] Events => OllamaStreamTests.ThinkingAndTools;

    protected override string Error => """{"error":"model 'm' not found, try pulling it first"}""";
}
