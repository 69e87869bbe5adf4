using Microsoft.CodeAnalysis.CSharp;
using RouterGen.Generator.Symbols;

namespace RouterGen.Generator.Tests.Symbols;

/// <summary>Documentation comments, as models read them.</summary>
public sealed class DocumentationTextTests
{
    [Theory]
    [InlineData("Plain words.", "Plain words.")]
    [InlineData("A <see cref=\"Item\"/>, a <see cref=\"N.Item\"/> and a <see cref=\"T:N.Item\"/>.", "A Item, a Item and a Item.")]
    [InlineData("<see langword=\"null\"/> or <paramref name=\"other\"/>.", "null or other.")]
    [InlineData("One<br/>two.", "One two.")]
    [InlineData("As <see href=\"https://example.com/page\"/> says.", "As says.")]
    [InlineData("The <c>a &lt; b</c> and <see href=\"https://example.com\">a page</see>.", "The a < b and a page.")]
    [InlineData("  ", null)]
    [InlineData("<c>not closed", null)]
    public void A_summary_is_one_line_without_markup(string comment, string? expected)
    {
        CSharpCompilation compilation = CSharpCompilation.Create("T", [CSharpSyntaxTree.ParseText($"/// <summary>{comment}</summary>\nclass C;", cancellationToken: TestContext.Current.CancellationToken)]);
        Assert.Equal(expected, DocumentationText.SummaryOf(compilation.GetTypeByMetadataName("C")!, TestContext.Current.CancellationToken));
    }
}
