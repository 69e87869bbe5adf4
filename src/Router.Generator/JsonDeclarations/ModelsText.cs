using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace RouterGen.Generator.JsonDeclarations;

/// <summary>A models.json and its place, for locations inside of it.</summary>
internal sealed class ModelsText(string path, SourceText text)
{
    public Location LocationOf(TextSpan span)
    {
        // The reader's spans are inside the text; whoever asks for another gets its end.
        TextSpan inside = TextSpan.FromBounds(Math.Min(span.Start, text.Length), Math.Min(span.End, text.Length));
        return Location.Create(path, inside, text.Lines.GetLinePositionSpan(inside));
    }
}
