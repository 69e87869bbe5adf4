namespace RouterGen;

// A request for a structured answer is sent in one of three ways. Which one depends on the codec of the deployment that is asked.
public sealed partial class ChatRequest
{
    private readonly AnswerForms? _forms;

    /// <summary>Gets the format of the structured answer that is asked for; null where any answer is one.</summary>
    internal AnswerFormat? Answer
    {
        get => _forms?.Format;
        init => _forms = value is null ? null : new AnswerForms(value);
    }

    /// <summary>Gets how the request asks for a structured answer; null where it asks for none, and before the deployment is known.</summary>
    internal AnswerMechanism? Mechanism { get; private init; }

    /// <summary>Returns the request that asks for the answer by a mechanism.</summary>
    internal ChatRequest By(AnswerMechanism mechanism) => _forms!.Requests[(int)mechanism] ??=
        new ChatRequest(Messages, AnswerOptions.For(mechanism, _forms.Format, Options), IsStreaming, Client) { AskedTier = AskedTier, LeftOut = LeftOut, Mechanism = mechanism };

    /// <summary>Notes the mechanism that a codec could write.</summary>
    internal void Choose(object codec, AnswerMechanism mechanism)
    {
        lock (_forms!.Chosen) _forms.Chosen.TryAdd(codec, mechanism);
    }

    /// <summary>Returns the mechanism that was noted for a codec; null where none was.</summary>
    internal AnswerMechanism? ChosenFor(object codec)
    {
        lock (_forms!.Chosen) return _forms.Chosen.TryGetValue(codec, out AnswerMechanism chosen) ? chosen : null;
    }

    /// <summary>Returns the request as a codec has written it: this one, unless it asks for a structured answer.</summary>
    internal ChatRequest WrittenBy(object codec) => _forms is not null && ChosenFor(codec) is { } mechanism ? By(mechanism) : this;

    /// <summary>The requests that were made of one for a structured answer.</summary>
    private sealed class AnswerForms(AnswerFormat format)
    {
        public AnswerFormat Format { get; } = format;

        public ChatRequest?[] Requests { get; } = new ChatRequest?[(int)AnswerMechanism.Instruction + 1];

        public Dictionary<object, AnswerMechanism> Chosen { get; } = [];
    }
}
