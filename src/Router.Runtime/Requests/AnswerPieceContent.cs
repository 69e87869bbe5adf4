using Microsoft.Extensions.AI;

namespace RouterGen.Infrastructure;

/// <summary>A piece of a structured answer that comes as the arguments of a tool. Only streams of structured answers have them, and no caller sees one; the whole call follows.</summary>
/// <param name="text">The piece of the arguments, as JSON.</param>
internal sealed class AnswerPieceContent(string text) : AIContent
{
    public string Text { get; } = text;
}
