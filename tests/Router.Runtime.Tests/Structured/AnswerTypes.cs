using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace RouterGen.Runtime.Tests.Structured;

/// <summary>The weather of a city.</summary>
/// <param name="City">The city.</param>
/// <param name="Celsius">The temperature.</param>
[StructuredAnswer]
public sealed partial record Weather(string City, double Celsius);

public enum Mood
{
    Good,
    [JsonStringEnumMemberName("so-so")] SoSo,
    Bad,
}

/// <summary>All that an answer can hold.</summary>
[StructuredAnswer(Name = "every thing")]
public partial record Everything(
    [property: JsonPropertyName("the_text")] string Text,
    string? Maybe,
    bool Flag,
    sbyte Tiny,
    byte Octet,
    short Short,
    ushort Word,
    int Number,
    uint Unsigned,
    long Long,
    ulong Huge,
    float Single,
    double Double,
    decimal Decimal,
    Guid Id,
    DateTime At,
    DateTimeOffset When,
    DateOnly Day,
    TimeOnly Time,
    Uri Link,
    Mood Mood,
    Mood? OptionalMood,
    int? OptionalNumber,
    string[] Words,
    List<int> Numbers,
    IReadOnlyList<Part> Parts,
    ImmutableArray<double?> Grades,
    string?[]? Gaps,
    List<List<Mood>> Moods,
    Part Only,
    Part? Other,
    Dictionary<string, Part> ByName,
    IReadOnlyDictionary<string, int?> Counts);

public sealed class Part
{
    public required string Name { get; init; }

    [Description("How many there are.")]
    public int Count { get; set; } = 1;

    public decimal? Price { get; init; }

    public string Label => Name + Count;
}

[StructuredAnswer]
public sealed partial record Tree(string Name, IReadOnlyList<Tree> Children, Tree? Twin = null);

[StructuredAnswer]
[method: JsonConstructor]
public readonly partial record struct Point(int X, int Y = 7, Mood Mood = Mood.Bad, string Name = "here");

public static partial class Outer
{
    [StructuredAnswer]
    internal sealed partial class @class
    {
        [Range(1, 5)]
        public int Stars { get; set; }

        [Range(0.5, 2.5)]
        public decimal? Factor { get; set; }

        [StringLength(5, MinimumLength = 2)]
        public required string @event { get; set; }

        [RegularExpression("[a-z]+")]
        public string? Reader { get; set; }

        [MinLength(1), MaxLength(2)]
        public int[]? Value { get; set; }

        [JsonIgnore]
        public object? Ignored { get; set; }

        public Inner? Nested { get; set; }

        internal sealed record Inner(int Number)
        {
            public int Number { get; } = Number >= 0 ? Number : throw new ArgumentException("A number must not be negative.");
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Weather))]
[JsonSerializable(typeof(Everything))]
[JsonSerializable(typeof(Tree))]
[JsonSerializable(typeof(Point))]
[JsonSerializable(typeof(List<int>))]
internal sealed partial class AnswerContext : JsonSerializerContext;
