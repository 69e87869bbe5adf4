using System.ComponentModel;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace RouterGen.Generator.Tools;

/// <summary>
/// What a symbol's author says of it: its <see cref="DescriptionAttribute"/>, or its documentation comment. The comment is read as it
/// stands in the source, because the compiler parses none in a project without a documentation file.
/// </summary>
internal static class ToolTexts
{
    private static readonly Regex Spaces = new(@"\s+", RegexOptions.CultureInvariant);

    /// <summary>Returns what a method, a type or a property is; empty where nothing is said.</summary>
    public static string Of(ISymbol symbol, CancellationToken cancellationToken) =>
        Stated(symbol) ?? Flatten(Comment(symbol, cancellationToken)?.Element("summary"));

    /// <summary>Returns what a parameter is, of a method or of a record's constructor.</summary>
    public static string OfParameter(IParameterSymbol parameter, CancellationToken cancellationToken)
    {
        if (Stated(parameter) is { } stated) return stated;
        ISymbol? method = parameter.ContainingSymbol;
        XElement? comment = Comment(method, cancellationToken);
        return Flatten(comment?.Elements("param").FirstOrDefault(param => param.Attribute("name")?.Value == parameter.Name));
    }

    private static string? Stated(ISymbol symbol) => ToolMembers.Attribute(symbol, "System.ComponentModel", nameof(DescriptionAttribute));

    private static XElement? Comment(ISymbol symbol, CancellationToken cancellationToken)
    {
        foreach (SyntaxReference reference in symbol.DeclaringSyntaxReferences)
        {
            string text = TextOf(reference.GetSyntax(cancellationToken));
            if (text.Length == 0) continue;
            try
            {
                return XElement.Parse($"<doc>{text}</doc>");
            }
            catch (XmlException)
            {
                // The compiler says what is wrong with it.
            }
        }

        return null;
    }

    private static string TextOf(SyntaxNode node)
    {
        var text = new StringBuilder();
        foreach (string line in node.GetLeadingTrivia().ToFullString().Split('\n'))
        {
            string trimmed = line.Trim();
            if (trimmed.StartsWith("///", StringComparison.Ordinal)) text.Append(trimmed, 3, trimmed.Length - 3).Append('\n');
        }

        return text.ToString();
    }

    // References say the last part of their name.
    private static string Flatten(XElement? element)
    {
        if (element is null) return "";
        var text = new StringBuilder();
        foreach (XNode node in element.DescendantNodes())
        {
            if (node is XText part) text.Append(part.Value);
            else if (node is XElement { IsEmpty: true } reference) text.Append(NameIn(reference));
        }

        return Spaces.Replace(text.ToString(), " ").Trim();
    }

    private static string NameIn(XElement reference)
    {
        string name = (reference.Attribute("cref") ?? reference.Attribute("name") ?? reference.Attribute("langword"))?.Value ?? " ";
        return name.Substring(name.LastIndexOf('.') + 1);
    }
}
