using System.ComponentModel.DataAnnotations;

namespace RouterGen.EndToEnd.Tests;

/// <summary>A model that takes tools and no schemas, at OpenAI's address.</summary>
[ModelGroup("tools-alone", TimeoutSeconds = 30)]
[Deployment("groq/llama-3.3-70b-versatile", EndpointEnv = "OPENAI_BASE_URL", ApiKeyEnv = "OPENAI_API_KEY")]
public sealed partial class Fleet;

/// <summary>A model that takes neither, at OpenAI's address.</summary>
[ModelGroup("words-alone", TimeoutSeconds = 30)]
[Deployment("groq/meta-llama/llama-guard-4-12b", EndpointEnv = "OPENAI_BASE_URL", ApiKeyEnv = "OPENAI_API_KEY")]
public sealed partial class Fleet;

/// <summary>Three mechanisms, one behind another.</summary>
[ModelGroup("mixed", TimeoutSeconds = 30)]
[Deployment("openai/gpt-4o-mini", Order = 0)]
[Deployment("groq/llama-3.3-70b-versatile", EndpointEnv = "OPENAI_BASE_URL", ApiKeyEnv = "OPENAI_API_KEY", Order = 1)]
[Deployment("groq/meta-llama/llama-guard-4-12b", EndpointEnv = "OPENAI_BASE_URL", ApiKeyEnv = "OPENAI_API_KEY", Order = 2)]
public sealed partial class Fleet;

/// <summary>The weather of a city.</summary>
/// <param name="City">The city.</param>
/// <param name="Celsius">The temperature.</param>
[StructuredAnswer]
public sealed partial record Weather(string City, [Range(-90, 60)] double Celsius, IReadOnlyList<string>? Warnings = null);

/// <summary>Points by player: its names are not known.</summary>
[StructuredAnswer]
public sealed partial record Scores(Dictionary<string, int> Points);

/// <summary>A type that holds itself.</summary>
[StructuredAnswer]
public sealed partial record Tree(string Name, IReadOnlyList<Tree> Children, Tree? Twin);

/// <summary>All that a strict schema can say.</summary>
[StructuredAnswer]
public sealed partial record Sheet(
    bool Flag, long Number, int? Maybe, decimal Price, Guid Id, DateTime At, DateTimeOffset? When, DateOnly Day, TimeOnly Time, Uri Link, DayOfWeek Weekday, DayOfWeek? Other,
    [StringLength(9)] string Text, [RegularExpression("[a-z]+")] string? Word, [MaxLength(3)] string[] Words, Cell First, Cell? Second, List<Cell?>? More);

/// <summary>A part of a sheet.</summary>
/// <param name="Name">The name.</param>
public sealed record Cell(string Name, [Range(0, 1)] double? Share);
