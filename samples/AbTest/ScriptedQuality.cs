using RouterGen.FakeProviders;
using RouterGen.Samples;

namespace AbTest;

/// <summary>Answers of fake providers, of which only some are good. The seed makes each run the same.</summary>
internal static class ScriptedQuality
{
    public static void AnswerWellWithChance(this SampleProviders providers, string model, double chance)
    {
        var random = new Random(7);
        Reply[] replies = [.. Enumerable.Range(0, 1000).Select(_ => new Reply { Text = random.NextDouble() < chance ? "Order B-1742 left our warehouse today." : "Please be patient." })];
        providers[model].ReplyWith(replies[0], replies[1..]);
    }
}
