using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace RouterGen.Generator.Tests;

/// <summary>A file in which the places of expected diagnostics are marked: <c>{|RG0101:"antropic/x"|}</c>.</summary>
internal sealed record Markup(string Path, string Source, List<DiagnosticResult> Expected)
{
    /// <summary>Returns the file without its marks, and what is expected at them in the order of the source.</summary>
    public static Markup Parse(string marked, string path = "User0.cs")
    {
        TestFileMarkupParser.GetSpans(marked, out string source, out ImmutableDictionary<string, ImmutableArray<TextSpan>> marks);
        TextLineCollection lines = SourceText.From(source).Lines;
        return new(path, source,
        [
            .. from mark in marks
               from span in mark.Value
               orderby span
               select new DiagnosticResult(mark.Key, DiagnosticSeverity.Warning)
                   .WithSpan(new FileLinePositionSpan(path, lines.GetLinePositionSpan(span)))
                   .WithOptions(DiagnosticOptions.IgnoreSeverity | DiagnosticOptions.IgnoreAdditionalLocations),
        ]);
    }

    /// <summary>Returns what is expected in all the files, with its messages in the order of the marks; none to leave them unchecked.</summary>
    public static List<DiagnosticResult> ExpectedIn(IEnumerable<Markup> files, string[] messages)
    {
        List<DiagnosticResult> expected = [.. files.SelectMany(file => file.Expected)];
        if (messages.Length is 0) return expected;
        Assert.Equal(expected.Count, messages.Length);
        return [.. expected.Zip(messages, (result, message) => result.WithMessage(message))];
    }
}
