using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Testing;

/// <summary>What a fake does for one call.</summary>
internal sealed record FakeStep
{
    /// <summary>Gets what it answers; null where it fails.</summary>
    public FakeAnswer? Answer { get; init; }

    /// <summary>Gets how it fails; null where it answers.</summary>
    public AttemptFailure? Failure { get; init; }

    /// <summary>Gets how its streams break after their last piece; null where they end.</summary>
    public AttemptFailure? Break { get; init; }

    /// <summary>Gets how long it waits first.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Gets how long it waits before each piece of a stream but the first.</summary>
    public TimeSpan PieceDelay { get; init; }

    /// <summary>Gets what it counts; null where it counts nothing.</summary>
    public UsageDetails? Usage { get; init; }

    /// <summary>Gets why its answers end; null for the usual reason.</summary>
    public ChatFinishReason? FinishReason { get; init; }

    /// <summary>Returns counts of an answer's own: more may be added to them.</summary>
    public UsageDetails? CopyUsage()
    {
        if (Usage is null) return null;
        var copy = new UsageDetails();
        copy.Add(Usage);
        return copy;
    }
}

/// <summary>An answer of a fake, before it is known which kind of call asks.</summary>
/// <param name="What">What it is, in words.</param>
internal abstract record FakeAnswer(string What);

/// <summary>A text, in pieces.</summary>
internal sealed record FakeText(string[] Pieces) : FakeAnswer("text");

/// <summary>Contents of a chat, in pieces.</summary>
internal sealed record FakeContents(AIContent[][] Pieces) : FakeAnswer("contents of a chat");

/// <summary>Vectors of texts.</summary>
internal sealed record FakeVectors(Func<string[], float[][]> Of) : FakeAnswer("vectors");

/// <summary>Scores of documents for a query.</summary>
internal sealed record FakeScores(Func<string, string[], double[]> Of) : FakeAnswer("scores of documents");

/// <summary>Judgements of inputs.</summary>
internal sealed record FakeJudgements(Func<string[], Moderation[]> Of) : FakeAnswer("judgements");

/// <summary>Images.</summary>
internal sealed record FakeImages(GeneratedImage[] Images) : FakeAnswer("images");

/// <summary>Sound, in pieces.</summary>
internal sealed record FakeSound(byte[][] Pieces, string MediaType) : FakeAnswer("sound");
