using RouterGen.Codecs.Tests.Support;

namespace RouterGen.Codecs.Tests.CohereChat;

public class CohereRobustnessTests : DialectRobustness
{
    private protected override DialectWire Wire => CohereWire.Wire;

    protected override string Golden => CohereReplyTests.Golden;

    protected override string Tilde => """{"message":{"content":[{"type":"text","text":"a~b"}]},"finish_reason":"COMPLETE"}""";

    protected override string[] Events => CohereStreamTests.ThinkingAndTools;

    protected override string Error => """{"id":"b3f1","message":"too many tokens: size limit exceeded"}""";
}
