namespace RouterGen.Testing;

// Fakes of kinds of calls whose answers are no text.
public sealed partial class FakeDeployment
{
    /// <summary>Returns a fake that answers with vectors, one for each text of a request, in order.</summary>
    /// <param name="vectors">The vectors.</param>
    public static FakeDeployment Embeds(params float[][] vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        return new(new FakeStep { Answer = new FakeVectors(_ => [.. vectors]) });
    }

    /// <summary>Returns a fake that computes the vector of each text.</summary>
    /// <param name="vector">Returns the vector of a text.</param>
    public static FakeDeployment Embeds(Func<string, float[]> vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        return new(new FakeStep { Answer = new FakeVectors(texts => Array.ConvertAll(texts, text => vector(text))) });
    }

    /// <summary>Returns a fake that ranks documents by scores, one for each document of a request, in the order of the documents.</summary>
    /// <param name="scores">The scores: the more, the better.</param>
    public static FakeDeployment Ranks(params double[] scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return new(new FakeStep { Answer = new FakeScores((_, _) => [.. scores]) });
    }

    /// <summary>Returns a fake that ranks documents by scores that it computes.</summary>
    /// <param name="score">Returns the score of a document (the second argument) for a query.</param>
    public static FakeDeployment Ranks(Func<string, string, double> score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return new(new FakeStep { Answer = new FakeScores((query, documents) => Array.ConvertAll(documents, document => score(query, document))) });
    }

    /// <summary>Returns a fake that judges inputs, with one judgement for each, in order.</summary>
    /// <param name="judgements">The judgements.</param>
    public static FakeDeployment Moderates(params Moderation[] judgements)
    {
        ArgumentNullException.ThrowIfNull(judgements);
        return new(new FakeStep { Answer = new FakeJudgements(_ => [.. judgements]) });
    }

    /// <summary>Returns a fake that judges each input by its text.</summary>
    /// <param name="isHarmful">Returns whether a text is harmful. Of a message with images it gets the texts, joined.</param>
    public static FakeDeployment Moderates(Func<string, bool> isHarmful)
    {
        ArgumentNullException.ThrowIfNull(isHarmful);
        return new(new FakeStep { Answer = new FakeJudgements(inputs => Array.ConvertAll(inputs, input => Judge(isHarmful(input)))) });
    }

    /// <summary>Returns a fake that answers with images; in a stream they come one by one.</summary>
    /// <param name="images">The images.</param>
    public static FakeDeployment Draws(params GeneratedImage[] images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return new(new FakeStep { Answer = new FakeImages([.. images]) });
    }

    /// <summary>Returns a fake that answers with sound, in pieces where a stream is asked for.</summary>
    /// <param name="pieces">The pieces; together they are one file.</param>
    public static FakeDeployment Speaks(params byte[][] pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        return new(new FakeStep { Answer = new FakeSound([.. pieces], "audio/mpeg") });
    }

    /// <summary>Returns a fake that answers with sound of a media type, for example <c>audio/wav</c>.</summary>
    /// <param name="audio">The sound.</param>
    /// <param name="mediaType">Its media type; of a stream it is told by its beginning instead.</param>
    public static FakeDeployment Speaks(byte[] audio, string mediaType)
    {
        ArgumentNullException.ThrowIfNull(audio);
        ArgumentException.ThrowIfNullOrEmpty(mediaType);
        return new(new FakeStep { Answer = new FakeSound([audio], mediaType) });
    }

    private static Moderation Judge(bool isHarmful) =>
        new(isHarmful, new Dictionary<string, bool> { ["harmful"] = isHarmful }, new Dictionary<string, double> { ["harmful"] = isHarmful ? 1 : 0 });
}
