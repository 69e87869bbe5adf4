using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace RouterGen.Generator.Symbols;

/// <summary>
/// Reads documentation comments. The compiler has none for a project that writes no documentation file, so they are read from the text before a
/// declaration.
/// </summary>
internal static class DocumentationText
{
    private const string Start = "///";

    /// <summary>Returns the summary of a symbol as one line; null where it has none.</summary>
    public static string? SummaryOf(ISymbol symbol, CancellationToken cancellationToken) => Clean(Read(symbol, cancellationToken)?.Element("summary"));

    /// <summary>Returns what a symbol says of one of its parameters.</summary>
    public static string? ParameterOf(ISymbol symbol, string parameter, CancellationToken cancellationToken) =>
        Clean(Read(symbol, cancellationToken)?.Elements("param").FirstOrDefault(element => (string?)element.Attribute("name") == parameter));

    private static XElement? Read(ISymbol symbol, CancellationToken cancellationToken)
    {
        foreach (SyntaxReference reference in symbol.DeclaringSyntaxReferences)
        {
            var comment = new StringBuilder();
            string trivia = reference.GetSyntax(cancellationToken).GetLeadingTrivia().ToFullString();
            foreach (string line in trivia.Split('\n').Select(line => line.Trim()))
            {
                if (line.StartsWith(Start, StringComparison.Ordinal)) comment.Append(line, Start.Length, line.Length - Start.Length).Append(' ');
            }

            if (comment.Length == 0) continue;
            try
            {
                return XElement.Parse("<doc>" + comment + "</doc>");
            }
            catch (XmlException)
            {
                // The compiler reports it.
            }
        }

        return null;
    }

    private static string? Clean(XElement? element)
    {
        if (element is null) return null;
        var text = new StringBuilder();
        Append(element, text);
        string line = string.Join(" ", text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? null : line;
    }

    // A reference stands for the last part of the name that it refers to.
    private static void Append(XElement element, StringBuilder text)
    {
        foreach (XNode node in element.Nodes())
        {
            if (node is XText words) text.Append(words.Value);
            else if (node is XElement { IsEmpty: false } inner) Append(inner, text);
            else if (node is XElement empty) text.Append(NameIn(empty));
        }
    }

    private static string NameIn(XElement reference) =>
        (reference.Attribute("cref") ?? reference.Attribute("name") ?? reference.Attribute("langword"))?.Value.Split('.', ':').Last() ?? " ";
}
