using Microsoft.CodeAnalysis.CodeFixes;
using RouterGen.Analyzers;

namespace RouterGen.Generator.Tests;

/// <summary>Marked source in, fixed source out, which must compile and report what it is marked with and nothing else.</summary>
internal static class CodeFixVerifier<TFix>
    where TFix : CodeFixProvider, new()
{
    /// <summary>Fixes the first marked diagnostic.</summary>
    /// <param name="markup">The file; see <see cref="Markup"/>.</param>
    /// <param name="fixedMarkup">The file as it should be, with what is still wrong marked.</param>
    /// <param name="title">The title of the action to take, one of those offered.</param>
    public static Task VerifyCodeFixAsync(string markup, string fixedMarkup, string title) => RunAsync(markup, fixedMarkup, title, isAll: false);

    /// <summary>Fixes all of the file's diagnostics of the first one's kind, one by one and at once.</summary>
    public static Task VerifyFixAllAsync(string markup, string fixedMarkup, string title) => RunAsync(markup, fixedMarkup, title, isAll: true);

    /// <summary>Returns the titles of what is offered for the first marked diagnostic.</summary>
    public static async Task<IEnumerable<string>> TitlesAsync(string markup) =>
        Assert.IsType<List<string>>(await RunAsync(markup, markup, title: null, isAll: false));

    private static Task<List<string>?> RunAsync(string markup, string fixedMarkup, string? title, bool isAll) =>
        UserCodeFixTest<DeclarationAnalyzer, TFix>.RunAsync(Markup.Parse(markup), Markup.Parse(fixedMarkup), title, isAll, _ => null);
}
