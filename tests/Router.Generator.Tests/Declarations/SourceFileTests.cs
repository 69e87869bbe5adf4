using Microsoft.CodeAnalysis.Text;
using RouterGen.Declarations.Sources;

namespace RouterGen.Generator.Tests;

/// <summary>A file's lines are those of the compiler.</summary>
public class SourceFileTests
{
    [Theory]
    [InlineData("")]
    [InlineData("one line")]
    [InlineData("a\nb\n")]
    [InlineData("a\r\nb\rc\n\rd\r\r\ne")]
    [InlineData("a\u0085b\u2028c\u2029d\vе\f")]
    public void Each_position_is_where_the_compiler_sees_it(string text)
    {
        var source = SourceText.From(text);
        var file = new SourceFile("a.json", text);

        for (int i = 0; i <= text.Length; i++)
        {
            LinePosition expected = source.Lines.GetLinePosition(i);
            Assert.Equal((i, new SourcePosition(expected.Line, expected.Character)), (i, file.PositionOf(i)));
        }
    }

    [Fact]
    public void A_place_beyond_the_text_ends_with_it()
    {
        FilePlace place = new SourceFile("a.json", "abc").PlaceOf(new SourceSpan(2, 9));

        Assert.Equal((2, 3, "a.json"), (place.Span.Start, place.Span.End, place.Path));
    }
}
