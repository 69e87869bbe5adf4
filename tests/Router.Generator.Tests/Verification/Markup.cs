using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace RouterGen.Generator.Tests;

/// <summary>Source in which the places of expected diagnostics are marked: <c>{|RG0101:"antropic/x"|}</c>.</summary>
internal sealed class Markup
{
    private static readonly Regex Mark = new(@"\{\|(RG\d{4}):(.*?)\|\}", RegexOptions.Singleline);

    private Markup(string source, List<ExpectedDiagnostic> expected) => (Source, Expected) = (source, expected);

    /// <summary>The source without the marks.</summary>
    public string Source { get; }

    /// <summary>What is expected, in the order of the source.</summary>
    public List<ExpectedDiagnostic> Expected { get; }

    public static Markup Parse(string marked)
    {
        var source = new StringBuilder();
        List<ExpectedDiagnostic> expected = [];
        int end = 0;
        foreach (Match mark in Mark.Matches(marked))
        {
            source.Append(marked, end, mark.Index - end);
            expected.Add(new(mark.Groups[1].Value, new TextSpan(source.Length, mark.Groups[2].Length), mark.Groups[2].Value));
            source.Append(mark.Groups[2].Value);
            end = mark.Index + mark.Length;
        }

        return new(source.Append(marked, end, marked.Length - end).ToString(), expected);
    }
}

internal sealed record ExpectedDiagnostic(string Id, TextSpan Span, string Text);
