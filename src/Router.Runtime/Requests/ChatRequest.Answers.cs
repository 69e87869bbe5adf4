using System.ComponentModel;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

// A request for a structured answer is sent in one of three ways. Which one depends on the codec of the deployment that is asked.
public partial class ChatRequest
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

    /// <summary>
    /// Gets the tool whose arguments are the answer, of a stream that wants them as they come (<see cref="AnswerPiece"/>); null for any other request.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public string? AnswerTool { get; private init; }

    /// <summary>Returns what a stream hands on of a tool's arguments before the call is whole. For codecs.</summary>
    /// <param name="tool">The tool that the model calls; null where it is not known.</param>
    /// <param name="arguments">What has come of its arguments since the last time.</param>
    /// <returns>Null where nothing is to be handed on: the arguments are not the answer.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public AIContent? AnswerPiece(string? tool, string? arguments) =>
        AnswerTool is not null && tool == AnswerTool && !string.IsNullOrEmpty(arguments) ? new AnswerPieceContent(arguments) : null;

    /// <summary>Returns the request that asks for the answer by a mechanism.</summary>
    internal ChatRequest By(AnswerMechanism mechanism) => _forms!.Requests[(int)mechanism] ??=
        new ChatRequest(Messages, AnswerOptions.For(mechanism, _forms.Format, Options), IsStreaming, Client)
        {
            AskedTier = AskedTier,
            LeftOut = LeftOut,
            Mechanism = mechanism,
            AnswerTool = IsStreaming && mechanism is AnswerMechanism.Tool ? AnswerOptions.ToolNameFor(_forms.Format, Options) : null,
        };

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
