using System.Reflection;
using System.Text.Json;
using Microsoft.CodeAnalysis;

namespace RouterGen.Generator.Tests.Answers;

/// <summary>What is emitted for types that models answer with.</summary>
public class AnswerEmissionTests
{
    private const string Order = """
        using System;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.ComponentModel;
        using System.ComponentModel.DataAnnotations;
        using System.Text.Json.Serialization;
        using RouterGen;

        namespace Shop.@event;

        /// <summary>An order, as <see cref="Item"/>s.</summary>
        /// <param name="Id">The "id" of a <c>shop</c>'s order,
        /// on two lines.</param>
        [StructuredAnswer]
        public partial record Order(Guid Id, [property: Description("Who ordered.\u2028 \"Quoted\" \\ text")] string Customer, IReadOnlyList<Item> Items, State State = State.Open, State? Before = null)
        {
            [StringLength(3, MinimumLength = 3)]
            public string Currency { get; set; } = "EUR";

            public decimal Sum => 0;

            [JsonIgnore]
            public object? Ignored { get; init; }
        }

        public sealed class Item
        {
            /// <summary>The article's number.</summary>
            [Range(1, 1000)]
            public required int Article { get; init; }
            public Item? Substitute { get; init; }
            public byte[]? Digits { get; init; }
            public ImmutableArray<DateOnly> Days { get; set; }
            public Dictionary<string, double?>? Prices { get; set; }
            [Obsolete] public string? Old { get; set; }
        }

        public enum State { Open, [JsonStringEnumMemberName("sent \"away\"")] Sent, @new }
        """;

    [Fact]
    public void An_answer_is_one_file_that_compiles_and_is_made_once() =>
        Assert.Equal(["Shop.event.Order-answer.g.cs"], Verifier.Verify(Order).Files.Keys);

    [Theory]
    [InlineData(NullableContextOptions.Disable)]
    [InlineData(NullableContextOptions.Warnings)]
    public void It_compiles_whatever_the_project_says_of_null(NullableContextOptions nullable) =>
        new Verifier { Sources = [Order.Replace("State? Before = null", "State Before = default").Replace("?", "")], Nullable = nullable }.Verify();

    [Fact]
    public void The_schema_says_what_the_types_and_attributes_say()
    {
        JsonElement schema = SchemaOf(Order, "Shop.event.Order");

        AssertJson("""
            {"type":"object","properties":{
              "id":{"type":"string","description":"The \"id\" of a shop's order, on two lines.","format":"uuid"},
              "customer":{"type":"string","description":"Who ordered.\u2028 \"Quoted\" \\ text"},
              "items":{"type":"array","items":{"$ref":"#/$defs/Item"}},
              "state":{"type":"string","enum":["Open","sent \"away\"","new"]},
              "before":{"type":["string","null"],"enum":["Open","sent \"away\"","new",null]},
              "currency":{"type":"string","description":"3 to 3 characters."}},
             "required":["id","customer","items","state","before","currency"],"additionalProperties":false,
             "$defs":{"Item":{"type":"object","properties":{
               "article":{"type":"integer","description":"The article's number.","minimum":1,"maximum":1000},
               "substitute":{"anyOf":[{"$ref":"#/$defs/Item"},{"type":"null"}]},
               "digits":{"type":["array","null"],"items":{"type":"integer"}},
               "days":{"type":"array","items":{"type":"string","format":"date"}},
               "prices":{"anyOf":[{"type":"object","additionalProperties":{"type":["number","null"]}},{"type":"null"}]},
               "old":{"type":["string","null"]}},
              "required":["article","substitute","digits","days","prices","old"],"additionalProperties":false}}}
            """, schema);
    }

    [Fact]
    public void What_holds_itself_refers_to_the_root()
    {
        JsonElement schema = SchemaOf("""
            using RouterGen;
            [StructuredAnswer(Name = "a tree")] public partial class Tree { public Tree? Left { get; set; } [System.ComponentModel.Description("The right one.")] public Tree Right { get; set; } = null!; }
            """, "Tree");

        AssertJson("""
            {"type":"object","properties":{"left":{"anyOf":[{"$ref":"#"},{"type":"null"}]},"right":{"anyOf":[{"$ref":"#"}],"description":"The right one."}},
             "required":["left","right"],"additionalProperties":false}
            """, schema);
    }

