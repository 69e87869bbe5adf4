using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using RouterGen.Declarations.Problems;
using RouterGen.Generator.Emit;

namespace RouterGen.CodeFixes;

/// <summary>What a diagnostic in a JSON file suggests to change.</summary>
internal static class SuggestedChange
{
    /// <summary>The change; null where the diagnostic has nothing to offer, or the text is another by now.</summary>
    public static TextChange? Of(Diagnostic diagnostic, SourceText text)
    {
        TextSpan span = diagnostic.Location.SourceSpan;
        bool isString = span.Length >= 2 && span.End <= text.Length && text[span.Start] == '"' && text[span.End - 1] == '"';
        return isString && diagnostic.Properties.TryGetValue(DiagnosticProperties.Replacement, out string? replacement) && replacement is not null
            ? new TextChange(span, Literal.Json(replacement))
            : null;
    }
}
