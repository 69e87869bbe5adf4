using Microsoft.CodeAnalysis.CSharp;
using RouterGen.Declarations.Names;

namespace RouterGen.Generator.Tests;

/// <summary>What the library knows of C#'s names without the compiler is what the compiler knows.</summary>
public class KeywordTests
{
    [Fact]
    public void Keywords_are_the_compilers()
    {
        List<SyntaxKind> kinds = [.. SyntaxFacts.GetKeywordKinds().Concat(SyntaxFacts.GetContextualKeywordKinds()).Concat(SyntaxFacts.GetReservedKeywordKinds()).Distinct()];
        IEnumerable<string> words = kinds.Select(SyntaxFacts.GetText).Concat(["_", "var", "name", "Class", "dynamic", "nint", "notnull", "value"]).Distinct();

        Assert.All(words, word => Assert.Equal(
            (word, SyntaxFacts.GetKeywordKind(word) is not SyntaxKind.None, SyntaxFacts.GetKeywordKind(word) is not SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(word) is not SyntaxKind.None),
            (word, Keywords.IsReserved(word), Keywords.IsKeyword(word))));
    }

    [Fact]
    public void No_word_is_a_keyword_that_the_compiler_does_not_know() =>
        Assert.All(Keywords.All, word => Assert.True(SyntaxFacts.GetKeywordKind(word) is not SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(word) is not SyntaxKind.None, word));

    [Fact]
    public void Characters_of_names_are_the_compilers()
    {
        for (int c = 0; c <= char.MaxValue; c++)
        {
            Assert.Equal((c, SyntaxFacts.IsIdentifierStartCharacter((char)c)), (c, Identifiers.IsIdentifier(((char)c).ToString())));
            Assert.Equal((c, SyntaxFacts.IsIdentifierPartCharacter((char)c)), (c, Identifiers.IsIdentifier("a" + (char)c)));
        }

        Assert.False(Identifiers.IsIdentifier(""));
    }
}