    [Fact]
    public void The_compiler_reads_no_comments_and_the_schema_has_them()
    {
        const string Source = """
            /// <summary>A place.</summary>
            [RouterGen.StructuredAnswer] public partial record Place(string Name);
            """;

        Assert.Equal("A place.", FormatOf(Source, "Place").Description);
    }

    [Theory]
    [InlineData("[StructuredAnswer] public partial record struct A(int X);")]
    [InlineData("[StructuredAnswer] public readonly partial record struct A(int X);")]
    [InlineData("[StructuredAnswer] public partial struct A { public int X { get; set; } }")]
    [InlineData("[StructuredAnswer] internal sealed partial class A { internal A(int x) => X = x; public int X { get; } }")]
    [InlineData("[StructuredAnswer] public partial class A : B { public A() { } public A(int x) { } public int X { get; set; } } public class B { public string Y { get; init; } = \"\"; }")]
    [InlineData("public partial class Outer { private partial struct Inner { [StructuredAnswer] private partial class A { public B X { get; set; } public class B { public int Z { get; set; } } public class StructuredAnswerCode { } } } }")]
    [InlineData("[StructuredAnswer] public partial class A { public int Reader { get; set; } public int Value { get; set; } public int Item { get; set; } public int @class { get; set; } public bool HasReader { get; set; } }")]
    [InlineData("[StructuredAnswer] public partial record A(int[][] X, List<List<string?>?> Y, A[]? Z, B.C D, B<int>.C E); public class B { public record C(int X); } public class B<T> { public record C(T X); }")]
    [InlineData("[StructuredAnswer] public partial record A(float F = float.NaN, double D = 1e300, decimal M = 1.5m, string S = \"\\\"\", long L = -5, DayOfWeek W = DayOfWeek.Friday, bool B = true, int? N = 3, ulong U = 7);")]
    [InlineData("[StructuredAnswer] public partial class A { [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public A(int x) => X = x; public required int X { get; set; } public required int Y { get; set; } = 3; }")]
    [InlineData("[StructuredAnswer] public partial record A(int X); [StructuredAnswer] public partial record a(int X);")]
    public void Types_of_all_forms_compile(string declaration) => Verifier.Verify("using System;\nusing System.Collections.Generic;\nusing RouterGen;\n" + declaration);

    [Theory]
    [InlineData("[StructuredAnswer] public record A(int X);")]
    [InlineData("[StructuredAnswer] public partial record A<T>(int X);")]
    [InlineData("[StructuredAnswer] public partial record A(object X);")]
    [InlineData("[StructuredAnswer] public abstract partial record A(int X);")]
    public void Nothing_is_emitted_for_what_cannot_be_read(string declaration) => Assert.Empty(Verifier.Verify("using RouterGen;\n" + declaration).Files);

    [Theory]
    [InlineData("[StructuredAnswer] public partial record A(Missing X, int Y);")]
    [InlineData("[StructuredAnswer] public partial record A(int X, int X);")]
    [InlineData("[StructuredAnswer] public partial record A(int X")]
    [InlineData("[StructuredAnswer] public partial enum A { }")]
    [InlineData("[StructuredAnswer] public partial class A : A { public int X { get; set; } }")]
    public void Half_typed_code_stops_nothing(string declaration) => Verifier.RunOnBroken("using RouterGen;\n" + declaration);

    [Fact]
    public void An_edit_of_one_answer_writes_that_one_again()
    {
        GeneratorRunResult second = Incrementality.Edit("int X", "long X", "[RouterGen.StructuredAnswer] public partial record A(int X);", "[RouterGen.StructuredAnswer] public partial record B(int Y);");

        Assert.Equal(["A-answer.g.cs"], Incrementality.Changed<RouterGen.Generator.Answers.AnswerFile>(second, TrackingNames.AnswerFiles).Select(file => file.HintName));
    }

    private static JsonElement SchemaOf(string source, string type) => FormatOf(source, type).Schema;

    private static AnswerFormat FormatOf(string source, string type)
    {
        Type answer = Verifier.Verify(source).Load().GetType(type)!;
        return (AnswerFormat)answer.GetProperties(BindingFlags.Static | BindingFlags.NonPublic).Single(property => property.Name.EndsWith(".Format", StringComparison.Ordinal)).GetValue(null)!;
    }

    private static void AssertJson(string expected, JsonElement actual) =>
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, actual), actual.GetRawText());
}
