namespace RouterGen;

// A request for a structured answer is sent in one of three ways. Which one depends on the codec of the deployment that is asked.
public sealed partial class ChatRequest
{
    private readonly ChatRequest?[] _byMechanism = [];
    private List<(object Codec, AnswerMechanism Mechanism)>? _chosen;

    /// <summary>Gets the format of the structured answer that is asked for; null where any answer is one.</summary>
    internal AnswerFormat? Answer
    {
        get;
        init
        {
            field = value;
            if (value is null) return;
            _byMechanism = new ChatRequest?[(int)AnswerMechanism.Instruction + 1];
        }
    }

    /// <summary>Gets how the request asks for a structured answer; null where it asks for none, and before the deployment is known.</summary>
    internal AnswerMechanism? Mechanism { get; private init; }

    /// <summary>Returns the request that asks for the answer by a mechanism.</summary>
    internal ChatRequest By(AnswerMechanism mechanism) => _byMechanism[(int)mechanism] ??=
        new ChatRequest(Messages, AnswerOptions.For(mechanism, Answer!, Options), IsStreaming, Client) { AskedTier = AskedTier, LeftOut = LeftOut, Mechanism = mechanism };

    /// <summary>Notes the mechanism that a codec could write.</summary>
    internal void Choose(object codec, AnswerMechanism mechanism)
    {
        lock (_byMechanism)
        {
            if (ChosenFor(codec) is null) (_chosen ??= []).Add((codec, mechanism));
        }
    }

    /// <summary>Returns the mechanism that was noted for a codec; null where none was.</summary>
    internal AnswerMechanism? ChosenFor(object codec)
    {
        lock (_byMechanism)
        {
            foreach ((object known, AnswerMechanism mechanism) in _chosen ?? [])
            {
                if (ReferenceEquals(known, codec)) return mechanism;
            }

            return null;
        }
    }

    /// <summary>Returns the request as a codec has written it: this one, unless it asks for a structured answer.</summary>
    internal ChatRequest WrittenBy(object codec) => Answer is not null && ChosenFor(codec) is { } mechanism ? By(mechanism) : this;
}
