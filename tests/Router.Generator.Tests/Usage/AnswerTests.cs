using Microsoft.CodeAnalysis;
using RouterGen.Analyzers.Usage;
using RouterGen.CodeFixes;
using static RouterGen.Generator.Tests.Usage.UsageVerifier<RouterGen.Analyzers.Usage.AnswerAnalyzer>;

namespace RouterGen.Generator.Tests.Usage;

/// <summary>RG0501 to RG0505: what is wrong with types that models answer with.</summary>
public class AnswerTests
{
    [Theory]
    [InlineData("[StructuredAnswer] public record {|RG0501:A|}(int X);", "'A' has [StructuredAnswer], so it must be partial")]
    [InlineData("[StructuredAnswer] public static class {|RG0501:A|} { }", "'A' has [StructuredAnswer], so it must be partial and not be static")]
    [InlineData("[StructuredAnswer] public partial record {|RG0501:A|}<T>(int X);", "'A' has [StructuredAnswer], so it must not be generic")]
    [InlineData("[StructuredAnswer] file partial record {|RG0501:A|}(int X);", "'A' has [StructuredAnswer], so it must not be local to its file")]
    [InlineData("[StructuredAnswer] public ref partial struct {|RG0501:A|} { public int X { get; set; } }", "'A' has [StructuredAnswer], so it must not be a ref struct")]
    [InlineData("public class B { [StructuredAnswer] public partial record {|RG0501:A|}(int X); }", "'A' has [StructuredAnswer], so it must be nested in partial types alone")]
    [InlineData("[StructuredAnswer] public partial record A(System.TimeSpan {|RG0502:X|});", "'X' of 'A' is of the type 'TimeSpan', which JSON cannot be read as: use another type, or leave the member out by [JsonIgnore]")]
    [InlineData("[StructuredAnswer] public partial record A(System.Collections.Generic.Dictionary<int, string> {|RG0502:X|});", "'X' of 'A' is of the type 'Dictionary<int, string>', which JSON cannot be read as: use another type, or leave the member out by [JsonIgnore]")]
    [InlineData("[StructuredAnswer] public partial record {|RG0502:A|}(B X); public class B { public object Y { get; set; } }", "'Y' of 'B' is of the type 'object', which JSON cannot be read as: use another type, or leave the member out by [JsonIgnore]")]
    [InlineData("[StructuredAnswer] public partial record A(char[] {|RG0502:X|});", "'X' of 'A' is of the type 'char[]', which JSON cannot be read as: use another type, or leave the member out by [JsonIgnore]")]
    [InlineData("[StructuredAnswer] public abstract partial record {|RG0503:A|}(int X);", "'A' is part of a structured answer, and cannot be made: it is abstract")]
    [InlineData("[StructuredAnswer] public partial class {|RG0503:A|} { }", "'A' is part of a structured answer, and cannot be made: it has no public property that can be set")]
    [InlineData("[StructuredAnswer] public partial record {|RG0503:A|}(B X); public class B { private B() { } public int Y { get; set; } }", "'B' is part of a structured answer, and cannot be made: it has no public constructor that is the only one, or that has no parameters, or that has [JsonConstructor]")]
    [InlineData("[StructuredAnswer] public partial class {|RG0503:A|} { public A(int y) { } public int X { get; set; } }", "'A' is part of a structured answer, and cannot be made: it has a constructor whose parameter 'y' is none of its properties")]
    [InlineData("[StructuredAnswer] public partial class {|RG0504:A|} { public int X { get; set; } public int x { get; set; } }", "'A' has two members, 'X' and 'x', that are both 'x' in JSON: name one of them by [JsonPropertyName]")]
    [InlineData("[StructuredAnswer] public partial record {|RG0505:A|}(System.Collections.Generic.IReadOnlyDictionary<string, int> X);", "'A' holds a 'System.Collections.Generic.IReadOnlyDictionary<string, int>', whose names no strict schema can state: providers are asked for the answer without strict mode, or by a tool; a list of pairs is strict")]
    public Task It_fires_where_the_mistake_is(string declaration, string message) => VerifyWholeAsync("using RouterGen;\n" + declaration, message);

    [Theory]
    [InlineData("[StructuredAnswer] public partial record A(int X);")]
    [InlineData("[StructuredAnswer] public partial class A { public int X { get; set; } [System.Text.Json.Serialization.JsonIgnore] public object Y { get; set; } }")]
    [InlineData("public record A(object X);")]
    public Task It_is_silent_where_there_is_none(string declaration) => VerifyWholeAsync("using RouterGen;\n" + declaration);

    [Theory]
    [InlineData("[StructuredAnswer] public record {|RG0501:A|}(int X);", "[StructuredAnswer] public partial record A(int X);")]
    [InlineData("[StructuredAnswer] public readonly record struct {|RG0501:A|}(int X);", "[StructuredAnswer] public readonly partial record struct A(int X);")]
    public Task RG0501_adds_partial(string declaration, string expected) => FixAsync(declaration, expected, "Make 'A' partial");

    // What is generated for the fixed type is left out: the testing package wants the same files before and after.
    private static Task FixAsync(string declaration, string expected, string title) => UserCodeFixTest<AnswerAnalyzer, AddPartialFix>.RunAsync(
        Markup.Parse("using RouterGen;\n" + declaration), Markup.Parse("using RouterGen;\n" + expected), title, isAll: false, _ => new Verifier { Sources = [""] }.Run(out GeneratorDriver _));
}
